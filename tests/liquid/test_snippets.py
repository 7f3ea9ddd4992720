"""Snippets and partials: what they see, where their problems are, and how deep they may stand in one another."""

from collections.abc import Mapping

import pytest

from cio_tui.liquid.profiles import PROFILES, Profile
from cio_tui.liquid.scope import Rendering, Scope
from cio_tui.liquid.template import parse

DATA = {"customer": {"first_name": "Ada"}}


def rendered(template: str, partials: Mapping[str, str], profile: Profile = "latest") -> Rendering:
    return parse(template, profile).render(Scope(DATA, partials=partials))


@pytest.mark.parametrize("profile", PROFILES)
def test_a_snippet_is_rendered_with_the_data(profile: Profile) -> None:
    partials = {"footer": "Bye {{ customer.first_name }}", "main address": "1 Road"}
    assert rendered("{{ snippets.footer }}, {{ snippets['main address'] }}", partials, profile) == Rendering(
        "Bye Ada, 1 Road", ()
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_a_snippet_and_its_message_see_none_of_each_others_variables(profile: Profile) -> None:
    partials = {"s": "{% assign inside = 1 %}[{{ outside | default: '-' }}]"}
    template = "{% assign outside = 2 %}{{ snippets.s }}{% if inside %}seen{% endif %}{{ outside }}"
    assert parse(template, profile).render(Scope(DATA, partials=partials, missing="empty")).text == "[-]2"


def test_a_snippet_that_is_a_json_array_is_a_list_and_not_rendered() -> None:
    partials = {"colours": '["red", "{{ blue }}"]'}
    assert rendered("{% for c in snippets.colours %}<{{ c }}>{% endfor %}", partials).text == "<red><{{ blue }}>"


def test_a_snippet_that_is_not_there_is_missing() -> None:
    (problem,) = rendered("{{ snippets.foter }}", {"footer": "x"}).problems
    assert (problem.kind, problem.message) == ("missing", "Variable 'snippets.foter' is missing")


def test_problems_in_a_snippet_carry_its_name_and_its_own_places() -> None:
    partials = {"s": "one\n  {{ customer.nope }}"}
    rendering = rendered("\n\n{{ snippets.s }}{{ customer.neither }}", partials)
    assert [(p.source, p.line, p.column, p.path) for p in rendering.problems] == [
        ("", 3, 20, "customer.neither"),
        ("snippets.s", 2, 6, "customer.nope"),
    ]
    assert rendering.text == "\n\none\n  "
    assert not rendering.ok


def test_a_snippet_with_a_mistake_fails_the_message() -> None:
    rendering = rendered("a{{ snippets.s }}b", {"s": "{% if x %}never closed"})
    assert rendering.text == "ab"
    assert [(p.source, p.kind, p.message) for p in rendering.problems] == [("snippets.s", "unclosed", "if tag was never closed")]


@pytest.mark.parametrize("profile", PROFILES)
def test_include_shares_the_variables_and_render_does_not(profile: Profile) -> None:
    partials = {"p": "{% assign x = 2 %}[{{ y | default: '-' }}]"}
    scope = Scope(DATA, partials=partials, missing="empty")
    assert parse("{% assign y = 1 %}{% include 'p' %}{{ x }}", profile).render(scope).text == "[1]2"
    assert parse("{% assign y = 1 %}{% render 'p' %}{{ x }}", profile).render(scope).text == "[-]"


def test_render_sees_the_data_and_its_arguments() -> None:
    partials = {"p": "{{ customer.first_name }}-{{ x }}-{{ forloop.index }};"}
    assert rendered("{% render 'p' for (1..2) as x %}", partials).text == "Ada-1-1;Ada-2-2;"
    assert rendered("{% render 'q' with 5 as z, k: 6 %}", {"q": "{{ z }}{{ k }}"}).text == "56"


def test_include_of_an_array_repeats_the_partial_in_ruby_only() -> None:
    partials = {"p": "<{{ p }}>"}
    template = "{% assign l = 'a,b' | split: ',' %}{% include 'p' with l %}"
    assert (rendered(template, partials).text, rendered(template, partials, "legacy").text) == ("<ab>", "<a><b>")


def test_a_partial_that_is_not_there_is_a_problem() -> None:
    (problem,) = rendered("{% include 'foter' %}", {"footer": "x"}).problems
    assert (problem.message, problem.hint, problem.column) == ("There is no partial named 'foter'", "Did you mean 'footer'?", 12)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("template", ["{{ snippets.s }}", "{% include 's' %}", "{% render 's' %}"])
def test_partials_in_one_another_end(template: str, profile: Profile) -> None:
    problems = rendered(template, {"s": f"x{template}{template}"}, profile).problems
    assert [(problem.kind, problem.source) for problem in problems if problem.severity == "error"] == [
        ("limit", "snippets.s" if "snippets" in template else "s")
    ]


def test_break_in_a_partial_ends_the_loop_around_an_include_only() -> None:
    assert rendered("{% for i in (1..3) %}{{ i }}{% include 'b' %}{% endfor %}", {"b": "{% break %}"}).text == "1"
    assert rendered("{% for i in (1..3) %}{{ i }}{% render 'b' %}{% endfor %}", {"b": "{% break %}"}).text == "123"


def test_snippets_in_the_data_count_as_well() -> None:
    assert parse("{{ snippets.s }}").render(Scope({**DATA, "snippets": {"s": "{{ customer.first_name }}!"}})).text == "Ada!"
