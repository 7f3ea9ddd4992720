# ruff: noqa: E501
"""Definitions that are refused: each says in which line and under which key, and what is wrong or expected."""

import json
import textwrap
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cio_tui.segments.errors import Problem
from cio_tui.segments.reading import DefinitionError, read, read_tree

TREE = '{"and": [\n{"event": {"name": "a"}},\n%s\n]}'
"""A JSON tree whose third line is the one in question."""
EVENT = "conditions:\n  - event: order_placed\n%s\n"
ATTRIBUTE = "conditions:\n  - attribute: plan\n%s\n"

MALFORMED = {
    # what is no YAML or JSON
    "empty": ("", 1, "", "is empty"),
    "only a comment": ("# nothing\n", 1, "", "is empty"),
    "a list": ("- a\n- b\n", 1, "", "a segment with name and conditions"),
    "a word": ("hello", 1, "", "not a text"),
    "a json array": ("[1]", 1, "", "not an array"),
    "a tab": ("name: x\nconditions:\n\t- attribute: plan\n", 3, "", "indent with spaces"),
    "an open quote": ('name: x\ndescription: "never closed\nconditions: []\n', 2, "", "not valid YAML"),
    "an open bracket": ("name: x\nconditions: [\n  {attribute: plan, is: pro},\n", 2, "", "not valid YAML"),
    "two colons": ("name: a: b\n", 1, "", "mapping values are not allowed here"),
    "bad indentation": ("name: x\n match: all\n", 2, "", "not valid YAML"),
    "a broken escape": ('name: x\ndescription: "\\q"\n', 2, "", "unknown escape"),
    "beyond unicode": ('name: x\ndescription: "\\U0011FFFF"\n', 2, "", "broken escape"),
    "half a character": ('conditions: []\ndescription: "\\ud83d"\n', 2, "description", "lone surrogate"),
    "a NUL": ("name: x\ndescription: a\0b\n", 2, "", "U+0000 cannot stand"),
    "an escape character": ("name: x\n# \x1b[2J\n", 2, "", "U+001B cannot stand"),
    "a C1 control": ("name: x\n# \x9b\n", 2, "", "U+009B cannot stand"),
    "an anchor": ("name: &a x\nconditions: []\n", 1, "name", "&a is an anchor"),
    "an alias": ("name: x\nconditions: *a\n", 2, "conditions", "*a is an alias"),
    "an alias as key": ("name: x\n*a : 1\n", 2, "", "*a is an alias"),
    "a tag": ("name: x\nconditions: !!python/object:os.system []\n", 2, "conditions", "is a tag"),
    "a bare !eq": ("conditions:\n- attribute:\n    field: plan\n    operator: !eq\n    value: x", 4, "conditions[0].attribute.operator", "!eq is a tag"),
    "a merge key": ("name: x\nconditions: []\n<<: {match: any}\n", 3, "<<", "'<<' is no key of a segment"),
    "a key twice": ("name: x\nconditions: []\nname: y\n", 3, "name", "a second time"),
    "a list as key": ("name: x\n? [a]\n: b\n", 2, "", "a key must be a text"),
    "two documents": ("name: x\nconditions: []\n---\nname: y\n", 3, "", "a second document"),
    "too deep": ("name: x\nconditions:\n" + "  " + "[" * 60 + "]" * 60, 3, "", "deeper than 50 levels"),
    "too deep in JSON": ('{"and":\n' + "[" * 60 + "]" * 60 + "}", 2, "", "deeper than 50 levels"),
    "json cut off": ('{"and": [\n{"event": {"name": "a"}},\n', 1, "and", "not closed"),
    "json with a comma too many": (TREE % '{"event": {"name": "a",}}', 3, "and[1].event", "a comma stands before the end"),
    "json without a comma": (TREE % '{"event": {"name": "a"} "times": 1}', 3, "and[1]", "a comma or } is expected"),
    "json with a bare key": (TREE % "{event: 1}", 3, "and[1]", "double quotes is expected, not 'event'"),
    "json with single quotes": (TREE % "{'event': 1}", 3, "and[1]", "double quotes is expected"),
    "json with a Python word": (TREE % '{"event": None}', 3, "and[1].event", "a value is expected, not 'None'"),
    "json with NaN": (TREE % '{"event": NaN}', 3, "and[1].event", "number cannot be read, not 'NaN'"),
    "json with an open text": (TREE % '{"event": "a}', 3, "and[1].event", "not valid JSON"),
    "json with a key twice": (TREE % '{"event": {"name": "a"}, "event": {"name": "b"}}', 3, "and[1].event", "a second time"),
    "json and more": ('{"and": []}\n{"and": []}', 2, "", "more text follows"),
    "a huge number": (TREE % '{"attribute": {"field": "a", "operator": "eq", "value": 1e999}}', 3, "and[1].attribute.value", "too large"),
    "an endless number": (TREE % ('{"event": ' + "9" * 5000 + "}"), 3, "and[1].event", "cannot be read"),
    "beyond 64 bits": (ATTRIBUTE % "    is: 99999999999999999999", 3, "conditions[0].is", "does not fit 64 bits"),
    # the segment
    "no conditions": ("name: x\n", 1, "", "'conditions' is missing"),
    "an unknown key": ("name: x\ncondition: []\n", 2, "condition", "did you mean conditions?"),
    "a tree beside a name": ("name: x\nany: []\n", 2, "any", "put it under conditions"),
    "conditions null": ("name: x\nconditions:\n", 2, "conditions", "a list of conditions is expected, not null"),
    "conditions a text": ("name: x\nconditions: many\n", 2, "conditions", "not a text"),
    "an empty name": ("name: ''\nconditions: []\n", 1, "name", "a name is expected"),
    "a name of two lines": ('conditions: []\nname: "a\\nb"\n', 2, "name", "one line"),
    "a name that is a list": ("conditions: []\nname: [a]\n", 2, "name", "a name is expected, not an array"),
    "an unknown kind": ("name: x\nkind: manuel\n", 2, "kind", "did you mean manual?"),
    "manual with conditions": ("name: x\nkind: manual\nconditions: []\n", 3, "conditions", "a manual segment has no 'conditions'"),
    "an unknown match": ("match: some\nconditions: []\n", 1, "match", "'some' is no way to combine"),
    "match and a tree": ("match: any\nconditions: {all: []}\n", 1, "match", "'match' goes with a list"),
    "a number that is none": ("id: first\nconditions: []\n", 1, "id", "a segment's number is expected, not a text"),
    "a wrapped segment with more": ('{"segment": {"conditions": {"and": []}},\n"more": 1}', 2, "more", "'more' is no key of a segment's file"),
    # groups and leaves
    "an unknown condition": ("conditions:\n  - atribute: plan\n    is: pro\n", 2, "conditions[0].atribute", "did you mean attribute?"),
    "an empty condition": ("conditions:\n  - {}\n", 2, "conditions[0]", "a condition is missing"),
    "a text for a condition": ("conditions:\n  - plan is pro\n", 2, "conditions[0]", "a condition is expected, not a text"),
    "a bare list inside": ("conditions:\n  - [{attribute: a, is: b}]\n", 2, "conditions[0]", "any: [...]"),
    "a group of no list": ("conditions:\n  - any: pro\n", 2, "conditions[0].any", "a list of conditions is expected"),
    "a group with more": ("conditions:\n  - any: []\n    within: 1 day\n", 3, "conditions[0].within", "no key of a group"),
    "two conditions in one": ("conditions:\n  - attribute: a\n    event: b\n", 3, "conditions[0].event", "write two conditions"),
    "in segment nothing": ("conditions:\n  - in segment:\n", 2, "conditions[0].in segment", "name or number is expected"),
    "not a segment's id": (TREE % '{"segment": {"id": "VIP"}}', 3, "and[1].segment.id", "a segment's number is expected"),
    "a segment that is text": (TREE % '{"segment": "VIP"}', 3, "and[1].segment", "names the segment is expected, not a text (short forms are `in segment"),
    "an unknown message key": ("conditions:\n  - message: opened_email\n    name: Hi\n", 3, "conditions[0].name", "did you mean named?"),
    "a message at most": ("conditions:\n  - message: opened_email\n    performed: at most 2 times\n", 3, "conditions[0].performed", "at least only"),
    # tests
    "no operator": (ATTRIBUTE % "", 2, "conditions[0]", "an operator is missing"),
    "an unknown operator": (ATTRIBUTE % "    greatr than: 5", 3, "conditions[0].greatr than", "did you mean greater than?"),
    "two operators": (ATTRIBUTE % "    is: a\n    is not: b", 4, "conditions[0].is not", "a second operator"),
    "nothing to compare to": (ATTRIBUTE % "    is:", 3, "conditions[0].is", "not null"),
    "a list to compare to": (ATTRIBUTE % "    contains: [a]", 3, "conditions[0].contains", "not an array"),
    "between one": (ATTRIBUTE % "    between: 5", 3, "conditions[0].between", "the lower and the upper end"),
    "exists maybe": (ATTRIBUTE % "    exists: no", 3, "conditions[0].exists", "true or false is expected, not a text"),
    "no date": (ATTRIBUTE % "    is a timestamp before: soon", 3, "conditions[0].is a timestamp before", "'soon' is not a time"),
    "milliseconds": (ATTRIBUTE % "    is a timestamp after: 1461866400000", 3, "conditions[0].is a timestamp after", "milliseconds"),
    "a bad distance": (ATTRIBUTE % "    is a timestamp after: 3 moons ago", 3, "conditions[0].is a timestamp after", "not a span of time"),
    "a bad path": ("conditions:\n  - attribute: a[\n    is: b\n", 2, "conditions[0].attribute", "at character 3 of the path"),
    "an unknown token": (TREE % '{"attribute": {"field": "a", "operator": "eqq", "value": 1}}', 3, "and[1].attribute.operator", "did you mean eq?"),
    "a token without value": (TREE % '{"attribute": {"field": "a", "operator": "gt"}}', 3, "and[1].attribute", "'value' is missing"),
    "a token without field": (TREE % '{"attribute": {"operator": "exists"}}', 3, "and[1].attribute", "'field' is missing"),
    "a misspelt field": (TREE % '{"attribute": {"feild": "a", "operator": "exists"}}', 3, "and[1].attribute.feild", "did you mean field?"),
    "negated twice": (TREE % '{"attribute": {"field": "a", "operator": "!exists", "inverse": true}}', 3, "and[1].attribute.operator", "negated twice"),
    "inverse a text": (TREE % '{"attribute": {"field": "a", "operator": "exists", "inverse": "no"}}', 3, "and[1].attribute.inverse", "true or false"),
    "exists with a value": (TREE % '{"attribute": {"field": "a", "operator": "exists", "value": 5}}', 3, "and[1].attribute.value", "exists takes no 'value'"),
    "half a pair": (TREE % '{"attribute": {"field": "a", "operator": "bw", "value": 5}}', 3, "and[1].attribute", "'value2' is missing"),
    # occurrences
    "an unknown event key": (EVENT % "    withn: 30 days", 3, "conditions[0].withn", "did you mean within?"),
    "from for since": (EVENT % "    from: 2024-06-01", 3, "conditions[0].from", "'from' is no key of a condition on events"),
    "30 of what": (EVENT % "    within: 30", 3, "conditions[0].within", "write 30 days"),
    "a bad span": (EVENT % "    within: a while", 3, "conditions[0].within", "not a span of time"),
    "no span": (EVENT % "    within: 0 days", 3, "conditions[0].within", "a span of nothing"),
    "a century and more": (EVENT % "    within: 40000 days", 3, "conditions[0].within", "more than 100 years"),
    "a bad count": (EVENT % "    performed: often", 3, "conditions[0].performed", "does not say how often"),
    "a bare count": (EVENT % "    performed: 2 times", 3, "conditions[0].performed", "at least 2 times"),
    "at least 0": (EVENT % "    performed: at least 0 times", 3, "conditions[0].performed", "no count"),
    "performed and not": (EVENT % "    performed: true\n    not performed: true", 4, "conditions[0].not performed", "cannot stand together"),
    "two frames": (EVENT % "    within: 1 day\n    since: 2024-06-01", 4, "conditions[0].since", "not both"),
    "backwards": (EVENT % "    since: 2024-06-02\n    until: 2024-06-01", 4, "conditions[0].until", "ends before it begins"),
    "no such day": (EVENT % "    since: 2024-02-30", 3, "conditions[0].since", "is not a time"),
    "a nameless event": ("conditions:\n  - event:\n    performed: true\n", 2, "conditions[0].event", "an event's name is expected"),
    "an unknown type": (TREE % '{"event": {"name": "a", "type": "pages"}}', 3, "and[1].event.type", "did you mean page?"),
    "times of a text": (TREE % '{"event": {"name": "a"}, "times": "often"}', 3, "and[1].times", "a number of times is expected"),
    "negative times": (TREE % '{"event": {"name": "a"}, "times": -1}', 3, "and[1].times", "a number of times is expected, not -1"),
    "within a text": (TREE % '{"event": {"name": "a"}, "within": "1 day"}', 3, "and[1].within", "whole number of seconds"),
    "times twice": (TREE % '{"event": {"name": "a", "times": 1}, "times": 2}', 3, "and[1].event.times", "given twice"),
    "an unknown count": (TREE % '{"event": {"name": "a"}, "count": "atleast"}', 3, "and[1].count", "did you mean at_least?"),
    # filters
    "where a text": (EVENT % "    where: total", 3, "conditions[0].where", "a list of filters is expected"),
    "a filter that is text": (EVENT % "    where:\n      - total", 4, "conditions[0].where[0]", "a filter like"),
    "a bad filter operator": (EVENT % "    where:\n      - a: b\n      - total: {grater than: 5}", 5, "conditions[0].where[1].total.grater than", "greater than?"),
    "a bad filter path": (EVENT % "    where:\n      - items[-1].type: x", 4, "conditions[0].where[0]", "negative"),
    "a bad element": (EVENT % "    where:\n      - at least one of items: cheap", 4, "conditions[0].where[0].at least one of items", "filters on one element"),
    "a filter of nothing": (EVENT % "    where:\n      - itself: 5", 4, "conditions[0].where[0]", "a filter needs a property"),
    "a negated filter": (EVENT % "    where:\n      - not: []", 4, "conditions[0].where[0].not", "filters have no 'not'"),
    "where beside to": ("conditions:\n- attribute changed: plan\n  to: pro\n  where: []\n", 4, "conditions[0].where", "cannot stand together"),
    "phrases in filters": (TREE % '{"event": {"name": "a", "filters": {"and": [{"total": 5}]}}}', 3, "and[1].event.filters.and[0].total", "'total' is no key of a filter"),
    "any in filters": (TREE % '{"event": {"name": "a", "filters": {"any": []}}}', 3, "and[1].event.filters.any", "'any' is no key of a filter"),
    "a NUL in JSON": (TREE % '{"event": "\0"}', 3, "and[1].event", "invalid control character"),
    "at_least_one without a path": (TREE % '{"event": {"name": "a", "filters": {"and": [{"at_least_one": {"filters": []}}]}}}', 3, "and[1].event.filters.and[0].at_least_one", "'path' is missing"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "where", "words"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_definition_is_refused_with_its_place(text: str, line: int, where: str, words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read(text, file="vip.yaml")
    problem = caught.value.problems[0]
    assert (problem.line, problem.where) == (line, where)
    assert problem.column >= 1
    assert words in f"{problem.reason} ({problem.hint})"
    assert str(caught.value).startswith(f"vip.yaml:{line}:{problem.column}: ")
    assert "\n" not in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_file_too_large_is_refused_at_once() -> None:
    with pytest.raises(DefinitionError, match="larger than 1 MB"):
        read("name: x\n" + "# é\n" * 400_000)


@pytest.mark.parametrize(
    "text", ["conditions: [" + "1, " * 30_000 + "]", '{"and": [' + "1, " * 30_000 + "1]}"], ids=["YAML", "JSON"]
)
def test_a_file_of_too_many_values_is_refused(text: str) -> None:
    with pytest.raises(DefinitionError, match="more than 20,000 values"):
        read(text)


def test_all_problems_of_a_file_are_told_in_the_order_of_its_lines() -> None:
    text = textwrap.dedent("""\
        name: x
        colour: red
        conditions:
          - attribute: plan
            iss: pro
          - event: order_placed
            withn: 3 days
            performed: often
          - any:
              - attribute: "a["
                is: b
              - in segment: VIP
              - event: e
                where:
                  - total: {lower: 5}
                  - x: null
        """)
    with pytest.raises(DefinitionError) as caught:
        read(text)
    assert [(problem.line, problem.where) for problem in caught.value.problems] == [
        (2, "colour"),
        (5, "conditions[0].iss"),
        (7, "conditions[1].withn"),
        (8, "conditions[1].performed"),
        (10, "conditions[2].any[0].attribute"),
        (15, "conditions[2].any[2].where[0].total.lower"),
        (16, "conditions[2].any[2].where[1].x"),
    ]
    assert str(caught.value).startswith("line 2, column 1: colour: 'colour' is no key of a segment (and 6 more)")


LOOP: list[object] = []
LOOP.append(LOOP)


@pytest.mark.parametrize(
    "value", [None, 5, "x", [], {}, {1: 2}, {"and": LOOP}, {"and": {1, 2}}, {"and": [object()]}, {"name": b"x"}]
)
def test_python_objects_that_are_no_definition_are_refused(value: object) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_tree(value)
    assert caught.value.problems[0].line == 0


FRAGMENTS = [
    "name: x", "conditions:", "  - attribute: plan", "    is: pro", "  - event: a", "    where:", "      - total: {gt: 5}", "- ", "? ", ": ",
    "any: [", "]", "}", "{", '"', "'", "|\n", ">", "&a ", "*a", "!", "%YAML 1.2\n---\n", "...", "\t", "\r", "\u2028", "\ufeff", "\0", "\ud800",
    "within: 9999999999999999 days", "performed: at least 99999999999999999999 times", "since: 0000-00-00", "#", "\\", "@", "`", "~",
]  # fmt: skip
TOKENS = [
    "and", "or", "not", "event", "attribute", "segment", "message", "device", "name", "type", "field", "operator", "value", "value2",
    "inverse", "times", "within", "from", "to", "count", "filters", "at_least_one", "path", "conditions", "match", "id", "is", "any",
    "performed", "where", "in segment", "attribute changed", "exists", "gt", "bw", "!eq", "timestamp_lt", "timestamp_lta",
]  # fmt: skip
KEYS = st.one_of(st.sampled_from(TOKENS), st.text(max_size=3))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), KEYS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=25,
)


def _problems(read_it: Callable[[], object]) -> tuple[Problem, ...]:
    """What is wrong, or nothing where it was read; any other exception is the test's failure."""
    try:
        read_it()
    except DefinitionError as error:
        return error.problems
    return ()


@settings(max_examples=1000, deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=3))).map("\n".join)))
@example("%YAML 1." + "9" * 5000 + "\n---\na: b")
@example('name: "\\U00110000"')
def test_random_text_is_read_or_refused(text: str) -> None:
    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= problem.line <= lines for problem in _problems(lambda: read(text)))


@settings(max_examples=1000, deadline=None)
@given(st.one_of(VALUES, VALUES.map(lambda value: {"and": [value, value]}), VALUES.map(lambda value: {"conditions": [value]})))
def test_random_json_is_read_or_refused(value: object) -> None:
    from_text, from_objects = _problems(lambda: read(json.dumps(value))), _problems(lambda: read_tree(value))
    assert bool(from_text) == bool(from_objects)
    assert all(problem.line == 1 for problem in from_text)
