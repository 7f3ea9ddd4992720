"""One table's documents as rows: the SQL of a table, and both directions of the translation."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from cio_tui.model.errors import DamagedWorkspace, InputError
from cio_tui.model.json_values import check, dumps, kind_of
from cio_tui.store.schema import ColumnKind, TableSchema

_TYPES: dict[ColumnKind, type] = {"text": str, "integer": int}
_ROWID_HIGH = 2**63


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


class Rows:
    """How the documents of one table are written to and read from its rows."""

    def __init__(self, table: str, schema: TableSchema) -> None:
        self.table = table
        self.schema = schema
        self.names = tuple(schema.columns)
        self._kinds: list[tuple[str, ColumnKind, Any]] = [(name, kind, _TYPES[kind]) for name, kind in schema.columns.items()]
        columns = ("doc", *self.names)
        listed = ", ".join(map(quoted, columns))
        self.columns = f"doc_id, {listed}"
        self.select = f"SELECT {self.columns} FROM {quoted(table)}"
        self.insert = f"INSERT INTO {quoted(table)} ({self.columns}) VALUES (?{', ?' * len(columns)})"
        self.update = f"UPDATE {quoted(table)} SET {', '.join(f'{quoted(c)} = ?' for c in columns)} WHERE doc_id = ?"
        self.delete = f"DELETE FROM {quoted(table)} WHERE doc_id = ?"

    def creation(self) -> list[str]:
        """The statements that make the table and its indexes where they are not there yet."""
        columns = "".join(f", {quoted(name)}" for name in self.names)
        made = [f"CREATE TABLE IF NOT EXISTS {quoted(self.table)} (doc_id INTEGER PRIMARY KEY, doc TEXT NOT NULL{columns})"]
        for index in self.schema.indexes:
            name = quoted(f"{self.table}_by_{'_'.join(index.columns)}")
            unique = "UNIQUE " if index.unique else ""
            where = f" WHERE {index.where}" if index.where else ""
            columns = ", ".join(map(quoted, index.columns))
            made.append(f"CREATE {unique}INDEX IF NOT EXISTS {name} ON {quoted(self.table)} ({columns}){where}")
        return made

    def encode(self, document: Mapping[str, Any]) -> tuple[Any, ...]:
        """The row of a document, without its id. Raises InputError for what JSON or a declared field cannot carry."""
        check(document)
        return self.encode_checked(document)

    def encode_checked(self, document: Mapping[str, Any]) -> tuple[Any, ...]:
        """`encode`, for a document that `json_values.check` accepts."""
        rest: dict[str, Any] = dict(document)
        values: list[Any] = []
        for name, kind, wanted in self._kinds:
            value = rest.pop(name, None)
            values.append(value)
            if value is None:
                continue
            if type(value) is not wanted or (wanted is int and not -_ROWID_HIGH <= value < _ROWID_HIGH):
                raise InputError(f"{self.table}.{name} must be {kind} or absent, not {kind_of(value)}")
            if wanted is str and "\0" in value:
                raise InputError(f"{self.table}.{name} has a NUL character at position {value.index(chr(0)) + 1}")
        return (dumps(rest), *values)

    def decode(self, row: Sequence[Any]) -> dict[str, Any]:
        """The document of a row `(doc_id, doc, *columns)`. Raises DamagedWorkspace when its text is no longer one."""
        try:
            rest = orjson.loads(row[1])
        except orjson.JSONDecodeError:
            rest = None
        if type(rest) is not dict:
            raise DamagedWorkspace(f"document {row[0]} of {self.table} is damaged", hint="use a copy from before")
        if not self.names:
            return rest
        document = {name: value for name, value in zip(self.names, row[2:], strict=True) if value is not None}
        document.update(rest)
        return document
