"""Anonymous events, claims and the merge (domain.md 2; A1 to A8, AN10 to AN12)."""

import pytest
from worlds import DAY, HOUR, MINUTE, T, activities, counts, ulid

from cio_tui import Workspace
from cio_tui.model.activity import Activity


def event(ws: Workspace, number: int) -> Activity:
    return next(activity for activity in activities(ws) if activity.id == ulid(number))


def cio(ws: Workspace, person: str) -> str:
    return ws.directory.person(person).person.cio_id


def test_a1_an_anonymous_event_belongs_to_nobody_and_is_not_processed(ws: Workspace) -> None:
    receipt = ws.track("seen", anonymous_id="anon-1")
    [seen] = activities(ws)
    assert (receipt.status, seen.person, seen.anonymous_id, seen.processed_at) == ("accepted", None, "anon-1", None)
    assert ws.directory.count() == 0
    assert len(ws.log.page("is:anonymous").entries) == 1
    assert ws.log.page("is:identified").entries == []


@pytest.mark.parametrize(
    ("age", "note"),
    [
        (HOUR, ()),
        (72 * HOUR, ()),
        (72 * HOUR + 1, ("1 of 1 merged events are older than 72 h and start no campaign",)),
        (73 * HOUR, ("1 of 1 merged events are older than 72 h and start no campaign",)),
    ],
    ids=str,
)
def test_a2_a3_claiming_moves_the_events(ws: Workspace, age: int, note: tuple[str, ...]) -> None:
    """Its own timestamp stays, Processed at is the merge's, and one anon_merge tells count and names."""
    ws.track("seen", anonymous_id="anon-1", id=ulid(1))
    ws.advance(age)
    receipt = ws.identify("1", {"anonymous_id": "anon-1"})
    seen = event(ws, 1)
    assert (seen.person, seen.timestamp, seen.processed_at) == (cio(ws, "1"), T, T + age)
    [merge] = activities(ws, "anon_merge")
    assert merge.data == {"anonymous_id": "anon-1", "count": 1, "events": {"seen": 1}}
    assert (merge.person, merge.timestamp, seen.merged_by) == (cio(ws, "1"), T + age, merge.id)
    assert receipt.notes == note
    assert counts(ws) == {"seen": 1}


def test_a2_the_events_come_by_timestamp_then_arrival(ws: Workspace) -> None:
    for number, age in ((1, HOUR), (2, 3 * HOUR), (3, HOUR), (4, 0), (5, 3 * HOUR)):
        ws.track("seen", anonymous_id="anon-1", id=ulid(number), timestamp=T - age)
    receipt = ws.identify("1", {"anonymous_id": "anon-1"})
    merged = [effect.activity for effect in receipt.effects if effect.kind == "event_merged"]
    assert merged == [ulid(number) for number in (2, 5, 1, 3, 4)]


def test_a2_pages_and_screens_merge_and_other_visitors_do_not(ws: Workspace) -> None:
    for number, (visitor, kind) in enumerate((("a", "page"), ("a", "screen"), ("b", "event"), ("A", "event"))):
        ws.track("seen", anonymous_id=visitor, type=kind, id=ulid(number))
    ws.track("invited", invite="x@y.example", id=ulid(9))
    ws.identify("1", {"anonymous_id": " a "})
    assert [bool(activity.person) for activity in activities(ws, "event", "page", "screen")] == [True, True, False, False, False]


def test_a3_an_event_with_an_old_timestamp_merges_by_arrival(ws: Workspace) -> None:
    """The 30 days of AN4 are since it was logged."""
    ws.track("seen", anonymous_id="a", id=ulid(1), timestamp=T - 100 * DAY)
    ws.identify("1", {"anonymous_id": "a"})
    assert event(ws, 1).person == cio(ws, "1")


@pytest.mark.parametrize(("age", "left"), [(30 * DAY - 1, 1), (30 * DAY, 1), (30 * DAY + 1, 0)])
def test_a4_unclaimed_events_go_after_30_days(ws: Workspace, age: int, left: int) -> None:
    """AN2: the first second after; then there is nothing to merge, and its id stays known."""
    ws.track("seen", anonymous_id="a", id=ulid(1))
    assert ws.anonymous()[0].purge_at == T + 30 * DAY + 1
    receipt = ws.advance(age)
    assert len(activities(ws)) == left
    assert len(ws.log.page("is:anonymous", hidden=True).entries) == left
    purges = [effect.detail for effect in receipt.effects if effect.kind == "anonymous_purged"]
    assert purges == ([] if left else [{"count": 1, "at": T + 30 * DAY + 1}])
    ws.identify("1", {"anonymous_id": "a"})
    assert len(activities(ws, "anon_merge")) == left
    assert len(ws.database.documents("retired_ids")) == 1 - left
    assert counts(ws) == {"seen": 1}
    assert ws.check() == []


def test_a4_claimed_events_and_other_activity_stay(ws: Workspace) -> None:
    ws.track("seen", anonymous_id="a")
    ws.track("invited", invite="x@y.example")
    ws.track("", anonymous_id="a")
    ws.identify("1", {"anonymous_id": "a"})
    ws.advance(90 * DAY)
    assert [activity.name for activity in activities(ws, "event", "failed_event")] == ["seen", ""]


def test_a5_with_the_setting_off_nothing_merges_until_the_next_identify(ws: Workspace) -> None:
    ws.set("anonymous_event_merge", "off")
    ws.track("seen", anonymous_id="a", id=ulid(1))
    receipt = ws.identify("1", {"anonymous_id": "a"})
    assert "is off" in receipt.notes[0]
    assert event(ws, 1).person is None
    ws.track("seen", anonymous_id="a", id=ulid(2))
    ws.set("anonymous_event_merge", "on")
    assert event(ws, 1).person is None
    ws.identify("1", {"anonymous_id": "a"})
    assert event(ws, 1).person == event(ws, 2).person == cio(ws, "1")


def test_a5_turning_it_off_closes_the_window_of_a_claim(ws: Workspace) -> None:
    ws.identify("1", {"anonymous_id": "a"})
    ws.set("anonymous_event_merge", "off")
    ws.track("seen", anonymous_id="a", id=ulid(1))
    assert event(ws, 1).person is None


@pytest.mark.parametrize(
    ("late", "merges"), [(0, True), (4 * MINUTE + 59, True), (300, True), (301, False), (5 * MINUTE + 1, False), (DAY, False)]
)
def test_a6_events_merge_for_five_minutes_after_the_claim(ws: Workspace, late: int, merges: bool) -> None:
    """AN11: by arrival; an old timestamp does not help."""
    ws.identify("1", {"anonymous_id": "a"})
    assert ws.anonymous()[0].open_until == T + 300
    ws.advance(late)
    receipt = ws.track("seen", anonymous_id="a", id=ulid(1), timestamp=T - DAY)
    assert event(ws, 1).person == (cio(ws, "1") if merges else None)
    assert event(ws, 1).processed_at == (T + late if merges else None)
    assert ("merged: a was claimed" if merges else "stays anonymous") in receipt.notes[0]


def test_an12_identifying_again_opens_no_new_window_and_says_so(ws: Workspace) -> None:
    ws.identify("1", {"anonymous_id": "a"})
    ws.advance(301)
    ws.track("seen", anonymous_id="a", id=ulid(1))
    receipt = ws.identify("1", {"anonymous_id": "a"})
    assert "not opened again" in receipt.notes[0]
    assert event(ws, 1).person is None
    assert receipt.notes[0] in activities(ws, "skipped_update")[0].data["notes"]
    ws.track("seen", anonymous_id="a", id=ulid(2))
    assert event(ws, 2).person is None


def test_an12_a_new_anonymous_id_merges_again(ws: Workspace) -> None:
    """Each newly set id triggers its own merge."""
    for number, visitor in enumerate(("a", "b"), 1):
        ws.track("seen", anonymous_id=visitor, id=ulid(number))
        ws.identify("1", {"anonymous_id": visitor})
    assert event(ws, 1).person == event(ws, 2).person == cio(ws, "1")
    assert len(activities(ws, "anon_merge")) == 2


@pytest.mark.parametrize("gone", [None, "changed", "cleared", "deleted"])
def test_a7_an10_the_first_claimant_keeps_an_id(ws: Workspace, gone: str | None) -> None:
    """Even when the attribute is changed or cleared, which un-merges nothing; the rest of the second call applies."""
    ws.track("seen", anonymous_id="a", id=ulid(1))
    ws.identify("1", {"anonymous_id": "a"})
    owner = cio(ws, "1")
    if gone == "deleted":
        ws.delete("1")
    elif gone:
        ws.identify("1", {"anonymous_id": {"changed": "b", "cleared": None}[gone]})
    receipt = ws.identify("2", {"anonymous_id": "a", "plan": "pro"})
    assert receipt.ok
    assert "another person has claimed it" in receipt.notes[0]
    [failed] = activities(ws, "failed_attribute_change")
    assert (failed.name, failed.person) == ("anonymous_id", cio(ws, "2"))
    assert failed.data["anonymous_id"]["to"] == "a"
    assert ws.directory.person("2").person.attributes == {"plan": "pro"}
    assert event(ws, 1).person == owner
    assert len(activities(ws, "anon_merge")) == 1


def test_an_id_whose_claimant_is_gone_gives_events_to_nobody(ws: Workspace) -> None:
    ws.identify("1", {"anonymous_id": "a"})
    ws.delete("1")
    receipt = ws.track("seen", anonymous_id="a", id=ulid(1))
    assert event(ws, 1).person is None
    assert "is gone" in receipt.notes[0]


@pytest.mark.parametrize("value", [7, True, ["a"], "a\0b"], ids=repr)
def test_an_anonymous_id_must_be_text(ws: Workspace, value: object) -> None:
    receipt = ws.identify("1", {"anonymous_id": value, "plan": "pro"})
    assert receipt.ok
    assert "must be text" in receipt.notes[0]
    assert ws.directory.person("1").person.attributes == {"plan": "pro"}


def test_an_event_that_merged_is_a_duplicate_like_any_other(ws: Workspace) -> None:
    ws.track("seen", anonymous_id="a", id=ulid(1))
    ws.identify("1", {"anonymous_id": "a"})
    assert ws.track("seen", anonymous_id="a", id=ulid(1).lower()).status == "duplicate"
    assert len(activities(ws, "event")) == 1


@pytest.mark.parametrize(
    ("data", "note"),
    [({"recipient": "new@shop.example"}, "recipient replaces To"), ({}, "only a row of the log")],
    ids=["invite", "none"],
)
def test_a8_an_event_without_anonymous_id(ws: Workspace, data: dict, note: str) -> None:
    """An invite, or only a row; nobody is created."""
    receipt = ws.track("beta_invite", data=data)
    assert receipt.ok
    assert note in " ".join(receipt.notes)
    [invite] = activities(ws)
    assert (invite.person, invite.anonymous_id, invite.processed_at) == (None, None, None)
    assert ws.directory.count() == 0


def test_a8_invite_names_the_recipient(ws: Workspace) -> None:
    ws.track("beta_invite", invite="new@shop.example", data={"code": 7})
    assert activities(ws)[0].data == {"code": 7, "recipient": "new@shop.example"}


def test_the_list_of_visitors(ws: Workspace) -> None:
    ws.track("seen", anonymous_id="a", timestamp=T - DAY)
    ws.track("seen", anonymous_id="a")
    ws.track("seen", anonymous_id="b", timestamp=T - HOUR)
    ws.identify("1", {"anonymous_id": "a"})
    ws.identify("2", {"anonymous_id": "empty"})
    first, second, third = (row.to_json() for row in ws.anonymous())
    assert (first["anonymous_id"], first["events"], first["unclaimed"], first["claimed_by"]) == ("a", 2, 0, "1")
    assert (first["first"], first["last"], first["open_until"], first["purge_at"]) == (T - DAY, T, T + 300, None)
    assert (second["anonymous_id"], second["unclaimed"], second["claimed_by"]) == ("b", 1, None)
    assert (second["claimed_at"], second["open_until"], second["purge_at"]) == (None, None, T + 30 * DAY + 1)
    assert (third["anonymous_id"], third["events"], third["claimed_by"], third["first"]) == ("empty", 0, "2", None)
