"""What trial, coverage and usage share: something is found out over the last events, in a thread that can be stopped."""

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message as Posted
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from cio_tui.messages.definition import Message
from cio_tui.model.errors import CioError
from cio_tui.tui.previewing.which_events import WhichEvents
from cio_tui.tui.rows import NO_ROWS
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import visible
from cio_tui.workspace import Workspace, clock

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

TOLD_SECONDS = 0.2
Tell = Callable[[int, int], None]


class OverEvents(Vertical):
    """Which events, what came of it in a line, and a table. Subclasses say what is found out and how it is shown."""

    DEFAULT_CSS = """
    OverEvents {
        height: 1fr;
        & .counts { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    NAME: ClassVar = ""
    """The tab in which it stands."""

    class Wanted(Posted):
        """An event is to be previewed, by its id."""

        def __init__(self, activity_id: str) -> None:
            super().__init__()
            self.activity_id = activity_id

    class Progressed(Posted):
        """So many events were looked at."""

        def __init__(self, run: object, done: int) -> None:
            super().__init__()
            self.run = run
            self.done = done

    class Ended(Posted):
        """What was found out; `stopped` when not all events were looked at."""

        def __init__(self, run: object, found: Any, *, stopped: bool) -> None:
            super().__init__()
            self.run = run
            self.found = found
            self.stopped = stopped

    def __init__(self) -> None:
        super().__init__()
        self.message: Message | None = None
        self._done: Message | None = None
        self._run: object = None
        self._worker: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """Which events, the line, the rest."""
        yield WhichEvents()
        yield Static("", classes="counts")
        yield from self.compose_below()

    @abstractmethod
    def compose_below(self) -> ComposeResult:
        """The table, and what stands with it."""

    @abstractmethod
    def find(
        self, workspace: Workspace, message: Message, line: str, limit: int, tell: Tell, cancelled: Callable[[], bool]
    ) -> Any:
        """Find it out; runs in a thread. Raises CioError."""

    def show_progress(self, _done: int) -> str:
        """Show what there is so far, and say it."""
        return ""

    @abstractmethod
    def show_found(self, found: Any) -> str:
        """Show it, and say it in a line."""

    def forget(self) -> None:
        """Show nothing: it is about another message now."""
        self.table.replace_rows(NO_ROWS, stay=False)

    @property
    def table(self) -> VirtualTable:
        """The rows."""
        return self.query_one(VirtualTable)

    @property
    def running(self) -> bool:
        """Whether events are being looked at."""
        return self._worker is not None and not self._worker.is_finished

    def show(self, message: Message) -> None:
        """Be about a message; nothing runs yet."""
        if message != self.message:
            self.stop()
            self.message, self._done = message, None
            self.say("")
            self.forget()

    def catch_up(self) -> None:
        """Run, unless what is shown is already about this message."""
        if self.message is not None and self._done != self.message:
            self.start()

    def start(self) -> None:
        """Look at the events, in a thread."""
        message = self.message
        if message is None:
            return
        self.stop()
        self._done, self._run = message, object()
        which, workspace = self.query_one(WhichEvents), cast("Console", self.app).workspace
        line, limit, run = which.line, which.limit, self._run
        self.say("trying …", "dim")
        self._worker = self.run_worker(
            lambda: self._work(workspace, message, line, limit, run), thread=True, group=type(self).__name__, exit_on_error=False
        )

    def _work(self, workspace: Workspace, message: Message, line: str, limit: int, run: object) -> None:
        worker = get_current_worker()
        told = 0.0

        def tell(done: int, _of: int) -> None:
            nonlocal told
            if clock.ticks() - told >= TOLD_SECONDS:
                told = clock.ticks()
                self.post_message(self.Progressed(run, done))

        found: Any
        try:
            found = self.find(workspace, message, line, limit, tell, lambda: worker.is_cancelled)
        except CioError as error:
            found = error
        self.post_message(self.Ended(run, found, stopped=worker.is_cancelled))

    def stop(self) -> bool:
        """Stop; whether there was something to stop."""
        running = self.running
        if self._worker is not None:
            self._worker.cancel()
        return running

    def say(self, text: str, style: str = "") -> None:
        """Say something in the line."""
        self.query_one(".counts", Static).update(Content.styled(visible(text), style))

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        event.stop()
        if event.run is self._run and self.running:
            said = self.show_progress(event.done)
            self.say(f"{said}{'   ' if said else ''}{event.done:,} tried, esc stops")

    @on(Ended)
    def _ended(self, event: Ended) -> None:
        event.stop()
        if event.run is not self._run:
            return
        if isinstance(event.found, CioError):
            self.say(f"× {event.found}", "$text-error")
        else:
            said = self.show_found(event.found)
            self.say(f"{said}{', stopped: enter above tries again' if event.stopped else ''}")

    @on(WhichEvents.Entered)
    def _entered(self, event: WhichEvents.Entered) -> None:
        event.stop()
        self.start()
        self.table.focus()

    def want(self, activity_id: str) -> None:
        """Ask for an event to be previewed."""
        self.post_message(self.Wanted(activity_id))


def counted(count: int, of: str) -> str:
    """`1 event`, `2 events`."""
    return f"{count:,} {of}{'' if count == 1 else 's'}"
