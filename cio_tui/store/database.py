"""TinyDB over one embedded file."""

from typing import cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from cio_tui.store.storage import SqliteStorage
from cio_tui.store.table import DocumentTable


class Database(TinyDB):
    """`TinyDB(path)` with our table and storage: `Database("shop.cio", schema=WORKSPACE)`.

    Arguments are those of `SqliteStorage`. All of TinyDB's API works: `table`, `tables`, `drop_table`, and the default
    table's methods on the database itself.
    """

    table_class: type[Table] = DocumentTable
    default_storage_class: type[Storage] = SqliteStorage  # type: ignore[assignment]  # TinyDB infers JSONStorage

    @property
    def storage(self) -> SqliteStorage:
        """The storage beneath: transactions, and what no TinyDB call can say."""
        return cast(SqliteStorage, self._storage)

    def documents(self, name: str) -> DocumentTable:
        """`table(name)`, typed as ours."""
        return cast(DocumentTable, self.table(name))
