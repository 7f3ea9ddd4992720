import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui.model.name_search import NameSearch, Pattern, escape, plain_run

WILD = st.text(alphabet="ab*+|\\ A\u00df", max_size=10)


@pytest.mark.parametrize(
    ("search", "name", "found"),
    [
        ("order", "Order placed", True),
        ("ORDER", "reorder", True),
        ("order placed", "order_placed", False),
        ("order placed", "my order placed", True),
        ("order*", "order placed", True),
        ("order*", "reorder", False),
        ("*order", "reorder", True),
        ("o*r*d", "ord", True),
        ("o*d*d", "ord", False),
        ("a*a", "a", False),
        ("ab*ba", "aba", False),
        ("*", "", True),
        ("**", "anything", True),
        ("order+paid", "paid order", True),
        ("order+paid", "order", False),
        ("order|paid", "order", True),
        ("order|paid", "order paid", False),
        ("order + paid | test", "order paid", True),
        ("order + paid | test", "order paid test", False),
        ("order|test+paid", "order", False),
        ("|test", "order", True),
        ("|test", "a test", False),
        (r"a\*b", "xa*by", True),
        (r"a\*b", "aXb", False),
        (r"1\+1", "1+1=2", True),
        (r"a\|b", "a|b", True),
        (r"a\\b", "a\\b", True),
        (r"a\b", "a\\b", True),
        ("a\\", "a\\", True),
        ("a\\", "a", False),
        ("", "anything", True),
        ("+", "anything", True),
        ("a|", "a", True),
        ("STRASSE", "straße", True),
    ],
)
def test_e_search_grammar(search, name, found):
    assert NameSearch.parse(search).matches(name) is found


@given(st.text(), st.text())
def test_e_search_takes_any_text(search, name):
    NameSearch.parse(search).matches(name)


@given(st.one_of(st.text(), WILD), st.text(max_size=3), st.text(max_size=3))
def test_an_escaped_name_is_found_literally(name, before, after):
    search = NameSearch.parse(escape(name))
    assert search.matches(name)
    assert search.matches(before + name + after)
    assert not any(term.wild for term in search.wanted)
    assert not search.unwanted


@given(WILD, st.text(alphabet="abA*+|\\ ", max_size=10))
def test_every_found_ascii_name_contains_the_runs(search, name):
    parsed = NameSearch.parse(search)
    if parsed.matches(name):
        assert all(run in name.lower() for run in parsed.runs)


@given(st.text(alphabet="ab*", max_size=6), st.text(alphabet="ab", max_size=8))
def test_covers_agrees_with_a_slow_matcher(pattern, text):
    def slow(rest, left):
        if not rest:
            return not left
        if rest[0] == "*":
            return any(slow(rest[1:], left[i:]) for i in range(len(left) + 1))
        return left[:1] == rest[0] and slow(rest[1:], left[1:])

    assert Pattern.parse(pattern).covers(text) is slow(pattern, text)


def test_a_plain_run_is_the_longest_that_json_keeps():
    assert plain_run('say "hello"') == "hello"
    assert plain_run("été") == "t"
    assert plain_run("é") == ""
