"""Events written by the hundred: those of a known person that have a name, an instant and data, and nothing else."""

from typing import Final

import apsw

from cio_tui.store.storage import SqliteStorage

_INSERT: Final = """INSERT INTO activity (doc, id, type, name, person, timestamp, received_at, processed_at)
    VALUES (?, ?, 'event', ?, ?, ?, ?, ?)"""


class PlainEventRows:
    """Rows of the activity log that wait to be written; inside one transaction."""

    def __init__(self, storage: SqliteStorage) -> None:
        self._storage = storage
        self._waiting: list[tuple[str, str, str, str, int, int, int]] = []

    def add(self, event_id: str, name: str, person: str, timestamp: int, now: int, document: str) -> None:
        """Let an event wait that arrives `now`; `document` is the JSON text of `{"data": …}`."""
        self._waiting.append((document, event_id, name, person, timestamp, now, now))

    def write(self) -> None:
        """Write those that wait. Raises ValueError when an id is taken."""
        if not self._waiting:
            return
        try:
            self._storage.connection.executemany(_INSERT, self._waiting)
        except apsw.ConstraintError as error:
            raise ValueError(f"activity: {error}") from None
        self._waiting.clear()
