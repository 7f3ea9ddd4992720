"""Filling a workspace from a JSON file: an export of ours, or any TinyDB file that holds people and activity in our shape."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from cio_tui.model.errors import InputError
from cio_tui.model.json_values import kind_of
from cio_tui.store.exchange import import_json
from cio_tui.workspace.checking import rebuild, wrong_messages
from cio_tui.workspace.engine import Engine
from cio_tui.workspace.settings import CHOICES

SHAPES: Final[Mapping[str, Mapping[str, type]]] = {
    "settings": {"seed": int, "instant": int, "mode": str, "sequence": int},
    "people": {"cio_id": str, "added_at": int, "attributes": dict, "changed_at": dict, "devices": list},
    "former_people": {"cio_id": str},
    "activity": {"id": str, "type": str, "timestamp": int, "received_at": int, "data": dict},
    "imports": {"name": str, "type": str, "state": str, "rows_done": int, "rows_to_import": int, "content": str, "options": dict},
    "import_problems": {"import": int, "row": int, "column": str, "problem": str},
    "claims": {"anonymous_id": str, "person": str, "claimed_at": int},
    "messages": {"name_key": str, "definition": dict, "version": int, "created_at": int, "updated_at": int},
    "message_versions": {"message": int, "version": int, "definition": dict, "saved_at": int},
    "snippets": {"name": str, "text": str, "created_at": int, "updated_at": int},
}
"""What a document of our tables must have."""
_OPTIONAL: Final[Mapping[str, frozenset[str]]] = {
    "settings": frozenset({"created_at", *CHOICES}),
    "people": frozenset({"id", "email", "email_key"}),
    "activity": frozenset({"name", "person", "anonymous_id", "processed_at", "cause", "merged_by", "duplicates"}),
}


def restore(engine: Engine, path: Path, *, replace: bool = False) -> int:
    """Fill the workspace from a file; how many documents. The history starts anew, and so does a data index that is not given.

    Raises InputError, with nothing changed, for a file of another shape, and for a workspace that has people, activity, messages
    or snippets already unless they are to be replaced.
    """
    database = engine.database
    with database.storage.transaction():
        for table in ("people", "activity", "messages", "snippets"):
            if not replace and len(database.documents(table)):
                raise InputError(f"the workspace has {table} already", hint="name a new file with -w, or add --replace")
        settings = engine.settings()
        count = import_json(database, path)
        for table in SHAPES:
            for document in database.documents(table):
                _check(f"{path}: document {document.doc_id} of table {table!r}", document, table)
        for line in wrong_messages(database):
            raise InputError(f"{path}: {line}")
        engine.begin(settings)
        engine.history.clear()
        if not len(database.documents("event_index")):
            rebuild(database)
    return count


def _check(where: str, document: Mapping[str, Any], table: str) -> None:
    for name, kind in SHAPES[table].items():
        if not isinstance(document.get(name), kind):
            raise InputError(f"{where}: {name} is {kind_of(document.get(name))}, which it cannot be")
    strange = document.keys() - SHAPES[table].keys() - _OPTIONAL.get(table, document.keys())
    if strange:
        raise InputError(f"{where}: there is no field {min(strange)!r}")
