"""Time zones as the third argument of `date` names them, from the tzdata package on every system, never the machine's own."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from cio_tui.liquid.filters.calling import refused

_BRACKETS = re.compile(r"\((?:GMT|UTC)([+-])(\d\d?):?(\d\d)?\).*", re.DOTALL)
_FARTHEST = 24 * 60 - 1


def zone_at(minutes_east: float) -> tuple[tzinfo, str]:
    """The zone so many minutes east of UTC and its name, such as `+0530`."""
    if abs(minutes_east) > _FARTHEST:
        raise refused("a zone is less than 24 hours away from UTC")
    minutes = int(minutes_east)
    sign, away = ("-" if minutes < 0 else "+"), abs(minutes)
    return timezone(timedelta(minutes=minutes)), f"{sign}{away // 60:02}{away % 60:02}"


def zone_named(name: str) -> tuple[tzinfo, str]:
    """The zone of a name: IANA's without regard to case, or as in `(GMT-11:00) Hawaii`, where the brackets count."""
    if found := _BRACKETS.fullmatch(name):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return zone_at(-minutes if found[1] == "-" else minutes)
    known = _names().get(name.lower())
    if known is None:
        raise refused(f"there is no time zone {name[:60]!r}; a name is such as Europe/Berlin")
    return _zone(known), name


@cache
def _names() -> dict[str, str]:
    listed = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {name.lower(): name for name in listed}


@cache
def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)
