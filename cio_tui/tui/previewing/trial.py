"""A message over the last events: for each whether it would be sent, and why not. Rows come as a thread finds them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult

from cio_tui.messages.definition import Message
from cio_tui.model.instants import format_instant
from cio_tui.tui.previewing.over_events import OverEvents, Tell
from cio_tui.tui.previewing.panel import SIGNS
from cio_tui.tui.rows import FAILED, PENDING, Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import visible
from cio_tui.workspace import Workspace

if TYPE_CHECKING:
    from cio_tui.workspace.previews import PreviewRow

_COLUMNS: Final = (
    Column("", 1, sortable=False),
    Column("timestamp", 14, sortable=False),
    Column("person", 0, sortable=False),
    Column("reason", 0, weight=2, sortable=False),
)
_STYLES: Final = {"ok": "", "failed": FAILED, "empty": PENDING}
_NONE: Final = "No such event was received yet.\n\nThe events that came are tried one by one: s sends one."


class EventsTrial(OverEvents):
    """The verdicts in a line, and a row for each event. Enter on a row asks for that event."""

    NAME: ClassVar = "events"

    def __init__(self) -> None:
        super().__init__()
        self._found: list[PreviewRow] = []

    def compose_below(self) -> ComposeResult:
        """The table."""
        yield VirtualTable(_COLUMNS, empty=_NONE)

    def start(self) -> None:
        """Try the events, with no row to begin with."""
        self._found = []
        super().start()

    def find(
        self, workspace: Workspace, message: Message, line: str, limit: int, tell: Tell, cancelled: Callable[[], bool]
    ) -> "list[PreviewRow]":
        """A row for each event."""
        rows = self._found
        return workspace.previews.over_events(message, line, limit=limit, found=rows.append, progress=tell, cancelled=cancelled)

    def show_progress(self, done: int) -> str:
        """The rows that are there."""
        return self.show_found(self._found[:done])

    def show_found(self, found: Any) -> str:
        """The rows, and how many there are of each verdict."""
        rows: Sequence[PreviewRow] = found
        self.table.replace_rows(HeldRows(rows, lambda row: row.activity, _shown))
        counts = [(verdict, sum(row.verdict == verdict for row in rows)) for verdict in SIGNS]
        return "   ".join(f"{SIGNS[verdict][0]} {count:,} {verdict}" for verdict, count in counts if count)

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        if event.key is not None:
            self.want(event.key)


def _shown(row: "PreviewRow") -> ShownRow:
    at = format_instant(row.timestamp)[5:-1]
    return ShownRow((SIGNS[row.verdict][0], at, visible(row.person), visible(row.reason)), _STYLES[row.verdict])
