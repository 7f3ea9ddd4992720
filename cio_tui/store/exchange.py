"""A database as the JSON file that stock TinyDB writes and opens: readable, diffable, one document a line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw

from cio_tui.model.errors import InputError
from cio_tui.model.json_values import dumps, parse_object
from cio_tui.store.database import Database
from cio_tui.store.whole_file import whole_file


def export_json(database: Database, path: Path) -> int:
    """Write every table to a file, whole or not at all; how many documents. Equal databases give equal bytes.

    Raises StoreError when the file cannot be written.
    """
    with whole_file(path) as file, database.storage.snapshot():
        count = 0
        for piece, documents in _pieces(database):
            file.write(piece)
            count += documents
    return count


def _pieces(database: Database) -> Iterator[tuple[str, int]]:
    yield "{", 0
    for place, name in enumerate(database.storage.table_names()):
        yield f"{',' if place else ''}\n{json.dumps(name)}: {{", 0
        for count, document in enumerate(database.documents(name)):
            yield f'{"," if count else ""}\n"{document.doc_id}": {dumps(dict(document))}', 1
        yield "\n}", 0
    yield "\n}\n", 0


def import_json(database: Database, path: Path) -> int:
    """Fill a database from such a file, in one transaction; how many documents. What is in it already is replaced.

    Raises InputError, with nothing changed, for a file of another shape: naming table, id and what is wrong.
    """
    try:
        tables = parse_object(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None
    checked = {name: dict(_documents(path, name, documents)) for name, documents in tables.items()}
    try:
        database.storage.write(checked)
    except (InputError, apsw.ConstraintError) as error:
        raise InputError(f"{path}: {error}") from None
    return sum(map(len, checked.values()))


def _documents(path: Path, name: str, documents: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    if name.startswith(("_history", "sqlite_")):
        raise InputError(f"{path}: {name!r} cannot be a table's name")
    if not isinstance(documents, dict):
        raise InputError(f"{path}: table {name!r} must be an object of documents by id")
    for key, document in documents.items():
        if not key.isdecimal() or not 0 < int(key) < 2**63:
            raise InputError(f"{path}: in table {name!r}, {key!r} is not a document's id")
        if not isinstance(document, dict):
            raise InputError(f"{path}: document {key} of table {name!r} must be an object")
        yield int(key), document
