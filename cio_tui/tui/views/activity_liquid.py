"""An event beside a message: what the message becomes for it. The log's cursor steps through events, and the message stays."""

from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from cio_tui.tui.previewing.newest import Newest
from cio_tui.tui.previewing.panel import PreviewPanel
from cio_tui.tui.previewing.picking import Choices, MessageName, choices_for, pick_message
from cio_tui.tui.previewing.shown import Asked
from cio_tui.tui.text import visible
from cio_tui.workspace import Workspace
from cio_tui.workspace.log import LogEntry
from cio_tui.workspace.message_book import SavedMessage

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

NO_MESSAGES = "No messages yet.\n\n6 shows messages, n there writes one: here stands what it becomes for this event."
NO_EVENT = "Only events start messages: this is none."


class EventLiquid(Vertical):
    """The message's name, and its rendering."""

    DEFAULT_CSS = "EventLiquid { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self._entry: LogEntry | None = None
        self._chosen: int | None = None
        self._found: Choices | None = None
        self._newest: Newest[tuple[str, int | None], Choices] = Newest(self, "choices", self._look, self._tell)

    def compose(self) -> ComposeResult:
        """Name, rendering."""
        yield MessageName("")
        yield PreviewPanel(chooses=True)

    @property
    def panel(self) -> PreviewPanel:
        """The rendering."""
        return self.query_one(PreviewPanel)

    @property
    def _workspace(self) -> Workspace:
        return cast("Console", self.app).workspace

    def show(self, entry: LogEntry) -> None:
        """Render for an entry of the log."""
        self._entry = entry
        if entry.activity.is_event:
            self._newest.ask((entry.activity.name or "", self._chosen))
        else:
            self._say(NO_EVENT)

    def _say(self, words: str) -> None:
        self.query_one(MessageName).show(None)
        self.panel.say(words)

    def _look(self, asked: tuple[str, int | None]) -> Choices:
        return choices_for(self._workspace, *asked)

    def _tell(self, asked: tuple[str, int | None], found: Choices | None) -> None:
        entry = self._entry
        if entry is None or found is None or asked != (entry.activity.name or "", self._chosen) or not entry.activity.is_event:
            return
        self._found = found
        if not found.every:
            self._say(NO_MESSAGES)
        elif found.best is None:
            self._say(f"No message starts by {visible(entry.activity.name)}.\n\nm chooses one to render all the same.")
        else:
            self.query_one(MessageName).show(found.best.name)
            self.panel.ask(Asked(found.best.message, entry.activity.person, event=entry.activity.id))

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
        found, entry = self._found, self._entry
        if found is None or not found.every or entry is None:
            return
        pick_message(self.app, found.every, self._picked)

    def _picked(self, one: SavedMessage) -> None:
        self._chosen = one.number
        if self._entry is not None:
            self.show(self._entry)
