"""Anonymous events: who claims them, and when they go (domain.md 2)."""

from collections.abc import Callable
from typing import Any

from tinydb import where

from cio_tui.model.activity import ANON_MERGE, EVENT_TYPES, Activity
from cio_tui.model.instants import format_duration, format_instant
from cio_tui.model.limits import ANONYMOUS_RETENTION, CAMPAIGN_WINDOW, CLAIM_WINDOW
from cio_tui.model.people import Identifier, Person
from cio_tui.workspace.facts import EventPurged, EventsJoined
from cio_tui.workspace.turn import Turn

Unclaimed = Callable[[dict[str, Any]], bool]


def claim_of(turn: Turn, anonymous_id: str) -> dict[str, Any] | None:
    """Who an anonymous id belongs to, and since when: `{"anonymous_id", "person", "claimed_at", "merge"?}`."""
    found = turn.database.documents("claims").get(where("anonymous_id") == anonymous_id)
    return None if found is None else dict(found)


def claim(turn: Turn, person: Person, anonymous_id: str, cause: str | None) -> list[str]:
    """Give a person an anonymous id and all events with it; notes for the receipt.

    The first claimant keeps an id (AN10); claiming again opens no new window (AN12). With the setting off nothing is claimed,
    so that a later identify can still merge (A5).
    """
    if turn.settings.anonymous_event_merge == "off":
        return ["anonymous event merge is off: no event was merged, and a later identify with this anonymous_id can still merge"]
    known = claim_of(turn, anonymous_id)
    if known is not None:
        since = format_instant(known["claimed_at"])
        return [f"{anonymous_id} has been this person's since {since}: that window is not opened again; use a new anonymous_id"]
    events = _stored(turn, anonymous_id)
    record = {"anonymous_id": anonymous_id, "person": person.cio_id, "claimed_at": turn.now}
    if events:
        record["merge"] = _merge(turn, person, anonymous_id, events, cause)
    turn.changed = True
    turn.database.documents("claims").insert(record)
    return _age_notes(turn, events)


def _stored(turn: Turn, anonymous_id: str) -> list[Activity]:
    """The unclaimed events of an id, by timestamp, then arrival."""
    mine = (where("anonymous_id") == anonymous_id) & ~where("person").exists() & where("type").one_of(list(EVENT_TYPES))
    found = turn.database.documents("activity").search(mine)
    recent = [Activity.from_document(document) for document in found if turn.now - document["received_at"] <= ANONYMOUS_RETENTION]
    return sorted(recent, key=lambda activity: activity.timestamp)


def _merge(turn: Turn, person: Person, anonymous_id: str, events: list[Activity], cause: str | None) -> str:
    names: dict[str, int] = {}
    for event in events:
        names[event.name or ""] = names.get(event.name or "", 0) + 1
    merge = turn.log(
        ANON_MERGE, {"anonymous_id": anonymous_id, "count": len(events), "events": names}, person=person, cause=cause
    )
    table = turn.database.documents("activity")
    for event in events:
        given = {"person": person.cio_id, "processed_at": turn.now, "merged_by": merge.id}
        table.update(given, where("id") == event.id)
        turn.note(
            "event_merged", activity=event.id, person=person.cio_id, cause=merge.id, name=event.name, timestamp=event.timestamp
        )
    turn.tell(EventsJoined(person.cio_id, frozenset((event.type, event.name or "") for event in events), merge.id))
    return merge.id


def _age_notes(turn: Turn, events: list[Activity]) -> list[str]:
    old = sum(1 for event in events if turn.now - event.timestamp > CAMPAIGN_WINDOW)
    return [f"{old} of {len(events)} merged events are older than 72 h and start no campaign"] if old else []


def owner_of_arrival(turn: Turn, anonymous_id: str) -> tuple[str | None, str | None, list[str]]:
    """Whose an anonymous event is that arrives now: cio_id and merge id, if its id's claim is still open (A6) and the
    claimant still there, and notes.
    """
    if turn.settings.anonymous_event_merge == "off":
        return None, None, []
    known = claim_of(turn, anonymous_id)
    if known is None:
        return None, None, []
    if turn.roster.find(Identifier("cio_id", known["person"])) is None:
        return None, None, [f"stays anonymous: the person who claimed {anonymous_id} is gone"]
    late = turn.now - known["claimed_at"]
    if late <= CLAIM_WINDOW:
        return known["person"], known.get("merge"), [f"merged: {anonymous_id} was claimed {format_duration(late)} ago"]
    return None, None, [f"stays anonymous: {anonymous_id} was claimed {format_duration(late)} ago, more than 5 minutes"]


class Purge:
    """Deletes anonymous events that nobody claimed for 30 days (AN2, A4): the first second after."""

    def next_due(self, turn: Turn) -> int | None:
        """When the next event goes, in Unix seconds."""
        oldest = turn.queries.oldest_unclaimed()
        return None if oldest is None else oldest + ANONYMOUS_RETENTION + 1

    def handle(self, turn: Turn) -> None:
        """Delete all that are too old now. Their ids stay known, so that a late copy is still a duplicate."""
        table = turn.database.documents("activity")
        limit = turn.now - ANONYMOUS_RETENTION
        too_old = (where("received_at") < limit) & ~where("person").exists() & where("type").one_of(list(EVENT_TYPES))
        events = table.search(too_old)
        table.remove(doc_ids=[event.doc_id for event in events])
        turn.database.documents("retired_ids").insert_multiple({"id": event["id"]} for event in events)
        for event in events:
            turn.tell(EventPurged(Activity.from_document(event)))
        turn.note("anonymous_purged", count=len(events), at=turn.now)
