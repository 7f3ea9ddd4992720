"""Paths such as `customer.address.city`: how they are looked up, and when a value is missing.

The rule is LiquidJS's with strict variables and lenient conditions (liquid.md, section 3). A path that leads nowhere is missing
and fails the message (L1); null is a value, prints nothing, and everything below it is null. A path in a condition, in `assign`,
or before a leading `default` is lenient: there a missing value is nil. A missing value is recorded where it is read and counts as
nil from there on, so that one rendering finds all of them and no filter ever sees one.
"""

from collections.abc import Mapping
from typing import Any, Final

from liquid.builtin.expressions import Path as TreePath
from liquid.expression import Expression
from liquid.token import Token

ABSENT: Final[Any] = object()
"""What a look-up gives when there is nothing, which is not the same as null."""


class Path(TreePath):
    """A path whose keys are all written out. `ends` are the offsets in the source after each of its parts."""

    __slots__ = ("ends", "rest", "root", "strict")

    def __init__(self, token: Token, parts: list[Any], ends: list[int]) -> None:
        super().__init__(token, parts)
        self.root = parts[0] if isinstance(parts[0], str) else ""  # a root that is computed has no name
        self.rest = tuple(parts[1:])
        self.ends = ends
        self.strict = True

    def evaluate(self, context: Any) -> Any:
        """The value, or nil when there is none; a strict path records that it is missing."""
        value = context.names.get(self.root, ABSENT)
        if value is ABSENT:
            return context.missing(self, 0, None)
        if value is None:
            return context.foreign(self) if self.rest else None
        for depth, key in enumerate(self.rest, 1):
            holder = value
            value = holder.get(key, ABSENT) if type(holder) is dict else ABSENT
            if value is ABSENT:
                value = context.property(holder, key)
                if value is ABSENT:
                    return context.missing(self, depth, holder)
            if value is None and depth < len(self.rest):
                return context.below_nil(self, depth + 1)
        return value

    def written(self, depth: int) -> str:
        """The path down to a part, as the template writes it."""
        return self.token.source[self.token.start_index : self.ends[depth]]


class ComputedPath(Path):
    """A path with keys that are values themselves, as in `event[key]`. Those keys are always strict."""

    __slots__ = ()

    def evaluate(self, context: Any) -> Any:
        """The value below the keys as they are now."""
        missed = context.missed
        keys = [_key(part.evaluate(context)) if isinstance(part, Expression) else part for part in self.path]
        if context.missed != missed:
            return None
        value = context.names.get(keys[0], ABSENT)
        if value is ABSENT:
            return context.missing(self, 0, None)
        for depth, key in enumerate(keys[1:], 1):
            if value is None:
                return None
            holder, value = value, context.property(value, key)
            if value is ABSENT:
                return context.missing(self, depth, holder)
        return value


class PropertyOf(Expression):
    """A property of something that is no path, as in `"text".size`."""

    __slots__ = ("below", "left", "strict", "text")

    def __init__(self, token: Token, left: Expression, below: list[Any], text: str) -> None:
        super().__init__(token)
        self.left = left
        self.below = below
        self.text = text
        self.strict = True

    def __str__(self) -> str:
        return self.text

    def evaluate(self, context: Any) -> Any:
        """The property's value."""
        value = self.left.evaluate(context)
        for part in self.below:
            if value is None:
                return None
            value = context.property(value, _key(part.evaluate(context)) if isinstance(part, Expression) else part)
            if value is ABSENT:
                return context.missing_text(self.token, self.text, self.strict)
        return value

    def children(self) -> list[Expression]:
        """The value and the keys that are computed."""
        return [self.left, *(part for part in self.below if isinstance(part, Expression))]


def _key(value: Any) -> Any:
    """A computed key as the engines use it: numbers find items, everything else is text."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, float):
        return int(value) if abs(value) < 2**53 and value == int(value) else str(value)
    return value if isinstance(value, (str, int)) else str(value)


def _item(items: Any, key: Any) -> Any:
    """An item of a list or text by its number; a negative one counts from the end."""
    if -len(items) <= key < len(items):
        return items[key]
    return ABSENT


def latest_property(holder: Any, key: Any) -> Any:
    """What LiquidJS finds in a value under a key, or ABSENT."""
    if isinstance(holder, Mapping):
        found = holder.get(key if isinstance(key, str) else str(key), ABSENT)
        return len(holder) if found is ABSENT and key == "size" else found
    if isinstance(holder, (list, range, tuple)):
        if isinstance(key, int):
            return _item(holder, key)
        if key in ("size", "length"):
            return len(holder)
        if key in ("first", "last"):
            return _item(holder, 0 if key == "first" else -1)
        return _item(holder, int(key)) if _is_index(key) else ABSENT
    if isinstance(holder, str):
        if key in ("size", "length"):
            return utf16_length(holder)
        if isinstance(key, int) or _is_index(key):
            return _item(holder, int(key)) if int(key) >= 0 else ABSENT
    return ABSENT


def legacy_property(holder: Any, key: Any) -> Any:
    """What Ruby's Liquid finds in a value under a key, or ABSENT. An item beyond the end of an array is nil."""
    if isinstance(holder, Mapping):
        found = holder.get(key, ABSENT)
        if found is not ABSENT:
            return found
        if key == "size":
            return len(holder)
        if key == "first":
            return next(([name, value] for name, value in holder.items()), None)
        return ABSENT
    if isinstance(holder, (list, range, tuple)):
        if isinstance(key, int):
            found = _item(holder, key)
            return None if found is ABSENT else found
        if key == "size":
            return len(holder)
        if key in ("first", "last"):
            return (holder[0] if key == "first" else holder[-1]) if len(holder) else None
        return ABSENT
    if key != "size" or isinstance(holder, (bool, float)):
        return ABSENT
    return len(holder) if isinstance(holder, str) else 8 if isinstance(holder, int) else ABSENT


def utf16_length(text: str) -> int:
    """How long JavaScript says a text is: an emoji counts as two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _is_index(key: Any) -> bool:
    return isinstance(key, str) and key.isascii() and key.isdecimal() and len(key) < 10 and (key == "0" or key[0] != "0")
