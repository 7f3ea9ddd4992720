"""Looking at everybody for a segment: one pass over the people, and over what they did that it looks at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import merge
from operator import itemgetter
from typing import Any, Final

from cio_tui.model.activity import ATTRIBUTE_CHANGE, EVENT_TYPES
from cio_tui.segments.conditions import Condition, MessageDone, Performed, leaves
from cio_tui.segments.evaluate import Interests, looks_at
from cio_tui.segments.facts import Occurrence
from cio_tui.segments.prepared import span
from cio_tui.segments.stored_facts import attributes_of, change_of, devices_of
from cio_tui.store.census import Census
from cio_tui.store.memberships import Memberships, Movement, Standing
from cio_tui.store.storage import SqliteStorage
from cio_tui.workspace.segment_book import Edition
from cio_tui.workspace.turn import Progress

Kind = tuple[str, str]
"""Type and name of an activity."""
_TOLD_EVERY: Final = 1000


class GatheredFacts:
    """`Facts` of a person whose document and activity were read before."""

    def __init__(
        self,
        now: int,
        document: Mapping[str, Any],
        occurred: Mapping[tuple[str, str], Sequence[Occurrence]],
        known_since: int,
        memberships: frozenset[str | int],
    ) -> None:
        self.now = now
        self.known_since = known_since
        self._document = document
        self._occurred = occurred
        self._memberships = memberships

    @cached_property
    def attributes(self) -> Mapping[str, Any]:
        """Attributes with identifiers."""
        return attributes_of(self._document)

    @cached_property
    def devices(self) -> Sequence[Mapping[str, Any]]:
        """Devices, their attributes beside their fields."""
        return devices_of(self._document)

    def occurrences(self, occurrence_type: str, name: str) -> Sequence[Occurrence]:
        """All of a type and name, oldest first."""
        return self._occurred.get((occurrence_type, name), ())

    def is_member(self, segment: str | int) -> bool:
        """Whether the person is in another segment."""
        return segment in self._memberships


class Builder:
    """Looks at everybody for the segments of one edition, at one instant."""

    def __init__(self, storage: SqliteStorage, edition: Edition, now: int, progress: Progress = lambda _done, _of: None) -> None:
        self._census = Census(storage)
        self._memberships = Memberships(storage)
        self._edition = edition
        self._now = now
        self._progress = progress

    def build(self, numbers: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Put everybody where they belong in some segments, and in those that look at what changed by it, and write down who
        came and went; how many did, by segment.
        """
        todo, counts = set(numbers), {}
        for number in self._edition.order:
            if number in todo:
                before = self._memberships.standings(number)
                members = {person: one.since or self._now for person, one in before.items() if one.member}
                counts[number] = came, went = self.put(number, before, members, self.standings(number, members))
                if came or went:
                    todo |= self._edition.watching_segment(number)
        return counts

    def put(
        self, number: int, before: Mapping[str, Standing], members: Mapping[str, int], after: Mapping[str, Standing]
    ) -> tuple[int, int]:
        """Write standings in the place of others, and who came and went beside the members that were; how many did."""
        inside = {person for person, one in after.items() if one.member}
        came, went = sorted(inside - members.keys()), sorted(members.keys() - inside)
        self._memberships.put_all(number, before, after)
        self._memberships.note(Movement(number, person, self._now, entered=True, cause=None) for person in came)
        self._memberships.note(Movement(number, person, self._now, entered=False, cause=None) for person in went)
        return len(came), len(went)

    def standings(self, number: int, members: Mapping[str, int]) -> dict[str, Standing]:
        """Where everybody stands towards a segment now, without those of whom there is nothing to say. `members` says since
        when those who are in it have been.
        """
        evaluator = self._edition.evaluators[number]
        found = {}
        of = self._census.count()
        for seen, (person, facts) in enumerate(self._gathered(evaluator.condition), 1):
            member = evaluator.holds(facts)
            due = evaluator.next_change(facts)
            if member or due is not None:
                found[person] = Standing(member, members.get(person, self._now) if member else None, due)
            if seen % _TOLD_EVERY == 0:
                self._progress(seen, of)
        self._progress(of, of)
        return found

    def _gathered(self, condition: Condition) -> Iterator[tuple[str, GatheredFacts]]:
        """Everybody, by cio_id, with what the condition looks at."""
        wanted = looks_at(condition)
        activity = _activity(self._census, condition, self._now)
        pending = next(activity, None)
        earliest = self._census.earliest_events() if wanted.age else {}
        others = self._members(wanted)
        for document in self._census.people(documents=bool(wanted.attributes or wanted.devices)):
            person = document["cio_id"]
            occurred: dict[tuple[str, str], list[Occurrence]] = {}
            while pending is not None and pending[0] <= person:
                if pending[0] == person:
                    occurred.setdefault(pending[1], []).append(pending[2])
                pending = next(activity, None)
            known_since = min(document["added_at"], earliest.get(person, document["added_at"]))
            inside = frozenset(reference for reference, found in others if person in found)
            yield person, GatheredFacts(self._now, document, occurred, known_since, inside)

    def _members(self, wanted: Interests) -> list[tuple[str | int, set[str]]]:
        """The segments that are looked at, as they are named, with their members."""
        meant = [(reference, self._edition.meant(reference)) for reference in wanted.segments]
        return [(reference, set(self._memberships.members(one.number))) for reference, one in meant if one is not None]


def _activity(census: Census, condition: Condition, now: int) -> Iterator[tuple[str, Kind, Occurrence]]:
    """Everything that happened to anybody and may still count: cio_id, kind, and what; by cio_id, oldest first."""
    streams = [_of_kind(census, kind, *read) for kind, read in sorted(_kinds(condition, now).items(), key=itemgetter(0))]
    return streams[0] if len(streams) == 1 else merge(*streams, key=itemgetter(0))


def _kinds(condition: Condition, now: int) -> dict[Kind, tuple[int | None, bool]]:
    """The types and names that are looked at, since when, and whether their data are looked at."""
    kinds: dict[Kind, tuple[int | None, bool]] = {}
    for _, leaf in leaves(condition):
        if not isinstance(leaf, Performed | MessageDone):
            continue
        kind = (leaf.type if isinstance(leaf, Performed) else leaf.action, leaf.name)
        if kind[0] in EVENT_TYPES and not leaf.name:
            continue
        since, data = span(leaf.frame, now)[0], isinstance(leaf, Performed) and bool(leaf.filters.members)
        if kind in kinds:
            other, others_data = kinds[kind]
            since = None if since is None or other is None else min(since, other)
            data = data or others_data
        kinds[kind] = since, data
    return kinds


def _of_kind(census: Census, kind: Kind, since: int | None, data: bool) -> Iterator[tuple[str, Kind, Occurrence]]:
    event_type, name = kind
    changes = event_type == ATTRIBUTE_CHANGE
    found = census.happened(event_type, None if changes else name, since, documents=data or changes)
    for person, activity, timestamp, said in found:
        told = change_of(said, name) if changes else said
        if told is not None:
            yield person, kind, Occurrence(activity, timestamp, told)
