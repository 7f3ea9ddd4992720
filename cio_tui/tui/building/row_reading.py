"""The conditions that rows say. Rows that cannot be read yet are told of and left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from cio_tui.model.paths import PathError, PropertyPath
from cio_tui.segments.conditions import (
    OCCURRENCE_TYPES,
    AttributeIs,
    Condition,
    DataFilter,
    DataGroup,
    DeviceIs,
    ElementFilter,
    Group,
    InSegment,
    Leaf,
    Match,
    MessageDone,
    Performed,
    Place,
    SameElement,
)
from cio_tui.tui.building.cell_text import CellError, read_frame, read_segment, read_test, read_times
from cio_tui.tui.building.rows import Cell, Row


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with a cell of a row."""

    row: int
    cell: Cell
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What rows say: the conditions, where the condition of each row stands in them, and what is wrong, from top to bottom."""

    condition: Group
    places: tuple[Place | None, ...]
    problems: tuple[CellProblem, ...]

    def problem(self, row: int) -> CellProblem | None:
        """What is wrong with a row."""
        return next((problem for problem in self.problems if problem.row == row), None)


def read_rows(match: Match, rows: Sequence[Row]) -> Reading:
    """Read rows, whose outermost ones combine so."""
    reader = _Reader(rows)
    members = reader.conditions(0, len(rows), ())
    return Reading(Group(match, members), tuple(reader.places), tuple(sorted(reader.problems, key=lambda one: one.row)))


class _Reader:
    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self.places: list[Place | None] = [None] * len(rows)
        self.problems: list[CellProblem] = []

    def _outermost(self, start: int, stop: int) -> list[tuple[int, int]]:
        """The rows between two places that are in none of the others, each with the place after what is in it."""
        depth = self._rows[start].depth if start < stop else 0
        starts = [place for place in range(start, stop) if self._rows[place].depth <= depth]
        return list(zip(starts, [*starts[1:], stop], strict=False))

    def conditions(self, start: int, stop: int, place: Place) -> tuple[Condition, ...]:
        found: list[Condition] = []
        for at, end in self._outermost(start, stop):
            here = (*place, len(found))
            row = self._rows[at]
            if row.kind == "group":
                self.places[at] = here
                found.append(Group(row.match, self.conditions(at + 1, end, here)))
                continue
            leaf = self._leaf(at, end)
            if leaf is not None:
                self.places[at] = here
                found.append(leaf)
        return tuple(found)

    def _leaf(self, at: int, end: int) -> Leaf | None:
        row = self._rows[at]
        filters = self._filters(at + 1, end) if row.is_occurrence else ()
        try:
            return _leaf_of(row, filters)
        except CellError as error:
            self._note(at, error)
            return None

    def _note(self, at: int, error: CellError) -> None:
        cell: Cell = error.cell  # type: ignore[assignment]  # every CellError names a cell
        self.problems.append(CellProblem(at, cell, error.message))

    def _filters(self, start: int, stop: int) -> tuple[DataFilter | SameElement | DataGroup, ...]:
        found: list[DataFilter | SameElement | DataGroup] = []
        for at, end in self._outermost(start, stop):
            row = self._rows[at]
            try:
                if row.kind == "where_group":
                    found.append(DataGroup("any" if row.match == "any" else "all", self._filters(at + 1, end)))
                elif row.kind == "same_element":
                    elements = self._elements(at + 1, end)
                    found.append(SameElement(_path(row), elements))
                else:
                    found.append(DataFilter(_path(row), read_test(row.operator, row.value, row.second)))
            except CellError as error:
                self._note(at, error)
        return tuple(found)

    def _elements(self, start: int, stop: int) -> tuple[ElementFilter, ...]:
        found = []
        for at, _ in self._outermost(start, stop):
            row = self._rows[at]
            try:
                path = _path(row) if row.subject else None
                found.append(ElementFilter(path, read_test(row.operator, row.value, row.second)))
            except CellError as error:
                self._note(at, error)
        return tuple(found)


def _leaf_of(row: Row, filters: tuple[DataFilter | SameElement | DataGroup, ...]) -> Leaf:
    if row.kind in ("attribute", "device"):
        path, test = _path(row), read_test(row.operator, row.value, row.second)
        return AttributeIs(path, test) if row.kind == "attribute" else DeviceIs(path, test)
    if row.kind == "segment":
        return InSegment(read_segment(row.subject), row.inverse)
    name = _name(row)
    how, times = read_times(row.count)
    frame = read_frame(row.frame)
    if row.kind == "message":
        if how != "at_least":
            raise CellError("count", "messages are counted by at least only")
        return MessageDone(name, row.named, times, frame, row.inverse)
    group = DataGroup("any" if row.match == "any" else "all", filters)
    kind = next(kind for kind in OCCURRENCE_TYPES if kind == row.kind)
    return Performed(name, kind, group, times, how, frame, row.inverse)


def _name(row: Row) -> str:
    if not row.subject.strip():
        raise CellError("subject", "a name is missing")
    return row.subject


def _path(row: Row) -> PropertyPath:
    if not row.subject:
        raise CellError("subject", "a name is missing")
    try:
        return PropertyPath.parse(row.subject)
    except PathError as error:
        raise CellError("subject", f"{error.message}; {error.hint}" if error.hint else error.message) from None
