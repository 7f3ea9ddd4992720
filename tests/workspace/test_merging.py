"""Merging two people (domain.md 3.2; M1, M2, M4)."""

import pytest
from worlds import DAY, T, activities, counts, ulid

from cio_tui import Workspace
from cio_tui.model.errors import UnknownPerson


@pytest.fixture
def pair(shop: Workspace) -> Workspace:
    """Ada (42) with two events and a device, Bo (43) with a claim, three events and two devices."""
    shop.identify("42", {"city": "", "note": None})
    shop.identify("43", {"city": "Oslo", "tags": ["a"], "empty": "", "anonymous_id": "anon-bo"})
    shop.track("old", person="42")
    for number, age in enumerate((30 * DAY + 1, 30 * DAY, 5)):
        shop.track("order", person="43", timestamp=T - age, id=ulid(number))
    for who, device in (("42", "shared"), ("43", "shared"), ("43", "own")):
        shop.add_device(who, device, "ios" if who == "42" else "android")
    return shop


def test_m1_the_primary_wins_and_empty_ones_are_filled(pair: Workspace) -> None:
    receipt = pair.merge("42", "43")
    merged = pair.directory.person("42").person
    assert merged.attributes == {
        "first_name": "Ada",
        "plan": "Pro",
        "score": 9,
        "city": "Oslo",
        "tags": ["a"],
        "anonymous_id": "anon-bo",
    }
    assert (merged.id, merged.email) == ("42", "ada@shop.example")
    assert receipt.id == merged.cio_id
    with pytest.raises(UnknownPerson):
        pair.directory.person("43")
    assert pair.directory.count() == 1
    assert pair.check() == []


def test_m1_identifiers_that_the_primary_lacks_are_filled(ws: Workspace) -> None:
    ws.identify("1")
    ws.identify("two@shop.example", {"plan": "x"})
    ws.merge("1", "two@shop.example")
    found = ws.directory.person("Two@shop.example").person
    assert (found.id, found.email, found.attributes) == ("1", "two@shop.example", {"plan": "x"})


def test_m1_what_happened_is_told(pair: Workspace) -> None:
    primary, secondary = (pair.directory.person(who).person for who in ("42", "43"))
    pair.merge("42", "43")
    [merge] = activities(pair, "profile_merge")
    assert merge.person == primary.cio_id
    assert merge.data == {
        "secondary": secondary.identifiers(),
        "filled": ["anonymous_id", "city", "tags"],
        "kept": ["email", "id", "plan", "score"],
        "events": 2,
        "devices": 1,
    }
    [gone] = activities(pair, "profile_delete")
    assert (gone.person, gone.cause, gone.data["merged_into"]) == (secondary.cio_id, merge.id, primary.cio_id)
    change = activities(pair, "attribute_change")[-1]
    assert (change.person, change.cause, change.data["city"]) == (primary.cio_id, merge.id, {"from": "", "to": "Oslo"})


def test_m2_events_of_the_last_30_days_move(pair: Workspace) -> None:
    """30 days, all at once (domain.md 13); they keep their times, and the data index counts nothing twice."""
    secondary = pair.directory.person("43").person.cio_id
    before = counts(pair)
    pair.merge("42", "43")
    primary = pair.directory.person("42").person.cio_id
    [merge] = activities(pair, "profile_merge")
    events = {activity.id: activity for activity in activities(pair, "event") if activity.name == "order"}
    assert [events[ulid(number)].person for number in range(3)] == [secondary, primary, primary]
    assert [events[ulid(number)].merged_by for number in range(3)] == [None, merge.id, merge.id]
    assert events[ulid(1)].timestamp == T - 30 * DAY
    assert counts(pair) == before
    assert pair.directory.person("42").events == 3


def test_m2_attribute_changes_stay_with_the_secondary(pair: Workspace) -> None:
    secondary = pair.directory.person("43").person.cio_id
    before = len([one for one in activities(pair, "attribute_change") if one.person == secondary])
    pair.merge("42", "43")
    assert len([one for one in activities(pair, "attribute_change") if one.person == secondary]) == before


def test_devices_move_and_the_primarys_wins(pair: Workspace) -> None:
    pair.merge("42", "43")
    devices = pair.directory.person("42").person.devices
    assert [(device["id"], device["platform"]) for device in devices] == [("shared", "ios"), ("own", "android")]


def test_claims_are_pointed_to_the_primary(pair: Workspace) -> None:
    """An event that arrives within the five minutes of the secondary's claim is the primary's."""
    pair.merge("42", "43")
    assert pair.anonymous()[0].claimed_by == "ada@shop.example"
    pair.track("late", anonymous_id="anon-bo", id=ulid(9))
    late = next(activity for activity in activities(pair, "event") if activity.id == ulid(9))
    assert late.person == pair.directory.person("42").person.cio_id
    assert "another person has claimed it" in pair.identify("44", {"anonymous_id": "anon-bo"}).notes[0]


@pytest.mark.parametrize(
    ("primary", "secondary", "reason"),
    [
        ({"id": "42", "email": "ada@shop.example"}, "43", "exactly one of id, email and cio_id"),
        ("42", {"id": "43", "email": "bo@shop.example"}, "exactly one of id, email and cio_id"),
        ({}, "43", "exactly one"),
        ({"phone": "1"}, "43", "no identifier 'phone'"),
        ("nobody", "43", "primary nobody was not found: nothing happens"),
        ("42", "nobody", "secondary nobody was not found: nothing happens"),
        ("42", "42", "cannot be merged with itself"),
        ("42", "ADA@shop.example", "cannot be merged with itself"),
        ("42", "cio_ffffff000001", "was not found"),
    ],
)
def test_m4_what_cannot_be_merged_changes_nothing(pair: Workspace, primary: object, secondary: object, reason: str) -> None:
    before = pair.digest(), pair.history.reach()
    receipt = pair.merge(primary, secondary)  # type: ignore[arg-type]
    assert receipt.status == "rejected"
    assert reason in receipt.reasons[0]
    assert (pair.digest(), pair.history.reach()) == before


def test_the_dry_run_is_the_preview(pair: Workspace) -> None:
    before = pair.digest()
    dry = pair.merge("42", "43", dry_run=True)
    assert pair.digest() == before
    real = pair.merge("42", "43")
    assert (real.status, real.id, real.effects, real.notes) == (dry.status, dry.id, dry.effects, dry.notes)
    assert [effect.kind for effect in real.effects] == [
        "profile_merge",
        "profile_delete",
        "attribute_change",
        "event_moved",
        "event_moved",
    ]


def test_a_merged_secondary_can_be_made_anew(pair: Workspace) -> None:
    pair.merge("42", "43")
    pair.identify("43", {"plan": "new"})
    assert pair.directory.person("43").events == 0
    assert pair.check() == []
