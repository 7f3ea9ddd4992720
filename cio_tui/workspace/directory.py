"""Reading people: lists, one person, and who a cio_id is or was."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tinydb import where
from tinydb.queries import QueryInstance

from cio_tui import filters
from cio_tui.model.errors import InputError, UnknownPerson
from cio_tui.model.people import Identifier, Person, Reference, email_key
from cio_tui.workspace.engine import Engine
from cio_tui.workspace.roster import Roster


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with what their events come to: how many, and the timestamp of the latest."""

    person: Person
    events: int
    last_event: int | None

    def to_json(self) -> dict[str, Any]:
        """Identifiers, instants, counts, attributes and devices."""
        return {
            **self.person.identifiers(),
            "added_at": self.person.added_at,
            "events": self.events,
            "last_event": self.last_event,
            "attributes": self.person.attributes,
            "devices": self.person.devices,
        }


class Directory:
    """The people of one workspace."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._people = engine.database.documents("people")
        self._former = engine.database.documents("former_people")

    def people(self, text: str = "") -> Iterator[PersonRow]:
        """People whom a filter line matches, in the order they were added. Raises FilterError."""
        line = filters.parse(text, "people")
        condition = line.compile(filters.FilterContext(now=self._engine.now(), people=self.matching))
        for document in self._people if condition is None else self._people.search(condition):
            yield self._row(Person.from_document(document, document.doc_id))

    def person(self, reference: Reference) -> PersonRow:
        """The person a reference means. Raises UnknownPerson, saying so when the identifier is suppressed."""
        roster = Roster(self._engine.database)
        person = roster.refer(reference)
        if person is None:
            identifier = Identifier.of(reference)
            blocked = " (it is suppressed)" if roster.suppression(identifier) else ""
            raise UnknownPerson(f"person {identifier} was not found{blocked}", hint="`cio-tui people` lists who is there")
        return self._row(person)

    def count(self) -> int:
        """How many people there are."""
        return len(self._people)

    def identifiers(self, cio_id: str) -> dict[str, str | None]:
        """`{"id", "email", "cio_id"}` of a person who is there or was."""
        found = self._people.get(where("cio_id") == cio_id) or self._former.get(where("cio_id") == cio_id)
        known = found if isinstance(found, dict) else {}
        return {"id": known.get("id"), "email": known.get("email"), "cio_id": cio_id}

    def label(self, cio_id: str) -> str:
        """The identifier that a reader knows best."""
        known = self.identifiers(cio_id)
        return known["email"] or known["id"] or f"cio_{cio_id}"

    def matching(self, text: str) -> list[str]:
        """cio_ids of those a text names exactly; else of all whose id or email contains it, former people included."""
        exact = self._exactly(text)
        if exact:
            return exact
        part = _contains("id", text) | _contains("email", text)
        return [document["cio_id"] for table in (self._people, self._former) for document in table.search(part)]

    def _exactly(self, text: str) -> list[str]:
        try:
            person = Roster(self._engine.database).refer(text)
        except InputError:
            return []
        known = [] if person is None else [person.cio_id]
        gone = self._former.search(
            (where("id") == text) | (where("email") == text) | (where("cio_id") == text.removeprefix("cio_"))
        )
        return known + [document["cio_id"] for document in gone]

    def _row(self, person: Person) -> PersonRow:
        events, last = self._engine.queries.of_person(person.cio_id)
        return PersonRow(person, events, last)


def _contains(field: str, text: str) -> QueryInstance:
    needle = email_key(text)
    return QueryInstance(lambda document: needle in email_key(document.get(field, "")), ("like", (field,), needle))
