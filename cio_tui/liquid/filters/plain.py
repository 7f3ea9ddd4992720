"""Values as data: python-liquid's own objects, a missing value among them, turned into what JSON can say."""

from liquid.builtin.expressions.primitive import Blank, Empty
from liquid.exceptions import FilterArgumentError
from liquid.undefined import Undefined

MAX_NESTING = 100
"""Levels of arrays and objects that a filter walks down. Deeper data is refused, not a crash."""

MAX_TEXT = 1_000_000
"""Characters that one filter may make. It is as much as a whole message may have."""

MAX_ITEMS = 200_000
"""Items of a list that one filter may make."""


def plain(value: object) -> object:
    """The value without python-liquid's wrappings: a missing value is nil, `empty` and `blank` are no text.

    Asking a missing value for its value is what reports it (see the missing-value rule, L1).
    """
    if value is None or isinstance(value, (str, int, float, list, dict, range)):
        return value
    if isinstance(value, Undefined):
        return value.__liquid__()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, (Empty, Blank)):
        return ""
    return value


def bounded(length: int) -> None:
    """Refuse to make a text of `length` characters when that is more than a message may have."""
    if length > MAX_TEXT:
        raise FilterArgumentError(f"the result would be {length:,} characters long; {MAX_TEXT:,} are the most", token=None)


def bounded_items(count: int) -> None:
    """Refuse to make a list of `count` items when that is more than a message can use."""
    if count > MAX_ITEMS:
        raise FilterArgumentError(f"the result would have {count:,} items; {MAX_ITEMS:,} are the most", token=None)


class Walk:
    """How much of a value a filter has visited. Arrays that hold each other can spell out far more than they weigh."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MAX_TEXT

    def visit(self, characters: int = 0) -> None:
        """Count one value of so many characters; refuse when it is more than a message may have."""
        self.left -= characters + 4
        if self.left < 0:
            raise FilterArgumentError(f"the value spells out to more than {MAX_TEXT:,} characters", token=None)


def too_deep() -> FilterArgumentError:
    """Data that nests deeper than a filter walks."""
    return FilterArgumentError(f"the value is nested deeper than {MAX_NESTING} levels", token=None)
