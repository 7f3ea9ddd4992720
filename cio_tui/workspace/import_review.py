"""What the check of a file found, and what importing it will do: shown before the first row is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cio_tui.imports.columns import Column
from cio_tui.imports.dialect import Dialect
from cio_tui.imports.options import ImportKind, Options
from cio_tui.imports.plan import Plan
from cio_tui.imports.problems import Problem
from cio_tui.workspace.import_records import ImportRecord


@dataclass(frozen=True, slots=True)
class Review:
    """A file, every row of it checked against the workspace as it is.

    `rows` = `good` + `bad` + `skipped` + `duplicates`: rows that will be imported, that have an error, that `only` passes over,
    and events whose id was received before. `warned` of the good ones have a warning. `added` and `updated` count rows of a
    people file that add a person or change one. `young` events are at most 72 h old and can start campaigns (C5); `old` ones are
    over 30 days, which the product's log hides; `future` ones have not happened yet. `problems` are the first of each kind, in
    the order of the file; `kinds` counts all of them.

    `new_attributes` nobody has yet. `earlier` are imports of the same content. `bad_rows` is the file with the bad ones, when one
    was asked for. `notes` are about the file as a whole; `undoing` says how the import can be taken back.
    """

    plan: Plan
    rows: int
    good: int
    bad: int
    skipped: int
    duplicates: int
    warned: int
    added: int
    updated: int
    young: int
    old: int
    future: int
    problems: tuple[Problem, ...]
    kinds: Mapping[str, int]
    new_attributes: tuple[str, ...]
    earlier: tuple[ImportRecord, ...]
    notes: tuple[str, ...]
    undoing: str
    bad_rows: Path | None = None
    marks: bytes = field(default=b"", repr=False)

    def is_bad(self, place: int) -> bool:
        """Whether the row at a place of the file, from 0, has an error."""
        return bool(self.marks[place // 8] >> (place % 8) & 1)

    @property
    def kind(self) -> ImportKind:
        """People or events."""
        return self.plan.kind

    @property
    def path(self) -> Path:
        """The file."""
        return self.plan.file.path

    @property
    def options(self) -> Options:
        """What was said of it."""
        return self.plan.options

    @property
    def name(self) -> str:
        """What the import is called: what was said, else the file's name."""
        return self.options.name or self.path.name

    @property
    def dialect(self) -> Dialect:
        """How the file is written."""
        return self.plan.file.dialect

    @property
    def size(self) -> int:
        """Bytes."""
        return self.plan.file.scan.size

    @property
    def content(self) -> str:
        """The digest of its bytes."""
        return self.plan.file.scan.content

    @property
    def columns(self) -> tuple[Column, ...]:
        """What each column is for, with what its first rows hold."""
        return tuple(self.plan.columns)

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints."""
        return {
            "type": self.kind,
            "name": self.name,
            "file": str(self.path),
            "size": self.size,
            "content": self.content,
            **self.dialect.to_json(),
            "identifier": self.plan.identifier,
            "rows": self.rows,
            "good": self.good,
            "bad": self.bad,
            "skipped": self.skipped,
            "duplicates": self.duplicates,
            "warned": self.warned,
            "added": self.added,
            "updated": self.updated,
            "young": self.young,
            "old": self.old,
            "future": self.future,
            "columns": [column.to_json() for column in self.columns],
            "new_attributes": list(self.new_attributes),
            "kinds": dict(self.kinds),
            "problems": [problem.to_json() for problem in self.problems],
            "notes": list(self.notes),
            "earlier": [one.number for one in self.earlier],
            "undoing": self.undoing,
            "bad_rows": None if self.bad_rows is None else str(self.bad_rows),
        }
