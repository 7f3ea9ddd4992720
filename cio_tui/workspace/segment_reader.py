"""Reading segments: who is in them, was in them or would be, why, and what saving another version would change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cio_tui.model.errors import InputError
from cio_tui.model.people import Reference
from cio_tui.segments.compile import Everybody
from cio_tui.segments.conditions import Condition, Group, InSegment
from cio_tui.segments.definition import Definition
from cio_tui.segments.dialects import DIALECTS
from cio_tui.segments.evaluate import evaluate
from cio_tui.segments.explain import Explanation, explain
from cio_tui.segments.sql import statement
from cio_tui.segments.stored_facts import PersonFacts
from cio_tui.segments.writing import to_json_tree
from cio_tui.store.memberships import Movement
from cio_tui.workspace.directory import Directory
from cio_tui.workspace.engine import Engine
from cio_tui.workspace.segment_book import Edition, Segment
from cio_tui.workspace.segment_counter import Counter

Named = str | int | Definition
"""A segment that is saved, by name or number, or a definition that may not be."""


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A segment with how many are in it, the names of those it looks at, and of those that look at it."""

    segment: Segment
    members: int
    uses: tuple[str, ...]
    used_by: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The product's fields, and the definition."""
        one = self.segment
        return {
            "number": one.number,
            "name": one.name,
            "kind": one.kind,
            "members": self.members,
            "state": "finished",
            "progress": None,
            "uses": list(self.uses),
            "used_by": list(self.used_by),
            "created_at": one.created_at,
            "updated_at": one.updated_at,
            "definition": to_json_tree(one.definition),
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """What another version changes, as cio_ids: who enters, who leaves, and how many stay."""

    enter: tuple[str, ...]
    leave: tuple[str, ...]
    stay: int


class Segments:
    """The segments of one workspace."""

    def __init__(self, engine: Engine, directory: Directory) -> None:
        self._engine = engine
        self._directory = directory
        self._memberships = engine.memberships
        self._counter = Counter(lambda: Everybody(engine.segment_queries, self._members_of))

    def close(self) -> None:
        """End the thread that counts."""
        self._counter.close()

    def all(self) -> list[SegmentRow]:
        """Every segment, in the order they were made."""
        counts, edition = self._memberships.counts(), self._engine.book.current()
        return [_row(edition, one, counts.get(one.number, 0)) for one in edition.segments.values()]

    def get(self, reference: str | int) -> SegmentRow:
        """The segment of a name or number. Raises InputError."""
        edition = self._engine.book.current()
        found = edition.get(reference)
        return _row(edition, found, self._memberships.count(found.number))

    def members(self, segment: Named, *, at: int | None = None, cancelled: Callable[[], bool] = lambda: False) -> list[str]:
        """The cio_ids of the people in a segment, in the order in which they were added; now, or as of an instant.

        From when it was saved until now the movements tell who was in a saved segment. For another instant, as for a definition,
        the conditions are put to what is known today. Raises InputError, and Cancelled.
        """
        now = self._engine.now()
        instant = now if at is None else at
        if isinstance(segment, Definition):
            return self._found(segment.condition, instant, cancelled)
        one = self._engine.book.get(segment)
        if at is None:
            return self._in_order(self._memberships.members(one.number))
        if one.condition is None or one.created_at <= instant <= now:
            return self._in_order(self._memberships.members_at(one.number, instant))
        return self._found(one.condition, instant, cancelled)

    def count(self, segment: Named, *, at: int | None = None, cancelled: Callable[[], bool] = lambda: False) -> int:
        """How many people are in a segment. Raises as `members`."""
        if isinstance(segment, Definition):
            instant = self._engine.now() if at is None else at
            return self._counter.ask(lambda everybody: everybody.count(segment.condition, instant, cancelled=cancelled))
        return len(self.members(segment, at=at, cancelled=cancelled))

    def explain(self, segment: Named, person: Reference, *, at: int | None = None) -> Explanation:
        """Why a person is in a segment or is not, what would change that, and when it changes by itself.

        Raises InputError and UnknownPerson.
        """
        known = self._directory.person(person).person
        now = self._engine.now() if at is None else at
        facts = PersonFacts(self._engine.segment_queries, known.cio_id, now, self._is_member)
        return explain(self._condition(segment), facts)

    def _condition(self, segment: Named) -> Group:
        """The conditions; of a manual segment, that one is in it."""
        if isinstance(segment, Definition):
            return segment.condition
        one = self._engine.book.get(segment)
        return one.condition or Group("all", (InSegment(one.number),))

    def difference(self, one: Named, other: Named, *, cancelled: Callable[[], bool] = lambda: False) -> Difference:
        """What it would change to have the second in the place of the first."""
        before = dict.fromkeys(self.members(one, cancelled=cancelled))
        after = dict.fromkeys(self.members(other, cancelled=cancelled))
        enter = tuple(person for person in after if person not in before)
        leave = tuple(person for person in before if person not in after)
        return Difference(enter, leave, len(before) - len(leave))

    def sql(self, segment: Named, dialect: str, *, at: int | None = None) -> str:
        """The statement that finds a segment's people in the workspace's tables, for an engine of `DIALECTS`. Raises InputError
        for a manual segment.
        """
        condition = segment.condition if isinstance(segment, Definition) else self._engine.book.get(segment).condition
        if condition is None:
            raise InputError(f"{segment!r} is a manual segment: no condition finds its people")
        return statement(condition, self._engine.now() if at is None else at, DIALECTS[dialect], self._resolve)

    def _resolve(self, reference: str | int) -> Condition | list[str]:
        found = self._engine.book.current().meant(reference)
        if found is None:
            return []
        return found.condition or list(self._memberships.members(found.number))

    def movements(self, *, segment: str | int | None = None, person: str | None = None, limit: int = 200) -> list[Movement]:
        """Who came and went, the latest first: of a segment, or of the person with a cio_id."""
        number = None if segment is None else self._engine.book.get(segment).number
        return self._memberships.movements(segment=number, person=person, limit=limit)

    def of_person(self, cio_id: str) -> list[tuple[Segment, int]]:
        """The segments a person is in, and since when."""
        segments = self._engine.book.current().segments
        standings = self._memberships.of(cio_id)
        return [(segments[number], one.since or 0) for number, one in standings.items() if one.member and number in segments]

    def _found(self, condition: Group, at: int, cancelled: Callable[[], bool]) -> list[str]:
        def ask(everybody: Everybody) -> set[str]:
            return everybody.cio_ids(everybody.members(condition, at, cancelled=cancelled))

        return self._in_order(self._counter.ask(ask))

    def _members_of(self, segment: str | int, at: int) -> list[str]:
        found = self._engine.book.current().meant(segment)
        return [] if found is None else self.members(found.number, at=None if at == self._engine.now() else at)

    def _is_member(self, cio_id: str, segment: str | int, at: int) -> bool:
        found = self._engine.book.current().meant(segment)
        if found is None:
            return False
        now = self._engine.now()
        if at == now:
            return self._memberships.is_member(found.number, cio_id)
        if found.condition is None or found.created_at <= at <= now:
            return cio_id in self._memberships.members_at(found.number, at)
        return evaluate(found.condition, PersonFacts(self._engine.segment_queries, cio_id, at, self._is_member))

    def _in_order(self, cio_ids: Any) -> list[str]:
        return self._engine.memberships.in_order(cio_ids)


def _row(edition: Edition, one: Segment, members: int) -> SegmentRow:
    uses = dict.fromkeys(number for number in edition.targets(one.number) if number is not None)
    used_by = sorted(edition.watching_segment(one.number))
    names = {number: edition.segments[number].name for number in (*uses, *used_by)}
    return SegmentRow(one, members, tuple(names[number] for number in sorted(uses)), tuple(names[number] for number in used_by))
