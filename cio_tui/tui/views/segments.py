"""Segments: who is in each, and what is done with them. What is read of one is in `segments_inspector`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from cio_tui import filters
from cio_tui.model.receipts import Receipt
from cio_tui.tui.actions import bindings
from cio_tui.tui.list_view import ListView
from cio_tui.tui.rows import Cancelled, Column, HeldRows, Progress, Question, Rows
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import notify_plain, visible
from cio_tui.tui.views.segments_inspector import SegmentInspector
from cio_tui.tui.views.segments_people import MEMBERS
from cio_tui.tui.views.segments_rows import COLUMNS, copies_of_segment, segment_rows
from cio_tui.workspace import Workspace
from cio_tui.workspace.segment_reader import SegmentRow


@dataclass(frozen=True, slots=True)
class MembersExport:
    """The members that the inspector shows, for the export."""

    workspace: Workspace
    table: VirtualTable
    id: str = "members"
    list_name: filters.ListName = "people"
    columns: Sequence[Column] = MEMBERS


class SegmentsView(ListView):
    """The list of segments."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("segments")
    list_name: filters.ListName = "segments"
    columns = COLUMNS
    empty = "No segments yet: n makes one"

    def __init__(self) -> None:
        super().__init__(id="segments")
        self._awaited: str | None = None

    def make_inspector(self) -> Widget:
        """Members, why, movements, definition, uses."""
        return SegmentInspector()

    @property
    def inspector(self) -> SegmentInspector:
        """The inspector."""
        return self.query_one(SegmentInspector)

    def load(self, question: Question, _cancelled: Cancelled, _progress: Progress) -> Rows:
        """The segments that match, in order."""
        return segment_rows(self.workspace, question)

    def count_all(self) -> int:
        """How many there are."""
        return len(self.workspace.segments.all())

    def row(self, key: str | None) -> SegmentRow | None:
        """The row with a key."""
        if key is None or not isinstance(self._rows, HeldRows):
            return None
        place = self._rows.place(key)
        found: SegmentRow | None = None if place is None else self._rows.items[place]
        return found

    @property
    def segment(self) -> SegmentRow | None:
        """The segment under the cursor."""
        return self.row(self.table.key)

    def inspect(self, key: str | None) -> None:
        """Show a segment."""
        self.inspector.show(self.row(key))
        self.refresh_bindings()

    def show_rows(self, rows: Rows) -> None:
        """Go to the segment that was just saved, or that somebody wants to see, too."""
        super().show_rows(rows)
        if self._awaited is not None and self.table.go_to(self._awaited):
            self._awaited = None

    def after_load(self) -> None:
        """A segment that is awaited and not there is hidden by the filter, or gone."""
        if self._awaited is not None and self.question.filter:
            self.action_toggle_filter()
        else:
            self._awaited = None

    def go_to(self, number: int, person: str | None = None) -> None:
        """Put the cursor on a segment, without the filter if that hides it; with a cio_id, explain that person."""
        if not self.table.go_to(str(number)):
            self._awaited = str(number)
            self.reload()
        if person is not None:
            self.add_class("-reading")
            self.inspector.explain(person)

    @on(SegmentInspector.Other)
    def _other(self, event: SegmentInspector.Other) -> None:
        event.stop()
        self.go_to(self.workspace.segments.get(event.name).segment.number)

    def open_row(self) -> None:
        """Look at the segment in the inspector, at the tab that is shown."""
        self.add_class("-reading")
        self.call_after_refresh(self.inspector.take_focus)  # on narrow screens it is shown only then

    def action_as_of(self) -> None:
        """Type the instant of which members and reasons are shown."""
        if self.segment is not None:
            self.add_class("-reading")
            self.call_after_refresh(self.inspector.query_one("#as-of").focus)

    def action_why(self) -> None:
        """Why is this member in it? From elsewhere: ask who is meant."""
        if self.segment is None:
            return
        members = self.inspector.members
        if members.has_focus and members.key is not None:
            self.inspector.explain(members.key)
            return
        self.add_class("-reading")
        self.inspector.show_tab("why")
        self.call_after_refresh(self.inspector.query_one("PersonPicker Input").focus)

    def action_new(self) -> None:
        """Make a segment."""
        self._build(None)

    def action_edit(self) -> None:
        """Edit the segment."""
        if self.segment is not None:
            self._build(self.segment.segment.number)

    def _build(self, number: int | None) -> None:
        from cio_tui.tui.screens.segment_builder import SegmentBuilder

        self.app.push_screen(SegmentBuilder(number), self._saved)

    def _saved(self, receipt: Receipt | None) -> None:
        if receipt is not None and receipt.ok:
            self.console.say_receipt(receipt)
            self._awaited = receipt.id
            self.reload()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """People are put in and taken out by hand only where no condition decides."""
        row = self.segment if self.is_mounted else None
        return action not in ("add", "remove") or (row is not None and row.segment.kind == "manual")

    def action_add(self) -> None:
        """Choose people to put in."""
        row = self.segment
        if row is not None:
            number = row.segment.number
            self._choose(
                f"Add people to {row.segment.name}", "Add", [], lambda people: self.workspace.add_to_segment(number, people)
            )

    def action_remove(self) -> None:
        """Choose people to take out: first the marked members, else the one under the cursor if the focus is among them."""
        row, members = self.segment, self.inspector.members
        if row is None:
            return
        number = row.segment.number
        chosen = sorted(members.marks) or ([members.key] if members.has_focus and members.key else [])
        verb = lambda people: self.workspace.remove_from_segment(number, people)  # noqa: E731
        self._choose(f"Remove people from {row.segment.name}", "Remove", chosen, verb)

    def _choose(self, title: str, done: str, people: Sequence[str], verb: Callable[[list[dict[str, str]]], Receipt]) -> None:
        from cio_tui.tui.screens.segment_people import SegmentPeople

        def answered(chosen: list[str] | None) -> None:
            if chosen:
                self.inspector.members.marks.clear()
                self.console.perform(lambda: verb([{"cio_id": person} for person in chosen]), self.console.say_receipt)

        self.app.push_screen(SegmentPeople(title, done, people), answered)

    def action_delete(self) -> None:
        """Delete the segment, when the question is answered by y. One that others look at is refused at once."""
        row = self.segment
        if row is not None:
            number = row.segment.number
            self.console.perform(
                lambda: self.workspace.delete_segment(number, dry_run=True), lambda receipt: self._ask_delete(row, receipt)
            )

    def _ask_delete(self, row: SegmentRow, tried: Receipt) -> None:
        from cio_tui.tui.screens.confirm import ConfirmScreen

        def said(receipt: Receipt) -> None:
            text = row.segment.name if receipt.ok else "; ".join(receipt.reasons)
            notify_plain(self.app, text, title="Deleted" if receipt.ok else "Refused", failed=not receipt.ok)

        def answered(yes: bool | None) -> None:
            if yes:
                self.console.perform(lambda: self.workspace.delete_segment(row.segment.number), said)

        if not tried.ok:
            said(tried)
            return
        people = "1 person is" if row.members == 1 else f"{row.members:,} people are"
        detail = f"{people} in it. They stay; who came and went is forgotten. u takes it back."
        self.app.push_screen(ConfirmScreen(f"Delete {visible(row.segment.name)}?", detail, "y"), answered)

    def copies(self, key: str) -> list[tuple[str, str]]:
        """Name, definition, SQL, command line."""
        row = self.row(key)
        return [] if row is None else copies_of_segment(self.workspace, row)

    def action_copy(self) -> None:
        """Copy something of the segment; its SQL may be long in the making."""
        key = self.table.key
        if key is not None:
            self.console.perform(lambda: self.copies(key), self._ask_copy)

    def _ask_copy(self, found: list[tuple[str, str]]) -> None:
        from cio_tui.tui.screens.copy_menu import CopyMenu

        if found:
            self.app.push_screen(CopyMenu(found))

    def action_export(self) -> None:
        """Write the segments to a file; while the focus is in the inspector, the members that it shows."""
        if self.inspector.has_focus_within and self.segment is not None:
            self.export(MembersExport(self.workspace, self.inspector.members))
        else:
            super().action_export()
