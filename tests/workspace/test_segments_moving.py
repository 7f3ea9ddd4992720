"""Who enters and who leaves because of what happens to them, and what the entry names as its cause."""

import pytest
from segment_worlds import cause_of, inside, moves, saved
from worlds import DAY, HOUR, T

from cio_tui import Workspace

IN, OUT = [("entered", "S")], [("left", "S")]


@pytest.mark.parametrize("kind", ["event", "page", "screen"])
def test_by_an_event_a_page_or_a_screen(shop: Workspace, kind: str) -> None:
    saved(shop, "S", f"{kind}: order, performed: true, where: [{{total: {{greater than: 100}}}}]")
    assert moves(shop.track("order", person="42", data={"total": 100}, type=kind)) == []
    other = "page" if kind != "page" else "screen"
    assert moves(shop.track("order", person="42", data={"total": 215}, type=other)) == []
    receipt = shop.track("order", person="42", data={"total": 215}, type=kind)
    assert (moves(receipt), inside(shop, "S")) == (IN, ["42"])
    assert cause_of(shop, receipt).id == receipt.id
    [entry] = [one for one in shop.log.caused_by(str(receipt.id)) if one.activity.type == "entered_segment"]
    assert (entry.activity.name, entry.activity.timestamp, entry.activity.data) == ("S", T, {"segment": 1})
    assert moves(shop.track("order", person="42", data={"total": 215}, type=kind)) == []


def test_out_by_an_event(shop: Workspace) -> None:
    saved(shop, "S", "event: order, performed: exactly once")
    assert moves(shop.track("order", person="42")) == IN
    receipt = shop.track("order", person="42")
    assert (moves(receipt), cause_of(shop, receipt).id) == (OUT, receipt.id)


def test_by_an_attribute(shop: Workspace) -> None:
    saved(shop, "S", "attribute: 'address.city', is: Oslo")
    receipt = shop.identify("42", {"address": {"city": "OSLO"}})
    assert (moves(receipt), cause_of(shop, receipt).type) == (IN, "attribute_change")
    receipt = shop.identify("42", {"address": None})
    assert (moves(receipt), cause_of(shop, receipt).type) == (OUT, "attribute_change")
    assert moves(shop.identify("42", {"address.city": "Oslo"})) == IN


def test_a_new_person(shop: Workspace) -> None:
    saved(shop, "S", "attribute: plan, exists: false")
    receipt = shop.identify("50")
    created = next(effect for effect in receipt.effects if effect.kind == "profile_create")
    assert (moves(receipt), cause_of(shop, receipt).cause) == (IN, created.activity)


def test_by_an_identifier(shop: Workspace) -> None:
    saved(shop, "S", "attribute: email, contains: '@new.example'")
    shop.set("email_updates_by_id", "on")
    assert moves(shop.identify("42", {"email": "ada@new.example"})) == IN
    assert moves(shop.identify("42", {"email": "ada@old.example"})) == OUT


def test_by_a_device(shop: Workspace) -> None:
    saved(shop, "S", "device: platform, is: ios")
    receipt = shop.add_device("42", "phone", "ios")
    assert (moves(receipt), cause_of(shop, receipt).type) == (IN, "device_change")
    assert moves(shop.add_device("42", "phone", "android")) == OUT
    shop.add_device("42", "phone", "ios")
    assert moves(shop.remove_device("42", "phone")) == OUT


def test_by_a_changed_attribute(shop: Workspace) -> None:
    saved(shop, "S", "attribute changed: plan, to: pro", "attribute: score, greater than: 0")
    assert moves(shop.identify("42", {"score": 10})) == []
    receipt = shop.identify("43", {"plan": "Pro"})
    assert (moves(receipt), cause_of(shop, receipt).data["plan"]["from"]) == (IN, "basic")
    assert moves(shop.identify("43", {"plan": "basic"})) == []


def test_by_an_anonymous_merge(shop: Workspace) -> None:
    """The merge is the cause for a segment that looks at the events, the change of attributes for one that looks at them."""
    saved(shop, "S", "event: order, performed: true")
    saved(shop, "Named", "attribute: first_name, is: Bo")
    assert moves(shop.track("order", anonymous_id="anon-1")) == []
    receipt = shop.identify("43", {"anonymous_id": "anon-1", "first_name": "Bo"})
    entered = (effect for effect in receipt.effects if effect.kind == "entered_segment")
    causes = {str(one.detail["name"]): shop.log.get(str(one.cause)).activity.type for one in entered}
    assert moves(receipt) == [("entered", "S"), ("entered", "Named")]
    assert (causes["S"], causes["Named"]) == ("anon_merge", "attribute_change")
    assert moves(shop.track("order", anonymous_id="anon-1")) == []
    saved(shop, "S", "event: order, performed: at least 3 times")
    receipt = shop.track("order", anonymous_id="anon-1")
    assert (moves(receipt), cause_of(shop, receipt).id) == (IN, receipt.id)


def test_by_merging_people(shop: Workspace) -> None:
    """The primary enters by what it is given, and takes the secondary's place where people are put in by hand."""
    saved(shop, "S", "event: order, performed: true")
    saved(shop, "Named", "attribute: first_name, exists: true")
    shop.save_segment("name: Hand\nkind: manual\n")
    saved(shop, "Both", "in segment: Hand", "in segment: S")
    shop.track("order", person="42")
    shop.add_to_segment("Hand", ["42"])
    gone = shop.directory.person("42").person.cio_id
    receipt = shop.merge("43", "42")
    wanted = {("entered", "S"), ("entered", "Named"), ("entered", "Hand"), ("entered", "Both")}
    assert (set(moves(receipt)), len(moves(receipt))) == (wanted, 4)
    assert [inside(shop, name) for name in ("S", "Named", "Hand", "Both")] == [["43"]] * 4
    merged, deleted = (one.activity for one in receipt.effects if one.kind in ("profile_merge", "profile_delete"))
    causes = {str(one.detail["name"]): one.cause for one in receipt.effects if one.kind == "entered_segment"}
    assert (causes["S"], causes["Named"], causes["Hand"]) == (merged, merged, deleted)
    left = {one.segment: one for one in shop.segments.movements(person=gone) if not one.entered}
    assert len(left) == 4
    assert {one.cause for one in left.values()} == {deleted}
    assert shop.check() == []


@pytest.mark.parametrize("verb", ["delete", "suppress"])
def test_who_is_removed_is_in_nothing(shop: Workspace, verb: str) -> None:
    saved(shop, "S", "event: order, performed: never, within: 1 day", match="none")
    saved(shop, "Other", "attribute: plan, exists: true")
    person = shop.directory.person("42").person.cio_id
    receipt = getattr(shop, verb)("42")
    assert inside(shop, "Other") == ["43"]
    last = shop.segments.movements(person=person)
    assert {(one.segment, one.entered) for one in last[:2]} == {(1, False), (2, False)}
    assert {one.cause for one in last[:2]} == {receipt.effects[0].activity}
    shop.advance(2 * DAY)
    assert (shop.segments.movements(person=person), shop.check()) == (last, [])
    shop.unsuppress("42")
    assert shop.segments.of_person(person) == []


def test_a_back_dated_event(shop: Workspace) -> None:
    """What is out of the frame already changes nothing; what is in it leaves when its own time says."""
    saved(shop, "S", "event: order, performed: true, within: 1 day")
    assert moves(shop.track("order", person="42", timestamp=T - DAY - 1)) == []
    assert moves(shop.track("order", person="42", timestamp=T - DAY)) == IN
    assert moves(shop.advance(1)) == OUT
    shop.track("order", person="42", timestamp=T - HOUR)
    assert moves(shop.advance(23 * HOUR - 1)) == []
    assert moves(shop.advance(1)) == OUT


def test_a_future_event(shop: Workspace) -> None:
    saved(shop, "S", "event: order, performed: true, within: 1 day")
    assert moves(shop.track("order", person="42", timestamp=T + HOUR)) == []
    assert moves(shop.advance(HOUR - 1)) == []
    receipt = shop.advance(1)
    assert moves(receipt) == IN
    [movement] = shop.segments.movements(segment="S")
    assert (movement.at, movement.cause) == (T + HOUR, None)


def test_the_age_that_not_performed_asks_for(shop: Workspace) -> None:
    """S3: a back-dated event of another name makes a person old enough."""
    saved(shop, "S", "event: order, performed: never, within: 30 days")
    assert inside(shop, "S") == []
    receipt = shop.track("signed_in", person="43", timestamp=T - 30 * DAY)
    assert (moves(receipt), cause_of(shop, receipt).id) == (IN, receipt.id)
    assert moves(shop.advance(30 * DAY - 1)) == []
    assert moves(shop.advance(1)) == IN
    assert moves(shop.track("order", person="42")) == OUT


def test_a_timestamp_that_passes(shop: Workspace) -> None:
    """S5: before 3 days from now."""
    saved(shop, "S", "attribute: trial_ends, is a timestamp before: 3 days from now")
    assert moves(shop.identify("42", {"trial_ends": T + 5 * DAY})) == []
    receipt = shop.advance(20 * DAY)
    assert (moves(receipt), shop.segments.movements(segment="S")[0].at) == (IN, T + 2 * DAY + 1)
    assert moves(shop.identify("42", {"trial_ends": T + 90 * DAY})) == OUT
