"""Text filters, as LiquidJS 10.30.1 (latest) and Ruby's Liquid 5.4.0 (legacy) answer. L5: the vectors of domain.md 8.5."""

from typing import Any

import pytest

from tests.liquid.filters.calls import REFUSED, called, printed

# value, filter, arguments, latest, legacy
CASES: list[tuple[Any, str, tuple[Any, ...], str, str]] = [
    ("Customer.io", "slice", (3, 3), "tom", "tom"),  # L5
    ("hello", "slice", (-3, 2), "ll", "ll"),
    ("hello", "slice", (1.5, 2), "ll", REFUSED),
    ("hello", "slice", (0, -1), "", ""),
    ("hello", "slice", (), "h", REFUSED),
    ("hello", "slice", (9, 2), "", ""),
    ("hello", "slice", (-9, 12), "", ""),
    ("a😀b", "slice", (1, 1), "😀", "😀"),
    ([1, 2, 3, 4], "slice", (1, 2), "23", "23"),
    ([1, 2, 3, 4], "slice", (-2, 2), "34", "34"),
    (12345, "slice", (1, 2), "23", "23"),
    ("hello", "truncate", (5,), "hello", "hello"),
    ("hello", "truncate", (4,), "h...", "h..."),
    ("hello", "truncate", (2,), "...", "..."),
    ("hello", "truncate", (2, ""), "he", "he"),
    ("hello", "truncate", (-1,), "...", "..."),
    ("hello", "truncate", (10**30,), "hello", "hello"),
    ("hello", "truncate", ("4",), "h...", "h..."),
    ("hello", "truncate", ("x",), "...", REFUSED),
    ("hello", "truncate", (4, None), "hell", "hell"),
    ("a😀b", "truncate", (3,), "...", "a😀b"),
    (None, "truncate", (3,), "", ""),
    ("a b c", "truncatewords", (3,), "a b c...", "a b c"),
    ("a b c", "truncatewords", (2,), "a b...", "a b..."),
    ("a b c", "truncatewords", (0,), "a...", "a..."),
    (" a\n b  c", "truncatewords", (2,), "a b...", "a b..."),
    ("a b c ", "truncatewords", (3,), "a b c...", "a b c..."),
    ("", "truncatewords", (3,), "", ""),
    ("a", "append", (), REFUSED, REFUSED),
    ("a", "append", (1, 2), REFUSED, REFUSED),
    (None, "append", (None,), "", ""),
    (3.0, "append", (2.5,), "32.5", "3.02.5"),
    (False, "append", ("x",), "falsex", "falsex"),
    ([1, None, [2]], "append", ("x",), "12x", "[1, nil, [2]]x"),
    ({"a": 1}, "append", ("x",), "[object Object]x", '{"a"=>1}x'),
    ("b", "prepend", ("a",), "ab", "ab"),
    (True, "capitalize", (), "True", "True"),
    ("éÀ ß hELLO", "capitalize", (), "Éà ß hello", "Éà ß hello"),
    ("éß", "upcase", (), "ÉSS", "ÉSS"),
    ("a", "upcase", (1,), "A", REFUSED),
    ("ABC", "downcase", (), "abc", "abc"),
    (" \u00a0a\n b\t", "strip", (), "a\n b", "\u00a0a\n b"),
    ("aaxa", "strip", ("a",), "x", REFUSED),
    ("a^b", "strip", ("^b",), "a", REFUSED),
    ("  a  ", "lstrip", (), "a  ", "a  "),
    ("  a  ", "rstrip", (), "  a", "  a"),
    ("a\r\nb\nc\rd", "strip_newlines", (), "abc\rd", "abc\rd"),
    ("aaa", "replace", ("", "-"), "a-a-a", "-a-a-a-"),
    ("abc", "replace", ("b", "$&\\0"), "a$&\\0c", "a$&bc"),
    ("abc", "replace", ("b",), "ac", "ac"),
    ("abc", "replace", (), "abc", REFUSED),
    ("abc", "replace_first", ("", "-"), "-abc", "-abc"),
    ("abcb", "replace_last", ("b", "-"), "abc-", "abc-"),
    ("abc", "replace_last", ("", "-"), "abc-", "abc-"),
    ("abcb", "remove", ("b",), "ac", "ac"),
    ("abcb", "remove", ("",), "abcb", "abcb"),
    ("abcb", "remove_first", ("b",), "acb", "acb"),
    ("abcb", "remove_last", ("b",), "abc", "abc"),
    (",a,,b,,", "split", (",",), "ab", "ab"),
    ("abc", "split", (), "abc", REFUSED),
    ("anilb", "split", (None,), "anilb", "anilb"),
]
LATEST_ONLY: list[tuple[Any, str, tuple[Any, ...], str]] = [
    (" a \n\u00a0b ", "normalize_whitespace", (), " a b "),
    (" The _config.yml File É/ü 1 ", "slugify", (), "the-config-yml-file-é-ü-1"),
    (" The _config.yml File É/ü 1 ", "slugify", ("pretty",), "the-_config.yml-file-é-ü-1"),
    (" The File É/ü ß1 ", "slugify", ("latin",), "the-file-é-u-ss1"),
    (" The File É/ü ß1 ", "slugify", ("ascii", True), "The-File-1"),
    (" The _config.yml File É ", "slugify", ("raw", True), "The-_config.yml-File-É"),
    (" The É ", "slugify", ("none",), " the é "),
    (" hello 你好 world, it's ", "number_of_words", (), "4"),
    (" hello 你好 world, it's ", "number_of_words", ("auto",), "5"),
    ("", "number_of_words", (), "0"),
    (["a", 1, None, {"b": 1}], "array_to_sentence_string", (), "a, 1, , and [object Object]"),
    (["a", "b"], "array_to_sentence_string", ("or",), "a or b"),
    (["a"], "array_to_sentence_string", (), "a"),
    ([], "array_to_sentence_string", (), ""),
    ("a b", "array_to_sentence_string", (), "a b"),
]
OWN: list[tuple[Any, str, tuple[Any, ...], str]] = [
    (3, "pluralize", ("item", "items"), "3 items"),  # L5
    (1, "pluralize", ("item", "items"), "1 item"),
    ("1", "pluralize", ("item", "items"), "1 item"),
    (0, "pluralize", ("item", "items"), "0 items"),
    (3, "pluralize", (), REFUSED),
    ("this is o'neil's tItle", "titlecase", (), "This Is O'neil's Title"),
    ("abc", "contains", ("b",), "true"),
    (["abc", 1], "contains", ("b",), "false"),
    (["abc", 1], "contains", (1,), "true"),
]


@pytest.mark.parametrize(("value", "name", "arguments", "latest", "legacy"), CASES)
def test_text_filters_of_both_profiles(value, name, arguments, latest, legacy):
    assert printed("latest", name, value, *arguments) == latest
    assert printed("legacy", name, value, *arguments) == legacy


@pytest.mark.parametrize(("value", "name", "arguments", "expected"), LATEST_ONLY)
def test_text_filters_that_only_latest_has(value, name, arguments, expected):
    assert printed("latest", name, value, *arguments) == expected


@pytest.mark.parametrize(("value", "name", "arguments", "expected"), OWN)
def test_text_filters_of_customer_io(value, name, arguments, expected):
    assert printed("latest", name, value, *arguments) == expected
    assert printed("legacy", name, value, *arguments) == expected


def test_ruby_splits_at_runs_of_white_space_when_it_splits_at_a_space():
    assert printed("latest", "join", ["a", "b", "", "c"], ",") == "a,b,,c"
    assert called("latest", "split", "a b  c ", " ") == ["a", "b", "", "c"]
    assert called("legacy", "split", " a b  c ", " ") == ["a", "b", "c"]
    assert called("latest", "split", ",a,,b,,", ",") == ["", "a", "", "b"]
