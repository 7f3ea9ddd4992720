"""Instants and durations as people write them. An instant is whole Unix seconds, a duration whole seconds."""

import re
from datetime import UTC, datetime
from typing import Final

from dateutil import parser as date_parser

from cio_tui.model.errors import InputError
from cio_tui.model.limits import DAY, FIRST_MILLISECONDS, FIRST_TIMESTAMP

_UNITS: Final = {"w": 7 * DAY, "d": DAY, "h": 3600, "m": 60, "s": 1}
_DURATION: Final = re.compile(r"(?:\d{1,12}[wdhms]){1,12}", re.ASCII)
_PART: Final = re.compile(r"(\d+)([wdhms])")
_LONGEST: Final = 100 * 365 * DAY


def parse_duration(text: str) -> int:
    """Seconds of `3d`, `4m59s`, `1w2d`; units w d h m s. Raises InputError."""
    compact = text.strip().replace(" ", "").lower()
    if not _DURATION.fullmatch(compact):
        raise InputError(f"{text!r} is not a duration", hint="write it like 3d, 72h1m or 4m59s")
    seconds = sum(int(count) * _UNITS[unit] for count, unit in _PART.findall(compact))
    if seconds > _LONGEST:
        raise InputError(f"{text!r} is more than 100 years")
    return seconds


def format_duration(seconds: int) -> str:
    """`4m59s`; the two largest units that say something."""
    left, parts = abs(seconds), []
    for unit in "dhms":
        count, left = divmod(left, _UNITS[unit])
        if count:
            parts.append(f"{count}{unit}")
    return ("-" if seconds < 0 else "") + ("".join(parts[:2]) or "0s")


def check_timestamp(value: object) -> int:
    """An event's timestamp as the product takes it: whole Unix seconds (domain.md 1.5).

    Raises InputError for other types, milliseconds, negative numbers and values up to 100,000,000.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputError(f"timestamp must be whole Unix seconds, not {value!r}"[:120])
    if value >= FIRST_MILLISECONDS:
        raise InputError(f"timestamp {value} is in milliseconds", hint=f"divide it by 1000: {value // 1000}")
    if value <= FIRST_TIMESTAMP:
        raise InputError(f"timestamp {value} is not a time after 3 March 1973; Unix seconds are expected")
    return value


def parse_instant(text: str, now: int) -> int:
    """Unix seconds of a time as a person writes it, `now` being the workspace's clock.

    Takes Unix seconds, ISO 8601 (without a zone it is UTC; a date alone is 00:00), `now`, and distances from now: `-2h`
    or `2h ago`, `+3d`. Raises InputError.
    """
    plain = text.strip()
    lowered = plain.lower()
    if lowered == "now":
        return now
    if re.fullmatch(r"-?\d{1,24}", plain, re.ASCII):
        return check_timestamp(int(plain))
    if lowered.endswith(" ago"):
        return now - parse_duration(lowered[:-4])
    if lowered[:1] in "+-" and _DURATION.fullmatch(lowered[1:]):
        return now + (1 if lowered[0] == "+" else -1) * parse_duration(lowered[1:])
    return parse_iso(plain)


def parse_iso(text: str) -> int:
    """Unix seconds of an ISO 8601 date or date-time; without a zone it is UTC. Raises InputError."""
    try:
        moment = date_parser.isoparse(text.strip())
    except (ValueError, OverflowError):
        raise InputError(
            f"{text!r} is not a time", hint="write Unix seconds, 2024-06-10T06:13:20Z, or -2h for two hours ago"
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return check_timestamp(int(moment.timestamp()))


def format_instant(seconds: int) -> str:
    """`2024-06-10 06:13:20Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
