"""Conditions made ready to be asked of many people, at any instant: what evaluate.py, flips.py and explain.py have in common."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from cio_tui.model.paths import PropertyPath
from cio_tui.segments.conditions import (
    AttributeIs,
    Condition,
    DataFilter,
    DataGroup,
    DeviceIs,
    Frame,
    Group,
    How,
    InSegment,
    Leaf,
    Match,
    MessageDone,
    Performed,
    Place,
    SameElement,
    Test,
)
from cio_tui.segments.facts import Facts, Occurrence
from cio_tui.segments.operators import enough, holds, is_relative, some_element, turning_points, value_test

Finder = Callable[[Any], list[Any]]
DataTest = Callable[[Mapping[str, Any], int], bool]
_TIMESTAMP: Final = attrgetter("timestamp")
_COST: Final[dict[type, int]] = {AttributeIs: 0, InSegment: 1, DeviceIs: 2, MessageDone: 3, Performed: 4, Group: 5}


@dataclass(frozen=True, slots=True, eq=False)
class ReadyTest:
    """A test of an attribute, or of all devices' values."""

    leaf: AttributeIs | DeviceIs
    place: Place

    def values(self, facts: Facts) -> list[Any]:
        """What the path finds."""
        if isinstance(self.leaf, DeviceIs):
            return [value for device in facts.devices for value in self.leaf.path.values(device)]
        return finder(self.leaf.path)(facts.attributes)

    def holds(self, facts: Facts, now: int) -> bool:
        """Whether it holds at an instant."""
        return holds(self.leaf.test, self.values(facts), now)


@dataclass(frozen=True, slots=True, eq=False)
class ReadySegment:
    """Membership in another segment, which passes for constant: whoever keeps it current asks anew when it changes."""

    leaf: InSegment
    place: Place

    def holds(self, facts: Facts, _now: int) -> bool:
        """Whether it holds at the instant of the facts."""
        return facts.is_member(self.leaf.segment) != self.leaf.inverse


@dataclass(frozen=True, slots=True, eq=False)
class ReadyCount:
    """How often something was done in a frame. `meets` is None where every occurrence counts."""

    leaf: Performed | MessageDone
    place: Place
    kind: str
    how: How
    meets: DataTest | None
    varies: bool
    """Whether an occurrence may begin or cease to meet the filters because time passes."""

    @property
    def aged(self) -> bool:
        """Whether it asks for people who are as old as the frame is long (4.5)."""
        return isinstance(self.leaf, Performed) and self.leaf.inverse and self.leaf.frame.within > 0

    @property
    def cap(self) -> int:
        """More occurrences than these make no difference."""
        return max(0, self.leaf.times if self.how == "at_least" else self.leaf.times + 1)

    def occurrences(self, facts: Facts) -> Sequence[Occurrence]:
        """All of its type and name, oldest first."""
        return facts.occurrences(self.kind, self.leaf.name)

    def counted(self, facts: Facts, now: int) -> Iterator[Occurrence]:
        """Those that count at an instant, newest first."""
        first, last = span(self.leaf.frame, now)
        found, meets = self.occurrences(facts), self.meets
        for number in range(bisect_right(found, last, key=_TIMESTAMP) - 1, -1, -1):
            one = found[number]
            if first is not None and one.timestamp < first:
                return
            if meets is None or meets(one.data, now):
                yield one

    def verdict(self, facts: Facts, now: int, count: int) -> bool:
        """Whether it holds when so many count."""
        met = enough(self.how, self.leaf.times, count)
        if not self.leaf.inverse:
            return met
        return not met and (not self.aged or now - facts.known_since >= self.leaf.frame.within)

    def holds(self, facts: Facts, now: int) -> bool:
        """Whether it holds at an instant."""
        count, cap = 0, self.cap
        if cap:
            for _ in self.counted(facts, now):
                count += 1
                if count >= cap:
                    break
        return self.verdict(facts, now, count)


@dataclass(frozen=True, slots=True, eq=False)
class ReadyGroup:
    """A group; the members that are quick to decide come first."""

    match: Match
    members: "tuple[Ready, ...]"
    place: Place

    def holds(self, facts: Facts, now: int) -> bool:
        """Whether it holds at an instant; never without members (S8)."""
        if self.match == "all":
            return bool(self.members) and all(member.holds(facts, now) for member in self.members)
        return bool(self.members) and any(member.holds(facts, now) for member in self.members) != (self.match == "none")


ReadyLeaf = ReadyTest | ReadySegment | ReadyCount
Ready = ReadyGroup | ReadyLeaf


def prepare(condition: Condition, place: Place = ()) -> Ready:
    """Make a condition ready."""
    if isinstance(condition, Group):
        members = [(prepare(member, (*place, number)), _COST[type(member)]) for number, member in enumerate(condition.members)]
        return ReadyGroup(condition.match, tuple(ready for ready, _ in sorted(members, key=lambda pair: pair[1])), place)
    return _leaf(condition, place)


def _leaf(leaf: Leaf, place: Place) -> ReadyLeaf:
    if isinstance(leaf, InSegment):
        return ReadySegment(leaf, place)
    if isinstance(leaf, MessageDone):
        return ReadyCount(leaf, place, leaf.action, "at_least", None, varies=False)
    if isinstance(leaf, Performed):
        meets = data_test(leaf.filters) if leaf.filters.members else None
        return ReadyCount(
            leaf, place, leaf.type, leaf.how, meets, varies=any(is_relative(test) for test in data_tests(leaf.filters))
        )
    return ReadyTest(leaf, place)


def ready_leaves(ready: Ready) -> Iterator[ReadyLeaf]:
    """Every leaf."""
    if isinstance(ready, ReadyGroup):
        for member in ready.members:
            yield from ready_leaves(member)
    else:
        yield ready


def decided(ready: Ready, verdicts: Mapping[Place, bool]) -> bool:
    """The verdict of a tree whose leaves' verdicts are known by place."""
    if not isinstance(ready, ReadyGroup):
        return verdicts[ready.place]
    if ready.match == "all":
        return bool(ready.members) and all(decided(member, verdicts) for member in ready.members)
    return bool(ready.members) and any(decided(member, verdicts) for member in ready.members) != (ready.match == "none")


def span(frame: Frame, now: int) -> tuple[int | None, int]:
    """The first and last instant of a frame, both included; from the beginning when there is no first one. Never the future."""
    since = frame.since
    if frame.within > 0:
        since = now - frame.within if since is None else max(since, now - frame.within)
    return since, now if frame.until is None else min(now, frame.until)


def finder(path: PropertyPath) -> Finder:
    """`path.values`; one that is a single key needs no walk."""
    if path.steps != (path.text,):
        return path.values
    key = path.text
    return lambda document: [document[key]] if isinstance(document, dict) and key in document else []


def data_test(member: DataFilter | SameElement | DataGroup) -> DataTest:
    """Whether data meet a filter at an instant, made ready."""
    if isinstance(member, DataFilter):
        find, one, inverse = finder(member.path), value_test(member.test), member.test.inverse
        return lambda data, now: any(one(value, now) for value in find(data)) != inverse
    if isinstance(member, SameElement):
        find, filters = finder(member.path), member.filters
        return lambda data, now: some_element(filters, find(data), now)
    tests = [data_test(inner) for inner in member.members]
    if member.match == "any" and tests:
        return lambda data, now: any(test(data, now) for test in tests)
    return lambda data, now: all(test(data, now) for test in tests)


def data_tests(member: DataFilter | SameElement | DataGroup) -> Iterator[Test]:
    """Every test in filters."""
    if isinstance(member, DataFilter):
        yield member.test
    elif isinstance(member, SameElement):
        yield from (one.test for one in member.filters)
    else:
        for inner in member.members:
            yield from data_tests(inner)


def data_turning_points(member: DataFilter | SameElement | DataGroup, data: Mapping[str, Any]) -> Iterator[int]:
    """The instants at which time alone may turn a filter's verdict on these data."""
    if isinstance(member, DataFilter):
        yield from turning_points(member.test, member.path.values(data))
    elif isinstance(member, SameElement):
        elements = [element for array in member.path.values(data) if isinstance(array, list) for element in array]
        for one in member.filters:
            yield from turning_points(one.test, _of(elements, one.path))
    else:
        for inner in member.members:
            yield from data_turning_points(inner, data)


def _of(elements: Iterable[Any], path: PropertyPath | None) -> Iterator[Any]:
    for element in elements:
        yield from (element,) if path is None else path.values(element)
