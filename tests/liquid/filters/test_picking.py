"""Filters that pick items, as LiquidJS 10.30.1 answers, with what it says of missing properties (liquid.md, section 1)."""

import pytest

from tests.liquid.filters.calls import rendered

ITEMS = [{"a": 1, "b": {"c": "x"}}, {"a": "1", "b": {"c": "y"}}, {"a": None, "b": {"c": None}}]

CASES = [
    ("where: 'a'", '[{"a":1,"b":{"c":"x"}},{"a":"1","b":{"c":"y"}}]'),
    ("where: 'a', 1", '[{"a":1,"b":{"c":"x"}}]'),
    ("where: 'a', nil", '[{"a":null,"b":{"c":null}}]'),
    ("where: 'a', blank", '[{"a":null,"b":{"c":null}}]'),
    ("where: 'b.c', 'y'", '[{"a":"1","b":{"c":"y"}}]'),
    ("where: '[\"a\"]', 1 | size", "1"),
    ("where: ''", "[]"),
    ("where_not: 'a'", '[{"a":null,"b":{"c":null}}]'),
    ("where_not: 'a', 1 | map: 'a'", '["1",null]'),
    ("reject: 'a', 1 | size", "2"),
    ("find: 'a', '1'", '{"a":"1","b":{"c":"y"}}'),
    ("find: 'a', 7", ""),
    ("find_index: 'a', '1'", "1"),
    ("has: 'a', 7", "false"),
    ("where_exp: 'i', 'i.a == 1' | size", "1"),
    ("where_exp: 'i', 'i.a' | size", "0"),
    ("where_exp: 'i', 'i.b.c contains \"x\" or i.a == nil' | size", "2"),
    ("where_exp: 'i', 'i.a | default: true' | size", "1"),
    ("reject_exp: 'i', 'i.a == 1' | size", "2"),
    ("find_exp: 'i', 'i.a' | map: 'a'", "[1]"),
    ("find_index_exp: 'i', 'i.a == nil'", "2"),
    ("has_exp: 'i', 'i.a == 2'", "false"),
    ("group_by: 'a' | map: 'name'", '[1,"1",null]'),
    ("group_by_exp: 'i', 'i.a | plus: 0' | map: 'name'", "[1,0]"),
    ("group_by_exp: 'i', 'i.a == limit' | map: 'name'", "[true,false]"),
]


@pytest.mark.parametrize(("chain", "expected"), CASES)
def test_items_are_picked(chain, expected):
    result = rendered(f"{{{{ items | {chain} | json }}}}", items=ITEMS, limit=1)
    assert result.problems == ()
    assert result.text == expected


MISSING = [
    ("where: 'z'", "z", "'z'"),
    ("where: 'z', 1", "z", "'z'"),
    ("where: 'b.z'", "b.z", "'b.z'"),
    ("find: 'z', 1", "z", "'z'"),
    ("has: 'z'", "z", "'z'"),
    ("group_by: 'z'", "z", "'z'"),
    ("where_exp: 'i', 'i.z == blank'", "i.z", "i.z"),
    ("where_exp: 'i', 'i.a and i.z'", "i.z", "i.z"),
    ("find_exp: 'i', 'i.z'", "i.z", "i.z"),
    ("group_by_exp: 'i', 'i.z'", "i.z", "i.z"),
    ("where_exp: 'i', 'items | has_exp: \"j\", \"j.z == 1\"'", "j.z", "j.z"),
    ("where_exp: 'i', 'i.z == \\'x\\''", "i.z", "where_exp"),
]


@pytest.mark.parametrize(("chain", "path", "place"), MISSING)
def test_a_property_that_an_item_lacks_is_a_missing_value_where_the_filter_names_it(chain, path, place):
    line = f"{{{{ items | {chain} | json }}}}"
    (problem,) = rendered(f"Hello\n{line}", items=ITEMS).problems
    assert (problem.kind, problem.path, problem.line) == ("missing", path, 2)
    assert line[problem.column - 1 :].startswith(place)


EMPTY = [
    "first",
    "last",
    "find: 'a', 1",
    "find_exp: 'i', 'i.a'",
    "find_index: 'a', 1",
    "sample",
    "first | truncate: 5",
    "first | json",
]


@pytest.mark.parametrize("chain", EMPTY)
def test_a_variable_set_to_what_was_not_found_is_missing(chain):
    result = rendered(f"{{% assign f = none | {chain} %}}{{% if f %}}yes{{% else %}}no{{% endif %}} [{{{{ f }}}}]", none=[])
    assert [(problem.kind, problem.path) for problem in result.problems] == [("missing", "f")]
    assert result.text == "no []"
    assert rendered(f"[{{{{ none | {chain} }}}}]", none=[]).text == "[]"
    assert rendered(f"{{% assign f = none | {chain} %}}{{{{ f | default: 'x' }}}}", none=[]).text == "x"


@pytest.mark.parametrize("chain", ["map: 'z'", "sort: 'z'", "sum: 'z'", "where_exp: 'i', 'i.z | default: true'"])
def test_some_filters_forgive_it(chain):
    assert rendered(f"{{{{ items | {chain} | size }}}}", items=ITEMS).ok


def test_a_find_that_ends_early_does_not_look_further():
    assert rendered("{{ items | find: 'a', 1 | json }}", items=[{"a": 1}, {"b": 1}]).ok


@pytest.mark.parametrize("source", ["", "i.a | no_such", "'open"])
def test_an_expression_that_cannot_be_read_is_a_problem_of_the_filter(source):
    (problem,) = rendered("{{ items | where_exp: 'i', said | json }}", items=ITEMS, said=source).problems
    assert (problem.kind, problem.column) == ("argument", 12)
    assert "the expression" in problem.message


def test_the_item_hides_a_variable_only_while_the_filter_works():
    source = "{% assign i = 'mine' %}{{ items | where_exp: 'i', 'i.a == 1' | size }} {{ i }}"
    assert rendered(source, items=ITEMS).text == "1 mine"


def test_an_expression_may_pick_again():
    source = "{{ items | where_exp: 'i', 'i.tags | has: \"n\", 1' | size }}"
    assert rendered(source, items=[{"tags": [{"n": 1}]}, {"tags": []}]).text == "1"


def test_legacy_picks_as_ruby_does():
    source = "{{ items | where: 'a', 1 | size }} {{ items | where: 'z' | size }} {{ items | where_not: 'a', 1 | size }}"
    assert rendered(source, "legacy", items=ITEMS).text == "1 0 2"


def test_work_within_an_expression_is_counted():
    result = rendered(
        "{{ items | where_exp: 'i', 'items | where_exp: \"j\", \"items | size\" | size' | size }}", items=list(range(5_000))
    )
    assert [problem.kind for problem in result.problems] == ["limit"]
