"""Two versions of a message over the same events: those for which something else comes out, and what differs."""

from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message as Posted
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from cio_tui.messages.definition import TITLES, Message
from cio_tui.model.errors import CioError
from cio_tui.model.instants import format_instant
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.previewing.diff_area import DiffArea
from cio_tui.tui.previewing.newest import Newest
from cio_tui.tui.previewing.panel import SIGNS
from cio_tui.tui.previewing.which_events import WhichEvents
from cio_tui.tui.rows import NO_ROWS, Column, HeldRows, ShownRow
from cio_tui.tui.screens.dialog import Dialog
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible
from cio_tui.workspace import Workspace, clock
from cio_tui.workspace.message_differences import Comparison, Difference

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

_COLUMNS: Final = (
    Column("timestamp", 14, sortable=False),
    Column("person", 0, sortable=False),
    Column("verdict", 7, sortable=False),
    Column("differs in", 0, sortable=False),
)
_SAME: Final = "Nothing differs: for every event that was tried, the same comes out."
_TOLD_SECONDS: Final = 0.2


class MessageCompare(Dialog[str]):
    """Compares two messages; `one` and `other` say what they are. It answers with the id of an event that is to be previewed."""

    SCOPED_CSS: ClassVar[bool] = False
    DEFAULT_CSS = """
    MessageCompare {
        & .frame { width: 100%; max-width: 180; height: 100%; max-height: 50; }
        & .counts { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & .what { height: 1; padding: 0 1; color: $text-muted; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }
        & FormFoot { margin: 0; }
    }
    """

    class Looked(Posted):
        """How many events were looked at so far."""

        def __init__(self, done: int) -> None:
            super().__init__()
            self.done = done

    class Compared(Posted):
        """What was found; `stopped` when not all events were looked at."""

        def __init__(self, found: Comparison | CioError, *, stopped: bool) -> None:
            super().__init__()
            self.found = found
            self.stopped = stopped

    def __init__(self, before: Message, after: Message, one: str, other: str) -> None:
        super().__init__()
        self._before = before
        self._after = after
        self._called = one, other
        self._worker: Worker[None] | None = None
        self._newest: Newest[Difference, list[str]] = Newest(self, "lines", lambda one: one.lines(), self._show_lines)

    def compose(self) -> ComposeResult:
        """Which events, how many differ, a row each, and the difference of one."""
        with Vertical(classes="frame") as frame:
            frame.border_title = plain(f"{self._after.name}: {self._called[0]} → {self._called[1]}")
            yield WhichEvents()
            yield Static("", classes="counts")
            yield VirtualTable(_COLUMNS, empty=_SAME)
            yield Static("", classes="what")
            yield DiffArea()
            yield FormFoot({"close": ("dialog.close", "Close")})

    def on_mount(self) -> None:
        """Begin."""
        one, other = self._called
        self.query_one(".what", Static).update(plain(f"- {one}   + {other}"))
        self.table.focus()
        self._start()

    @property
    def table(self) -> VirtualTable:
        """The rows."""
        return self.query_one(VirtualTable)

    @property
    def running(self) -> bool:
        """Whether events are being tried."""
        return self._worker is not None and not self._worker.is_finished

    def _start(self) -> None:
        which, workspace = self.query_one(WhichEvents), cast("Console", self.app).workspace
        line, limit = which.line, which.limit
        self.table.replace_rows(NO_ROWS, stay=False)
        self.query_one(DiffArea).show([])
        self._say("trying …", "dim")
        work = lambda: self._compare(workspace, line, limit)  # noqa: E731
        self._worker = self.run_worker(work, thread=True, exclusive=True, group="compare", exit_on_error=False)

    def _compare(self, workspace: Workspace, line: str, limit: int) -> None:
        worker = get_current_worker()
        told = 0.0

        def progress(done: int, _of: int) -> None:
            nonlocal told
            if clock.ticks() - told >= _TOLD_SECONDS:
                told = clock.ticks()
                self.post_message(self.Looked(done))

        found: Comparison | CioError
        try:
            found = workspace.previews.compare(
                self._before, self._after, line, limit=limit, progress=progress, cancelled=lambda: worker.is_cancelled
            )
        except CioError as error:
            found = error
        self.post_message(self.Compared(found, stopped=worker.is_cancelled))

    def _say(self, text: str, style: str = "") -> None:
        self.query_one(".counts", Static).update(Content.styled(visible(text), style))

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        event.stop()
        if self.running:
            self._say(f"{event.done:,} tried, esc stops", "dim")

    @on(Compared)
    def _compared(self, event: Compared) -> None:
        event.stop()
        if isinstance(event.found, CioError):
            self._say(f"× {event.found}", "$text-error")
            return
        found = event.found
        events = "1 event" if found.looked == 1 else f"{found.looked:,} events"
        stopped = ", stopped: enter above tries again" if event.stopped else ""
        self._say(f"{len(found.differences):,} of {events} differ{'s' if len(found.differences) == 1 else ''}{stopped}")
        self.table.replace_rows(HeldRows(found.differences, lambda one: one.activity, _row), stay=False)

    @on(WhichEvents.Entered)
    def _entered(self, event: WhichEvents.Entered) -> None:
        event.stop()
        self._start()
        self.table.focus()

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()
        rows = self.table.rows
        if isinstance(rows, HeldRows) and event.key is not None:
            self._newest.ask(rows.items[self.table.cursor])

    def _show_lines(self, one: Difference, lines: list[str] | None) -> None:
        if one.activity == self.table.key:
            self.query_one(DiffArea).show(lines or [])

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    def action_close(self) -> None:
        """Stop what is under way; or close."""
        if self.running and self._worker is not None:
            self._worker.cancel()
        else:
            self.dismiss(None)


def _row(one: Difference) -> ShownRow:
    before, after = (SIGNS[verdict][0] for verdict in one.verdicts)
    parts = ", ".join(TITLES[part.part] for part in one.parts()) or "reason"
    at = format_instant(one.timestamp)[5:-1]
    return ShownRow((at, visible(one.person), f"{before} → {after}" if before != after else before, parts))
