"""The records of imports (domain.md 7.1): what was imported, how, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal

from tinydb import where

from cio_tui.imports.options import ImportKind, Options
from cio_tui.imports.problems import Problem
from cio_tui.model.commands import NoteImport
from cio_tui.model.errors import InputError
from cio_tui.model.receipts import Receipt
from cio_tui.store import Database
from cio_tui.workspace.turn import Turn

State = Literal["preprocessing", "preprocessed", "validating", "validated", "importing", "imported", "failed", "canceled"]
"""The product's states. Checking leaves no record, so that stored ones are `importing`, `imported`, `failed` (no row could be
taken) and `canceled`.
"""
DATA_TO_PROCESS: Final = {"all": "all", "new": "only_new", "existing": "only_existing"}
_TABLE: Final = "imports"
_PROBLEMS: Final = "import_problems"


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import. The product's fields, and ours: `file` and its `size` in bytes, `content` a digest of its bytes, `rows_done` of
    `rows_to_import` rows gone through; `added`, `updated`, `skipped`, `duplicates`, `failed` and `warned` rows, and `young`
    events as a Review and an ImportReport have them.

    `step` is the first command of its step in the history, `slices` how many commands it has. `running` is true while a process
    is at it.
    """

    number: int
    name: str
    description: str
    type: ImportKind
    identifier: str | None
    data_to_process: str
    state: State
    rows_to_import: int
    rows_imported: int
    error: str
    created_at: int
    updated_at: int
    file: str
    size: int
    content: str
    rows_done: int = 0
    added: int = 0
    updated: int = 0
    skipped: int = 0
    duplicates: int = 0
    failed: int = 0
    warned: int = 0
    young: int = 0
    step: int | None = None
    slices: int = 0
    options: Mapping[str, Any] = field(default_factory=dict)
    running: bool = False

    @property
    def unfinished(self) -> bool:
        """Whether it stopped on its way."""
        return self.state == "importing" and not self.running

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        done = f"{self.rows_done:,} of {self.rows_to_import:,} rows"
        if self.state == "importing":
            return f"running: {done}" if self.running else f"stopped half-way: {done}"
        if self.state == "imported":
            return f"imported: {self.rows_imported:,} of {self.rows_to_import:,} rows"
        return f"{self.state}: {self.error}" if self.error else self.state

    def to_document(self) -> dict[str, Any]:
        """The stored form."""
        document = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("number", "running")}
        return document | {"options": dict(self.options)}

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints: the product's names, `id` among them."""
        return {"id": self.number, **self.to_document(), "running": self.running}

    @classmethod
    def from_document(cls, number: int, document: Mapping[str, Any], *, running: bool = False) -> "ImportRecord":
        """The record of a stored document."""
        return cls(number=number, running=running and document["state"] == "importing", **document)

    def said_options(self) -> Options:
        """What was said when it was started."""
        return Options(**self.options)


def note(turn: Turn, command: NoteImport) -> Receipt:
    """Write an import's record; its number is the receipt's id."""
    table, number = turn.database.documents(_TABLE), command.number
    turn.changed = True
    document = {**command.record, "updated_at": turn.now}
    if number is None:
        number = table.insert({**document, "created_at": turn.now})
    else:
        table.replace(document, number)
    turn.database.documents(_PROBLEMS).insert_multiple({"import": number, **problem} for problem in command.problems)
    return Receipt("accepted", str(number))


class ImportRecords:
    """The records of one workspace."""

    def __init__(self, database: Database) -> None:
        self._table = database.documents(_TABLE)
        self._problems = database.documents(_PROBLEMS)

    def all(self, *, running: bool) -> list[ImportRecord]:
        """Every import, the newest first; `running` says that a process is at one."""
        found = [ImportRecord.from_document(document.doc_id, document, running=running) for document in self._table]
        return found[::-1]

    def get(self, number: int, *, running: bool) -> ImportRecord:
        """One import. Raises InputError."""
        found = self._table.get(doc_id=number)
        if found is None:
            raise InputError(f"there is no import {number}", hint="`cio-tui imports` lists them")
        return ImportRecord.from_document(number, found, running=running)

    def standing(self, number: int) -> int | None:
        """How many rows an import has gone through; None when its record is gone, as after an undo."""
        found = self._table.get(doc_id=number)
        return None if found is None or found["state"] != "importing" else int(found["rows_done"])

    def of_content(self, content: str, *, running: bool) -> list[ImportRecord]:
        """Imports of a file with this content, the newest first."""
        found = self._table.search(where("content") == content)
        return [ImportRecord.from_document(document.doc_id, document, running=running) for document in found[::-1]]

    def problems(self, number: int) -> list[Problem]:
        """The problems that were kept of an import, in the order of the file."""
        found = [dict(document) for document in self._problems.search(where("import") == number)]
        for document in found:
            del document["import"]
        return sorted((Problem(**document) for document in found), key=lambda problem: problem.row)
