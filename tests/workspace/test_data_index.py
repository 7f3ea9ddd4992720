"""The data index: what was received, with which properties, how often (domain.md 5; D1, D2, D4)."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from segment_worlds import saved
from worlds import DAY, HOUR, T, activities, patient, run, scripts, tracks, ulid

from cio_tui import Workspace
from cio_tui.messages.definition import Message
from cio_tui.model.commands import Command
from cio_tui.model.errors import InputError
from cio_tui.model.json_values import kind_of
from cio_tui.workspace.index_reader import near_duplicates
from cio_tui.workspace.index_uses import Users, Uses


def recount(data: dict[str, Any]) -> set[tuple[str, str]]:
    """Paths with kinds of one event's data, by the plainest reading of domain.md 4.6."""
    found = set()

    def walk(path: str, value: Any) -> None:
        found.add((path, kind_of(value)))
        if isinstance(value, dict):
            for key, item in value.items():
                walk(f"{path}.{key}", item)
        if isinstance(value, list):
            for item in value:
                walk(f"{path}[]", item)

    for key, value in data.items():
        walk('["a.b"]' if key == "a.b" else key, value)
    return found


@patient
@given(scripts)
def test_the_index_agrees_with_what_is_there(script: list[Command]) -> None:
    """Purges, merges, deletions and duplicates included; nothing is ever half counted."""
    with Workspace.in_memory(now=T) as ws:
        run(ws, script)
        assert ws.check() == []


@patient
@given(st.lists(tracks, max_size=15))
def test_the_index_is_a_plain_recount(script: list[Command]) -> None:
    with Workspace.in_memory(now=T) as ws:
        ws.identify("1")
        run(ws, script)
        events: Counter[tuple[str, str | None]] = Counter()
        properties: Counter[tuple[str, str | None, str, str]] = Counter()
        for one in activities(ws, "event", "page", "screen"):
            events[one.type, one.name] += 1
            properties.update((one.type, one.name, path, kind) for path, kind in recount(one.data))
        assert {(row.type, row.name): row.count for row in ws.index.events()} == events
        rows = [(row.type, row.name, one) for row in ws.index.events() for one in ws.index.properties(row.name, row.type)]
        assert {(kind, name, one.path, one.kind): one.count for kind, name, one in rows} == properties


def table(ws: Workspace, name: str) -> list[dict]:
    return sorted((dict(row) for row in ws.database.documents(name)), key=repr)


@patient
@given(st.lists(tracks, max_size=15))
def test_made_anew_it_is_the_same(script: list[Command]) -> None:
    """As long as nothing was purged; also for events that arrived in one transaction."""
    with Workspace.in_memory(now=T) as ws:
        ws.identify("1", {"plan": "pro", "score": 9})
        run(ws, script)
        names = ("event_index", "property_index", "attribute_index")
        before = [table(ws, name) for name in names]
        ws.rebuild()
        assert [table(ws, name) for name in names] == before
        assert ws.check() == []


def test_examples_are_the_first_five_however_they_came(shop: Workspace) -> None:
    for value in (1, 1.0, 1, 2, "a", 3, 4, 5, "b" * 200):
        shop.track("x", person="42", data={"v": value})
    examples = {row.kind: row.examples for row in shop.index.properties("x")}
    assert [repr(value) for value in examples["number"]] == ["1", "1.0", "2", "3", "4"]
    assert examples["string"] == ("a", "b" * 99 + "…")
    before = table(shop, "property_index")
    shop.rebuild()
    assert table(shop, "property_index") == before


def test_a_purge_is_forgotten_when_made_anew(shop: Workspace) -> None:
    shop.track("seen", anonymous_id="a")
    shop.track("seen", person="42")
    shop.advance(31 * DAY)
    assert [row.count for row in shop.index.events()] == [2]
    shop.rebuild()
    assert [row.count for row in shop.index.events()] == [1]
    assert shop.history.reach() == (0, 0)
    assert shop.check() == []


def test_d1_an_event_with_its_instants_of_arrival(shop: Workspace) -> None:
    """A duplicate never bumps them, and an event's own timestamp is not when it was received."""
    shop.track("order", person="42", timestamp=T - 20 * DAY, id=ulid(1))
    shop.advance(HOUR)
    shop.track("order", person="42", timestamp=T - 10 * DAY)
    shop.advance(HOUR)
    shop.track("order", person="42", id=ulid(1))
    [row] = shop.index.events()
    assert row.to_json() == {
        "name": "order",
        "type": "event",
        "count": 2,
        "first_received": T,
        "last_received": T + HOUR,
        "properties": 0,
        "drifting": 0,
        "near": [],
    }
    assert shop.index.per_day("order") == [(day * DAY, 1) for day in ((T - 20 * DAY) // DAY, (T - 10 * DAY) // DAY)]


def test_d1_types_of_one_name_are_rows_of_their_own(shop: Workspace) -> None:
    for kind in ("event", "page", "page"):
        shop.track("home", person="42", type=kind, data={"from": kind})
    assert [(row.type, row.count) for row in shop.index.events()] == [("event", 1), ("page", 2)]
    assert shop.index.properties("home")[0].examples == ("page",)
    assert shop.index.properties("home", "event")[0].examples == ("event",)
    assert [row.type for row in shop.index.events("type:page")] == ["page"]


def test_d2_attributes_appear_when_somebody_has_them(ws: Workspace) -> None:
    assert ws.index.attributes() == []
    ws.identify("1", {"plan": "pro", "score": 1})
    ws.identify("2", {"plan": 7})
    ws.advance(HOUR)
    ws.identify("1", {"plan": "basic"})
    plan, score = ws.index.attributes()
    assert plan.to_json() == {
        "name": "plan",
        "people": 2,
        "count": 3,
        "first_received": T,
        "last_received": T + HOUR,
        "kinds": {"string": 1, "number": 1},
        "examples": ["pro", "basic", 7],
        "near": [],
    }
    ws.delete("1")
    assert [(row.name, row.people) for row in ws.index.attributes()] == [("plan", 1), ("score", 0)]
    assert score.people == 1


def test_d4_a_merged_event_has_two_times_and_an_ordinary_one_has_not(ws: Workspace) -> None:
    ws.track("seen", anonymous_id="a")
    ws.advance(HOUR)
    ws.identify("1", {"anonymous_id": "a"})
    ws.track("order", person="1")
    times = {one.name: (one.timestamp, one.processed_at) for one in activities(ws, "event")}
    assert times == {"seen": (T, T + HOUR), "order": (T + HOUR, T + HOUR)}
    assert [entry.activity.name for entry in ws.log.page("is:late").entries] == ["seen"]


def test_property_kinds_and_drift(shop: Workspace) -> None:
    """A path with more than one kind drifts; null beside one kind does not."""
    for total, note in ((1, "a"), ("1", None), (2, "b")):
        shop.track("order", person="42", data={"total": total, "note": note, "items": [{"type": "x"}, {"type": None}, 5]})
    rows = [(row.path, row.kind, row.count, round(row.share, 2)) for row in shop.index.properties("order")]
    assert rows == [
        ("items", "array", 3, 1.0),
        ("items[]", "number", 3, 1.0),
        ("items[]", "object", 3, 1.0),
        ("items[].type", "null", 3, 1.0),
        ("items[].type", "string", 3, 1.0),
        ("note", "string", 2, 0.67),
        ("note", "null", 1, 0.33),
        ("total", "number", 2, 0.67),
        ("total", "string", 1, 0.33),
    ]
    [event] = shop.index.events()
    assert (event.properties, event.drifting) == (5, 2)


def test_an_object_used_as_a_map_does_not_swamp_the_index(shop: Workspace) -> None:
    shop.track("map", person="42", data={f"k{number}": number for number in range(300)})
    shop.track("long", person="42", data={"items": [{"type": number} for number in range(300)]})
    assert len(shop.index.properties("map")) == 200
    assert [row.path for row in shop.index.properties("long")] == ["items", "items[]", "items[].type"]
    assert shop.check() == []


def test_any_key_can_be_indexed(shop: Workspace) -> None:
    """Keys with dots, quotes, NUL and none at all are paths of their own."""
    data = {"a.b": 1, "a": {"b": 2}, "": 3, "sign up date": 4, 'q"': 5, "n\0": 6, "é": 7, "x[]": 8}
    shop.track("odd", person="42", data=data)
    assert len({row.path for row in shop.index.properties("odd")}) == 9
    assert shop.check() == []


@pytest.mark.parametrize(
    ("names", "alike"),
    [
        (["order_placed", "Order Placed", "orderplaced"], True),
        (["order_placed", "order_plcaed"], True),
        (["step_1", "step_2"], False),
        (["order", "cart"], False),
        (["!!", "??"], False),
    ],
    ids=str,
)
def test_near_duplicates(names: list[str], alike: bool) -> None:
    others = {name: tuple(sorted(other for other in names if other != name)) for name in names}
    assert near_duplicates(names) == (others if alike else {})


def test_an_event_that_never_came(shop: Workspace) -> None:
    shop.track("order_placed", person="42")
    with pytest.raises(InputError, match="was ever received") as error:
        shop.index.properties("order_place")
    assert "order_placed" in error.value.hint


def test_what_uses_each_row(shop: Workspace) -> None:
    shop.identify("42", {"plan": "pro", "unread": 1})
    shop.track("order_placed", person="42")
    shop.track("order_placed", person="42", type="page")
    body = "{{ customer.plan }}"
    shop.save_message(Message(name="Receipt", subject="s", sender="s@x.example", body=body, event="order_placed"))
    saved(shop, "Pros", "attribute: plan, is: pro")
    saved(shop, "Buyers", "event: order_placed")
    uses = Uses(shop)
    found = {(row.type, row.name): uses.of(row) for row in shop.index.events()}
    assert found == {
        ("event", "order_placed"): Users(("Receipt",), ("Buyers",)),
        ("page", "order_placed"): Users(),
    }
    by_attribute = {row.name: uses.of(row) for row in shop.index.attributes()}
    assert (by_attribute["plan"], by_attribute["unread"]) == (Users(("Receipt",), ("Pros",)), Users())
    assert by_attribute["plan"].in_words() == "Receipt, segment Pros"
    assert Users().in_words() == ""


def test_many_events_in_any_order(fresh: Callable[..., Workspace]) -> None:
    """Counts do not depend on the order of arrival."""
    sent = [(f"e{number % 7}", {"v": number % 5}) for number in range(60)]
    tables = []
    for seed in range(2):
        ws = fresh()
        random.Random(seed).shuffle(sent)
        for name, data in sent:
            ws.track(name, anonymous_id="a", data=data)
        tables.append({(row.name, row.count) for row in ws.index.events()})
    assert tables[0] == tables[1]
