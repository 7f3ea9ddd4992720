from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui.liquid.coverage import LABELS, Coverage
from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse
from tests.liquid.labelled.conditions import CONDITIONS
from tests.liquid.labelled.defaults import DEFAULTS
from tests.liquid.labelled.loops import LOOPS
from tests.liquid.labelled.surroundings import SURROUNDINGS
from tests.liquid.made_up_templates import DATA, TEMPLATES
from tests.liquid.random_templates import data as any_data
from tests.liquid.random_templates import templates

CASES = [*CONDITIONS, *LOOPS, *DEFAULTS, *SURROUNDINGS]


def rows(text):
    for row in text.strip().splitlines():
        branch, _, labels = row.partition("|")
        line, tag, kind = branch.split()
        yield int(line), tag, kind, tuple(labels.replace("-", "").split())


def covered(template, samples, profile="latest"):
    coverage = Coverage(template, profile)
    assert not coverage.problems
    for label, data in samples.items():
        coverage.run(label, Scope(data))
    return coverage


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_branch_is_reached_by_the_samples_that_the_label_says(case):
    found = covered(case.template, case.samples).branches
    assert [(branch.line, branch.tag, branch.kind, branch.labels) for branch in found] == list(rows(case.rows))
    assert all(branch.hits == len(branch.labels) for branch in found)


def test_there_are_enough_labelled_templates():
    assert len({case.template for case in CASES}) >= 30


def test_percent_and_missed():
    coverage = covered("{% if a %}1{% else %}2{% endif %}{{ b | default: 1 }}", {"x": {"a": True, "b": 1}})
    assert coverage.percent() == 50
    assert [(branch.tag, branch.kind) for branch in coverage.missed()] == [("if", "else"), ("default", "fallback")]
    assert covered("plain", {}).percent() == 100


SPANS = "a{% if x %}b{% elsif y %}c{% else %}d{% endif %}{{ z | default: 'a|b' | upcase }}{% unless x %}e{% endunless %}"


def test_a_branch_spans_its_part_of_the_source():
    texts = [SPANS[branch.start : branch.end] for branch in Coverage(SPANS).branches]
    assert texts == [
        "{% if x %}b",
        "{% elsif y %}c",
        "{% else %}d",
        "default: 'a|b'",
        "default: 'a|b'",
        "{% unless x %}e",
        "{% endunless %}",
    ]


def test_the_text_of_a_branch_says_what_decides():
    texts = [branch.text for branch in Coverage(SPANS).branches]
    assert texts == ["if x", "elsif y", "else", "z | default: 'a|b'", "z | default: 'a|b'", "unless x", "unless x"]


def test_line_and_column_count_from_one_and_the_end_is_the_place_after():
    branch = Coverage("ab\n {% if x %}\n c{% endif %}").branches[0]
    assert (branch.line, branch.column, branch.end_line, branch.end_column) == (2, 2, 3, 3)


@pytest.mark.parametrize(
    ("template", "data", "texts"),
    [
        ("{% if a %}1{% else %}2{% endif %}", {"a": 1}, ["{% else %}2"]),
        ("{% if a %}1{% if b %}2{% endif %}{% endif %}", {}, ["{% if a %}1{% if b %}2{% endif %}"]),
        ("{% for i in a %}1{% else %}2{% endfor %}", {"a": []}, ["{% for i in a %}1"]),
        ("{% for i in a %}1{% else %}2{% endfor %}", {"a": [1]}, ["{% else %}2"]),
        ("{% for i in a %}1{% endfor %}", {"a": [1]}, []),
        ("{% case a %}{% when 1 %}1{% when 2 %}2{% endcase %}", {"a": 2}, ["{% when 1 %}1"]),
        ("{{ a | default: 1 }}", {"a": 1}, []),
    ],
)
def test_what_never_ran_is_told_once_and_in_order(template, data, texts):
    coverage = covered(template, {"x": data})
    assert [template[start:end] for start, end in coverage.unreached()] == texts


def test_only_the_first_labels_are_kept():
    coverage = covered("{% if a %}1{% endif %}", {str(number): {"a": 1} for number in range(100)})
    assert coverage.branches[0].hits == 100
    assert coverage.branches[0].labels == tuple(str(number) for number in range(LABELS))


def test_the_json_shape():
    shape = covered("{% if a %}1{% else %}2{% endif %}", {"x": {"a": 1}}).to_json()
    assert {name: shape[name] for name in ("runs", "branches", "reached", "percent")} == {
        "runs": 1, "branches": 2, "reached": 1, "percent": 50.0,
    }  # fmt: skip
    assert shape["missed"] == [
        {
            "tag": "if",
            "kind": "else",
            "text": "else",
            "line": 1,
            "column": 12,
            "end_line": 1,
            "end_column": 23,
            "hits": 0,
            "labels": [],
        }
    ]
    assert [branch["labels"] for branch in shape["hit"]] == [["x"]]


def test_a_text_that_does_not_parse_has_no_branches_and_says_why():
    coverage = Coverage("{% if a %}")
    assert coverage.branches == ()
    assert coverage.problems
    assert coverage.run("x", Scope({})).problems == coverage.problems


def test_the_tree_that_everybody_shares_is_left_alone():
    template = "{% if a %}1{% endif %}{{ b | default: 2 }}{% for c in d %}{% endfor %}"
    shared = parse(template)
    covered(template, {"x": {"a": 1, "b": 1, "d": []}})
    other = Coverage(template)
    shared.render(Scope({"a": 1, "b": 1, "d": [1]}))
    assert other.percent() == 0
    assert parse(template) is shared


def test_what_snippets_do_is_not_covered_here():
    text = "{{ snippets.footer }}{% if a %}1{% endif %}"
    coverage = Coverage(text)
    rendering = coverage.run("x", Scope({"a": 1}, partials={"footer": "{% if a %}F{% endif %}"}))
    assert rendering.text == "F1"
    assert [branch.labels for branch in coverage.branches] == [("x",), ()]


def test_threads_do_not_mix():
    coverage = Coverage("{% for i in a %}{% if i == 1 %}1{% elsif i == 2 %}2{% else %}3{% endif %}{% endfor %}")
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda number: coverage.run(str(number % 3 + 1), Scope({"a": [number % 3 + 1] * 50})), range(60)))
    kinds = {branch.kind: set(branch.labels) for branch in coverage.branches if branch.tag == "if"}
    assert kinds == {"if": {"1"}, "elsif": {"2"}, "else": {"3"}}
    assert coverage.runs == 60


@given(TEMPLATES | templates, st.lists(DATA | any_data, min_size=1, max_size=3), st.sampled_from(["latest", "legacy"]))
def test_coverage_changes_no_rendering_and_counts_no_more_than_the_runs(template, samples, profile):
    coverage = Coverage(template, profile)
    plain = parse(template, profile)
    for number, data in enumerate(samples):
        assert coverage.run(str(number), Scope(data)) == plain.render(Scope(data))
    assert coverage.runs == len(samples)
    for branch in coverage.branches:
        assert 0 <= branch.hits <= len(samples)
        assert len(branch.labels) == branch.hits
        assert 0 <= branch.start < branch.end <= len(template)
    assert {branch.start for branch in coverage.missed()} <= {branch.start for branch in coverage.branches}
    ends = [edge for span in coverage.unreached() for edge in span]
    assert ends == sorted(ends)


@given(TEMPLATES, DATA)
def test_of_the_ways_through_an_if_exactly_one_is_taken_wherever_it_is_reached(template, data):
    """A rendering that ends without a limit leaves no choice half way."""
    wrapped = "{% if a %}1{% elsif b %}2{% endif %}" + template
    coverage = Coverage(wrapped)
    coverage.run("x", Scope(data))
    if coverage.branches:
        assert sum(branch.hits for branch in coverage.branches[:3]) == 1
