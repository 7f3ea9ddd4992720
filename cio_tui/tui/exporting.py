"""What an export holds: of the log its entries as JSON, of every other list what its columns show. Runs in a worker."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from cio_tui.tui.list_view import ListView
from cio_tui.tui.rows import FetchedRows, Rows, ShownRow
from cio_tui.workspace import Workspace

TOLD_EVERY: Final = 500
ENTRY: Final = (
    "id",
    "type",
    "name",
    "timestamp",
    "processed_at",
    "customer_id",
    "customer_identifiers",
    "anonymous_id",
    "cause",
    "merged_by",
    "duplicates",
    "hidden",
    "data",
)
"""The columns of an exported log: the keys of `LogEntry.to_json`."""


class Cancelled(Exception):
    """The export is not wanted any more."""


def exported_columns(view: ListView) -> list[str]:
    """The columns of the file."""
    return list(ENTRY) if view.list_name == "activity" else [_named(column.name) for column in view.table.columns]


def exported_rows(workspace: Workspace, view: ListView, rows: Rows, tell: Callable[[int], None]) -> Iterator[dict[str, Any]]:
    """The rows of the file; `tell` hears how many there were now and then, and may raise `Cancelled`."""
    found = _entries(workspace, rows) if view.list_name == "activity" else _shown(view, rows)
    for count, row in enumerate(found):
        if count % TOLD_EVERY == 0:
            tell(count)
        yield row


def _entries(workspace: Workspace, rows: Rows) -> Iterator[dict[str, Any]]:
    if isinstance(rows, FetchedRows):
        ids = rows.ids
        for start in range(0, len(ids), TOLD_EVERY):
            yield from (entry.to_json() for entry in workspace.log.entries(ids[start : start + TOLD_EVERY]))
    else:
        for place in range(len(rows)):
            entry = workspace.log.find(rows.key(place))
            if entry is not None:
                yield entry.to_json()


def _shown(view: ListView, rows: Rows) -> Iterator[dict[str, Any]]:
    cells = {column.name: place for place, column in enumerate(view.columns)}
    wanted = [(_named(column.name), cells[column.name]) for column in view.table.columns]
    each: Iterator[ShownRow] = rows.each() if isinstance(rows, FetchedRows) else (rows.show(place) for place in range(len(rows)))
    for row in each:
        yield {name: row.cells[place] for name, place in wanted}


def _named(column: str) -> str:
    return column or "sign"
