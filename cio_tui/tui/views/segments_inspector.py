"""One segment: who is in it, why somebody is or is not, who came and went, its definition, and what it has to do with others."""

from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static, TabbedContent, TabPane
from textual.worker import get_current_worker

from cio_tui.model.errors import CioError, InputError
from cio_tui.model.instants import format_instant, parse_instant
from cio_tui.segments.columns import Cancelled
from cio_tui.tui.json_area import JsonArea
from cio_tui.tui.person_picker import PersonPicker
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.rows import NO_ROWS, Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import notify_plain, plain, visible
from cio_tui.tui.views.activity_inspector import ActivityInspector
from cio_tui.tui.views.gathering import GatheringInspector
from cio_tui.tui.views.segments_people import (
    MEMBERS,
    MOVEMENTS,
    SegmentFound,
    count_in_words,
    member_rows,
    moved_rows,
    read_segment,
)
from cio_tui.tui.views.segments_why import ProofView, Why, explained
from cio_tui.workspace.segment_reader import SegmentRow

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

TABS: Final = ("members", "why", "movements", "definition", "uses")
_USES: Final = (Column("how", 12, sortable=False), Column("segment", 0, sortable=False))
_ASK: Final = "w chooses a person, to see why they are in it or are not; pressed on a member, it takes that one"
_NO_MEMBERS: Final = {
    "data": "Nobody is in it.\n\nWho meets its conditions stands here: w shows why somebody does not, e edits them.",
    "manual": "Nobody is in it.\n\nPeople who are put in stand here: a adds some.",
}
_NO_MOVEMENTS: Final = "Nobody came or went yet.\n\nWho enters and who leaves stands here, with what led to it."
_NO_USES: Final = """It looks at no other segment, and none looks at it.

A condition `in segment: NAME` makes one look at another: e edits the conditions."""


class SegmentInspector(GatheringInspector):
    """The inspector of segments. The person whose membership is explained stays when another segment is looked at."""

    SCOPED_CSS: ClassVar[bool] = False  # or else no rule could begin with the screen
    DEFAULT_CSS = """
    SegmentInspector {
        & .facts { max-height: 6; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & .as-of { height: 1; padding: 0 1; & Label { width: 8; color: $text-muted; } }
        & .as-of .read { width: auto; max-width: 60%; padding: 0 0 0 1; color: $text-muted; }
        & .as-of .read.-wrong { color: $text-error; }
        & Tab { padding: 0 1 0 0; }
        & PersonPicker { padding: 0 1; }
    }
    """

    class Other(Message):
        """Another segment is to be shown, by its name."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class Explained(Message):
        """A worker knows why; None when the segment or the person is gone meanwhile."""

        def __init__(self, asked: tuple[str | None, str], why: Why | None) -> None:
            super().__init__()
            self.asked = asked
            self.why = why

    def __init__(self) -> None:
        super().__init__()
        self.row: SegmentRow | None = None
        self.person: str | None = None
        self._found: SegmentFound | None = None

    def compose(self) -> ComposeResult:
        """Facts, the instant, the tabs."""
        yield Static("", classes="facts")
        with Horizontal(classes="as-of"):
            yield Label("as of")
            yield PlainInput(placeholder="now, or 2024-06-01, +30d", id="as-of")
            yield Static("", classes="read")
        with TabbedContent(initial="members"):
            with TabPane("Members", id="members"):
                yield VirtualTable(MEMBERS, classes="members")
            with TabPane("Why", id="why"), Vertical():
                yield PersonPicker()
                yield ProofView()
            with TabPane("Movements", id="movements"):
                yield VirtualTable(MOVEMENTS, empty=_NO_MOVEMENTS, classes="movements")
            with TabPane("Definition", id="definition"):
                yield JsonArea(classes="definition")
            with TabPane("Uses", id="uses"):
                yield VirtualTable(_USES, empty=_NO_USES, classes="uses")

    def on_mount(self) -> None:
        """Nobody is explained yet."""
        self.query_one(ProofView).say(_ASK)

    @property
    def members(self) -> VirtualTable:
        """The people."""
        return self.query_one(".members", VirtualTable)

    def show(self, row: SegmentRow | None) -> None:
        """Show a segment, or nothing."""
        key = None if row is None else str(row.segment.number)
        if key != self.wanted:
            self._found = None
            self.members.marks.clear()
            for name in ("members", "movements"):
                self.query_one(f".{name}", VirtualTable).replace_rows(NO_ROWS, stay=False)
            self.query_one(".definition", JsonArea).load_text("")
        self.row, self.wanted = row, key
        self.set_class(row is None, "-nothing")
        self.border_title = plain("" if row is None else row.segment.name)
        if row is not None:
            self.members.empty = _NO_MEMBERS[row.segment.kind]
            self._say_facts()
            self._show_uses(row)
            self.look()

    def look(self) -> None:
        """Read what may take long: the people as of the instant, and why the chosen person is among them or is not."""
        row, key, at = self.row, self.wanted, self._at()
        if row is None or key is None:
            return

        def read() -> SegmentFound | None:
            worker = get_current_worker()
            try:
                return read_segment(self.workspace, row, at, lambda: worker.is_cancelled)
            except Cancelled:
                return None

        self.gather(key, read)
        self._explain()

    def _at(self) -> int | None:
        """The instant that is asked for; None for now, and for what is no time, of which it says so."""
        text = self.query_one("#as-of", PlainInput).value.strip()
        said, at = "", None
        if text:
            try:
                at = parse_instant(text, self.workspace.now())
                said = format_instant(at)
            except InputError:
                said = "× no time: shows now"
        told = self.query_one(".as-of .read", Static)
        told.update(plain(said))
        told.set_class(at is None, "-wrong")
        return at

    @on(Input.Changed, "#as-of")
    def _instant_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.look()

    @on(Input.Submitted, "#as-of")
    def _instant_entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.take_focus()

    def show_found(self, found: SegmentFound) -> None:
        """Members, movements, definition."""
        before = self._found
        self._found = found
        self.members.replace_rows(member_rows(self.workspace, found), stay=before is not None)
        self.query_one(".movements", VirtualTable).replace_rows(moved_rows(found.moved), stay=before is not None)
        if before is None or before.definition != found.definition:
            text = "\n".join(visible(line) for line in found.definition.split("\n"))
            self.query_one(".definition", JsonArea).load_text(text)
        self._say_facts()

    def _say_facts(self) -> None:
        if self.row is None:
            return
        one, found = self.row.segment, self._found
        lines = [f"people  {self.row.members:,}" if found is None else f"people  {count_in_words(found)}"]
        entered = next((moved for moved in found.moved if moved.entered), None) if found is not None else None
        if entered is not None:
            lines.append(f"last in {format_instant(entered.at)[5:16]} {visible(entered.label)}")
        lines.append(f"kind    {'conditions' if one.kind == 'data' else 'people put in by hand'}, number {one.number}")
        lines.append(f"saved   {format_instant(one.updated_at)}")
        if one.definition.description:
            lines.append(f"about   {visible(one.definition.description)}")
        self.query_one(".facts", Static).update(Content("\n".join(lines)))

    def _show_uses(self, row: SegmentRow) -> None:
        related = [("looks at", name) for name in row.uses] + [("looked at by", name) for name in row.used_by]
        rows = HeldRows(related, "\n".join, lambda one: ShownRow((one[0], visible(one[1]))))
        self.query_one(".uses", VirtualTable).replace_rows(rows)

    def explain(self, person: str) -> None:
        """Show why a person, by cio_id, is in the segment or is not."""
        self.show_tab("why")
        self.query_one(PersonPicker).choose({"cio_id": person})

    @on(PersonPicker.Chosen)
    def _person_chosen(self, event: PersonPicker.Chosen) -> None:
        event.stop()
        self.person = event.row.person.cio_id
        self._explain()
        if self.query_one(TabbedContent).active == "why":
            self.query_one(ProofView).table.focus()

    @on(PersonPicker.Cleared)
    def _person_cleared(self, event: PersonPicker.Cleared) -> None:
        event.stop()
        self.person = None
        self.query_one(ProofView).say(_ASK)

    def _explain(self) -> None:
        row, person, at = self.row, self.person, self._at()
        if row is None or person is None:
            return
        asked = (self.wanted, person)

        def work() -> None:
            worker = get_current_worker()
            try:
                why = explained(self.workspace, row.segment.number, person, at)
            except CioError:
                why = None
            if not worker.is_cancelled:
                self.post_message(self.Explained(asked, why))

        self.run_worker(work, thread=True, exclusive=True, group="why", exit_on_error=False)

    @on(Explained)
    def _show_why(self, event: Explained) -> None:
        event.stop()
        if event.asked != (self.wanted, self.person):
            return
        if event.why is None:
            self.query_one(ProofView).say("The person is gone")
        else:
            self.query_one(ProofView).show(event.why)

    @on(VirtualTable.Chosen, ".members")
    def _member_chosen(self, event: VirtualTable.Chosen) -> None:
        if event.key is None or self.workspace.directory.row_of(event.key) is None:
            notify_plain(self.app, "The person is gone", title="Nobody to show", failed=True)
        else:
            cast("Console", self.app).go_to_person(event.key)

    @on(VirtualTable.Chosen, ".movements")
    def _movement_chosen(self, event: VirtualTable.Chosen) -> None:
        moved = next((one for one in self._found.moved if one.key == event.key), None) if self._found is not None else None
        if moved is not None and moved.cause is not None:
            self.post_message(ActivityInspector.Wanted(moved.cause))
        elif moved is not None:
            notify_plain(self.app, f"No activity caused this: {moved.because}", title="No cause")

    @on(VirtualTable.Chosen, ".uses")
    def _other_chosen(self, event: VirtualTable.Chosen) -> None:
        if event.key is not None:
            self.post_message(self.Other(event.key.partition("\n")[2]))

    def show_tab(self, name: str) -> None:
        """Show a tab."""
        self.query_one(TabbedContent).active = name

    def take_focus(self) -> None:
        """Go to what the shown tab holds; of the reasons to the proof, since in the picker keys are letters."""
        active = self.query_one(TabbedContent).active
        self.screen.set_focus(self.query_one(ProofView).table if active == "why" else self.query_one(f"TabPane .{active}"))

    def action_tab(self, step: int) -> None:
        """The next tab, or the one before; the focus goes along at once, before Textual looks for another place for it."""
        tabs = self.query_one(TabbedContent)
        tabs.active = TABS[(TABS.index(tabs.active) + step) % len(TABS)]
        self.take_focus()
