"""Ready filters of the log and those of the person's settings, beside it on wide screens: one is chosen by a click or enter."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from cio_tui.tui.rows import Column, HeldRows, Question, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible

READY: Final = (
    ("All", ""),
    ("Identified", "is:identified"),
    ("Anonymous", "is:anonymous"),
    ("Events", "type:event"),
    ("Pages", "type:page,screen"),
    ("Changes", "type:attribute*"),
    ("Profiles", "type:profile*"),
    ("Late", "is:late"),
    ("Failed", "is:failed"),
    ("Beyond 30 d", "is:hidden"),
)
_COLUMNS: Final = (Column("show", 11, sortable=False), Column("filter", 0, sortable=False))


class FilterTable(VirtualTable):
    """The names of the ready filters with their lines; the one that applies is marked."""

    class Wanted(Message):
        """The log is to be shown through a line."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    def __init__(self) -> None:
        super().__init__(_COLUMNS)

    def on_mount(self) -> None:
        """Show the names."""
        self._show()

    @property
    def ready(self) -> Sequence[tuple[str, str]]:
        """Names and lines; the person's own come last."""
        return (*READY, *self.app.settings.filters.items())  # type: ignore[attr-defined]

    def _show(self) -> None:
        self.replace_rows(HeldRows(self.ready, lambda ready: ready[0], _shown))

    def show(self, question: Question) -> None:
        """Say which of them applies, if one does."""
        line = question.filter.strip() if question.who == "all" else None
        marks = {name for name, ready in self.ready if ready == line}
        if marks != self.marks or len(self.rows) != len(self.ready):
            self.marks = marks
            self._show()

    def action_choose(self) -> None:
        """Ask for the filter under the cursor."""
        self.post_message(self.Wanted(self.ready[self.cursor][1]))

    def action_mark(self) -> None:
        """The mark belongs to what applies: the same as choosing."""
        self.action_choose()

    def on_click(self, event: events.Click) -> None:
        """One click chooses."""
        event.stop()
        event.prevent_default()
        place = self.scroll_offset.y + event.y - 1
        if 0 <= place < len(self.ready):
            self.cursor = place
            self.action_choose()


def _shown(ready: tuple[str, str]) -> ShownRow:
    return ShownRow((visible(ready[0]), visible(ready[1])))


class FilterRail(Vertical):
    """The frame around the ready filters."""

    SCOPED_CSS: ClassVar[bool] = False  # or else no rule could begin with the screen
    DEFAULT_CSS = """
    FilterRail { display: none; width: 33; & FilterTable { scrollbar-gutter: auto; } }
    Screen.-wide FilterRail { display: block; }
    Screen.-wide .-zoomed FilterRail { display: none; }
    """

    def __init__(self) -> None:
        super().__init__(classes="rail pane")
        self.border_title = plain("Filters")

    def compose(self) -> ComposeResult:
        """The names."""
        yield FilterTable()

    def show(self, question: Question) -> None:
        """Say which of them applies, if one does."""
        for table in self.query(FilterTable):
            table.show(question)
