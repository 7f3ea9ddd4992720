"""What is wrong with a segment's definition, and where."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, NoReturn

from cio_tui.model.errors import InputError
from cio_tui.model.json_values import printable
from cio_tui.model.paths import spell

Where = tuple[str | int, ...]
"""The keys and places on the way to a part of a definition."""
MAX_PROBLEMS: Final = 50
"""More than these of one definition are not told."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. Line and column count from 1, and are 0 without a text; `where` is the key path."""

    line: int
    column: int
    where: str
    reason: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}: " if self.line else ""
        return f"{place}{self.where + ': ' if self.where else ''}{self.reason}" + (f" ({self.hint})" if self.hint else "")


class DefinitionError(InputError):
    """A definition that cannot be read, with all that is wrong with it, in the order of its lines."""

    def __init__(self, problems: tuple[Problem, ...], file: str = "") -> None:
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        where = f"{first.where}: " if first.where else ""
        place = f"line {first.line}, column {first.column}: " if first.line else ""
        if file:
            place = f"{printable(file)}:{first.line}:{first.column}: " if first.line else f"{printable(file)}: "
        super().__init__(f"{place}{where}{first.reason}{more}", hint=first.hint)
        self.problems = problems
        self.file = file


class Refused(Exception):
    """A part of a definition was refused; its problem is noted."""


class Problems:
    """Collects what is wrong with one definition; `text` is None when it is no text."""

    def __init__(self, text: str | None, file: str = "") -> None:
        self._file = file
        self._text = text
        self._lines = [0] if text is None else [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
        self._found: list[Problem] = []

    def add(self, start: int, where: Where, reason: str, hint: str = "") -> None:
        """Note a problem at a 0-based character of the text."""
        line = column = 0
        if self._text is not None:
            start = min(start, len(self._text))
            line = bisect_right(self._lines, start)
            column = start - self._lines[line - 1] + 1
        self._found.append(Problem(line, column, printable(spell(where)), printable(reason), printable(hint)))

    def refuse(self, start: int, where: Where, reason: str, hint: str = "") -> NoReturn:
        """Note a problem and give its part up."""
        self.add(start, where, reason, hint)
        raise Refused

    def check(self) -> None:
        """Raise DefinitionError if anything was noted."""
        if self._found:
            found = sorted(dict.fromkeys(self._found), key=lambda problem: (problem.line, problem.column))
            raise DefinitionError(tuple(found[:MAX_PROBLEMS]), self._file)
