"""Sending an event again: a new event, linked to the first (E9, domain.md 6)."""

import pytest
from worlds import DAY, T, activities, counts, ulid

from cio_tui import Workspace
from cio_tui.model.errors import UnknownActivity

DATA = {"total": 5, "items": [{"price": 1}]}


@pytest.fixture
def sent(shop: Workspace) -> Workspace:
    shop.track("order", person="42", type="screen", data=DATA, timestamp=T - DAY, id=ulid(1))
    shop.advance(60)
    return shop


def test_e9_a_resent_event_is_new_and_names_its_cause(sent: Workspace) -> None:
    receipt = sent.resend(ulid(1))
    first, second = activities(sent, "screen")
    assert receipt.ok
    assert second.id not in (first.id, None)
    assert (second.timestamp, second.cause, second.name, second.data) == (T + 60, first.id, "order", DATA)
    assert (second.type, second.person) == ("screen", first.person)
    assert (first.timestamp, first.data) == (T - DAY, DATA)
    assert counts(sent) == {"order": 2}
    assert [entry.activity.id for entry in sent.log.caused_by(first.id)] == [second.id]


@pytest.mark.parametrize(
    ("arguments", "data"),
    [
        ({"changes": {"total": 6}}, {**DATA, "total": 6}),
        ({"changes": {"items[0].price": 2}}, {"total": 5, "items": [{"price": 2}]}),
        ({"changes": {"items[].price": 3, "new.key": 1}}, {"total": 5, "items": [{"price": 3}], "new": {"key": 1}}),
        ({"data": {}}, {}),
        ({"data": {"a": 1}, "changes": {"a": 2}}, {"a": 2}),
    ],
)
def test_e9_with_a_change(sent: Workspace, arguments: dict, data: dict) -> None:
    sent.resend(ulid(1), **arguments)
    first, second = activities(sent, "screen")
    assert (first.data, second.data) == (DATA, data)


def test_e9_to_somebody_else_at_another_time(sent: Workspace) -> None:
    sent.resend(ulid(1), person="43", timestamp=T - 2 * DAY)
    second = activities(sent, "screen")[1]
    assert (second.person, second.timestamp) == (sent.directory.person("43").person.cio_id, T - 2 * DAY)


def test_e9_with_its_old_id_it_is_a_duplicate(sent: Workspace) -> None:
    assert sent.resend(ulid(1).lower(), keep_id=True).status == "duplicate"


def test_e9_an_anonymous_event_stays_with_its_visitor(ws: Workspace) -> None:
    ws.track("seen", anonymous_id="a", id=ulid(1))
    ws.resend(ulid(1))
    assert [activity.anonymous_id for activity in activities(ws, "event")] == ["a", "a"]


@pytest.mark.parametrize("changes", [{"items[7].price": 1}, {"total.x": 1}, {"a[": 1}])
def test_a_path_that_leads_nowhere_is_refused(sent: Workspace, changes: dict) -> None:
    before = sent.digest()
    assert not sent.resend(ulid(1), changes=changes).ok
    assert sent.digest() == before


def test_only_events_can_be_sent_again(sent: Workspace) -> None:
    change = activities(sent, "attribute_change")[0]
    assert "only events, pages and screens" in sent.resend(change.id).reasons[0]
    with pytest.raises(UnknownActivity):
        sent.resend(ulid(2))
