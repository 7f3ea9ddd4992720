"""Everybody for whom a condition holds: the set algebra of its leaves, each decided by the operators that evaluate.py uses.

SQL narrows by type, name and instant; columns.py keeps what the paths found, so that a count while one types reads nothing anew.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from cio_tui.model.paths import PropertyPath
from cio_tui.segments.columns import Cancelled, Columns, Timeline
from cio_tui.segments.conditions import (
    AttributeIs,
    Condition,
    DataFilter,
    DataGroup,
    DeviceIs,
    Group,
    InSegment,
    Leaf,
    MessageDone,
    Performed,
    SameElement,
    leaves,
)
from cio_tui.segments.operators import enough, holds, some_element
from cio_tui.segments.prepared import span
from cio_tui.store.segment_queries import SegmentQueries

__all__ = ["Cancelled", "Everybody"]
Members = Callable[[str | int, int], Iterable[str]]
"""The cio_ids of a segment's members at an instant."""
_COST: Final[dict[type, int]] = {InSegment: 0, AttributeIs: 1, MessageDone: 2, DeviceIs: 3, Performed: 4, Group: 5}


class Everybody:
    """The people of a workspace, asked for whom a condition holds. People are row ids of the table `people`.

    Keep one for many counts, best asked from one thread: it holds the columns that make the next count quick.
    """

    def __init__(
        self, queries: SegmentQueries, members_of: Members = lambda _segment, _now: (), columns: Columns | None = None
    ) -> None:
        self.columns = columns or Columns(queries)
        self._queries = queries
        self._members_of = members_of

    def members(
        self,
        condition: Condition,
        now: int,
        *,
        cancelled: Callable[[], bool] = lambda: False,
        progress: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> set[int]:
        """The rows of the people for whom the condition holds at an instant. Raises Cancelled soon after `cancelled` says so.

        `progress` is told how many leaves of how many are decided.
        """
        with self.columns.asked(cancelled):
            return _Count(self._queries, self.columns, self._members_of, now, progress).people(condition)

    def count(self, condition: Condition, now: int, *, cancelled: Callable[[], bool] = lambda: False) -> int:
        """How many people the condition holds for."""
        return len(self.members(condition, now, cancelled=cancelled))

    def cio_ids(self, rows: set[int]) -> set[str]:
        """The cio_ids of some people whom the last answer told."""
        return {cio_id for cio_id, row in self.columns.row_of.items() if row in rows}

    def page(
        self, rows: Iterable[int], *, order: str = "added", descending: bool = True, most: int = 50, after: int = 0
    ) -> list[int]:
        """Some of the rows in an order of `people_queries.ORDERS`: `most` of them after the first `after`."""
        return self._queries.ordered(rows, order=order, descending=descending, most=most, after=after)


class _Count:
    """One condition decided for everybody at one instant."""

    def __init__(
        self, queries: SegmentQueries, columns: Columns, members_of: Members, now: int, progress: Callable[[int, int], None]
    ) -> None:
        self._queries = queries
        self._columns = columns
        self._members_of = members_of
        self._now = now
        self._progress = progress
        self._done = self._of = 0

    def people(self, condition: Condition) -> set[int]:
        found = [leaf for _, leaf in leaves(condition)]
        self._of = len(found)
        self._columns.attributes({leaf.path for leaf in found if isinstance(leaf, AttributeIs)})
        return self._condition(condition)

    def _condition(self, condition: Condition) -> set[int]:
        if isinstance(condition, Group):
            return self._group(condition)
        met = self._leaf(condition)
        self._done += 1
        self._progress(self._done, self._of)
        return met

    def _group(self, group: Group) -> set[int]:
        members = sorted(group.members, key=_cost)
        if not members:
            return set()
        found = self._condition(members[0])
        for member in members[1:]:
            if group.match == "all":
                if not found:
                    break
                found = found & self._condition(member)
            else:
                found = found | self._condition(member)
        return self._others(found) if group.match == "none" else found

    def _others(self, rows: set[int]) -> set[int]:
        return self._columns.everyone - rows

    def _leaf(self, leaf: Leaf) -> set[int]:
        if isinstance(leaf, AttributeIs):
            column, rows = self._columns.attributes([leaf.path])[leaf.path], self._columns.people
            return {rows[place] for place in column.where(partial(holds, leaf.test, now=self._now), range(len(rows)))}
        if isinstance(leaf, DeviceIs):
            return self._device(leaf)
        if isinstance(leaf, InSegment):
            row_of = self._columns.row_of
            found = {row_of[one] for one in self._members_of(leaf.segment, self._now) if one in row_of}
            return self._others(found) if leaf.inverse else found
        return self._performed(leaf)

    def _device(self, leaf: DeviceIs) -> set[int]:
        """Inverse also holds for those without any device, so the positive test is asked and its answer turned."""
        positive = replace(leaf.test, inverse=False)
        found = {
            row
            for row, devices in self._columns.devices()
            if holds(positive, [value for device in devices for value in leaf.path.values(device)], self._now)
        }
        return self._others(found) if leaf.test.inverse else found

    def _performed(self, leaf: Performed | MessageDone) -> set[int]:
        met = self._often_enough(leaf, self._times(leaf))
        if not leaf.inverse:
            return met
        met = self._others(met)
        if leaf.frame.within > 0 and isinstance(leaf, Performed):
            met -= set(self._queries.unknown_at(self._now - leaf.frame.within))
        return met

    def _times(self, leaf: Performed | MessageDone) -> Iterable[int]:
        """The rows of those who did it in the frame, each as often as they did."""
        filters = leaf.filters if isinstance(leaf, Performed) else DataGroup()
        kind = leaf.type if isinstance(leaf, Performed) else leaf.action
        line = self._columns.timeline(kind, leaf.name, span(leaf.frame, self._now)[0], set(_paths(filters)))
        places: Iterable[int] = line.places(leaf.frame, self._now)
        if filters.members:
            places = _kept(line, filters, list(places), self._now)
        return [line.rows[place] for place in places]

    def _often_enough(self, leaf: Performed | MessageDone, rows: Iterable[int]) -> set[int]:
        how, times = (leaf.how, leaf.times) if isinstance(leaf, Performed) else ("at_least", leaf.times)
        if (how, times) == ("at_least", 1):
            return set(rows)
        often = {row for row, count in Counter(rows).items() if enough(how, times, count)}
        if enough(how, times, 0):
            return often | self._others(set(rows))
        return often


def _kept(line: Timeline, member: DataFilter | SameElement | DataGroup, places: list[int], now: int) -> list[int]:
    """Those of the places whose data meet the filter."""
    if isinstance(member, DataFilter):
        return line.columns[member.path].where(partial(holds, member.test, now=now), places)
    if isinstance(member, SameElement):
        return line.columns[member.path].where(partial(some_element, member.filters, now=now), places)
    if member.match == "any" and member.members:
        some: set[int] = set().union(*(_kept(line, one, places, now) for one in member.members))
        return [place for place in places if place in some]
    for one in member.members:
        places = _kept(line, one, places, now)
    return places


def _paths(member: DataFilter | SameElement | DataGroup) -> Iterator[PropertyPath]:
    if isinstance(member, DataGroup):
        for one in member.members:
            yield from _paths(one)
    else:
        yield member.path


def _cost(condition: Condition) -> int:
    return _COST[type(condition)]
