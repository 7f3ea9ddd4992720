"""Lists without a screen: what a table shows, row by row, and how it is found.

A `Rows` is a finished list: it knows how many rows there are, what each shows, and what each is called. It is made by a loader in
a worker, in one go or growing; the table only ever asks for the rows that are in sight.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final, Generic, Protocol, TypeVar

DIMMED: Final = "dimmed"
FAILED: Final = "failed"
PENDING: Final = "pending"
PAGE: Final = 64
KEPT_PAGES: Final = 32


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, its width in cells, how numbers stand, and whether it can be sorted by.

    Columns of width 0 share what is left, by their `weight`. Tables narrower than `least` cells leave the column out, unless a
    person chose it.
    """

    name: str
    width: int
    right: bool = False
    sortable: bool = True
    weight: int = 1
    least: int = 0


@dataclass(frozen=True, slots=True)
class ShownRow:
    """What a row shows: a text for each column, and a style name of the table (`DIMMED`, `FAILED`, `PENDING` or none)."""

    cells: tuple[str, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column, and which way."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What a list is to show: the filter line, whether it is on, the order, and the view's own switch."""

    line: str = ""
    filtering: bool = True
    sort: Sort | None = None
    who: str = "all"
    beyond: bool = False

    @property
    def filter(self) -> str:
        """The filter line that applies now."""
        return self.line if self.filtering else ""

    def sorted_by(self, column: str) -> "Question":
        """Sorted by a column; by the same one again, the other way round."""
        again = self.sort is not None and self.sort.column == column
        return replace(self, sort=Sort(column, descending=not self.sort.descending if again and self.sort else True))


class Rows(Protocol):
    """A finished list."""

    def __len__(self) -> int: ...

    def show(self, place: int) -> ShownRow:
        """What the row at a place shows."""

    def key(self, place: int) -> str:
        """What the row at a place is called, whatever place it has."""

    def place(self, key: str) -> int | None:
        """Where a row is."""


Cancelled = Callable[[], bool]
Progress = Callable[[Callable[[], Rows]], None]
"""Told while a list grows how to make the rows so far: that costs something, and they are not always wanted."""


Item = TypeVar("Item")


class HeldRows(Generic[Item]):
    """A short list, held whole."""

    def __init__(self, items: Sequence[Item], key: Callable[[Item], str], show: Callable[[Item], ShownRow]) -> None:
        self.items = items
        self._show = show
        self._keys = [key(item) for item in items]
        self._places = {name: place for place, name in enumerate(self._keys)}

    def __len__(self) -> int:
        return len(self.items)

    def show(self, place: int) -> ShownRow:
        """What the row at a place shows."""
        return self._show(self.items[place])

    def key(self, place: int) -> str:
        """What the row at a place is called."""
        return self._keys[place]

    def place(self, key: str) -> int | None:
        """Where a row is."""
        return self._places.get(key)


class FetchedRows:
    """A long list: only the row ids are held; rows in sight are fetched in pages and remembered for a while."""

    def __init__(
        self,
        ids: Sequence[int],
        fetch: Callable[[Sequence[int]], Sequence[tuple[str, ShownRow]]],
        locate: Callable[[str], int | None],
    ) -> None:
        self.ids = ids
        self._fetch = fetch
        self._locate = locate
        self._pages: OrderedDict[int, Sequence[tuple[str, ShownRow]]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.ids)

    def _row(self, place: int) -> tuple[str, ShownRow]:
        number, offset = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._fetch(self.ids[number * PAGE : (number + 1) * PAGE])
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        return page[offset]

    def show(self, place: int) -> ShownRow:
        """What the row at a place shows."""
        return self._row(place)[1]

    def each(self) -> Iterator[ShownRow]:
        """All rows, page by page, none remembered: for another thread than the table's."""
        for start in range(0, len(self.ids), PAGE):
            yield from (row for _, row in self._fetch(self.ids[start : start + PAGE]))

    def key(self, place: int) -> str:
        """What the row at a place is called."""
        return self._row(place)[0]

    def place(self, key: str) -> int | None:
        """Where a row is: found by its id, then by looking through the ids."""
        row = self._locate(key)
        if row is None:
            return None
        try:
            return self.ids.index(row)
        except ValueError:
            return None


class MarkedRows:
    """Only those rows of a list that are marked."""

    def __init__(self, rows: Rows, marks: Set[str]) -> None:
        self._rows = rows
        found = ((mark, rows.place(mark)) for mark in marks)
        places = sorted((place, mark) for mark, place in found if place is not None)
        self._places = [place for place, _ in places]
        self._keys = {mark: index for index, (_, mark) in enumerate(places)}

    def __len__(self) -> int:
        return len(self._places)

    def show(self, place: int) -> ShownRow:
        """What the row at a place shows."""
        return self._rows.show(self._places[place])

    def key(self, place: int) -> str:
        """What the row at a place is called."""
        return self._rows.key(self._places[place])

    def place(self, key: str) -> int | None:
        """Where a row is."""
        return self._keys.get(key)


NO_ROWS: Final[Rows] = HeldRows[str]((), str, lambda _: ShownRow(()))
