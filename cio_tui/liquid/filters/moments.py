"""Instants: years far beyond what Python's dates hold, in any zone, and how the filters read them from values."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

CYCLE_YEARS = 400
"""After so many years the calendar begins again, weekdays included."""

_CYCLE = 146_097 * 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = 8_640_000_000_000
"""Seconds either side of 1970 that JavaScript has dates for."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in a zone. `at` stands for a year that is `cycles` × 400 years away. `zone` is what `%Z` prints."""

    at: datetime
    zone: str = "UTC"
    cycles: int = 0

    @property
    def year(self) -> int:
        """The year, which may be before 1 or beyond 9999."""
        return self.at.year + CYCLE_YEARS * self.cycles

    @property
    def iso_year(self) -> int:
        """The year that the week belongs to."""
        return self.at.isocalendar().year + CYCLE_YEARS * self.cycles

    @property
    def seconds(self) -> int:
        """Unix seconds, rounded down."""
        return (self.at - _EPOCH) // timedelta(seconds=1) + self.cycles * _CYCLE

    @property
    def offset(self) -> int:
        """Seconds east of UTC."""
        shift = self.at.utcoffset()
        return 0 if shift is None else int(shift.total_seconds())

    def within(self, zone: tzinfo, name: str) -> "Moment":
        """The same instant in another zone. Before the year 1 each zone has the local time that its data begins with."""
        if self.cycles < 0:
            zone = timezone(zone.utcoffset(datetime(2, 1, 1)) or timedelta())  # noqa: DTZ001 - a clock's time in that zone
        return Moment(self.at.astimezone(zone), name, self.cycles)


def moment_at(seconds: float) -> Moment | None:
    """The moment of Unix seconds, to the thousandth, in UTC; None when there is no such date."""
    if not math.isfinite(seconds) or abs(seconds) > _LAST:
        return None
    thousandths = int(seconds * 1000)
    cycles = 0 if -60_000_000_000 < seconds < 250_000_000_000 else thousandths // (_CYCLE * 1000)
    return Moment(_EPOCH + timedelta(milliseconds=thousandths - cycles * _CYCLE * 1000), cycles=cycles)
