"""JSON values: reading them strictly, and checking that one can be stored without loss.

A workspace holds what every JSON reader agrees on: text that is valid Unicode, numbers that are finite and, when whole,
fit 64 bits. Everything else is refused at the door with the path of the offending value.
"""

import json
import math
from collections.abc import Mapping
from typing import Any, Final

import orjson

from cio_tui.model.errors import InputError

JSON = Any
"""null, bool, int, float, str, list or dict of these."""

MAX_DEPTH: Final = 100
GIVEN_DEPTH: Final = 96
"""Levels that what is given from outside may have: a record puts up to four more around it."""
_INT_LOW: Final = -(2**63)
_INT_HIGH: Final = 2**64
_SMALL: Final = 2**53


def dumps(value: JSON) -> str:
    """The canonical text of a value that `check` accepts: no spaces, keys in their order."""
    return orjson.dumps(value).decode()


def size(value: JSON) -> int:
    """Bytes of a value's canonical text."""
    return len(orjson.dumps(value))


def check(value: JSON, where: str = "", depth: int = 0) -> None:
    """Refuse what JSON or 64 bits cannot carry, naming the path below `where`.

    Raises InputError for NaN and infinities, integers beyond 64 bits, lone surrogates, keys that are not text, more than
    100 levels, and types that JSON does not have.
    """
    if type(value) is dict or isinstance(value, Mapping):
        _check_depth(where, depth)
        if depth and not isinstance(value, dict):
            raise InputError(_at(where, f"a {type(value).__name__} is not a JSON value"))
        for key, item in value.items():
            if type(key) is not str:
                raise InputError(_at(where, f"the key {key!r} is not text"))
            if not key.isascii():
                _check_text(key, where)
            kind = type(item)  # most values are plain text or small numbers: no call, and no path, for them
            if item is None or (kind is str and item.isascii()) or (kind is int and -_SMALL < item < _SMALL):
                continue
            check(item, f"{where}.{key}" if where else key, depth + 1)
    elif type(value) in (list, tuple):
        _check_depth(where, depth)
        for index, item in enumerate(value):
            check(item, f"{where}[{index}]", depth + 1)
    else:
        _check_scalar(value, where)


def check_given(value: Mapping[str, JSON]) -> dict[str, JSON]:
    """A copy of an object given from outside, ready for a record to carry. Raises what `check` does, from `GIVEN_DEPTH` on."""
    given = dict(value)
    check(given, depth=MAX_DEPTH - GIVEN_DEPTH)
    return given


def _check_depth(where: str, depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise InputError(_at(where[:60] + "…", f"the data is nested deeper than {MAX_DEPTH} levels, its record's among them"))


def _check_scalar(value: JSON, where: str) -> None:
    kind = type(value)
    if kind is str:
        _check_text(value, where)
    elif kind is int:
        if not _INT_LOW <= value < _INT_HIGH:
            shown = f"{str(value)[:24]}…" if value.bit_length() < 14_000 else f"of {value.bit_length():,} bits"
            raise InputError(_at(where, f"the number {shown} does not fit 64 bits"), hint="send it as text")
    elif kind is float:
        if not math.isfinite(value):
            raise InputError(_at(where, f"{value} is not a JSON number"), hint="send null or leave the key out")
    elif value is not None and kind is not bool:
        raise InputError(_at(where, f"a {kind.__name__} is not a JSON value"))


def _check_text(text: str, where: str) -> None:
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            _at(where, f"the text has a lone surrogate (U+{ord(text[error.start]):04X}) at character {error.start + 1}"),
            hint="it is half of a character; send the whole one",
        ) from None


def _at(where: str, problem: str) -> str:
    return f"{printable(where)}: {problem}" if where else problem


def printable(text: str) -> str:
    """A text that can go to any terminal or log line: control characters and lone surrogates are spelt out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


def _refuse_constant(text: str) -> JSON:
    raise ValueError(f"{text} is not JSON")


def parse(text: str | bytes, what: str = "the data") -> JSON:
    """Read JSON text strictly; the answer passes `check`.

    Raises InputError with line and column for broken JSON, and with the path for values that cannot be stored.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        value = json.loads(text, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise InputError(f"{what} is not UTF-8: byte {error.start + 1} is 0x{error.object[error.start]:02x}") from None
    except json.JSONDecodeError as error:
        problem = error.msg[0].lower() + error.msg[1:].removesuffix(" at")
        raise InputError(f"{what} is not valid JSON: {problem} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise InputError(f"{what} is nested deeper than {MAX_DEPTH} levels") from None
    except ValueError as error:
        raise InputError(f"{what} is not valid JSON: {error}") from None
    check(value)
    return value


def parse_object(text: str | bytes, what: str = "the data") -> dict[str, JSON]:
    """`parse`, for text that must be a JSON object."""
    value = parse(text, what)
    if not isinstance(value, dict):
        raise InputError(f'{what} must be a JSON object like {{"total": 215}}, not {kind_of(value)}')
    return value


def kind_of(value: JSON) -> str:
    """The JSON type's name: null, boolean, number, string, array or object."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "object" if isinstance(value, Mapping) else "array"
