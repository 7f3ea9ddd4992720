import json
import textwrap

import pytest

from cio_tui.model.errors import InputError
from cio_tui.model.paths import PropertyPath
from cio_tui.segments import reading
from cio_tui.segments.conditions import (
    AttributeIs,
    Condition,
    DataFilter,
    DataGroup,
    DeviceIs,
    ElementFilter,
    Frame,
    Group,
    InSegment,
    MessageDone,
    Performed,
    SameElement,
)
from cio_tui.segments.conditions import Test as Comparison
from cio_tui.segments.definition import Definition
from cio_tui.segments.errors import DefinitionError
from cio_tui.segments.phrases import PHRASES, WORDINGS, read_count, read_distance, read_span, write_span
from cio_tui.segments.reading import read, read_tree

DAY = 86_400
JUNE = 1_717_200_000
"""2024-06-01."""
path = PropertyPath.parse
PLAN = path("plan")


def one(text: str) -> Condition:
    """The only condition of a YAML item."""
    (member,) = read("conditions:\n" + textwrap.indent(text, "  ")).condition.members
    return member


def token(leaf: dict[str, object]) -> Condition:
    """The only condition of a JSON leaf."""
    (member,) = read(json.dumps({"and": [leaf]})).condition.members
    return member


def test_the_docstrings_example_is_a_definition() -> None:
    example = (reading.__doc__ or "").split("`conditions`:\n")[1].split("The tree that")[0]
    definition = read(textwrap.dedent(example))
    assert definition.name == "Bought a monitor lately"
    assert [type(member) for member in definition.condition.members] == [
        AttributeIs,
        AttributeIs,
        Performed,
        InSegment,
        DeviceIs,
        MessageDone,
        Group,
    ]


@pytest.mark.parametrize(
    ("written", "test"),
    [
        ("is: NO", Comparison("eq", "NO")),
        ("is: on", Comparison("eq", "on")),
        ("is: 2024-06-01", Comparison("eq", "2024-06-01")),
        ("is: 12:30:45", Comparison("eq", "12:30:45")),
        ("is: 007", Comparison("eq", "007")),
        ("is: 1_000", Comparison("eq", "1_000")),
        ("is: 0x1F", Comparison("eq", "0x1F")),
        ("is: .inf", Comparison("eq", ".inf")),
        ("is: true", Comparison("eq", True)),
        ("is: 'true'", Comparison("eq", "true")),
        ("is: 5", Comparison("eq", 5)),
        ("is: '5'", Comparison("eq", "5")),
        ("is: 1e3", Comparison("eq", 1000.0)),
        ("is: ''", Comparison("eq", "")),
        ("is equal to: pro", Comparison("eq", "pro")),
        ("equal to: pro", Comparison("eq", "pro")),
        ("Is  Not Equal To: pro", Comparison("eq", "pro", inverse=True)),
        ("is not: pro", Comparison("eq", "pro", inverse=True)),
        ("exists: true", Comparison("exists")),
        ("exists: false", Comparison("exists", inverse=True)),
        ("does not exist: true", Comparison("exists", inverse=True)),
        ("does not exist: false", Comparison("exists")),
        ("is not between: [1, 9]", Comparison("bw", 1, 9, inverse=True)),
        ("does not contain: x", Comparison("contains", "x", inverse=True)),
        ("is a timestamp: true", Comparison("is_timestamp")),
        ("is a timestamp before: 3 days from now", Comparison("timestamp_lt", 3 * DAY)),
        ("is a timestamp after: 2 hours ago", Comparison("timestamp_gt", -7200)),
        ("is a timestamp after: now", Comparison("timestamp_gt", 0)),
        ("is a timestamp before: 2024-06-01", Comparison("timestamp_lta", JUNE)),
        ("is not a timestamp after: 2024-06-01T00:00:00Z", Comparison("timestamp_gta", JUNE, inverse=True)),
        ("is a timestamp after: 1717200000", Comparison("timestamp_gta", JUNE)),
        ("is a timestamp between: [2024-06-01, 2024-06-02]", Comparison("timestamp_bw", JUNE, JUNE + DAY)),
    ],
)
def test_phrases_of_tests(written: str, test: Comparison) -> None:
    assert repr(one(f"- attribute: plan\n  {written}\n")) == repr(AttributeIs(PLAN, test))


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("- event: 404", Performed("404")),
        ("- event: null_\n  performed: false", Performed("null_", inverse=True)),
        ("- event: e\n  performed: never\n  within: 30 days", Performed("e", frame=Frame(30 * DAY), inverse=True)),
        ("- event: e\n  not performed: true", Performed("e", inverse=True)),
        ("- event: e\n  not performed: at least twice", Performed("e", times=2, inverse=True)),
        ("- event: e\n  performed: exactly 0 times", Performed("e", times=0, how="exactly")),
        ("- event: e\n  performed: at most once", Performed("e", how="at_most")),
        ("- page: /pricing\n  within: 1w 12 hours", Performed("/pricing", "page", frame=Frame(7 * DAY + 12 * 3600))),
        ("- screen: Home\n  since: 2024-06-01", Performed("Home", "screen", frame=Frame(0, JUNE))),
        ("- event: e\n  until: 1717200000", Performed("e", frame=Frame(0, None, JUNE))),
        (
            "- attribute changed: plan\n  from: free\n  to: {contains: pro}",
            Performed(
                "plan",
                "attribute_change",
                DataGroup(
                    "all",
                    (DataFilter(path("from"), Comparison("eq", "free")), DataFilter(path("to"), Comparison("contains", "pro"))),
                ),
            ),
        ),
        (
            "- event: e\n  where: {any: [total: 5, at least one of items: [type: a, itself: {exists: true}]]}",
            Performed(
                "e",
                filters=DataGroup(
                    "any",
                    (
                        DataFilter(path("total"), Comparison("eq", 5)),
                        SameElement(
                            path("items"),
                            (ElementFilter(path("type"), Comparison("eq", "a")), ElementFilter(None, Comparison("exists"))),
                        ),
                    ),
                ),
            ),
        ),
        ("- in segment: 7", InSegment(7)),
        ("- not in segment: '7'", InSegment("7", inverse=True)),
        ("- device: last_used\n  is a timestamp: true", DeviceIs(path("last_used"), Comparison("is_timestamp"))),
        (
            "- message: clicked_email\n  not performed: at least 2 times\n  within: 1 day",
            MessageDone("clicked_email", "", 2, Frame(DAY), inverse=True),
        ),
        ("- none: [{event: e}]", Group("none", (Performed("e"),))),
        ("- attribute: {field: plan, operator: eq, value: no}", AttributeIs(PLAN, Comparison("eq", "no"))),
        ("- event: {name: e}\n  within: 60", Performed("e", frame=Frame(60))),
    ],
)
def test_phrases_of_conditions(text: str, condition: Condition) -> None:
    assert repr(one(text)) == repr(condition)


@pytest.mark.parametrize(
    ("leaf", "condition"),
    [
        (
            {"event": {"name": "chat", "type": "event", "filters": {}}, "inverse": False, "times": 50, "within": 0},
            Performed("chat", times=50),
        ),
        (
            {"event": {"name": "e", "times": 2, "within": 604800, "inverse": True}},
            Performed("e", times=2, frame=Frame(604800), inverse=True),
        ),
        ({"event": {"name": "e"}, "count": "exactly", "times": 0}, Performed("e", times=0, how="exactly")),
        ({"event": {"name": "e"}, "from": "2024-06-01", "to": JUNE + 5}, Performed("e", frame=Frame(0, JUNE, JUNE + 5))),
        (
            {"event": {"name": "e", "filters": {"or": [{"field": "items[].type", "operator": "!eq", "value": "x"}]}}},
            Performed("e", filters=DataGroup("any", (DataFilter(path("items[].type"), Comparison("eq", "x", inverse=True)),))),
        ),
        (
            {"event": {"name": "e", "filters": {"at_least_one": {"path": "tags", "filters": [{"operator": "exists"}]}}}},
            Performed("e", filters=DataGroup("all", (SameElement(path("tags"), (ElementFilter(None, Comparison("exists")),)),))),
        ),
        ({"attribute": {"field": "plan", "operator": "exists", "value": ""}}, AttributeIs(PLAN, Comparison("exists"))),
        (
            {"attribute": {"field": "plan", "operator": "!exists", "inverse": False}},
            AttributeIs(PLAN, Comparison("exists", inverse=True)),
        ),
        (
            {"attribute": {"field": "plan", "operator": "eq", "value": "a"}, "inverse": True},
            AttributeIs(PLAN, Comparison("eq", "a", inverse=True)),
        ),
        (
            {"attribute": {"field": "plan", "operator": "bw", "value": 1, "value2": "9"}},
            AttributeIs(PLAN, Comparison("bw", 1, "9")),
        ),
        (
            {"attribute": {"field": "plan", "operator": "timestamp_lt", "value": "-60"}},
            AttributeIs(PLAN, Comparison("timestamp_lt", -60)),
        ),
        (
            {"attribute": {"field": "plan", "operator": "timestamp_lta", "value": str(JUNE)}},
            AttributeIs(PLAN, Comparison("timestamp_lta", JUNE)),
        ),
        ({"segment": {"id": 4, "inverse": True}}, InSegment(4, inverse=True)),
        ({"segment": {"id": "4"}, "inverse": True}, InSegment(4, inverse=True)),
        ({"segment": {"name": "4"}}, InSegment("4")),
        (
            {"message": {"event": {"type": "opened_email", "name": "Hi"}, "inverse": True}},
            MessageDone("opened_email", "Hi", inverse=True),
        ),
        (
            {"device": {"field": "platform", "operator": "eq", "value": "ios"}},
            DeviceIs(path("platform"), Comparison("eq", "ios")),
        ),
        ({"not": {"segment": {"id": 4}}}, Group("none", (InSegment(4),))),
        ({"not": {"or": [{"segment": {"id": 4}}]}}, Group("none", (Group("any", (InSegment(4),)),))),
        ({"not": [{"segment": {"id": 4}}, {"segment": {"id": 5}}]}, Group("none", (InSegment(4), InSegment(5)))),
    ],
)
def test_trees_of_real_workspaces(leaf: dict[str, object], condition: Condition) -> None:
    assert repr(token(leaf)) == repr(condition)


@pytest.mark.parametrize(
    "given",
    [
        {"segment": {"id": 3, "name": "VIP", "type": "dynamic", "state": "finished", "progress": None, "conditions": {"or": []}}},
        {"name": "VIP", "id": 3, "conditions": {"or": []}},
        {"name": "VIP", "id": "3", "description": None, "match": "any", "conditions": []},
    ],
)
def test_a_segments_object_around_the_tree(given: dict[str, object]) -> None:
    wanted = Definition("VIP", condition=Group("any"), id=3)
    assert read(json.dumps(given)) == read("# YAML\n" + json.dumps(given)) == read_tree(given) == wanted


def test_a_tree_alone_has_no_name_and_a_leaf_alone_is_a_group_of_it() -> None:
    assert read('{"or": []}') == Definition(condition=Group("any"))
    assert read("event: e") == Definition(condition=Group("all", (Performed("e"),)))


def test_manual_segments_have_no_conditions() -> None:
    wanted = Definition("Friends", "Of ours", "manual")
    assert read("name: Friends\ndescription: Of ours\nkind: manual\n") == wanted
    assert read('{"segment": {"name": "Friends", "description": "Of ours", "type": "manual", "conditions": null}}') == wanted


@pytest.mark.parametrize(
    "text", ["\ufeffname: no\r\nconditions: []\r\n", "name: no\rconditions: []\r", '\ufeff {\n\t"name":"no","conditions":[]}']
)
def test_line_ends_and_byte_order_marks_of_other_systems(text: str) -> None:
    assert read(text) == Definition("no")


def test_a_lone_carriage_return_ends_a_line() -> None:
    with pytest.raises(DefinitionError, match="line 2, column 13: conditions: "):
        read("name: no\rconditions: 5\r")


def test_halves_of_characters_that_json_escapes_are_put_together_in_yaml() -> None:
    assert read('name: "\\ud83d\\ude00"\nconditions: []') == Definition("😀")


def test_every_label_means_its_operator() -> None:
    for operator, wording in WORDINGS.items():
        absolute = operator.replace("timestamp_lta", "timestamp_lt").replace("timestamp_gta", "timestamp_gt")
        for label, inverse in ((wording.label, False), (wording.negative, True)):
            found, negated = PHRASES[label]
            assert (found.removesuffix("a") if found.startswith("timestamp_") else found, negated) == (absolute, inverse)


@pytest.mark.parametrize("seconds", [1, 60, 90, 3600, DAY, 7 * DAY, 90_001])
def test_spans_read_back(seconds: int) -> None:
    assert read_span(write_span(seconds)) == seconds


def test_spans_counts_and_distances() -> None:
    assert read_span("1 Week 2 days") == read_span("9d") == 9 * DAY
    assert read_count("Exactly  once") == ("exactly", 1)
    assert read_distance("yesterday") is None
    for broken in ("", "days", "3", "-3 days", "3 days 4"):
        with pytest.raises(InputError):
            read_span(broken)
