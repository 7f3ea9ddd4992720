"""The segments of one person: those they are in, those they are not in when asked for, and why of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from cio_tui.model.errors import CioError
from cio_tui.model.instants import format_instant
from cio_tui.tui.actions import bindings
from cio_tui.tui.rows import DIMMED, NO_ROWS, Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible
from cio_tui.tui.views.segments_why import FAILS, HOLDS, ProofView, Why, explained
from cio_tui.workspace import Workspace

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

_COLUMNS: Final = (
    Column("", 1, sortable=False),
    Column("segment", 0, sortable=False),
    Column("since", 11, sortable=False),
)
_NONE: Final = """In no segment: o shows those the person is not in.

Why, and when it changes, stands below the list; 5 shows all segments."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person stands towards a segment: in it since an instant, or not in it."""

    number: int
    name: str
    since: int | None


class PersonSegments(Vertical):
    """The tab. Reading and proving are done in workers; only what is still wanted is shown."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("person-segments")
    SCOPED_CSS: ClassVar[bool] = False  # or else no rule could begin with the screen
    DEFAULT_CSS = """
    PersonSegments {
        & .segments-of { height: 2fr; min-height: 4; }
        & ProofView { height: 3fr; }
        & .ways { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    Screen.-short PersonSegments .ways { display: none; }
    """

    class Found(Message):
        """A worker has read where a person stands."""

        def __init__(self, person: str, places: list[Place]) -> None:
            super().__init__()
            self.person = person
            self.places = places

    class Explained(Message):
        """A worker knows why the person, by cio_id, is in the segment with a number or is not."""

        def __init__(self, asked: tuple[str, str], why: Why) -> None:
            super().__init__()
            self.asked = asked
            self.why = why

    def __init__(self) -> None:
        super().__init__()
        self._person: str | None = None
        self._every = False

    def compose(self) -> ComposeResult:
        """The segments, and why of the one under the cursor."""
        yield VirtualTable(_COLUMNS, empty=_NONE, classes="segments-of")
        yield Static("", classes="ways")
        yield ProofView()

    @property
    def _workspace(self) -> Workspace:
        return cast("Console", self.app).workspace

    @property
    def _table(self) -> VirtualTable:
        return self.query_one(".segments-of", VirtualTable)

    def show(self, person: str | None) -> None:
        """Show a person by cio_id, or nobody."""
        if person != self._person:
            self._person = person
            self._table.replace_rows(NO_ROWS, stay=False)
            self.query_one(ProofView).say("")
        if person is not None:
            every = self._every
            self.query_one(".ways", Static).update(plain(f"enter segment  w why  o {'no others' if every else 'others, too'}"))
            self._work(lambda: self.Found(person, places_of(self._workspace, person, every=every)), "segments-of")

    def _work(self, job: Callable[[], Message], group: str) -> None:
        def work() -> None:
            worker = get_current_worker()
            try:
                message = job()
            except CioError:
                return  # the person or the segment is gone: what comes next shows that
            if not worker.is_cancelled:
                self.post_message(message)

        self.run_worker(work, thread=True, exclusive=True, group=group, exit_on_error=False)

    @on(Found)
    def _show_places(self, event: Found) -> None:
        event.stop()
        if event.person == self._person:
            self._table.replace_rows(HeldRows(event.places, lambda place: str(place.number), _shown))
            if not event.places:
                self.query_one(ProofView).say("")

    @on(VirtualTable.Highlighted, ".segments-of")
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()
        person, key = self._person, event.key
        if person is not None and key is not None:
            self._work(lambda: self.Explained((person, key), explained(self._workspace, int(key), person, None)), "why-of")

    @on(Explained)
    def _show_why(self, event: Explained) -> None:
        event.stop()
        if event.asked == (self._person, self._table.key):
            self.query_one(ProofView).show(event.why)

    @on(VirtualTable.Chosen, ".segments-of")
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        if event.key is not None:
            cast("Console", self.app).go_to_segment(int(event.key), self._person)

    def action_others(self) -> None:
        """Show the segments that the person is not in, too; again, only those they are in."""
        self._every = not self._every
        self.show(self._person)

    def action_when(self) -> None:
        """Go to the proof, which begins with when it changes; from there, back to the segments."""
        proof = self.query_one(ProofView).table
        self.screen.set_focus(self._table if proof.has_focus else proof)


def places_of(workspace: Workspace, person: str, *, every: bool) -> list[Place]:
    """Where a person stands: the segments they are in, the latest first; with `every` the others after them."""
    inside = sorted(workspace.segments.of_person(person), key=lambda pair: -pair[1])
    found = [Place(one.number, one.name, since) for one, since in inside]
    if every:
        known = {place.number for place in found}
        others = (row.segment for row in workspace.segments.all())
        found += [Place(one.number, one.name, None) for one in others if one.number not in known]
    return found


def _shown(place: Place) -> ShownRow:
    if place.since is None:
        return ShownRow((FAILS, visible(place.name), ""), DIMMED)
    return ShownRow((HOLDS, visible(place.name), format_instant(place.since)[5:16]))
