"""A question with yes and no. The key that answers differs from the one that asked, and cancel has the focus."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from cio_tui.tui.screens.dialog import Dialog
from cio_tui.tui.text import plain, plain_lines


class ConfirmScreen(Dialog[bool]):
    """Answers True when it was confirmed, None when it was closed."""

    DEFAULT_CSS = """
    ConfirmScreen {
        & Horizontal { height: 1; margin: 1 0 0 0; align-horizontal: right; }
        & Button { min-width: 0; margin: 0 0 0 2; }
    }
    """

    def __init__(self, question: str, detail: str = "", answer_key: str = "y") -> None:
        super().__init__()
        self._question = question
        self._detail = detail
        self._key = answer_key

    def compose(self) -> ComposeResult:
        """The question, what it means, the two answers."""
        with Vertical(classes="frame") as frame:
            frame.border_title = plain(self._question)
            yield Static(plain_lines(self._detail))
            with Horizontal():
                yield Button(Content.assemble("Cancel ", ("esc", "$text-accent")), id="no", compact=True)
                yield Button(Content.assemble("Yes ", (self._key, "$text-accent")), id="yes", compact=True)

    def on_mount(self) -> None:
        """Cancel has the focus."""
        self.query_one("#no").focus()

    def on_key(self, event: events.Key) -> None:
        """The answering key."""
        if event.key == self._key:
            event.stop()
            self.dismiss(True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(True if event.button.id == "yes" else None)
