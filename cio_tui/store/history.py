"""Every command's changeset, and what can be done with it: undo, redo.

A changeset is what SQLite's session extension noted of one transaction: each row changed, before and after. Its inverse takes
the command back to the byte. Steps are what a person undoes at once: one command, or all slices of an import; commands that
only the passing of time made (`automatic`) go with the step before them.
"""

import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import apsw

from cio_tui.model.errors import UndoConflict
from cio_tui.store.faults import faults_of
from cio_tui.store.storage import HISTORY, SqliteStorage

KEPT_COMMANDS: Final = 1000
"""How many commands back undo reaches; a step that began before is kept whole."""
_SMALL: Final = 32_768
_PIECE: Final = 1 << 16
"""Bytes of a changeset that are compressed at once; between them other threads have their turn."""
_COLUMNS: Final = "number, step, kind, summary, at, automatic, undone"


@dataclass(frozen=True, slots=True)
class Entry:
    """One command of the history. `at` is the workspace's instant when it ran, `step` the number of its step's first command."""

    number: int
    step: int
    kind: str
    summary: str
    at: int
    automatic: bool
    undone: bool


class History:
    """The commands of one workspace, the last `KEPT_COMMANDS` of them with their changesets."""

    def __init__(self, storage: SqliteStorage) -> None:
        self._storage = storage

    @contextmanager
    def recording(self) -> Iterator[apsw.Session]:
        """Note every change of the body; inside a transaction. The session is for `add`."""
        session = apsw.Session(self._storage.connection, "main")
        try:
            session.table_filter(lambda table: table != HISTORY)
            session.attach()
            yield session
        finally:
            session.close()

    def add(
        self, session: apsw.Session, *, kind: str, summary: str, at: int, automatic: bool = False, step: int | None = None
    ) -> int:
        """Keep a command with what its session noted; its number. What was undone before can no longer be redone. Inside the
        command's transaction.
        """
        last = self._entries("1 ORDER BY number DESC LIMIT 1")
        if last and last[0].undone:  # what is undone comes last
            self._storage.execute(f"DELETE FROM {HISTORY} WHERE undone = 1")
        found = self._storage.fetch(f"SELECT coalesce(max(number), 0) + 1 FROM {HISTORY}")
        number = int(found[0][0])
        self._storage.execute(
            f"INSERT INTO {HISTORY} ({_COLUMNS}, changeset) VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
            (number, step or number, kind, summary, at, int(automatic), _packed(session)),
        )
        self._prune(number - KEPT_COMMANDS)
        return number

    def _prune(self, last: int) -> None:
        """Forget commands up to `last`, but none of a step that goes on behind it: half a step cannot be undone."""
        kept = self._storage.fetch(f"SELECT step FROM {HISTORY} WHERE +number > ? ORDER BY step LIMIT 1", (last,))
        self._storage.execute(f"DELETE FROM {HISTORY} WHERE number < ?", (min(int(kept[0][0]), last + 1),))

    def next_number(self) -> int:
        """The number of the next command; inside a transaction."""
        return int(self._storage.fetch(f"SELECT coalesce(max(number), 0) + 1 FROM {HISTORY} WHERE undone = 0")[0][0])

    def undo(self) -> list[Entry]:
        """Take the last step back, newest command first; the commands taken back, none when there is nothing to undo.

        Raises UndoConflict, with nothing changed, when the tables were written to other than by commands.
        """
        with self._storage.transaction():
            last = self._entries("undone = 0 AND automatic = 0 ORDER BY number DESC LIMIT 1")
            if not last:
                return []
            return self.back_to(last[0].step)

    def back_to(self, number: int) -> list[Entry]:
        """Take back a command and all that came after it, newest first; the commands taken back. Raises what `undo` does."""
        with self._storage.transaction():
            taken = self.since(number)
            self._apply(taken, invert=True)
            return taken

    def since(self, number: int) -> list[Entry]:
        """A command and all that came after it and are not undone, newest first."""
        return self._entries("undone = 0 AND number >= ? ORDER BY number DESC", number)

    def redo(self) -> list[Entry]:
        """Do the step again that was undone last; the commands done, none when there is nothing to redo."""
        with self._storage.transaction():
            undone = self._entries("undone = 1 ORDER BY number")
            if not undone:
                return []
            step = undone[0].step
            later = (entry.number for entry in undone if not entry.automatic and entry.step != step)
            end = next(later, undone[-1].number + 1)
            again = [entry for entry in undone if entry.number < end]
            self._apply(again, invert=False)
            return again

    def _apply(self, entries: Iterable[Entry], *, invert: bool) -> None:
        connection = self._storage.connection
        for entry in entries:
            [(packed,)] = self._storage.fetch(f"SELECT changeset FROM {HISTORY} WHERE number = ?", (entry.number,))
            changeset = zlib.decompress(packed) if packed[:1] == b"\x78" else packed
            try:
                with faults_of(self._storage.name):
                    apsw.Changeset.apply(
                        apsw.Changeset.invert(changeset) if invert else changeset,
                        connection,
                        conflict=lambda _reason, _change: apsw.SQLITE_CHANGESET_ABORT,
                    )
            except Exception as error:
                raise UndoConflict(
                    f"command {entry.number} ({entry.summary}) cannot be {'undone' if invert else 'redone'}: "
                    "the workspace was changed past its commands"
                ) from error
            self._storage.execute(f"UPDATE {HISTORY} SET undone = ? WHERE number = ?", (int(invert), entry.number))

    def entries(self, limit: int = 50) -> list[Entry]:
        """The last commands, newest first, undone ones among them."""
        return self._entries("1 ORDER BY number DESC LIMIT ?", limit)

    def reach(self) -> tuple[int, int]:
        """How many steps can be undone, and how many redone."""
        found = self._storage.fetch(f"SELECT undone, count(DISTINCT step) FROM {HISTORY} WHERE automatic = 0 GROUP BY undone")
        counts = {bool(undone): int(count) for undone, count in found}
        return counts.get(False, 0), counts.get(True, 0)

    def clear(self) -> None:
        """Forget all commands; what they did stays."""
        with self._storage.transaction():
            self._storage.execute(f"DELETE FROM {HISTORY}")

    def _entries(self, condition: str, *arguments: int) -> list[Entry]:
        rows = self._storage.fetch(f"SELECT {_COLUMNS} FROM {HISTORY} WHERE {condition}", arguments)
        return [Entry(*row[:5], *map(bool, row[5:])) for row in rows]


def _packed(session: apsw.Session) -> bytes:
    """A session's changeset, compressed piece by piece where it is long: that of an import is never whole in memory."""
    if session.memory_used < _SMALL:
        changeset = session.changeset()
        return changeset if len(changeset) < _SMALL else zlib.compress(changeset, 1)
    apsw.session_config(apsw.SQLITE_SESSION_CONFIG_STRMSIZE, _PIECE)
    packing = zlib.compressobj(1)
    pieces: list[bytes] = []
    session.changeset_stream(lambda piece: pieces.append(packing.compress(piece)))
    return b"".join([*pieces, packing.flush()])
