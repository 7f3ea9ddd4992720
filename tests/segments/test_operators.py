"""What each operator means (domain.md 4.3, 4.4)."""

from typing import Any, get_args

import pytest

from cio_tui.model.comparing import Comparison
from cio_tui.model.paths import PropertyPath
from cio_tui.segments.conditions import ElementFilter, Operator
from cio_tui.segments.conditions import Test as Is
from cio_tui.segments.operators import OPERATORS, enough, holds, some_element, turning_points

T = 1_717_999_200
DAY = 86_400


def test_the_table_has_every_operator_once() -> None:
    assert tuple(OPERATORS) == get_args(Operator)
    assert [token for token, rule in OPERATORS.items() if rule.turns] == ["timestamp_lt", "timestamp_gt"]
    assert OPERATORS["is_timestamp"].confidence == "documented"
    assert OPERATORS["eq"].confidence == "third party"


@pytest.mark.parametrize(
    ("value", "valid"),
    [
        (1461866400, True),
        ("1461866400", True),
        (T + 1000 * DAY, True),
        (100_000_001, True),
        (99_999_999_999, True),
        (1461866400000, False),
        ("1461866400000", False),
        ("2016-04-28T18:00:00Z", False),
        ("-5", False),
        (-5, False),
        ("12345678", False),
        (100_000_000, False),
        (True, False),
        (1461866400.0, False),
        (" 1461866400", False),
        ("+1461866400", False),
        ("01461866400", False),
        ("١٤٦١٨٦٦٤٠٠", False),
        (None, False),
        ([1461866400], False),
    ],
)
def test_s4_is_a_timestamp(value: Any, valid: bool) -> None:
    assert holds(Is("is_timestamp"), [value], T) is valid
    assert holds(Is("is_timestamp", inverse=True), [value], T) is not valid
    assert holds(Is("timestamp_gta", 100_000_000), [value], T) is valid


@pytest.mark.parametrize(
    ("stored", "equal"),
    [("pro", True), ("Pro", True), ("PRO", True), ("pro ", False), (" pro", False), ("", False), (None, False), (["pro"], False)],
)
def test_s6_equality_ignores_letter_case_but_not_spaces(stored: Any, equal: bool) -> None:
    assert holds(Is("eq", "pro"), [stored], T) is equal


@pytest.mark.parametrize(
    ("test", "stored", "met"),
    [
        (Is("gt", 9), "10", True),
        (Is("gt", "9"), "10", True),
        (Is("lt", "9"), "10", False),
        (Is("gt", 100), "99", False),
        (Is("bw", 5, 10), "5.0", True),
        (Is("bw", 5, 10), 10, True),
        (Is("bw", 5, 10), 10.01, False),
        (Is("eq", 10), "10.0", True),
        (Is("gt", 1), True, False),
        (Is("gt", "a"), "b", False),
        (Is("lt", 5), "abc", False),
        (Is("bw", 5, None), 6, False),
        (Is("eq", None), None, False),
    ],
)
def test_s7_s8_numbers_kept_as_text_are_numbers_and_nothing_else_is(test: Is, stored: Any, met: bool) -> None:
    assert holds(test, [stored], T) is met


def test_between_wants_one_value_that_is_between() -> None:
    assert not holds(Is("bw", 5, 10), [1, 20], T)
    assert holds(Is("bw", 5, 10), [1, 7, 20], T)


def test_what_python_takes_for_the_same_is_told_apart() -> None:
    assert holds(Is("eq", 1), ["1"], T)
    assert not holds(Is("eq", True), ["1"], T)
    assert holds(Is("eq", True), ["true"], T)
    assert not holds(Is("contains", 1.0), ["1"], T)
    assert holds(Is("contains", 1), ["1"], T)


@pytest.mark.parametrize("missing", [[], [None], [""]])
def test_exists_and_inverse_of_what_is_missing(missing: list[Any]) -> None:
    assert not holds(Is("exists"), missing, T)
    assert holds(Is("exists", inverse=True), missing, T)
    assert holds(Is("eq", "pro", inverse=True), missing, T)
    assert holds(Is("exists"), [[]], T)


def test_inverse_of_several_values_means_none() -> None:
    assert not holds(Is("eq", "monitor", inverse=True), ["cable", "monitor"], T)
    assert holds(Is("eq", "monitor", inverse=True), ["cable", "desk"], T)


@pytest.mark.parametrize(
    ("test", "value", "met"),
    [
        (Is("timestamp_lt", 3 * DAY), T + 3 * DAY - 1, True),
        (Is("timestamp_lt", 3 * DAY), T + 3 * DAY, False),
        (Is("timestamp_gt", -3 * DAY), T - 3 * DAY + 1, True),
        (Is("timestamp_gt", -3 * DAY), T - 3 * DAY, False),
        (Is("timestamp_lta", T), T - 1, True),
        (Is("timestamp_lta", T), T, False),
        (Is("timestamp_gta", T), T, False),
        (Is("timestamp_gta", T), T + 1, True),
        (Is("timestamp_bw", T, T + 5), T, True),
        (Is("timestamp_bw", T, T + 5), T + 5, True),
        (Is("timestamp_bw", T, T + 5), T + 6, False),
        (Is("timestamp_lt", "soon"), T, False),
    ],
)
def test_timestamp_operators_to_the_second(test: Is, value: int, met: bool) -> None:
    assert holds(test, [value], T) is met
    assert holds(test, [str(value)], T) is met


@pytest.mark.parametrize("test", [Is("timestamp_lt", 3 * DAY), Is("timestamp_gt", -3 * DAY), Is("timestamp_gt", 0, inverse=True)])
def test_a_turning_point_is_where_the_verdict_turns(test: Is) -> None:
    (instant,) = turning_points(test, [T, "no", None])
    assert holds(test, [T], instant) != holds(test, [T], instant - 1)
    assert holds(test, [T], instant - 1) == holds(test, [T], instant - DAY)


def test_some_element_asks_all_of_one_element() -> None:
    path = PropertyPath.parse
    filters = (ElementFilter(path("type"), Is("eq", "monitor")), ElementFilter(path("price"), Is("gt", 100)))
    assert some_element(filters, [[{"type": "cable"}, {"type": "monitor", "price": 150}]], T)
    assert not some_element(filters, [[{"type": "monitor", "price": 50}, {"type": "desk", "price": 900}]], T)
    assert not some_element(filters, [{"type": "monitor", "price": 150}, "monitor", None], T)
    assert some_element((ElementFilter(None, Is("eq", "red")),), [["blue", "RED"]], T)


def test_enough() -> None:
    assert [enough("at_least", 2, count) for count in (1, 2, 3)] == [False, True, True]
    assert [enough("exactly", 2, count) for count in (1, 2, 3)] == [False, True, False]
    assert [enough("at_most", 2, count) for count in (1, 2, 3)] == [True, True, False]


def test_one_value_that_is_not_equal() -> None:
    assert Comparison("!=", "pro").holds_for("free")
    assert not Comparison("!=", "pro").holds_for("PRO")
