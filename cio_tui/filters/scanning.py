"""A filter line as tokens: brackets, connectives and terms, each with its place in the line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from cio_tui.filters.property_terms import PROPERTY_KEYS, read_property_term
from cio_tui.filters.quoting import bare_end, read_quoted, read_value

Kind = Literal["(", ")", "or", "and", "not", "term"]

_PROPERTY: Final = re.compile(rf"({'|'.join(PROPERTY_KEYS)})(?=[.\[])", re.IGNORECASE)
_KEY: Final = re.compile(r"([A-Za-z_]+):")
_CONNECTIVES: Final[dict[str, Kind]] = {"or": "or", "|": "or", "and": "and", "not": "not"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token at `start` up to `end`.

    A term has a `key`, empty for free text, and a `value` that begins at `value_start`; for a property the value is all that
    follows the key, as written. `quoted` says that the value stood in quotes, `closed` that they end.
    """

    kind: Kind
    start: int
    end: int
    key: str = ""
    value: str = ""
    value_start: int = 0
    quoted: bool = False
    closed: bool = True


def scan(line: str) -> Iterator[Token]:
    """The tokens of any line."""
    position = 0
    while position < len(line):
        character = line[position]
        if character.isspace():
            position += 1
            continue
        token = _token(line, position)
        yield token
        position = token.end


def _token(line: str, start: int) -> Token:
    character = line[start]
    if character == "(":
        return Token("(", start, start + 1)
    if character == ")":
        return Token(")", start, start + 1)
    if character in "-!" and _something_follows(line, start + 1):
        return Token("not", start, start + 1)
    if character in ('"', "'"):
        value, end, closed = read_quoted(line, start)
        return Token("term", start, end, "", value, start, quoted=True, closed=closed)
    if match := _PROPERTY.match(line, start):
        end, closed = (term := read_property_term(line, match.end())).end, term.closed
        return Token("term", start, end, match.group(1).lower(), line[match.end() : end], match.end(), closed=closed)
    if match := _KEY.match(line, start):
        value, end, closed = read_value(line, match.end())
        quoted = line[match.end() : match.end() + 1] in ('"', "'")
        return Token("term", start, end, match.group(1).lower(), value, match.end(), quoted, closed)
    end = bare_end(line, start)
    word = line[start:end]
    kind = _CONNECTIVES.get(word.lower())
    return Token(kind, start, end) if kind else Token("term", start, end, "", word, start)


def _something_follows(line: str, position: int) -> bool:
    return position < len(line) and not line[position].isspace() and line[position] != ")"
