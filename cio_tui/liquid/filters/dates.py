"""Date filters. The clock is the scope's; the zone is UTC until an argument says otherwise.

What is no date comes back unchanged. Text is read as the engine reads it: see `javascript_dates` and `ruby_dates`.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from cio_tui.liquid.filters import javascript as js
from cio_tui.liquid.filters import javascript_dates, ruby, ruby_dates, strftime
from cio_tui.liquid.filters.calling import Filter, refused
from cio_tui.liquid.filters.moments import Moment, moment_at
from cio_tui.liquid.filters.values import Values
from cio_tui.liquid.filters.zones import zone_at, zone_named

_FULL = "%A, %B %-e, %Y at %-l:%M %P %z"
_MOST = 4_000_000
"""Days, months or years that a date can be moved by: more than there are."""


def _latest_moment(value: object, context: Any) -> Moment | None:
    """What LiquidJS takes for a date: `now` and `today`, Unix seconds as number or digits, text with a day in it."""
    if isinstance(value, bool):
        return moment_at(int(value) / 1000)
    if isinstance(value, (int, float)):
        return moment_at(value)
    if isinstance(value, list):
        return javascript_dates.read(js.comma_joined(value))
    if not isinstance(value, str):
        return None
    if value in ("now", "today"):
        return moment_at(context.now)
    if value.isascii() and value.isdecimal():
        return moment_at(int(value)) if len(value) < 16 else None
    return javascript_dates.read(value)


def _latest_zone(zone: object) -> tuple[tzinfo, str]:
    """A zone of LiquidJS: a name, or minutes west of UTC (360 is -06:00); a missing one is UTC."""
    if zone is None:
        return UTC, "UTC"
    return zone_named(zone) if isinstance(zone, str) else zone_at(-js.to_number(zone))


def date(value: object, pattern: object = None, zone: object = None, *, context: Any) -> object:
    """The date by a pattern, in a zone. `%Z` prints the zone as it was named: so does LiquidJS, not an abbreviation."""
    moment = _latest_moment(value, context)
    if moment is None:
        return value
    chosen = moment.within(*_latest_zone(zone))
    return strftime.latest(chosen, _FULL if pattern is None else js.to_text(pattern))


def _always(pattern: str, words: str) -> Filter:
    def dated(value: object, *, context: Any) -> object:
        """The date as machines read it: `2026-07-01T10:00:00+00:00`, `Wed, 01 Jul 2026 10:00:00 +0000`."""
        moment = _latest_moment(value, context)
        return value if moment is None else strftime.latest(moment, pattern)

    dated.__doc__ = words
    return dated


def _in_words(month: str, words: str) -> Filter:
    def dated(value: object, kind: object = None, style: object = None, *, context: Any) -> object:
        """The date with the month in letters; `"ordinal"` writes 1st July 2026, `"ordinal", "US"` July 1st, 2026."""
        moment = _latest_moment(value, context)
        if moment is None:
            return value
        if kind != "ordinal":
            return strftime.latest(moment, f"%d {month} %Y")
        return strftime.latest(moment, f"{month} %-d%q, %Y" if style == "US" else f"%-d%q {month} %Y")

    dated.__doc__ = words
    return dated


LATEST: Final[Mapping[str, Filter]] = {
    "date": date,
    "date_to_long_string": _in_words(
        "%B", "The date as `07 January 2020`, or `7th January 2020` and `January 7th, 2020` when asked for."
    ),
    "date_to_rfc822": _always("%a, %d %b %Y %H:%M:%S %z", "The date as mails have it: `Tue, 07 Jan 2020 05:00:00 +0000`."),
    "date_to_string": _in_words("%b", "The date as `07 Jan 2020`, or `7th Jan 2020` and `Jan 7th, 2020` when asked for."),
    "date_to_xmlschema": _always("%Y-%m-%dT%H:%M:%S%:z", "The date as `2020-01-07T05:00:00+00:00`."),
}


def _legacy_moment(value: object, context: Any) -> Moment | None:
    """What Ruby's Liquid takes for a date: `now` and `today` in any case, whole Unix seconds, text as `Time.parse` reads it."""
    if isinstance(value, int) and not isinstance(value, bool):
        return moment_at(value)
    if not isinstance(value, str) or not value:
        return None
    if value.lower() in ("now", "today"):
        return moment_at(context.now)
    if value.isascii() and value.isdecimal():
        return moment_at(int(value)) if len(value) < 16 else None
    return ruby_dates.read(value, context.now)


def _legacy_zone(zone: object) -> tuple[tzinfo, str]:
    """A zone of the legacy profile: a name, or hours east of UTC as number or text."""
    if isinstance(zone, str) and not ruby.is_number(zone):
        return zone_named(zone)
    return zone_at(ruby.to_number(zone) * 60)


def _ruby_date(value: object, pattern: object, zone: object = None, *, context: Any) -> object:
    moment = _legacy_moment(value, context)
    wanted = ruby.to_text(pattern)
    if moment is None or not wanted:
        return value
    if zone is not None:
        chosen, name = _legacy_zone(zone)
        moment = moment.within(chosen, name)
        if isinstance(chosen, ZoneInfo):
            moment = moment.within(chosen, moment.at.tzname() or name)
    return strftime.legacy(moment, wanted)


def _timezone(value: object, zone: object, *, context: Any) -> object:
    """Customer.io's own of old: Unix seconds at which UTC's clock shows what the zone's shows. Hours east, or a name."""
    moment = _legacy_moment(value, context)
    if moment is None:
        return value
    return moment.seconds + moment.within(*_legacy_zone(zone)).offset


LEGACY: Final[Mapping[str, Filter]] = {"date": _ruby_date, "timezone": _timezone}


def own(values: Values) -> dict[str, Filter]:
    """Customer.io's own, in either profile: dates moved on or back, as Unix seconds. The end of a month stays in its month."""
    moment_of: Callable[[object, Any], Moment | None] = _latest_moment if values.profile == "latest" else _legacy_moment

    def moved(unit: str, direction: int) -> Filter:
        def move(value: object, count: object = 1, *, context: Any) -> object:
            """So many days, months or years on, or back, as Unix seconds. The end of a month stays in its month."""
            moment = moment_of(value, context)
            if moment is None:
                return value
            by = direction * max(-_MOST, min(_MOST, js.index(values.number(count))))
            try:
                shifted = moment.at.astimezone(UTC) + relativedelta(**{unit: by})
            except (OverflowError, ValueError):
                raise refused("the date is beyond the year 9999 or before the year 1") from None
            return Moment(shifted, cycles=moment.cycles).seconds

        move.__doc__ = f"The date so many {unit} {'later' if direction > 0 else 'earlier'}, as Unix seconds."
        return move

    return {
        f"{verb}_{unit}": moved(f"{unit}s", direction)
        for verb, direction in (("add", 1), ("subtract", -1))
        for unit in ("day", "month", "year")
    }
