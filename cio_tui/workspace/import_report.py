"""What became of a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cio_tui.imports.options import ImportKind
from cio_tui.imports.problems import Problem
from cio_tui.workspace.import_records import ImportRecord, State
from cio_tui.workspace.import_review import Review


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do. `rows` = `imported` + `skipped` + `duplicates` + `failed`; of a people file `added` and
    `updated` are the imported ones. `young` counts imported events of at most 72 h, which can start campaigns (C5). `number` is
    the record's, None for a dry run and for a file without rows.
    """

    kind: ImportKind
    state: State
    rows: int
    imported: int
    added: int
    updated: int
    skipped: int
    duplicates: int
    failed: int
    warned: int
    young: int
    problems: tuple[Problem, ...] = ()
    number: int | None = None
    error: str = ""
    bad_rows: Path | None = None
    notes: tuple[str, ...] = ()
    dry_run: bool = False

    @classmethod
    def foreseen(cls, review: Review) -> "ImportReport":
        """What running a review would give."""
        return cls(
            kind=review.kind,
            state="validated",
            rows=review.rows,
            imported=review.good,
            added=review.added,
            updated=review.updated,
            skipped=review.skipped,
            duplicates=review.duplicates,
            failed=review.bad,
            warned=review.warned,
            young=review.young,
            problems=review.problems,
            bad_rows=review.bad_rows,
            notes=review.notes,
            dry_run=True,
        )

    @classmethod
    def of(cls, record: ImportRecord, problems: tuple[Problem, ...], notes: tuple[str, ...] = ()) -> "ImportReport":
        """What a record tells."""
        return cls(
            kind=record.type,
            state=record.state,
            rows=record.rows_done,
            imported=record.rows_imported,
            added=record.added,
            updated=record.updated,
            skipped=record.skipped,
            duplicates=record.duplicates,
            failed=record.failed,
            warned=record.warned,
            young=record.young,
            problems=problems,
            number=record.number or None,
            error=record.error,
            notes=notes,
        )

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints."""
        shape: dict[str, Any] = {
            "id": self.number,
            "type": self.kind,
            "state": self.state,
            "rows": self.rows,
            "imported": self.imported,
            "added": self.added,
            "updated": self.updated,
            "skipped": self.skipped,
            "duplicates": self.duplicates,
            "failed": self.failed,
            "warned": self.warned,
            "young": self.young,
            "problems": [problem.to_json() for problem in self.problems],
            "notes": list(self.notes),
            "error": self.error,
            "bad_rows": None if self.bad_rows is None else str(self.bad_rows),
            "dry_run": self.dry_run,
        }
        return shape
