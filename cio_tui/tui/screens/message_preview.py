"""A message with an event that nobody has sent: what the send form would start."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.previewing.panel import PreviewPanel
from cio_tui.tui.previewing.picking import Choices, MessageName, choices_for, pick_message
from cio_tui.tui.previewing.shown import Asked
from cio_tui.tui.screens.dialog import Dialog
from cio_tui.tui.text import plain, visible
from cio_tui.workspace.message_book import SavedMessage

if TYPE_CHECKING:
    from cio_tui.tui.app import Console


class MessagePreview(Dialog[None]):
    """The rendering for an event's name and data as they stand in a form, and for whose it is, by cio_id."""

    DEFAULT_CSS = """
    MessagePreview {
        & .frame { width: 100%; max-width: 120; height: 100%; max-height: 44; }
        & FormFoot { margin: 0; }
    }
    """

    def __init__(self, name: str, data: Mapping[str, Any], person: str | None) -> None:
        super().__init__()
        self._event_name = name
        self._data = data
        self._person = person
        self._chosen: int | None = None
        self._found: Choices | None = None

    def compose(self) -> ComposeResult:
        """Which message, its rendering, close."""
        with Vertical(classes="frame") as frame:
            frame.border_title = plain(f"Preview · {self._event_name or 'event without a name'}, as it is written")
            yield MessageName("")
            yield PreviewPanel(chooses=True)
            yield FormFoot({"close": ("dialog.close", "Close")})

    def on_mount(self) -> None:
        """Look for the message that the event starts."""
        self.query_one(PreviewPanel).body.focus()
        self._look()

    def _look(self) -> None:
        workspace = cast("Console", self.app).workspace
        found = self._found = choices_for(workspace, self._event_name, self._chosen)
        panel = self.query_one(PreviewPanel)
        if found.best is not None:
            self.query_one(MessageName).show(found.best.name)
            panel.ask(Asked(found.best.message, self._person, data=self._data, name=self._event_name))
        elif found.every:
            known = f"No message starts by {visible(self._event_name)}." if self._event_name else "The event has no name yet."
            panel.say(f"{known}\n\nm chooses a message to render all the same.")
        else:
            panel.say("No messages yet.\n\n6 shows messages, n there writes one: here stands what it becomes for the event.")

    @on(PreviewPanel.Answered)
    def _answered(self, event: PreviewPanel.Answered) -> None:
        event.stop()

    @on(PreviewPanel.MessageWanted)
    @on(MessageName.Clicked)
    def _wanted(self, event: Message) -> None:
        event.stop()
        self.choose()

    def choose(self) -> None:
        """Choose another message."""
        if self._found is not None and self._found.every:
            pick_message(self.app, self._found.every, self._picked)

    def _picked(self, one: SavedMessage) -> None:
        self._chosen = one.number
        self._look()
