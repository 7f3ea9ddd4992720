"""Values as Ruby's Liquid sees them: Ruby's text, inspect, numbers, truth, equality and order."""

import math
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cmp_to_key

from liquid.exceptions import FilterArgumentError

from cio_tui.liquid.filters.plain import MAX_NESTING, Walk, plain, too_deep

SPACES = "\t\n\v\f\r \0"
"""What Ruby strips: white space of ASCII, and NUL."""

MAX_DIGITS = 1_200
"""Digits of an integer. Ruby has no bound; more than this is an attack, and slow to print."""

_INTEGER = re.compile(r"[+-]?\d+(?:_\d+)*", re.ASCII)
_DECIMAL = re.compile(r"-?\d+\.\d+", re.ASCII)
_INTERPOLATION = re.compile("#(?=[{$@])")
_NAMED = {
    "\a": "\\a",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\v": "\\v",
    "\f": "\\f",
    "\r": "\\r",
    "\x1b": "\\e",
    '"': '\\"',
    "\\": "\\\\",
}
_UNSHOWN = {"Cc", "Cn", "Zl", "Zp", "Cs"}


def to_text(value: object) -> str:
    """Ruby's `to_s`, which text filters read: nil is empty, arrays and objects are what `inspect` shows."""
    value = plain(value)
    if isinstance(value, str):
        return value
    return "" if value is None else inspect(value)


def printed(value: object) -> str:
    """What `{{ value }}` writes: as `to_text`, but arrays are their items' texts joined, however they nest."""
    value = plain(value)
    return joined(flat(value), "") if isinstance(value, list) else to_text(value)


def inspect(value: object) -> str:
    """Ruby's way to show a value: `{"a"=>1, "b"=>[nil, "x"]}`."""
    parts: list[str] = []
    _inspect(value, parts, Walk(), 0)
    return "".join(parts)


def _inspect(value: object, parts: list[str], walk: Walk, depth: int) -> None:
    value = plain(value)
    if depth >= MAX_NESTING:
        raise too_deep()
    if isinstance(value, list):
        parts.append("[")
        for position, item in enumerate(value):
            parts.append(", " if position else "")
            _inspect(item, parts, walk, depth + 1)
        parts.append("]")
        walk.visit(2)
        return
    if isinstance(value, Mapping):
        parts.append("{")
        for position, (name, item) in enumerate(value.items()):
            parts.append(f"{', ' if position else ''}{_quoted(str(name))}=>")
            walk.visit(len(parts[-1]))
            _inspect(item, parts, walk, depth + 1)
        parts.append("}")
        walk.visit(2)
        return
    parts.append(_atom(value))
    walk.visit(len(parts[-1]))


def _atom(value: object) -> str:
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(sized(value))
    if isinstance(value, range):
        return f"{value.start}..{value.stop - 1}"
    return float_text(value) if isinstance(value, float) else _quoted(str(value))


def _quoted(text: str) -> str:
    if text.isalnum():
        return f'"{text}"'
    shown = "".join([_escaped(character) for character in text])
    return '"' + _INTERPOLATION.sub(r"\#", shown) + '"'


def _escaped(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    if character != "\x85" and unicodedata.category(character) in _UNSHOWN:
        return f"\\u{ord(character):04X}" if character <= "\uffff" else f"\\u{{{ord(character):X}}}"
    return character


def float_text(number: float) -> str:
    """A float as Ruby prints it: always with a fraction, `1.0e+16` from 16 digits on, `1.0e-05` below four zeros."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    mantissa, mark, exponent = repr(number).partition("e")
    if not mark and (abs(number) < 10**15 or not mantissa.endswith(".0")):
        return mantissa
    if not mark:
        whole = mantissa.partition(".")[0].lstrip("-")
        mantissa, exponent = repr(number / 10 ** (len(whole) - 1)), f"+{len(whole) - 1}"
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}e{exponent}"


def sized(number: int) -> int:
    """The integer, when it has not more digits than a message could use."""
    if number.bit_length() > MAX_DIGITS * 3.33:
        raise FilterArgumentError(f"the number has more than {MAX_DIGITS:,} digits", token=None)
    return number


def to_exact(value: object) -> int | Decimal:
    """The number that arithmetic works on: integers stay exact, floats are decimal, text counts by how it begins, else 0."""
    value = plain(value)
    if isinstance(value, bool) or value is None:
        return 0
    if isinstance(value, int):
        return sized(value)
    if isinstance(value, float):
        return Decimal(repr(value))
    if not isinstance(value, str):
        return 0
    stripped = value.strip(SPACES)
    if len(stripped) > MAX_DIGITS:
        raise FilterArgumentError(f"a number may have {MAX_DIGITS:,} digits at most", token=None)
    if _DECIMAL.fullmatch(stripped):
        return Decimal(stripped)
    found = _INTEGER.match(value.lstrip(SPACES))
    return int(found[0].replace("_", "")) if found else 0


def to_number(value: object) -> float:
    """As `to_exact`, with floats for decimals."""
    exact = to_exact(value)
    return exact if isinstance(exact, int) else float(exact)


def to_integer(value: object) -> int:
    """A position or count. Text must be a whole number; anything else is an error, as in Ruby."""
    value = plain(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return max(-(10**9), min(10**9, value))
    text = to_text(value).strip(SPACES)
    try:
        return max(-(10**9), min(10**9, _strict_integer(text)))
    except ValueError:
        raise FilterArgumentError(f"{text[:60]!r} is not a whole number", token=None) from None


def _strict_integer(text: str) -> int:
    if not text.isascii() or len(text) > MAX_DIGITS:
        raise ValueError(text)
    digits = text.lstrip("+-")
    if len(text) - len(digits) <= 1 and len(digits) > 1 and digits[0] == "0" and digits[1] in "_01234567":
        return int(text.replace("0", "0o0", 1), 0)
    return int(text, 0)


def flat(items: list[object]) -> list[object]:
    """The items of an array and of all arrays in it."""
    out: list[object] = []
    _flatten(items, out, Walk(), 0)
    return out


def _flatten(items: list[object], out: list[object], walk: Walk, depth: int) -> None:
    if depth >= MAX_NESTING:
        raise too_deep()
    for item in items:
        walk.visit()
        if isinstance(item, list):
            _flatten(item, out, walk, depth + 1)
        else:
            out.append(item)


def joined(items: list[object], separator: str) -> str:
    """The items' texts with the separator between them."""
    walk, parts = Walk(), []
    for item in items:
        text = to_text(item)
        walk.visit(len(text) + len(separator))
        parts.append(text)
    return separator.join(parts)


def to_list(value: object) -> list[object]:
    """The list that an array filter works on: nested arrays are flattened, a single value is a list of one, nil is none."""
    value = plain(value)
    if isinstance(value, list):
        return flat(value) if any(isinstance(item, list) for item in value) else value
    if isinstance(value, range):
        return list(value)
    return [] if value is None else [value]


def truthy(value: object) -> bool:
    """Whether a condition takes the value for true: everything but nil and false."""
    value = plain(value)
    return value is not None and value is not False


def equal(left: object, right: object) -> bool:
    """`==` of Ruby: 1 is 1.0, arrays and objects by what they hold, and nothing is converted."""
    return _equal(plain(left), plain(right), Walk(), 0)


def _equal(left: object, right: object, walk: Walk, depth: int) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        if left is right:
            return True
        if depth >= MAX_NESTING:
            raise too_deep()
        walk.visit()
        return len(left) == len(right) and all(_equal(a, b, walk, depth + 1) for a, b in zip(left, right, strict=True))
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        if left is right:
            return True
        if depth >= MAX_NESTING:
            raise too_deep()
        walk.visit()
        return left.keys() == right.keys() and all(_equal(left[name], right[name], walk, depth + 1) for name in left)
    walk.visit()
    return left == right


def compared(left: object, right: object) -> int:
    """Before (-1), behind (1) or level (0), as `sort` orders: nil comes last, and kinds that do not compare are an error."""
    if left is None or right is None:
        return (left is None) - (right is None)
    order = _order(left, right)
    if order is None:
        raise FilterArgumentError("cannot sort values of incompatible types", token=None)
    return order


def _order(left: object, right: object) -> int | None:
    if isinstance(left, (bool, list, Mapping)) or isinstance(right, bool):
        return 0 if equal(left, right) else None
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return (left > right) - (left < right)
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    return None


by_order = cmp_to_key(compared)


def lowered(text: str) -> str:
    """The text as Ruby's `casecmp` reads it: only the letters of ASCII lose their case."""
    return re.sub("[A-Z]+", lambda found: found[0].lower(), text)


def is_number(text: str) -> bool:
    """Whether a text is a number and nothing else."""
    return bool(_DECIMAL.fullmatch(text.strip(SPACES)) or _INTEGER.fullmatch(text.strip(SPACES)))
