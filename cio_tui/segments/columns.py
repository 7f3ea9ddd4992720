"""What paths find in everybody's attributes and in the data of what everybody did, kept as columns while nothing is written.

A column holds a code for each person or occurrence and each different finding once, as JSON: a predicate then decides once for
each different finding. An occurrence costs 16 bytes and 4 for each path, a finding its JSON and some 90 bytes.
"""

import sys
import threading
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from cio_tui.model.activity import ATTRIBUTE_CHANGE, EVENT_TYPES
from cio_tui.model.paths import PropertyPath
from cio_tui.segments.conditions import Frame
from cio_tui.segments.prepared import finder, span
from cio_tui.segments.stored_facts import attributes_of, change_of, devices_of
from cio_tui.store.segment_queries import SegmentQueries

_LOOK: Final = 2000
_FOREVER: Final = 2**62


class Cancelled(Exception):
    """Whoever asked for people no longer wants them."""


class Column:
    """For each place a code, and for each code a finding."""

    def __init__(self) -> None:
        self.codes: array[int] = array("I")
        self._findings: list[bytes] = []
        self._known: dict[bytes, int] = {}

    def add(self, values: list[Any]) -> None:
        """The finding of the next place."""
        text = orjson.dumps(values)
        code = self._known.get(text)
        if code is None:
            text = bytes(memoryview(text))  # orjson's own answer keeps a buffer of 4 KB
            code = self._known[text] = len(self._findings)
            self._findings.append(text)
        self.codes.append(code)

    def where(self, holds: Callable[[list[Any]], bool], places: Iterable[int]) -> list[int]:
        """Those of the places whose findings the predicate holds for."""
        codes, verdicts = self.codes, [None] * len(self._findings)
        found, kept = self._findings, []
        for place in places:
            code = codes[place]
            verdict: bool | None = verdicts[code]
            if verdict is None:
                verdict = verdicts[code] = holds(orjson.loads(found[code]))  # type: ignore[call-overload]
            if verdict:
                kept.append(place)
        return kept

    def size(self) -> int:
        """Bytes of memory, about."""
        return self.codes.itemsize * len(self.codes) + sum(map(sys.getsizeof, self._findings)) + sys.getsizeof(self._known)


@dataclass(slots=True)
class Timeline:
    """What people did of one type and name since an instant, oldest first: whose each was, when, and columns of its data."""

    since: int | None
    rows: "array[int]" = field(default_factory=lambda: array("q"))
    timestamps: "array[int]" = field(default_factory=lambda: array("q"))
    columns: dict[PropertyPath, Column] = field(default_factory=dict)

    def places(self, frame: Frame, now: int) -> range:
        """Where the occurrences of a frame stand."""
        since, until = span(frame, now)
        first = 0 if since is None else bisect_left(self.timestamps, since)
        return range(first, max(first, bisect_right(self.timestamps, until)))


class Columns:
    """The columns of one workspace, made when they are asked for and dropped when something was written.

    What another thread made is made anew, for only the thread that read knows if that is still true.
    """

    def __init__(self, queries: SegmentQueries) -> None:
        self._turn = threading.RLock()
        self._queries = queries
        self._revision: tuple[int, ...] = ()
        self._cancelled: Callable[[], bool] = lambda: False
        self._forget()

    def _forget(self) -> None:
        self.row_of: dict[str, int] = {}
        self.people: array[int] = array("q")
        self.everyone: set[int] = set()
        self._attributes: dict[PropertyPath, Column] = {}
        self._timelines: dict[tuple[str, str], Timeline] = {}

    @contextmanager
    def asked(self, cancelled: Callable[[], bool]) -> Iterator[None]:
        """In the body, one thread at a time, the columns are true and belong to one state of the workspace.

        `cancelled` is asked every some thousand rows that are read, and so is that of a body around this one.
        """
        with self._turn, self._queries.snapshot():
            outer = self._cancelled
            self._cancelled = lambda: outer() or cancelled()
            try:
                self._refresh()
                yield
            finally:
                self._cancelled = outer

    def _refresh(self) -> None:
        revision = self._queries.revision()
        if revision != self._revision:
            self._forget()
            self.row_of = dict(self._queries.people())
            self.people = array("q", self.row_of.values())
            self.everyone = set(self.people)
            self._revision = revision

    def attributes(self, paths: Iterable[PropertyPath]) -> dict[PropertyPath, Column]:
        """What the paths find in the attributes of each of `people`, in their order."""
        fresh = {path: Column() for path in paths if path not in self._attributes}
        if fresh:
            adding = [(finder(path), column.add) for path, column in fresh.items()]
            for _, document in self._looked(self._queries.profiles()):
                attributes = attributes_of(document)
                for find, add in adding:
                    add(find(attributes))
            self._attributes |= fresh
        return self._attributes

    def devices(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """The rows and devices of those who may have one."""
        for row, document in self._looked(self._queries.with_devices()):
            yield row, devices_of(document)

    def timeline(self, kind: str, name: str, since: int | None, paths: Iterable[PropertyPath]) -> Timeline:
        """What people did of a type and name from an instant on or earlier, with columns for these paths at least."""
        line = self._timelines.get((kind, name))
        wanted = set(paths)
        known = set() if line is None else line.columns.keys()
        if line is None or not _reaches(line.since, since):
            line = Timeline(since)
            self._fill(line, kind, name, wanted | known)
            self._timelines[kind, name] = line
        elif wanted - known:
            again = Timeline(line.since)
            self._fill(again, kind, name, wanted - known)
            line.columns |= again.columns
        return line

    def _fill(self, line: Timeline, kind: str, name: str, paths: set[PropertyPath]) -> None:
        line.columns = {path: Column() for path in paths}
        adding = [(finder(path), column.add) for path, column in line.columns.items()]
        row_of = self.row_of
        for person, timestamp, doc in self._looked(self._occurrences(kind, name, line.since, with_data=bool(paths))):
            row = row_of.get(person)
            if row is None:
                continue
            if doc is not None:
                data = orjson.loads(doc)["data"]
                told = change_of(data, name) if kind == ATTRIBUTE_CHANGE else data
                if told is None:
                    continue
                for find, add in adding:
                    add(find(told))
            line.rows.append(row)
            line.timestamps.append(timestamp)

    def _occurrences(self, kind: str, name: str, since: int | None, *, with_data: bool) -> Iterator[tuple[str, int, str | None]]:
        if kind == ATTRIBUTE_CHANGE:
            return self._queries.attribute_changes(name, since, _FOREVER)
        if kind in EVENT_TYPES and not name:
            return iter(())
        return self._queries.occurrences(kind, name, since, _FOREVER, documents=with_data)

    def _looked(self, rows: Iterator[Any]) -> Iterator[Any]:
        for seen, row in enumerate(rows):
            if seen % _LOOK == 0 and self._cancelled():
                raise Cancelled
            yield row

    def size(self) -> int:
        """Bytes of memory that the columns take, about; without `row_of`."""
        lines = self._timelines.values()
        columns = [*self._attributes.values(), *(column for line in lines for column in line.columns.values())]
        return sum(column.size() for column in columns) + sum(16 * len(line.rows) for line in lines)


def _reaches(known: int | None, wanted: int | None) -> bool:
    return known is None or (wanted is not None and known <= wanted)
