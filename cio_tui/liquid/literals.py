"""Values that stand in a template as they are: text, numbers, ranges."""

import math
import re
from typing import Any, Final

from liquid.builtin.expressions.primitive import FloatLiteral, IntegerLiteral
from liquid.builtin.expressions.primitive import RangeLiteral as TreeRange
from liquid.builtin.expressions.primitive import StringLiteral as TreeString
from liquid.expression import Expression
from liquid.token import Token

from cio_tui.liquid.filters import javascript
from cio_tui.liquid.limits import RANGE_LENGTH, LimitReached
from cio_tui.liquid.profiles import Profile

_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{0,4})|([0-7]{1,3})|(.))", re.DOTALL)
_NAMED: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_EXACT: Final = 2**53


class Text(TreeString):
    """A quoted text."""

    __slots__ = ()

    def evaluate(self, _: Any) -> str:
        """The text."""
        return self.value


class Range(TreeRange):
    """A range such as `(1..5)`."""

    __slots__ = ("profile",)

    def __init__(self, token: Token, start: Expression, stop: Expression, profile: Profile) -> None:
        super().__init__(token, start, stop)
        self.profile = profile

    def span(self, context: Any) -> range:
        """The numbers of the range, not yet written out."""
        start, stop = self.start.evaluate(context), self.stop.evaluate(context)
        start, stop = _latest_bounds(start, stop) if self.profile == "latest" else (_legacy_bound(start), _legacy_bound(stop))
        if stop - start >= RANGE_LENGTH:
            raise LimitReached(f"The range of {stop - start + 1:,} numbers is too long: at most {RANGE_LENGTH:,}", self.token)
        return range(start, stop + 1)

    def evaluate(self, context: Any) -> Any:
        """LiquidJS makes an array of a range, Ruby keeps it one."""
        span = self.span(context)
        if self.profile == "legacy":
            return span
        context.meter.spend(len(span))
        return list(span)


def _latest_bounds(start: Any, stop: Any) -> tuple[int, int]:
    """LiquidJS counts on while it is less than the last number and one: (1..2.5) is 1, 2 and 3. What is no number gives none."""
    low, high = javascript.coerced(start), javascript.coerced(stop)
    if math.isnan(low) or math.isnan(high):
        return 1, 0
    return int(max(-_EXACT, min(_EXACT, low))), math.ceil(max(-_EXACT, min(_EXACT, high)))


def _legacy_bound(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return 0
    if isinstance(value, str):
        found = re.match(r"\s*[+-]?\d{1,18}", value)
        return int(found[0]) if found else 0
    return int(value) if abs(value) < _EXACT * 1024 else 0


def number(token: Token, profile: Profile) -> Expression:
    """The number that a token writes. LiquidJS knows one kind of number only, so there `23.0` is 23."""
    text = token.value
    if "." not in text and (profile == "legacy" or len(text) < 17):
        return IntegerLiteral(token, int(text[:4000]))
    value = float(text)
    if profile == "latest" and abs(value) <= _EXACT and value == int(value):
        return IntegerLiteral(token, int(value))
    return FloatLiteral(token, value)


def unescaped(text: str) -> str:
    """A quoted text with LiquidJS's escapes resolved. Ruby has none."""
    return _ESCAPE.sub(_resolved, text) if "\\" in text else text


def _resolved(found: re.Match[str]) -> str:
    if found[1] is not None:
        return chr(int(found[1] or "0", 16))
    if found[2] is not None:
        return chr(int(found[2], 8))
    return _NAMED.get(found[3], found[3])
