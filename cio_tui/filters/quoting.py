r"""Quotes in a filter line. In double quotes `\"` and `\\` are the characters; in single quotes every character is itself."""

import re
from typing import Final

_SAFE: Final = re.compile(r"""(?![A-Za-z_]+:|(?:data|attr)[.\[])[^\s()"'!|=<>~\-][^\s()]*""", re.IGNORECASE)
WORDS: Final = frozenset({"or", "and", "not", "|"})
"""Bare words that mean something between terms."""


def quote(text: str) -> str:
    """The text as one value of a filter line: as it is when that reads back the same, else in double quotes."""
    if _SAFE.fullmatch(text) and text.lower() not in WORDS:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def read_quoted(text: str, start: int) -> tuple[str, int, bool]:
    """The content of the quotes that open at `start`, where they end, and whether they are closed."""
    content: list[str] = []
    mark, position = text[start], start + 1
    while position < len(text):
        character = text[position]
        if character == mark:
            return "".join(content), position + 1, True
        if character == "\\" and mark == '"' and text[position + 1 : position + 2] in ('"', "\\"):
            position += 1
            character = text[position]
        content.append(character)
        position += 1
    return "".join(content), position, False


def bare_end(text: str, start: int) -> int:
    """Where an unquoted run ends: at the next space or at a `)` that the run did not open."""
    depth = 0
    for position in range(start, len(text)):
        character = text[position]
        if character.isspace():
            return position
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth < 0:
                return position
    return len(text)


def read_value(text: str, start: int) -> tuple[str, int, bool]:
    """The value at `start`, quoted or bare, where it ends, and whether its quotes are closed."""
    if text[start : start + 1] in ('"', "'"):
        return read_quoted(text, start)
    end = bare_end(text, start)
    return text[start:end], end, True
