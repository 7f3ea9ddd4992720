"""Times and durations as people write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui.model.errors import InputError
from cio_tui.model.instants import check_timestamp, format_duration, format_instant, parse_duration, parse_instant, parse_iso
from cio_tui.model.limits import DAY, FIRST_MILLISECONDS, FIRST_TIMESTAMP

NOW = 1_718_000_000
"""2024-06-10 06:13:20 UTC."""


def refusal(call, *arguments):
    with pytest.raises(InputError) as refused:
        call(*arguments)
    return refused.value


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0s", 0),
        ("59s", 59),
        ("4m59s", 299),
        ("72h1m", 259_260),
        ("3d", 3 * DAY),
        (" 3 D ", 3 * DAY),
        ("1w2d", 9 * DAY),
        ("1d1d", 2 * DAY),
        ("36500d", 36_500 * DAY),
    ],
)
def test_durations(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "d", "3", "3x", "-3d", "1.5h", "1y", "3d!", "٣d", "9" * 5000 + "d", "\ud800", "1d" * 5000])
def test_what_is_no_duration(text):
    error = refusal(parse_duration, text)
    assert "is not a duration" in error.message
    assert error.hint == "write it like 3d, 72h1m or 4m59s"


def test_no_more_than_a_hundred_years():
    assert refusal(parse_duration, "36500d1s").message == "'36500d1s' is more than 100 years"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0s"),
        (59, "59s"),
        (60, "1m"),
        (299, "4m59s"),
        (3600, "1h"),
        (86_399, "23h59m"),
        (DAY, "1d"),
        (90_061, "1d1h"),
        (8 * DAY + 5, "8d5s"),
        (-90_061, "-1d1h"),
    ],
)
def test_durations_shown(seconds, text):
    assert format_duration(seconds) == text


@given(st.integers(0, 36_500 * DAY))
def test_a_shown_duration_can_be_read_and_is_short_by_less_than_its_last_unit(seconds):
    shown = format_duration(seconds)
    unit = {"d": DAY, "h": 3600, "m": 60, "s": 1}[shown[-1]]
    assert 0 <= seconds - parse_duration(shown) < unit


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("now", NOW),
        (" NOW ", NOW),
        ("1718000000", NOW),
        ("100000001", 100_000_001),
        ("99999999999", 99_999_999_999),
        ("-2h", NOW - 7200),
        ("2h ago", NOW - 7200),
        ("2h 30m ago", NOW - 9000),
        ("+3d", NOW + 3 * DAY),
        ("+0s", NOW),
        ("2024-06-10", NOW - 22_400),
        ("2024-06-10T06:13:20Z", NOW),
        ("2024-06-10T06:13:20", NOW),
        ("2024-06-10 06:13:20", NOW),
        ("2024-06-10T06:13", NOW - 20),
        ("2024-06-10T08:13:20+02:00", NOW),
        ("2024-06-10T06:13:20.999Z", NOW),
    ],
)
def test_instants(text, instant):
    assert parse_instant(text, NOW) == instant


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("1718000000000", "timestamp 1718000000000 is in milliseconds", "divide it by 1000: 1718000000"),
        ("100000000000", "timestamp 100000000000 is in milliseconds", "divide it by 1000: 100000000"),
        ("100000000", "timestamp 100000000 is not a time after 3 March 1973; Unix seconds are expected", ""),
        ("-5", "timestamp -5 is not a time after 3 March 1973; Unix seconds are expected", ""),
        ("1970-01-01", "timestamp 0 is not a time after 3 March 1973; Unix seconds are expected", ""),
        ("yesterday", "'yesterday' is not a time", "write Unix seconds, 2024-06-10T06:13:20Z, or -2h for two hours ago"),
        ("-2h ago", "'-2h' is not a duration", "write it like 3d, 72h1m or 4m59s"),
    ],
)
def test_instants_refused(text, message, hint):
    error = refusal(parse_instant, text, NOW)
    assert (error.message, error.hint) == (message, hint)


@pytest.mark.parametrize(
    "text",
    [
        *["", "+", "-", "ago", "- 2h", "1718000000.5", "+1718000000", "9" * 30, "9" * 5000, "\ud800", "2024-13-01", "2024-02-30"],
        *["2024-06-10T06:13:60Z", "2024-06-10T", "２０２４-06-10", "2024-06-10T06:13:20 CET"],
    ],
    ids=ascii,
)
def test_what_is_no_instant(text):
    assert "is not a time" in refusal(parse_instant, text, NOW).message


@given(st.text())
def test_any_text_is_an_instant_or_refused(text):
    for read in (lambda: parse_instant(text, NOW), lambda: parse_iso(text), lambda: parse_duration(text)):
        with suppress(InputError):
            assert isinstance(read(), int)


@given(st.integers(FIRST_TIMESTAMP + 1, FIRST_MILLISECONDS - 1))
def test_a_shown_instant_can_be_read(instant):
    assert parse_instant(format_instant(instant), NOW) == parse_instant(str(instant), NOW) == instant


@pytest.mark.parametrize("value", [True, 1.5, "1718000000", None, [NOW], float("nan")])
def test_a_timestamp_is_an_integer(value):
    assert refusal(check_timestamp, value).message == f"timestamp must be whole Unix seconds, not {value!r}"


def test_the_message_about_a_long_value_is_short():
    assert len(refusal(check_timestamp, "x" * 5000).message) == 120


@pytest.mark.parametrize("value", [FIRST_TIMESTAMP + 1, NOW, FIRST_MILLISECONDS - 1])
def test_timestamps_taken(value):
    assert check_timestamp(value) == value


@pytest.mark.parametrize("value", [-1, 0, FIRST_TIMESTAMP, FIRST_MILLISECONDS, NOW * 1000, 2**63])
def test_timestamps_refused(value):
    assert str(value) in refusal(check_timestamp, value).message


def test_instants_shown():
    assert format_instant(NOW) == "2024-06-10 06:13:20Z"
