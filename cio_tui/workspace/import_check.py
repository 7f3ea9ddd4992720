"""Checking a file against the workspace: every row, before the first is written. Reads only, in constant memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cio_tui.imports.bad_rows import BadRows
from cio_tui.imports.plan import Plan
from cio_tui.imports.problems import Findings, Problem, RowRefused
from cio_tui.imports.row_checks import odd_cells
from cio_tui.imports.scan import Step
from cio_tui.model.commands import Identify, Track
from cio_tui.store.scratch import Scratch

PIECE = 200
"""Rows whose people are looked up at once."""


@dataclass(slots=True)
class Counts:
    """What the rows come to (import_review.py says what each is). `mixed` customers look like the other kind of identifier."""

    rows: int = 0
    good: int = 0
    skipped: int = 0
    duplicates: int = 0
    added: int = 0
    updated: int = 0
    young: int = 0
    old: int = 0
    future: int = 0
    mixed: int = 0
    findings: Findings = field(default_factory=Findings)
    bad: bytearray = field(default_factory=bytearray)
    """A bit for each row in the order of the file, set for bad ones: an eighth of a byte a row."""

    def mark(self, *, is_bad: bool) -> None:
        """Count a row."""
        if self.rows % 8 == 0:
            self.bad.append(0)
        if is_bad:
            self.bad[-1] |= 1 << (self.rows % 8)
        self.rows += 1


@dataclass(slots=True)
class Line:
    """One row at work: what it asks for, and what is to be said of it."""

    number: int
    cells: list[str]
    command: Track | Identify | None
    problems: list[Problem]
    is_bad: bool = False
    is_skipped: bool = False
    is_duplicate: bool = False

    def refuse(self, column: str, reason: str, kind: str) -> None:
        """Keep the row out."""
        self.is_bad = True
        self.problems.append(Problem(self.number, column, reason, "error", kind))

    def warn(self, column: str, what: str, kind: str) -> None:
        """Say something of a row that is imported."""
        self.problems.append(Problem(self.number, column, what, "warning", kind))

    @property
    def reasons(self) -> str:
        """Why it is kept out, as one text."""
        errors = (problem for problem in self.problems if problem.severity == "error")
        return "; ".join(f"{one.column}: {one.problem}" if one.column else one.problem for one in errors)


class RowsCheck(Protocol):
    """What is to be looked at in rows of one kind."""

    def look(self, piece: Sequence[Line], counts: Counts) -> None:
        """Say what is wrong with rows, and count what they will do."""


def check_rows(plan: Plan, check: RowsCheck, scratch: Scratch, bad_rows: BadRows, step: Step) -> Counts:
    """Check all rows; bad ones go to `bad_rows`. Raises InputError for a file that cannot be told into rows."""
    counts, piece = Counts(), []
    for number, cells in plan.file.rows(step):
        piece.append(_line(plan, number, cells))
        if len(piece) >= PIECE:
            _settle(plan, piece, check, scratch, bad_rows, counts)
            piece = []
    _settle(plan, piece, check, scratch, bad_rows, counts)
    return counts


def _line(plan: Plan, number: int, cells: list[str]) -> Line:
    try:
        return Line(number, cells, plan.rows.command(cells), [])
    except RowRefused as error:
        line = Line(number, cells, None, [])
        line.refuse(error.column, str(error), error.kind)
        return line


def _settle(plan: Plan, piece: Sequence[Line], check: RowsCheck, scratch: Scratch, bad_rows: BadRows, counts: Counts) -> None:
    check.look(piece, counts)
    first = scratch.see((hash(tuple(line.cells)), line.number) for line in piece)
    for line in piece:
        if line.is_bad:
            line.problems = [problem for problem in line.problems if problem.severity == "error"]
        elif not line.is_skipped and not line.is_duplicate:
            if line.number in first:
                line.warn("", f"the row is the same as row {first[line.number]:,}", "same row")
            for column, what, kind in odd_cells(line.cells, plan.columns):
                line.warn(column, what, kind)
        if line.problems:
            counts.findings.add(line.problems)
        if line.is_bad:
            bad_rows.add(line.cells, line.reasons)
        else:
            counts.skipped += line.is_skipped
            counts.duplicates += line.is_duplicate
            counts.good += not (line.is_skipped or line.is_duplicate)
        counts.mark(is_bad=line.is_bad)
