"""Many rows by one field at once, in one statement each: for slices of an import."""

from collections.abc import Iterable
from typing import Any

from cio_tui.model.json_values import dumps
from cio_tui.store.rows import quoted
from cio_tui.store.storage import SqliteStorage

_AT_ONCE = 5_000


def documents_by(storage: SqliteStorage, table: str, field: str, values: Iterable[str]) -> list[tuple[int, dict[str, Any]]]:
    """Row id and document of everything whose declared `field` is one of the values."""
    rows = storage.rows(table)
    found: list[tuple[int, dict[str, Any]]] = []
    for some in _pieces(values):
        asked = f"{rows.select} WHERE {quoted(field)} IN (SELECT value FROM json_each(?))"
        found += [(row[0], rows.decode(row)) for row in storage.fetch(asked, (some,))]
    return found


def column_by(storage: SqliteStorage, table: str, field: str, column: str, values: Iterable[str]) -> dict[str, Any]:
    """For each value that stands in a declared `field`, what stands in another one of that row."""
    asked = (
        f"SELECT {quoted(field)}, {quoted(column)} FROM {quoted(table)} WHERE {quoted(field)} IN (SELECT value FROM json_each(?))"
    )
    found: dict[str, Any] = {}
    for some in _pieces(values):
        found.update(storage.fetch(asked, (some,)))
    return found


def _pieces(values: Iterable[str]) -> Iterable[str]:
    wanted = list(values)
    return (dumps(wanted[place : place + _AT_ONCE]) for place in range(0, len(wanted), _AT_ONCE))
