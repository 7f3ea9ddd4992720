"""What stands in the fields of the send form, as text, and the drafts that are kept when it is closed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, get_args

from cio_tui.model.activity import EVENT_TYPES, FAILED_EVENT
from cio_tui.model.errors import CioError
from cio_tui.model.people import CIO_PREFIX, Reference
from cio_tui.workspace.directory import Directory
from cio_tui.workspace.log import LogEntry

OwnerKind = Literal["person", "anonymous", "invite"]
OWNER_KINDS: Final[tuple[OwnerKind, ...]] = get_args(OwnerKind)
_DELETE: Final = "\x7f"
"""The one character of ASCII that cannot be printed and that JSON need not escape."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields as they were written. `person` is a reference; `original` the id of what this is a copy of."""

    owner: OwnerKind = "person"
    person: str = ""
    anonymous_id: str = ""
    invite: str = ""
    name: str = ""
    type: str = "event"
    timestamp: str = ""
    id: str = ""
    data: str = "{\n  \n}"
    original: str | None = None

    @property
    def kind(self) -> str:
        """Which form it belongs to: copies of one event share theirs."""
        return "send" if self.original is None else f"resend {self.original}"


@dataclass(slots=True)
class Drafts:
    """The drafts of a session, one for each kind of form."""

    kept: dict[str, Draft] = field(default_factory=dict)

    def keep(self, draft: Draft, initial: Draft) -> bool:
        """Keep what was written; a form that is as it began leaves nothing. Whether a draft is kept."""
        if draft == initial:
            return False
        self.kept[draft.kind] = draft
        return True

    def drop(self, kind: str) -> None:
        """Forget the draft of a kind of form."""
        self.kept.pop(kind, None)

    def restored(self, initial: Draft) -> Draft | None:
        """The draft for a form that would begin so. What the form was asked for now (whose, which event) stands; a draft of
        another event's name stays where it is.
        """
        draft = self.kept.get(initial.kind)
        if draft is None or initial.original is not None:
            return draft
        if initial.name and draft.name.strip() not in ("", initial.name):
            return None
        if initial.person or initial.anonymous_id:
            draft = replace(draft, owner=initial.owner, person=initial.person, anonymous_id=initial.anonymous_id)
        return replace(draft, name=initial.name or draft.name)


def can_be_sent_again(entry: LogEntry) -> bool:
    """Events, pages and screens; and a failed event, which holds all that was tried."""
    return entry.activity.is_event or entry.activity.type == FAILED_EVENT


def started(person: str | None = None, name: str | None = None, anonymous_id: str | None = None) -> Draft:
    """The fields of a new event, with what is known of it."""
    owner: OwnerKind = "anonymous" if anonymous_id is not None and person is None else "person"
    return Draft(owner=owner, person=person or "", anonymous_id=anonymous_id or "", name=name or "")


def settled(draft: Draft, directory: Directory) -> Draft:
    """The draft with its person by cio_id, however it was referred to; a person who is not there stays as written."""
    text = draft.person.strip()
    references: tuple[Reference, ...] = (text, {"cio_id": text}) if text else ()
    for reference in references:
        try:
            return replace(draft, person=f"{CIO_PREFIX}{directory.person(reference).person.cio_id}")
        except CioError:
            continue
    return draft


def copy_of(entry: LogEntry) -> Draft:
    """The fields for a copy of an event: a new id, and the time at which it is sent."""
    one = entry.activity
    if one.type == FAILED_EVENT:
        return _of_attempt(entry)
    person = f"{CIO_PREFIX}{one.person}" if one.person is not None else ""
    owner: OwnerKind = "person" if person else "anonymous" if one.anonymous_id is not None else "invite"
    return Draft(
        owner=owner,
        person=person,
        anonymous_id=one.anonymous_id or "" if owner == "anonymous" else "",
        name=one.name or "",
        type=one.type,
        data=editable_json(one.data),
        original=one.id,
    )


def _of_attempt(entry: LogEntry) -> Draft:
    one = entry.activity
    tried = one.data
    person: Reference = tried.get("person", "")
    if isinstance(person, Mapping):
        kind, value = next(iter(person.items()), ("id", ""))
        person = f"{CIO_PREFIX}{value}" if kind == "cio_id" else str(value)
    anonymous_id = str(tried.get("anonymous_id", ""))
    event_type = tried.get("type")
    return Draft(
        owner="person" if person else "anonymous" if anonymous_id else "invite",
        person=str(person),
        anonymous_id=anonymous_id,
        name=one.name or "",
        type=event_type if event_type in EVENT_TYPES else "event",
        data=editable_json(tried.get("data", {})),
        original=one.id,
    )


def editable_json(value: Any) -> str:
    """JSON to be edited: two spaces; what cannot be printed is escaped as JSON escapes it, so that it reads back as it was."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    if text.isascii() and _DELETE not in text:
        return text
    return "".join(char if char.isprintable() or char == "\n" else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return "\\u007f" if char == _DELETE else json.dumps(char)[1:-1]
