"""People in memory, told as `Facts`, and random ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from cio_tui.model.paths import PropertyPath
from cio_tui.segments.conditions import AttributeIs, Condition, DataFilter, DataGroup, Frame, Group, Performed, Test
from cio_tui.segments.facts import Occurrence
from cio_tui.segments.stored_facts import change_of
from tests.segments.random_worlds import AGES, DAY, EVENTS, RandomWorld, T


@dataclass(frozen=True)
class Done:
    """An activity of a person."""

    id: str
    type: str
    name: str
    timestamp: int
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Person:
    """Someone at an instant; `at(now)` is the same person at another."""

    attributes: dict[str, Any] = field(default_factory=dict)
    done: tuple[Done, ...] = ()
    devices: tuple[dict[str, Any], ...] = ()
    added_at: int = T - 365 * DAY
    segments: frozenset[str | int] = frozenset()
    now: int = T

    def at(self, now: int) -> "Person":
        """The person at another instant."""
        return replace(self, now=now)

    def did(self, name: str, timestamp: int = T, data: Mapping[str, Any] | None = None, kind: str = "event") -> "Person":
        """The person with one more activity."""
        return replace(self, done=(*self.done, Done(f"e{len(self.done)}", kind, name, timestamp, data or {})))

    @property
    def known_since(self) -> int:
        """When the person was added, or the time of their earliest event."""
        return min([self.added_at, *(one.timestamp for one in self.done if one.type in ("event", "page", "screen"))])

    def occurrences(self, occurrence_type: str, name: str) -> Sequence[Occurrence]:
        """All of a type and name, oldest first."""
        found = [one for one in self.done if one.type == occurrence_type]
        if occurrence_type == "attribute_change":
            told = [(one, change_of(one.data, name)) for one in found]
        elif occurrence_type in ("event", "page", "screen"):
            told = [(one, one.data) for one in found if one.name == name]
        else:
            told = [(one, one.data) for one in found if name in ("", one.name)]
        ordered = sorted(told, key=lambda pair: pair[0].timestamp)
        return [Occurrence(one.id, one.timestamp, data) for one, data in ordered if data is not None]

    def is_member(self, segment: str | int) -> bool:
        """Whether the person is in another segment."""
        return segment in self.segments


ACTIVITY = (
    ("event", EVENTS),
    ("event", EVENTS),
    ("event", EVENTS),
    ("page", EVENTS),
    ("attribute_change", ("",)),
    ("opened_email", EVENTS),
)


def random_person(seed: int) -> Person:
    """Somebody whose data and activity `random_worlds` trees look at, past and to come."""
    world = RandomWorld(seed)
    chance = world.chance
    done = []
    for number in range(chance.randrange(9)):
        kind, names = chance.choice(ACTIVITY)
        said = {world.pick("plan", "total", "items"): {"from": world.value(), "to": world.value()}}
        instant = T - world.pick(*AGES) if chance.random() < 0.5 else T + chance.randrange(-35 * DAY, 10 * DAY)
        done.append(Done(f"e{number}", kind, chance.choice(names), instant, said if kind == "attribute_change" else world.data()))
    attributes = world.data() | ({"id": "7", "email": "Person@shop.example"} if chance.random() < 0.5 else {})
    if chance.random() < 0.6:
        attributes |= {"plan": T + chance.randrange(-20 * DAY, 40 * DAY), "total": world.scalar()}
    devices = [
        {"id": "d", "platform": "ios", "last_used": T - world.pick(*AGES), **world.data()} for _ in range(chance.randrange(3))
    ]
    segments = frozenset(one for one in ("few", "manual", 7) if chance.random() < 0.5)
    return Person(attributes, tuple(done), tuple(devices), T - abs(world.pick(*AGES)), segments)


def random_tree(seed: int) -> Condition:
    """A tree; every other one looks at nothing but time, so that its verdict changes often."""
    world = RandomWorld(seed)
    return world.tree() if seed % 2 else _timely(world, 0)


def _timely(world: RandomWorld, depth: int) -> Condition:
    chance = world.chance
    if depth < 2 and chance.random() < 0.4:
        members = tuple(_timely(world, depth + 1) for _ in range(1 + chance.randrange(3)))
        return Group(world.pick("all", "any", "none"), members)
    inverse = chance.random() < 0.4
    distance = Test(world.pick("timestamp_lt", "timestamp_gt"), world.pick(0, 1, DAY, -DAY, 7 * DAY, -7 * DAY), inverse=inverse)
    if chance.random() < 0.25:
        return AttributeIs(PropertyPath.parse(world.pick("plan", "total", "items[].price")), distance)
    frame = world.pick(Frame(DAY), Frame(7 * DAY), Frame(30 * DAY), world.frame())
    filters = (
        DataGroup("any", (DataFilter(PropertyPath.parse("total"), distance), world.filter(1)))
        if chance.random() < 0.3
        else DataGroup()
    )
    how, kind = world.pick("at_least", "exactly", "at_most"), world.pick("event", "event", "page")
    return Performed(world.pick(*EVENTS), kind, filters, world.pick(0, 1, 1, 2, 3), how, frame, inverse)


def seeds() -> st.SearchStrategy[int]:
    """Seeds of random people and trees."""
    return st.integers(0, 2**48)


def people() -> st.SearchStrategy[Person]:
    """Random people."""
    return seeds().map(random_person)


def trees() -> st.SearchStrategy[Condition]:
    """Random trees that `people` meet now and then."""
    return seeds().map(random_tree)
