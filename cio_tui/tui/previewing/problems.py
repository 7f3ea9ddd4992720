"""Everything that is wrong with a message, a line each, and the whole of the one under the cursor."""

from collections.abc import Iterable
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cio_tui.tui.previewing.shown import SIGNS_OF, Told
from cio_tui.tui.rows import DIMMED, FAILED, NO_ROWS, Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import visible

_COLUMNS: Final = (Column("", 1, sortable=False), Column("where", 14, sortable=False), Column("problem", 0, sortable=False))
NONE: Final = "Nothing is wrong: every value that it reads is there"


class ProblemsView(Vertical):
    """The list. Enter on a problem, or a second click, asks for its place."""

    SCOPED_CSS: ClassVar[bool] = False  # or else no rule could begin with the screen
    DEFAULT_CSS = """
    ProblemsView { height: 1fr; & .whole { height: auto; max-height: 4; padding: 0 1; color: $text-muted; } }
    Screen.-short ProblemsView .whole { display: none; }
    """

    class Wanted(Message):
        """The person wants to see where a problem is."""

        def __init__(self, told: Told) -> None:
            super().__init__()
            self.told = told

    def compose(self) -> ComposeResult:
        """The list, and the whole of one line."""
        yield VirtualTable(_COLUMNS, empty=NONE, classes="problems")
        yield Static("", classes="whole")

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one(VirtualTable)

    def show(self, problems: Iterable[Told] | None) -> None:
        """Show other problems; None while nothing is known."""
        if problems is None:
            self.table.replace_rows(NO_ROWS, stay=False)
            return
        found = list({one.key: one for one in problems}.values())
        self.table.replace_rows(HeldRows(found, lambda one: one.key, _row))

    @property
    def told(self) -> Told | None:
        """The one under the cursor."""
        rows = self.table.rows
        return rows.items[self.table.cursor] if isinstance(rows, HeldRows) and self.table.key is not None else None

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()
        one = self.told
        whole = Content("") if one is None else Content(visible(one.problem.message))
        if one is not None and one.problem.hint:
            whole = Content.assemble(whole, ("\n→ ", "$text-accent"), visible(one.problem.hint))
        self.query_one(".whole", Static).update(whole)

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        if self.told is not None:
            self.post_message(self.Wanted(self.told))

    @on(VirtualTable.SortAsked)
    def _sort_asked(self, event: VirtualTable.SortAsked) -> None:
        event.stop()


def _row(one: Told) -> ShownRow:
    cells = (SIGNS_OF[one.severity][0], visible(one.place), visible(one.problem.message))
    return ShownRow(cells, {"error": FAILED, "note": DIMMED}.get(one.severity, ""))
