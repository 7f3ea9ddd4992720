"""Who is in which segment, since when, until when at the latest, and who came and went, in SQL over the indexes.

A membership row stands for a person who is in a segment, or for one whom the passing of time alone may bring in (`due`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from cio_tui.model.json_values import dumps
from cio_tui.store.faults import faults_of
from cio_tui.store.storage import SqliteStorage

_PUT: Final = (
    "INSERT INTO memberships (doc, segment, person, member, since, due) VALUES ('{}', ?, ?, ?, ?, ?) "
    "ON CONFLICT (person, segment) DO UPDATE SET member = excluded.member, since = excluded.since, due = excluded.due"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's place towards one segment. `due` is the next instant at which it has to be looked at again."""

    member: bool
    since: int | None
    due: int | None


NOWHERE: Final = Standing(member=False, since=None, due=None)
"""Neither a member nor one whom time may bring in."""


@dataclass(frozen=True, slots=True)
class Movement:
    """Somebody came or went. `cause` is the activity that led to it; None for time, and for a segment that was saved."""

    segment: int
    person: str
    at: int
    entered: bool
    cause: str | None


class Memberships:
    """The memberships of one workspace."""

    def __init__(self, storage: SqliteStorage) -> None:
        self._storage = storage

    def of(self, person: str) -> dict[int, Standing]:
        """A person's standing in every segment that has one."""
        found = self._storage.fetch("SELECT segment, member, since, due FROM memberships WHERE person = ?", (person,))
        return {segment: Standing(bool(member), since, due) for segment, member, since, due in found}

    def is_member(self, segment: int, person: str) -> bool:
        """Whether a person is in a segment."""
        found = self._storage.fetch("SELECT member FROM memberships WHERE person = ? AND segment = ?", (person, segment))
        return bool(found and found[0][0])

    def put(self, person: str, standings: Mapping[int, Standing]) -> None:
        """Write a person's standings in some segments; one that says nothing takes the row away."""
        rows = [(number, person, int(one.member), one.since, one.due) for number, one in standings.items() if one != NOWHERE]
        self.drop((person, number) for number, one in standings.items() if one == NOWHERE)
        with faults_of(self._storage.name):
            self._storage.connection.executemany(_PUT, rows)

    def standings(self, segment: int) -> dict[str, Standing]:
        """Everybody's standing in a segment."""
        found = self._storage.fetch("SELECT person, member, since, due FROM memberships WHERE segment = ?", (segment,))
        return {person: Standing(bool(member), since, due) for person, member, since, due in found}

    def put_all(self, segment: int, before: Mapping[str, Standing], after: Mapping[str, Standing]) -> None:
        """Everybody's standing in a segment, in the place of those that are there; writes only what differs."""
        self.drop((person, segment) for person in before if person not in after)
        fresh = ((segment, who, int(one.member), one.since, one.due) for who, one in after.items() if before.get(who) != one)
        with faults_of(self._storage.name):
            self._storage.connection.executemany(_PUT, fresh)

    def forget(self, segment: int) -> None:
        """Take away all that belongs to a segment."""
        for table in ("memberships", "movements"):
            self._storage.execute(f"DELETE FROM {table} WHERE segment = ?", (segment,))

    def next_due(self) -> int | None:
        """The next instant at which somebody has to be looked at again."""
        found = self._storage.fetch("SELECT min(due) FROM memberships WHERE due IS NOT NULL")
        return None if found[0][0] is None else int(found[0][0])

    def due(self, at: int) -> list[tuple[str, int]]:
        """People and segments that have to be looked at again by an instant, by person."""
        return self._storage.fetch(
            "SELECT person, segment FROM memberships WHERE due IS NOT NULL AND due <= ? ORDER BY person, segment", (at,)
        )

    def count(self, segment: int) -> int:
        """How many are in a segment."""
        return int(self._storage.fetch("SELECT count(*) FROM memberships WHERE segment = ? AND member = 1", (segment,))[0][0])

    def counts(self) -> dict[int, int]:
        """How many are in each segment that has members."""
        return dict(self._storage.fetch("SELECT segment, count(*) FROM memberships WHERE member = 1 GROUP BY segment"))

    def members(self, segment: int) -> dict[str, int]:
        """The cio_ids of a segment's members, the latest first, and since when each is in."""
        return dict(
            self._storage.fetch(
                "SELECT person, since FROM memberships WHERE segment = ? AND member = 1 ORDER BY since DESC, doc_id DESC",
                (segment,),
            )
        )

    def in_order(self, people: Iterable[str]) -> list[str]:
        """Some cio_ids in the order in which the people were added; those who are gone come last."""
        found = self._storage.fetch(
            "SELECT value FROM json_each(?) LEFT JOIN people ON cio_id = value ORDER BY people.doc_id NULLS LAST, value",
            (dumps(list(people)),),
        )
        return [person for (person,) in found]

    def note(self, movements: Iterable[Movement]) -> None:
        """Write down who came and went."""
        with faults_of(self._storage.name):
            self._storage.connection.executemany(
                "INSERT INTO movements (doc, segment, person, at, entered, cause) VALUES ('{}', ?, ?, ?, ?, ?)",
                ((one.segment, one.person, one.at, int(one.entered), one.cause) for one in movements),
            )

    def movements(self, *, segment: int | None = None, person: str | None = None, limit: int = 200) -> list[Movement]:
        """Who came and went, the latest first."""
        parts: list[str] = []
        arguments: list[int | str] = []
        for column, value in (("segment", segment), ("person", person)):
            if value is not None:
                parts.append(f"{column} = ?")
                arguments.append(value)
        found = self._storage.fetch(
            f"SELECT segment, person, at, entered, cause FROM movements WHERE {' AND '.join(parts) or '1'} "
            f"ORDER BY at DESC, doc_id DESC LIMIT {int(limit)}",
            tuple(arguments),
        )
        return [Movement(number, who, at, bool(entered), cause) for number, who, at, entered, cause in found]

    def members_at(self, segment: int, at: int | None = None) -> dict[str, int]:
        """The cio_ids of those who had entered a segment and not left it again by an instant, or by now, as the movements tell,
        and when each entered.
        """
        found = self._storage.fetch(
            "SELECT person, at FROM (SELECT person, at, entered, "
            "row_number() OVER (PARTITION BY person ORDER BY at DESC, doc_id DESC) AS back "
            "FROM movements WHERE segment = ?1 AND (?2 IS NULL OR at <= ?2)) WHERE back = 1 AND entered = 1 ORDER BY person",
            (segment, at),
        )
        return dict(found)

    def strays(self) -> list[tuple[str, int]]:
        """Persons and segments of the standings whose person or segment is not there."""
        return self._storage.fetch(
            "SELECT person, segment FROM memberships WHERE NOT EXISTS (SELECT 1 FROM people WHERE cio_id = person) "
            "OR NOT EXISTS (SELECT 1 FROM segments WHERE segments.doc_id = segment) ORDER BY person, segment"
        )

    def drop(self, standings: Iterable[tuple[str, int]]) -> None:
        """Take standings away, named by person and segment."""
        with faults_of(self._storage.name):
            self._storage.connection.executemany("DELETE FROM memberships WHERE person = ? AND segment = ?", standings)
