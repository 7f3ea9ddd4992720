"""What leaves a workspace for other programs, or for another workspace: people, events, the log, the data index, one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from cio_tui.exports.flat import EVENT, PERSON, columns_for, event_row, person_row
from cio_tui.exports.listing import Form, Listing
from cio_tui.exports.person_files import COLUMNS, PersonExport, changes, export_name, only
from cio_tui.model.activity import ATTRIBUTE_CHANGE, EVENT_TYPES, is_message
from cio_tui.model.people import CIO_PREFIX, IdentifierKind, Person, Reference
from cio_tui.workspace.index_export import ATTRIBUTES, EVENTS, attribute_rows, event_rows
from cio_tui.workspace.log import ENTRY_FIELDS, LogEntry

if TYPE_CHECKING:
    from cio_tui.workspace.workspace import Workspace

_PAGE: Final = 500
NOBODY: Final = "events of nobody who is here: anonymous ones, invites, and those of people who are gone"
PAGE_OR_SCREEN: Final = "page and screen views, which an event CSV cannot tell from events"
WITHOUT: Final[Mapping[IdentifierKind, str]] = {
    "id": "events of people without an id",
    "email": "events of people without an email",
}
Found = str | Sequence[int]
"""A filter line, or the rows of what it found."""


class Exports:
    """The exports of one workspace. A list is read while it is written, page by page, so that any size takes the same memory.

    `step` is told before each page how many rows were read; what it raises ends the reading.
    """

    def __init__(self, workspace: Workspace, step: Callable[[int], None] = lambda _read: None) -> None:
        self._workspace = workspace
        self._step = step
        self._directory = workspace.directory
        self._log = workspace.log

    def people(self, found: Found = "", form: Form = "csv") -> Listing:
        """People, as a CSV or JSON lines that import again. Raises FilterError."""
        ids = self._people_ids(found)
        if form == "jsonl":
            return Listing(None, (row.to_json() for page in self._pages(ids) for _, row in self._directory.rows(page)))
        left_out: Counter[str] = Counter()
        columns = columns_for(PERSON, (person.attributes for person in self._people(ids)))
        return Listing(columns, (person_row(person, left_out) for person in self._people(ids)), left_out)

    def _people_ids(self, found: Found) -> Sequence[int]:
        return self._directory.row_ids(found, descending=False) if isinstance(found, str) else found

    def _people(self, ids: Sequence[int]) -> Iterator[Person]:
        return (person for page in self._pages(ids) for person in self._directory.records(page))

    def segment(self, name: str | int, form: Form = "csv", *, at: int | None = None) -> Listing:
        """The people in a segment, now or as of an instant, as `people` gives them. Raises InputError."""
        members = self._workspace.segments.members(name, at=at)
        rows = (self._directory.row_of(cio_id) for cio_id in members)
        return self.people([row for row in rows if row is not None], form)

    def events(self, found: Found = "", form: Form = "csv", *, identifier: IdentifierKind | None = None) -> Listing:
        """The events of the people who are here, whatever their age, oldest first, as a CSV or JSON lines that import again.

        A CSV names people by `identifier`, else as the workspace does. Raises FilterError.
        """
        kind: IdentifierKind = identifier or ("email" if self._workspace.settings().identifier == "email" else "id")
        ids = self._entry_ids(found)
        left_out: Counter[str] = Counter()
        if form == "jsonl":
            return Listing(None, (entry.to_json() for entry in self._owned(ids, left_out)), left_out)
        unseen: Counter[str] = Counter()
        columns = columns_for(EVENT, (entry.activity.data for entry, _ in self._flat(ids, kind, unseen)))
        rows = (
            event_row(entry.activity.name or "", customer, entry.activity.timestamp, entry.activity.data, left_out)
            for entry, customer in self._flat(ids, kind, left_out)
        )
        return Listing(columns, rows, left_out)

    def _entry_ids(self, found: Found) -> Sequence[int]:
        return self._log.row_ids(found, hidden=True, descending=False) if isinstance(found, str) else found

    def _owned(self, ids: Sequence[int], left_out: Counter[str]) -> Iterator[LogEntry]:
        is_here = lru_cache(maxsize=100_000)(lambda cio_id: self._directory.row_of(cio_id) is not None)
        for entry in self._entries(ids):
            if entry.activity.type not in EVENT_TYPES:
                continue
            if entry.activity.person is None or not is_here(entry.activity.person):
                left_out[NOBODY] += 1
            else:
                yield entry

    def _flat(self, ids: Sequence[int], kind: IdentifierKind, left_out: Counter[str]) -> Iterator[tuple[LogEntry, str]]:
        """The events that an event CSV can hold, each with what names its person."""
        for entry in self._owned(ids, left_out):
            customer = (entry.identifiers or {}).get(kind)
            if entry.activity.type != "event":
                left_out[PAGE_OR_SCREEN] += 1
            elif customer is None:
                left_out[WITHOUT[kind]] += 1
            else:
                yield entry, customer

    def _entries(self, ids: Sequence[int]) -> Iterator[LogEntry]:
        return (entry for page in self._pages(ids) for entry in self._log.entries(page))

    def activity(self, found: Found = "", form: Form = "csv", *, hidden: bool = False) -> Listing:
        """The log, newest first; `hidden` adds what the product no longer shows. Raises FilterError."""
        ids = self._log.row_ids(found, hidden=hidden) if isinstance(found, str) else found
        return Listing(ENTRY_FIELDS if form == "csv" else None, (entry.to_json() for entry in self._entries(ids)))

    def index_events(self, form: Form = "csv") -> Listing:
        """The events of the data index, with what uses them (D1)."""
        return Listing(EVENTS if form == "csv" else None, event_rows(self._workspace))

    def index_attributes(self, form: Form = "csv") -> Listing:
        """The attributes of the data index, with what uses them."""
        return Listing(ATTRIBUTES if form == "csv" else None, attribute_rows(self._workspace))

    def person(self, reference: Reference) -> PersonExport:
        """All that is known of a person, with what the product's log no longer shows (R3). Raises UnknownPerson."""
        one = self._directory.person(reference).person
        cio_id = one.cio_id
        ids = self._entry_ids(f"person:{CIO_PREFIX}{cio_id}")
        profile = {
            **one.identifiers(),
            "added_at": one.added_at,
            "attributes": one.attributes,
            "devices": one.devices,
            "segments": [
                {"number": segment.number, "name": segment.name, "since": since}
                for segment, since in self._workspace.segments.of_person(cio_id)
            ],
            "anonymous_ids": [
                {"anonymous_id": claimed.anonymous_id, "events": claimed.events, "claimed_at": claimed.claimed_at}
                for claimed in self._directory.claimed_by(cio_id)
            ],
        }

        def shapes(wanted: Callable[[str], bool]) -> Iterable[dict[str, Any]]:
            return (entry.to_json() for entry in self._entries(ids) if wanted(entry.activity.type))

        return PersonExport(
            export_name(cio_id, self._workspace.now()),
            profile,
            {
                "events": lambda: only(COLUMNS["events"], shapes(EVENT_TYPES.__contains__)),
                "attribute_changes": lambda: changes(shapes(ATTRIBUTE_CHANGE.__eq__)),
                "messages": lambda: only(COLUMNS["messages"], shapes(is_message)),
            },
        )

    def _pages(self, ids: Sequence[int]) -> Iterator[Sequence[int]]:
        for start in range(0, len(ids), _PAGE):
            self._step(start)
            yield ids[start : start + _PAGE]
