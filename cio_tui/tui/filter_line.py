"""The filter line above every list: completion by tab, errors below it, a sign while a search is under way."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from cio_tui import filters
from cio_tui.tui.actions import bindings
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.text import plain


class Completion(Suggester):
    """What the word under the cursor could become, as a faint continuation."""

    def __init__(self, list_name: filters.ListName) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._list_name = list_name

    async def get_suggestion(self, value: str) -> str | None:
        """The first completion of the last word."""
        found = filters.complete(value, len(value), self._list_name)
        return value[: filters.token_start(value, len(value))] + found[0] if value and found else None


class FilterInput(PlainInput):
    """The input itself."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("filter")

    class Left(Message):
        """The person is done with the line, and wants the list."""

    def __init__(self, list_name: filters.ListName) -> None:
        super().__init__(placeholder="/ filter", suggester=Completion(list_name))
        self.list_name = list_name
        self._offered: list[str] = []
        self._start = 0

    def action_accept(self) -> None:
        """Go to the list."""
        self.post_message(self.Left())

    def action_back(self) -> None:
        """Go to the list; the line stays."""
        self.post_message(self.Left())

    def action_complete(self) -> None:
        """Complete the word before the cursor; again, the next completion."""
        current = self.value[self._start : self.cursor_position]
        if current in self._offered:
            chosen = self._offered[(self._offered.index(current) + 1) % len(self._offered)]
        else:
            self._start = filters.token_start(self.value, self.cursor_position)
            self._offered = filters.complete(self.value, self.cursor_position, self.list_name)
            if not self._offered:
                return
            chosen = self._offered[0]
        self.value = self.value[: self._start] + chosen + self.value[self.cursor_position :]
        self.cursor_position = self._start + len(chosen)


class FilterLine(Vertical):
    """The line, its busy sign and its error."""

    DEFAULT_CSS = """
    FilterLine {
        height: auto; padding: 0 1;
        & Horizontal { height: 1; }
        & FilterInput { width: 1fr; background: transparent; }
        & FilterInput.-off { text-style: strike; color: $text-muted; }
        & .busy { width: auto; color: $text-warning; }
        & .problem { height: auto; color: $text-error; display: none; }
        & .problem.-shown { display: block; }
    }
    """

    class Asked(Message):
        """Another line is to be applied."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    def __init__(self, list_name: filters.ListName) -> None:
        super().__init__()
        self._list_name = list_name

    def compose(self) -> ComposeResult:
        """The input with its busy sign, and the error below."""
        with Horizontal():
            yield FilterInput(self._list_name)
            yield Static("", classes="busy")
        yield Static("", classes="problem")

    def turn_to(self, list_name: filters.ListName, line: str) -> None:
        """Belong to another list from now on, with the line that is asked of that one."""
        self._list_name = self.input.list_name = list_name
        self.input.suggester = Completion(list_name)
        with self.prevent(Input.Changed):
            self.input.value = line
        self.query_one(".problem", Static).remove_class("-shown")

    @property
    def input(self) -> FilterInput:
        """The input."""
        return self.query_one(FilterInput)

    def busy(self, searching: bool) -> None:
        """Say that a search is under way, or no longer."""
        self.query_one(".busy", Static).update(" searching …" if searching else "")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        problem = self.query_one(".problem", Static)
        try:
            filters.parse(event.value, self._list_name)
        except filters.FilterError as error:
            problem.update(plain(f"{error}{f'; {error.hint}' if error.hint else ''}"))
            problem.add_class("-shown")
            return
        problem.remove_class("-shown")
        self.post_message(self.Asked(event.value))
