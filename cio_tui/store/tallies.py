"""Counting in place: one statement adds to a row that a unique key names, or makes it."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import orjson

from cio_tui.store.rows import quoted
from cio_tui.store.storage import SqliteStorage

EXAMPLES: Final = 5
"""How many different example values a row keeps: the first that were seen."""


class Tallies:
    """Rows of a declared table with key columns, sums, `first_received`, `last_received` and, in the document, `examples`."""

    def __init__(self, storage: SqliteStorage, table: str, key: tuple[str, ...], sums: tuple[str, ...]) -> None:
        self._storage = storage
        self._bump = _bump(table, key, sums)
        self._set_doc = f"UPDATE {quoted(table)} SET doc = ? WHERE doc_id = ?"

    def add(
        self,
        key: tuple[str, ...],
        sums: tuple[int, ...],
        first: int | None,
        last: int | None,
        examples: Sequence[Any] = (),
    ) -> None:
        """Add `sums` to the row of `key`, widen its span of instants, and keep examples that are new while there is room."""
        [(doc_id, text)] = self._storage.fetch(self._bump, (*key, *sums, first, last))
        if not examples:
            return
        document: Mapping[str, Any] = orjson.loads(text)
        known = list(document.get("examples", ()))
        fresh = [value for value in examples if not any(_same(value, other) for other in known)][: EXAMPLES - len(known)]
        if fresh and len(known) < EXAMPLES:
            self._storage.execute(self._set_doc, (orjson.dumps({"examples": known + fresh}).decode(), doc_id))


@cache
def _bump(table: str, key: tuple[str, ...], sums: tuple[str, ...]) -> str:
    columns = (*key, *sums, "first_received", "last_received")
    added = ", ".join(f"{quoted(name)} = {quoted(name)} + excluded.{quoted(name)}" for name in sums)
    return (
        f"INSERT INTO {quoted(table)} (doc, {', '.join(map(quoted, columns))}) VALUES ('{{}}'{', ?' * len(columns)}) "
        f"ON CONFLICT ({', '.join(map(quoted, key))}) DO UPDATE SET {added}, "
        "first_received = min(first_received, coalesce(excluded.first_received, first_received)), "
        "last_received = max(last_received, coalesce(excluded.last_received, last_received)) RETURNING doc_id, doc"
    )


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)
