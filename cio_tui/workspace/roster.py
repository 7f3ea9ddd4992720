"""Who is there: finding, saving and removing people, the identifiers that are blocked, and those who are gone."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from tinydb import where

from cio_tui.model.people import KINDS, Identifier, Person, Reference, email_key
from cio_tui.store import Database
from cio_tui.store.lookups import column_by, documents_by

Place = tuple[str, str]
"""A declared field of people, and what stands there."""
_FIELDS: Final = ("id", "email_key", "cio_id")


class Roster:
    """The people of a workspace within one turn; what was looked up is remembered for as long as it is true."""

    def __init__(self, database: Database) -> None:
        self._storage = database.storage
        self._people = database.documents("people")
        self._former = database.documents("former_people")
        self._suppressions = database.documents("suppressions")
        self._seen: dict[Place, Person | None] = {}
        self._held: dict[str, set[Place]] = defaultdict(set)
        self._owners: dict[str, dict[str, str | None]] = {field: {} for field in _FIELDS}
        self._blocked: dict[Place, bool] = {}

    def find(self, identifier: Identifier) -> Person | None:
        """The person an identifier belongs to."""
        place = place_of(identifier)
        if place not in self._seen:
            found = self._people.get(where(place[0]) == place[1])
            self._remember(place, None if found is None else Person.from_document(found, found.doc_id))
        return self._seen[place]

    def _remember(self, place: Place, person: Person | None) -> None:
        self._seen[place] = person
        if person is not None:
            self._held[person.cio_id].add(place)

    def meet(self, identifiers: Iterable[Identifier]) -> None:
        """Look many people up at once, and whether they are blocked, so that finding each of them later reads nothing."""
        for field, values in _by_field(identifiers).items():
            for row, document in documents_by(self._storage, "people", field, values):
                self._remember((field, document[field]), Person.from_document(document, row))
            self._seen.update({(field, value): None for value in values if (field, value) not in self._seen})
            blocked = column_by(self._storage, "suppressions", field, field, values) if field != "cio_id" else {}
            self._blocked.update({(field, value): value in blocked for value in values})

    def meet_owners(self, references: Iterable[Reference]) -> None:
        """Look many people's cio_ids up at once, for `owner`: for slices of events."""
        unknown: dict[str, dict[str, None]] = {field: {} for field in _FIELDS}
        for reference in references:
            kind, value = _plain(reference)
            if kind in self._owners and value not in self._owners[kind] and value == value.strip():
                unknown[kind][value] = None
        for field, values in unknown.items():
            found = column_by(self._storage, "people", field, "cio_id", values) if values else {}
            self._owners[field].update({value: found.get(value) for value in values})

    def refer(self, reference: Reference) -> Person | None:
        """The person a reference means. A text is first taken by its shape, then as an id: some people's ids look like emails.

        Raises InputError for a reference that is none.
        """
        identifier = Identifier.of(reference)
        person = self.find(identifier)
        if person is None and isinstance(reference, str) and identifier.kind == "email":
            person = self.find(Identifier("id", identifier.value))
        return person

    def owner(self, reference: Reference) -> str | None:
        """The cio_id of the person a reference means. Raises what `refer` does."""
        kind, value = _plain(reference)
        if kind in self._owners and value in self._owners[kind]:
            return self._owners[kind][value]
        person = self.refer(reference)
        return None if person is None else person.cio_id

    def save(self, person: Person) -> None:
        """Write a person, new or changed."""
        self._forget(person)
        if person.row is None:
            person.row = self._people.insert(person.to_document())
        else:
            self._people.replace(person.to_document(), person.row)
        for place in _places(person):
            self._remember(place, person)

    def _forget(self, person: Person) -> None:
        for known in self._owners.values():
            known.clear()
        for place in self._held.pop(person.cio_id, ()):
            self._seen.pop(place, None)

    def remove(self, person: Person, at: int) -> None:
        """Take a person out; their identifiers stay readable for the log."""
        self._forget(person)
        self._people.remove(doc_ids=[row for row in (person.row,) if row is not None])
        gone = {"cio_id": person.cio_id, "id": person.id, "email": person.email, "removed_at": at}
        self._former.insert({key: value for key, value in gone.items() if value is not None})
        person.row = None

    def suppression(self, *identifiers: Identifier) -> str | None:
        """The first of the identifiers that is blocked, as text."""
        for identifier in identifiers:
            place = place_of(identifier)
            if place[0] == "cio_id":
                continue
            if place not in self._blocked:
                self._blocked[place] = self._suppressions.contains(where(place[0]) == place[1])
            if self._blocked[place]:
                return str(identifier)
        return None

    def suppress(self, identifiers: list[Identifier]) -> None:
        """Block identifiers, together: unsuppressing one frees all of them."""
        self._blocked.clear()
        values = {i.kind: i.value for i in identifiers if i.kind != "cio_id"}
        record = {"id": values.get("id"), "email": values.get("email")}
        if "email" in values:
            record["email_key"] = email_key(values["email"])
        self._suppressions.insert({key: value for key, value in record.items() if value is not None})

    def unsuppress(self, identifier: Identifier) -> bool:
        """Free an identifier and those blocked with it; whether there was anything to free."""
        self._blocked.clear()
        field, value = place_of(identifier)
        return field != "cio_id" and bool(self._suppressions.remove(where(field) == value))


def place_of(identifier: Identifier) -> Place:
    """The field that carries an identifier, and what stands there."""
    return ("email_key", email_key(identifier.value)) if identifier.kind == "email" else (identifier.kind, identifier.value)


def _plain(reference: Reference) -> Place:
    """`place_of` a reference that names its kind, unread; a place that is none for others."""
    if type(reference) is dict and len(reference) == 1:
        [(kind, value)] = reference.items()
        if type(value) is str:
            return ("email_key", email_key(value)) if kind == "email" else (kind if kind in KINDS else "", value)
    return "", ""


def _places(person: Person) -> list[Place]:
    found: dict[str, Any] = {"id": person.id, "cio_id": person.cio_id}
    found["email_key"] = None if person.email is None else email_key(person.email)
    return [(field, value) for field, value in found.items() if value is not None]


def _by_field(identifiers: Iterable[Identifier]) -> dict[str, list[str]]:
    wanted: dict[str, dict[str, None]] = {field: {} for field in _FIELDS}
    for identifier in identifiers:
        field, value = place_of(identifier)
        wanted[field][value] = None
    return {field: list(values) for field, values in wanted.items() if values}
