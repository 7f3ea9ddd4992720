"""TinyDB's storage over one SQLite file: connections, transactions, and the whole-database view that TinyDB's contract asks for.

Every thread has its own connection. Writing goes through `transaction`, one at a time among all threads and processes
(lock.py); its commit is on disk before it returns. Checkpoints run under the same lock.
"""

import atexit
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, Final

import apsw
from tinydb.storages import Storage

from cio_tui.model.errors import InputError, ReadOnlyWorkspace, StoreError
from cio_tui.store import opening, upgrading
from cio_tui.store.faults import explain, faults_of, reading_faults_of, system_faults_of
from cio_tui.store.lock import FairLock
from cio_tui.store.rows import Rows, quoted
from cio_tui.store.schema import APPLICATION_ID, SCHEMA_VERSION, Schema, TableSchema

HISTORY: Final = "_history"
"""The commands with their changesets; not a document table (history.py)."""
_HISTORY_TABLE: Final = f"""CREATE TABLE IF NOT EXISTS {HISTORY} (
    number INTEGER PRIMARY KEY, step INTEGER NOT NULL, kind TEXT NOT NULL, summary TEXT NOT NULL, at INTEGER NOT NULL,
    automatic INTEGER NOT NULL, undone INTEGER NOT NULL, changeset BLOB NOT NULL);
    CREATE INDEX IF NOT EXISTS {HISTORY}_by_step ON {HISTORY} (step)"""
_CHECKPOINT_PAGES: Final = 4000
"""16 MiB of log, some 300 sends: a checkpoint costs 2 to 13 ms, and the rarer it is, the fewer sends meet it."""


class SqliteStorage(Storage):
    """A database of documents in one file, or in memory when `path` is None.

    `schema` declares columns and indexes of tables (schema.py); other tables are made when they are first written.
    `durable=False` leaves the flushing of commits to the operating system: for building what can be built again.
    Raises the StoreErrors of `opening` and `faults`.
    """

    def __init__(
        self, path: str | Path | None = None, *, schema: Schema | None = None, create: bool = True, durable: bool = True
    ) -> None:
        self.path = None if path is None else Path(path)
        self.name = "the workspace in memory" if self.path is None else str(self.path)
        self.schema: Schema = schema or {}
        self.read_only = False
        self._durable = durable
        self._local = threading.local()
        self._connections: list[apsw.Connection] = []
        self._shared: apsw.Connection | None = None
        self._rows: dict[str, Rows] = {}
        self._closed = False
        with system_faults_of(self.name), faults_of(self.name):
            if self.path is not None:
                self._look_before_opening(self.path, create)
                self._look_inside(self.path)
            self.lock = FairLock(None if self.read_only else self.path)
            self._open_first()
        atexit.register(self.close)

    def _look_before_opening(self, path: Path, create: bool) -> None:
        if not create and not path.exists():
            raise StoreError(f"there is no workspace at {path}", hint="any command that writes makes one")
        if create and not path.parent.is_dir():
            raise StoreError(f"there is no folder {path.parent} to put the workspace in")
        opening.refuse_foreign(path)
        self.read_only = not opening.may_write(path)
        if self.read_only and not path.exists():
            raise ReadOnlyWorkspace(f"{path.parent} cannot be written, so no workspace can be made there")

    def _look_inside(self, path: Path) -> None:
        """Refuse another program's database, or a later version's, before anything is made beside it."""
        try:
            if path.exists() and path.stat().st_size:
                opening.refuse_version(self.connection, self.name)
        except BaseException:
            if self._connections and opening.has_log(path):
                opening.leave_log(self.connection)
            self._give_back()
            raise

    def _open_first(self) -> None:
        try:
            if self.read_only:
                if opening.refuse_version(self.connection, self.name):
                    raise ReadOnlyWorkspace(f"{self.name} is empty and cannot be written")
                if opening.is_older(self.connection):
                    raise ReadOnlyWorkspace(f"{self.name} is of an older version, and cannot be written to bring it up to date")
                return
            connection = self.connection
            if opening.refuse_version(connection, self.name) or not self._keeps_log(connection):
                with self.lock.held():
                    if opening.refuse_version(connection, self.name):
                        self._make_tables(connection)
                    if self.path is not None:
                        connection.pragma("journal_mode", "wal")
            if opening.is_older(connection):
                with self.lock.held():
                    self._upgrade(connection)
        except BaseException:
            self._give_back()
            self.lock.close()
            raise

    def _keeps_log(self, connection: apsw.Connection) -> bool:
        return self.path is None or connection.pragma("journal_mode") == "wal"

    def _make_tables(self, connection: apsw.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table in self.schema:
            for statement in self.rows(table).creation():
                connection.execute(statement)
        connection.execute(_HISTORY_TABLE)
        connection.pragma("application_id", APPLICATION_ID)
        connection.pragma("user_version", SCHEMA_VERSION)
        connection.execute("COMMIT")

    def _upgrade(self, connection: apsw.Connection) -> None:
        """The history's changesets fit the tables as they were: they go."""
        if not opening.is_older(connection):  # another process was quicker
            return
        if self.path is not None:
            upgrading.keep_copy(connection, self.path, int(connection.pragma("user_version")))
        with connection:
            upgrading.upgrade(connection, map(self.rows, self.schema))
            connection.execute(f"DELETE FROM {HISTORY}")
            connection.execute(_HISTORY_TABLE)
            connection.pragma("user_version", SCHEMA_VERSION)

    @property
    def connection(self) -> apsw.Connection:
        """This thread's connection; in memory, the one connection."""
        if self._shared is not None:
            return self._shared
        known: apsw.Connection | None = getattr(self._local, "connection", None)
        if known is not None:
            return known
        if self._closed:
            raise StoreError(f"{self.name} was closed")
        if self.path is None:
            connection = self._shared = opening.connect(None)
        elif self.read_only:
            connection = opening.connect_read_only(self.path)
        else:
            connection = opening.connect(self.path)
            connection.execute(f"PRAGMA synchronous = {'FULL' if self._durable else 'OFF'}")
            connection.set_wal_hook(self._count_log_pages)
        self._local.connection = connection
        self._connections.append(connection)
        return connection

    def _count_log_pages(self, _connection: apsw.Connection, _database: str, pages: int) -> int:
        self._local.log_pages = pages
        return apsw.SQLITE_OK

    @property
    def in_transaction(self) -> bool:
        """Whether this thread is inside `transaction`."""
        return getattr(self._local, "depth", 0) > 0

    @contextmanager
    def transaction(self) -> Iterator[apsw.Connection]:
        """All or nothing, alone among all writers, on disk at the end; nested ones join the outermost."""
        if self.in_transaction:
            yield self.connection
            return
        if self.read_only:
            raise ReadOnlyWorkspace(f"{self.name} can only be read", hint="copy it to where you may write, and use the copy")
        with self.lock.held(), faults_of(self.name):
            connection = self.connection
            connection.execute("BEGIN IMMEDIATE")
            self._local.depth = 1
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._local.depth = 0
            self._checkpoint_when_due(connection)

    def _checkpoint_when_due(self, connection: apsw.Connection) -> None:
        if getattr(self._local, "log_pages", 0) >= _CHECKPOINT_PAGES:
            self._local.log_pages = 0
            with suppress(apsw.Error):  # the commit stands, and the log keeps what could not be folded in
                connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads in the body see one state of the workspace, whatever others commit meanwhile."""
        with self._alone_in_memory():
            if self.connection.in_transaction:
                yield
                return
            self.execute("BEGIN")
            try:
                yield
            finally:
                self.execute("COMMIT")

    def _alone_in_memory(self) -> AbstractContextManager[None]:
        """Threads share the one connection to a workspace in memory: none may read inside another's transaction."""
        return self.lock.held() if self.path is None else nullcontext()

    def execute(self, sql: str, arguments: tuple[Any, ...] | Mapping[str, Any] = ()) -> apsw.Cursor:
        """Run one statement on this thread's connection. Raises StoreErrors; constraint errors pass."""
        try:
            return self.connection.execute(sql, arguments)
        except apsw.ConstraintError:
            raise
        except apsw.Error as error:
            raise explain(error, self.name) from error

    def fetch(self, sql: str, arguments: tuple[Any, ...] | Mapping[str, Any] = ()) -> list[Any]:
        """All rows of a query."""
        with self._alone_in_memory(), reading_faults_of(self.name):
            return self.connection.execute(sql, arguments).fetchall()

    def stream(self, sql: str, arguments: tuple[Any, ...] | Mapping[str, Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one by one; the read stays open until the last, so inside `snapshot` or `transaction`."""
        with reading_faults_of(self.name):
            yield from self.connection.execute(sql, arguments)

    def data_version(self) -> tuple[int, int]:
        """Changes whenever any process has committed; microseconds to ask."""
        return self.connection.pragma("data_version"), self.connection.total_changes()

    def rows(self, table: str) -> Rows:
        """The row translation of a table, declared or not."""
        if table not in self._rows:
            self._rows[table] = Rows(table, self.schema.get(table, TableSchema()))
        return self._rows[table]

    def ensure(self, table: str) -> None:
        """Make a table that is not there yet; inside a transaction. Raises InputError for a name that the file cannot hold."""
        if self.has(table):
            return
        if "\0" in table or table.lower().startswith("sqlite_"):
            raise InputError(f"{table!r} cannot be the name of a table")
        found = self.fetch("SELECT name FROM sqlite_schema WHERE name = ? COLLATE NOCASE", (table,))
        if found:
            raise InputError(f"{table!r} cannot be the name of a table: there is {found[0][0]!r}")
        for statement in self.rows(table).creation():
            self.execute(statement)

    def has(self, table: str) -> bool:
        """Whether the table exists."""
        return table != HISTORY and bool(self.fetch("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)))

    def table_names(self) -> list[str]:
        """The document tables, by name."""
        found = self.fetch(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        )
        return [name for (name,) in found if name != HISTORY]

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Every table as a lazy mapping from text id to document; None while there is no table."""
        tables: dict[str, Any] = {name: TableView(self, name) for name in self.table_names()}
        return tables or None

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Make the database equal to `data`; a table that is still the view of itself is left as it is.

        Declared tables are emptied, not dropped.
        """
        with self.transaction():
            fresh = {name: dict(documents) for name, documents in data.items() if not self._is_view_of(name, documents)}
            for name in self.table_names():
                if name not in data:
                    self.execute(f"{'DELETE FROM' if name in self.schema else 'DROP TABLE'} {quoted(name)}")
            for name, documents in fresh.items():
                self.ensure(name)
                self.execute(f"DELETE FROM {quoted(name)}")
                rows = self.rows(name)
                for doc_id, document in documents.items():
                    self.execute(rows.insert, (int(doc_id), *rows.encode(document)))

    def _is_view_of(self, name: str, documents: Mapping[Any, Mapping[str, Any]]) -> bool:
        return isinstance(documents, TableView) and documents.storage is self and documents.name == name

    def close(self) -> None:
        """Fold the log in when we are the last, and give all back. May be called twice."""
        if self._closed:
            return
        atexit.unregister(self.close)
        self._give_back()
        self.lock.close()

    def _give_back(self) -> None:
        self._closed = True
        for connection in self._connections:
            with suppress(apsw.Error):
                connection.close()
        self._connections.clear()
        self._local = threading.local()
        self._shared = None


class TableView(Mapping[str, dict[str, Any]]):
    """One table as TinyDB's storage contract sees it: text id to document, read when asked for. Writing goes through `Table`."""

    def __init__(self, storage: SqliteStorage, name: str) -> None:
        self.storage = storage
        self.name = name

    def __getitem__(self, key: str) -> dict[str, Any]:
        rows = self.storage.rows(self.name)
        found = self.storage.fetch(f"{rows.select} WHERE doc_id = ?", (int(key),))
        if not found:
            raise KeyError(key)
        return rows.decode(found[0])

    def __iter__(self) -> Iterator[str]:
        return (str(doc_id) for (doc_id,) in self.storage.fetch(f"SELECT doc_id FROM {quoted(self.name)} ORDER BY doc_id"))

    def __len__(self) -> int:
        return int(self.storage.fetch(f"SELECT count(*) FROM {quoted(self.name)}")[0][0])
