"""TinyDB's document API over one embedded SQLite file: durable, indexed, shared by processes, undoable."""

from cio_tui.store.database import Database
from cio_tui.store.schema import WORKSPACE, Index, Schema, TableSchema
from cio_tui.store.storage import SqliteStorage
from cio_tui.store.table import DocumentTable

__all__ = ["WORKSPACE", "Database", "DocumentTable", "Index", "Schema", "SqliteStorage", "TableSchema"]
