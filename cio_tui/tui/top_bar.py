"""The first line: the views with their digits, the workspace, and the emulated clock, on which everything depends."""

from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
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
    "messages": "Messages",
}
_SHORT: Final = {"anonymous": "Anon"}
"""What a view is called where there is little room."""
_WHOLE: Final = 88
"""Columns from which on there is room for whole names and the whole clock."""
_ROOMY: Final = 112
"""Columns from which on there is room around the names, too."""
_YEAR: Final = len("2024-")


class ViewName(Static):
    """The name of a view, to click on."""

    class Clicked(Message):
        """The view is wanted."""

        def __init__(self, view: str) -> None:
            super().__init__()
            self.view = view

    def __init__(self, digit: int, view: str, title: str) -> None:
        super().__init__(id=f"name-{view}")
        self._view = view
        self._digit = digit
        self._title = title

    def shorten(self, short: bool) -> None:
        """Show the short name, or the whole one."""
        title = _SHORT.get(self._view, self._title) if short else self._title
        self.update(Content.from_markup(f"[$text-accent]{self._digit}[/] {title}"))

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

    def __init__(self) -> None:
        super().__init__()
        self._clock = ""

    def on_mount(self) -> None:
        """Whole names, until it is known how much room there is."""
        self._shorten()

    def on_resize(self) -> None:
        """Narrow screens have no column to spare."""
        self._shorten()

    @property
    def _short(self) -> bool:
        return 0 < self.app.size.width < _WHOLE

    def _shorten(self) -> None:
        self.set_class(self.app.size.width < _ROOMY, "-tight")
        for name in self.query(ViewName):
            name.shorten(self._short)
        self._say_clock()

    def _say_clock(self) -> None:
        self.query_one("#clock", Static).update(plain(self._clock[_YEAR:] if self._short else self._clock))

    def show_view(self, view: str) -> None:
        """Point out the view that is shown."""
        for name in self.query(ViewName):
            name.set_class(name.id == f"name-{view}", "-current")

    def show_workspace(self, name: str, now: int, mode: str) -> None:
        """Say which workspace this is, and what time it is there."""
        self.query_one("#workspace-name", Static).update(plain(name))
        self._clock = f"{format_instant(now)[:-1]} {mode}"
        self._say_clock()
