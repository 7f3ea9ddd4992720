"""The list of problems that grows while a text is read or rendered, and where offsets become lines and columns."""

from bisect import bisect_right
from typing import Any

from cio_tui.liquid.confidence import Doubt
from cio_tui.liquid.limits import PROBLEMS
from cio_tui.liquid.problems import Problem, ProblemKind, Severity
from cio_tui.liquid.profiles import Profile


class Places:
    """Lines and columns of one text, both from 1. Only a line feed ends a line."""

    __slots__ = ("starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []

    def of(self, index: int) -> tuple[int, int]:
        """The line and column of an offset."""
        if not self.starts:
            self.starts = [0, *(at + 1 for at, letter in enumerate(self.text) if letter == "\n")]
        line = bisect_right(self.starts, index)
        return line, index - self.starts[line - 1] + 1


class Sheet:
    """Problems of one text in the order of its places. The same problem at the same place is written once."""

    __slots__ = ("_seen", "name", "places", "problems", "profile", "source", "stopped", "values")

    def __init__(self, source: str, profile: Profile, name: str = "") -> None:
        self.source = source
        self.profile = profile
        self.name = name
        self.places = Places(source)
        self.problems: list[Problem] = []
        self.stopped = False  # a limit was passed: nothing after it is read
        self.values = 0  # how many the text has written so far, see limits.VALUES
        self._seen: set[tuple[ProblemKind, int]] = set()

    def report(self, kind: ProblemKind, message: str, at: int, length: int = 1, hint: str = "", **more: Any) -> None:
        """Write a problem down. `more` is `severity`, `path` and `opened` of the problem."""
        self.stopped = self.stopped or kind == "limit"
        at = min(max(at, 0), len(self.source))
        if (kind, at) in self._seen or len(self.problems) >= PROBLEMS:
            return
        self._seen.add((kind, at))
        line, column = self.places.of(at)
        self.problems.append(Problem(kind, message, line, column, max(length, 1), hint, source=self.name, **more))

    def warn(self, message: str, at: int, length: int = 1, hint: str = "", kind: ProblemKind = "advice", path: str = "") -> None:
        """Write down something that does not fail the message."""
        severity: Severity = "warning"
        self.report(kind, message, at, length, hint, severity=severity, path=path)

    def doubt(self, name: str, doubt: Doubt, at: int) -> None:
        """Write down that what `name` does here is not known to be what Customer.io does."""
        severity: Severity = "note"
        self.report("unconfirmed", f"not confirmed of `{name}`: {doubt.ours}", at, len(name), doubt.other, severity=severity)

    def in_order(self) -> tuple[Problem, ...]:
        """The problems from the first line to the last."""
        return tuple(sorted(self.problems, key=lambda problem: (problem.line, problem.column)))

    @property
    def full(self) -> bool:
        """Whether nothing more is worth reading: a limit was passed, or no more problems fit on it."""
        return self.stopped or len(self.problems) >= PROBLEMS

    @property
    def failed(self) -> bool:
        """Whether one of the problems is an error."""
        return any(problem.severity == "error" for problem in self.problems)
