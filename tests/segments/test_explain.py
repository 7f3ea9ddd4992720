"""Why somebody is in or is not, the change that turns it, and what is not confirmed."""

import json

import pytest
from hypothesis import HealthCheck, given, settings

from cio_tui.model.paths import PropertyPath
from cio_tui.segments.changes import EventToSend, RemoveAttribute, SendEvents, SetAttribute
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
    at,
    leaves,
)
from cio_tui.segments.conditions import Test as Is
from cio_tui.segments.evaluate import evaluate
from cio_tui.segments.explain import explain
from cio_tui.segments.wording import words
from tests.segments.people import DAY, Done, Person, T, people, trees
from tests.segments.strategies import conditions


def attribute(path: str, test: Is) -> AttributeIs:
    return AttributeIs(PropertyPath.parse(path), test)


def where(path: str, test: Is) -> DataGroup:
    return DataGroup("all", (DataFilter(PropertyPath.parse(path), test),))


THRICE = Performed("order_placed", "event", where("items[].type", Is("eq", "monitor")), 3, "at_least", Frame(within=7 * DAY))
SAME = DataGroup(
    "any", (SameElement(PropertyPath.parse("items"), (ElementFilter(PropertyPath.parse("type"), Is("eq", "desk")),)), DataGroup())
)


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (THRICE,
         "order_placed has been performed at least 3 times within the past 7 days where items[].type is equal to monitor"),
        (Performed("/pricing", "page", inverse=True), "page /pricing has not been viewed"),
        (Performed("plan", "attribute_change", where("to", Is("eq", ""))), 'attribute plan has changed where to is equal to ""'),
        (Performed("a", frame=Frame(since=T, until=T + DAY)),
         "a has been performed between 2024-06-10T06:13:20Z and 2024-06-11T06:13:20Z"),
        (Performed("a", filters=SAME),
         "a has been performed where at least one of items has (type is equal to desk) or (anything)"),
        (attribute("created_at", Is("timestamp_lt", 3 * DAY)), "created_at is a timestamp before 3 days from now"),
        (attribute("created_at", Is("timestamp_bw", 1718000000, 1718000001, inverse=True)),
         "created_at is not a timestamp between 2024-06-10T06:13:20Z and 2024-06-10T06:13:21Z"),
        (attribute("total", Is("bw", 5, "10")), "total is between 5 and 10"),
        (attribute("plan", Is("exists", inverse=True)), "plan does not exist"),
        (InSegment("VIP", inverse=True), "not in segment VIP"),
        (DeviceIs(PropertyPath.parse("platform"), Is("contains", " x")), 'device platform contains " x"'),
        (MessageDone("opened_email", "Welcome", 2), "opened_email of Welcome has been performed at least 2 times"),
        (Group("none"), "none of these holds"),
    ],
)  # fmt: skip
def test_words(condition: Condition, sentence: str) -> None:
    assert words(condition) == sentence


MONITOR = {"items": [{"type": "monitor"}]}


@pytest.mark.parametrize(
    ("condition", "person", "because", "events"),
    [
        (THRICE, Person().did("order_placed", T - 5, MONITOR).did("order_placed", T - 3, MONITOR),
         "2 of 3 needed, the last at 2024-06-10 06:13:17Z", ["e1", "e0"]),
        (THRICE, Person(), "0 of 3 needed, none ever", []),
        (THRICE, Person().did("order_placed", T - 8 * DAY, MONITOR),
         "0 of 3 needed; the last at 2024-06-02 06:13:20Z, outside the time frame", []),
        (THRICE, Person().did("order_placed", T, {}), "0 of 3 needed; 1 with other data", []),
        (THRICE, Person().did("order_placed", T + 1, MONITOR), "0 of 3 needed; the first comes at 2024-06-10 06:13:21Z", []),
        (attribute("country", Is("eq", "de")), Person({"country": "SE"}), 'country is "SE"', []),
        (attribute("plan", Is("eq", "de")), Person(), "has no attribute plan", []),
        (attribute("plan.name", Is("eq", "de")), Person({"plan": 5}), "plan.name leads to nothing", []),
        (attribute("tags[]", Is("eq", "z")), Person({"tags": [1, "b", None, {}]}), 'tags[] is 1, "b", null and 1 more', []),
        (attribute("at", Is("is_timestamp")), Person({"at": "1718000000"}), 'at is "1718000000" (2024-06-10 06:13:20Z)', []),
        (Performed("login", frame=Frame(within=30 * DAY), inverse=True), Person(added_at=T - 2 * DAY - 5),
         "known for 2 days: younger than 30 days; never performed", []),
        (Performed("login", frame=Frame(within=30 * DAY)), Person(added_at=T - 2 * DAY), "0 of 1 needed, none ever", []),
        (InSegment("VIP"), Person(), 'is not in "VIP"', []),
        (DeviceIs(PropertyPath.parse("platform"), Is("exists")), Person(), "has no device", []),
        (Group("all", ()), Person(), "an empty group matches nobody", []),
        (Group("any", (InSegment("VIP"), InSegment("x", inverse=True))), Person(), "1 of 2 holds", []),
    ],
)  # fmt: skip
def test_because(condition: Condition, person: Person, because: str, events: list[str]) -> None:
    proof = explain(condition, person).proof
    assert (proof.because, list(proof.events)) == (because, events)


def test_at_least_is_decided_by_the_newest() -> None:
    person = Person(done=tuple(Done(f"e{number}", "event", "login", T - number) for number in range(200)))
    assert explain(Performed("login", times=2), person).proof.events == ("e0", "e1")
    assert len(explain(Performed("login", times=2, how="at_most"), person).proof.events) == 50


@pytest.mark.parametrize(
    ("condition", "person", "change"),
    [
        (attribute("plan", Is("eq", "pro")), Person(), SetAttribute("plan", "pro")),
        (attribute("plan", Is("eq", "pro")), Person({"plan": "Pro"}), SetAttribute("plan", "other")),
        (attribute("address.zip", Is("gt", 5)), Person({"address": {"city": "x"}}),
         SetAttribute("address", {"city": "x", "zip": 6})),
        (attribute("tags[]", Is("eq", "z")), Person(), SetAttribute("tags", ["z"])),
        (Group("all", (attribute("n", Is("gt", 5)), attribute("n", Is("lt", 6)))), Person({"n": 5}), SetAttribute("n", 5.5)),
        (attribute("plan", Is("exists")), Person({"plan": "x"}), RemoveAttribute("plan")),
        (Group("none", (attribute("a", Is("eq", "x")),)), Person({"a": "X"}), SetAttribute("a", "other")),
        (Group("any", (attribute("a", Is("contains", "x", inverse=True)), attribute("a", Is("eq", "x")))), Person({"a": "x"}),
         SetAttribute("a", "x or other")),
        (THRICE, Person().did("order_placed", T, MONITOR), SendEvents((EventToSend("order_placed", "event", T, MONITOR),) * 2)),
        (Performed("a", frame=Frame(since=T - DAY, until=T - 5)), Person(), SendEvents((EventToSend("a", "event", T - 5),))),
        (Performed("a", "page", inverse=True), Person(), SendEvents((EventToSend("a", "page", T),))),
        (Performed("a", frame=Frame(within=30 * DAY), inverse=True), Person(added_at=T - 1),
         SendEvents((EventToSend("a", "event", T - 30 * DAY - 1),))),
        (Performed("a", how="at_most", times=2), Person().did("a"), SendEvents((EventToSend("a", "event", T),) * 2)),
        (Performed("plan", "attribute_change", where("to", Is("eq", "pro"))), Person(), SetAttribute("plan", "pro")),
        (Group("all", (Performed("a", filters=where("x", Is("eq", 1))),
                       Performed("a", filters=where("y", Is("eq", 2))))), Person(),
         SendEvents((EventToSend("a", "event", T, {"x": 1, "y": 2}),))),
        (Group("all", (Performed("a"), Performed("b"))), Person(),
         SendEvents((EventToSend("a", "event", T), EventToSend("b", "event", T)))),
        (attribute("email", Is("exists")), Person(), None),
        (InSegment("VIP"), Person(), None),
        (Performed("a", frame=Frame(since=T + 5)), Person(), None),
        (Group("all", (attribute("a", Is("exists")), Performed("b"))), Person(), None),
    ],
)  # fmt: skip
def test_the_smallest_change(condition: Condition, person: Person, change: object) -> None:
    found = explain(condition, person)
    assert found.flip == change
    assert (found.no_flip == "") is (change is not None)


def test_what_only_time_can_turn() -> None:
    found = explain(Performed("a", frame=Frame(within=DAY), times=0, how="exactly"), Person().did("a", T - 5))
    assert found.flip is None
    assert found.no_flip == "no single change does; the passing of time does, at 2024-06-11 06:13:16Z"
    assert (found.next_change_at, found.then) == (T - 5 + DAY + 1, "enters")


def test_the_other_things_it_rests_on_are_named() -> None:
    both = Group("all", (InSegment("VIP"), DeviceIs(PropertyPath.parse("id"), Is("exists"))))
    assert explain(both, Person()).no_flip.endswith("it also rests on a device and another segment")


def test_what_is_not_confirmed() -> None:
    def doubts(condition: Condition) -> str:
        return " | ".join(explain(condition, Person()).proof.not_confirmed)

    assert doubts(Performed("a")) == ""
    assert doubts(attribute("at", Is("is_timestamp"))) == ""
    assert "third party" in doubts(attribute("plan", Is("eq", "pro")))
    assert "a missing value meets it (our choice)" in doubts(attribute("at", Is("is_timestamp", inverse=True)))
    assert "age" in doubts(Performed("a", inverse=True))
    assert "same element" in doubts(Performed("a", filters=SAME))


def test_json_and_lines() -> None:
    person = Person().did("order_placed", T - 7 * DAY, MONITOR).did("order_placed", T, MONITOR).did("order_placed", T, MONITOR)
    found = explain(Group("all", (Group("any", (THRICE,)),)), person)
    told = json.loads(json.dumps(found.to_json()))
    assert told["member"] is True
    assert [(one["path"], one["holds"]) for one in told["conditions"]] == [("", True), ("0", True), ("0.0", True)]
    assert told["conditions"][2]["events"] == ["e2", "e1", "e0"]
    assert told["flip"]["change"] is None
    assert (told["next_change_at"], told["then"]) == (T + 1, "leaves")
    assert found.lines()[0] == "a member at 2024-06-10 06:13:20Z"
    assert found.lines()[-1] == "leaves at 2024-06-10 06:13:21Z if nothing happens"


@settings(max_examples=1500, deadline=None)
@given(trees(), people())
def test_explain_agrees_and_its_change_turns_the_verdict(tree: Condition, person: Person) -> None:
    found = explain(tree, person)
    assert found.member is evaluate(tree, person)
    for proof in found.proof.all():
        assert proof.holds is evaluate(at(tree, proof.place), person)
    assert json.dumps(found.to_json())
    assert found.lines()
    if found.flip is not None:
        assert evaluate(tree, applied(person, found.flip)) is not found.member


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(conditions(), people())
def test_every_condition_that_can_be_written_is_explained(tree: Condition, person: Person) -> None:
    found = explain(tree, person)
    assert found.member is evaluate(tree, person)
    assert len(found.lines()) > len(list(leaves(tree)))


def applied(person: Person, change: object) -> Person:
    """The person after a change, in the way a workspace would know them."""
    if isinstance(change, SendEvents):
        for one in change.events:
            person = person.did(one.name, one.timestamp, one.data, one.type)
        return person
    assert isinstance(change, (SetAttribute, RemoveAttribute))
    after = change.value if isinstance(change, SetAttribute) else None
    moved = {change.name: {"from": person.attributes.get(change.name, ""), "to": after}}
    kept = {name: value for name, value in person.attributes.items() if name != change.name}
    attributes = kept if after is None else {**kept, change.name: after}
    return Person(attributes, person.done, person.devices, person.added_at, person.segments).did("", T, moved, "attribute_change")
