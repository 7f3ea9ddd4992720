"""Which events a message is tried with: how many of the last, and through which filter."""

from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Label

from cio_tui.tui.plain_input import PlainInput

LAST: Final = 200
MOST: Final = 100_000


class WhichEvents(Horizontal):
    """Two fields. Enter in either asks for these events."""

    DEFAULT_CSS = """
    WhichEvents {
        height: 1; padding: 0 1;
        & Label { color: $text-muted; width: auto; padding: 0 1 0 0; }
        & .last { width: 9; margin: 0 1 0 0; }
        & .which { margin: 0; }
    }
    """

    class Entered(Message):
        """The events are wanted."""

    def compose(self) -> ComposeResult:
        """How many, which."""
        yield Label("last")
        yield PlainInput(str(LAST), classes="last", type="integer")
        yield Label("events")
        yield PlainInput(placeholder="that start it, or a filter: since:7d data.total>100", classes="which")

    @property
    def limit(self) -> int:
        """How many at most."""
        text = self.query_one(".last", PlainInput).value.strip()
        return max(1, min(MOST, int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else LAST))

    @property
    def line(self) -> str:
        """The filter line."""
        return self.query_one(".which", PlainInput).value

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered())

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
