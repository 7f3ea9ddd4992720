"""Running an import: rows as commands, in slices that are one step to undo, and a report by row."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from cio_tui.imports.csv_rows import Problem, Row
from cio_tui.model.commands import Command, Track
from cio_tui.model.limits import CAMPAIGN_WINDOW
from cio_tui.workspace.engine import Engine

SLICE: Final = 5_000
"""Rows of one transaction: large enough to be quick, small enough that other writers wait a fraction of a second."""
KEPT_PROBLEMS: Final = 10_000


@dataclass(slots=True)
class ImportReport:
    """What became of a file. `young` counts imported events of at most 72 h, which can start campaigns (C5)."""

    rows: int = 0
    imported: int = 0
    duplicates: int = 0
    failed: int = 0
    young: int = 0
    problems: list[Problem] = field(default_factory=list)
    dry_run: bool = False

    def refuse(self, problem: Problem) -> None:
        """Count a row that was not taken; the first `KEPT_PROBLEMS` are kept with their reason."""
        self.failed += 1
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(problem)

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints."""
        return {
            "rows": self.rows,
            "imported": self.imported,
            "duplicates": self.duplicates,
            "failed": self.failed,
            "young": self.young,
            "problems": [problem.to_json() for problem in self.problems],
            "dry_run": self.dry_run,
        }


def run_import(
    engine: Engine,
    rows: Iterable[Row],
    *,
    kind: str,
    summary: str,
    dry_run: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Run the rows' commands; a dry run rolls each slice back, so that it does not see people that the file itself adds."""
    report = ImportReport(dry_run=dry_run)
    step: int | None = None
    for piece in _slices(rows):
        report.rows += len(piece)
        good = []
        for row in piece:
            if row.problem is not None:
                report.refuse(row.problem)
            elif row.command is not None:
                good.append((row.number, row.command))
        receipts = engine.run_all((command for _, command in good), kind=kind, summary=summary, step=step, dry_run=dry_run)
        now = engine.now()
        for (number, command), receipt in zip(good, receipts, strict=True):
            step = step or receipt.command
            if receipt.status == "duplicate":
                report.duplicates += 1
            elif not receipt.ok:
                report.refuse(Problem(number, "", "; ".join(receipt.reasons)))
            else:
                report.imported += 1
                report.young += _is_young(command, now)
        if on_progress is not None:
            on_progress(report.rows)
    report.problems.sort(key=lambda problem: problem.row)
    return report


def _slices(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while piece := list(islice(source, SLICE)):
        yield piece


def _is_young(command: Command, now: int) -> bool:
    return isinstance(command, Track) and (command.timestamp is None or now - command.timestamp <= CAMPAIGN_WINDOW)
