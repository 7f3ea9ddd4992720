r"""The search grammar for event names (domain.md 1.2 DECIDE).

    term ('+' term | '|' term)*        a+b: matches a and b        a|b: matches a and not b

`*` stands for any run, also an empty one, and a term that has it must match the whole name; a term without it is found
anywhere. Letter case never counts. `\*`, `\+`, `\|` and `\\` are the characters themselves; any other backslash is a
backslash. Spaces around terms are dropped, spaces inside belong to the term.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cio_tui.model.comparing import fold

_SPECIAL: Final = "*+|\\"
_ESCAPES: Final = str.maketrans({character: "\\" + character for character in _SPECIAL})
_PLAIN_RUN: Final = re.compile(r"[ !#-\[\]-~]+")
"""Printable ASCII that JSON text holds unchanged: all of it but the quote and the backslash."""


def escape(name: str) -> str:
    """A search text that finds this name literally."""
    return name.translate(_ESCAPES)


def plain_run(text: str) -> str:
    """The longest run of printable ASCII without quotes and backslashes: whoever contains the text contains it, in JSON too."""
    return max(_PLAIN_RUN.findall(text), key=len, default="")


@dataclass(frozen=True, slots=True)
class Pattern:
    r"""A text with `*` for any run. `pieces` are the literal parts between the stars."""

    pieces: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> "Pattern":
        """Reads any text; letter case is kept."""
        pieces = [""]
        for character, escaped in _characters(text):
            if character == "*" and not escaped:
                pieces.append("")
            else:
                pieces[-1] += character
        return cls(tuple(pieces))

    @property
    def wild(self) -> bool:
        """Whether it has a `*`."""
        return len(self.pieces) > 1

    def covers(self, text: str) -> bool:
        """Whether the whole text matches."""
        first, *others = self.pieces
        if not others:
            return text == first
        if not text.startswith(first):
            return False
        position = len(first)
        for piece in others[:-1]:
            found = text.find(piece, position)
            if found < 0:
                return False
            position = found + len(piece)
        return len(text) - len(others[-1]) >= position and text.endswith(others[-1])

    def found_in(self, text: str) -> bool:
        """Whether the whole text matches or, without a `*`, a part of it does."""
        return self.covers(text) if self.wild else self.pieces[0] in text

    @property
    def runs(self) -> tuple[str, ...]:
        """Plain runs that every matching text contains, whatever its letter case."""
        return tuple(run for run in map(plain_run, self.pieces) if run)


@dataclass(frozen=True, slots=True)
class NameSearch:
    """A search as it was written, and the folded patterns that a name must match and must not match."""

    text: str
    wanted: tuple[Pattern, ...]
    unwanted: tuple[Pattern, ...]

    @classmethod
    def parse(cls, text: str) -> "NameSearch":
        """Reads any text. An empty term says nothing: `a|` is `a`."""
        wanted: list[Pattern] = []
        unwanted: list[Pattern] = []
        for sign, term in _terms(text):
            stripped = term.strip()
            if stripped:
                (unwanted if sign == "|" else wanted).append(Pattern.parse(fold(stripped)))
        return cls(text, tuple(wanted), tuple(unwanted))

    def matches(self, name: str) -> bool:
        """Whether the search finds this name."""
        folded = fold(name)
        return all(term.found_in(folded) for term in self.wanted) and not any(term.found_in(folded) for term in self.unwanted)

    @property
    def runs(self) -> tuple[str, ...]:
        """Plain ASCII runs, folded, that every name it finds contains if the name is ASCII. They narrow, they do not decide."""
        return tuple(run for term in self.wanted for run in term.runs)


def _characters(text: str) -> Iterator[tuple[str, bool]]:
    """Each character and whether a backslash made it literal."""
    position = 0
    while position < len(text):
        character = text[position]
        if character == "\\" and text[position + 1 : position + 2] in tuple(_SPECIAL):
            yield text[position + 1], True
            position += 2
        else:
            yield character, False
            position += 1


def _terms(text: str) -> Iterator[tuple[str, str]]:
    """Each term, still escaped, with the sign before it; the first has `+`."""
    sign, term = "+", ""
    for character, escaped in _characters(text):
        if character in "+|" and not escaped:
            yield sign, term
            sign, term = character, ""
        else:
            term += "\\" + character if escaped else character
    yield sign, term
