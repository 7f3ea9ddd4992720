"""The people of a segment and their movements, read in a worker for an inspector."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cio_tui.model.instants import format_instant
from cio_tui.segments.writing import to_yaml
from cio_tui.tui.rows import DIMMED, Column, HeldRows, Rows, ShownRow
from cio_tui.tui.text import visible
from cio_tui.workspace import Workspace
from cio_tui.workspace.segment_reader import SegmentRow
from cio_tui.workspace.wording import what

MEMBERS: Final = (
    Column("person", 0, sortable=False),
    Column("id", 8, sortable=False, least=46),
    Column("since", 11, sortable=False),
)
MOVEMENTS: Final = (
    Column("", 1, sortable=False),
    Column("at", 11, sortable=False),
    Column("person", 0, sortable=False),
    Column("because", 0, sortable=False),
)
CAME: Final = "→"
WENT: Final = "←"
BY_ITSELF: Final = "time or a save"
BY_HAND: Final = "by hand"
LATEST: Final = 200


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody came or went; `cause` is the id of what led to it, `because` says it in words."""

    person: str
    label: str
    at: int
    entered: bool
    cause: str | None
    because: str

    @property
    def key(self) -> str:
        """What its row is called."""
        return f"{self.at} {self.person} {self.entered} {self.cause}"


@dataclass(frozen=True, slots=True)
class SegmentFound:
    """What is read of a segment: its people as of an instant and since when each is in, the latest movements, its YAML."""

    at: int | None
    people: Sequence[str]
    since: Mapping[str, int]
    everybody: int
    moved: Sequence[Moved]
    definition: str


class MemberRows:
    """People by cio_id. Only those in sight are looked up."""

    def __init__(self, people: Sequence[str], describe: Callable[[str], ShownRow]) -> None:
        self._people = people
        self._places = {person: place for place, person in enumerate(people)}
        self._describe = lru_cache(maxsize=2048)(describe)  # the table asks from one thread, an export from another

    def __len__(self) -> int:
        return len(self._people)

    def show(self, place: int) -> ShownRow:
        """What the row at a place shows."""
        return self._describe(self._people[place])

    def key(self, place: int) -> str:
        """The cio_id at a place."""
        return self._people[place]

    def place(self, key: str) -> int | None:
        """Where a person is."""
        return self._places.get(key)


def read_segment(workspace: Workspace, row: SegmentRow, at: int | None, cancelled: Callable[[], bool]) -> SegmentFound:
    """All that an inspector shows of a segment. Members of now come the latest first. Raises InputError and `Cancelled`."""
    number = row.segment.number
    since: Mapping[str, int] = {}
    if at is None:
        since = workspace.engine.memberships.members(number)
        people: Sequence[str] = list(since)
    else:
        people = workspace.segments.members(number, at=at, cancelled=cancelled)
    return SegmentFound(
        at, people, since, workspace.directory.count(), movements_of(workspace, row), to_yaml(row.segment.definition)
    )


def movements_of(workspace: Workspace, row: SegmentRow) -> list[Moved]:
    """Who came and went last, and because of what."""
    label = lru_cache(maxsize=None)(workspace.directory.label)
    caused = lru_cache(maxsize=None)(lambda activity: _caused(workspace, activity))
    by_itself = BY_HAND if row.segment.kind == "manual" else BY_ITSELF
    return [
        Moved(one.person, label(one.person), one.at, one.entered, one.cause, caused(one.cause) if one.cause else by_itself)
        for one in workspace.segments.movements(segment=row.segment.number, limit=LATEST)
    ]


def _caused(workspace: Workspace, activity_id: str) -> str:
    entry = workspace.log.find(activity_id)
    return f"{activity_id}, which is gone" if entry is None else what(entry.activity)


def member_rows(workspace: Workspace, found: SegmentFound) -> Rows:
    """The rows of the people that were found."""

    def describe(person: str) -> ShownRow:
        known = workspace.directory.identifiers(person)
        since = found.since.get(person)
        style = "" if workspace.directory.row_of(person) is not None else DIMMED
        label = known["email"] or known["id"] or f"cio_{person}"
        return ShownRow((visible(label), visible(known["id"]), "" if since is None else _moment(since)), style)

    return MemberRows(found.people, describe)


def moved_rows(moved: Sequence[Moved]) -> Rows:
    """The rows of the movements."""
    return HeldRows(moved, lambda one: one.key, _moved)


def _moved(one: Moved) -> ShownRow:
    cells = (CAME if one.entered else WENT, _moment(one.at), visible(one.label), visible(one.because))
    return ShownRow(cells, "" if one.entered else DIMMED)


def count_in_words(found: SegmentFound) -> str:
    """`9 of 24 people`, with the instant when it is another than now."""
    count = len(found.people)
    counted = (
        f"{count:,} of {found.everybody:,} people" if found.at is None else f"{count:,} {'person' if count == 1 else 'people'}"
    )
    return counted if found.at is None else f"{counted} at {format_instant(found.at)}"


def _moment(instant: int) -> str:
    return format_instant(instant)[5:16]
