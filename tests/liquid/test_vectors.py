"""What the real engines make of our templates, and what we make of them. How to remake it all: vectors/README.md."""

import re
from collections.abc import Iterator

import pytest

from tests.liquid.vectors import count
from tests.liquid.vectors.cases import PROFILES, Case, all_cases
from tests.liquid.vectors.outcomes import differences, expected_of, handwritten, verdict


def _sections() -> Iterator[tuple[str, str, list[Case]]]:
    """The cases of each profile by section, so that a section is one test."""
    for profile in PROFILES:
        sections: dict[str, list[Case]] = {}
        for case in all_cases():
            if profile in case.profiles:
                sections.setdefault(case.id.rpartition("/")[0], []).append(case)
        yield from ((profile, section, cases) for section, cases in sections.items())


@pytest.mark.parametrize(
    ("profile", "cases"), [pytest.param(profile, cases, id=f"{profile}-{section}") for profile, section, cases in _sections()]
)
def test_a_template_prints_what_the_real_engine_prints_unless_the_difference_is_listed(profile, cases, record_property):
    listed = differences(profile)
    told = []
    for case in cases:
        difference = verdict(case, profile)
        if difference and case.id not in listed:
            told.append(f"{case.id}: {case.template!r}\n    {difference}")
        elif not difference and case.id in listed:
            told.append(f"{case.id}: agrees by now, take it off differences.yaml")
    record_property(f"cases: Liquid vectors, {profile}", len(cases))
    assert not told, "\n".join(told)


@pytest.mark.parametrize("profile", PROFILES)
def test_each_expected_text_belongs_to_the_template_that_stands_there_now(profile):
    expected = expected_of(profile)
    assert {case.id: case.check for case in all_cases() if profile in case.profiles} == {
        name: vector["check"] for name, vector in expected.items()
    }
    assert not set(differences(profile)) - set(expected)


def test_there_are_as_many_vectors_as_we_say():
    assert len(expected_of("latest")) >= 600
    assert len(expected_of("legacy")) >= 400


@pytest.mark.parametrize("case", handwritten(), ids=lambda case: case.id)
def test_what_customerio_adds_holds_l5(case, record_property):
    rendering = case.render()
    record_property("cases: Liquid, Customer.io's additions", 1)
    if case.fails:
        assert not rendering.ok
        assert rendering.problems[0].kind == case.fails
    else:
        assert rendering.ok, rendering.problems
        wanted = case.matches or re.escape(case.output)
        assert re.fullmatch(wanted, rendering.text, re.DOTALL), (rendering.text, case.output or case.matches)


def test_the_document_counts_what_is_there():
    assert count.in_document() == count.report()
