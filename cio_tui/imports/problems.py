"""What an import has to say about rows: by row and column, counted by kind, the first of each kind kept."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from cio_tui.model.errors import InputError

Severity = Literal["error", "warning"]
KEPT_OF_A_KIND: Final = 200
"""Problems of one kind that are kept word for word; the rest is counted, and stands in the file of bad rows."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one row. `row` counts lines of the file as an editor shows them, the header being 1.

    An error keeps the row out, a warning does not. `kind` is what problems of the same sort have in common, in a word or two.
    """

    row: int
    column: str
    problem: str
    severity: Severity = "error"
    kind: str = ""

    def to_json(self) -> dict[str, Any]:
        """`{"row", "column", "problem", "severity", "kind"}`."""
        return {
            "row": self.row,
            "column": self.column,
            "problem": self.problem,
            "severity": self.severity,
            "kind": self.kind,
        }

    def __str__(self) -> str:
        where = f"row {self.row:,}, {self.column}" if self.column else f"row {self.row:,}"
        return f"{where}: {self.problem}" if self.severity == "error" else f"{where}: {self.problem} (imported)"


class RowRefused(InputError):
    """A row that cannot be taken: which column, why, and the kind of the problem."""

    def __init__(self, column: str, reason: str, kind: str) -> None:
        super().__init__(reason)
        self.column = column
        self.kind = kind


@dataclass(slots=True)
class Findings:
    """The problems of a whole file: how many rows have an error, how many good ones a warning, and the first of each kind."""

    bad: int = 0
    warned: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    kept: list[Problem] = field(default_factory=list)

    def add(self, problems: list[Problem]) -> None:
        """Take in what one row has."""
        if any(problem.severity == "error" for problem in problems):
            self.bad += 1
        elif problems:
            self.warned += 1
        for problem in problems:
            self.kinds[problem.kind] += 1
            if self.kinds[problem.kind] <= KEPT_OF_A_KIND:
                self.kept.append(problem)

    def by_row(self) -> tuple[Problem, ...]:
        """The kept problems in the order of the file."""
        return tuple(sorted(self.kept, key=lambda problem: problem.row))
