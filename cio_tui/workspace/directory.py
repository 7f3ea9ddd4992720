"""Reading people: lists, one person, and who a cio_id is or was."""

from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from tinydb import where
from tinydb.queries import QueryInstance, QueryLike

from cio_tui import filters
from cio_tui.model.activity import ATTRIBUTE_CHANGE
from cio_tui.model.errors import InputError, UnknownPerson
from cio_tui.model.limits import CLAIM_WINDOW
from cio_tui.model.people import KINDS, Identifier, Person, Reference, email_key
from cio_tui.store.people_queries import PeopleQueries
from cio_tui.workspace.engine import Engine
from cio_tui.workspace.roster import Roster

PERSON_FIELDS: Final = ("id", "email", "cio_id", "added_at", "events", "last_event", "attributes", "devices")
"""The keys of `PersonRow.to_json`."""


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


@dataclass(frozen=True, slots=True)
class ClaimedId:
    """An anonymous id of a person: its events, when it was claimed, and until when later events of it still merge."""

    anonymous_id: str
    events: int
    claimed_at: int
    open_until: int


@dataclass(frozen=True, slots=True)
class Change:
    """One attribute's change: the activity that says so, when, and from what to what. `""` is none before, None none after."""

    activity: str
    timestamp: int
    before: Any
    after: Any


class Directory:
    """The people of one workspace."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._people = engine.database.documents("people")
        self._former = engine.database.documents("former_people")
        self._activity = engine.database.documents("activity")
        self._queries = PeopleQueries(engine.database.storage)

    def people(self, text: str = "") -> Iterator[PersonRow]:
        """People whom a filter line matches, in the order they were added. Raises FilterError."""
        condition = self._condition(text)
        for document in self._people if condition is None else self._people.search(condition):
            yield self._row(Person.from_document(document, document.doc_id))

    def row_ids(
        self,
        text: str = "",
        *,
        order: str = "added",
        descending: bool = True,
        most: int | None = None,
        grown: Callable[["array[int]"], bool] = lambda _: True,
    ) -> "array[int]":
        """The rows of all people whom a filter line matches, for lists that are scrolled: see `PeopleQueries.row_ids`."""
        condition = self._condition(text)
        return self._queries.row_ids(condition, order=order, descending=descending, most=most, grown=grown)

    def rows(self, row_ids: Sequence[int]) -> list[tuple[int, PersonRow]]:
        """The people of some rows, each with its row, in their order; who is gone meanwhile is left out."""
        return [(row, self._row(Person.from_document(document, row))) for row, document in self._queries.by_row(row_ids)]

    def records(self, row_ids: Sequence[int]) -> list[Person]:
        """The people of some rows as they are stored, in their order; who is gone meanwhile is left out."""
        return [Person.from_document(document, row) for row, document in self._queries.by_row(row_ids)]

    def search(self, text: str, most: int = 50, cancelled: Callable[[], bool] = lambda: False) -> list[PersonRow]:
        """Whom a person at an input may mean: whom the text names exactly, then all who have it in an identifier or attribute."""
        wanted = text.strip()
        exact: list[PersonRow] = []
        if wanted:
            with suppress(InputError, UnknownPerson):
                exact.append(self.person(wanted))
        ids = self.row_ids(filters.quote(wanted) if wanted else "", most=most, grown=lambda _: not cancelled())
        known = {row.person.cio_id for row in exact}
        return [*exact, *(row for _, row in self.rows(ids) if row.person.cio_id not in known)][:most]

    def row_of(self, cio_id: str) -> int | None:
        """The row of a person."""
        return self._queries.row_of(cio_id)

    def claimed_by(self, cio_id: str) -> list[ClaimedId]:
        """A person's anonymous ids, the latest claim first."""
        return [
            ClaimedId(anonymous_id, events, claimed_at, claimed_at + CLAIM_WINDOW)
            for anonymous_id, events, claimed_at in self._queries.claimed_by(cio_id)
        ]

    def history(self, cio_id: str) -> dict[str, list[Change]]:
        """What a person's log says of each attribute, identifiers among them, the latest change first."""
        found = self._activity.search((where("person") == cio_id) & (where("type") == ATTRIBUTE_CHANGE))
        changes: dict[str, list[Change]] = {}
        for document in sorted(found, key=lambda one: (one["timestamp"], one.doc_id), reverse=True):
            for name, change in document["data"].items():
                known = Change(document["id"], document["timestamp"], change.get("from"), change.get("to"))
                changes.setdefault(name, []).append(known)
        return changes

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
        return self.identifiers_of([cio_id])[cio_id]

    def identifiers_of(self, cio_ids: Collection[str]) -> dict[str, dict[str, str | None]]:
        """The same of several, by cio_id."""
        found = self._queries.identifiers(cio_ids)
        nobody = None, None
        return {one: dict(zip(KINDS, (*found.get(one, nobody), one), strict=True)) for one in cio_ids}

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

    def _condition(self, text: str) -> QueryLike | None:
        context = filters.FilterContext(now=self._engine.now(), people=self.matching)
        return filters.parse(text, "people").compile(context)

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
