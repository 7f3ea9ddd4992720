"""Notes on the rows of one file while it is checked: in a database of its own that SQLite keeps on disk and drops when it is
closed, so that a file of any size is checked in the same memory.
"""

from collections.abc import Iterable
from types import TracebackType
from typing import Final, Self

import apsw

_TABLES: Final = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;
CREATE TABLE seen (key INTEGER PRIMARY KEY, row INTEGER NOT NULL);
CREATE TABLE people (cio_id TEXT PRIMARY KEY, id TEXT, email TEXT, email_key TEXT) WITHOUT ROWID;
CREATE INDEX people_id ON people (id) WHERE id IS NOT NULL;
CREATE INDEX people_email ON people (email_key) WHERE email_key IS NOT NULL;
"""
_PERSON: Final = {field: f"SELECT cio_id, id, email FROM people WHERE {field} = ?" for field in ("cio_id", "id", "email_key")}


class Scratch:
    """What was seen in a file so far. Use it in a `with`."""

    def __init__(self) -> None:
        self._connection = apsw.Connection("")
        self._connection.execute(_TABLES).fetchall()
        self._connection.execute("BEGIN")
        self.has_people = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close(True)

    def see(self, rows: Iterable[tuple[int, int]]) -> dict[int, int]:
        """Remember rows by a 64-bit key of their content; for each of them that was there before, the row that was first."""
        given = sorted(rows)  # neighbours share a page, and of equal ones the first row is put first
        before = self._connection.total_changes()
        self._connection.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", given)
        if self._connection.total_changes() - before == len(given):
            return {}
        found = {}
        for key, row in given:
            [(first,)] = self._connection.execute("SELECT row FROM seen WHERE key = ?", (key,))
            if first != row:
                found[row] = int(first)
        return found

    def person(self, field: str, value: str) -> tuple[str, str | None, str | None] | None:
        """`cio_id, id, email` of somebody who was put here, by `cio_id`, `id` or `email_key`."""
        return self._connection.execute(_PERSON[field], (value,)).fetchone()

    def put(self, cio_id: str, identifier: str | None, email: str | None, email_key: str | None) -> None:
        """Remember who a person is once the row is imported."""
        self.has_people = True
        self._connection.execute("INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?)", (cio_id, identifier, email, email_key))
