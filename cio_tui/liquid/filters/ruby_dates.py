"""Dates written as text, as Ruby's `Time.parse` reads them. Its zone is UTC unless the text names one, which is then kept."""

import re
from datetime import UTC, datetime, timedelta

from dateutil import parser

from cio_tui.liquid.filters.moments import Moment, moment_at

_LONGEST = 120
_DATED = re.compile(
    r"[a-z]{3}.*\d|\d.*[a-z]{3}|\d[-/.]\d\d?[-/.]\d|\d:\d\d|\d{8}|\d\s*[ap]m|^\s*[a-z]{3,9}\s*$",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_NUMBERS = re.compile(r"(?<![\d.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{1,4})(?![\d.-])", re.ASCII)
_LATE = re.compile(r"\s*(\d{4}-\d\d-)(\d\d)(?!\d)", re.ASCII)
"""A day that its month may not have: Ruby counts on into the next."""
_ZONES = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "UTC": 0, "GMT": 0, "Z": 0}
_OFFSETS = {name: hours * 3600 for name, hours in _ZONES.items()}


def read(text: str, now: int) -> Moment | None:
    """The moment that a text names; what it leaves out is taken from `now` (a time alone is today's). None when it names none."""
    today = moment_at(now)
    if len(text) > _LONGEST or today is None or not _DATED.search(text):
        return None
    midnight = today.at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    other = midnight.replace(month=midnight.month % 12 + 1, day=midnight.day % 28 + 1)
    if (surplus := _LATE.match(text)) and surplus[2] in ("29", "30", "31"):
        early = read(f"{surplus[1]}01{text[surplus.end() :]}", now)
        return None if early is None else Moment(early.at + timedelta(days=int(surplus[2]) - 1), early.zone)
    try:
        arranged = _NUMBERS.sub(_arranged, text)
        found, compared = (parser.parse(arranged, default=default, tzinfos=_OFFSETS) for default in (midnight, other))
    except (ValueError, OverflowError, TypeError, AttributeError, IndexError, ArithmeticError):
        return None
    if found.day != compared.day:
        if found.month == compared.month:
            found = found.replace(day=1)
        elif not re.search(r"\d:\d\d|\d\s*[ap]m", text, re.IGNORECASE):
            return None
    if found.tzinfo is None:
        return Moment(found.replace(tzinfo=UTC))
    return Moment(found, "UTC" if not found.utcoffset() else "")


def _arranged(found: re.Match[str]) -> str:
    """Days in numbers as dateutil reads them: `31/12/2020` and `31.12.2020` have the day first, `20/12/31` the year."""
    first, month, last = (int(found[group]) for group in (1, 3, 4))
    year, day = (last, first) if last > 31 else (first + 2000, last)
    if month > 12:
        raise ValueError(found[0])
    return datetime(year, month, 1).strftime("%Y-%m-") + f"{day:02}"  # noqa: DTZ001 - text is made of it at once
