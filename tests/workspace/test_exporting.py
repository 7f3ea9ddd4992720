"""What leaves a workspace: a person (R3), the data index (D1), people, events, a segment's members."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from worlds import DAY, HOUR, T

from cio_tui import Workspace
from cio_tui.exports.listing import Listing
from cio_tui.model.activity import Activity
from cio_tui.model.errors import CioError, StoreError, UnknownPerson


def written(listing: Listing, path: Path) -> list[dict[str, str]]:
    """The rows of a CSV, as any reader sees them."""
    count = listing.write(path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert count == len(rows)
    return rows


@pytest.fixture
def old(shop: Workspace) -> Workspace:
    """Ada with events of today and of 45 days ago, a change, a device, a segment and a visitor's id."""
    shop.track("made_purchase", person="42", timestamp=T - 45 * DAY, data={"price": 23.45})
    shop.track("seen", anonymous_id="anon-1", data={"=x": "=1+1"})
    shop.identify("42", {"anonymous_id": "anon-1", "plan": "=basic"})
    shop.add_device("42", "token", "ios")
    assert shop.save_segment("name: Pro people\nconditions:\n  - attribute: plan\n    is: =basic").ok
    shop.track("order", person="43", data={"total": 5})
    return shop


def test_a_person_is_exported_with_what_the_log_hides(old: Workspace, tmp_path: Path) -> None:
    """R3: events older than 30 days, and attribute changes, in the files of domain.md 10.2."""
    found = old.exports.person("42")
    cio_id = old.directory.person("42").person.cio_id
    assert found.name == f"export-{cio_id}-20240610T061320Z"
    assert found.write_folder(tmp_path / found.name) == 9
    assert sorted(path.name for path in (tmp_path / found.name).iterdir()) == [
        "attribute_changes.csv",
        "events.csv",
        "messages.csv",
        "profile.json",
    ]
    events = read(tmp_path / found.name / "events.csv")
    assert [(row["name"], row["timestamp"], row["data"]) for row in events] == [
        ("made_purchase", str(T - 45 * DAY), '{"price":23.45}'),
        ("seen", str(T), '{"=x":"=1+1"}'),
    ]
    changes = [(row["attribute"], row["from"], row["to"]) for row in read(tmp_path / found.name / "attribute_changes.csv")]
    assert ("plan", "Pro", "'=basic") in changes
    assert ("score", "", "9") in changes


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_profile_says_identifiers_attributes_devices_segments_and_visitors(old: Workspace, tmp_path: Path) -> None:
    old.exports.person("42").write_folder(tmp_path / "x")
    profile = json.loads((tmp_path / "x" / "profile.json").read_text(encoding="utf-8"))
    assert (profile["id"], profile["email"], profile["added_at"]) == ("42", "ada@shop.example", T)
    assert profile["attributes"]["plan"] == "=basic"
    assert [device["id"] for device in profile["devices"]] == ["token"]
    assert profile["segments"] == [{"number": 1, "name": "Pro people", "since": T}]
    assert profile["anonymous_ids"] == [{"anonymous_id": "anon-1", "events": 1, "claimed_at": T}]


def test_the_one_json_holds_the_same(old: Workspace, tmp_path: Path) -> None:
    found = old.exports.person("42")
    found.write_json(tmp_path / "x.json")
    whole = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert {name: value for name, value in whole.items() if name in found.profile} == found.profile
    assert {name: whole[name] for name in found.parts} == {name: list(rows()) for name, rows in found.parts.items()}
    assert whole["events"][0]["data"] == {"price": 23.45}


def test_messages_of_a_person_are_the_activity_of_message_types(shop: Workspace) -> None:
    cio_id = shop.directory.person("42").person.cio_id
    sent = Activity("01J0000000000000000000000X", "sent_email", T, T, "Thanks", cio_id, processed_at=T, data={"subject": "Hi"})
    shop.database.documents("activity").insert(sent.to_document())
    [message] = shop.exports.person("42").parts["messages"]()
    assert (message["type"], message["name"], message["data"]) == ("sent_email", "Thanks", {"subject": "Hi"})


def test_a_folder_is_never_written_over_nor_left_half(old: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = old.exports.person("42")
    (tmp_path / "x").mkdir()
    with pytest.raises(StoreError, match="is there already"):
        found.write_folder(tmp_path / "x")
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written: not a directory"):
        found.write_folder(tmp_path / "file" / "x")

    def broken() -> Any:
        yield {"id": "1"}
        raise KeyError("stopped")

    parts = {**found.parts, "messages": broken}
    with pytest.raises(KeyError):
        type(found)(found.name, found.profile, parts).write_folder(tmp_path / "y")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "x"]


def test_the_way_to_a_folder_is_made(old: Workspace, tmp_path: Path) -> None:
    old.exports.person("42").write_folder(tmp_path / "new" / "x")
    assert (tmp_path / "new" / "x" / "profile.json").exists()


def test_nobody_of_that_name(ws: Workspace) -> None:
    with pytest.raises(UnknownPerson):
        ws.exports.person("nobody")


def test_the_index_of_events_says_what_uses_each(old: Workspace, tmp_path: Path) -> None:
    """D1: campaigns using it and last received, and the other columns of domain.md 5."""
    bought, never = "event: order\n    performed: true", "event: order\n    performed: false"
    assert old.save_segment(f"name: Buyers\nconditions:\n  - {bought}").ok
    assert old.save_segment(f"name: Lost\nmatch: any\nconditions:\n  - {bought}\n  - {never}").ok
    old.advance(31 * DAY)
    old.track("order", person="42")
    rows = {row["name"]: row for row in written(old.exports.index_events(), tmp_path / "x.csv")}
    assert list(rows) == ["made_purchase", "order", "seen"]
    assert rows["order"] == {
        "name": "order",
        "type": "event",
        "description": "",
        "tags": "",
        "campaigns": "0",
        "segments": "2",
        "first_received": str(T),
        "last_received": str(T + 31 * DAY),
        "total_received_30d": "1",
    }
    assert rows["seen"]["segments"] == rows["seen"]["total_received_30d"] == "0"


def test_the_index_of_attributes_says_what_uses_each(old: Workspace, tmp_path: Path) -> None:
    rows = {row["name"]: row for row in written(old.exports.index_attributes(), tmp_path / "x.csv")}
    assert rows["plan"] == {
        "name": "plan",
        "description": "",
        "tags": "",
        "sensitive": "",
        "used_in_campaigns": "0",
        "used_in_segments": "1",
        "people_with_attribute": "2",
        "last_updated": str(T),
    }
    assert rows["score"]["used_in_segments"] == "0"


def test_a_segments_members_and_filtered_people(old: Workspace, tmp_path: Path) -> None:
    [row] = written(old.exports.segment("Pro people"), tmp_path / "x.csv")
    assert (row["id"], row["plan"]) == ("42", "'=basic")
    assert [row["id"] for row in written(old.exports.people("attr.plan=basic"), tmp_path / "x.csv")] == ["43"]
    old.advance(HOUR)
    old.identify("42", {"plan": "basic"})
    assert written(old.exports.segment(1), tmp_path / "x.csv") == []
    assert len(written(old.exports.segment(1, at=T), tmp_path / "x.csv")) == 1


def test_columns_are_those_that_the_people_have(old: Workspace, tmp_path: Path) -> None:
    [row] = written(old.exports.people("43"), tmp_path / "x.csv")
    assert row == {"id": "43", "email": "bo@shop.example", "plan": "basic", "score": "10"}


def test_what_an_event_csv_cannot_carry_is_counted(shop: Workspace, tmp_path: Path) -> None:
    shop.identify("dee@shop.example")
    shop.identify("gone@shop.example")
    for person in ("42", "dee@shop.example", "gone@shop.example"):
        shop.track("order", person=person, data={"total": 1, " spaced ": 2, "_cio_name": 3, "none": None, "": 4})
    shop.track("/", person="42", type="page")
    shop.track("seen", anonymous_id="a")
    shop.track("invited", invite="new@shop.example")
    shop.delete("gone@shop.example")
    listing = shop.exports.events()
    [row] = written(listing, tmp_path / "x.csv")
    assert row == {"_cio_name": "order", "_cio_customer_id": "42", "_cio_timestamp": str(T), "total": "1"}
    assert dict(listing.left_out) == {
        "events of nobody who is here: anonymous ones, invites, and those of people who are gone": 3,
        "page and screen views, which an event CSV cannot tell from events": 1,
        "events of people without an id": 1,
        "values whose name cannot stand in a header": 3,
        "empty values, which are no values in a CSV": 1,
    }
    lines = shop.exports.events(form="jsonl")
    assert lines.write(tmp_path / "x.jsonl") == 3
    assert list(lines.left_out.values()) == [3]


def test_events_are_of_any_age_and_oldest_first(old: Workspace, tmp_path: Path) -> None:
    rows = written(old.exports.events(identifier="email"), tmp_path / "x.csv")
    assert [(row["_cio_name"], row["_cio_customer_id"]) for row in rows] == [
        ("made_purchase", "ada@shop.example"),
        ("seen", "ada@shop.example"),
        ("order", "bo@shop.example"),
    ]


def test_the_workspaces_identifier_is_the_csvs(old: Workspace, tmp_path: Path) -> None:
    old.set("identifier", "email")
    assert written(old.exports.events("person:43"), tmp_path / "x.csv")[0]["_cio_customer_id"] == "bo@shop.example"


def test_the_log_hides_what_the_product_hides_unless_asked(old: Workspace, tmp_path: Path) -> None:
    shown = written(old.exports.activity("type:event"), tmp_path / "x.csv")
    assert [row["name"] for row in shown] == ["order", "seen"]
    assert len(written(old.exports.activity("type:event", hidden=True), tmp_path / "x.csv")) == 3


def test_a_filter_that_cannot_be_read(ws: Workspace) -> None:
    for listing in (ws.exports.people, ws.exports.events, ws.exports.activity):
        with pytest.raises(CioError):
            listing("nope:1")
