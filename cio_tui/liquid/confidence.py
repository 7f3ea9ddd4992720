"""Where we answer without being sure that Customer.io answers alike: a note at the place, which fails nothing.

A row is what one test send from the product would settle. Then it goes away here, and docs/fidelity.md says what was seen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from liquid.builtin.expressions.primitive import FloatLiteral, IntegerLiteral, StringLiteral

from cio_tui.liquid.filtered import Filter
from cio_tui.liquid.profiles import PROFILES, Profile

Arises = Callable[[Filter, Sequence[Filter]], bool]
"""Whether a filter is in doubt as it is written; the second argument are those behind it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What we answer, and what else is possible."""

    ours: str
    other: str
    arises: Arises = lambda _filter, _behind: True
    profiles: tuple[Profile, ...] = PROFILES


def _keeps_a_fraction(_one: Filter, behind: Sequence[Filter]) -> bool:
    return not behind or behind[0].name != "floor"


def _below_zero(one: Filter, _behind: Sequence[Filter]) -> bool:
    return bool(one.values) and isinstance(one.values[0], (IntegerLiteral, FloatLiteral)) and one.values[0].value < 0


def _ordinal(one: Filter, _behind: Sequence[Filter]) -> bool:
    return _text(one, 0) == "ordinal"


def _named_zone(one: Filter, _behind: Sequence[Filter]) -> bool:
    return len(one.values) > 1 and "%Z" in _text(one, 0)


def _text(one: Filter, place: int) -> str:
    value: Any = one.values[place] if len(one.values) > place else None
    return value.value if isinstance(value, StringLiteral) else ""


_MONTHS: Final = Doubt("of a month that is too short the last day is taken", "Customer.io may go on into the next month.")
_ORDINAL: Final = Doubt("ordinals have no zero before them, as in 7th", "Customer.io may print 07th.", _ordinal, ("latest",))

FILTERS: Final[Mapping[str, Doubt]] = {
    "divided_by": Doubt(
        "whole numbers keep their fraction, 10 by 4 is 2.5",
        "Customer.io may round down. With | floor behind it there is no doubt.",
        _keeps_a_fraction,
        ("latest",),
    ),
    "modulo": Doubt("the sign is the divisor's", "Customer.io may never be below 0.", _below_zero, ("latest",)),
    "date": Doubt(
        "%Z is the zone's name as it was given", "Customer.io may print an abbreviation such as CEST.", _named_zone, ("latest",)
    ),
    "date_to_string": _ORDINAL,
    "date_to_long_string": _ORDINAL,
    "random": Doubt("both 0 and the number itself can come", "Customer.io may stop one before it."),
    "titlecase": Doubt("capitals within a word become small", "Customer.io may leave them."),
    **dict.fromkeys(("add_month", "subtract_month", "add_year", "subtract_year"), _MONTHS),
}
"""Filters by name."""

TAGS: Final[Mapping[str, Doubt]] = {
    "countdown": Doubt("a line of words stands for the picture", "Only Customer.io draws it."),
    "random": FILTERS["random"],
    "unsubscribe": Doubt("the words of the link are ours", "Only the link is documented."),
    "view_in_browser": Doubt("the words of the link are ours", "Only the link is documented."),
}
"""Tags by name."""


def of_filter(chain: Sequence[Filter], place: int, profile: Profile) -> Doubt | None:
    """The doubt about one filter of a chain, if there is one."""
    one = chain[place]
    doubt = FILTERS.get(one.name)
    return doubt if doubt is not None and profile in doubt.profiles and doubt.arises(one, chain[place + 1 :]) else None
