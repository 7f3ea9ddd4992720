"""The columns of a file and what each is for: found from the header alone, filled with what the first rows show."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Use = Literal["name", "customer", "timestamp", "id", "email", "attribute", "property", "left out"]

SAMPLES: Final = 3
SAMPLE_LENGTH: Final = 60
_KINDS: Final = (
    ("whole number", re.compile(r"[+-]?\d{1,18}")),
    ("number", re.compile(r"[+-]?\d*[.,]\d+")),
    ("true or false", re.compile(r"true|false|yes|no", re.IGNORECASE)),
    ("time", re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?")),
    ("email", re.compile(r"[^@\s]+@[^@\s]+")),
    ("JSON", re.compile(r"\s*[\[{].*[\]}]\s*", re.DOTALL)),
)


@dataclass(slots=True)
class Column:
    """One column. `target` is the attribute or key that its cells become, empty when it is left out.

    `kind` is what all filled cells of the first rows look like; cells are imported as text all the same. `filled` of `seen` rows
    had something in it. `is_new` says that no person has such an attribute yet.
    """

    name: str
    position: int
    use: Use
    target: str
    is_new: bool = False
    note: str = ""
    seen: int = 0
    filled: int = 0
    samples: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """`whole number`, `number`, `time`, `email`, `true or false`, `JSON`, `text`, or `empty`."""
        if not self.kinds:
            return "empty"
        if self.kinds == {"whole number", "number"}:
            return "number"
        return next(iter(self.kinds)) if len(self.kinds) == 1 else "text"

    def see(self, cell: str) -> None:
        """Take a cell of the first rows in."""
        self.seen += 1
        if not cell:
            return
        self.filled += 1
        self.kinds.add(kind_of_cell(cell))
        shown = cell if len(cell) <= SAMPLE_LENGTH else cell[: SAMPLE_LENGTH - 1] + "…"
        if len(self.samples) < SAMPLES and shown not in self.samples:
            self.samples.append(shown)

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints."""
        return {
            "column": self.name,
            "use": self.use,
            "target": self.target,
            "new": self.is_new,
            "kind": self.kind,
            "filled": self.filled,
            "seen": self.seen,
            "samples": self.samples,
            "note": self.note,
        }


def kind_of_cell(cell: str) -> str:
    """What a cell looks like."""
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(cell)), "text")


def see_row(columns: Sequence[Column], cells: Sequence[str]) -> None:
    """Take a whole row in."""
    for column, cell in zip(columns, cells, strict=False):
        column.see(cell)
