"""The tree of a segment's conditions, as typed records (domain.md 4.2, 4.5, 4.7).

A tree is made of groups and leaves. Real workspaces' JSON, YAML files and the builder are views of it (reading.py, writing.py);
evaluate.py, compile.py, explain.py and sql.py are its readers. Spans are seconds, instants Unix seconds. Nothing here can be
malformed: reading.py refuses what is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from cio_tui.model.paths import PropertyPath

Match = Literal["all", "any", "none"]
Operator = Literal[
    "eq",
    "exists",
    "gt",
    "lt",
    "bw",
    "contains",
    "is_timestamp",
    "timestamp_lt",
    "timestamp_gt",
    "timestamp_lta",
    "timestamp_gta",
    "timestamp_bw",
]
"""domain.md 4.3, 4.4. `timestamp_lt` and `timestamp_gt` go by seconds from now, negative for ago; the others by Unix seconds."""
Operand = str | int | float | bool | None
How = Literal["at_least", "exactly", "at_most"]
OccurrenceType = Literal["event", "page", "screen", "attribute_change"]
OCCURRENCE_TYPES: Final[tuple[OccurrenceType, ...]] = ("event", "page", "screen", "attribute_change")


@dataclass(frozen=True, slots=True)
class Test:
    """An operator with what it compares to; `second` is the upper end of `bw` and `timestamp_bw`.

    `inverse` negates it as a whole: of several values none satisfies it (domain.md 4.6), and a missing value does not either.
    """

    operator: Operator
    value: Operand = None
    second: Operand = None
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class DataFilter:
    """A test of what a path finds in an occurrence's data."""

    path: PropertyPath
    test: Test


@dataclass(frozen=True, slots=True)
class SameElement:
    """*Where at least one*: some element of the array at `path` meets all the filters, whose paths begin at the element.

    A filter on the element itself has the path `None`.
    """

    path: PropertyPath
    filters: "tuple[ElementFilter, ...]"


@dataclass(frozen=True, slots=True)
class ElementFilter:
    """A test of what a path finds in one element; without a path, of the element."""

    path: PropertyPath | None
    test: Test


@dataclass(frozen=True, slots=True)
class DataGroup:
    """Filters of one occurrence's data, all or any of which must hold; none always hold."""

    match: Literal["all", "any"] = "all"
    members: "tuple[DataFilter | SameElement | DataGroup, ...]" = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Which instants count: the last `within` seconds, both ends included (`now - within <= t <= now`), or from `since` to
    `until`, both included, either open. Without any of them all that is not in the future.
    """

    within: int = 0
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class AttributeIs:
    """A test of a person's attribute; `id`, `email` and `cio_id` are attributes here. A path may lead into an object or array."""

    path: PropertyPath
    test: Test


@dataclass(frozen=True, slots=True)
class Performed:
    """An event, page or screen was performed, or not when `inverse`, `how` many `times` in a frame, counting those whose data
    meet the filters.

    `attribute_change` counts the changes of the attribute `name`; their data are `{"from": …, "to": …}`. Inverse with a rolling
    frame holds only for people at least `within` seconds old (4.5).
    """

    name: str
    type: OccurrenceType = "event"
    filters: DataGroup = DataGroup()
    times: int = 1
    how: How = "at_least"
    frame: Frame = Frame()
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class InSegment:
    """Membership in another segment, by its name or number, or not when `inverse`."""

    segment: str | int
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class DeviceIs:
    """Some device of the person meets the test, or none when the test is inverse. Paths begin at the device: `platform`,
    `last_used`, or an attribute's name.
    """

    path: PropertyPath
    test: Test


@dataclass(frozen=True, slots=True)
class MessageDone:
    """Activity of a message: `action` is an activity type such as `opened_email` (domain.md 6), `name` the message's, if any."""

    action: str
    name: str = ""
    times: int = 1
    frame: Frame = Frame()
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """All, any or none of the members hold. A group without members matches nobody, whatever its kind (S8)."""

    match: Match = "all"
    members: "tuple[Condition, ...]" = ()


Leaf = AttributeIs | Performed | InSegment | DeviceIs | MessageDone
Condition = Group | Leaf
Place = tuple[int, ...]
"""Where a condition stands: the places of the groups' members on the way from the root, which is `()`."""


def leaves(condition: Condition, place: Place = ()) -> Iterator[tuple[Place, Leaf]]:
    """Every leaf with its place, in the order in which they are written."""
    if isinstance(condition, Group):
        for number, member in enumerate(condition.members):
            yield from leaves(member, (*place, number))
    else:
        yield place, condition


def at(condition: Condition, place: Place) -> Condition:
    """The condition that stands at a place. Raises IndexError."""
    for number in place:
        if not isinstance(condition, Group):
            raise IndexError(place)
        condition = condition.members[number]
    return condition
