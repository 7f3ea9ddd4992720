"""A definition in the builder's words, as what yaml_writing.py writes out."""

from collections.abc import Callable
from typing import Any, Final

from cio_tui.segments.conditions import (
    AttributeIs,
    Condition,
    DataFilter,
    DataGroup,
    DeviceIs,
    ElementFilter,
    Frame,
    Group,
    InSegment,
    MessageDone,
    Operand,
    Performed,
    SameElement,
    Test,
)
from cio_tui.segments.data_filters import AT_LEAST_ONE, RESERVED
from cio_tui.segments.definition import Definition
from cio_tui.segments.phrase_leaves import OCCURRENCES
from cio_tui.segments.phrases import WORDINGS, write_count, write_distance, write_instant, write_span
from cio_tui.segments.yaml_writing import Phrase, fits_key

_LABELS: Final = {"is equal to": "is", "is not equal to": "is not"}
_SHORTENED: Final = ("is greater than", "is less than", "is between")
_KEYS: Final = {type_: key for key, type_ in OCCURRENCES.items()}


def said(definition: Definition) -> dict[str, Any]:
    """The definition as keys and values in the order in which a file has them."""
    written: dict[str, Any] = {"name": definition.name} if definition.name else {}
    if definition.id is not None:
        written["id"] = definition.id
    if definition.description:
        written["description"] = definition.description
    if definition.kind == "manual":
        return {**written, "kind": Phrase("manual")}
    if definition.condition.match != "all":
        written["match"] = Phrase(definition.condition.match)
    return {**written, "conditions": [_condition(member) for member in definition.condition.members]}


def _condition(condition: Condition) -> dict[str, Any]:
    if isinstance(condition, Group):
        return {condition.match: [_condition(member) for member in condition.members]}
    if isinstance(condition, AttributeIs):
        return {"attribute": condition.path.text, **_phrase(condition.test)}
    if isinstance(condition, DeviceIs):
        return {"device": condition.path.text, **_phrase(condition.test)}
    if isinstance(condition, InSegment):
        return {"not in segment" if condition.inverse else "in segment": condition.segment}
    if isinstance(condition, MessageDone):
        name = {"named": condition.name} if condition.name else {}
        return {"message": condition.action, **name, **_counted(condition), **_frame(condition.frame)}
    return {_KEYS[condition.type]: condition.name, **_counted(condition), **_frame(condition.frame), **_where(condition)}


def _counted(condition: Performed | MessageDone) -> dict[str, Any]:
    how = condition.how if isinstance(condition, Performed) else "at_least"
    if (how, condition.times) == ("at_least", 1):
        return {"performed": Phrase("never") if condition.inverse else True}
    return {"not performed" if condition.inverse else "performed": Phrase(write_count(how, condition.times))}


def _frame(frame: Frame) -> dict[str, Phrase]:
    if frame.within:
        return {"within": Phrase(write_span(frame.within))}
    ends = (("since", frame.since), ("until", frame.until))
    return {key: Phrase(write_instant(end)) for key, end in ends if end is not None}


def _where(condition: Performed) -> dict[str, Any]:
    group = condition.filters
    if group == DataGroup():
        return {}
    if condition.type == "attribute_change" and (ends := _ends(group)):
        return ends
    members = [_filter(member) for member in group.members]
    return {"where": members if group.match == "all" else {"any": members}}


def _ends(group: DataGroup) -> dict[str, Any] | None:
    """`from` and `to` of a changed attribute, where the filters are these and no more."""
    filters = [member for member in group.members if isinstance(member, DataFilter)]
    paths = [filter_.path.text for filter_ in filters]
    if group.match != "all" or len(filters) < len(group.members) or paths not in (["from"], ["to"], ["from", "to"]):
        return None
    return {filter_.path.text: _short(filter_.test) for filter_ in filters}


def _filter(member: DataFilter | SameElement | DataGroup) -> dict[str, Any]:
    if isinstance(member, DataGroup):
        return {member.match: [_filter(inner) for inner in member.members]}
    if isinstance(member, SameElement):
        filters = [_element(filter_) for filter_ in member.filters]
        key = AT_LEAST_ONE + member.path.text
        return {key: filters} if fits_key(key) else {"at_least_one": {"path": member.path.text, "filters": filters}}
    return _element(member)


def _element(filter_: DataFilter | ElementFilter) -> dict[str, Any]:
    if filter_.path is None:
        return {"itself": _short(filter_.test)}
    path = filter_.path.text
    if path in RESERVED or path.startswith(AT_LEAST_ONE) or not fits_key(path):
        return {"property": path, **_phrase(filter_.test)}
    return {path: _short(filter_.test)}


def _short(test: Test) -> Operand | dict[str, Any]:
    return test.value if test.operator == "eq" and not test.inverse else _phrase(test)


def _phrase(test: Test) -> dict[str, Any]:
    wording = WORDINGS[test.operator]
    if wording.takes == "nothing":
        return {wording.label: not test.inverse}
    label = wording.negative if test.inverse else wording.label
    label = _LABELS.get(label, label.removeprefix("is ") if label in _SHORTENED else label)
    if wording.takes == "values":
        return {label: [test.value, test.second]}
    if wording.takes == "instants":
        return {label: [_said(write_instant, test.value), _said(write_instant, test.second)]}
    if wording.takes == "value":
        return {label: test.value}
    return {label: _said(write_distance if wording.takes == "seconds" else write_instant, test.value)}


def _said(write: Callable[[int], str], value: Operand) -> Phrase:
    return Phrase(write(int(value or 0)))
