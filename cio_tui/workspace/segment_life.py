"""Membership kept current: who enters and who leaves a segment because of what a command did, or because time passed.

Only the segments that look at what changed are judged, for the one person it happened to. Whoever is a member, or may become
one or cease to be one by time alone, has a standing in the store; its `due` is a timer like any other.
"""

from collections.abc import Iterable, Mapping

from cio_tui.model.activity import ATTRIBUTE_CHANGE, ENTERED_SEGMENT, LEFT_SEGMENT, Activity
from cio_tui.segments.stored_facts import PersonFacts
from cio_tui.store.memberships import NOWHERE, Memberships, Movement, Standing
from cio_tui.store.segment_queries import SegmentQueries
from cio_tui.workspace.facts import EventReceived, EventsJoined, Fact, ProfileChanged, ProfileGone
from cio_tui.workspace.segment_book import Book, Edition, Segment
from cio_tui.workspace.turn import Turn


class SegmentLife:
    """The reaction of segments to what happens in one turn."""

    def __init__(self, book: Book, memberships: Memberships, queries: SegmentQueries) -> None:
        self.book = book
        self.memberships = memberships
        self._queries = queries
        self._edition: Edition | None = None
        self._looks: dict[str, dict[int, str | None]] = {}
        """For each person the segments to judge, and because of which activity."""
        self._gone: list[ProfileGone] = []
        self._known_since: dict[str, int] = {}
        """Of people who were asked for; in truth it may be earlier by now, never later."""

    @property
    def edition(self) -> Edition:
        """The segments, read once in a turn."""
        if self._edition is None:
            self._edition = self.book.current()
        return self._edition

    def reread(self) -> None:
        """The segments were changed."""
        self._edition = None

    def hear(self, fact: Fact, now: int) -> None:
        """Remember whom to look at; nobody is judged before all of a command is done."""
        if isinstance(fact, EventReceived):
            one = fact.activity
            if one.person is not None:
                self._look(one.person, self.watching(one.person, one.type, one.name or "", one.timestamp, now), one.id)
        elif isinstance(fact, EventsJoined):
            for event_type, name in fact.events:
                self._look(fact.person, self.edition.watching_event(event_type, name, older=True), fact.cause)
        elif isinstance(fact, ProfileChanged):
            self._look(fact.person, self._watching(fact), fact.cause)
        elif isinstance(fact, ProfileGone):
            self._gone.append(fact)

    def watching(self, person: str, event_type: str, name: str, timestamp: int, now: int) -> set[int]:
        """Who looks at an event of a person, whether it is in the log already or not yet."""
        older = timestamp < now and self.edition.asks_age and self._makes_older(person, timestamp, now)
        return self.edition.watching_event(event_type, name, older=older)

    def _makes_older(self, person: str, timestamp: int, now: int) -> bool:
        """Whether a person may be known for longer because of an event (4.5): asked of the store once in a turn."""
        known = self._known_since.get(person)
        if known is None:
            known = PersonFacts(self._queries, person, now, lambda *_: False).known_since
        self._known_since[person] = min(known, timestamp)
        return timestamp <= known

    def _watching(self, fact: ProfileChanged) -> set[int]:
        if fact.added:
            return set(self.edition.order)
        watching = self.edition.watching_names(fact.names, devices=fact.devices)
        for name in fact.names:
            watching |= self.edition.watching_event(ATTRIBUTE_CHANGE, name, older=False)
        return watching

    def _look(self, person: str, segments: Iterable[int], cause: str | None) -> None:
        for number in segments:
            self._looks.setdefault(person, {})[number] = cause

    def settle(self, turn: Turn) -> None:
        """Judge all who were remembered, and write down who came and went."""
        gone, self._gone = self._gone, []
        for fact in gone:
            self._take_out(turn, fact)
        looks, self._looks = self._looks, {}
        for person, causes in looks.items():
            self.judge(turn, person, causes)

    def judge(self, turn: Turn, person: str, causes: Mapping[int, str | None]) -> None:
        """Look at one person in some segments, and in those that look at what changed by it, each after what it looks at."""
        edition = self.edition
        standings = self.memberships.of(person)

        def is_member(_person: str, reference: str | int, _now: int) -> bool:
            found = edition.meant(reference)
            return found is not None and standings.get(found.number, NOWHERE).member

        facts = PersonFacts(self._queries, person, turn.now, is_member)
        wanted = dict(causes)
        changed: dict[int, Standing] = {}
        for number in edition.order:
            if number not in wanted:
                continue
            before = standings.get(number, NOWHERE)
            evaluator = edition.evaluators[number]
            member = evaluator.holds(facts)
            since = (before.since if before.member else turn.now) if member else None
            after = standings[number] = Standing(member, since, evaluator.next_change(facts))
            if after != before:
                changed[number] = after
            if member != before.member:
                self._move(turn, edition.segments[number], person, wanted[number], entered=member)
                for other in edition.watching_segment(number):
                    wanted.setdefault(other, wanted[number])
        if changed:
            self.memberships.put(person, changed)
            turn.changed = True

    def _move(self, turn: Turn, segment: Segment, person: str, cause: str | None, *, entered: bool) -> None:
        moved = Activity(
            id=turn.next_id(),
            type=ENTERED_SEGMENT if entered else LEFT_SEGMENT,
            timestamp=turn.now,
            received_at=turn.now,
            processed_at=turn.now,
            name=segment.name,
            person=person,
            cause=cause,
            data={"segment": segment.number},
        )
        turn.record(moved, data=moved.data)
        self.memberships.note([Movement(segment.number, person, turn.now, entered, cause)])

    def _take_out(self, turn: Turn, fact: ProfileGone) -> None:
        """Whoever is gone is in no segment; a manual one keeps the person who has taken their place (domain.md 3.2)."""
        self._looks.pop(fact.person, None)
        standings = self.memberships.of(fact.person)
        self.memberships.drop((fact.person, number) for number in standings)
        for number, standing in standings.items():
            if not standing.member:
                continue
            self.memberships.note([Movement(number, fact.person, turn.now, entered=False, cause=fact.cause)])
            segment = self.edition.segments.get(number)
            if segment is None or segment.kind != "manual" or fact.into is None:
                continue
            if not self.memberships.is_member(number, fact.into):
                self.put_in(turn, segment, fact.into, fact.cause)

    def put_in(self, turn: Turn, segment: Segment, person: str, cause: str | None = None) -> None:
        """Put a person into a manual segment."""
        self.memberships.put(person, {segment.number: Standing(member=True, since=turn.now, due=None)})
        self._by_hand(turn, segment, person, cause, entered=True)

    def take_from(self, turn: Turn, segment: Segment, person: str) -> None:
        """Take a person out of a manual segment."""
        self.memberships.put(person, {segment.number: NOWHERE})
        self._by_hand(turn, segment, person, None, entered=False)

    def _by_hand(self, turn: Turn, segment: Segment, person: str, cause: str | None, *, entered: bool) -> None:
        self._move(turn, segment, person, cause, entered=entered)
        self._look(person, self.edition.watching_segment(segment.number), cause)


class SegmentTimers:
    """The instants at which somebody enters or leaves a segment because time passes (4.4, 4.5)."""

    def __init__(self, life: SegmentLife) -> None:
        self._life = life

    def next_due(self, _turn: Turn) -> int | None:
        """When somebody has to be looked at next, in Unix seconds."""
        return self._life.memberships.next_due()

    def handle(self, turn: Turn) -> None:
        """Look at all whose time it is."""
        due = self._life.memberships.due(turn.now)
        known = self._life.edition.evaluators
        self._life.memberships.drop(pair for pair in due if pair[1] not in known)  # or they would stay due for ever
        looks: dict[str, dict[int, str | None]] = {}
        for person, number in due:
            looks.setdefault(person, {})[number] = None
        for person, numbers in looks.items():
            self._life.judge(turn, person, numbers)
