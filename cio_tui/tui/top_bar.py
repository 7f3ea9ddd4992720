"""The first line: the views with their digits, the workspace, and the emulated clock, on which everything depends."""

from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import Static

from cio_tui.model.instants import format_instant
from cio_tui.tui.text import plain

VIEWS: Final = {
    "people": "People",
    "activity": "Activity",
    "index": "Index",
    "anonymous": "Anonymous",
    "segments": "Segments",
}
_WITH_MARGIN: Final = 82
"""Columns from which on there is room beside names and clock."""


class ViewName(Static):
    """The name of a view, to click on."""

    class Clicked(Message):
        """The view is wanted."""

        def __init__(self, view: str) -> None:
            super().__init__()
            self.view = view

    def __init__(self, digit: int, view: str, title: str) -> None:
        super().__init__(Content.from_markup(f"[$text-accent]{digit}[/] {title}"), id=f"name-{view}")
        self._view = view

    def on_click(self) -> None:
        """Ask for the view."""
        self.post_message(self.Clicked(self._view))


class ClockSign(Static):
    """What time it is in the workspace; a click sets it."""

    class Clicked(Message):
        """The clock is to be set."""

    def on_click(self) -> None:
        """Ask for the clock's dialog."""
        self.post_message(self.Clicked())


class TopBar(Horizontal):
    """Views, workspace, clock."""

    def compose(self) -> ComposeResult:
        """Names to the left, what is true of everything to the right."""
        for digit, (view, title) in enumerate(VIEWS.items(), 1):
            yield ViewName(digit, view, title)
        yield Static("", id="workspace-name")
        yield ClockSign("", id="clock")

    def on_resize(self, event: Resize) -> None:
        """Narrow screens have no column to spare."""
        self.styles.padding = (0, int(event.size.width >= _WITH_MARGIN))

    def show_view(self, view: str) -> None:
        """Point out the view that is shown."""
        for name in self.query(ViewName):
            name.set_class(name.id == f"name-{view}", "-current")

    def show_workspace(self, name: str, now: int, mode: str) -> None:
        """Say which workspace this is, and what time it is there."""
        self.query_one("#workspace-name", Static).update(plain(name))
        self.query_one("#clock", Static).update(plain(f"{format_instant(now)[:-1]} {mode}"))
