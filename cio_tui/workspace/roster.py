"""Who is there: finding, saving and removing people, the identifiers that are blocked, and those who are gone."""

from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from typing import Final

from tinydb import where

from cio_tui.model.errors import InputError
from cio_tui.model.people import Identifier, Person, Reference, email_key
from cio_tui.store import Database

_AT_ONCE: Final = 100
"""People asked for in one query: the query also looks at each answer, through a list of all it asked for."""


class Roster:
    """The people of a workspace within one turn; what was looked up is remembered until something is saved."""

    def __init__(self, database: Database) -> None:
        self._people = database.documents("people")
        self._former = database.documents("former_people")
        self._suppressions = database.documents("suppressions")
        self._seen: dict[Identifier, Person | None] = {}

    def find(self, identifier: Identifier) -> Person | None:
        """The person an identifier belongs to."""
        if identifier not in self._seen:
            field, value = _place(identifier)
            found = self._people.get(where(field) == value)
            self._seen[identifier] = None if found is None else Person.from_document(found, found.doc_id)
        return self._seen[identifier]

    def meet(self, references: Iterable[Reference | None]) -> None:
        """Look many people up at once, so that finding each of them later reads nothing: for slices of an import."""
        wanted: dict[tuple[str, str], Identifier] = {}
        for reference in references:
            with suppress(InputError):
                if reference is not None:
                    identifier = Identifier.of(reference)
                    wanted[_place(identifier)] = identifier
        for field in ("id", "email_key", "cio_id"):
            values = iter([value for known, value in wanted if known == field])
            while some := list(islice(values, _AT_ONCE)):
                for found in self._people.search(where(field).one_of(some)):
                    self._seen[wanted[field, found[field]]] = Person.from_document(found, found.doc_id)

    def refer(self, reference: Reference) -> Person | None:
        """The person a reference means. A text is first taken by its shape, then as an id: some people's ids look like emails.

        Raises InputError for a reference that is none.
        """
        identifier = Identifier.of(reference)
        person = self.find(identifier)
        if person is None and isinstance(reference, str) and identifier.kind == "email":
            person = self.find(Identifier("id", identifier.value))
        return person

    def save(self, person: Person) -> None:
        """Write a person, new or changed."""
        self._seen.clear()
        if person.row is None:
            person.row = self._people.insert(person.to_document())
        else:
            self._people.replace(person.to_document(), person.row)

    def remove(self, person: Person, at: int) -> None:
        """Take a person out; their identifiers stay readable for the log."""
        self._seen.clear()
        self._people.remove(doc_ids=[row for row in (person.row,) if row is not None])
        gone = {"cio_id": person.cio_id, "id": person.id, "email": person.email, "removed_at": at}
        self._former.insert({key: value for key, value in gone.items() if value is not None})
        person.row = None

    def suppression(self, *identifiers: Identifier) -> str | None:
        """The first of the identifiers that is blocked, as text."""
        for identifier in identifiers:
            if identifier.kind != "cio_id" and self._suppressions.contains(self._blocks(identifier)):
                return str(identifier)
        return None

    def suppress(self, identifiers: list[Identifier]) -> None:
        """Block identifiers, together: unsuppressing one frees all of them."""
        values = {i.kind: i.value for i in identifiers if i.kind != "cio_id"}
        record = {"id": values.get("id"), "email": values.get("email")}
        if "email" in values:
            record["email_key"] = email_key(values["email"])
        self._suppressions.insert({key: value for key, value in record.items() if value is not None})

    def unsuppress(self, identifier: Identifier) -> bool:
        """Free an identifier and those blocked with it; whether there was anything to free."""
        return identifier.kind != "cio_id" and bool(self._suppressions.remove(self._blocks(identifier)))

    @staticmethod
    def _blocks(identifier: Identifier):  # type: ignore[no-untyped-def]  # TinyDB's query has no public type
        if identifier.kind == "email":
            return where("email_key") == email_key(identifier.value)
        return where("id") == identifier.value


def _place(identifier: Identifier) -> tuple[str, str]:
    """The field that carries an identifier, and what stands there."""
    return ("email_key", email_key(identifier.value)) if identifier.kind == "email" else (identifier.kind, identifier.value)
