"""The name of an event: an input that completes what the data index knows, and a list of matches below it."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from cio_tui.tui.actions import bindings
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.text import visible
from cio_tui.workspace.index_reader import EventRow

SHOWN_MATCHES: Final = 6


class NameSuggester(Suggester):
    """The commonest name that begins so, as a faint continuation."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.events: Sequence[EventRow] = ()

    async def get_suggestion(self, value: str) -> str | None:
        """The first name that begins so; one that cannot be printed is only offered in the list."""
        names = (row.name for row in self.events if row.name.isprintable())
        return next((name for name in names if value and name.startswith(value)), None)


class NameInput(PlainInput):
    """The input itself."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("name")

    class Stepped(Message):
        """The next match, or the one before, is wanted."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Left(Message):
        """The focus went elsewhere."""

    class Taken(Message):
        """The highlighted match is wanted."""

    def action_match(self, step: int) -> None:
        """Go through the matches."""
        self.post_message(self.Stepped(step))

    def action_take(self) -> None:
        """Take the match."""
        self.post_message(self.Taken())

    def on_blur(self, _: events.Blur) -> None:
        """Tell."""
        self.post_message(self.Left())


class NameField(Vertical):
    """The input with its matches."""

    DEFAULT_CSS = """
    NameField {
        height: 1; width: 1fr;
        & OptionList {
            display: none; overlay: screen; constrain: none inside; height: auto; max-height: 8; width: 1fr;
            background: $panel-lighten-1; padding: 0 1;
        }
        & OptionList.-shown { display: block; }
    }
    """

    class Changed(Message):
        """Another name."""

    def __init__(self) -> None:
        super().__init__()
        self._suggester = NameSuggester()
        self._matches: list[EventRow] = []

    def compose(self) -> ComposeResult:
        """Input, matches."""
        yield NameInput(placeholder="as your app sends it", suggester=self._suggester, id="name")
        matches = OptionList(compact=True)
        matches.can_focus = False
        yield matches

    @property
    def input(self) -> NameInput:
        """The input."""
        return self.query_one(NameInput)

    @property
    def list(self) -> OptionList:
        """The matches."""
        return self.query_one(OptionList)

    def know(self, events: Sequence[EventRow]) -> None:
        """Take the data index in: the commonest names come first."""
        self._suggester.events = sorted(events, key=lambda row: -row.count)

    def _offer(self) -> None:
        typed = self.input.value.strip().casefold()
        rows = [row for row in self._suggester.events if typed in row.name.casefold()][:SHOWN_MATCHES]
        only = len(rows) == 1 and rows[0].name == self.input.value
        self._matches = [] if only else rows
        self.list.clear_options()
        self.list.add_options([Option(_offered(row)) for row in self._matches])
        self.list.set_class(bool(self._matches) and self.input.has_focus, "-shown")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value.strip():
            self._offer()
        else:
            self._hide()
        self.post_message(self.Changed())

    @on(NameInput.Stepped)
    def _stepped(self, event: NameInput.Stepped) -> None:
        event.stop()
        if not self.list.has_class("-shown"):
            self._offer()
        elif event.step > 0:
            self.list.action_cursor_down()
        else:
            self.list.action_cursor_up()

    @on(NameInput.Taken)
    def _taken(self, event: NameInput.Taken) -> None:
        event.stop()
        place = self.list.highlighted
        if place is not None and self.list.has_class("-shown"):
            self._take(place)
        self._hide()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take(event.option_index)
        self.input.focus()

    def _take(self, place: int) -> None:
        with self.prevent(Input.Changed):
            self.input.value = self._matches[place].name
        self.input.cursor_position = len(self.input.value)
        self._hide()
        self.post_message(self.Changed())

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    @on(NameInput.Left)
    def _left(self, event: NameInput.Left) -> None:
        event.stop()
        self._hide()

    def _hide(self) -> None:
        self.list.remove_class("-shown")


def _offered(row: EventRow) -> Content:
    kind = "" if row.type == "event" else f" {row.type}"
    return Content.assemble(Content(visible(row.name)), (f"  {row.count:,}{kind}", "dim"))
