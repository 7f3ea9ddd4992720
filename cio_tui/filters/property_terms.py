"""Terms about a property: `data.total>50`, `data["sign up date"]`, `attr.plan=pro`. Read and written here."""

import re
from dataclasses import dataclass
from typing import Final

from cio_tui.filters.errors import FilterError
from cio_tui.filters.quoting import quote, read_value
from cio_tui.model.comparing import OPERATORS, Comparison, Operator
from cio_tui.model.paths import PathError, PropertyPath, spell

PROPERTY_KEYS: Final = ("data", "attr")
_UNSAFE_IN_PATH: Final = re.compile(r"""[\s()"'=<>~!\[\].]""")


@dataclass(frozen=True, slots=True)
class PropertyTerm:
    """What follows `data` or `attr` as it was written. Without operator the property only has to be there.

    `path` starts at `path_start`, the term ends at `end`; `closed` says whether its quotes are.
    """

    path: str
    path_start: int
    operator: Operator | None
    wanted: str
    end: int
    closed: bool

    @property
    def comparison(self) -> Comparison | None:
        """The comparison to make, None for "exists"."""
        return None if self.operator is None else Comparison(self.operator, self.wanted, dates=True)


def read_property_term(text: str, start: int) -> PropertyTerm:
    """The term whose path begins at `start`, with its dot or bracket. Reads any text."""
    path_start = start + 1 if text[start : start + 1] == "." else start
    path_end, closed = _path_end(text, path_start)
    operator = next((each for each in OPERATORS if text.startswith(each, path_end)), None)
    path = text[path_start:path_end]
    if operator is None:
        return PropertyTerm(path, path_start, None, "", path_end, closed)
    wanted, end, closed = read_value(text, path_end + len(operator))
    return PropertyTerm(path, path_start, operator, wanted, end, closed)


def parse_property_term(text: str) -> tuple[PropertyPath, PropertyTerm]:
    """Path and comparison of a whole term. Raises FilterError with the position in `text`."""
    term = read_property_term(text, 0)
    try:
        path = PropertyPath.parse(term.path)
    except PathError as error:
        raise FilterError(error.reason, term.path_start + error.position, hint=error.hint) from None
    if term.operator is not None and text.endswith(term.operator) and term.wanted == "":
        raise FilterError(f"a value is missing after {term.operator}", len(text), hint='write "" for an empty text')
    return path, term


def property_term(key: str, path: str, operator: Operator | None = None, value: str = "") -> str:
    """A term as it has to be written, `data["sign up date"]=3`. Raises PathError for a path that is none."""
    steps = PropertyPath.parse(path).steps
    if PropertyPath.parse(path).explicit or any(isinstance(step, str) and not _is_safe(step) for step in steps):
        path = spell(steps, _is_safe)
    written = key + path if path.startswith("[") else f"{key}.{path}"
    return written if operator is None else written + operator + quote(value)


def _is_safe(key: str) -> bool:
    return key != "" and not _UNSAFE_IN_PATH.search(key)


def _path_end(text: str, start: int) -> tuple[int, bool]:
    """Where a path ends: at an operator, a space or a `)`, none of which count inside a quoted key."""
    position, depth = start, 0
    while position < len(text):
        character = text[position]
        if character == "[" and text[position + 1 : position + 2] in ('"', "'"):
            position, closed = _key_end(text, position + 1)
            if not closed:
                return position, False
            continue
        if character.isspace() or any(text.startswith(operator, position) for operator in OPERATORS):
            return position, True
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return position, True
        position += 1
    return position, True


def _key_end(text: str, start: int) -> tuple[int, bool]:
    """Where the quoted key that opens at `start` ends: a backslash takes the next character with it, as in JSON."""
    position = start + 1
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] == text[start]:
            return position + 1, True
        position += 1
    return len(text), False
