"""All people, and all that happened to them, in the order of their cio_ids: for passes that look at everybody once."""

from collections.abc import Iterator
from typing import Any, Final

import orjson

from cio_tui.store.storage import SqliteStorage

_EVENTS: Final = "type IN ('event', 'page', 'screen')"


class Census:
    """Ordered reads of one workspace. Nothing may be written while one is under way."""

    def __init__(self, storage: SqliteStorage) -> None:
        self._storage = storage
        self._people = storage.rows("people")

    def count(self) -> int:
        """How many people there are."""
        return int(self._storage.fetch("SELECT count(*) FROM people")[0][0])

    def people(self, *, documents: bool = True) -> Iterator[dict[str, Any]]:
        """The documents of all people, or only their `cio_id` and `added_at`."""
        if not documents:
            for cio_id, added_at in self._storage.stream("SELECT cio_id, added_at FROM people ORDER BY cio_id"):
                yield {"cio_id": cio_id, "added_at": added_at}
            return
        for row in self._storage.stream(f"{self._people.select} ORDER BY cio_id"):
            yield self._people.decode(row)

    def happened(
        self, activity_type: str, name: str | None, since: int | None, *, documents: bool = True
    ) -> Iterator[tuple[str, str, int, dict[str, Any]]]:
        """All activity of a type and name, since an instant, that is somebody's: cio_id, activity id, timestamp and data, oldest
        first for each.

        Of any name when it is "", of those without one when it is None. Without `documents` the data are empty.
        """
        named = "1" if name == "" else "name IS :name"
        sql = (
            f"SELECT person, id, timestamp, {'doc' if documents else 'NULL'} FROM activity WHERE type = :type AND {named} "
            f"AND {'1' if since is None else 'timestamp >= :since'} AND person IS NOT NULL ORDER BY person, timestamp, doc_id"
        )
        arguments = {"type": activity_type, "name": name, "since": since}
        for person, activity, timestamp, doc in self._storage.stream(sql, arguments):
            yield person, activity, timestamp, orjson.loads(doc)["data"] if doc else {}

    def earliest_events(self) -> dict[str, int]:
        """The timestamp of everybody's earliest event; the index on person and timestamp is asked once for each."""
        sql = (
            f"SELECT cio_id, (SELECT timestamp FROM activity WHERE person = cio_id AND {_EVENTS} ORDER BY timestamp LIMIT 1) "
            "AS earliest FROM people WHERE earliest IS NOT NULL"
        )
        return dict(self._storage.fetch(sql))
