"""ULIDs as the product's clients send them: 26 characters of Crockford base 32, in either letter case (domain.md 1.6)."""

from functools import lru_cache
from typing import Final

from ulid import ULID

from cio_tui.model.errors import InputError

RANDOM_BITS: Final = 80
_LAST: Final = (1 << 40) - 1
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS: Final = [one + other for one in _SIGNS for other in _SIGNS]


def normal_ulid(text: object) -> str:
    """The upper-case form. Raises InputError for anything that is no ULID (E4)."""
    if isinstance(text, str) and text.isascii():
        upper = text.strip().upper()
        try:
            if str(ULID.from_str(upper)) == upper:
                return upper
        except (ValueError, KeyError, IndexError):
            pass
    raise InputError(
        f"id {text!r} is not a ULID"[:120], hint="26 characters of 0-9 and A-Z without I, L, O and U, the first at most 7"
    )


def make_ulid(seconds: int, low: int) -> str:
    """The ULID of an instant and its 80 low bits, spelt by pairs of signs: an import makes one for each row."""
    if not 0 <= low < 1 << RANDOM_BITS:
        raise OverflowError(f"{low} does not fit {RANDOM_BITS} bits")
    first, last = low >> 40, low & _LAST
    return (
        f"{_spelt_instant(seconds)}{_spelt_first(first >> 10)}{_PAIRS[first & 1023]}"
        f"{_PAIRS[last >> 30]}{_PAIRS[last >> 20 & 1023]}{_PAIRS[last >> 10 & 1023]}{_PAIRS[last & 1023]}"
    )


@lru_cache(maxsize=64)
def _spelt_first(first: int) -> str:
    return _PAIRS[first >> 20] + _PAIRS[first >> 10 & 1023] + _PAIRS[first & 1023]


@lru_cache(maxsize=64)
def _spelt_instant(seconds: int) -> str:
    return str(ULID.from_bytes((seconds * 1000).to_bytes(6, "big") + bytes(10)))[:10]


def ulid_bytes(text: str) -> bytes:
    """The 16 bytes of a ULID: 6 of its instant, 10 low ones."""
    return ULID.from_str(text).bytes
