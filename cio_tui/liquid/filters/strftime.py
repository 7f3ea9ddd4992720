"""Dates by pattern: the directives of LiquidJS and those of Ruby, which differ.

A directive is `%`, flags, a width and a letter. What an engine does not know is printed as it stands: in LiquidJS that is so for
`%F %D %T %R %r %V %G %v`, in Ruby for `%q`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from cio_tui.liquid.filters.calling import refused
from cio_tui.liquid.filters.moments import Moment
from cio_tui.liquid.filters.plain import bounded
from cio_tui.liquid.limits import meter_at_work

_WORK = 20
"""Units of work of one date, beside its pattern's length."""
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
Fact = Callable[[Moment], str | int]


def ordinal(number: int) -> str:
    """The letters behind a number: 1st, 2nd, 3rd, 4th, 11th."""
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _hour12(moment: Moment) -> int:
    return moment.at.hour % 12 or 12


def _week(moment: Moment, first: int) -> int:
    """The week of the year when weeks begin on a day: 0 is Monday, 6 is Sunday."""
    return (moment.at.timetuple().tm_yday + 6 - (moment.at.weekday() - first) % 7) // 7


def _half(moment: Moment) -> str:
    return "AM" if moment.at.hour < 12 else "PM"


def _american_day(moment: Moment) -> str:
    year = moment.year if moment.year > 0 else 1 - moment.year
    return f"{moment.at.month}/{moment.at.day}/{year}"


def _american_time(moment: Moment) -> str:
    return f"{_hour12(moment)}:{moment.at.minute:02}:{moment.at.second:02} {_half(moment)}"


_FACTS: Final[Mapping[str, Fact]] = {
    "A": lambda moment: DAYS[moment.at.weekday()],
    "a": lambda moment: DAYS[moment.at.weekday()][:3],
    "B": lambda moment: MONTHS[moment.at.month - 1],
    "b": lambda moment: MONTHS[moment.at.month - 1][:3],
    "C": lambda moment: moment.year // 100,
    "d": lambda moment: moment.at.day,
    "e": lambda moment: moment.at.day,
    "H": lambda moment: moment.at.hour,
    "h": lambda moment: MONTHS[moment.at.month - 1][:3],
    "I": _hour12,
    "j": lambda moment: moment.at.timetuple().tm_yday,
    "k": lambda moment: moment.at.hour,
    "l": _hour12,
    "M": lambda moment: moment.at.minute,
    "m": lambda moment: moment.at.month,
    "n": lambda _: "\n",
    "P": lambda moment: _half(moment).lower(),
    "p": _half,
    "q": lambda moment: ordinal(moment.at.day),
    "S": lambda moment: moment.at.second,
    "s": lambda moment: moment.seconds,
    "t": lambda _: "\t",
    "U": lambda moment: _week(moment, 6),
    "u": lambda moment: moment.at.isoweekday(),
    "W": lambda moment: _week(moment, 0),
    "w": lambda moment: moment.at.isoweekday() % 7,
    "Y": lambda moment: moment.year,
    "y": lambda moment: moment.year % 100,
    "%": lambda _: "%",
}
_WIDTHS: Final = {"C": 2, "d": 2, "e": 2, "H": 2, "I": 2, "j": 3, "k": 2, "l": 2, "M": 2, "m": 2, "S": 2, "U": 2, "W": 2, "y": 2}

_LATEST = re.compile(r"%([-_0^#:]+)?(\d+)?([EO])?(.)")
_LATEST_FACTS: Final[Mapping[str, Fact]] = {
    **_FACTS,
    "c": lambda moment: f"{_american_day(moment)}, {_american_time(moment)}",
    "L": lambda moment: moment.at.microsecond // 1000,
    "X": _american_time,
    "x": _american_day,
    "Z": lambda moment: moment.zone,
}
_LATEST_WIDTHS: Final = {**_WIDTHS, "L": 3, "Y": 4}
_SPACED: Final = frozenset("aAbBcekllpP")


def latest(moment: Moment, pattern: str) -> str:
    """The moment by LiquidJS's directives."""
    return _Pattern(moment, _latest).filled(_LATEST, pattern)


def foreign_directives(pattern: str) -> Iterator[tuple[int, str, str]]:
    """Where a pattern has directives that LiquidJS does not know, each with what it means to Ruby; nothing for no directive."""
    for found in _LATEST.finditer(pattern):
        if found[4].isalpha() and found[4] not in _LATEST_FACTS and found[4] not in "Nz":
            yield found.start(), found[0], "" if found[1] or found[2] or found[3] else _COMPOSED.get(found[4], "")


def _latest(moment: Moment, found: re.Match[str]) -> str:
    flags, width, letter = found[1] or "", _width(found[2]), found[4]
    if letter == "N":
        digits = f"{moment.at.microsecond // 1000:03}"
        return digits.ljust(9, "0")[:width] if 0 < width <= 9 else digits.ljust(width or 9, "0")
    if letter == "z" or (letter == "Z" and moment.zone[:1] in "+-"):
        text = _offset(moment, ":" if ":" in flags else "")
    elif letter in _LATEST_FACTS:
        text = str(_LATEST_FACTS[letter](moment))
    else:
        return found[0]
    if "^" in flags:
        text = text.upper()
    elif "#" in flags:
        text = text.upper() if any(character.islower() for character in text) else text.lower()
    if "-" in flags:
        return text
    pad = " " if "_" in flags else "0" if "0" in flags or letter not in _SPACED else " "
    width = width or _LATEST_WIDTHS.get(letter, 0)
    return text.zfill(width) if pad == "0" and text.startswith("-") else text.rjust(width, pad)


def _offset(moment: Moment, colon: str) -> str:
    minutes = abs(moment.offset) // 60
    return f"{'-' if moment.offset < 0 else '+'}{minutes // 60:02}{colon}{minutes % 60:02}"


_LEGACY = re.compile(r"%([-0^#_]*)(\d*)(?:(:*)([EO]?)([a-zA-Z%])|\Z)")
_MODIFIED: Final = {"": frozenset(), "E": frozenset("cCxXyY"), "O": frozenset("deHkIlmMSuUVwWy")}
_LEGACY_FACTS: Final[Mapping[str, Fact]] = {
    **{letter: fact for letter, fact in _FACTS.items() if letter != "q"},
    "G": lambda moment: moment.iso_year,
    "g": lambda moment: moment.iso_year % 100,
    "V": lambda moment: moment.at.isocalendar().week,
    "Z": lambda moment: moment.zone,
}
_LEGACY_WIDTHS: Final = {**_WIDTHS, "g": 2, "V": 2, "Y": 4, "G": 4}
_COMPOSED: Final = {
    "c": "%a %b %e %H:%M:%S %Y",
    "D": "%m/%d/%y",
    "x": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "T": "%H:%M:%S",
    "X": "%H:%M:%S",
    "R": "%H:%M",
    "r": "%I:%M:%S %p",
    "v": "%e-%^b-%Y",
}


def legacy(moment: Moment, pattern: str) -> str:
    """The moment by Ruby's directives."""
    return _Pattern(moment, _legacy).filled(_LEGACY, pattern)


def _legacy(moment: Moment, found: re.Match[str]) -> str:
    if found[5] is None or (found[4] and found[5] == "%"):
        raise refused(f"invalid format: {found[0]}")
    flags, width, colons, modifier, letter = found[1], _width(found[2]), len(found[3]), found[4], found[5]
    if (colons and (letter != "z" or colons > 3)) or (modifier and letter not in _MODIFIED[modifier]):
        return found[0]
    if letter == "z":
        return _legacy_offset(moment, flags, width, colons)
    if letter in "NL":
        digits = width or (9 if letter == "N" else 3)
        return f"{moment.at.microsecond:06}".ljust(digits, "0")[:digits]
    pad = " "
    if letter in _COMPOSED:
        text = legacy(moment, _COMPOSED[letter])
    elif letter in _LEGACY_FACTS:
        fact = _LEGACY_FACTS[letter](moment)
        text = str(fact)
        if isinstance(fact, int):
            pad = " " if letter in "ekl" else "0"
            width = width or _LEGACY_WIDTHS.get(letter, 0)
    else:
        return found[0]
    if "#" in flags and letter not in _COMPOSED:
        text = text.lower() if letter in "pZ" else text.upper()
    if "^" in flags:
        text = text.upper()
    if "-" in flags:
        return text
    pad = " " if "_" in flags else "0" if "0" in flags else pad
    return text.zfill(width) if pad == "0" and text.startswith("-") else text.rjust(width, pad)


def _legacy_offset(moment: Moment, flags: str, width: int, colons: int) -> str:
    seconds = abs(moment.offset)
    sign, hours, minutes, seconds = ("-" if moment.offset < 0 else "+"), seconds // 3600, seconds // 60 % 60, seconds % 60
    tail = f":{minutes:02}" if colons else f"{minutes:02}"
    if colons == 2 or (colons == 3 and seconds):
        tail += f":{seconds:02}"
    elif colons == 3 and not minutes:
        tail = ""
    if "_" in flags:
        return f"{sign}{hours}{tail}".rjust(max(width, 6 if colons else 5))
    head = f"{hours:02}"
    return sign + head.rjust(max(width - 1 - len(tail), len(head)), "0") + tail


def _width(digits: str | None) -> int:
    if not digits:
        return 0
    if len(digits) > 7:
        raise refused(f"a width of {digits[:20]} is too much")
    return int(digits)


class _Pattern:
    """One pattern filled in; what comes of it is bounded as a whole."""

    def __init__(self, moment: Moment, directive: Callable[[Moment, re.Match[str]], str]) -> None:
        self.moment = moment
        self.directive = directive
        self.length = 0

    def filled(self, directives: re.Pattern[str], pattern: str) -> str:
        """The pattern with the moment's parts in it."""
        meter_at_work().spend(_WORK + len(pattern))
        return directives.sub(self._part, pattern)

    def _part(self, found: re.Match[str]) -> str:
        self.length += _width(found[2]) + 1
        bounded(self.length)
        return self.directive(self.moment, found)
