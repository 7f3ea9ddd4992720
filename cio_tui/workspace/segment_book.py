"""The segments of a workspace, read once and made ready: what each looks at, and in which order they are to be judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cio_tui.model.comparing import fold
from cio_tui.model.errors import InputError
from cio_tui.store import Database

if TYPE_CHECKING:
    from cio_tui.segments.conditions import Group, InSegment
    from cio_tui.segments.definition import Definition, Kind
    from cio_tui.segments.evaluate import Evaluator


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment; instants are Unix seconds."""

    number: int
    definition: Definition
    created_at: int = 0
    updated_at: int = 0

    @property
    def name(self) -> str:
        """What it is called."""
        return self.definition.name

    @property
    def kind(self) -> Kind:
        """`data` for one with conditions, `manual` for one whose members are put in by hand."""
        return self.definition.kind

    @property
    def condition(self) -> Group | None:
        """Its conditions; None for a manual one."""
        return self.definition.condition if self.kind == "data" else None


class Edition:
    """The segments as they stood at one moment; never changes. Raises InputError for some that look at each other in a ring."""

    def __init__(self, segments: Iterable[Segment]) -> None:
        self.segments = {one.number: one for one in segments}
        self._named = {fold(one.name): one for one in self.segments.values()}
        self._product = {one.definition.id: one for one in self.segments.values() if one.definition.id is not None}
        self._targets = {one.number: tuple(self._looked_at(one)) for one in self.segments.values()}
        self.order = tuple(self._ordered())
        self.evaluators: dict[int, Evaluator] = {}
        self._events: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._names: dict[str, set[int]] = defaultdict(set)
        self._devices: set[int] = set()
        self._ages: set[int] = set()
        self._watch()

    def find(self, reference: str | int) -> Segment | None:
        """The segment of a name, in any letter case, or of a number, as a number or as text; else of the product's number."""
        if isinstance(reference, int):
            return self.segments.get(reference) or self._product.get(reference)
        key = fold(reference.strip())
        return self._named.get(key) or (self.find(int(key)) if key.isascii() and key.isdecimal() else None)

    def get(self, reference: str | int) -> Segment:
        """The segment of a name or number. Raises InputError."""
        found = self.find(reference)
        if found is None:
            raise InputError(f"there is no segment {reference!r}", hint="`cio-tui segment list` names them")
        return found

    def meant(self, reference: str | int) -> Segment | None:
        """The segment that a condition names: by its name, or by the product's number before ours."""
        if isinstance(reference, int):
            return self._product.get(reference) or self.segments.get(reference)
        key = fold(reference.strip())
        return self._named.get(key) or (self.meant(int(key)) if key.isascii() and key.isdecimal() else None)

    def targets(self, number: int) -> tuple[int | None, ...]:
        """The segments that one looks at, leaf by leaf; None for one that is not there."""
        return self._targets[number]

    def watching_event(self, event_type: str, name: str, *, older: bool) -> set[int]:
        """Who looks at an event; `older` says that it may change how old its person counts (4.5)."""
        found = self._events.get((event_type, name), set()) | self._events.get((event_type, ""), set())
        return found | self._ages if older else found

    @property
    def asks_age(self) -> bool:
        """Whether any of them asks how long a person is known."""
        return bool(self._ages)

    def watching_names(self, names: Iterable[str], *, devices: bool) -> set[int]:
        """Who looks at one of these attributes, or at devices."""
        found = {number for name in names for number in self._names.get(name, ())}
        return found | self._devices if devices else found

    def watching_segment(self, number: int) -> set[int]:
        """Who looks at a segment."""
        return {one for one, targets in self._targets.items() if number in targets}

    def _conditions(self) -> Iterator[tuple[int, Group]]:
        return ((one.number, one.condition) for one in self.segments.values() if one.condition is not None)

    def _looked_at(self, one: Segment) -> Iterator[int | None]:
        for leaf in () if one.condition is None else named_in(one.condition):
            found = self.meant(leaf.segment)
            yield None if found is None else found.number

    def _ordered(self) -> Iterator[int]:
        """Those with conditions; whoever looks at another one comes after it."""
        done: set[int] = set()

        def visit(number: int, path: tuple[int, ...]) -> Iterator[int]:
            if number in path:
                ring = " → ".join(self.segments[one].name for one in (*path[path.index(number) :], number))
                raise InputError(f"segments look at each other in a ring: {ring}")
            if number in done or self.segments[number].condition is None:
                return
            for other in self._targets[number]:
                if other is not None:
                    yield from visit(other, (*path, number))
            done.add(number)
            yield number

        for number in self.segments:
            yield from visit(number, ())

    def _watch(self) -> None:
        for number, condition in self._conditions():
            from cio_tui.segments.evaluate import Evaluator, looks_at

            self.evaluators[number] = Evaluator(condition)
            interests = looks_at(condition)
            for event in interests.events:
                self._events[event].add(number)
            for name in interests.attributes:
                self._names[name].add(number)
            if interests.devices:
                self._devices.add(number)
            if interests.age:
                self._ages.add(number)


class Book:
    """The segments as they stand in the database, read again only when they changed."""

    def __init__(self, database: Database) -> None:
        self._storage = database.storage
        self._table = database.documents("segments")
        self._known: tuple[list[Any], Edition] = ([], Edition(()))

    def current(self) -> Edition:
        """All segments as they are now."""
        revisions = self._storage.fetch("SELECT doc_id, revision FROM segments ORDER BY doc_id")
        known, edition = self._known
        if known != revisions:
            with self._storage.snapshot():
                revisions = self._storage.fetch("SELECT doc_id, revision FROM segments ORDER BY doc_id")
                edition = Edition([_segment(document.doc_id, dict(document)) for document in self._table])
            self._known = revisions, edition
        return edition

    def all(self) -> list[Segment]:
        """Every segment, in the order they were made."""
        return list(self.current().segments.values())

    def find(self, reference: str | int) -> Segment | None:
        """The segment of a name, in any letter case, or of a number, as a number or as text."""
        return self.current().find(reference)

    def get(self, reference: str | int) -> Segment:
        """The segment of a name or number. Raises InputError."""
        return self.current().get(reference)


def _segment(number: int, document: dict[str, Any]) -> Segment:
    from cio_tui.segments.reading import read_tree

    return Segment(number, read_tree(document["definition"]), document["created_at"], document["updated_at"])


def named_in(condition: Group) -> Iterator[InSegment]:
    """The leaves that ask for another segment."""
    from cio_tui.segments.conditions import InSegment, leaves

    return (leaf for _, leaf in leaves(condition) if isinstance(leaf, InSegment))
