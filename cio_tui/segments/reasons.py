"""Why a leaf holds or does not, in a short sentence, with the activities that decide and what is not known for sure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from cio_tui.model.comparing import as_timestamp
from cio_tui.model.instants import format_instant
from cio_tui.segments.conditions import (
    AttributeIs,
    DataGroup,
    DeviceIs,
    Frame,
    InSegment,
    Leaf,
    MessageDone,
    SameElement,
    Test,
)
from cio_tui.segments.facts import Facts, Occurrence
from cio_tui.segments.operators import OPERATORS
from cio_tui.segments.phrases import write_span
from cio_tui.segments.prepared import ReadyCount, ReadyLeaf, ReadySegment, data_tests, span
from cio_tui.segments.wording import quoted, shown

MOST_EVENTS: Final = 50
_MOST_VALUES: Final = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, and the ids of the activities that decide, newest first and not more than 50."""

    because: str
    events: tuple[str, ...] = ()


def reason(leaf: ReadyLeaf, facts: Facts) -> Reason:
    """Why a leaf has its verdict."""
    if isinstance(leaf, ReadyCount):
        return _of_count(leaf, facts)
    if isinstance(leaf, ReadySegment):
        member = facts.is_member(leaf.leaf.segment)
        return Reason(f"is {'' if member else 'not '}in {quoted(leaf.leaf.segment)}")
    condition = leaf.leaf
    if isinstance(condition, DeviceIs):
        if not facts.devices:
            return Reason("has no device")
        return Reason(_values(f"device {condition.path.text}", condition.test, leaf.values(facts)))
    name = condition.path.steps[0]
    if isinstance(name, str) and name not in facts.attributes and condition.path.text not in facts.attributes:
        return Reason(f"has no attribute {shown(name)}")
    return Reason(_values(condition.path.text, condition.test, leaf.values(facts)))


def _values(path: str, test: Test, values: list[Any]) -> str:
    if not values:
        return f"{path} leads to nothing"
    said = [_value(test, value) for value in values[:_MOST_VALUES]]
    more = f" and {len(values) - _MOST_VALUES} more" if len(values) > _MOST_VALUES else ""
    return f"{path} is {', '.join(said)}{more}"


def _value(test: Test, value: Any) -> str:
    """The value, with the time that it is for operators on timestamps."""
    if OPERATORS[test.operator].wording.takes in ("seconds", "instant", "instants") or test.operator == "is_timestamp":
        timestamp = as_timestamp(value)
        return f"{quoted(value)} ({'no timestamp' if timestamp is None else _moment(timestamp)})"
    return quoted(value)


def _moment(instant: int) -> str:
    return format_instant(instant) if instant < 2**37 else f"Unix second {instant}"


def _of_count(leaf: ReadyCount, facts: Facts) -> Reason:
    condition, now = leaf.leaf, facts.now
    found = list(leaf.counted(facts, now))
    enough = leaf.how == "at_least" and len(found) >= condition.times
    deciding = found[: max(0, condition.times)] if enough else found
    said = _count(leaf, facts, found)
    if leaf.aged and now - facts.known_since < condition.frame.within and not leaf.holds(facts, now):
        known = now - facts.known_since
        age = "known from now on" if known <= 0 else f"known for {write_span(_rounded(known))}"
        said = f"{age}: younger than {write_span(condition.frame.within)}; {said}"
    return Reason(said, tuple(one.id for one in deciding[:MOST_EVENTS] if one.id))


def _count(leaf: ReadyCount, facts: Facts, found: list[Occurrence]) -> str:
    said = _how_often(leaf, len(found))
    if found:
        return f"{said}, the last at {format_instant(found[0].timestamp)}"
    others = leaf.occurrences(facts)
    if not others:
        return "never performed" if leaf.leaf.inverse else f"{said}, none ever"
    return f"{said}; {_left_out(others, leaf.leaf.frame, facts.now)}"


def _how_often(leaf: ReadyCount, count: int) -> str:
    times = leaf.leaf.times
    if leaf.leaf.inverse:
        return {0: "not performed", 1: "performed once"}.get(count, f"performed {count} times")
    if leaf.how == "at_least":
        return f"{count} of {times} needed"
    return f"{count}, {leaf.how.replace('_', ' ')} {times} asked for"


def _left_out(others: Any, frame: Frame, now: int) -> str:
    """Why occurrences that there are do not count."""
    past = [one for one in others if one.timestamp <= now]
    if not past:
        return f"the first comes at {_moment(others[0].timestamp)}"
    first, last = span(frame, now)
    in_frame = [one for one in past if (first is None or one.timestamp >= first) and one.timestamp <= last]
    if in_frame:
        return f"{len(in_frame)} with other data"
    return f"the last at {format_instant(past[-1].timestamp)}, outside the time frame"


def _rounded(seconds: int) -> int:
    """Seconds in whole days, hours or minutes, whichever says something."""
    return next((seconds - seconds % unit for unit in (86_400, 3600, 60) if seconds >= unit), seconds)


def not_confirmed(leaf: Leaf) -> tuple[str, ...]:
    """The rules that a leaf rests on and the product's documentation does not tell, each with how it is known."""
    return tuple(dict.fromkeys(_doubts(leaf)))


def _doubts(leaf: Leaf) -> Iterator[str]:
    if isinstance(leaf, InSegment):
        return
    if isinstance(leaf, (AttributeIs, DeviceIs)):
        yield from _test_doubts(leaf.test)
        return
    if isinstance(leaf, MessageDone):
        yield "activity of messages counts as events do (our choice)"
        return
    if leaf.type == "attribute_change":
        yield "changed attributes, known from stored trees (third party)"
    elif leaf.type != "event":
        yield f"{leaf.type}s count as events do (inferred)"
    if leaf.how != "at_least":
        yield f"{leaf.how.replace('_', ' ')} so many times (our choice)"
    if leaf.inverse and not leaf.frame.within:
        yield "without a time frame the age of a person does not count (inferred)"
    if leaf.frame.since is not None or leaf.frame.until is not None:
        yield "both ends of an absolute frame belong to it (our choice)"
    if leaf.frame.within:
        yield "both ends of a rolling frame belong to it (inferred)"
    for test in data_tests(leaf.filters):
        yield from _test_doubts(test)
    if _has_same_element(leaf.filters):
        yield "where at least one: all filters on the same element (inferred)"


def _test_doubts(test: Test) -> Iterator[str]:
    rule = OPERATORS[test.operator]
    if rule.confidence != "documented":
        yield f"{rule.wording.label}: {rule.source} ({rule.confidence})"
    if test.inverse:
        yield f"{rule.wording.negative}: the negation of the whole test, so a missing value meets it (our choice)"


def _has_same_element(group: DataGroup) -> bool:
    return any(_has_same_element(one) if isinstance(one, DataGroup) else isinstance(one, SameElement) for one in group.members)
