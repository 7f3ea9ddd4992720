"""Conditions as sentences in the builder's wording (domain.md 4.3 to 4.5)."""

from typing import Any, Final

from cio_tui.model.json_values import dumps
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
from cio_tui.segments.phrases import WORDINGS, write_count, write_distance, write_instant, write_span

_GROUPS: Final = {"all": "all of these hold", "any": "any of these holds", "none": "none of these holds"}
_SUBJECTS: Final = {"event": "", "page": "page ", "screen": "screen ", "attribute_change": "attribute "}
_VERBS: Final = {"event": "been performed", "page": "been viewed", "screen": "been viewed", "attribute_change": "changed"}
_LONGEST: Final = 60


def words(condition: Condition) -> str:
    """A condition as a sentence; of a group only what it asks of its members."""
    if isinstance(condition, Group):
        return _GROUPS[condition.match]
    if isinstance(condition, AttributeIs):
        return f"{condition.path.text} {test_words(condition.test)}"
    if isinstance(condition, DeviceIs):
        return f"device {condition.path.text} {test_words(condition.test)}"
    if isinstance(condition, InSegment):
        return f"{'not in' if condition.inverse else 'in'} segment {shown(condition.segment)}"
    if isinstance(condition, MessageDone):
        subject = f"{condition.action} of {shown(condition.name)}" if condition.name else condition.action
        return f"{subject} {_has('been performed', condition, 'at_least')}"
    subject = f"{_SUBJECTS[condition.type]}{shown(condition.name)}"
    where = f" where {group_words(condition.filters)}" if condition.filters.members else ""
    return f"{subject} {_has(_VERBS[condition.type], condition, condition.how)}{where}"


def _has(verb: str, condition: Performed | MessageDone, how: Any) -> str:
    once = (how, condition.times) == ("at_least", 1)
    count = "" if once else f" {write_count(how, condition.times)}"
    return f"{'has not' if condition.inverse else 'has'} {verb}{count}{frame_words(condition.frame)}"


def frame_words(frame: Frame) -> str:
    """` within the past 7 days`, or nothing for all time."""
    rolling = f" within the past {write_span(frame.within)}" if frame.within > 0 else ""
    if frame.since is not None and frame.until is not None:
        return f"{rolling} between {write_instant(frame.since)} and {write_instant(frame.until)}"
    if frame.since is not None:
        return f"{rolling} since {write_instant(frame.since)}"
    return rolling if frame.until is None else f"{rolling} until {write_instant(frame.until)}"


def group_words(group: DataGroup) -> str:
    """Filters of data, joined by `and` or `or`."""
    parts = [f"({_filter_words(one)})" if isinstance(one, DataGroup) else _filter_words(one) for one in group.members]
    return (" or " if group.match == "any" else " and ").join(parts)


def _filter_words(member: DataFilter | SameElement | DataGroup) -> str:
    if isinstance(member, DataGroup):
        return group_words(member) if member.members else "anything"
    if isinstance(member, SameElement):
        inner = " and ".join(map(_element_words, member.filters)) or "is there"
        return f"at least one of {member.path.text} has ({inner})"
    return f"{member.path.text} {test_words(member.test)}"


def _element_words(one: ElementFilter) -> str:
    return f"{'itself' if one.path is None else one.path.text} {test_words(one.test)}"


def test_words(test: Test) -> str:
    """An operator's label with what it compares to: `is equal to monitor`, `is a timestamp before 3 days from now`."""
    wording = WORDINGS[test.operator]
    label = wording.negative if test.inverse else wording.label
    if wording.takes == "nothing":
        return label
    say = {"seconds": _distance, "instant": _instant, "instants": _instant}.get(wording.takes, shown)
    second = f" and {say(test.second)}" if wording.takes in ("values", "instants") else ""
    return f"{label} {say(test.value)}{second}"


def _distance(value: Any) -> str:
    return write_distance(value) if type(value) is int else shown(value)


def _instant(value: Any) -> str:
    return write_instant(value) if type(value) is int and 0 <= value < 2**37 else shown(value)


def shown(value: Any) -> str:
    """A value as the builder shows it: texts as they are, in quotes only where one would not see them."""
    if isinstance(value, str) and value and value == value.strip() and value.isprintable():
        return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
    return quoted(value)


def quoted(value: Any) -> str:
    """A value as JSON, shortened."""
    text = dumps(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
