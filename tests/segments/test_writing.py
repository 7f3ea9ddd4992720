import json

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cio_tui.model.paths import PropertyPath
from cio_tui.segments.conditions import AttributeIs, DataFilter, DataGroup, Frame, Group, InSegment, Performed
from cio_tui.segments.conditions import Test as Comparison
from cio_tui.segments.definition import Definition
from cio_tui.segments.reading import read, read_tree
from cio_tui.segments.writing import to_json_tree, to_yaml
from tests.segments.strategies import definitions

PLAN = PropertyPath.parse("plan")


@settings(max_examples=500, deadline=None)
@given(definitions())
def test_every_definition_reads_back_from_yaml(definition: Definition) -> None:
    text = to_yaml(definition)
    assert repr(read(text)) == repr(definition), text


@settings(max_examples=500, deadline=None)
@given(definitions(), st.booleans(), st.booleans())
def test_every_definition_reads_back_from_json(definition: Definition, ascii_only: bool, wrapped: bool) -> None:
    tree = to_json_tree(definition)
    text = json.dumps({"segment": tree} if wrapped else tree, ensure_ascii=ascii_only, indent=1)
    assert repr(read(text)) == repr(definition)
    assert repr(read_tree(tree)) == repr(definition)


@settings(max_examples=200, deadline=None)
@given(definitions())
def test_the_json_tree_reads_the_same_when_it_is_pasted_into_yaml(definition: Definition) -> None:
    text = "# pasted\n" + json.dumps({"segment": to_json_tree(definition)}, indent=2)
    assert repr(read("---\n" + text)) == repr(definition)


@settings(max_examples=200, deadline=None)
@given(definitions())
def test_other_yaml_readers_see_texts_where_we_wrote_texts(definition: Definition) -> None:
    ours = yaml.safe_load(to_yaml(definition))
    assert ours.get("name", "") == definition.name
    assert ours.get("description", "") == definition.description
    for member, seen in zip(definition.condition.members, ours.get("conditions", ()), strict=True):
        if isinstance(member, AttributeIs):
            assert seen["attribute"] == member.path.text
            if member.test.operator == "eq" and isinstance(member.test.value, str):
                assert seen["is not" if member.test.inverse else "is"] == member.test.value


def test_yaml_says_it_in_the_builders_words() -> None:
    filters = DataGroup("all", (DataFilter(PropertyPath.parse("items[].type"), Comparison("eq", "monitor")),))
    tree = Group(
        "any",
        (
            AttributeIs(PLAN, Comparison("eq", "no")),
            AttributeIs(PLAN, Comparison("bw", 10, 20, inverse=True)),
            Performed("order placed", filters=filters, times=2, frame=Frame(30 * 86_400)),
            Performed("order placed", frame=Frame(0, 1_717_200_000, None), inverse=True),
            InSegment("VIP", inverse=True),
        ),
    )
    assert to_yaml(Definition("Buyers", "", "data", tree)) == (
        "name: Buyers\n"
        "match: any\n"
        "conditions:\n"
        "  - attribute: plan\n"
        '    is: "no"\n'
        "  - attribute: plan\n"
        "    is not between: [10, 20]\n"
        "  - event: order placed\n"
        "    performed: at least 2 times\n"
        "    within: 30 days\n"
        "    where:\n"
        "      - items[].type: monitor\n"
        "  - event: order placed\n"
        "    performed: never\n"
        "    since: 2024-06-01\n"
        "  - not in segment: VIP\n"
    )


def test_the_json_tree_is_the_one_of_real_workspaces() -> None:
    tree = Group("all", (Group("any", (Performed("chat_message_sent", times=50),)), InSegment(4)))
    assert to_json_tree(Definition("Chatty", condition=tree)) == {
        "name": "Chatty",
        "type": "dynamic",
        "conditions": {
            "and": [
                {
                    "or": [
                        {
                            "event": {"name": "chat_message_sent", "type": "event", "filters": {}},
                            "inverse": False,
                            "times": 50,
                            "within": 0,
                        }
                    ]
                },
                {"segment": {"id": 4, "inverse": False}},
            ]
        },
    }
