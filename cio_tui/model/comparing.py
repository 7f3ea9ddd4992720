"""What `=`, `>` and `contains` mean between a stored value and one that a person wrote (domain.md 4.3).

Filters and segments share these rules. Letter case never counts (S6); numbers kept as text count as numbers (S7); what cannot be
compared is no match, never an error (S8).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Literal, get_args

from cio_tui.model.errors import InputError
from cio_tui.model.instants import parse_iso
from cio_tui.model.limits import FIRST_MILLISECONDS, FIRST_TIMESTAMP

Operator = Literal["!=", ">=", "<=", "=", ">", "<", "~"]
OPERATORS: Final[tuple[Operator, ...]] = get_args(Operator)
"""Longest first, so that the first that fits is the one that was written."""

_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_SECONDS: Final = re.compile(r"[1-9][0-9]{8,10}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?")


def fold(text: str) -> str:
    """The text without its letter case; all case-insensitive comparisons go through here."""
    return text.casefold()


def as_text(value: Any) -> str | None:
    """A stored value as the product's text: `true` and `false` for booleans; None for null, arrays and objects."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    return None


def as_decimal(value: Any) -> Decimal | None:
    """The number that a value is or, as text, spells in plain or exponent notation; None for all else, booleans included."""
    text = as_text(value)
    return Decimal(text) if text is not None and _DECIMAL.fullmatch(text) else None


def as_moment(text: str) -> Decimal | None:
    """Unix seconds of an ISO date or date-time such as `2024-06-01`; None for all else."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return Decimal(parse_iso(text))
    except InputError:
        return None


def as_timestamp(value: Any) -> int | None:
    """The Unix seconds that a value is: a whole number, or its digits as text, that may be a timestamp (domain.md 1.5, S4)."""
    text = as_text(value)
    if text is None or not _SECONDS.fullmatch(text):
        return None
    seconds = int(text)
    return seconds if FIRST_TIMESTAMP < seconds < FIRST_MILLISECONDS else None


def is_present(value: Any) -> bool:
    """`exists`: neither null nor an empty text (DECIDE in 4.3)."""
    return value is not None and value != ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An operator and the text to compare with, made ready once for many values. `~` is "contains".

    With `dates`, an ISO date on the right of `>`, `>=`, `<`, `<=` stands for its Unix seconds.
    """

    operator: Operator
    wanted: str
    dates: bool = False
    _folded: str = field(init=False, repr=False, compare=False)
    _number: Decimal | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        number = as_decimal(self.wanted)
        if number is None and self.dates and self.operator[0] in "<>":
            number = as_moment(self.wanted)
        object.__setattr__(self, "_folded", fold(self.wanted))
        object.__setattr__(self, "_number", number)

    def holds(self, values: Iterable[Any]) -> bool:
        """Whether any value satisfies the operator; `!=` negates `=` as a whole, so no value satisfies it too (4.3, 4.6)."""
        if self.operator == "!=":
            return not any(self._equals(value) for value in values)
        return any(self.holds_for(value) for value in values)

    def holds_for(self, value: Any) -> bool:
        """Whether this one value satisfies the operator."""
        if self.operator in ("=", "!="):
            return self._equals(value) == (self.operator == "=")
        if self.operator == "~":
            text = as_text(value)
            return text is not None and self._folded in fold(text)
        number = as_decimal(value)
        if number is None or self._number is None:
            return False
        if self.operator == ">":
            return number > self._number
        if self.operator == ">=":
            return number >= self._number
        if self.operator == "<":
            return number < self._number
        return number <= self._number

    def _equals(self, value: Any) -> bool:
        text = as_text(value)
        if text is None:
            return False
        if fold(text) == self._folded:
            return True
        return self._number is not None and as_decimal(value) == self._number
