"""A segment's conditions as an outline of rows that can be edited: rows below each other, what is in a group further in.

An outline never changes; every edit gives another one, so that taking an edit back is going back to the one before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from cio_tui.segments.conditions import Group, Match
from cio_tui.tui.building.row_reading import Reading, read_rows
from cio_tui.tui.building.row_writing import rows_of
from cio_tui.tui.building.rows import Cell, Row, put


@dataclass(frozen=True)
class Edited:
    """An outline after an edit, and the row that it is about; -1 without any."""

    outline: "Outline"
    at: int


@dataclass(frozen=True)
class Outline:
    """Rows, and how the outermost of them combine. A row stands in the nearest one above that is one step less deep."""

    match: Match = "all"
    rows: tuple[Row, ...] = ()

    @classmethod
    def of(cls, condition: Group) -> "Outline":
        """The outline of a segment's conditions."""
        return cls(condition.match, tuple(row for member in condition.members for row in rows_of(member, 0)))

    @cached_property
    def reading(self) -> Reading:
        """The conditions that the rows say, and what is wrong with rows."""
        return read_rows(self.match, self.rows)

    @property
    def condition(self) -> Group:
        """The conditions that can be read."""
        return self.reading.condition

    def end(self, at: int) -> int:
        """The place after a row and all that is in it."""
        depth = self.rows[at].depth
        return next((place for place in range(at + 1, len(self.rows)) if self.rows[place].depth <= depth), len(self.rows))

    def is_parent(self, at: int) -> bool:
        """Whether rows are in a row."""
        return at + 1 < len(self.rows) and self.rows[at + 1].depth > self.rows[at].depth

    def parent(self, at: int) -> int | None:
        """The row in which a row stands."""
        depth = self.rows[at].depth
        return next((place for place in range(at - 1, -1, -1) if self.rows[place].depth < depth), None)

    def owner(self, at: int) -> int:
        """The condition to which a row belongs: itself, or the one whose data it filters."""
        while self.rows[at].is_filter:
            at = self.parent(at) or 0
        return at

    def put(self, at: int, cell: Cell, text: str) -> "Outline | None":
        """Another text in a cell; None when the cell cannot have it. What the new row cannot hold any more is gone."""
        row = put(self.rows[at], cell, text)
        parent = self.parent(at)
        if row is None or (parent is not None and not self.rows[parent].can_hold(row)):
            return None
        end = self.end(at)
        inside = self.rows[at + 1 : end]
        if row.kind != self.rows[at].kind and not all(row.can_hold(one) for one in inside if one.depth == row.depth + 1):
            inside = ()
        return self._with((*self.rows[:at], row, *inside, *self.rows[end:]))

    def _with(self, rows: Iterable[Row]) -> "Outline":
        return Outline(self.match, tuple(rows))

    def _insert(self, at: int, row: Row) -> Edited:
        return Edited(self._with((*self.rows[:at], row, *self.rows[at:])), at)

    def add(self, at: int) -> Edited:
        """A new condition: below the one of a row, or at the end of a group."""
        if not 0 <= at < len(self.rows):
            return self._insert(len(self.rows), Row("attribute"))
        owner = self.owner(at)
        row = self.rows[owner]
        return self._insert(self.end(owner), Row("attribute", row.depth + (row.kind == "group")))

    def add_where(self, at: int) -> Edited | None:
        """A new where-row: of an occurrence, below another one, or in a group of them; None where there can be none."""
        if not 0 <= at < len(self.rows):
            return None
        row = self.rows[at]
        if row.is_occurrence or row.kind in ("where_group", "same_element"):
            return self._insert(self.end(at), Row("where", row.depth + 1))
        return self._insert(at + 1, Row("where", row.depth)) if row.kind == "where" else None

    def group(self, at: int) -> Edited | None:
        """Put a row into a group of its own; an empty group where there is no row. None where there can be no group."""
        if not 0 <= at < len(self.rows):
            return self._insert(len(self.rows), Row("group", match="any"))
        row, parent = self.rows[at], self.parent(at)
        group = Row("where_group" if row.is_filter else "group", row.depth, match="any")
        if parent is not None and not self.rows[parent].can_hold(group):
            return None
        return Edited(self._shifted(at, at, 1, before=(group,)), at)

    def delete(self, at: int) -> Edited:
        """Take a row away, and all that is in it."""
        rows = (*self.rows[:at], *self.rows[self.end(at) :])
        return Edited(self._with(rows), min(at, len(rows) - 1))

    def move(self, at: int, step: int) -> Edited | None:
        """Move a row one place down or up, into and out of groups on the way; None where it cannot go."""
        return self._down(at) if step > 0 else self._up(at)

    def _shifted(self, at: int, to: int, deeper: int, *, before: tuple[Row, ...] = ()) -> "Outline":
        """The rows with one and what is in it at another place, counted in what is left without them."""
        end = self.end(at)
        moved = tuple(replace(row, depth=row.depth + deeper) for row in self.rows[at:end])
        rest = (*self.rows[:at], *self.rows[end:])
        return self._with((*rest[:to], *before, *moved, *rest[to:]))

    def _down(self, at: int) -> Edited | None:
        row, end = self.rows[at], self.end(at)
        if end < len(self.rows) and self.rows[end].depth == row.depth:
            if self.rows[end].holds_rows and self.rows[end].can_hold(row):
                return Edited(self._shifted(at, at + 1, 1), at + 1)
            to = at + self.end(end) - end
            return Edited(self._shifted(at, to, 0), to)
        return Edited(self._shifted(at, at, -1), at) if self._can_leave(at) else None

    def _up(self, at: int) -> Edited | None:
        row = self.rows[at]
        if not at or self.rows[at - 1].depth < row.depth:
            parent = self.parent(at)
            return Edited(self._shifted(at, parent, -1), parent) if parent is not None and self._can_leave(at) else None
        before = next(place for place in range(at - 1, -1, -1) if self.rows[place].depth == row.depth)
        if self.rows[before].holds_rows and self.rows[before].can_hold(row):
            return Edited(self._shifted(at, at, 1), at)
        return Edited(self._shifted(at, before, 0), before)

    def _can_leave(self, at: int) -> bool:
        """A row can leave the group it is in; where-rows stay with their condition."""
        parent = self.parent(at)
        return parent is not None and self.rows[parent].holds_rows
