"""Merging two people: the primary stays, the secondary goes (domain.md 3.2)."""

from typing import Any

from tinydb import where

from cio_tui.model.activity import ATTRIBUTE_CHANGE, EVENT_TYPES, PROFILE_MERGE
from cio_tui.model.commands import MergePeople
from cio_tui.model.errors import InputError
from cio_tui.model.limits import LOG_WINDOW
from cio_tui.model.people import Identifier, Person
from cio_tui.model.receipts import Receipt
from cio_tui.workspace.facts import EventsJoined, ProfileChanged
from cio_tui.workspace.identity import SETTABLE, tell_attributes
from cio_tui.workspace.removal import take_out
from cio_tui.workspace.turn import Turn


def merge(turn: Turn, command: MergePeople) -> Receipt:
    """Fill what the primary lacks, move the secondary's events of the last 30 days, claims and devices, remove the secondary.

    Unknown people change nothing (M4); neither does merging a person with itself. Merged events start no campaign (M2).
    """
    primary = turn.roster.refer(command.primary)
    if primary is None:
        raise InputError(f"primary {Identifier.of(command.primary)} was not found: nothing happens")
    secondary = turn.roster.refer(command.secondary)
    if secondary is None:
        raise InputError(f"secondary {Identifier.of(command.secondary)} was not found: nothing happens")
    if primary.cio_id == secondary.cio_id:
        raise InputError(f"{primary.label} cannot be merged with itself")
    before = dict(primary.attributes)
    filled, kept = fill(primary, secondary)
    moved = _recent_events(turn, secondary)
    devices = _take_devices(primary, secondary)
    data = {
        "secondary": secondary.identifiers(),
        "filled": sorted(filled),
        "kept": sorted(kept),
        "events": len(moved),
        "devices": devices,
    }
    merged = turn.log(PROFILE_MERGE, data, person=primary)
    take_out(turn, secondary, {"merged_into": primary.cio_id}, cause=merged.id, into=primary.cio_id)
    primary.changed_at.update(dict.fromkeys(filled, turn.now))
    turn.save(primary)
    if filled:
        turn.log(ATTRIBUTE_CHANGE, filled, person=primary, cause=merged.id)
    tell_attributes(turn, before, primary.attributes)
    _move(turn, moved, primary, merged.id)
    turn.database.documents("claims").update({"person": primary.cio_id}, where("person") == secondary.cio_id)
    turn.tell(ProfileChanged(primary.cio_id, frozenset(filled), devices=bool(devices), cause=merged.id))
    if moved:
        turn.tell(EventsJoined(primary.cio_id, frozenset((one["type"], one["name"]) for one in moved), merged.id))
    return Receipt("accepted", primary.cio_id)


def fill(primary: Person, secondary: Person) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """Give the primary what it lacks or has empty (M1): changes made, and the secondary's values that lost."""
    filled: dict[str, dict[str, Any]] = {}
    kept: dict[str, Any] = {}
    for kind in SETTABLE:
        value = secondary.get(kind)
        if value is not None and primary.get(kind) is None:
            setattr(primary, kind, value)
            filled[kind] = {"from": "", "to": value}
        elif value is not None:
            kept[kind] = value
    for name, value in secondary.attributes.items():
        current = primary.attributes.get(name, "")
        if current in ("", None):
            if value not in ("", None):
                primary.attributes[name] = value
                filled[name] = {"from": "", "to": value}
        elif current != value:
            kept[name] = value
    return filled, kept


def _take_devices(primary: Person, secondary: Person) -> int:
    known = {device["id"] for device in primary.devices}
    fresh = [device for device in secondary.devices if device["id"] not in known]
    primary.devices = [*primary.devices, *fresh]
    return len(fresh)


def _recent_events(turn: Turn, person: Person) -> list[dict[str, Any]]:
    mine = (where("person") == person.cio_id) & (where("timestamp") >= turn.now - LOG_WINDOW)
    events = mine & where("type").one_of(list(EVENT_TYPES))
    found = turn.database.documents("activity").search(events)
    return sorted(found, key=lambda document: int(document["timestamp"]))


def _move(turn: Turn, events: list[dict[str, Any]], primary: Person, merge_id: str) -> None:
    table = turn.database.documents("activity")
    for event in events:
        table.update({"person": primary.cio_id, "merged_by": merge_id}, where("id") == event["id"])
        turn.note("event_moved", activity=event["id"], person=primary.cio_id, cause=merge_id, name=event.get("name"))
