"""A draft read into what is to be sent: the values, or what is wrong with which field."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from cio_tui.model.errors import InputError
from cio_tui.model.instants import parse_instant
from cio_tui.model.json_values import parse_object
from cio_tui.model.people import CIO_PREFIX, Reference
from cio_tui.model.receipts import Receipt
from cio_tui.model.ulids import normal_ulid
from cio_tui.tui.sending.drafts import Draft
from cio_tui.workspace import Workspace
from cio_tui.workspace.log import LogEntry

Field = Literal["owner", "name", "timestamp", "id", "data", ""]
"""The fields that a problem can belong to; empty for the form as a whole."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field; for JSON also where, counted from 1."""

    field: Field
    text: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Sending:
    """What is to be sent. `original` is the entry that this is a copy of."""

    name: str
    type: str
    person: Reference | None
    anonymous_id: str | None
    invite: str | None
    data: Mapping[str, Any]
    timestamp: int | None
    id: str | None
    original: LogEntry | None = None

    @property
    def is_plain_copy(self) -> bool:
        """Whether `resend` can say it: the name, the type and an owner who is no person are the original's."""
        if self.original is None or not self.original.activity.is_event:
            return False
        one = self.original.activity
        return (
            (self.name, self.type) == (one.name, one.type)
            and self.id in (None, one.id)
            and self.invite is None
            and (self.person is not None or (one.person is None and self.anonymous_id == one.anonymous_id))
        )

    def run(self, workspace: Workspace, *, dry_run: bool = False) -> Receipt:
        """Send it. A copy with another name, type or owner than `resend` takes is a `track` with the same cause."""
        if self.original is not None and self.is_plain_copy:
            return workspace.resend(
                self.original.activity.id,
                data=self.data,
                person=self.person,
                timestamp=self.timestamp,
                keep_id=self.id is not None,
                dry_run=dry_run,
            )
        return workspace.track(
            self.name,
            person=self.person,
            anonymous_id=self.anonymous_id,
            invite=self.invite,
            data=self.data,
            type=self.type,
            timestamp=self.timestamp,
            id=self.id,
            cause=None if self.original is None else self.original.activity.id,
            dry_run=dry_run,
        )


def read_timestamp(text: str, now: int) -> int | None:
    """The instant, None for an empty field. Raises InputError."""
    return parse_instant(text, now) if text.strip() else None


def read_data(text: str) -> dict[str, Any] | Problem:
    """The event data; an empty field is an empty object."""
    try:
        return parse_object(text) if text.strip() else {}
    except InputError as error:
        broken = error.__context__  # the strict parser keeps it there, with the place
        if isinstance(broken, json.JSONDecodeError):
            return Problem("data", broken.msg[0].lower() + broken.msg[1:], broken.lineno, broken.colno)
        return Problem("data", _said(error))


def read(draft: Draft, now: int, original: LogEntry | None) -> Sending | list[Problem]:
    """What the draft means at an instant, or everything that keeps it from being sent."""
    problems: list[Problem] = []
    timestamp, given_id = None, None
    try:
        timestamp = read_timestamp(draft.timestamp, now)
    except InputError as error:
        problems.append(Problem("timestamp", _said(error)))
    try:
        given_id = normal_ulid(draft.id) if draft.id.strip() else None
    except InputError as error:
        problems.append(Problem("id", _said(error)))
    data = read_data(draft.data)
    if isinstance(data, Problem):
        problems.append(data)
        data = {}
    if not draft.name.strip():
        problems.append(Problem("name", "an event needs a name"))
    if draft.owner == "person" and not draft.person.strip():
        problems.append(Problem("owner", "no person is chosen"))
    if draft.owner == "anonymous" and not draft.anonymous_id.strip():
        problems.append(Problem("owner", "the anonymous id is empty"))
    if problems:
        return sorted(problems, key=lambda problem: FIELDS.index(problem.field))
    return Sending(
        name=draft.name,
        type=draft.type,
        person=_reference(draft.person) if draft.owner == "person" else None,
        anonymous_id=draft.anonymous_id if draft.owner == "anonymous" else None,
        invite=draft.invite.strip() or None if draft.owner == "invite" else None,
        data=data,
        timestamp=timestamp,
        id=given_id,
        original=original,
    )


FIELDS: Final[tuple[Field, ...]] = ("owner", "name", "timestamp", "id", "data", "")
"""The fields from top to bottom."""

_WORDS: Final[tuple[tuple[str, Field], ...]] = (
    ("the event name", "name"),
    ("the event data", "data"),
    ("the data", "data"),
    ("timestamp", "timestamp"),
    ("id ", "id"),
    ("the id ", "id"),
    ("person ", "owner"),
    ("anonymous_id", "owner"),
    ("the recipient", "owner"),
)


def field_of(reason: str) -> Field:
    """The field that a receipt's reason speaks of."""
    if " is suppressed" in reason:
        return "owner"
    return next((name for start, name in _WORDS if reason.startswith(start)), "")


def problems_of(receipt: Receipt) -> list[Problem]:
    """A rejected receipt's reasons, each at its field."""
    return [Problem(field_of(reason), reason) for reason in receipt.reasons] if not receipt.ok else []


def _reference(text: str) -> Reference:
    """A cio_id is told from an id that looks like one."""
    return {"cio_id": text.removeprefix(CIO_PREFIX)} if text.startswith(CIO_PREFIX) else text


def _said(error: InputError) -> str:
    return f"{error}; {error.hint}" if error.hint else str(error)
