"""Values as data: python-liquid's own objects turned into what JSON can say, and the bounds of what a filter makes of it."""

from liquid.builtin.expressions.primitive import Blank, Empty
from liquid.exceptions import FilterArgumentError
from liquid.undefined import Undefined

from cio_tui.liquid.limits import LIST_LENGTH, TEXT_LENGTH, LimitReached, meter_at_work
from cio_tui.liquid.paths import ABSENT

MAX_NESTING = 100
"""Levels of arrays and objects that a filter walks down. Deeper data is refused, not a crash."""


def plain(value: object) -> object:
    """The value without wrappings. What is missing or was not found is nil; `empty` and `blank` are no text."""
    if value is None or isinstance(value, (str, int, float, list, dict, range)):
        return value
    if isinstance(value, Undefined):
        return value.__liquid__()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, (Empty, Blank)):
        return ""
    return None if value is ABSENT else value


def bounded(length: int) -> None:
    """Refuse to make a text that is longer than a value may be, before it is made."""
    if length > TEXT_LENGTH:
        raise LimitReached(f"A text of {length:,} characters is too long: at most {TEXT_LENGTH:,}")


def bounded_items(count: int) -> None:
    """Refuse to make a list that is longer than a value may be."""
    if count > LIST_LENGTH:
        raise LimitReached(f"A list of {count:,} items is too long: at most {LIST_LENGTH:,}")


class Walk:
    """How much of a value was looked through. Arrays that hold each other can spell out far more than they weigh, and one may be
    looked through for each item of another: all of it is charged to the rendering."""

    __slots__ = ("left", "meter")

    def __init__(self) -> None:
        self.left = TEXT_LENGTH
        self.meter = meter_at_work()

    def visit(self, characters: int = 0) -> None:
        """Count one value of so many characters; refuse when it is more than a value may have."""
        self.left -= characters + 4
        self.meter.spend(1 + (characters >> 2))
        if self.left < 0:
            raise LimitReached(f"A value that spells out to more than {TEXT_LENGTH:,} characters is too long")


def too_deep() -> FilterArgumentError:
    """Data that nests deeper than a filter walks."""
    return FilterArgumentError(f"the value is nested deeper than {MAX_NESTING} levels", token=None)
