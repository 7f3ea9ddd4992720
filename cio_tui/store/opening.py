"""Opening a workspace file: is it one, may it be written, what settings does the connection need."""

import os
from pathlib import Path
from typing import Final

import apsw

from cio_tui.model.errors import NewerWorkspace, NotAWorkspace, ReadOnlyWorkspace
from cio_tui.store.schema import APPLICATION_ID, SCHEMA_VERSION

_MAGIC: Final = b"SQLite format 3\0"
_PAGE: Final = 4096
_BUSY_MILLISECONDS: Final = 10_000


def refuse_foreign(path: Path) -> None:
    """Raise NotAWorkspace for a file that is plainly something else; a missing or empty one passes.

    One of zeros passes too: it looks so while another process makes it, and SQLite waits for that before it looks.
    """
    if path.is_dir():
        raise NotAWorkspace(f"{path} is a folder, not a workspace file")
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return
    if not head or head.startswith(_MAGIC) or (path.stat().st_size >= _PAGE and not any(head)):
        return
    if head.lstrip()[:1] == b"{":
        raise NotAWorkspace(
            f"{path} is JSON, not a workspace file",
            hint=f"make a workspace from it: cio-tui -w NEW workspace import-json {path.name}",
        )
    raise NotAWorkspace(f"{path} is not a workspace file")


def refuse_version(connection: apsw.Connection, path: Path | str) -> bool:
    """Whether the file is still empty. Raises NotAWorkspace or NewerWorkspace for one that is not ours to open."""
    with connection:  # one read: another process may be making the workspace just now
        application = connection.pragma("application_id")
        version = connection.pragma("user_version")
        ours = application == APPLICATION_ID
        has_tables = not ours and connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    if ours:
        if version > SCHEMA_VERSION:
            raise NewerWorkspace(
                f"{path} was written by a later version (schema {version}, this one knows {SCHEMA_VERSION})",
                hint="upgrade with: python -m pip install --upgrade cio_tui",
            )
        return False
    if application or version or has_tables:
        raise NotAWorkspace(f"{path} is another program's SQLite database, not a workspace")
    return True


def is_older(connection: apsw.Connection) -> bool:
    """Whether an earlier version wrote the file."""
    return int(connection.pragma("user_version")) < SCHEMA_VERSION


def has_log(path: Path) -> bool:
    """Whether changes wait in the write-ahead log beside a file."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def leave_log(connection: apsw.Connection) -> None:
    """Closing this connection shall not fold the log into the file."""
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)


def may_write(path: Path) -> bool:
    """Whether the file and its folder, where the log and the locks live, can be written."""
    if path.exists() and not os.access(path, os.W_OK):
        return False
    folder = path.parent
    if not os.access(folder, os.W_OK):
        return False
    return not (hasattr(os, "statvfs") and os.statvfs(folder).f_flag & os.ST_RDONLY)


def connect_read_only(path: Path) -> apsw.Connection:
    """A connection to a file that cannot be written. Raises ReadOnlyWorkspace when its log was not folded in."""
    if has_log(path):
        raise ReadOnlyWorkspace(
            f"{path} cannot be written, and its last changes are still in {path.name}-wal",
            hint="copy both files to where you may write, and open the copy",
        )
    connection = apsw.Connection(
        f"{path.absolute().as_uri()}?immutable=1", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    )
    _tune(connection)
    return connection


def connect(path: Path | None) -> apsw.Connection:
    """A connection that reads and writes; `None` is a workspace in memory."""
    connection = apsw.Connection(":memory:" if path is None else str(path))
    _tune(connection)
    return connection


def _tune(connection: apsw.Connection) -> None:
    connection.set_busy_timeout(_BUSY_MILLISECONDS)
    connection.execute("PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF")
