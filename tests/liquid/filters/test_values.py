"""What the engines make of values: text, numbers, truth, equality and order."""

import math

import pytest
from liquid.exceptions import FilterArgumentError

from cio_tui.liquid.filters import javascript, ruby
from cio_tui.liquid.filters.values import to_text
from cio_tui.liquid.limits import LimitReached
from tests.liquid.filters.calls import rendered

PRINTED = [
    (None, "", ""),
    (True, "true", "true"),
    (23.0, "23", "23.0"),
    (1e21, "1e+21", "1.0e+21"),
    (1e20, "100000000000000000000", "1.0e+20"),
    (1e16, "10000000000000000", "1.0e+16"),
    (123456789012345.0, "123456789012345", "123456789012345.0"),
    (1e-6, "0.000001", "1.0e-06"),
    (1.5e-7, "1.5e-7", "1.5e-07"),
    (0.0001, "0.0001", "0.0001"),
    (-0.0, "0", "-0.0"),
    (math.inf, "Infinity", "Infinity"),
    (math.nan, "NaN", "NaN"),
    (5e-324, "5e-324", "5.0e-324"),
    (12345678901234567890, "12345678901234567000", "12345678901234567890"),
    ([1, None, [2, [3, {"a": 1}]], True, 23.0], "123[object Object]true23", '123{"a"=>1}true23.0'),
    ({"a": 1, "b": [1, None, "x\n"]}, "[object Object]", '{"a"=>1, "b"=>[1, nil, "x\\n"]}'),
    ({"a": "#{y} #$z \\ é\u2028\x00"}, "[object Object]", '{"a"=>"\\#{y} \\#$z \\\\ é\\u2028\\u0000"}'),
    (range(1, 4), "123", "1..3"),
]


@pytest.mark.parametrize(("value", "latest", "legacy"), PRINTED)
def test_what_an_output_prints(value, latest, legacy):
    assert to_text(value, "latest") == latest
    assert to_text(value, "legacy") == legacy


EQUAL = [
    (1, 1.0, True, True),
    (1, "1", False, False),
    (True, 1, False, False),
    (None, False, False, False),
    ([1, [2]], [1.0, [2]], True, True),
    ({"a": 1}, {"a": 1}, False, True),
]


@pytest.mark.parametrize(("left", "right", "latest", "legacy"), EQUAL)
def test_equality(left, right, latest, legacy):
    assert javascript.equal(left, right) is latest
    assert ruby.equal(left, right) is legacy


def test_order_of_javascript_compares_texts_by_their_units_and_everything_else_as_numbers():
    assert javascript.less("\U00010000", "\uffff")
    assert javascript.less("10", "9")
    assert javascript.less("9", 10)
    assert not javascript.less("a", 1)
    assert not javascript.less(1, "a")
    assert sorted([3, None, 1], key=javascript.by_order) == [1, 3, None]


def test_length_and_parts_count_utf_16_units():
    assert javascript.length("a😀b") == 4
    assert javascript.cut("a😀b", 0, 2) == "a\ufffd"
    assert javascript.cut("a😀b", 1, 3) == "😀"


@pytest.mark.parametrize("profile", ["latest", "legacy"])
def test_arrays_that_hold_each_other_are_refused_before_they_are_spelled_out(profile):
    value: list[object] = ["x"]
    for _ in range(40):
        value = [value, value]
    with pytest.raises(LimitReached, match="more than"):
        to_text(value, profile)


@pytest.mark.parametrize("profile", ["latest", "legacy"])
def test_data_too_deep_is_refused(profile):
    value: object = 1
    for _ in range(5_000):
        value = [value]
    with pytest.raises(FilterArgumentError, match="nested deeper"):
        to_text(value, profile)


SHARED = """{% assign b = "a" %}{% for i in (1..15) %}{% assign b = b | append: b %}{% endfor %}{% assign b = b | split: "" %}
{% assign all = none | push: b %}{% for i in (1..13) %}{% assign all = all | concat: all %}{% endfor %}"""


@pytest.mark.parametrize("end", ["{{ all | sum }}", "{{ all | sort | size }}", '{{ all | where_exp: "i", "i == c" | size }}'])
def test_looking_through_one_array_again_and_again_is_charged_to_the_rendering(end):
    result = rendered(f"{SHARED}{{% assign c = b | reverse %}}{end}", none=[])
    assert [problem.kind for problem in result.problems] == ["limit"]


@pytest.mark.parametrize("call", ['currency: "de-CH"', 'date: "%c %x %Y %A"'])
def test_what_takes_its_time_is_charged_for_it(call):
    result = rendered(f"{{% for i in (1..100000) %}}{{% assign x = i | {call} %}}{{% endfor %}}")
    assert [problem.kind for problem in result.problems] == ["limit"]
