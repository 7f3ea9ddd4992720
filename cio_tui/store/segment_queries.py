"""What counting a segment's people asks of the people and activity tables: rows narrowed by indexes and by bytes of their JSON.

What is found is always a superset of the matches; the caller's predicate decides on each row.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Final

import orjson

from cio_tui.model.json_values import dumps
from cio_tui.store.people_queries import ORDERS
from cio_tui.store.storage import SqliteStorage

Occurred = tuple[str, int, str | None]
"""Person, timestamp and document text of an activity."""
_EVENTS: Final = "type IN ('event', 'page', 'screen')"
_OWNED: Final = "person IS NOT NULL"


class SegmentQueries:
    """Named reads of one workspace's people and what they did. People are told by their row ids."""

    def __init__(self, storage: SqliteStorage) -> None:
        self._storage = storage
        self._people = storage.rows("people")

    def revision(self) -> tuple[int, ...]:
        """Differs from an earlier answer when anything was committed since, or when another thread asks."""
        return (id(self._storage.connection), *self._storage.data_version())

    def snapshot(self) -> AbstractContextManager[None]:
        """Reads in the body see one state of the workspace."""
        return self._storage.snapshot()

    def people(self) -> list[tuple[str, int]]:
        """The cio_id and row of everybody, by row."""
        return self._storage.fetch("SELECT cio_id, doc_id FROM people ORDER BY doc_id")

    def profiles(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Row and document of everybody, by row."""
        for row in self._storage.stream(f"{self._people.select} ORDER BY doc_id"):
            yield row[0], self._people.decode(row)

    def profile(self, cio_id: str) -> dict[str, Any] | None:
        """The document of one person."""
        found = self._storage.fetch(f"{self._people.select} WHERE cio_id = ?", (cio_id,))
        return self._people.decode(found[0]) if found else None

    def with_devices(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Row and document of the people who may have a device."""
        empty = '"devices":[]}'  # at a document's very end nothing else can end so
        for row in self._storage.stream(f"{self._people.select} WHERE substr(doc, -{len(empty)}) <> ?", (empty,)):
            yield row[0], self._people.decode(row)

    def unknown_at(self, instant: int) -> Iterator[int]:
        """Rows of the people who were added after an instant, and whose events all lie after it."""
        sql = (
            "SELECT doc_id FROM people WHERE added_at > ?1 AND NOT EXISTS "
            f"(SELECT 1 FROM activity WHERE person = cio_id AND timestamp <= ?1 AND {_EVENTS})"
        )
        return (row for (row,) in self._storage.stream(sql, (instant,)))

    def occurrences(
        self, activity_type: str, name: str, since: int | None, until: int, *, documents: bool = True
    ) -> Iterator[Occurred]:
        """Activities of a type and name between two instants, both included, oldest first."""
        where, arguments = _span(activity_type, name, since, until)
        sql = f"SELECT person, timestamp, {'doc' if documents else 'NULL'} FROM activity WHERE {where} ORDER BY timestamp, doc_id"
        return self._storage.stream(sql, arguments)

    def attribute_changes(self, attribute: str, since: int | None, until: int) -> Iterator[Occurred]:
        """Attribute changes that may be of one attribute. They have no name, so the index on it finds them."""
        where, arguments = _span("attribute_change", None, since, until)
        sql = f"SELECT person, timestamp, doc FROM activity WHERE {where} AND instr(doc, ?) ORDER BY timestamp, doc_id"
        return self._storage.stream(sql, (*arguments, f"{dumps(attribute)}:"))

    def of_person(self, person: str, activity_type: str, name: str | None) -> list[tuple[str, int, dict[str, Any]]]:
        """Id, timestamp and data of one person's activities of a type and name, oldest first; of any name when it is ""."""
        named = "1" if name == "" else "name IS ?3"
        sql = (
            "SELECT id, timestamp, doc FROM activity INDEXED BY activity_by_person_timestamp_name "
            f"WHERE person = ?1 AND type = ?2 AND {named} ORDER BY timestamp, doc_id"
        )
        found = self._storage.fetch(sql, (person, activity_type) if name == "" else (person, activity_type, name))
        return [(activity, timestamp, orjson.loads(doc)["data"]) for activity, timestamp, doc in found]

    def earliest_event(self, person: str) -> int | None:
        """The timestamp of a person's earliest event."""
        sql = f"SELECT timestamp FROM activity WHERE person = ? AND {_EVENTS} ORDER BY timestamp LIMIT 1"
        found = self._storage.fetch(sql, (person,))
        return int(found[0][0]) if found else None

    def ordered(
        self, rows: Iterable[int], *, order: str = "added", descending: bool = True, most: int = -1, after: int = 0
    ) -> list[int]:
        """Some people's rows in an order of `people_queries.ORDERS`: at most so many, after leaving out the first."""
        way = "DESC" if descending else "ASC"
        ordering = ", ".join(f"{key} {way} NULLS LAST" for key in (*ORDERS[order], "doc_id"))
        sql = f"SELECT doc_id FROM people WHERE doc_id IN (SELECT value FROM json_each(?)) ORDER BY {ordering} LIMIT ? OFFSET ?"
        return [row for (row,) in self._storage.fetch(sql, (dumps(list(rows)), most, after))]


def _span(activity_type: str, name: str | None, since: int | None, until: int) -> tuple[str, tuple[Any, ...]]:
    """The condition on columns; a name of "" is any, None is none."""
    parts, arguments = ["type = ?", _OWNED, "timestamp <= ?"], [activity_type, until]
    if since is not None:
        parts.append("timestamp >= ?")
        arguments.append(since)
    if name is None:
        parts.append("name IS NULL")
    elif name:
        parts.append("name = ?")
        arguments.append(name)
    return " AND ".join(parts), tuple(arguments)
