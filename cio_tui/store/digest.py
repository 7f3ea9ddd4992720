"""One number for everything a workspace holds: equal digests, equal workspaces. The history is not part of it."""

import hashlib
from collections.abc import Iterable

from cio_tui.store.rows import quoted
from cio_tui.store.storage import SqliteStorage


def digest(storage: SqliteStorage, *, leave_out: Iterable[str] = ()) -> str:
    """A hash of every row of every table but those left out, in an order of its own."""
    whole = hashlib.blake2b(digest_size=16)
    with storage.snapshot():
        for table in storage.table_names():
            if table in leave_out:
                continue
            whole.update(table.encode())
            for row in storage.execute(f"SELECT * FROM {quoted(table)} ORDER BY doc_id"):
                whole.update(repr(row).encode())
    return whole.hexdigest()
