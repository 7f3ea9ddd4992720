"""JSON text as nodes with their places. Stricter than `json`: no key twice, no NaN, nothing too deep."""

import json
import re
from typing import Final, NoReturn

from cio_tui.segments.errors import Problems, Where
from cio_tui.segments.nodes import MAX_DEPTH, MAX_NODES, TOO_DEEP, TOO_MANY, Array, Node, Object, Scalar, check_scalar

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_WORD: Final = re.compile(r"-?[A-Za-z_']+")


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


_SCALARS: Final = json.JSONDecoder(parse_constant=_refuse_constant)


def compose_json(text: str, problems: Problems) -> Node:
    """Read JSON. Raises Refused after noting why it is none."""
    return _Composer(text, problems).document()


class _Composer:
    def __init__(self, text: str, problems: Problems) -> None:
        self._text = text
        self._problems = problems
        self._at = 0
        self._count = 0

    def document(self) -> Node:
        self._skip()
        node = self._node((), 0)
        self._skip()
        if self._at < len(self._text):
            self._refuse((), "more text follows where the JSON has ended")
        return node

    def _node(self, where: Where, depth: int) -> Node:
        self._count += 1
        if depth > MAX_DEPTH:
            self._refuse((), TOO_DEEP)
        if self._count > MAX_NODES:
            self._refuse((), TOO_MANY)
        opening = self._text[self._at : self._at + 1]
        if opening == "{":
            return self._object(where, depth)
        if opening == "[":
            return self._array(where, depth)
        start = self._at
        value = self._scalar(where)
        check_scalar(self._problems, value, start, where)
        return Scalar(value, start, where)

    def _object(self, where: Where, depth: int) -> Object:
        start = self._at
        fields: dict[str, Node] = {}
        keys: dict[str, int] = {}
        while self._another("}", first=not keys, start=start, where=where):
            key_at = self._at
            if self._text[key_at : key_at + 1] != '"':
                self._refuse(where, "a key in double quotes is expected" + self._found())
            key = str(self._scalar(where))
            check_scalar(self._problems, key, key_at, where)
            self._skip()
            if self._text[self._at : self._at + 1] != ":":
                self._refuse((*where, key), "a colon is expected after the key" + self._found())
            self._at += 1
            self._skip()
            node = self._node((*where, key), depth + 1)
            if key in keys:
                self._problems.add(key_at, (*where, key), "the key stands here a second time")
            keys[key], fields[key] = key_at, node
        return Object(fields, keys, start, where)

    def _array(self, where: Where, depth: int) -> Array:
        start, items = self._at, list[Node]()
        while self._another("]", first=not items, start=start, where=where):
            items.append(self._node((*where, len(items)), depth + 1))
        return Array(tuple(items), start, where)

    def _another(self, closing: str, *, first: bool, start: int, where: Where) -> bool:
        """Step over the opening, a comma or the closing; whether a member follows."""
        if first:
            self._at += 1
        self._skip()
        character = self._text[self._at : self._at + 1]
        if not character:
            self._problems.refuse(start, where, f"the {self._text[start]} that opens here is not closed")
        if character == closing:
            self._at += 1
            return False
        if not first:
            if character != ",":
                self._refuse(where, f"a comma or {closing} is expected" + self._found())
            self._at += 1
            self._skip()
            after = self._text[self._at : self._at + 1]
            if not after:
                self._problems.refuse(start, where, f"the {self._text[start]} that opens here is not closed")
            if after in ("}", "]"):
                self._refuse(where, "a comma stands before the end", "JSON has no comma after the last value")
        return True

    def _scalar(self, where: Where) -> str | int | float | bool | None:
        try:
            value, self._at = _SCALARS.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            if error.pos == self._at and error.msg == "Expecting value":
                self._refuse(where, "a value is expected" + self._found())
            self._problems.refuse(
                error.pos, where, f"this is not valid JSON: {error.msg[0].lower()}{error.msg[1:].removesuffix(' at')}"
            )
        except ValueError:
            self._refuse(where, "this number cannot be read" + self._found())
        scalar: str | int | float | bool | None = value
        return scalar

    def _found(self) -> str:
        word = _WORD.match(self._text, self._at)
        found = word.group()[:30] if word else self._text[self._at : self._at + 1]
        return f", not {found!r}" if found else ", but the text ends"

    def _skip(self) -> None:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _refuse(self, where: Where, reason: str, hint: str = "") -> NoReturn:
        self._problems.refuse(self._at, where, reason, hint)
