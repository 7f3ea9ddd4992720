"""Whatever the template and whatever the data: a rendering comes out, the same one every time, and it is bounded."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cio_tui.liquid.limits import OUTPUT_BYTES
from cio_tui.liquid.scope import Rendering, Scope
from cio_tui.liquid.template import parse, parse_anew
from tests.liquid.random_templates import damaged, data, noise, templates
from tests.liquid.vectors.cases import NOW, PROFILES

_EXAMPLES = 200


@pytest.mark.parametrize("profile", PROFILES)
def test_a_template_of_the_grammar_renders_with_any_data(profile, record_property):
    @settings(max_examples=_EXAMPLES, deadline=None)
    @given(templates, data, st.sampled_from(["error", "empty"]))
    def holds(template, given_data, missing):
        _check(template, profile, given_data, missing)

    holds()
    record_property("cases: Liquid fuzz", _EXAMPLES)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_damaged_template_renders_with_any_data(profile, record_property):
    @settings(max_examples=_EXAMPLES, deadline=None)
    @given(damaged(), data)
    def holds(template, given_data):
        _check(template, profile, given_data, "error")

    holds()
    record_property("cases: Liquid fuzz", _EXAMPLES)


@pytest.mark.parametrize("profile", PROFILES)
def test_noise_renders(profile, record_property):
    @settings(max_examples=_EXAMPLES, deadline=None)
    @given(noise)
    def holds(template):
        _check(template, profile, {"x": 1}, "error")

    holds()
    record_property("cases: Liquid fuzz", _EXAMPLES)


@pytest.mark.parametrize("profile", PROFILES)
def test_snippets_may_be_anything_too(profile, record_property):
    @settings(max_examples=_EXAMPLES // 2, deadline=None)
    @given(templates | noise, templates | noise, data)
    def holds(first, second, given_data):
        partials = {"one": first, "two": f"{second}{{% include 'one' %}}{{{{ snippets.one }}}}"}
        template = "{% include 'two' %}{% render 'one' %}{{ snippets.two }}{% render_liquid x %}"
        scope = Scope(given_data | {"x": first}, NOW, partials=partials)
        _check_rendering(template, parse(template, profile).render(scope))

    holds()
    record_property("cases: Liquid fuzz", _EXAMPLES // 2)


def _check(template: str, profile: str, given_data: dict, missing: str) -> None:
    before = copy.deepcopy(given_data)
    rendering = parse(template, profile).render(Scope(given_data, NOW, seed=3, missing=missing))
    _check_rendering(template, rendering)
    assert given_data == before
    assert parse_anew(template, profile).render(Scope(before, NOW, seed=3, missing=missing)) == rendering


def _check_rendering(template: str, rendering: Rendering) -> None:
    assert isinstance(rendering, Rendering)
    assert len(rendering.text.encode("utf-8", "surrogatepass")) <= OUTPUT_BYTES
    lines = template.split("\n")
    for problem in rendering.problems:
        assert problem.message
        assert problem.column >= 1
        assert problem.length >= 1
        if not problem.source:
            assert 1 <= problem.line <= len(lines)
            assert problem.column <= len(lines[problem.line - 1]) + 1
