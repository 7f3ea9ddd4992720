import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui.model.comparing import OPERATORS, Comparison, as_decimal, as_text, is_present

ODD = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    st.lists,
    max_leaves=3,
)


@pytest.mark.parametrize(
    ("operator", "found", "wanted", "holds"),
    [
        ("=", "Pro", "pro", True),
        ("=", "pro ", "pro", False),
        ("=", 10, "10.0", True),
        ("=", "10", "10.0", True),
        ("=", "1e1", "10", True),
        ("=", 0.1, "0.10", True),
        ("=", True, "TRUE", True),
        ("=", True, "1", False),
        ("=", False, "false", True),
        ("=", None, "", False),
        ("=", None, "null", False),
        ("=", "", "", True),
        ("=", [1], "1", False),
        ("=", {}, "", False),
        ("!=", "Pro", "pro", False),
        ("!=", "free", "pro", True),
        ("!=", None, "pro", True),
        (">", 51, "50", True),
        (">", "51", "50", True),
        (">", 50, "50", False),
        (">", "9", "50", False),
        (">", "abc", "50", False),
        (">", True, "0", False),
        (">", 5, "abc", False),
        (">=", 50, "50", True),
        ("<", "-1.5", "0", True),
        ("<=", 0, "-0", True),
        ("<", None, "5", False),
        ("~", "Monitor", "NITO", True),
        ("~", 215, "21", True),
        ("~", True, "ru", True),
        ("~", ["monitor"], "mon", False),
        ("~", None, "", False),
        (">", "1_000", "1", False),
        (">", "\u0665", "1", False),
        (">", float("nan"), "0", False),
    ],
)
def test_4_3_comparisons(operator, found, wanted, holds):
    assert Comparison(operator, wanted).holds([found]) is holds


def test_s6_s7_s8_nothing_to_compare_is_no_match_but_for_not_equal():
    assert [operator for operator in OPERATORS if Comparison(operator, "5").holds([])] == ["!="]


def test_4_6_any_element_decides_and_not_equal_means_none_equals():
    assert Comparison("=", "b").holds(["a", "b"])
    assert not Comparison("!=", "b").holds(["a", "b"])


@pytest.mark.parametrize(
    ("operator", "wanted", "holds"),
    [
        (">=", "2024-06-01", True),
        (">", "2024-06-01", False),
        ("<", "2024-06-02T00:00:00+02:00", True),
        (">", "2024-13-01", False),
        (">", "2024", True),
        ("=", "2024-06-01", False),
    ],
)
def test_an_iso_date_stands_for_unix_seconds_where_asked(operator, wanted, holds):
    assert Comparison(operator, wanted, dates=True).holds([1717200000]) is holds


def test_dates_count_only_where_asked():
    assert not Comparison(">=", "2024-06-01").holds([1717200000])


@given(st.sampled_from(OPERATORS), ODD, st.text(max_size=6), st.booleans())
def test_comparing_never_raises(operator, found, wanted, dates):
    Comparison(operator, wanted, dates).holds([found])


@given(ODD, st.one_of(st.text(max_size=4), st.integers().map(str)))
def test_not_equal_is_the_negation_of_equal(found, wanted):
    assert Comparison("=", wanted).holds([found]) is not Comparison("!=", wanted).holds([found])


@given(st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_number_equals_its_own_text(number):
    assert as_decimal(number) == as_decimal(as_text(number))
    assert Comparison("=", str(number)).holds([number])


@pytest.mark.parametrize(("value", "present"), [(None, False), ("", False), (0, True), (False, True), ([], True), (" ", True)])
def test_4_3_exists(value, present):
    assert is_present(value) is present
