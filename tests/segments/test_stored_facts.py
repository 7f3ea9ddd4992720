"""What the file tells of one person."""

from collections.abc import Iterator

import pytest

from cio_tui import Workspace
from cio_tui.segments.facts import Occurrence
from cio_tui.segments.stored_facts import PersonFacts
from cio_tui.store.segment_queries import SegmentQueries

T = 1718000000
DAY = 86_400


@pytest.fixture
def ws() -> Iterator[Workspace]:
    with Workspace.in_memory(now=T) as workspace:
        workspace.identify({"id": "ada"}, {"email": "Ada@shop.example", "plan": "pro", "it's": 1})
        yield workspace


def facts_of(ws: Workspace, person: str = "ada") -> PersonFacts:
    cio_id = ws.directory.person(person).person.cio_id
    return PersonFacts(
        SegmentQueries(ws.database.storage), cio_id, T, lambda one, name, now: (one, name, now) == (cio_id, "vip", T)
    )


def test_identifiers_are_attributes(ws: Workspace) -> None:
    facts = facts_of(ws)
    assert facts.attributes == {"id": "ada", "email": "Ada@shop.example", "cio_id": facts.cio_id, "plan": "pro", "it's": 1}
    ws.identify({"email": "bo@shop.example"})
    assert set(facts_of(ws, "bo@shop.example").attributes) == {"email", "cio_id"}


def test_devices_have_their_attributes_beside_their_fields(ws: Workspace) -> None:
    assert facts_of(ws).devices == []
    ws.add_device({"id": "ada"}, "d1", "ios", last_used=T, attributes={"app": "1.2", "platform": "fake"})
    assert facts_of(ws).devices == [{"id": "d1", "platform": "ios", "last_used": T, "app": "1.2"}]


def test_known_since_is_the_earlier_of_added_and_first_event(ws: Workspace) -> None:
    ws.track("visited", person={"id": "ada"}, timestamp=T + DAY)
    ws.identify({"id": "ada"}, {"score": 1}, timestamp=T - 9 * DAY)
    [changed] = facts_of(ws).occurrences("attribute_change", "score")
    assert (changed.timestamp, facts_of(ws).known_since) == (T - 9 * DAY, T)
    ws.track("visited", person={"id": "ada"}, timestamp=T - 5 * DAY, type="page")
    assert facts_of(ws).known_since == T - 5 * DAY


def test_occurrences_oldest_first(ws: Workspace) -> None:
    """Of one type and name only; those of the future too."""
    for number, timestamp in enumerate((T + DAY, T - DAY, T - DAY, T)):
        ws.track("bought", person={"id": "ada"}, data={"number": number}, timestamp=timestamp)
    ws.track("bought", person={"id": "ada"}, type="page")
    ws.track("Bought", person={"id": "ada"})
    found = facts_of(ws).occurrences("event", "bought")
    assert [(one.timestamp, one.data["number"]) for one in found] == [(T - DAY, 1), (T - DAY, 2), (T, 3), (T + DAY, 0)]
    assert ws.log.get(found[0].id).activity.data == {"number": 1}
    assert facts_of(ws).occurrences("event", "") == []


def test_changes_of_one_attribute(ws: Workspace) -> None:
    """The identifiers' changes are no other kind."""
    ws.identify({"id": "ada"}, {"plan": "free", "score": 3})
    plans = [dict(one.data) for one in facts_of(ws).occurrences("attribute_change", "plan")]
    assert plans == [{"from": "", "to": "pro"}, {"from": "pro", "to": "free"}]
    assert [dict(one.data) for one in facts_of(ws).occurrences("attribute_change", "it's")] == [{"from": "", "to": 1}]
    assert facts_of(ws).occurrences("attribute_change", "never") == []


def test_at_another_instant_all_stays_but_membership(ws: Workspace) -> None:
    facts = facts_of(ws)
    later = facts.facts_at(T + 1)
    assert (facts.is_member("vip"), later.is_member("vip"), later.now) == (True, False, T + 1)
    assert later.attributes == facts.attributes


def test_of_someone_unknown_nothing_is_told(ws: Workspace) -> None:
    facts = PersonFacts(SegmentQueries(ws.database.storage), "gone", T)
    told: list[Occurrence] = list(facts.occurrences("event", "bought"))
    assert (dict(facts.attributes), list(facts.devices), told, facts.known_since, facts.is_member(1)) == ({}, [], [], T, False)
