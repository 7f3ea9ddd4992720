"""What the workspace has received, kept as it arrives: events, their properties, and people's attributes (domain.md 5).

Counts are of everything ever received: purging an event does not take it from `count`, it adds to `purged`. Instants are of
arrival, not of an event's own timestamp.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from cio_tui.model.activity import Activity
from cio_tui.model.json_values import kind_of
from cio_tui.model.paths import flatten
from cio_tui.store import Database
from cio_tui.store.tallies import EXAMPLES, Tallies
from cio_tui.workspace.facts import AttributesChanged, EventPurged, EventReceived, Fact

EXAMPLE_LENGTH: Final = 100
PATHS_PER_EVENT: Final = 200
"""Only so many paths of one event are counted: an object used as a map must not swamp the index."""

Key = tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """What one command adds to one row."""

    sums: list[int] = field(default_factory=lambda: [0, 0])
    first: int | None = None
    last: int | None = None
    examples: list[Any] = field(default_factory=list)

    def seen(self, at: int, value: Any = None) -> None:
        """Widen the span, and keep the value as an example while there is room."""
        if at != self.last:
            self.first = at if self.first is None else min(at, self.first)
            self.last = at if self.last is None else max(at, self.last)
        if value is not None and len(self.examples) < EXAMPLES and not (type(value) is str and value in self.examples):
            example = example_of(value)
            if example is not None and (type(example), example) not in ((type(one), one) for one in self.examples):
                self.examples.append(example)


class FlatEvents:
    """Events of one name and arrival whose data is text at the top and nothing else, as most imports bring them: counted by
    the keys that they have, and looked into only while a key has too few examples. `tally_of` gives the tally of a key.
    """

    def __init__(self, tally_of: Callable[[str], Tally], at: int) -> None:
        self._tally_of = tally_of
        self._at = at
        self._shapes: Counter[tuple[str, ...]] = Counter()
        self._tallies: dict[str, Tally] = {}
        self._open: dict[str, Tally] = {}
        self._full = False

    def see(self, keys: tuple[str, ...], data: dict[str, str]) -> None:
        """Take the data of an event in, with its keys."""
        if keys not in self._shapes:
            for key in keys:
                if key not in self._tallies:
                    self._tallies[key] = self._open[key] = self._tally_of(key)
                    self._tallies[key].seen(self._at)
        self._shapes[keys] += 1
        for key, tally in self._open.items():
            value = data.get(key)
            if value is not None and value not in tally.examples:
                tally.seen(self._at, value)
                self._full |= len(tally.examples) >= EXAMPLES
        if self._full:
            self._open = {key: tally for key, tally in self._open.items() if len(tally.examples) < EXAMPLES}
            self._full = False

    def settle(self) -> None:
        """Add what was counted to the tallies."""
        for keys, count in self._shapes.items():
            for key in keys:
                self._tallies[key].sums[0] += count


class DataIndex:
    """Gathers a command's facts, and writes them at its end: a slice of an import touches each row once."""

    def __init__(self, database: Database) -> None:
        storage = database.storage
        self._tables = (
            Tallies(storage, "event_index", ("type", "name"), ("count", "purged")),
            Tallies(storage, "property_index", ("type", "name", "path", "kind"), ("count", "purged")),
            Tallies(storage, "attribute_index", ("name", "kind"), ("people", "count")),
        )
        self._events: dict[Key, Tally] = defaultdict(Tally)
        self._properties: dict[Key, Tally] = defaultdict(Tally)
        self._attributes: dict[Key, Tally] = defaultdict(Tally)
        self._flat: dict[tuple[tuple[str, str], int], FlatEvents] = {}

    def hear(self, fact: Fact, now: int) -> None:
        """Take a fact in."""
        if isinstance(fact, EventReceived):
            one = fact.activity
            self.received(one.type, one.name or "", one.data, one.received_at)
        elif isinstance(fact, EventPurged):
            self._purged(fact.activity)
        elif isinstance(fact, AttributesChanged):
            self._count_attributes(fact, now)

    def received(self, event_type: str, name: str, data: dict[str, Any], at: int) -> None:
        """Count an event that arrived at an instant."""
        key = (event_type, name)
        if is_flat_text(data):
            self.received_flat(key, tuple(data), data, at)
            return
        self._count(key, at)
        for path, kind, value in properties(data):
            tally = self._properties[(*key, path, kind)]
            tally.sums[0] += 1
            tally.seen(at, value)

    def received_flat(self, event: tuple[str, str], keys: tuple[str, ...], data: dict[str, str], at: int) -> None:
        """`received`, for data that `is_flat_text`; `event` is its type and name."""
        self._count(event, at)
        flat = self._flat.get((event, at))
        if flat is None:
            flat = self._flat[event, at] = FlatEvents(partial(self._tally_of, event), at)
        flat.see(keys, data)

    def _count(self, event: tuple[str, str], at: int) -> None:
        tally = self._events[event]
        tally.sums[0] += 1
        if at != tally.last:
            tally.seen(at)

    def _purged(self, activity: Activity) -> None:
        key = (activity.type, activity.name or "")
        for tally in (self._events[key], *(self._properties[(*key, path, kind)] for path, kind, _ in properties(activity.data))):
            tally.sums[1] += 1
            tally.seen(activity.received_at)

    def _tally_of(self, event: tuple[str, str], key: str) -> Tally:
        [(path, kind, _)] = properties({key: ""})
        return self._properties[(*event, path, kind)]

    def _count_attributes(self, fact: AttributesChanged, now: int) -> None:
        for name, value in fact.before.items():
            self._attributes[name, kind_of(value)].sums[0] -= 1
        for name, value in fact.after.items():
            tally = self._attributes[name, kind_of(value)]
            tally.sums[0] += 1
            tally.sums[1] += 1
            tally.seen(now, value)

    def write(self) -> None:
        """Add what was gathered to the tables."""
        for flat in self._flat.values():
            flat.settle()
        self._flat.clear()
        for table, gathered in zip(self._tables, (self._events, self._properties, self._attributes), strict=True):
            for key, tally in gathered.items():
                table.add(key, tuple(tally.sums), tally.first, tally.last, tally.examples)
            gathered.clear()


def is_flat_text(data: dict[str, Any], *, ascii_only: bool = False) -> bool:
    """Whether all that is in the data is text, and none of it nested; with `ascii_only` whether it is plain ASCII besides."""
    if len(data) > PATHS_PER_EVENT:
        return False
    try:
        text = "".join(data.values())
    except TypeError:
        return False
    return not ascii_only or text.isascii()


def properties(data: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """Path, kind and one value of everything in an event's data; a path with one kind stands once, however long its array."""
    found: dict[tuple[str, str], Any] = {}
    for path, value in flatten(data):
        found.setdefault((path, kind_of(value)), value)
        if len(found) >= PATHS_PER_EVENT:
            break
    return [(path, kind, value) for (path, kind), value in found.items()]


def example_of(value: Any) -> Any:
    """A value to show as an example: scalars only, long texts cut."""
    if isinstance(value, str):
        return value if len(value) <= EXAMPLE_LENGTH else value[: EXAMPLE_LENGTH - 1] + "…"
    return None if isinstance(value, (dict, list)) else value
