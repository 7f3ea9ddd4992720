"""The words of the product's builder for operators, spans, counts and instants (domain.md 4.3 to 4.5), read and written."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, get_args

from cio_tui.model.errors import InputError
from cio_tui.model.instants import check_timestamp, parse_duration, parse_iso
from cio_tui.segments.conditions import How, Operator

LONGEST: Final = 100 * 365 * 86_400
"""No span is longer; in seconds."""
MOST_TIMES: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Wording:
    """How an operator is called, and when it is negated; `takes` says what it compares to."""

    label: str
    negative: str
    takes: Literal["nothing", "value", "values", "seconds", "instant", "instants"]


WORDINGS: Final[dict[Operator, Wording]] = {
    "eq": Wording("is equal to", "is not equal to", "value"),
    "exists": Wording("exists", "does not exist", "nothing"),
    "gt": Wording("is greater than", "is not greater than", "value"),
    "lt": Wording("is less than", "is not less than", "value"),
    "bw": Wording("is between", "is not between", "values"),
    "contains": Wording("contains", "does not contain", "value"),
    "is_timestamp": Wording("is a timestamp", "is not a timestamp", "nothing"),
    "timestamp_lt": Wording("is a timestamp before", "is not a timestamp before", "seconds"),
    "timestamp_gt": Wording("is a timestamp after", "is not a timestamp after", "seconds"),
    "timestamp_lta": Wording("is a timestamp before", "is not a timestamp before", "instant"),
    "timestamp_gta": Wording("is a timestamp after", "is not a timestamp after", "instant"),
    "timestamp_bw": Wording("is a timestamp between", "is not a timestamp between", "instants"),
}
RELATIVE: Final[dict[Operator, Operator]] = {"timestamp_lta": "timestamp_lt", "timestamp_gta": "timestamp_gt"}
"""Operators on a date, and those on a distance from now that have the same label."""


def _phrases() -> dict[str, tuple[Operator, bool]]:
    found: dict[str, tuple[Operator, bool]] = {"is": ("eq", False), "is not": ("eq", True)}
    for operator, wording in WORDINGS.items():
        for label, inverse in ((wording.label, False), (wording.negative, True)):
            found[label] = found[label.removeprefix("is ")] = (operator, inverse)
    return found


PHRASES: Final = _phrases()
"""Every way to write an operator, with the operator and whether it is negated; `is` may be left out."""

_UNITS: Final = {"day": 86_400, "hour": 3600, "minute": 60, "second": 1}
_WORDS: Final = re.compile(r"(\d{1,12})\s*(week|day|hour|minute|second)s?\b", re.ASCII)
_COUNT: Final = re.compile(r"(?:(at least|exactly|at most) )?(?:(\d{1,12}) times?|(once|twice))", re.ASCII)
_WHOLE: Final = re.compile(r"-?\d{1,24}", re.ASCII)
_DISTANCE: Final = re.compile(r"(.+?) (ago|from now)")


def folded(text: str) -> str:
    """The phrase without its letter case and surplus spaces."""
    return " ".join(text.lower().split())


def read_span(text: str) -> int:
    """Seconds of `30 days`, `1 day 12 hours` or `7d`. Raises InputError."""
    try:
        seconds = parse_duration(_WORDS.sub(lambda match: match[1] + match[2][0], folded(text)))
    except InputError as error:
        too_long = "100 years" in error.message
        raise InputError(
            f"{text!r} is {'more than 100 years' if too_long else 'not a span of time'}", hint="write it like 30 days or 12 hours"
        ) from None
    return seconds


def write_span(seconds: int) -> str:
    """`30 days`: in the largest unit that divides it."""
    unit, length = next((unit, length) for unit, length in _UNITS.items() if seconds % length == 0)
    return f"{seconds // length} {unit}{'' if seconds == length else 's'}"


def read_count(text: str) -> tuple[How, int]:
    """How often: `at least 2 times`, `exactly once`, `at most 3 times`. Raises InputError."""
    match = _COUNT.fullmatch(folded(text))
    if not match or not match[1]:
        hint = f"write at least {text.strip()}, exactly {text.strip()} or at most {text.strip()}" if match else ""
        raise InputError(f"{text!r} does not say how often", hint=hint or "write it like at least 2 times")
    how: How = next(how for how in get_args(How) if how == match[1].replace(" ", "_"))
    return how, int(match[2]) if match[2] else 1 if match[3] == "once" else 2


def write_count(how: How, times: int) -> str:
    """`at least 2 times`."""
    return f"{how.replace('_', ' ')} {times} time{'' if times == 1 else 's'}"


def read_distance(text: str) -> int | None:
    """Seconds from now of `2 days ago`, `3 days from now` and `now`; None for what is none. Raises InputError for a bad span."""
    phrase = folded(text)
    if phrase == "now":
        return 0
    match = _DISTANCE.fullmatch(phrase)
    return read_span(match[1]) * (-1 if match[2] == "ago" else 1) if match else None


def write_distance(seconds: int) -> str:
    """`2 days ago`."""
    if seconds == 0:
        return "now"
    return f"{write_span(abs(seconds))} {'ago' if seconds < 0 else 'from now'}"


def read_instant(value: object) -> int:
    """Unix seconds of Unix seconds, as a number or text, or of an ISO date or time. Raises InputError."""
    if isinstance(value, str) and not _WHOLE.fullmatch(value.strip()):
        try:
            return parse_iso(value)
        except InputError as error:
            if "is not a time" not in error.message:
                raise
            raise InputError(f"{value!r} is not a time", hint="write 2024-06-10, 2024-06-10T06:13:20Z or Unix seconds") from None
    return check_timestamp(int(value) if isinstance(value, str) else value)


def write_instant(seconds: int) -> str:
    """`2024-06-10T06:13:20Z`; the date alone for midnight."""
    text = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return text.removesuffix("T00:00:00Z")
