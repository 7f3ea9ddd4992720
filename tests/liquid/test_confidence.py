"""Where it is not confirmed that Customer.io does as we do: a note, which fails nothing."""

import pytest

from cio_tui.liquid.confidence import FILTERS, TAGS
from cio_tui.liquid.environment import environment_of, filters_of
from cio_tui.liquid.profiles import PROFILES, Profile
from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse

DOUBTFUL = [
    ("{{ event.n | divided_by: 4 }}", 14, "divided_by"),
    ("{{ event.n | divided_by: 4 | round }}", 14, "divided_by"),
    ("{{ event.n | modulo: -4 }}", 14, "modulo"),
    ("{{ event.n | date: '%H %Z', 'Europe/Oslo' }}", 14, "date"),
    ("{{ event.n | date_to_string: 'ordinal' }}", 14, "date_to_string"),
    ("{{ event.n | date_to_long_string: 'ordinal', 'US' }}", 14, "date_to_long_string"),
    ("{{ event.n | add_month: 1 }}", 14, "add_month"),
    ("{{ event.n | titlecase }}", 14, "titlecase"),
    ("{% assign n = event.n | random %}", 25, "random"),
    ("{% random 3 %}", 4, "random"),
    ("{%- unsubscribe -%}", 5, "unsubscribe"),
    ("{% view_in_browser %}", 4, "view_in_browser"),
    ("{% countdown point:1 time:'2026-12-24 18:00:00 (GMT)' %}", 4, "countdown"),
]
SURE = [
    "{{ event.n | divided_by: 4 | floor }}",
    "{{ event.n | modulo: 4 }}",
    "{{ event.n | date: '%H %Z' }}",
    "{{ event.n | date: '%H %z', 'Europe/Oslo' }}",
    "{{ event.n | date: event.n, 'Europe/Oslo' }}",
    "{{ event.n | date_to_string }}",
    "{% unsubscribe_url %}",
    "{% generate_uuid %}",
    "{% comment %}{% random 3 %}{% endcomment %}",
    "{{ random }}{{ event.countdown }}",
]


@pytest.mark.parametrize(("template", "column", "name"), DOUBTFUL, ids=[case[0] for case in DOUBTFUL])
def test_what_is_in_doubt_is_noted_at_its_place(template: str, column: int, name: str) -> None:
    (problem,) = parse(template).problems
    assert (problem.kind, problem.severity, problem.column, problem.length) == ("unconfirmed", "note", column, len(name))
    assert problem.message.startswith(f"not confirmed of `{name}`: ")
    assert problem.to_json()["severity"] == "note"
    rendering = parse(template).render(Scope({"event": {"n": 8}}))
    assert (rendering.ok, rendering.problems) == (True, (problem,))


@pytest.mark.parametrize("template", SURE)
def test_nothing_is_noted_of_what_is_sure(template: str) -> None:
    assert [problem for problem in parse(template).problems if problem.severity == "note"] == []


def test_what_only_one_engine_does_is_in_doubt_there_only() -> None:
    assert parse("{{ 8 | divided_by: 4 }}", "legacy").problems == ()
    assert parse("{% random 3 %}", "legacy").problems != ()


@pytest.mark.parametrize("profile", PROFILES)
def test_every_doubt_is_about_something_that_there_is(profile: Profile) -> None:
    known = filters_of(profile)
    assert [name for name, doubt in FILTERS.items() if doubt.profiles == (profile,) and name not in known] == []
    assert set(TAGS) <= environment_of(profile).tags.keys()
