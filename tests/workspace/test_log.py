"""The activity log: what it shows, in what order, page by page (domain.md 6; D3, E7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import DAY, HOUR, T, activities, patient, scripts, ulid

from cio_tui import Workspace
from cio_tui.filters import FilterError
from cio_tui.model.commands import Command
from cio_tui.model.errors import UnknownActivity


def names(ws: Workspace, text: str = "", *, hidden: bool = False) -> list[str | None]:
    return [entry.activity.name for entry in ws.log.page(text, limit=1000, hidden=hidden).entries]


@pytest.mark.parametrize(
    ("age", "later", "shown"),
    [
        (30 * DAY, 0, True),
        (30 * DAY + 1, 0, False),
        (31 * DAY, 0, False),
        (0, 30 * DAY, True),
        (0, 30 * DAY + 1, False),
        (-40 * DAY, 30 * DAY, True),
        (-40 * DAY, 30 * DAY + 1, False),
        (-40 * DAY, 0, True),
    ],
    ids=str,
)
def test_e7_thirty_days_since_it_happened_and_since_it_was_processed(shop: Workspace, age: int, later: int, shown: bool) -> None:
    """Hidden when either is over 30 days (domain.md 13), to the second; always counted."""
    shop.track("order", person="42", timestamp=T - age, id=ulid(1))
    shop.advance(later)
    assert names(shop, "name:order") == ["order"] * shown
    assert names(shop, "name:order", hidden=True) == ["order"]
    assert names(shop, "name:order is:hidden") == ["order"] * (not shown)
    assert shop.log.get(ulid(1)).hidden is not shown
    assert shop.directory.person("42").events == 1
    assert [row.count for row in shop.index.events()] == [1]


def test_e7_an_unmerged_event_is_hidden_by_its_timestamp_alone(ws: Workspace) -> None:
    ws.track("old", anonymous_id="a", timestamp=T - 30 * DAY - 1)
    ws.track("new", anonymous_id="a", timestamp=T - 30 * DAY)
    assert names(ws) == ["new"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("is:anonymous", ["invited", "seen"]),
        ("is:identified type:event,page", ["home", "order"]),
        ("type:page", ["home"]),
        ("type:failed*", ["bad"]),
        ("is:failed", ["bad"]),
        ("person:42 type:event", ["order"]),
        ("person:ada@shop.example type:event", ["order"]),
        ("person:nobody", []),
        ("anonymous:web-*", ["seen"]),
        ("data.total>50", ["order"]),
        ("since:1h type:event,page", ["invited", "seen", "home"]),
        ("before:1h type:event,page", ["order"]),
        ("since:30d before:2h type:event", ["order"]),
        ("-is:anonymous -is:failed type:event,page,failed_event", ["home", "order"]),
        ("name:plan", [None, None]),
        ("hdmi", ["order"]),
        ("is:duplicate", ["order"]),
    ],
)
def test_d3_filters(shop: Workspace, line: str, found: list[str | None]) -> None:
    shop.track("order", person="42", timestamp=T - 3 * HOUR, data={"total": 215, "items": ["hdmi"]}, id=ulid(1))
    shop.track("order", person="42", id=ulid(1))
    shop.track("home", person="43", type="page", timestamp=T - HOUR)
    shop.track("seen", anonymous_id="web-1", data={"total": 5})
    shop.track("invited", invite="x@y.example")
    shop.track("bad", person="nobody")
    assert names(shop, line) == found


def test_a_line_that_cannot_be_read(ws: Workspace) -> None:
    with pytest.raises(FilterError):
        ws.log.page("type:nonsense")


@patient
@given(scripts, st.integers(1, 7), st.booleans(), st.sampled_from(("", "type:event", "-is:anonymous")))
def test_pages_are_the_whole_list_without_repeats(script: list[Command], limit: int, hidden: bool, line: str) -> None:
    """Newest first by timestamp, later arrivals first among equals."""
    with Workspace.in_memory(now=T) as ws:
        for command in script:
            ws.engine.run(command)
        whole = ws.log.page(line, limit=10_000, hidden=hidden)
        assert whole.more is None
        walked, before = [], None
        while True:
            page = ws.log.page(line, limit=limit, before=before, hidden=hidden)
            walked += page.entries
            before = page.more
            if before is None:
                break
            assert len(page.entries) == limit
        assert walked == whole.entries
        positions = [entry.position for entry in walked]
        assert positions == sorted(set(positions), reverse=True)
        if hidden and not line:
            assert {entry.activity.id for entry in walked} == {activity.id for activity in activities(ws)}


def test_many_at_one_instant(ws: Workspace) -> None:
    for number in range(500):
        ws.track(f"e{number}", anonymous_id="a")
    first = ws.log.page(limit=250)
    second = ws.log.page(limit=250, before=first.more)
    assert [entry.activity.name for entry in first.entries + second.entries] == [f"e{number}" for number in reversed(range(500))]
    assert second.more is None


def test_the_product_s_activity_object(shop: Workspace) -> None:
    shop.track("order", person="42", data={"total": 1}, id=ulid(1))
    cio_id = shop.directory.person("42").person.cio_id
    assert shop.log.get(ulid(1)).to_json() == {
        "id": ulid(1),
        "type": "event",
        "name": "order",
        "timestamp": T,
        "processed_at": T,
        "customer_id": "42",
        "customer_identifiers": {"id": "42", "email": "ada@shop.example", "cio_id": cio_id},
        "anonymous_id": None,
        "cause": None,
        "merged_by": None,
        "duplicates": 0,
        "hidden": False,
        "data": {"total": 1},
    }


def test_an_anonymous_row_has_no_customer(ws: Workspace) -> None:
    ws.track("seen", anonymous_id="a")
    shape = ws.log.page().entries[0].to_json()
    assert (shape["customer_id"], shape["customer_identifiers"], shape["processed_at"], shape["anonymous_id"]) == (
        None,
        None,
        None,
        "a",
    )


def test_get_by_id_or_by_its_beginning(shop: Workspace) -> None:
    shop.track("a", person="42", id="01AAAAAAAAAAAAAAAAAAAAAAAA")
    shop.track("b", person="42", id="01AAAAAAAAAAAAAAAAAAAAAAAB")
    for text in ("01AAAAAAAAAAAAAAAAAAAAAAAA", "01aaaaaaaaaaaaaaaaaaaaaaaa", " 01AAAAAAAAAAAAAAAAAAAAAAAA "):
        assert shop.log.get(text).activity.name == "a"
    shop.undo()
    assert shop.log.get("01aa").activity.name == "a"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("", "no activity"), ("  ", "no activity"), ("9", "no activity"), ("%", "no activity"), ("0", "several")],
)
def test_get_what_is_not_there(shop: Workspace, text: str, complaint: str) -> None:
    with pytest.raises(UnknownActivity, match=complaint):
        shop.log.get(text)


def test_causes_can_be_walked(ws: Workspace) -> None:
    """From an identify to its attribute change, to the merge, to the events that it moved."""
    ws.track("seen", anonymous_id="a", id=ulid(1))
    ws.identify("1", {"anonymous_id": "a"})
    [created] = activities(ws, "profile_create")
    [change] = [entry.activity for entry in ws.log.caused_by(created.id)]
    [merge] = [entry.activity for entry in ws.log.caused_by(change.id)]
    [moved] = [entry.activity for entry in ws.log.caused_by(merge.id)]
    assert [one.type for one in (change, merge, moved)] == ["attribute_change", "anon_merge", "event"]
    assert moved.id == ulid(1)
    assert ws.log.caused_by(moved.id) == []


def test_following_gives_what_came_since_in_order_of_arrival(shop: Workspace) -> None:
    row = shop.log.last_row()
    assert list(shop.log.after(row)) == []
    shop.track("later", person="42")
    shop.track("earlier", person="42", timestamp=T - DAY)
    shop.track("hidden", person="42", timestamp=T - 31 * DAY)
    shop.track("other", person="43", type="page")
    rows = list(shop.log.after(row))
    assert [entry.activity.name for _, entry in rows] == ["later", "earlier", "other"]
    assert [entry.activity.name for _, entry in shop.log.after(row, "type:event", hidden=True)] == ["later", "earlier", "hidden"]
    assert list(shop.log.after(rows[-1][0])) == []
    assert rows[-1][0] == shop.log.last_row()


def test_a_deleted_person_is_still_named(shop: Workspace) -> None:
    shop.track("order", person="42")
    shop.delete("42")
    entry = shop.log.page("name:order person:42").entries[0]
    assert entry.to_json()["customer_id"] == "42"
