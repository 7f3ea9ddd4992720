"""Jump mode: a letter on everything that can have the focus; pressing or clicking it goes there."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from cio_tui.tui.actions import bindings

LETTERS: Final = "asdfghjklqwertyuiopzxcvbnm1234567890"


class Letter(Static):
    """A letter at the corner of its widget."""

    DEFAULT_CSS = """
    Letter {
        position: absolute; width: auto; height: 1; padding: 0 1; background: $accent; color: $background; text-style: bold;
    }
    """

    class Clicked(Message):
        """The letter's widget is wanted."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    def __init__(self, letter: str, widget: Widget) -> None:
        super().__init__(Content(letter))
        self._letter = letter
        self.offset = Offset(widget.region.x, widget.region.y)

    def on_click(self, event: events.Click) -> None:
        """As if the letter were pressed."""
        event.stop()
        self.post_message(self.Clicked(self._letter))


class JumpScreen(ModalScreen[Widget]):
    """Answers with the widget that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")

    def __init__(self, targets: Sequence[Widget]) -> None:
        super().__init__()
        self._targets = dict(zip(LETTERS, targets, strict=False))

    def compose(self) -> ComposeResult:
        """The letters, each at the corner of its widget."""
        for letter, widget in self._targets.items():
            yield Letter(letter, widget)

    def on_key(self, event: events.Key) -> None:
        """Go to the letter's widget."""
        if event.character in self._targets:
            event.stop()
            self.dismiss(self._targets[event.character or ""])

    @on(Letter.Clicked)
    def _clicked(self, event: Letter.Clicked) -> None:
        self.dismiss(self._targets[event.letter])

    def on_click(self) -> None:
        """A click beside the letters leaves."""
        self.action_close()

    def action_close(self) -> None:
        """Stay."""
        self.dismiss(None)
