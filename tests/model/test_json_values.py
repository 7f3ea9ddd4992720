"""JSON in and out: what is taken comes back unchanged, what cannot be kept is refused with its place."""

import enum
import json
from collections import OrderedDict, UserDict, namedtuple
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui.model.errors import InputError
from cio_tui.model.json_values import MAX_DEPTH, check, dumps, kind_of, parse, parse_object, printable, size

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


class Text(str):
    """A subclass of str."""


class Level(enum.IntEnum):
    LOW = 1


Pair = namedtuple("Pair", "one two")


def nested(levels):
    value = "core"
    for _ in range(levels):
        value = [value]
    return value


def refusal(call, *arguments):
    with pytest.raises(InputError) as refused:
        call(*arguments)
    return refused.value


@given(json_values)
def test_what_is_written_is_read_back(value):
    check(value)
    text = dumps(value)
    again = parse(text)
    assert again == value
    assert dumps(again) == text, "also true and 1, 0.0 and -0.0 apart"
    assert json.loads(text) == value, "any JSON reader agrees"
    assert parse(text.encode()) == value
    assert size(value) == len(text.encode())


@given(json_values, st.sampled_from([float("nan"), float("inf"), 2**64, -(2**63) - 1, "\udc80", {0: 1}, b"bytes", object()]))
def test_a_wrong_value_is_found_anywhere(value, wrong):
    for holder in ([value, wrong], {"a": value, "b": {"c": [wrong]}}):
        assert refusal(check, holder)


@given(st.text() | st.binary())
def test_any_text_is_read_or_refused(text):
    with suppress(InputError):
        check(parse(text))


@pytest.mark.parametrize("value", [(1, 2), OrderedDict(a=1), 2**64 - 1, -(2**63), "\0", "\U0010ffff", "\ufeff", 5e-324, {"": ""}])
def test_values_taken(value):
    check(value)
    assert parse(dumps(value)) == json.loads(json.dumps(value))


@pytest.mark.parametrize(
    ("value", "message", "hint"),
    [
        (float("nan"), "nan is not a JSON number", "send null or leave the key out"),
        ({"a": [1, {"b": float("-inf")}]}, "a[1].b: -inf is not a JSON number", "send null or leave the key out"),
        ([2**64], "[0]: the number 18446744073709551616… does not fit 64 bits", "send it as text"),
        (-(2**63) - 1, "the number -9223372036854775809… does not fit 64 bits", "send it as text"),
        (10**4000, "the number 100000000000000000000000… does not fit 64 bits", "send it as text"),
        (
            {"name": "ab\ud83d"},
            "name: the text has a lone surrogate (U+D83D) at character 3",
            "it is half of a character; send the whole one",
        ),
        (
            {"ok": {"\udc00": 1}},
            "ok: the text has a lone surrogate (U+DC00) at character 1",
            "it is half of a character; send the whole one",
        ),
        ({"a": {1: 2}}, "a: the key 1 is not text", ""),
        ({None: 2}, "the key None is not text", ""),
        (b"x", "a bytes is not a JSON value", ""),
        ([{1}], "[0]: a set is not a JSON value", ""),
        ([UserDict(a=1)], "[0]: a UserDict is not a JSON value", ""),
        (Text("x"), "a Text is not a JSON value", ""),
        (Level.LOW, "a Level is not a JSON value", ""),
        ({"line\nbreak": 1j}, r"line\nbreak: a complex is not a JSON value", ""),
    ],
    ids=ascii,
)
def test_values_refused(value, message, hint):
    error = refusal(check, value)
    assert (error.message, error.hint) == (message, hint)


@pytest.mark.parametrize("value", [{Text("a"): 1}, Pair(1, 2)], ids=["a key of a str subclass", "a named tuple"])
def test_what_check_takes_can_be_written(value):
    try:
        check(value)
    except InputError:
        return
    dumps(value)


def test_an_integer_too_long_to_print_is_refused():
    assert "does not fit 64 bits" in refusal(check, 10**5000).message


def test_a_hundred_levels_and_no_more():
    check(nested(MAX_DEPTH))
    assert parse(dumps(nested(MAX_DEPTH))) == nested(MAX_DEPTH)
    for deep in (nested(MAX_DEPTH + 1), nested(900)):
        assert "the data is nested deeper than 100 levels" in refusal(check, deep).message
    for levels in (MAX_DEPTH + 1, 100_000):
        assert "nested deeper than 100 levels" in refusal(parse, "[" * levels + "]" * levels).message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the data is not valid JSON: expecting value at line 1, column 1"),
        ('{"a": 1,}', "the data is not valid JSON: expecting property name enclosed in double quotes at line 1, column 9"),
        ('{\n  "a": tru\n}', "the data is not valid JSON: expecting value at line 2, column 8"),
        ("[1 2]", "the data is not valid JSON: expecting ',' delimiter at line 1, column 4"),
        ("{'a': 1}", "the data is not valid JSON: expecting property name enclosed in double quotes at line 1, column 2"),
        ("{} {}", "the data is not valid JSON: extra data at line 1, column 4"),
        ("01", "the data is not valid JSON: extra data at line 1, column 2"),
        ('"\\x"', "the data is not valid JSON: invalid \\escape at line 1, column 2"),
        ("NaN", "the data is not valid JSON: NaN is not JSON"),
        ("[-Infinity]", "the data is not valid JSON: -Infinity is not JSON"),
        ('{"a": [1e400]}', "a[0]: inf is not a JSON number"),
        ('{"n": 18446744073709551616}', "n: the number 18446744073709551616… does not fit 64 bits"),
        ('{"a": "\\ud800"}', "a: the text has a lone surrogate (U+D800) at character 1"),
        (b"\xff\xfe{\x00}\x00", "the data is not UTF-8: byte 1 is 0xff"),
        (b'{"a": "\xe9"}', "the data is not UTF-8: byte 8 is 0xe9"),
    ],
    ids=ascii,
)
def test_text_refused(text, message):
    assert refusal(parse, text).message == message


@pytest.mark.parametrize("text", ["9" * 5000, '"a\0b"', '"tab\t"', '["a', "\0", "\ufeff{}", "[1,]", "nul", "+1", ".5", "0x1"])
def test_other_text_refused(text):
    assert refusal(parse, text).message.startswith("the data is not valid JSON: ")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b"\xef\xbb\xbf{}", {}),
        ('"\\u0000"', "\0"),
        ('"\\ud83d\\ude00"', "😀"),
        ('{"a": 1, "a": 2}', {"a": 2}),
        (" \r\n\t[] ", []),
        ("1E5", 100000.0),
        ("1e-400", 0.0),
        ("-0", 0),
    ],
)
def test_text_taken(text, value):
    assert parse(text) == value


def test_what_is_read_has_a_name():
    assert refusal(parse, "{", "line 3").message.startswith("line 3 is not valid JSON: ")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("[]", "array"), ("null", "null"), ("1", "number"), ("1.5", "number"), ('"a"', "string"), ("true", "boolean")],
)
def test_only_an_object_is_an_object(text, kind):
    error = refusal(parse_object, text, "the payload")
    assert error.message == f'the payload must be a JSON object like {{"total": 215}}, not {kind}'
    assert kind_of(parse(text)) == kind


def test_an_object():
    assert parse_object('{"total": 215}') == {"total": 215}
    assert kind_of({}) == "object"
    assert kind_of((1,)) == "array"


@given(st.text())
def test_any_text_can_be_made_printable(text):
    assert printable(text).isprintable()


def test_printable_text_is_safe_for_a_terminal():
    assert printable("a\x1b[31m\ud800\u202e\n\x7fü🙂") == r"a\x1b[31m\ud800\u202e\n\x7fü🙂"
