"""What one template may cost: every limit is told in words at its place, and counts the same each time."""

import pytest

from cio_tui.liquid import limits
from cio_tui.liquid.problems import Problem
from cio_tui.liquid.profiles import PROFILES, Profile
from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse, parse_anew

DOUBLING = "{% assign s = 'x' %}" + "{% assign s = s | append: s %}" * 40


def ends(template: str, profile: Profile = "latest", **partials: str) -> Problem:
    """The limit that ends a template, when it is the only thing wrong with it."""
    scope = Scope({"customer": {}}, partials=partials)
    (problem,) = parse_anew(template, profile).render(scope).problems
    assert (problem.kind, problem.severity) == ("limit", "error")
    return problem


REACHED = [
    ("a long range", "{% for i in (1..999999999) %}x{% endfor %}", 13, "The range of 999,999,999 numbers is too long"),
    ("a long range in a filter", "{{ (1..999999999) | join }}", 4, "The range of 999,999,999 numbers is too long"),
    (
        "one loop in another",
        "{% for i in (1..999) %}{% for j in (1..999) %}x{% endfor %}{% endfor %}",
        None,
        "turn more than 100,000 times",
    ),
    ("loops in a row", "{% for i in (1..60000) %}{% endfor %}" * 2, 41, "turn more than 100,000 times"),
    ("a text that doubles", DOUBLING, 609, "A text of 1,048,576 characters is too long"),
    (
        "captures that double",
        "{% assign s = 'x' %}" + "{% capture s %}{{ s }}{{ s }}{% endcapture %}" * 30,
        None,
        "A text of more than",
    ),
    ("a list that doubles", "{% assign a = 'a,b' | split: ',' %}" + "{% assign a = a | concat: a %}" * 30, None, "too much work"),
    ("work in a loop", "{% for i in (1..90000) %}" + "{{ i }}" * 40 + "{% endfor %}", None, "does too much work"),
    (
        "filters on long lists",
        "{% assign a = (1..90000) %}{% for i in (1..99) %}{% assign b = a | sort %}{% endfor %}",
        None,
        "too much work",
    ),
    (
        "a table",
        "{% tablerow i in (1..99999) cols:1 %}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{% endtablerow %}",
        None,
        "longer than 5,000,000 bytes",
    ),
    ("nested blocks", "{% if true %}" * 101 + "{% endif %}" * 101, 1304, "Blocks stand more than 100 deep in one another"),
    ("many tags", "{% if true %}{% endif %}" * 10_001, None, "more than 20,000 tags and outputs"),
    ("many values", "{{ 'a' | append: 'b' }}" * 9_000, None, "more than 25,000 values and filters"),
    (
        "a long condition",
        "{% if " + "true and " * 60 + "true %}{% endif %}",
        7,
        "A condition may have 100 values and operators at most",
    ),
    ("many nots", "{% if " + "not " * 200 + "true %}{% endif %}", 7, "A condition may have 100 values and operators at most"),
    ("brackets in brackets", "{{ a" + "[a" * 40 + "]" * 40 + " }}", None, "Brackets may stand 25 deep at most"),
    ("a long text", "x" * (limits.SOURCE_LENGTH + 1), None, "This text is longer than 1,000,000 characters"),
    ("a long output", ("{% include 'p' %}" * 30), 290, "The text that comes out is longer than 5,000,000 bytes"),
]


@pytest.mark.parametrize(("template", "column", "words"), [case[1:] for case in REACHED], ids=[case[0] for case in REACHED])
def test_a_limit_ends_the_rendering_in_words_at_its_place(template: str, column: int | None, words: str) -> None:
    problem = ends(template, p="y" * 300_000)
    assert words in problem.message
    assert problem.line == 1
    if column is not None and not problem.source:
        assert problem.column == column


def test_whole_numbers_grow_without_end_in_ruby_only() -> None:
    squares = "{% assign n = 7 %}" + "{% assign n = n | times: n %}" * 30 + "{{ n }}"
    (problem,) = parse(squares, "legacy").render(Scope()).problems
    assert problem.kind in ("limit", "argument")
    assert parse(squares).render(Scope()).text == "Infinity"


@pytest.mark.parametrize("profile", PROFILES)
def test_what_was_printed_before_a_limit_is_kept(profile: Profile) -> None:
    rendering = parse("before {% for i in (1..999999) %}x{% endfor %} after", profile).render(Scope())
    assert rendering.text == "before "
    assert not rendering.ok


@pytest.mark.parametrize("profile", PROFILES)
def test_partials_are_counted_in(profile: Profile) -> None:
    deep = "{% if true %}" * 60 + "{% include 'next' %}" + "{% endif %}" * 60
    problem = ends(
        "{% include 'first' %}", profile, first=deep.replace("next", "second"), second=deep.replace("next", "third"), third=deep
    )
    assert "Blocks stand more than 160 deep" in problem.message
    assert problem.source == "second"


def test_a_limit_in_a_snippet_carries_the_snippets_name_and_place() -> None:
    problem = ends("{{ snippets.s }}", s="one\n {% for i in (1..999999) %}{% endfor %}")
    assert (problem.source, problem.line, problem.column) == ("snippets.s", 2, 14)


def test_a_loop_that_ends_at_once_costs_one_turn() -> None:
    template = "{% for i in (1..90000) %}{{ i }}{% break %}{% endfor %}" * 5
    assert parse(template).render(Scope()).text == "11111"


def test_limits_count_the_same_every_time() -> None:
    template = "{% for i in (1..90000) %}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{% endfor %}"
    first, second = (parse_anew(template, "latest").render(Scope()) for _ in range(2))
    assert first == second
    assert not first.ok


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "template",
    [
        "{{ " * 50_000,
        "{% " * 50_000,
        "{% raw %}" * 20_000,
        "{" * 100_000,
        "{{" + " " * 400_000,
        "{{ ' }}{{ \" }}" * 20_000,
        '{{ ["a" ' * 20_000,
    ],
    ids=["outputs", "tags", "raw", "braces", "blanks", "quotes", "brackets"],
)
def test_what_is_left_open_is_read_once(template: str, profile: Profile) -> None:
    parsed = parse_anew(template, profile)
    assert parsed.tree is None
    assert len(parsed.problems) <= limits.PROBLEMS


def test_deep_data_is_a_problem_and_no_crash() -> None:
    deep: list[object] = []
    for _ in range(5_000):
        deep = [deep]
    for template in (
        "{{ customer }}",
        "{{ customer | json }}",
        "{% if customer == customer2 %}{% endif %}",
        "{{ customer | join }}",
    ):
        for profile in PROFILES:
            rendering = parse(template, profile).render(Scope({"customer": deep, "customer2": [deep]}))
            assert {problem.kind for problem in rendering.problems} <= {"argument", "limit"}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), -float("inf"), 10**400, "\ud800", "\udc00x", "9" * 5_000, 1e308, {"": [None]}]
)
@pytest.mark.parametrize(
    "chain", ["", "| plus: 1", "| times: 1e9", "| round", "| date: '%Y'", "| upcase", "| divided_by: 0", "| json", "| sum"]
)
def test_odd_values_never_raise(value: object, chain: str, profile: Profile) -> None:
    rendering = parse(f"{{{{ customer.x {chain} }}}}", profile).render(Scope({"customer": {"x": value}}))
    rendering.text.encode()
