"""Which past event a message is rendered with: one line, with an arrow to either side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message as Posted
from textual.widgets import Static

from cio_tui.messages.definition import Message
from cio_tui.model.errors import CioError
from cio_tui.model.instants import format_instant
from cio_tui.tui.previewing.newest import Newest
from cio_tui.tui.text import visible
from cio_tui.workspace import Workspace
from cio_tui.workspace.log import LogEntry
from cio_tui.workspace.wording import owner, what

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

MOST = 500
"""So many past events can be stepped through."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which past events: by name, of a person by cio_id; empty and None mean all. `at` is one of them to begin with."""

    name: str = ""
    person: str | None = None
    at: str | None = None


class Arrow(Static):
    """Steps by a click."""

    class Pressed(Posted):
        """A step is wanted."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, sign: str, step: int) -> None:
        super().__init__(sign, classes="arrow")
        self._step = step

    def on_click(self) -> None:
        """Step."""
        self.post_message(self.Pressed(self._step))


class EventLine(Horizontal):
    """The events, newest first, and the one that is chosen. It reads them in a thread and tells which one is chosen."""

    DEFAULT_CSS = """
    EventLine {
        height: 1;
        & .arrow { width: 3; content-align: center middle; color: $text-accent; }
        & .arrow:hover { background: $panel; }
        & .arrow.-none { color: $text-disabled; }
        & .which { width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    class Chosen(Posted):
        """Another event is chosen; None when there is none."""

        def __init__(self, line: "EventLine", entry: LogEntry | None) -> None:
            super().__init__()
            self.line = line
            self.entry = entry

        @property
        def control(self) -> "EventLine":
            """The line."""
            return self.line

    def __init__(self) -> None:
        super().__init__()
        self.entry: LogEntry | None = None
        self._sought: Sought | None = None
        self._ids: Sequence[str] = ()
        self._place = 0
        self._newest: Newest[Sought, Sequence[str]] = Newest(self, "past-events", self._look, self._tell)

    def compose(self) -> ComposeResult:
        """Arrow, event, arrow."""
        yield Arrow("◂", -1)
        yield Static("", classes="which")
        yield Arrow("▸", 1)

    @property
    def _workspace(self) -> Workspace:
        return cast("Console", self.app).workspace

    def seek(self, sought: Sought) -> None:
        """Show other events."""
        self._sought = sought
        self._newest.ask(sought)

    def _look(self, sought: Sought) -> Sequence[str]:
        person = None if sought.person is None else {"cio_id": sought.person}
        try:
            found = self._workspace.previews.past_events(Message(event=sought.name), person=person, limit=MOST)
        except CioError:
            found = []
        return found if sought.at is None or sought.at in found else [sought.at, *found]

    def _tell(self, sought: Sought, found: Sequence[str] | None) -> None:
        if sought != self._sought:
            return
        wanted = sought.at or (None if self.entry is None else self.entry.activity.id)
        self._ids = found or ()
        self._go(self._ids.index(wanted) if wanted in self._ids else 0)

    def step(self, step: int) -> None:
        """Go to a later event, or to an earlier one: -1."""
        place = max(0, min(len(self._ids) - 1, self._place - step))
        if self._ids and place != self._place:
            self._go(place)

    def _go(self, place: int) -> None:
        self._place = place
        self.entry = self._workspace.log.find(self._ids[place]) if self._ids else None
        self._say()
        self.post_message(self.Chosen(self, self.entry))

    @on(Arrow.Pressed)
    def _pressed(self, event: Arrow.Pressed) -> None:
        event.stop()
        self.step(event.step)

    def _say(self) -> None:
        entry = self.entry
        if entry is None:
            name = "" if self._sought is None else self._sought.name
            said = Content.styled(f"no {visible(name) or 'event'} was received yet", "dim")
        else:
            one = entry.activity
            at = f"{format_instant(one.timestamp)[5:-1]}"
            count = f"{self._place + 1:,}/{len(self._ids):,}{'+' if len(self._ids) >= MOST else ''}"
            said = Content.assemble((f"{count}  ", "dim"), visible(what(one)), (f"  {at}  {visible(owner(entry))}", "dim"))
        self.query_one(".which", Static).update(said)
        for arrow, more in zip(self.query(Arrow), (self._place < len(self._ids) - 1, self._place > 0), strict=True):
            arrow.set_class(not more, "-none")
