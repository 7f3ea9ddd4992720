"""Which values a message reads, whether it is ready for them to be missing, and how many of the last events lack them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult

from cio_tui.messages.definition import TITLES, Message, Part
from cio_tui.tui.previewing.over_events import OverEvents, Tell, counted
from cio_tui.tui.rows import DIMMED, FAILED, Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import visible
from cio_tui.workspace import Workspace

if TYPE_CHECKING:
    from cio_tui.liquid.usage import PathUse
    from cio_tui.workspace.message_reach import MessageUsage

_COLUMNS: Final = (
    Column("", 1, sortable=False),
    Column("reads", 0, weight=2, sortable=False),
    Column("guarded", 7, sortable=False),
    Column("missing", 7, right=True, sortable=False),
    Column("null", 5, right=True, sortable=False, least=76),
    Column("where", 0, sortable=False, least=48),
)
_NONE: Final = "It reads no data: everybody gets the same."


class UsageView(OverEvents):
    """A row for each value. Enter on one that is missing somewhere asks for the newest event that lacks it."""

    NAME: ClassVar = "usage"

    def compose_below(self) -> ComposeResult:
        """The table."""
        yield VirtualTable(_COLUMNS, empty=_NONE)

    def find(
        self, workspace: Workspace, message: Message, line: str, limit: int, tell: Tell, cancelled: Callable[[], bool]
    ) -> "MessageUsage":
        """The values, beside what the events have."""
        return workspace.previews.usage(message, line, limit=limit, progress=tell, cancelled=cancelled)

    def show_found(self, found: Any) -> str:
        """The rows."""
        usage: MessageUsage = found
        self.table.replace_rows(HeldRows(list(usage.paths()), _key, _row))
        failing = len(usage.failing())
        events = counted(usage.samples, "event")
        if failing:
            return f"✗ {counted(failing, 'value')} would have failed it, in {events}"
        return f"✓ nothing that it reads was missing, in {events}"

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        rows = self.table.rows
        if isinstance(rows, HeldRows) and event.key is not None:
            path: PathUse = rows.items[self.table.cursor][1]
            lacking = (*path.missing_in, *path.null_in)
            if lacking:
                self.want(lacking[0])


def _key(read: "tuple[Part, PathUse]") -> str:
    return f"{read[0]} {read[1].path}"


def _row(read: "tuple[Part, PathUse]") -> ShownRow:
    part, path = read
    sign = "✗" if path.fails else "!" if path.missing and not path.guarded else "✓"
    places = ", ".join(f"{f'{use.source} ' if use.source else ''}{use.line}:{use.column}" for use in path.uses)
    where = places if part == "body" else f"{TITLES[part]} {places}"
    cells = (
        sign,
        visible(path.path),
        "yes" if path.guarded else "no",
        f"{path.missing:,}" if path.missing else "",
        f"{path.null:,}" if path.null else "",
        visible(where),
    )
    return ShownRow(cells, FAILED if path.fails else DIMMED if path.guarded else "")
