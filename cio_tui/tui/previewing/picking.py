"""Which message goes with an event, and choosing another one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from textual.app import App
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cio_tui.tui.text import visible
from cio_tui.workspace import Workspace
from cio_tui.workspace.message_book import SavedMessage


@dataclass(frozen=True, slots=True)
class Choices:
    """The messages, and the one that goes with an event."""

    every: Sequence[SavedMessage]
    best: SavedMessage | None


class MessageName(Static):
    """Which message is rendered; a click chooses another."""

    DEFAULT_CSS = """
    MessageName {
        height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis;
        &:hover { background: $panel; }
    }
    """

    class Clicked(Message):
        """Another message is wanted."""

    def show(self, name: str | None) -> None:
        """Say which one it is; None for none."""
        known = Content.assemble(("▾ ", "$text-accent"), visible(name), ("   m chooses another", "dim"))
        self.update(Content("") if name is None else known)

    def on_click(self) -> None:
        """Choose another."""
        self.post_message(self.Clicked())


def choices_for(workspace: Workspace, name: str, chosen: int | None) -> Choices:
    """The message that is chosen if the event starts it, else the first that it starts, else the chosen one."""
    every = workspace.messages.all()
    starting = [one for one in every if one.message.trigger == "event" and one.message.event == name]
    picked = [one for one in every if one.number == chosen]
    both = [one for one in picked if one in starting]
    return Choices(every, next(iter([*both, *starting, *picked]), None))


def pick_message(app: App[Any], every: Sequence[SavedMessage], then: Callable[[SavedMessage], None]) -> None:
    """Ask for one of the messages."""
    from cio_tui.tui.screens.pick import Pick
    from cio_tui.tui.views.messages_rows import starts_by

    def chosen(place: int | None) -> None:
        if place is not None:
            then(every[place])

    app.push_screen(Pick("Which message", [(one.name, f"starts by {starts_by(one.message)}") for one in every]), chosen)
