"""Dates written as text, as the JavaScript engine below LiquidJS reads them. Its zone is UTC.

First the form of the standard (`2026-07-01T09:30:00Z`); then anything that has a day in it: numbers are month, day and year in
that order, or year, month and day when the first is no day; with a month's name only day and year are left. What is missing is 1,
and the year then 2001. Words before the first number mean nothing; behind it they must be months, zones, AM or PM.
"""

import re
from datetime import UTC, datetime

from cio_tui.liquid.filters.javascript import SPACES
from cio_tui.liquid.filters.moments import Moment, moment_at
from cio_tui.liquid.filters.strftime import MONTHS

_STANDARD = re.compile(
    r"(?P<year>[+-]\d{6}|\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<fraction>\d+))?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)
_TOKEN = re.compile(r"(?P<number>\d+)|(?P<word>[A-Za-z\u0080-\U0010ffff]+)|(?P<space>\s+)|(?P<mark>.)", re.ASCII | re.DOTALL)
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_HOURS = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_ZONES = {**dict.fromkeys(("ut", "utc", "gmt", "z"), 0), **_HOURS}
_LONGEST = 200
_CYCLE_DAYS = 146_097


def read(text: str) -> Moment | None:
    """The moment that a text names, None when it names none."""
    text = text.strip(SPACES)
    if not text or len(text) > _LONGEST:
        return None
    found = _STANDARD.fullmatch(text)
    return _standard(found) if found else _Free(text).moment()


def _standard(found: re.Match[str]) -> Moment | None:
    year, month, day = int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if found["year"] == "-000000":
        return None
    thousandths = int((found["fraction"] or "0").ljust(3, "0")[:3])
    return _moment((year, month, day), (hour, minute, second, thousandths), _offset(found["zone"] or "Z"))


def _offset(zone: str) -> int | None:
    """Minutes east of UTC."""
    if zone in "Zz":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    east = hours * 60 + minutes
    return None if hours > 24 or minutes > 59 else -east if zone[0] == "-" else east


def _moment(day: tuple[int, int, int], time: tuple[int, int, int, int], offset: int | None) -> Moment | None:
    year, month, date = day
    hour, minute, second, thousandths = time
    if offset is None or not 1 <= month <= 12 or not 1 <= date <= 31 or minute > 59 or second > 59:
        return None
    if hour > 23 and (hour, minute, second, thousandths) != (24, 0, 0, 0):
        return None
    cycles, within = divmod(year - 2000, 400)
    first = datetime(2000 + within, month, 1, tzinfo=UTC)
    start = first.timestamp() + (cycles * _CYCLE_DAYS + date - 1) * 86_400
    return moment_at(start + hour * 3600 + (minute - offset) * 60 + second + thousandths / 1000)


class _Free:
    """A date in free form, read from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_TOKEN.finditer(text))
        self.at = 0
        self.days: list[int] = []
        self.month = 0
        self.time: list[int] = []
        self.time_ended = False
        self.afternoon: int | None = None
        self.sign: int | None = None
        self.zone: list[int | None] = [None, None]
        self.number_seen = False

    def moment(self) -> Moment | None:
        """The moment, None when the text is no date."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if not getattr(self, f"_{token.lastgroup}")(token[0]):
                return None
        return self._result()

    def _next(self, kind: str = "mark") -> str:
        """The next token's text, if it is of that kind."""
        if self.at < len(self.tokens) and self.tokens[self.at].lastgroup == kind:
            return self.tokens[self.at][0]
        return ""

    def _skip(self, mark: str) -> bool:
        if self._next() != mark:
            return False
        self.at += 1
        return True

    def _space(self, _text: str) -> bool:
        return True

    def _number(self, text: str) -> bool:
        self.number_seen = True
        number = int(text[:9])
        if self._skip(":"):
            if self._skip(":"):
                self.time += [number, 0]
                return len(self.time) == 2
            self.time.append(number)
            self._skip(".")
            return len(self.time) <= 3 and not self.time_ended
        if self._skip(".") and self._expects(number):
            fraction = self._next("number")
            if not fraction:
                return False
            self.at += 1
            self.time += [number, *[0] * (2 - len(self.time)), int(fraction.ljust(3, "0")[:3])]
            self.time_ended = True
            return True
        if self.zone[0] is not None and self.zone[1] is None and number < 60:
            self.zone[1] = number
            return True
        if self._expects(number):
            self.time.append(number)
            self.time_ended = True
            following = self._next() or self._next("word").lower()
            return following in ("", "z", "+", "-") and not (self._next("word") and following == "")
        self.days.append(number)
        self._skip("-")
        return len(self.days) <= 3

    def _expects(self, number: int) -> bool:
        return not self.time_ended and ((len(self.time) in (1, 2) and number < 60) or (len(self.time) == 3 and number < 1000))

    def _word(self, text: str) -> bool:
        word = text.lower()
        if word in ("am", "pm") and self.time:
            self.afternoon = 12 if word == "pm" else 0
            return True
        if word[:3] in _MONTHS:
            self.month = _MONTHS[word[:3]]
            self._skip("-")
            return True
        if word in _ZONES and self.number_seen:
            self.sign, self.zone = 1, [_ZONES[word], 0]
            return True
        return not self.number_seen and not self._next("number")

    def _mark(self, text: str) -> bool:
        if text in "+-" and (self.zone == [0, 0] or self.time):
            digits = self._next("number")
            self.at += bool(digits)
            self.sign, self.number_seen = (-1 if text == "-" else 1), True
            if self._skip(":"):
                self.zone = [int(digits[:9] or 0), None]
                return True
            if len(digits) > 4 or not digits:
                return False
            self.zone = [int(digits), 0] if len(digits) < 3 else [int(digits) // 100, int(digits) % 100]
            return True
        if text == "(":
            self._past_brackets()
            return True
        return not (text in "+-)" and self.number_seen)

    def _past_brackets(self) -> None:
        depth = 1
        while depth and self.at < len(self.tokens):
            depth += {"(": 1, ")": -1}.get(self.tokens[self.at][0], 0)
            self.at += 1

    def _result(self) -> Moment | None:
        if not self.days:
            return None
        one, two, three = [*self.days, 1, 1][:3]
        if not self.month:
            year, month, day = (three, one, two) if 1 <= one <= 31 else (one, two, three)
        else:
            month = self.month
            year, day = (two, one) if 1 <= one <= 31 else (one, two)
        year += 2000 if 0 <= year <= 49 else 1900 if 50 <= year <= 99 else 0
        hour, minute, second, thousandths = [*self.time, 0, 0, 0, 0][:4]
        if self.afternoon is not None:
            if hour > 12:
                return None
            hour = hour % 12 + self.afternoon
        hours, minutes = self.zone
        offset = (self.sign or 1) * ((hours or 0) * 60 + (minutes or 0))
        return _moment((year, month, day), (hour, minute, second, thousandths), offset)
