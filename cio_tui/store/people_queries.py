"""What lists of people and the inspector of one person ask, in SQL over the indexes."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from tinydb.queries import QueryLike

from cio_tui.model.json_values import dumps
from cio_tui.store.faults import faults_of
from cio_tui.store.pushdown import Narrowing
from cio_tui.store.storage import SqliteStorage

_EVENTS: Final = "type IN ('event', 'page', 'screen')"
_LOOK: Final = 2000
ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "added": ("added_at",),
    "email": ("email_key",),
    "id": ("CAST(id AS INTEGER)", "id"),
}
"""What a list of people can be ordered by. Ids that are numbers stand in the order of the numbers."""


class PeopleQueries:
    """Named reads of one workspace's people."""

    def __init__(self, storage: SqliteStorage) -> None:
        self._storage = storage
        self._rows = storage.rows("people")

    def row_ids(
        self,
        condition: QueryLike | None = None,
        *,
        order: str = "added",
        descending: bool = True,
        most: int | None = None,
        grown: Callable[["array[int]"], bool] = lambda _: True,
    ) -> "array[int]":
        """Row ids of the people for whom `condition` holds, in an order of `ORDERS`, `most` at the most; who lacks what the
        order goes by stands last.

        `grown` is told the ids found so far every some thousand candidates, and ends the search by answering False.
        """
        narrowed = None if condition is None else Narrowing(condition, self._rows)
        where, arguments = (narrowed.sql or "1", tuple(narrowed.arguments)) if narrowed else ("1", ())
        way = "DESC" if descending else "ASC"
        ordering = ", ".join(f"{key} {way} NULLS LAST" for key in (*ORDERS[order], "doc_id"))
        columns = "doc_id" if condition is None else self._rows.columns
        sql = f"SELECT {columns} FROM people WHERE {where} ORDER BY {ordering}"
        ids: array[int] = array("q")
        with faults_of(self._storage.name):
            for seen, row in enumerate(self._storage.connection.execute(sql, arguments), 1):
                if condition is None or condition(self._rows.decode(row)):
                    ids.append(row[0])
                if len(ids) == most or (seen % _LOOK == 0 and not grown(ids)):
                    break
        return ids

    def by_row(self, row_ids: Sequence[int]) -> list[tuple[int, dict[str, Any]]]:
        """Row ids and documents, in the order asked for; ids that are gone are left out."""
        found = self._storage.fetch(
            f"{self._rows.select} WHERE doc_id IN (SELECT value FROM json_each(?))", (dumps(list(row_ids)),)
        )
        known = {row[0]: self._rows.decode(row) for row in found}
        return [(row, known[row]) for row in row_ids if row in known]

    def identifiers(self, cio_ids: Iterable[str]) -> dict[str, tuple[str | None, str | None]]:
        """The id and email of people who are here or were, by cio_id."""
        of = "SELECT cio_id, id, email FROM {} WHERE cio_id IN (SELECT value FROM json_each(?))"
        wanted = dumps(list(cio_ids))
        found = self._storage.fetch(f"{of.format('former_people')} UNION ALL {of.format('people')}", (wanted, wanted))
        return {cio_id: (known, email) for cio_id, known, email in found}

    def row_of(self, cio_id: str) -> int | None:
        """The row id of a person."""
        found = self._storage.fetch("SELECT doc_id FROM people WHERE cio_id = ?", (cio_id,))
        return int(found[0][0]) if found else None

    def claimed_by(self, cio_id: str) -> list[tuple[str, int, int]]:
        """A person's anonymous ids, the latest claim first: the id, its events, and when it was claimed."""
        return self._storage.fetch(
            f"SELECT anonymous_id, (SELECT count(*) FROM activity WHERE anonymous_id = claims.anonymous_id AND {_EVENTS}), "
            "claimed_at FROM claims WHERE person = ? ORDER BY claimed_at DESC, doc_id DESC",
            (cio_id,),
        )
