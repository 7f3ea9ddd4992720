"""Date filters. The moments of text are those of V8 below LiquidJS 10.30.1 (latest) and of Ruby 3.1's Time.parse (legacy)."""

import json
from pathlib import Path
from typing import Any

import pytest

from cio_tui.liquid.filters import strftime
from cio_tui.liquid.filters.moments import moment_at
from cio_tui.liquid.filters.zones import zone_named
from tests.liquid.filters.calls import NOW, REFUSED, called, printed, rendered

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "ruby-dates.json").read_text(encoding="utf-8"))["vectors"]
AT = 1_600_000_005
FULL = "%Y-%m-%d %H:%M:%S.%L %z"


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['at']} {vector['zone']}")
def test_every_directive_of_ruby(vector):
    zone, name = zone_named(vector["zone"])
    moment = moment_at(vector["at"]).within(zone, name)
    moment = moment.within(zone, moment.at.tzname())
    for pattern, text in vector["texts"].items():
        if text is None:
            with pytest.raises(Exception, match="invalid format"):
                strftime.legacy(moment, pattern)
        else:
            assert strftime.legacy(moment, pattern) == text, pattern


def test_the_table_of_ruby_is_large_enough_to_mean_something():
    assert sum(len(vector["texts"]) for vector in VECTORS) > 1_128


LATEST: list[tuple[Any, tuple[Any, ...], str]] = [
    (AT, (), "Sunday, September 13, 2020 at 12:26 pm +0000"),
    (AT, ("%c|%x|%X",), "9/13/2020, 12:26:45 PM|9/13/2020|12:26:45 PM"),
    (AT, ("%F %D %T %R %r %v %V %G %f %+",), "%F %D %T %R %r %v %V %G %f %+"),
    (AT, ("%-m/%-d/%y %_m %5H %05e %^a %#p %q",), "9/13/20  9 00012 00013 SUN pm th"),
    (AT, ("%:z %::z %_10z %N %3N %12N %L",), "+00:00 +00:00      +0000 000000000 000 000000000000 000"),
    (AT, ("%% %%Y %é 100%",), "% %Y %é 100%"),
    (AT, ("%H %z %Z", "Europe/Berlin"), "14 +0200 Europe/Berlin"),
    (AT, ("%H %z %Z", "europe/berlin"), "14 +0200 europe/berlin"),
    (AT, ("%H %z %Z", 360), "06 -0600 -0600"),
    (AT, ("%H %z %Z", -330), "17 +0530 +0530"),
    (AT, ("%H %z", "(GMT-11:00) Hawaii"), "01 -1100"),
    (AT, ("%H %z %Z", None), "12 +0000 UTC"),
    (AT, ("%H", "360"), REFUSED),
    (AT, ("%H", "Nowhere/X"), REFUSED),
    (AT, ("%H", ""), REFUSED),
    (AT, ("%H", 5_000), REFUSED),
    (AT, ("%100000000d",), REFUSED),
    (str(AT), ("%s",), str(AT)),
    ("now", ("%s",), str(NOW)),
    ("today", ("%s",), str(NOW)),
    ("NOW", ("%s",), "NOW"),
    (1.5, (FULL,), "1970-01-01 00:00:01.500 +0000"),
    (1_600_000_000_000, ("%Y-%m-%d %a",), "52671-12-25 Mon"),
    (-62_198_755_200, ("%Y %y %C",), "-001 99 -1"),
    (8.65e12, (FULL,), "8650000000000"),
    (None, (FULL,), ""),
    ([1], (FULL,), "2001-01-01 00:00:00.000 +0000"),
    ({}, (FULL,), "[object Object]"),
    ("2020-01-02", (FULL,), "2020-01-02 00:00:00.000 +0000"),
    ("2020-01-02T03:04:05+02:00", (FULL,), "2020-01-02 01:04:05.000 +0000"),
    ("2020-01-02T03:04:05.123456Z", (FULL,), "2020-01-02 03:04:05.123 +0000"),
    ("2020-02-30", (FULL,), "2020-03-01 00:00:00.000 +0000"),
    ("Aug 3, 2022", (FULL,), "2022-08-03 00:00:00.000 +0000"),
    ("Aug 3", (FULL,), "2001-08-03 00:00:00.000 +0000"),
    ("08/03/2022", (FULL,), "2022-08-03 00:00:00.000 +0000"),
    ("31/12/2020", (FULL,), "31/12/2020"),
    ("3/8/22", (FULL,), "2022-03-08 00:00:00.000 +0000"),
    ("2-Jan-2020", (FULL,), "2020-01-02 00:00:00.000 +0000"),
    ("Wed, 02 Oct 2002 13:00:00 GMT", (FULL,), "2002-10-02 13:00:00.000 +0000"),
    ("Wed Jul 28 1993 14:39:07 GMT+0200 (CEST)", (FULL,), "1993-07-28 12:39:07.000 +0000"),
    ("Jan 2 2020 10:00 PST", (FULL,), "2020-01-02 18:00:00.000 +0000"),
    ("2020-01-02 3:04 PM", (FULL,), "2020-01-02 15:04:00.000 +0000"),
    ("2020-01-02 3pm", (FULL,), "2020-01-02 3pm"),
    ("-5", (FULL,), "2001-05-01 00:00:00.000 +0000"),
    ("Friday", (FULL,), "Friday"),
    ("10:00", (FULL,), "10:00"),
    ("hello", (FULL,), "hello"),
    ("2020年1月1日", (FULL,), "2020年1月1日"),
]


@pytest.mark.parametrize(("value", "arguments", "expected"), LATEST)
def test_date_of_latest(value, arguments, expected):
    assert printed("latest", "date", value, *arguments) == expected


LEGACY: list[tuple[Any, tuple[Any, ...], str]] = [
    (AT, ("%F %T %Z",), "2020-09-13 12:26:45 UTC"),
    (AT, ("%H %z %Z", "Europe/Berlin"), "14 +0200 CEST"),
    (AT, ("%H %z", -8), "04 -0800"),
    (AT, ("%H %z", "-8"), "04 -0800"),
    (AT, ("%H %z", "(GMT-11:00) Hawaii"), "01 -1100"),
    (AT, (), REFUSED),
    (AT, ("",), str(AT)),
    (1.5, (FULL,), "1.5"),
    (True, (FULL,), "true"),
    ("NOW", ("%s",), str(NOW)),
    ("2020-01-02T03:04:05+02:00", (FULL,), "2020-01-02 03:04:05.000 +0200"),
    ("31/12/2020", (FULL,), "2020-12-31 00:00:00.000 +0000"),
    ("12/31/2020", (FULL,), "12/31/2020"),
    ("3/8/22", (FULL,), "2003-08-22 00:00:00.000 +0000"),
    ("August 2022", (FULL,), "2022-08-01 00:00:00.000 +0000"),
    ("June", (FULL,), "2026-06-01 00:00:00.000 +0000"),
    ("10:00", (FULL,), "2026-07-01 10:00:00.000 +0000"),
    ("Friday", (FULL,), "Friday"),
    ("2020-01", (FULL,), "2020-01"),
    ("hello 3", (FULL,), "hello 3"),
    ("2026-02-30", (FULL,), "2026-03-02 00:00:00.000 +0000"),
    ("2026-02-32", (FULL,), "2026-02-32"),
    (AT, ("100%",), REFUSED),
    (AT, ("%%",), "%"),
]


@pytest.mark.parametrize(("value", "arguments", "expected"), LEGACY)
def test_date_of_legacy(value, arguments, expected):
    assert printed("legacy", "date", value, *arguments) == expected


IN_WORDS: list[tuple[str, tuple[Any, ...], str]] = [
    ("date_to_string", (), "07 Jan 2020"),
    ("date_to_string", ("ordinal",), "7th Jan 2020"),
    ("date_to_string", ("ordinal", "US"), "Jan 7th, 2020"),
    ("date_to_long_string", (), "07 January 2020"),
    ("date_to_long_string", ("ordinal",), "7th January 2020"),
    ("date_to_long_string", ("ordinal", "US"), "January 7th, 2020"),
    ("date_to_rfc822", (), "Tue, 07 Jan 2020 05:00:00 +0000"),
    ("date_to_xmlschema", (), "2020-01-07T05:00:00+00:00"),
]


@pytest.mark.parametrize(("name", "arguments", "expected"), IN_WORDS)
def test_dates_in_words(name, arguments, expected):
    assert printed("latest", name, "2020-01-07T10:00:00+05:00", *arguments) == expected
    assert printed("latest", name, "no date", *arguments) == "no date"


def seconds(text: str) -> int:
    return int(called("latest", "date", text, "%s"))


MOVED = [
    ("2024-01-31", "add_month", 1, "2024-02-29"),
    ("2023-01-31", "add_month", 1, "2023-02-28"),
    ("2024-03-31", "subtract_month", 1, "2024-02-29"),
    ("2024-02-29", "add_year", 1, "2025-02-28"),
    ("2024-02-29", "subtract_year", 4, "2020-02-29"),
    ("2024-02-28", "add_day", 2, "2024-03-01"),
    ("2024-03-01", "subtract_day", "1", "2024-02-29"),
]


@pytest.mark.parametrize("profile", ["latest", "legacy"])
@pytest.mark.parametrize(("start", "name", "count", "end"), MOVED)
def test_moving_a_date_keeps_the_end_of_a_month_within_it(profile, start, name, count, end):
    assert called(profile, name, seconds(start), count) == seconds(end)


@pytest.mark.parametrize("profile", ["latest", "legacy"])
def test_moving_beyond_the_calendar_is_refused_and_what_is_no_date_comes_back(profile):
    assert printed(profile, "add_year", AT, 10**9) == REFUSED
    assert printed(profile, "add_year", "hello", 1) == "hello"


def test_the_documented_way_to_a_date_some_days_from_now():
    assert rendered("{{ 'now' | date: '%s' | plus: 0 | add_day: 1 | date: '%B %-d' }}").text == "July 2"


def test_timezone_of_legacy_moves_the_clock_that_utc_shows():
    assert printed("legacy", "date", called("legacy", "timezone", AT, -8), "%H:%M") == "04:26"
    assert printed("legacy", "date", called("legacy", "timezone", AT, "Europe/Berlin"), "%H:%M") == "14:26"


def test_patterns_that_would_make_too_much_are_stopped_as_a_whole():
    result = rendered("{{ 0 | date: pattern }}", pattern="%900000d" * 10)
    assert [problem.kind for problem in result.problems] == ["limit"]
