"""Array filters, as LiquidJS 10.30.1 (latest) and Ruby's Liquid 5.4.0 (legacy) answer."""

from typing import Any

import pytest

from tests.liquid.filters.calls import REFUSED, called, printed

OBJECTS = [{"a": 2, "b": 1}, {"b": 2}, {"a": 1, "b": 3}, {"a": None, "b": 4}]

# value, filter, arguments, latest, legacy
CASES: list[tuple[Any, str, tuple[Any, ...], str, str]] = [
    ([1, [2, 3], None, {"a": 1}], "join", ("-",), "1-2,3--[object Object]", '1-2-3--{"a"=>1}'),
    (["a", "b"], "join", (), "a b", "a b"),
    (["a", "b"], "join", (None,), "a b", "ab"),
    ("abc", "join", ("-",), "abc", "abc"),
    ("hello", "first", (), "h", ""),
    ("hello", "last", (), "o", ""),
    ([3, 1], "first", (), "3", "3"),
    ({"a": 1}, "first", (), "", "a1"),
    ([], "last", (), "", ""),
    ("😀é", "size", (), "3", "2"),
    ({"a": 1}, "size", (), "0", "1"),
    (123, "size", (), "0", "8"),
    ([1, [2, 3], 4], "reverse", (), "42,31".replace(",", ""), "4321"),
    ([1, None, False, ""], "compact", (), "1false", "1false"),
    ([1], "concat", ([2, 3],), "123", "123"),
    ("5", "concat", ("6",), "56", REFUSED),
    ([{"a": 1}, {"b": 1}], "map", ("a",), "1", "1"),
    ({"a": 1}, "map", ("a",), "1", "1"),
    ([1, 2], "map", ("a",), "", REFUSED),
    ([{"a": {"b": 2}}], "map", ("a.b",), "2", ""),
    ([1, "2", None, "x", 2.5], "sum", (), "5.5", "12x2.5"),
    ([1, 2, 2.5], "sum", (), "5.5", "5.5"),
    ([3, 1, None, 2], "sort", (), "123", "123"),
    (["b", "A", "a", "B", None], "sort", (), "ABab", "ABab"),
    (["b", 1, "a", 10, 9], "sort", (), "b1a910", REFUSED),
    ([10, 9, 2], "sort", (), "2910", "2910"),
    (["b", "A", None, "C"], "sort_natural", (), "AbC", "AbC"),
    ([1, "1", 1.0, None, None, True, "true"], "uniq", (), "11truetrue", "111.0truetrue"),
    ([{"a": 1}, {"a": 1}], "uniq", (), "[object Object][object Object]", '{"a"=>1}'),
]


@pytest.mark.parametrize(("value", "name", "arguments", "latest", "legacy"), CASES)
def test_arrays_of_both_profiles(value, name, arguments, latest, legacy):
    assert printed("latest", name, value, *arguments) == latest
    assert printed("legacy", name, value, *arguments) == legacy


def test_items_without_the_property_come_last_in_order():
    assert [item["b"] for item in called("latest", "sort", OBJECTS, "a")] == [3, 1, 2, 4]
    assert [item["b"] for item in called("legacy", "sort", OBJECTS, "a")] == [3, 1, 2, 4]


def test_adding_and_taking_items():
    assert called("latest", "push", [1], [2]) == [1, [2]]
    assert called("latest", "unshift", [1], 0) == [0, 1]
    assert called("latest", "pop", [1, 2]) == [1]
    assert called("latest", "shift", [1, 2]) == [2]
    assert called("latest", "pop", "abc") == []
    assert called("latest", "push", None, 1) == [1]


@pytest.mark.parametrize("profile", ["latest", "legacy"])
def test_limit_takes_the_first_items(profile):
    assert called(profile, "limit", [1, 2, 3], 2) == [1, 2]
    assert called(profile, "limit", [1, 2, 3], -1) == []
    assert printed(profile, "limit", [1]) == REFUSED


def test_objects_that_are_alike_count_once_in_json_array_uniq():
    items = [{"a": 1, "b": 1}, {"a": 1, "b": 2}, {"a": 2}, {"a": 1, "b": 1}]
    assert called("latest", "json_array_uniq", items) == items[:3]
    assert called("latest", "json_array_uniq", items, "a") == [items[0], items[2]]


def test_a_filter_leaves_the_array_that_it_is_given_as_it_is():
    items: list[Any] = [3, 1, 2]
    for name in ("sort", "reverse", "pop", "shift", "compact", "uniq"):
        called("latest", name, items)
    called("latest", "push", items, 4)
    assert items == [3, 1, 2]


@pytest.mark.parametrize("profile", ["latest", "legacy"])
def test_what_is_drawn_repeats_with_the_seed(profile):
    assert called(profile, "random", 100) == called(profile, "random", 100)
    assert 0 <= called(profile, "random", 3) <= 3
    assert called(profile, "random", 0) == 0
