"""Values as LiquidJS sees them: JavaScript's text, numbers, truth, equality and order."""

import math
import re
from collections.abc import Mapping
from functools import cmp_to_key

from cio_tui.liquid.filters.plain import MAX_NESTING, Walk, plain, too_deep

SPACES = "\t\n\v\f\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What JavaScript counts as white space."""

_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_PREFIXED = re.compile(r"0(?:[xX][0-9a-fA-F]+|[bB][01]+|[oO][0-7]+)", re.ASCII)
_EXACT = 2**53
_LONGEST_NUMBER = 1_100


def data(value: object) -> object:
    """The value as LiquidJS has it: a range is an array there."""
    return list(value) if isinstance(value, range) else plain(value)


def to_text(value: object) -> str:
    """The text of a value: nil is empty, arrays are their items' texts joined, objects say nothing of themselves."""
    value = data(value)
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, list):
        parts: list[str] = []
        _spell(value, parts, Walk(), 0)
        return "".join(parts)
    return "[object Object]"


def _spell(items: list[object], parts: list[str], walk: Walk, depth: int) -> None:
    if depth >= MAX_NESTING:
        raise too_deep()
    for item in items:
        if isinstance(item, list):
            walk.visit()
            _spell(item, parts, walk, depth + 1)
        else:
            text = to_text(item)
            walk.visit(len(text))
            parts.append(text)


def number_text(number: float) -> str:
    """A number as JavaScript prints it: `23.0` is 23, 21 digits before `1e+21`, at most six zeros before `1e-7`."""
    if isinstance(number, int) and -_EXACT <= number <= _EXACT:
        return str(number)
    number = to_double(number)
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    mantissa, _, exponent = f"{abs(number)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    point = len(whole) + int(exponent or 0)
    digits = (whole + fraction).lstrip("0")
    point -= len(whole + fraction) - len(digits)
    digits = digits.rstrip("0")
    return sign + _laid_out(digits, point)


def _laid_out(digits: str, point: int) -> str:
    if len(digits) <= point <= 21:
        return digits.ljust(point, "0")
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{tail}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def to_double(number: float) -> float:
    """The number as 64 bits hold it; what is beyond them is infinite."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def coerced(value: object) -> float:
    """JavaScript's `Number(value)`: NaN when it is none. Hexadecimal, octal and binary text counts, an array is its text."""
    value = data(value)
    if value is None:
        return 0
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        return value if isinstance(value, int) and abs(value) <= _EXACT else _tidy(to_double(value))
    if isinstance(value, list):
        value = comma_joined(value)
    return _number_of_text(value) if isinstance(value, str) else math.nan


def _number_of_text(text: str) -> float:
    text = text.strip(SPACES)
    if not text:
        return 0
    if len(text) > _LONGEST_NUMBER:
        return math.nan
    if _PREFIXED.fullmatch(text):
        return _tidy(to_double(int(text, 0)))
    if _DECIMAL.fullmatch(text):
        return _tidy(float(text))
    return {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}.get(text, math.nan)


def _tidy(number: float) -> float:
    """Whole numbers that 64 bits hold exactly, as int: quicker, and they print the same."""
    if math.isfinite(number) and abs(number) <= _EXACT and number == int(number):
        return int(number)
    return number


def tidy(number: float) -> float:
    """A result of arithmetic as the next filter takes it."""
    if isinstance(number, int):
        return number if abs(number) <= _EXACT else to_double(number)
    return _tidy(number)


def to_number(value: object) -> float:
    """The number that an arithmetic filter works on: what is no number is 0."""
    number = coerced(value)
    return 0 if math.isnan(number) else number


def index(value: object, absent: int = 0) -> int:
    """A position or count: towards zero, and what is no number is `absent`. Bounded, so that no arithmetic on it is slow."""
    number = coerced(value)
    if math.isnan(number):
        return absent
    return int(max(-(10**9), min(10**9, number)))


def to_list(value: object) -> list[object]:
    """The list that an array filter works on: nil is none, a single value is a list of one."""
    value = data(value)
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def stringified(value: object) -> str:
    """JavaScript's `String(value)`, which knows nothing of Liquid: nil is `null`, arrays have commas."""
    value = data(value)
    if isinstance(value, list):
        return comma_joined(value)
    return "null" if value is None else to_text(value)


def given(value: object) -> bool:
    """Whether JavaScript takes an argument for true: 0 and empty text are as good as absent."""
    return value is not None and value is not False and value not in ("", 0)


def truthy(value: object) -> bool:
    """Whether a condition takes the value for true: everything but nil and false."""
    value = data(value)
    return value is not None and value is not False


def equal(left: object, right: object) -> bool:
    """`==` of LiquidJS: no conversion between kinds; arrays item by item; an object equals only itself."""
    left, right = data(left), data(right)
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return to_double(left) == to_double(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, list) and isinstance(right, list):
        return _equal_lists(left, right, Walk(), 0)
    return left is right


def _equal_lists(left: list[object], right: list[object], walk: Walk, depth: int) -> bool:
    if left is right:
        return True
    if len(left) != len(right):
        return False
    if depth >= MAX_NESTING:
        raise too_deep()
    for mine, other in zip(left, right, strict=True):
        walk.visit()
        if isinstance(mine, list) and isinstance(other, list):
            if not _equal_lists(mine, other, walk, depth + 1):
                return False
        elif not equal(mine, other):
            return False
    return True


def comma_joined(items: list[object], separator: str = ",") -> str:
    """An array as JavaScript's `String()` writes it, and as `join` does with its own separator between the outermost items."""
    walk, parts = Walk(), []
    for item in items:
        text = _commas(item, walk, 0) if isinstance(item, list) else to_text(item)
        walk.visit(len(text) + len(separator))
        parts.append(text)
    return separator.join(parts)


def _commas(items: list[object], walk: Walk, depth: int) -> str:
    if depth >= MAX_NESTING:
        raise too_deep()
    parts = []
    for item in items:
        text = _commas(item, walk, depth + 1) if isinstance(item, list) else to_text(item)
        walk.visit(len(text))
        parts.append(text)
    return ",".join(parts)


def primitive(value: object) -> object:
    """What JavaScript's `<` compares an array or object by: its text."""
    value = data(value)
    if isinstance(value, list):
        return comma_joined(value)
    return "[object Object]" if isinstance(value, Mapping) else value


def less(left: object, right: object) -> bool:
    """JavaScript's `<`: texts by their UTF-16 units, everything else as numbers, and no number is less than none."""
    left, right = primitive(left), primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        return left != right and units(left) < units(right)
    return coerced(left) < coerced(right)


def compared(left: object, right: object) -> int:
    """Before (-1), behind (1) or level (0), as `sort` orders: nil comes last."""
    if left is None or right is None:
        return (left is None) - (right is None)
    if less(left, right):
        return -1
    return 1 if less(right, left) else 0


by_order = cmp_to_key(compared)


def units(text: str) -> bytes:
    """The text's UTF-16 units, in bytes that compare as the units do."""
    return text.encode("utf-16-be", "surrogatepass")


def length(text: str) -> int:
    """JavaScript's length of a text: an emoji counts as two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map("\uffff".__lt__, text))


def cut(text: str, start: int, stop: int) -> str:
    """The units from `start` up to `stop`. Half an emoji prints as U+FFFD, as it does when JavaScript writes UTF-8."""
    if text.isascii() or length(text) == len(text):
        return text[start:stop]
    return units(text)[2 * start : 2 * stop].decode("utf-16-be", "replace")
