"""What an export holds: as JSON whole objects, as CSV what the columns show, of the log its entries. Runs in a worker."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final, Protocol

from cio_tui import filters
from cio_tui.model.errors import UnknownPerson
from cio_tui.model.people import CIO_PREFIX
from cio_tui.tui.rows import Column, FetchedRows, HeldRows, Rows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.views.index_rows import event_key
from cio_tui.workspace import Workspace
from cio_tui.workspace.anonymous_reader import AnonymousRow
from cio_tui.workspace.index_reader import ATTRIBUTE_COLUMNS, EVENT_COLUMNS

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
SEGMENT_FIELDS: Final = (
    "number",
    "name",
    "kind",
    "members",
    "state",
    "progress",
    "uses",
    "used_by",
    "created_at",
    "updated_at",
    "definition",
)
"""The keys of `SegmentRow.to_json`."""
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "activity": ENTRY,
    "people": ("id", "email", "cio_id", "added_at", "events", "last_event", "attributes", "devices"),
    "events": EVENT_COLUMNS,
    "attributes": ATTRIBUTE_COLUMNS,
    "anonymous": tuple(field.name for field in fields(AnonymousRow)),
    "segments": SEGMENT_FIELDS,
}
"""What an object of each list has, the keys of its row's `to_json`."""


class Cancelled(Exception):
    """The export is not wanted any more."""


class Exported(Protocol):
    """A list that can be written to a file: most are views. `id` names the file; `columns` are all that its rows have."""

    @property
    def id(self) -> str | None: ...

    @property
    def list_name(self) -> filters.ListName: ...

    @property
    def workspace(self) -> Workspace: ...

    @property
    def table(self) -> VirtualTable: ...

    @property
    def columns(self) -> Sequence[Column]: ...


class _Item(Protocol):
    def to_json(self) -> dict[str, Any]: ...


def exported_fields(view: Exported, *, lines: bool) -> list[str]:
    """The fields of an object of JSON lines, or the columns of a CSV."""
    whole = lines or view.list_name == "activity"
    return list(FIELDS[view.list_name]) if whole else [_named(column.name) for column in view.table.columns]


def exported_rows(
    workspace: Workspace, view: Exported, rows: Rows, tell: Callable[[int], None], *, lines: bool
) -> Iterator[dict[str, Any]]:
    """The rows of the file; `tell` hears how many there were now and then, and may raise `Cancelled`."""
    whole = lines or view.list_name == "activity"
    found = (item.to_json() for item in _items(workspace, view.list_name, rows)) if whole else _shown(view, rows)
    for count, row in enumerate(found):
        if count % TOLD_EVERY == 0:
            tell(count)
        yield row


def _items(workspace: Workspace, name: str, rows: Rows) -> Iterator[_Item]:
    """What the rows stand for, a page at a time; what is gone meanwhile is left out."""
    if isinstance(rows, HeldRows):
        yield from rows.items
    elif isinstance(rows, FetchedRows):
        ids = rows.ids
        for start in range(0, len(ids), TOLD_EVERY):
            page = ids[start : start + TOLD_EVERY]
            if name == "activity":
                yield from workspace.log.entries(page)
            else:
                yield from (person for _, person in workspace.directory.rows(page))
    else:
        find = _finder(workspace, name)
        yield from (item for place in range(len(rows)) if (item := find(rows.key(place))) is not None)


def _finder(workspace: Workspace, name: str) -> Callable[[str], _Item | None]:
    """How a single row is found by its key."""
    if name == "activity":
        return workspace.log.find
    if name == "people":
        return lambda key: _person(workspace, key)
    found: dict[str, _Item] = {}
    if name == "events":
        found.update((event_key(row), row) for row in workspace.index.events())
    elif name == "attributes":
        found.update((row.name, row) for row in workspace.index.attributes())
    elif name == "segments":
        found.update((str(row.segment.number), row) for row in workspace.segments.all())
    else:
        found.update((row.anonymous_id, row) for row in workspace.anonymous())
    return found.get


def _person(workspace: Workspace, cio_id: str) -> _Item | None:
    try:
        return workspace.directory.person(f"{CIO_PREFIX}{cio_id}")
    except UnknownPerson:
        return None


def _shown(view: Exported, rows: Rows) -> Iterator[dict[str, Any]]:
    cells = {column.name: place for place, column in enumerate(view.columns)}
    wanted = [(_named(column.name), cells[column.name]) for column in view.table.columns]
    each: Iterator[ShownRow] = rows.each() if isinstance(rows, FetchedRows) else (rows.show(place) for place in range(len(rows)))
    for row in each:
        yield {name: row.cells[place] for name, place in wanted}


def _named(column: str) -> str:
    return column or "sign"
