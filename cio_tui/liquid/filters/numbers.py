"""Arithmetic. LiquidJS has doubles only and never fails; Ruby keeps integers whole, and computes decimals exactly."""

import math
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException, localcontext
from typing import Any, Final

from liquid.context import RenderContext

from cio_tui.liquid.draws import Draws
from cio_tui.liquid.filters import javascript as js
from cio_tui.liquid.filters import ruby
from cio_tui.liquid.filters.calling import Filter, refused
from cio_tui.liquid.paths import ABSENT

_EXACT = Context(prec=800, Emax=10_000, Emin=-10_000)


def abs_(value: object) -> float:
    """The number without its sign."""
    return js.tidy(abs(js.to_number(value)))


def plus(value: object, other: object = math.nan) -> float:
    """The sum. Text that is no number counts as 0 (so do all filters here)."""
    return js.tidy(js.to_number(value) + _operand(other))


def minus(value: object, other: object = math.nan) -> float:
    """The difference."""
    return js.tidy(js.to_number(value) - _operand(other))


def times(value: object, other: object = math.nan) -> float:
    """The product; `5 | times: 2.0` is 10."""
    return js.tidy(js.to_number(value) * _operand(other))


def _operand(other: object) -> float:
    return math.nan if isinstance(other, float) and math.isnan(other) else js.to_number(other)


def divided_by(value: object, other: object = math.nan, whole: object = False) -> float:
    """The quotient with its fraction: `10 | divided_by: 4` is 2.5. A third argument rounds it down.

    What Customer.io's own pages say of whole numbers ("rounds down") is Ruby's rule; this is what LiquidJS does.
    """
    quotient = _quotient(js.to_number(value), _operand(other))
    return _rounded(math.floor, quotient) if js.to_number(whole) else js.tidy(quotient)


def _quotient(value: float, other: float) -> float:
    if other == 0:
        if value == 0 or math.isnan(value):
            return math.nan
        return math.copysign(math.inf, value) * math.copysign(1, other)
    return value / other


def modulo(value: object, other: object = math.nan) -> float:
    """The remainder with the divisor's sign: `-3 | modulo: 2` is 1, `3 | modulo: -2` is -1."""
    number, divisor = js.to_number(value), _operand(other)
    return js.tidy(_remainder(_remainder(number, divisor) + divisor, divisor))


def _remainder(number: float, divisor: float) -> float:
    if divisor == 0 or not math.isfinite(number) or math.isnan(divisor):
        return math.nan
    return math.fmod(number, divisor)


def ceil(value: object) -> float:
    """The next whole number up."""
    return _rounded(math.ceil, js.to_number(value))


def floor(value: object) -> float:
    """The next whole number down."""
    return _rounded(math.floor, js.to_number(value))


def _rounded(way: Callable[[float], int], number: float) -> float:
    return js.tidy(way(number)) if math.isfinite(number) else number


def round_(value: object, digits: object = 0) -> float:
    """Rounded at so many decimals, halves away from 0: `2.5` is 3, `-2.5` is -3, `1.005 | round: 2` is 1.01.

    Digits that are no whole number leave the number as it is.
    """
    number, places = js.to_number(value), js.to_number(digits)
    if not math.isfinite(places) or places != int(places):
        return number
    if not math.isfinite(number):
        return number
    shift = max(-400, min(400, int(places)))
    with localcontext(_EXACT):
        rounded = Decimal(repr(abs(number))).quantize(Decimal(1).scaleb(-shift), ROUND_HALF_UP)
    return js.tidy(float(rounded if number >= 0 else -rounded))


def at_least(value: object, *others: object) -> float:
    """The number, or the largest of the others when that is larger."""
    return js.tidy(max(js.to_number(number) for number in (value, *others)))


def at_most(value: object, *others: object) -> float:
    """The number, or the smallest of the others when that is smaller."""
    return js.tidy(min(js.to_number(number) for number in (value, *others)))


def to_integer(value: object) -> float:
    """JavaScript's `Number(value)`, fraction and all: that is what LiquidJS does under this name."""
    return js.coerced(value)


def sample(value: object, count: object = 1, *, context: RenderContext) -> object:
    """Items drawn from an array, or characters from a text: one as itself, several as an array."""
    held = list(value) if isinstance(value, str) else js.to_list(value)
    many = min(js.index(count), len(held))
    drawn_items = _draws(context).sample(held, max(many, 0))
    if js.index(count) == 1:
        return drawn_items[0] if drawn_items else ABSENT
    return drawn_items


def random(value: object, *, context: RenderContext) -> int:
    """A whole number from 0 to the value, both possible; drawn from the scope's seed, so that a preview repeats."""
    most = js.index(value)
    return _draws(context).between(min(0, most), max(0, most))


def _draws(context: RenderContext) -> Draws:
    source: Draws = context.draws  # type: ignore[attr-defined]
    return source


LATEST: Final[Mapping[str, Filter]] = {
    "abs": abs_,
    "at_least": at_least,
    "at_most": at_most,
    "ceil": ceil,
    "divided_by": divided_by,
    "floor": floor,
    "minus": minus,
    "modulo": modulo,
    "plus": plus,
    "random": random,
    "round": round_,
    "sample": sample,
    "times": times,
    "to_integer": to_integer,
}


def _computed(compute: Callable[[Any, Any], Any]) -> Filter:
    """A filter of two numbers, in Ruby's arithmetic."""

    def result(value: object, other: object) -> float:
        return _settled(lambda: compute(ruby.to_exact(value), ruby.to_exact(other)))

    return result


def _settled(compute: Callable[[], int | Decimal]) -> float:
    with localcontext(_EXACT):
        try:
            result = compute()
            return ruby.sized(result) if isinstance(result, int) else float(result)
        except ZeroDivisionError:
            raise refused("divided by 0") from None
        except DecimalException:
            raise refused("the result is no number") from None


def _floored(number: int | Decimal, other: int | Decimal) -> int | Decimal:
    if isinstance(number, int) and isinstance(other, int):
        return number // other
    if other == 0:
        return Decimal("NaN") if number == 0 else Decimal("Infinity").copy_sign(Decimal(number))
    return Decimal(number) / Decimal(other)


def _ruby_modulo(number: int | Decimal, other: int | Decimal) -> int | Decimal:
    if other == 0:
        raise ZeroDivisionError
    if isinstance(number, int) and isinstance(other, int):
        return number % other
    rest = Decimal(number) % Decimal(other) or Decimal(0)
    return rest + other if rest and (rest < 0) != (other < 0) else rest


def _ruby_round(value: object, digits: object = 0) -> float:
    places = int(max(-400, min(400, ruby.to_number(digits))))
    number = ruby.to_exact(value)
    if isinstance(number, int) and places >= 0:
        return number
    with localcontext(_EXACT):
        try:
            rounded = Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        except DecimalException:
            raise refused("the number is infinite or none") from None
    return ruby.sized(int(rounded)) if places <= 0 else float(rounded)


def _ruby_whole(way: Callable[[int | Decimal], int]) -> Filter:
    def whole(value: object) -> int:
        number = ruby.to_exact(value)
        if isinstance(number, Decimal) and not number.is_finite():
            raise refused("the number is infinite or none")
        return ruby.sized(way(number))

    return whole


def _ruby_abs(value: object) -> float:
    number = ruby.to_exact(value)
    return _settled(lambda: -number if number < 0 else number)


LEGACY: Final[Mapping[str, Filter]] = {
    "abs": _ruby_abs,
    "at_least": _computed(max),
    "at_most": _computed(min),
    "ceil": _ruby_whole(math.ceil),
    "divided_by": _computed(_floored),
    "floor": _ruby_whole(math.floor),
    "minus": _computed(lambda number, other: number - other),
    "modulo": _computed(_ruby_modulo),
    "plus": _computed(lambda number, other: number + other),
    "random": random,
    "round": _ruby_round,
    "times": _computed(lambda number, other: number * other),
}
