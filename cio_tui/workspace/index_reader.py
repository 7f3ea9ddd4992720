"""Reading the data index: what arrived, how often, with which properties, and what looks like a slip (domain.md 5)."""

from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz, process
from tinydb import where

from cio_tui import filters
from cio_tui.model.errors import InputError
from cio_tui.workspace.engine import Engine

ALIKE: Final = 85.0
"""From this likeness (0 to 100, of letters and digits alone) two names are pointed out as near duplicates."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event of the index. `drifting` counts paths that came with more than one kind of value; instants are of arrival."""

    name: str
    type: str
    count: int
    first_received: int
    last_received: int
    properties: int
    drifting: int
    near: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The row's fields by name."""
        return {name: getattr(self, name) for name in EVENT_COLUMNS} | {"near": list(self.near)}


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """One attribute of the index. `kinds` says how many people have it as which kind of value."""

    name: str
    people: int
    count: int
    first_received: int
    last_received: int
    kinds: dict[str, int]
    examples: tuple[Any, ...]
    near: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The row's fields by name."""
        return {name: getattr(self, name) for name in ATTRIBUTE_COLUMNS} | {
            "examples": list(self.examples),
            "near": list(self.near),
        }


EVENT_COLUMNS: Final = ("name", "type", "count", "first_received", "last_received", "properties", "drifting", "near")
ATTRIBUTE_COLUMNS: Final = ("name", "people", "count", "first_received", "last_received", "kinds", "examples", "near")


@dataclass(frozen=True, slots=True)
class PropertyRow:
    """One path of an event with one kind of value. `share` is of all arrivals of the event; the commonest kind stands first."""

    path: str
    kind: str
    count: int
    share: float
    examples: tuple[Any, ...]
    first_received: int
    last_received: int

    def to_json(self) -> dict[str, Any]:
        """The row's fields by name."""
        return {
            "path": self.path,
            "kind": self.kind,
            "count": self.count,
            "share": round(self.share, 4),
            "examples": list(self.examples),
            "first_received": self.first_received,
            "last_received": self.last_received,
        }


class IndexReader:
    """The data index of one workspace."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        documents = engine.database.documents
        self._events, self._properties, self._attributes = (
            documents(name) for name in ("event_index", "property_index", "attribute_index")
        )

    def events(self, text: str = "") -> list[EventRow]:
        """Events that a filter line matches, by name. Raises FilterError."""
        shapes = self._shapes()
        names = sorted({document["name"] for document in self._events})
        near = near_duplicates(names)
        rows = []
        for document in self._matching(self._events.all(), text, "events"):
            properties, drifting = shapes.get((document["type"], document["name"]), (0, 0))
            rows.append(
                EventRow(
                    document["name"],
                    document["type"],
                    document["count"],
                    document["first_received"],
                    document["last_received"],
                    properties,
                    drifting,
                    near.get(document["name"], ()),
                )
            )
        return sorted(rows, key=lambda row: (row.name.lower(), row.name, row.type))

    def _shapes(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Per event: how many paths, and how many of them with more than one kind beside null."""
        kinds: dict[tuple[str, str], dict[str, set[str]]] = {}
        for document in self._properties:
            paths = kinds.setdefault((document["type"], document["name"]), {})
            paths.setdefault(document["path"], set()).add(document["kind"])
        return {key: (len(paths), sum(len(found - {"null"}) > 1 for found in paths.values())) for key, paths in kinds.items()}

    def properties(self, name: str, event_type: str | None = None) -> list[PropertyRow]:
        """What an event's data holds, by path, the commonest kind first. Raises InputError for an event that never came."""
        event_type, total = self._event(name, event_type)
        found = self._properties.search((where("name") == name) & (where("type") == event_type))
        rows = [
            PropertyRow(
                one["path"],
                one["kind"],
                one["count"],
                one["count"] / total,
                tuple(one.get("examples", ())),
                one["first_received"],
                one["last_received"],
            )
            for one in found
        ]
        return sorted(rows, key=lambda row: (row.path, -row.count, row.kind))

    def per_day(self, name: str, event_type: str | None = None) -> list[tuple[int, int]]:
        """Counts by UTC day of the events' timestamps: the day's first second, and how many."""
        event_type, _ = self._event(name, event_type)
        return self._engine.queries.per_day(event_type, name)

    def _event(self, name: str, event_type: str | None) -> tuple[str, int]:
        found = self._events.search(where("name") == name)
        chosen = [one for one in found if event_type in (None, one["type"])]
        if not chosen:
            known = [document["name"] for document in self._events]
            nearest = [text for text, *_ in process.extract(name, known, limit=3, score_cutoff=60)]
            raise InputError(
                f"no event {name!r} was ever received",
                hint=f"nearest: {', '.join(nearest)}" if nearest else "`cio-tui index events`",
            )
        commonest = max(chosen, key=lambda one: int(one["count"]))
        return commonest["type"], commonest["count"]

    def attributes(self, text: str = "") -> list[AttributeRow]:
        """Attributes that a filter line matches, by name. Raises FilterError."""
        gathered: dict[str, list[dict[str, Any]]] = {}
        for document in self._attributes:
            gathered.setdefault(document["name"], []).append(document)
        near = near_duplicates(sorted(gathered))
        rows = [_attribute_row(name, parts, near.get(name, ())) for name, parts in gathered.items()]
        documents = [{"name": row.name, "people": row.people, "last_received": row.last_received, "row": row} for row in rows]
        kept = [document["row"] for document in self._matching(documents, text, "attributes")]
        return sorted(kept, key=lambda row: (row.name.lower(), row.name))

    def _matching(self, documents: Any, text: str, list_name: filters.ListName) -> Any:
        context = filters.FilterContext(now=self._engine.now(), people=lambda _: [])
        condition = filters.parse(text, list_name).compile(context)
        return [document for document in documents if condition is None or condition(document)]


def _attribute_row(name: str, parts: list[dict[str, Any]], near: tuple[str, ...]) -> AttributeRow:
    examples = [example for part in parts for example in part.get("examples", ())]
    return AttributeRow(
        name,
        people=sum(part["people"] for part in parts),
        count=sum(part["count"] for part in parts),
        first_received=min(part["first_received"] for part in parts),
        last_received=max(part["last_received"] for part in parts),
        kinds={part["kind"]: part["people"] for part in parts if part["people"]},
        examples=tuple(examples[:5]),
        near=near,
    )


def near_duplicates(names: list[str]) -> dict[str, tuple[str, ...]]:
    """For each name those that look like the same one spelt otherwise: `order_placed`, `Order Placed`, `orderplaced`.

    Names that differ only in digits (`step_1`, `step_2`) are not pointed out.
    """
    bare = {name: "".join(char for char in name.casefold() if char.isalnum()) for name in names}
    lettered = {name: "".join(char for char in text if not char.isdigit()) for name, text in bare.items()}
    near: dict[str, tuple[str, ...]] = {}
    for name in names:
        found = process.extract(bare[name], bare, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=6) if bare[name] else []
        same = [
            other for _, _, other in found if other != name and (bare[other] == bare[name] or lettered[other] != lettered[name])
        ]
        if same:
            near[name] = tuple(sorted(same))
    return near
