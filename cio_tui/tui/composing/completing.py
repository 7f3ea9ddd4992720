"""What a message's Liquid can be completed with: what the data index has seen, snippets, filters and tags."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from textual.suggester import Suggester

from cio_tui.liquid.completion import complete
from cio_tui.liquid.known_paths import Known
from cio_tui.liquid.profiles import Profile
from cio_tui.messages.definition import Message, Trigger
from cio_tui.workspace import Workspace
from cio_tui.workspace.index_reader import EventRow


@dataclass(frozen=True)
class Learned:
    """What the workspace has seen that a message of this trigger and event can read; and the events, for naming one."""

    event: str = ""
    trigger: Trigger = "event"
    known: Known = field(default_factory=Known)
    events: Sequence[EventRow] = ()

    def fits(self, message: Message) -> bool:
        """Whether it is about this message's data."""
        return (self.event, self.trigger) == (message.event, message.trigger)


def learned(workspace: Workspace, message: Message) -> Learned:
    """All that can be offered. Takes a moment in a large workspace."""
    return Learned(message.event, message.trigger, workspace.previews.known(message), workspace.index.events())


class LiquidSuggester(Suggester):
    """The first completion of a field, as a faint continuation."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.known = Known()
        self.profile: Profile = "latest"

    async def get_suggestion(self, value: str) -> str | None:
        """The first that goes on as the text begins; one that cannot be printed is not offered."""
        for one in complete(value, len(value), self.known, self.profile):
            whole = value[: one.start] + one.text
            if whole.startswith(value) and whole != value and whole.isprintable():
                return whole
        return None
