"""A file of an older version made a file of this one: the tables, columns and indexes that it lacks."""

from collections.abc import Iterable
from pathlib import Path

import apsw

from cio_tui.store.rows import Rows, quoted


def keep_copy(connection: apsw.Connection, path: Path, version: int) -> Path:
    """Copy a workspace beside itself before it is changed; a copy that is there already stays, and another name is taken."""
    copy, number = path.with_name(f"{path.name}.schema-{version}"), 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.schema-{version}-{number}")
    connection.execute("VACUUM INTO ?", (str(copy),))
    return copy


def upgrade(connection: apsw.Connection, tables: Iterable[Rows]) -> None:
    """Bring the tables to what is declared now, inside the caller's transaction. A field that became a column moves there."""
    for rows in tables:
        known = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({quoted(rows.table)})")}
        for name in rows.names if known else ():
            if name not in known:
                _add_column(connection, rows.table, name)
        for statement in rows.creation():
            connection.execute(statement)


def _add_column(connection: apsw.Connection, table: str, name: str) -> None:
    place = "'$." + quoted(name).replace("'", "''") + "'"
    connection.execute(f"ALTER TABLE {quoted(table)} ADD COLUMN {quoted(name)}")
    connection.execute(
        f"UPDATE {quoted(table)} SET {quoted(name)} = json_extract(doc, {place}), doc = json_remove(doc, {place}) "
        f"WHERE json_type(doc, {place}) IN ('text', 'integer')"
    )
