"""An event, page or screen on its way in: normalise, de-duplicate, find its owner, record (domain.md 1, 2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tinydb import where

from cio_tui.model.activity import EVENT_TYPES, FAILED_EVENT, Activity
from cio_tui.model.commands import Track
from cio_tui.model.errors import InputError
from cio_tui.model.instants import check_timestamp, format_duration
from cio_tui.model.json_values import check, check_given, kind_of, size
from cio_tui.model.limits import (
    CAMPAIGN_WINDOW,
    EVENT_DATA_BYTES,
    EVENT_NAME_BYTES,
    LOG_WINDOW,
    PERSON_ID_BYTES,
    RESERVED_DATA_KEYS,
)
from cio_tui.model.people import Identifier, Reference, looks_like_email
from cio_tui.model.receipts import Receipt
from cio_tui.model.ulids import normal_ulid
from cio_tui.workspace.anonymous import owner_of_arrival
from cio_tui.workspace.facts import EventReceived
from cio_tui.workspace.turn import Turn


@dataclass(slots=True)
class Owner:
    """Whose an event is, as far as is known when it arrives."""

    person: str | None = None
    anonymous_id: str | None = None
    merged_by: str | None = None
    notes: list[str] = field(default_factory=list)


def track(turn: Turn, command: Track) -> Receipt:
    """Take an event in.

    What cannot be stored at all (an id that is no ULID, data that is no JSON) is refused and leaves nothing behind (E4);
    what breaks a limit or names nobody is refused and logged as `failed_event` (E5); an id that was seen is a duplicate (E3).
    """
    name, notes = normal_name(command.name)
    given_id = None if command.id is None else normal_ulid(command.id)
    data = checked_data(command.data)
    timestamp = turn.now if command.timestamp is None else check_timestamp(command.timestamp)
    kind = command.type if command.type in EVENT_TYPES else "event"
    if given_id is not None and _is_known(turn, given_id):
        return _duplicate(turn, given_id)
    broken = [*name_problems(name), *data_problems(data)]
    owner, unowned = _owner(turn, command)
    if unowned is not None:
        broken.append(unowned)
    if broken:
        if not command.quiet:
            _log_failure(turn, name, data, command, broken)
        return Receipt("rejected", reasons=tuple(broken))
    if given_id is not None:
        turn.pass_by(given_id)
    activity = Activity(
        id=given_id or turn.next_id(),
        type=kind,
        timestamp=timestamp,
        received_at=turn.now,
        name=name,
        person=owner.person,
        anonymous_id=owner.anonymous_id,
        processed_at=None if owner.person is None else turn.now,
        cause=command.cause,
        merged_by=owner.merged_by,
        data=data,
    )
    turn.record_event(activity)
    turn.tell(EventReceived(activity))
    if not command.quiet:
        notes += [*owner.notes, *_age_notes(turn.now - timestamp), *_reserved_notes(data)]
    return Receipt("accepted", activity.id, notes=tuple(notes))


def normal_name(name: str) -> tuple[str, list[str]]:
    """The name as it is stored, outer spaces gone (E1), and a note when that changed it."""
    if not isinstance(name, str):
        raise InputError(f"the event name must be text, not {kind_of(name)}")
    check(name, "the event name")
    trimmed = name.strip()
    return trimmed, [] if trimmed == name else [f"the name is sent as {trimmed!r}: outer spaces are trimmed"]


def name_problems(name: str) -> list[str]:
    """What is wrong with a trimmed name (E5)."""
    if not name:
        return ["the event name is empty"]
    if "\0" in name:
        return [f"the event name has a NUL character at position {name.index(chr(0)) + 1}"]
    length = len(name.encode())
    return [f"the event name is {length} bytes long; the limit is {EVENT_NAME_BYTES}"] if length > EVENT_NAME_BYTES else []


def data_problems(data: Mapping[str, Any]) -> list[str]:
    """What is wrong with event data (E5)."""
    length = size(data)
    return [f"the event data is {length:,} bytes long; the limit is {EVENT_DATA_BYTES:,}"] if length > EVENT_DATA_BYTES else []


def checked_data(data: Any) -> dict[str, Any]:
    """Event data as it is stored. Raises InputError for what is no object, or cannot be carried by JSON (E4)."""
    if not isinstance(data, Mapping):
        raise InputError(f"the event data must be an object, not {kind_of(data)}")
    return check_given(data)


def _is_known(turn: Turn, activity_id: str) -> bool:
    same = where("id") == activity_id
    return turn.database.documents("activity").contains(same) or turn.database.documents("retired_ids").contains(same)


def _duplicate(turn: Turn, activity_id: str) -> Receipt:
    """The copy is dropped; that it came is noted on the first arrival, which nothing else shows."""

    def count(document: Any) -> None:
        document["duplicates"] = document.get("duplicates", 0) + 1

    if turn.database.documents("activity").update(count, where("id") == activity_id):
        turn.changed = True
    return Receipt(
        "duplicate", activity_id, reasons=(f"the id {activity_id} was received before: the event is not processed again",)
    )


def _owner(turn: Turn, command: Track) -> tuple[Owner, str | None]:
    """The owner, or why there is none."""
    if command.person is not None:
        return _known_person(turn, command.person)
    if command.anonymous_id is not None:
        return _anonymous(turn, command.anonymous_id)
    recipient = command.data.get("recipient")
    if recipient is None:
        return Owner(notes=["no person, no anonymous_id and no recipient: only a row of the log"]), None
    if not isinstance(recipient, str) or not looks_like_email(recipient):
        return Owner(), f"the recipient {recipient!r} is not an email address"[:160]
    return Owner(), None


def _known_person(turn: Turn, reference: Reference) -> tuple[Owner, str | None]:
    known = turn.roster.owner(reference)
    if known is not None:
        return Owner(known), None
    identifier = Identifier.of(reference)
    if turn.roster.suppression(identifier):
        raise InputError(f"{identifier} is suppressed: the product drops this silently")
    return Owner(), f"person {identifier} was not found"


def _anonymous(turn: Turn, anonymous_id: str) -> tuple[Owner, str | None]:
    text = anonymous_id.strip() if isinstance(anonymous_id, str) else ""
    if not text or not text.isprintable():
        return Owner(), f"anonymous_id {anonymous_id!r} must be text that can be printed"[:160]
    if len(text.encode()) > PERSON_ID_BYTES:
        return Owner(), f"anonymous_id is {len(text.encode())} bytes long; the limit is {PERSON_ID_BYTES}"
    person, merge, notes = owner_of_arrival(turn, text)
    return Owner(person, text, merge, notes), None


def _log_failure(turn: Turn, name: str, data: dict[str, Any], command: Track, reasons: list[str]) -> None:
    attempt: dict[str, Any] = {"reasons": reasons, "type": command.type, "data_bytes": size(data)}
    if not data_problems(data):
        attempt["data"] = data
    for field_name, value in (("person", command.person), ("anonymous_id", command.anonymous_id), ("id", command.id)):
        if value is not None:
            attempt[field_name] = dict(value) if isinstance(value, Mapping) else str(value)
    kept = name.replace("\0", "")[: EVENT_NAME_BYTES * 2]
    turn.log(FAILED_EVENT, attempt, name=kept, cause=command.cause, shown={"reasons": reasons})


def _age_notes(age: int) -> list[str]:
    if age < 0:
        return [f"the timestamp is {format_duration(-age)} ahead: time frames count it when its time comes"]
    if age > LOG_WINDOW:
        return [f"the timestamp is {format_duration(age)} old: the product's log hides it, segments count it, no campaign starts"]
    if age > CAMPAIGN_WINDOW:
        return [f"the timestamp is {format_duration(age)} old: no campaign starts after 72 h"]
    return []


def _reserved_notes(data: Mapping[str, Any]) -> list[str]:
    """Reserved keys of the data, and what each overrides (domain.md 1.4)."""
    return [
        f"{key} replaces {header} in emails that this event triggers" for key, header in RESERVED_DATA_KEYS.items() if key in data
    ]
