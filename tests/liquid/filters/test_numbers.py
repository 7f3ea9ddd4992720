"""Arithmetic, as LiquidJS 10.30.1 (latest) and Ruby's Liquid 5.4.0 (legacy) compute. L5: the vectors of domain.md 8.5."""

from typing import Any

import pytest

from tests.liquid.filters.calls import REFUSED, printed

# value, filter, arguments, latest, legacy
CASES: list[tuple[Any, str, tuple[Any, ...], str, str]] = [
    (4.32, "round", (1,), "4.3", "4.3"),  # L5
    (41, "at_least", (42,), "42", "42"),  # L5
    (10, "divided_by", (4,), "2.5", "2"),
    (10, "divided_by", (4.0,), "2.5", "2.5"),
    (10, "divided_by", (3, True), "3", REFUSED),
    (-10, "divided_by", (3, True), "-4", REFUSED),
    (3, "divided_by", (0,), "Infinity", REFUSED),
    (0, "divided_by", (0,), "NaN", REFUSED),
    (2.5, "divided_by", (0,), "Infinity", "Infinity"),
    (5, "times", (2.0,), "10", "10.0"),
    (23.0, "plus", (0,), "23", "23.0"),
    (0.1, "plus", (0.2,), "0.30000000000000004", "0.3"),
    (2.5, "round", (), "3", "3"),
    (-2.5, "round", (), "-3", "-3"),
    (1.005, "round", (2,), "1.01", "1.01"),
    (1250, "round", (-2,), "1300", "1300"),
    (3.14159, "round", (2.7,), "3.14159", "3.14"),
    (3.14159, "round", (400,), "3.14159", "3.14159"),
    (1e-7, "round", (), "0", "0"),
    (-3, "modulo", (2,), "1", "1"),
    (3, "modulo", (-2,), "-1", "-1"),
    (-7.5, "modulo", (3,), "1.5", "1.5"),
    (3, "modulo", (0,), "NaN", REFUSED),
    ("12", "times", ("3.5",), "42", "42.0"),
    ("12abc", "plus", (0,), "0", "12"),
    ("0x10", "plus", (0,), "16", "0"),
    ("1e3", "plus", (0,), "1000", "1"),
    ("1,000", "plus", (1,), "1", "2"),
    ("\n12\t", "plus", (1,), "13", "13"),
    (True, "plus", (1,), "2", "1"),
    (None, "plus", (None,), "0", "0"),
    (3, "plus", (), "NaN", REFUSED),
    ("Infinity", "plus", (1,), "Infinity", "1"),
    (12345678901234567890, "plus", (0,), "12345678901234567000", "12345678901234567890"),
    (10**30, "plus", (0,), "1e+30", str(10**30)),
    (1e-7, "plus", (0,), "1e-7", "1.0e-07"),
    ("-2.5", "abs", (), "2.5", "2.5"),
    ("-2.5", "ceil", (), "-2", "-2"),
    ("3.999", "floor", (), "3", "3"),
    (5, "minus", ("2.5",), "2.5", "2.5"),
    ("abc", "at_least", ("5",), "5", "5"),
    (1, "at_least", (2, 3), "3", REFUSED),
    (7, "at_most", (4,), "4", "4"),
    ("5.7", "to_integer", (), "5.7", ""),
]


@pytest.mark.parametrize(("value", "name", "arguments", "latest", "legacy"), CASES)
def test_arithmetic_of_both_profiles(value, name, arguments, latest, legacy):
    assert printed("latest", name, value, *arguments) == latest
    if legacy:
        assert printed("legacy", name, value, *arguments) == legacy


def test_a_chain_of_squares_ends_in_the_one_and_is_refused_in_the_other():
    number: Any = 9
    for _ in range(30):
        number = printed("latest", "times", number, number)
    assert number == "Infinity"
    number = "9"
    for _ in range(30):
        number = printed("legacy", "times", number, number)
        if number == REFUSED:
            break
    assert number == REFUSED
