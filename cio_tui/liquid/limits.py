"""What one template may cost. Everything is counted, nothing is timed, so the same template always ends at the same place."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from liquid.token import Token

SOURCE_LENGTH: Final = 1_000_000
"""Characters of one template or snippet."""
MARKUPS: Final = 20_000
"""Tags and outputs of one template."""
BLOCK_DEPTH: Final = 100
"""Blocks inside one another, as Ruby's Liquid has it."""
NESTING: Final = 160
"""Blocks inside one another when the partials under way are counted in."""
PARTIAL_DEPTH: Final = 20
"""Partials, snippets and stored texts inside one another."""
VALUES: Final = 25_000
"""Values, keys and filters that one template writes."""
PARTIAL_WORK: Final = 50
"""Units of work for setting up a partial."""
TERMS: Final = 100
"""Values and operators of one condition."""
BRACKETS: Final = 25
"""Keys in brackets inside one another."""
RANGE_LENGTH: Final = 100_000
LIST_LENGTH: Final = 200_000
"""Items of a list that a filter makes."""
ITERATIONS: Final = 100_000
"""Turns of all loops of one rendering together."""
TEXT_LENGTH: Final = 1_000_000
"""Characters of one value: what a filter or `capture` makes."""
HELD_LENGTH: Final = 10_000_000
"""Characters and items that the variables of one rendering hold together."""
OUTPUT_BYTES: Final = 5_000_000
INTEGER_BITS: Final = 4_096
WORK: Final = 2_000_000
"""Units of work of one rendering: about a second's worth. One unit is a value looked at, or four characters that go through
a filter; an item of a list that does is eight."""
PROBLEMS: Final = 200


class LimitReached(Exception):
    """A limit was passed. `token` is the place and `sheet` that of the text it stands in, filled in by whatever first knows
    them."""

    def __init__(self, message: str, token: Token | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.token = token
        self.sheet: Any = None


class Meter:
    """Counts what one rendering, with all its partials, has used up."""

    __slots__ = ("held", "iterations", "nesting", "partials", "work")

    def __init__(self) -> None:
        self.work = WORK
        self.iterations = 0
        self.held = 0
        self.partials = 0
        self.nesting = 0

    def spend(self, units: int) -> None:
        """Take units of work off the account."""
        self.work -= units
        if self.work < 0:
            raise LimitReached(f"This template does too much work: more than {WORK:,} steps")

    def turn(self) -> None:
        """Count one turn of a loop."""
        self.iterations += 1
        if self.iterations > ITERATIONS:
            raise LimitReached(f"The loops of this template turn more than {ITERATIONS:,} times together")

    def hold(self, gained: int) -> None:
        """Count what a variable holds now, less what it held before."""
        self.held += gained
        if self.held > HELD_LENGTH:
            raise LimitReached(f"The variables of this template hold more than {HELD_LENGTH:,} characters")

    def weigh(self, value: object) -> int:
        """Charge for a value that a filter made or took, and refuse one that is too big. Gives its size."""
        kind = type(value)
        if kind is str:
            size = len(value)  # type: ignore[arg-type]
            if size > TEXT_LENGTH:
                raise LimitReached(f"A text of {size:,} characters is too long: at most {TEXT_LENGTH:,}")
            self.work -= size >> 2
        elif kind is list:
            size = len(value)  # type: ignore[arg-type]
            if size > LIST_LENGTH:
                raise LimitReached(f"A list of {size:,} items is too long: at most {LIST_LENGTH:,}")
            self.work -= size << 3
        elif kind is int:
            size = 1
            if value.bit_length() > INTEGER_BITS:  # type: ignore[attr-defined]
                raise LimitReached("A whole number of more than 1,200 digits is too big")
        else:
            size = 1
        if self.work < 0:
            self.spend(0)
        return size


_METER: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def metered(meter: Meter) -> Iterator[None]:
    """While a rendering is under way, values that are looked through are charged to its meter, wherever that happens."""
    token = _METER.set(meter)
    try:
        yield
    finally:
        _METER.reset(token)


def meter_at_work() -> Meter:
    """The meter of the rendering under way; outside of one, a meter of its own."""
    return _METER.get() or Meter()


class Buffer:
    """Where rendered text goes. It refuses to grow beyond its limit and keeps every character as it is written."""

    __slots__ = ("left", "limit", "parts", "words")

    def __init__(self, limit: int = OUTPUT_BYTES, words: str = "The text that comes out is longer than {:,} bytes") -> None:
        self.parts: list[str] = []
        self.limit = limit
        self.left = limit
        self.words = words

    def write(self, text: str) -> int:
        """Take a piece of text."""
        self.left -= len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
        if self.left < 0:
            raise LimitReached(self.words.format(self.limit))
        self.parts.append(text)
        return 0

    def getvalue(self) -> str:
        """All text so far."""
        return "".join(self.parts)
