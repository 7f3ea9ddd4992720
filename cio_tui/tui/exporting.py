"""What can be exported of a list or a person, each form with what it holds and how it is written. Writing runs in a worker."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from cio_tui import filters
from cio_tui.exports.listing import Listing
from cio_tui.exports.person_files import PersonExport
from cio_tui.messages.definition import KEYS
from cio_tui.model.errors import UnknownPerson
from cio_tui.model.people import CIO_PREFIX
from cio_tui.tui.rows import Column, FetchedRows, HeldRows, Rows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.views.index_rows import event_key
from cio_tui.tui.views.messages_rows import message_row, row_key, snippet_row
from cio_tui.workspace import Workspace
from cio_tui.workspace.anonymous_reader import AnonymousRow
from cio_tui.workspace.directory import PERSON_FIELDS
from cio_tui.workspace.exporting import Exports
from cio_tui.workspace.index_reader import ATTRIBUTE_COLUMNS, EVENT_COLUMNS
from cio_tui.workspace.log import ENTRY_FIELDS

TOLD_EVERY: Final = 500
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
MESSAGE_FIELDS: Final = ("number", "version", "created_at", "updated_at", *KEYS, "errors", "warnings")
"""The keys of `MessageRow.to_json`; those of the message that say nothing are left out there."""
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "activity": ENTRY_FIELDS,
    "people": PERSON_FIELDS,
    "events": EVENT_COLUMNS,
    "attributes": ATTRIBUTE_COLUMNS,
    "anonymous": tuple(field.name for field in fields(AnonymousRow)),
    "segments": SEGMENT_FIELDS,
    "messages": MESSAGE_FIELDS,
    "snippets": ("name", "bytes", "created_at", "updated_at", "text", "errors", "warnings"),
}
"""What an object of each list has, the keys of its row's `to_json`."""

Tell = Callable[[int], None]
"""Told how many rows there were so far, now and then; may raise `Cancelled`."""
Item = TypeVar("Item")


class Cancelled(Exception):
    """The export is not wanted any more."""


@dataclass(frozen=True, slots=True)
class ExportForm:
    """One form of an export: the ending of the file's name, what it holds, and what writes it and says what it wrote."""

    title: str
    ending: str
    holds: str
    write: Callable[[Path, Tell], str]


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


def list_forms(view: Exported) -> list[ExportForm]:
    """What a list can be written as: a CSV of what it shows (of the log its entries), its objects as JSON lines, and of people,
    events and the data index the CSV that the product has.
    """
    workspace, name = view.workspace, view.list_name
    rows, columns = view.table.rows, view.table.columns  # as they stand now, whatever arrives meanwhile
    whole = name == "activity"
    shown = list(FIELDS[name]) if whole else [_named(column.name) for column in columns]
    cells = {column.name: place for place, column in enumerate(view.columns)}

    def objects(tell: Tell) -> Iterator[dict[str, Any]]:
        return told((item.to_json() for item in _items(workspace, name, rows)), tell)

    def write_shown(path: Path, tell: Tell) -> str:
        wanted = [(_named(column.name), cells[column.name]) for column in columns]
        found = objects(tell) if whole else told(({name: row.cells[at] for name, at in wanted} for row in _each(rows)), tell)
        return _written(path, Listing(shown, found))

    def write_lines(path: Path, tell: Tell) -> str:
        return _written(path, Listing(None, objects(tell)))

    forms = [
        ExportForm("CSV", ".csv", _counted("columns", shown), write_shown),
        ExportForm("JSON lines", ".jsonl", _counted("fields", FIELDS[name]), write_lines),
    ]
    own = _OWN_FORMS.get(name)
    return forms if own is None else [*forms, own(workspace, rows)]


def _counted(noun: str, names: Sequence[str]) -> str:
    return f"{len(names)} {noun}: {', '.join(names)}"


def _people_form(workspace: Workspace, rows: Rows) -> ExportForm:
    def write(path: Path, tell: Tell) -> str:
        return _written(path, Exports(workspace, tell).people(_ids(rows, workspace.directory.row_of)))

    holds = "id, email and a column for each attribute: a CSV that import people takes"
    return ExportForm("People CSV", ".csv", holds, write)


def _event_form(workspace: Workspace, rows: Rows) -> ExportForm:
    def write(path: Path, tell: Tell) -> str:
        return _written(path, Exports(workspace, tell).events(_ids(rows, workspace.log.row_of)))

    holds = "the events among them, with _cio_name, _cio_customer_id, _cio_timestamp and a column for each property: a CSV that "
    return ExportForm("Event CSV", ".csv", f"{holds}import events takes", write)


def _index_form(workspace: Workspace, rows: Rows, *, events: bool) -> ExportForm:
    def write(path: Path, tell: Tell) -> str:
        wanted = {rows.key(place) for place in range(len(rows))}
        listing = workspace.exports.index_events() if events else workspace.exports.index_attributes()
        key = (lambda row: f"{row['type']} {row['name']}") if events else (lambda row: row["name"])
        kept = (row for row in listing.rows if key(row) in wanted)
        return _written(path, Listing(listing.columns, told(kept, tell)))

    return ExportForm("Data index CSV", ".csv", "what uses each, and when it was last received, as the product has it", write)


_OWN_FORMS: Final[Mapping[str, Callable[[Workspace, Rows], ExportForm]]] = {
    "people": _people_form,
    "activity": _event_form,
    "events": lambda workspace, rows: _index_form(workspace, rows, events=True),
    "attributes": lambda workspace, rows: _index_form(workspace, rows, events=False),
}


def person_forms(found: PersonExport) -> list[ExportForm]:
    """What a person can be written as."""

    def write_folder(path: Path, tell: Tell) -> str:
        parts = {name: (lambda rows=rows: told(rows(), tell)) for name, rows in found.parts.items()}
        count = PersonExport(found.name, found.profile, parts).write_folder(path)
        return f"the profile and {_rows(count)} written to {path}"

    def write_json(path: Path, tell: Tell) -> str:
        tell(0)
        found.write_json(path)
        return f"written to {path}"

    parts = ", ".join(f"{name}.csv" for name in found.parts)
    return [
        ExportForm("Folder", "", f"profile.json, {parts}, of any age", write_folder),
        ExportForm("JSON", ".json", "the same as one object", write_json),
    ]


def told(rows: Iterable[Item], tell: Tell) -> Iterator[Item]:
    """The same rows; how many they are is told now and then."""
    for count, row in enumerate(rows):
        if count % TOLD_EVERY == 0:
            tell(count)
        yield row


def _written(path: Path, listing: Listing) -> str:
    """Write a list, and say so, with what was left out."""
    said = f"{_rows(listing.write(path))} written to {path}"
    return "; ".join([said, *(f"left out: {count:,} {what}" for what, count in listing.left_out.items())])


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _ids(rows: Rows, row_of: Callable[[str], int | None]) -> Sequence[int]:
    """The store's rows of the rows that are shown."""
    if isinstance(rows, FetchedRows):
        return rows.ids
    found = (row_of(rows.key(place)) for place in range(len(rows)))
    return [row for row in found if row is not None]


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
    elif name == "messages":
        found.update((row_key(row), row) for row in map(message_row, workspace.messages.all()))
    elif name == "snippets":
        found.update((row_key(row), row) for row in map(snippet_row, workspace.messages.snippets()))
    else:
        found.update((row.anonymous_id, row) for row in workspace.anonymous())
    return found.get


def _person(workspace: Workspace, cio_id: str) -> _Item | None:
    try:
        return workspace.directory.person(f"{CIO_PREFIX}{cio_id}")
    except UnknownPerson:
        return None


def _each(rows: Rows) -> Iterator[ShownRow]:
    return rows.each() if isinstance(rows, FetchedRows) else (rows.show(place) for place in range(len(rows)))


def _named(column: str) -> str:
    return column or "sign"
