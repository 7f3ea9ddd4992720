"""What is wrong with a template, and where."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

ProblemKind = Literal[
    "syntax", "unclosed", "unknown-tag", "unknown-filter", "missing", "scope", "argument", "limit", "advice", "unconfirmed"
]
"""`missing` is a value that no data has; `scope` a name that can never have one, such as `event.data.x`; `unconfirmed` what we do
without being sure that Customer.io does.
"""

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A block that is still open where a problem is, and where it begins."""

    tag: str
    line: int
    column: int

    @property
    def hint(self) -> str:
        """As a hint says it."""
        return f"The {self.tag} of line {self.line}, column {self.column} is still open."


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. Lines and columns count characters from 1; `length` is how many of them are meant.

    An `error` fails the message, a `warning` does not, and a `note` asks for nothing. `source` names the text in which it stands:
    empty for the template itself, else a snippet or partial such as `snippets.footer`. `path` is the value that is missing, as
    the template writes it. `opened` is what the hint of a wrong end speaks of.
    """

    kind: ProblemKind
    message: str
    line: int
    column: int
    length: int = 1
    hint: str = ""
    severity: Severity = "error"
    source: str = ""
    path: str = ""
    opened: Opened | None = None

    def moved(self, place: Callable[[int, int], tuple[int, int]]) -> "Problem":
        """The problem with its lines and columns as those of another text, of which its own is a piece."""
        line, column = place(self.line, self.column)
        if self.opened is None:
            return replace(self, line=line, column=column)
        opened = Opened(self.opened.tag, *place(self.opened.line, self.opened.column))
        return replace(self, line=line, column=column, hint=opened.hint, opened=opened)

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints; what says nothing is left out."""
        shape = {
            name: getattr(self, name) for name in ("kind", "severity", "message", "line", "column", "hint", "source", "path")
        }
        return {name: value for name, value in shape.items() if value != ""}

    def __str__(self) -> str:
        place = f"{self.source}, line {self.line}" if self.source else f"line {self.line}"
        return f"{place}, column {self.column}: {self.message}"
