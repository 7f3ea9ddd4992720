"""JSON, written and read."""

import json
import re
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any, Final

from cio_tui.liquid.filters import javascript as js
from cio_tui.liquid.filters.calling import Filter, refused, same, takes_missing
from cio_tui.liquid.filters.plain import MAX_NESTING, Walk, plain, too_deep
from cio_tui.liquid.filters.values import Values
from cio_tui.liquid.paths import ABSENT

_INDEX = re.compile(r"0|[1-9]\d{0,9}", re.ASCII)
_LAST_INDEX = 2**32 - 1


class Writer:
    """Writes one value. Numbers are the profile's: `23.0` is 23 in `latest`."""

    def __init__(self, values: Values, indent: str = "") -> None:
        self.values = values
        self.indent = indent
        self.walk = Walk()

    def text(self, value: object, depth: int = 0) -> str:
        """The value as JSON."""
        value = plain(value)
        if depth > MAX_NESTING:
            raise too_deep()
        if isinstance(value, (list, range)):
            return self._block("[", [self.text(item, depth + 1) for item in value], "]", depth)
        if isinstance(value, Mapping):
            colon = ": " if self.indent else ":"
            parts = [f"{encode_basestring(name)}{colon}{self.text(value[name], depth + 1)}" for name in self._names(value)]
            return self._block("{", parts, "}", depth)
        text = self._atom(value)
        self.walk.visit(len(text))
        return text

    def _names(self, value: Mapping[Any, Any]) -> list[str]:
        names = [str(name) for name in value]
        if self.values.profile == "legacy":
            return names
        return sorted(names, key=lambda name: (not _is_index(name), int(name) if _is_index(name) else 0))

    def _block(self, opener: str, parts: list[str], closer: str, depth: int) -> str:
        if not self.indent or not parts:
            self.walk.visit(len(parts))
            return f"{opener}{','.join(parts)}{closer}"
        outer = "\n" + self.indent * depth
        inner = outer + self.indent
        self.walk.visit(len(inner) * (len(parts) + 1))
        return f"{opener}{inner}{f',{inner}'.join(parts)}{outer}{closer}"

    def _atom(self, value: object) -> str:
        if value is None:
            return "null"
        if isinstance(value, str):
            return encode_basestring(value)
        text = self.values.text(value)
        if isinstance(value, (bool, int, float)):
            return "null" if text in ("NaN", "Infinity", "-Infinity") else text
        return encode_basestring(text)


def _is_index(name: str) -> bool:
    """Whether JavaScript takes a name for an index: those come first, in their order."""
    return bool(_INDEX.fullmatch(name)) and int(name) < _LAST_INDEX


def _indent(space: object) -> str:
    """What JavaScript indents by: so many spaces, or the first characters of a text; ten at most."""
    if isinstance(space, str):
        return space[:10]
    return " " * max(0, min(10, js.index(space))) if isinstance(space, (int, float)) and not isinstance(space, bool) else ""


LATEST: Final[Mapping[str, Filter]] = {"raw": same}


def own(values: Values) -> dict[str, Filter]:
    """JSON in either profile."""

    @takes_missing
    def to_json(value: object, space: object = 0) -> object:
        """The value as JSON, on one line or indented by so many spaces; nothing of what another filter did not find."""
        if value is ABSENT:
            return ABSENT
        return Writer(values, _indent(space)).text(value)

    def from_json(value: object) -> object:
        """The value that a JSON text says; what is no text is a value already."""
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value, parse_constant=_no_constant)
        except json.JSONDecodeError as error:
            raise refused(f"the text is not JSON: {error.msg} at character {error.pos + 1}") from None
        except (ValueError, RecursionError) as error:
            raise refused(f"the text cannot be read as JSON: {error}") from None

    table: dict[str, Filter] = {"from_json": from_json, "json": to_json, "to_json": to_json}
    return table if values.profile == "legacy" else {**table, "inspect": to_json, "jsonify": to_json}


def _no_constant(word: str) -> object:
    raise ValueError(f"{word} is no JSON")
