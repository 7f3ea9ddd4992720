"""What the log and its companions ask of the activity table, in SQL over its indexes."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tinydb.queries import QueryLike

from cio_tui.model.json_values import dumps
from cio_tui.model.limits import LOG_WINDOW
from cio_tui.store.faults import faults_of
from cio_tui.store.pushdown import Narrowing
from cio_tui.store.schema import UNCLAIMED
from cio_tui.store.storage import SqliteStorage

_EVENTS: Final = "type IN ('event', 'page', 'screen')"
_CHUNK: Final = 200
_LOOK: Final = 5000
ORDERS: Final[Mapping[str, str]] = {
    "timestamp": "timestamp",
    "processed": "processed_at",
    "name": "name",
    "type": "type",
    "person": "coalesce((SELECT coalesce(email, people.id) FROM people WHERE cio_id = activity.person), anonymous_id)",
}
"""What a list of activity can be ordered by."""

Position = tuple[int, int]
"""Where a page of the log ended: timestamp and row id."""


@dataclass(frozen=True, slots=True)
class Found:
    """One row of the log: its position, for paging, and its document."""

    position: Position
    document: dict[str, Any]


class ActivityQueries:
    """Named reads of one workspace's activity."""

    def __init__(self, storage: SqliteStorage) -> None:
        self._storage = storage
        self._rows = storage.rows("activity")

    def newest(
        self, condition: QueryLike | None = None, *, shown_at: int | None = None, before: Position | None = None
    ) -> Iterator[Found]:
        """Documents for which `condition` holds, by timestamp, newest first; read in chunks as they are asked for.

        `shown_at` leaves out what the product's log no longer shows at that instant (E7). `before` goes on below a row.
        """
        where, arguments = self._where(condition, shown_at)
        position, size = before, 32
        while True:
            page, page_arguments = where, arguments
            if position is not None:
                page = f"({where}) AND (timestamp, doc_id) < (?, ?)"
                page_arguments = (*arguments, *position)
            chunk = self._storage.fetch(
                f"{self._rows.select} WHERE {page} ORDER BY timestamp DESC, doc_id DESC LIMIT {size}", page_arguments
            )
            for row in chunk:
                document = self._rows.decode(row)
                position = (document["timestamp"], row[0])
                if condition is None or condition(document):
                    yield Found(position, document)
            if len(chunk) < size:
                return
            size = _CHUNK

    def row_ids(
        self,
        condition: QueryLike | None = None,
        *,
        shown_at: int | None = None,
        order: str = "timestamp",
        descending: bool = True,
        grown: Callable[["array[int]"], bool] = lambda _: True,
    ) -> "array[int]":
        """Row ids of the documents for which `condition` holds, in an order of `ORDERS`: for lists that are scrolled, not paged.

        `grown` is told the ids found so far every some thousand candidates, and ends the search by answering False.
        """
        where, arguments = self._where(condition, shown_at)
        way = "DESC" if descending else "ASC"
        columns = "doc_id" if condition is None else self._rows.columns
        sql = f"SELECT {columns} FROM activity WHERE {where} ORDER BY {ORDERS[order]} {way}, doc_id {way}"
        ids: array[int] = array("q")
        with faults_of(self._storage.name):
            for seen, row in enumerate(self._storage.connection.execute(sql, arguments), 1):
                if condition is None or condition(self._rows.decode(row)):
                    ids.append(row[0])
                if seen % _LOOK == 0 and not grown(ids):
                    break
        return ids

    def by_row(self, row_ids: Sequence[int]) -> list[Found]:
        """The documents of some row ids, in their order; ids that are gone are left out."""
        found = self._storage.fetch(
            f"{self._rows.select} WHERE doc_id IN (SELECT value FROM json_each(?))", (dumps(list(row_ids)),)
        )
        known = {row[0]: self._rows.decode(row) for row in found}
        return [Found((known[row]["timestamp"], row), known[row]) for row in row_ids if row in known]

    def row_of(self, activity_id: str) -> int | None:
        """The row id of an activity."""
        found = self._storage.fetch("SELECT doc_id FROM activity WHERE id = ?", (activity_id,))
        return int(found[0][0]) if found else None

    def arrived_after(
        self, row_id: int, condition: QueryLike | None, *, shown_at: int | None = None
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """Row ids and documents that came after a row, oldest first: what `follow` shows."""
        where, arguments = self._where(condition, shown_at)
        found = self._storage.fetch(f"{self._rows.select} WHERE ({where}) AND doc_id > ? ORDER BY doc_id", (*arguments, row_id))
        for row in found:
            document = self._rows.decode(row)
            if condition is None or condition(document):
                yield row[0], document

    def last_row(self) -> int:
        """The id of the row that came last, 0 when there is none."""
        return int(self._storage.fetch("SELECT coalesce(max(doc_id), 0) FROM activity")[0][0])

    def _where(self, condition: QueryLike | None, shown_at: int | None) -> tuple[str, tuple[Any, ...]]:
        parts, arguments = [], []
        if condition is not None:
            narrowed = Narrowing(condition, self._rows)
            if narrowed.sql:
                parts.append(narrowed.sql)
                arguments += narrowed.arguments
        if shown_at is not None:
            parts.append("timestamp >= ? AND (processed_at IS NULL OR processed_at >= ?)")
            arguments += [shown_at - LOG_WINDOW] * 2
        return " AND ".join(parts) or "1", tuple(arguments)

    def oldest_unclaimed(self) -> int | None:
        """When the oldest event that belongs to nobody was received. Every command asks, so its index is named: SQLite, left
        to itself, reads all rows without a person.
        """
        found = self._storage.fetch(f"SELECT min(received_at) FROM activity INDEXED BY activity_by_received_at WHERE {UNCLAIMED}")
        return None if found[0][0] is None else int(found[0][0])

    def latest_arrival(self) -> int | None:
        """When the last row was received."""
        found = self._storage.fetch("SELECT received_at FROM activity ORDER BY doc_id DESC LIMIT 1")
        return int(found[0][0]) if found else None

    def earliest_event(self, person: str) -> int | None:
        """The timestamp of a person's earliest event."""
        found = self._storage.fetch(f"SELECT min(timestamp) FROM activity WHERE person = ? AND {_EVENTS}", (person,))
        return None if found[0][0] is None else int(found[0][0])

    def of_person(self, person: str) -> tuple[int, int | None]:
        """How many events a person has, and the timestamp of the latest."""
        found = self._storage.fetch(f"SELECT count(*), max(timestamp) FROM activity WHERE person = ? AND {_EVENTS}", (person,))
        return int(found[0][0]), found[0][1]

    def per_day(self, event_type: str, name: str) -> list[tuple[int, int]]:
        """Counts of an event by UTC day of its timestamp: the day's first second, and how many; days without any are left out."""
        return self._storage.fetch(
            "SELECT timestamp / 86400 * 86400 AS day, count(*) FROM activity WHERE name = ? AND type = ? "
            "GROUP BY day ORDER BY day",
            (name, event_type),
        )

    def anonymous_ids(self) -> list[tuple[str, int, int, int, int, int | None]]:
        """Per anonymous id: the id, its events, how many of them are unclaimed, first and last timestamp, and when the
        oldest unclaimed one was received; by last timestamp, newest first.
        """
        return self._storage.fetch(
            "SELECT anonymous_id, count(*), sum(person IS NULL), min(timestamp), max(timestamp), "
            "min(CASE WHEN person IS NULL THEN received_at END) FROM activity "
            f"WHERE anonymous_id IS NOT NULL AND {_EVENTS} GROUP BY anonymous_id ORDER BY max(timestamp) DESC, anonymous_id"
        )

    def by_type(self) -> dict[str, int]:
        """How many activities there are of each type."""
        return dict(self._storage.fetch("SELECT type, count(*) FROM activity GROUP BY type ORDER BY type"))

    def received_since(self, instant: int) -> dict[tuple[str, str], int]:
        """How many of each event, by type and name, were received since an instant. Reads every row."""
        found = self._storage.fetch(
            f"SELECT type, name, count(*) FROM activity WHERE {_EVENTS} AND received_at >= ? GROUP BY type, name", (instant,)
        )
        return {(event_type, name): count for event_type, name, count in found}

    def ids_from(self, prefix: str, limit: int = 2) -> list[str]:
        """Activity ids that begin with a text."""
        found = self._storage.fetch(
            "SELECT id FROM activity WHERE id >= ? AND id < ? ORDER BY id LIMIT ?", (prefix, prefix + "~", limit)
        )
        return [text for (text,) in found]
