"""Definitions as YAML for people and git, and as the JSON tree of real workspaces. Reading either gives the same definition."""

from typing import Any

from cio_tui.segments import phrase_writing
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
    Performed,
    SameElement,
    Test,
)
from cio_tui.segments.definition import Definition
from cio_tui.segments.yaml_writing import dump

_GROUPS = {"all": "and", "any": "or", "none": "not"}


def to_yaml(definition: Definition) -> str:
    """The definition as a YAML file, in the builder's words."""
    return dump(phrase_writing.said(definition))


def to_json_tree(definition: Definition) -> dict[str, Any]:
    """The definition as a segment's JSON object with its tree of conditions (domain.md 4.7)."""
    written: dict[str, Any] = {} if definition.id is None else {"id": definition.id}
    if definition.name:
        written["name"] = definition.name
    if definition.description:
        written["description"] = definition.description
    written["type"] = "manual" if definition.kind == "manual" else "dynamic"
    if definition.kind == "data":
        written["conditions"] = condition_tree(definition.condition)
    return written


def condition_tree(condition: Condition) -> dict[str, Any]:
    """One condition as JSON."""
    if isinstance(condition, Group):
        return {_GROUPS[condition.match]: [condition_tree(member) for member in condition.members]}
    if isinstance(condition, AttributeIs):
        return {"attribute": {"field": condition.path.text, **_test(condition.test)}}
    if isinstance(condition, DeviceIs):
        return {"device": {"field": condition.path.text, **_test(condition.test)}}
    if isinstance(condition, InSegment):
        key = "name" if isinstance(condition.segment, str) else "id"
        return {"segment": {key: condition.segment, "inverse": condition.inverse}}
    if isinstance(condition, MessageDone):
        name = {"name": condition.name} if condition.name else {}
        return {"message": {"event": {"type": condition.action, **name}}, **_counted(condition)}
    event = {"name": condition.name, "type": condition.type, "filters": _filters(condition.filters)}
    count = {} if condition.how == "at_least" else {"count": condition.how}
    return {"event": event, **_counted(condition), **count}


def _counted(condition: Performed | MessageDone) -> dict[str, Any]:
    frame = condition.frame
    written = {"inverse": condition.inverse, "times": condition.times, "within": frame.within}
    return {**written, **_ends(frame)}


def _ends(frame: Frame) -> dict[str, int]:
    return {key: end for key, end in (("from", frame.since), ("to", frame.until)) if end is not None}


def _test(test: Test) -> dict[str, Any]:
    operands = {key: value for key, value in (("value", test.value), ("value2", test.second)) if value is not None}
    return {"operator": test.operator, **operands, "inverse": test.inverse}


def _filters(group: DataGroup) -> dict[str, Any]:
    if group == DataGroup():
        return {}
    return {_GROUPS[group.match]: [_filter(member) for member in group.members]}


def _filter(member: DataFilter | SameElement | DataGroup) -> dict[str, Any]:
    if isinstance(member, DataGroup):
        return {_GROUPS[member.match]: [_filter(inner) for inner in member.members]}
    if isinstance(member, SameElement):
        return {"at_least_one": {"path": member.path.text, "filters": [_element(filter_) for filter_ in member.filters]}}
    return _element(member)


def _element(filter_: DataFilter | ElementFilter) -> dict[str, Any]:
    field = {} if filter_.path is None else {"field": filter_.path.text}
    return {**field, **_test(filter_.test)}
