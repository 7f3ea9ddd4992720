"""Whether a condition holds for one person (domain.md 4; S1-S8)."""

from typing import Any

import pytest
from hypothesis import given, settings

from cio_tui.model.paths import PropertyPath
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
from cio_tui.segments.conditions import (
    Test as Is,
)
from cio_tui.segments.evaluate import Evaluator, Interests, evaluate, looks_at
from tests.segments.people import DAY, Person, T, people, trees

NOBODY_KNOWN = Person()


def attribute(path: str, test: Is) -> AttributeIs:
    return AttributeIs(PropertyPath.parse(path), test)


def where(path: str, test: Is) -> DataGroup:
    return DataGroup("all", (DataFilter(PropertyPath.parse(path), test),))


MONITOR = Is("eq", "monitor")
CART = {"total": 215, "items": [{"type": "cable", "price": 15}, {"type": "monitor", "price": 200}]}


def test_s1_any_element_and_the_first() -> None:
    person = NOBODY_KNOWN.did("order_placed", T, CART)
    assert evaluate(Performed("order_placed", filters=where("items[].type", MONITOR)), person)
    assert not evaluate(Performed("order_placed", filters=where("items[0].type", MONITOR)), person)
    assert evaluate(Performed("order_placed", filters=where("items[1].type", MONITOR)), person)


def test_s2_three_times_within_seven_days_by_the_events_own_time() -> None:
    three = Performed("login", times=3, frame=Frame(within=7 * DAY))
    person = NOBODY_KNOWN.did("login", T - 7 * DAY).did("login", T - DAY).did("login", T)
    assert evaluate(three, person)
    assert not evaluate(three, person.at(T + 1))
    assert Evaluator(three).next_change(person) == T + 1


@pytest.mark.parametrize(("age", "member"), [(DAY, False), (30 * DAY - 1, False), (30 * DAY, True), (300 * DAY, True)])
def test_s3_not_performed_needs_thirty_days_of_age(age: int, member: bool) -> None:
    never = Performed("login", frame=Frame(within=30 * DAY), inverse=True)
    assert evaluate(never, Person(added_at=T - age)) is member
    assert evaluate(never, Person(added_at=T - DAY).did("other", T - age)) is (member or age < DAY)
    assert not evaluate(never, Person(added_at=T - age).did("login", T - 30 * DAY))
    assert evaluate(never, Person(added_at=T - DAY).did("login", T - 30 * DAY - 1))


def test_age_is_asked_for_only_with_a_rolling_frame_and_by_the_inverse() -> None:
    young = Person(added_at=T - 1)
    assert evaluate(Performed("login", inverse=True), young)
    assert evaluate(Performed("login", inverse=True, frame=Frame(since=T - DAY)), young)
    assert evaluate(Group("none", (Performed("login", frame=Frame(within=30 * DAY)),)), young)
    assert evaluate(MessageDone("opened_email", inverse=True, frame=Frame(within=30 * DAY)), young)


@pytest.mark.parametrize("match", ["all", "any", "none"])
def test_s8_an_empty_group_matches_nobody(match: Any) -> None:
    assert not evaluate(Group(match), NOBODY_KNOWN)
    assert evaluate(Group("none", (Group(match),)), NOBODY_KNOWN)


@pytest.mark.parametrize(
    ("data", "met"),
    [
        ({"items": [{"type": "monitor"}]}, True),
        ({"items": {"type": "monitor"}}, False),
        ({"items": ["monitor"]}, False),
        ({"items": [["monitor"], [{"type": "monitor"}]]}, False),
        ({"items": [None, 5, "x", {"type": ["monitor"]}, {"type": "Monitor"}]}, True),
        ({"items": None}, False),
        ({"items": "monitor"}, False),
        ({}, False),
        ({"items[].type": "monitor"}, True),
    ],
)
def test_s8_odd_shapes_do_not_match_and_do_not_raise(data: dict[str, Any], met: bool) -> None:
    person = NOBODY_KNOWN.did("order", T, data)
    assert evaluate(Performed("order", filters=where("items[].type", MONITOR)), person) is met
    assert evaluate(Performed("order", filters=where("items[].type", Is("eq", "monitor", inverse=True))), person) is not met


@pytest.mark.parametrize(
    ("frame", "timestamp", "counts"),
    [
        (Frame(within=DAY), T, True),
        (Frame(within=DAY), T + 1, False),
        (Frame(within=DAY), T - DAY, True),
        (Frame(within=DAY), T - DAY - 1, False),
        (Frame(), T + 1, False),
        (Frame(since=T - 10), T - 10, True),
        (Frame(since=T - 10), T - 11, False),
        (Frame(until=T - 10), T - 10, True),
        (Frame(until=T - 10), T - 9, False),
        (Frame(until=T + 10), T + 5, False),
        (Frame(since=T - 10, until=T - 5), T - 7, True),
    ],
)
def test_frames_to_the_second(frame: Frame, timestamp: int, counts: bool) -> None:
    person = NOBODY_KNOWN.did("login", timestamp)
    assert evaluate(Performed("login", frame=frame), person) is counts
    assert evaluate(Performed("login", frame=frame, how="at_most", times=0), person) is not counts


@pytest.mark.parametrize(
    ("how", "times", "met"),
    [
        ("at_least", 2, True),
        ("at_least", 3, False),
        ("exactly", 2, True),
        ("exactly", 1, False),
        ("at_most", 2, True),
        ("at_most", 1, False),
        ("exactly", 0, False),
    ],
)
def test_counts(how: Any, times: int, met: bool) -> None:
    person = NOBODY_KNOWN.did("login", T - 5).did("login", T)
    assert evaluate(Performed("login", how=how, times=times), person) is met
    assert evaluate(Performed("login", how=how, times=times, inverse=True), person) is not met


def test_two_filters_on_elements_are_independent_but_those_of_one_element_are_not() -> None:
    person = NOBODY_KNOWN.did("order", T, {"items": [{"type": "monitor", "price": 10}, {"type": "desk", "price": 900}]})
    dear = Is("gt", 100)
    filters = (DataFilter(PropertyPath.parse("items[].type"), MONITOR), DataFilter(PropertyPath.parse("items[].price"), dear))
    elements = (ElementFilter(PropertyPath.parse("type"), MONITOR), ElementFilter(PropertyPath.parse("price"), dear))
    assert evaluate(Performed("order", filters=DataGroup("all", filters)), person)
    assert not evaluate(
        Performed("order", filters=DataGroup("all", (SameElement(PropertyPath.parse("items"), elements),))), person
    )


def test_the_other_leaves() -> None:
    changed = {"plan": {"from": "free", "to": "pro"}, "city": {"from": "", "to": "Oslo"}}
    device = {"id": "d1", "platform": "ios", "last_used": T - DAY, "app": {"version": "2"}}
    person = Person({"a.b": "flat", "a": {"b": "deep"}, "tags": ["x", "y"]}, devices=(device,), segments=frozenset({"VIP", 7}))
    person = person.did("", T, changed, "attribute_change").did("Welcome", T, {}, "opened_email").did("/pricing", T, {}, "page")
    both = DataGroup("all", (*where("from", Is("eq", "free")).members, *where("to", Is("eq", "pro")).members))
    yes: list[Condition] = [
        Performed("plan", "attribute_change", both),
        Performed("city", "attribute_change"),
        Performed("/pricing", "page"),
        attribute("a.b", Is("eq", "flat")),
        attribute('a["b"]', Is("eq", "deep")),
        attribute("tags[]", Is("contains", "Y")),
        DeviceIs(PropertyPath.parse("platform"), Is("eq", "iOS")),
        DeviceIs(PropertyPath.parse("app.version"), Is("eq", 2)),
        InSegment("VIP"),
        InSegment(7),
        InSegment(8, inverse=True),
        MessageDone("opened_email"),
        MessageDone("opened_email", "Welcome"),
        MessageDone("opened_email", "Other", inverse=True),
    ]
    no: list[Condition] = [
        Performed("plan", "attribute_change", where("to", Is("eq", "free"))),
        Performed("name", "attribute_change"),
        Performed("/pricing", "screen"),
        DeviceIs(PropertyPath.parse("platform"), Is("eq", "ios", inverse=True)),
        InSegment("VIP", inverse=True),
        MessageDone("opened_email", times=2),
    ]
    assert [one for one in yes if not evaluate(one, person)] == []
    assert [one for one in no if evaluate(one, person)] == []
    assert evaluate(DeviceIs(PropertyPath.parse("platform"), Is("eq", "ios", inverse=True)), NOBODY_KNOWN)


def test_groups() -> None:
    yes, no = attribute("x", Is("exists", inverse=True)), attribute("x", Is("exists"))
    verdicts = {match: evaluate(Group(match, (yes, no)), NOBODY_KNOWN) for match in ("all", "any", "none")}
    assert verdicts == {"all": False, "any": True, "none": False}
    assert evaluate(Group("none", (no,)), NOBODY_KNOWN)


def test_looks_at() -> None:
    tree = Group(
        "any",
        (
            Performed("login", frame=Frame(within=DAY), inverse=True),
            Group("all", (Performed("plan", "attribute_change"), MessageDone("opened_email"))),
            attribute("address.city", Is("exists")),
            attribute('["a.b"]', Is("exists")),
            InSegment("VIP"),
            DeviceIs(PropertyPath.parse("platform"), Is("exists")),
        ),
    )
    assert looks_at(tree) == Interests(
        frozenset({("event", "login"), ("attribute_change", "plan"), ("opened_email", "")}),
        frozenset({"address", "address.city", "a.b"}),
        frozenset({"VIP"}),
        devices=True,
        age=True,
    )
    assert looks_at(Group()) == Interests()


@settings(max_examples=400, deadline=None)
@given(trees(), people())
def test_nothing_is_ever_raised(tree: Condition, person: Person) -> None:
    for now in (T, T - 40 * DAY, T + 40 * DAY):
        assert evaluate(tree, person.at(now)) in (True, False)
        assert evaluate(Group("none", (tree,)), person.at(now)) is not evaluate(tree, person.at(now))
