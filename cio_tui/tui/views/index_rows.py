"""The rows of the data index: what they show, how they are ordered, what can be copied of them."""

import shlex
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Literal

from cio_tui import filters
from cio_tui.model.errors import InputError
from cio_tui.model.instants import format_instant
from cio_tui.model.json_values import dumps
from cio_tui.model.name_search import escape
from cio_tui.model.paths import liquid_path, spell
from cio_tui.tui.rows import Column, HeldRows, Rows, ShownRow, Sort
from cio_tui.tui.text import visible
from cio_tui.workspace import Workspace
from cio_tui.workspace.index_reader import AttributeRow, EventRow

Kind = Literal["events", "attributes"]
COLUMNS: Final[dict[Kind, tuple[Column, ...]]] = {
    "events": (
        Column("name", 0),
        Column("type", 6, least=70),
        Column("count", 6, right=True),
        Column("received", 11),
        Column("props", 5, right=True, least=70),
        Column("drift", 5),
        Column("like", 13),
    ),
    "attributes": (
        Column("name", 0),
        Column("people", 6, right=True),
        Column("kinds", 15),
        Column("received", 11, least=60),
        Column("like", 13),
    ),
}
_EVENT_ORDER: Final[dict[str, Callable[[EventRow], Any]]] = {
    "name": lambda row: (row.name.lower(), row.name),
    "type": lambda row: row.type,
    "count": lambda row: row.count,
    "received": lambda row: row.last_received,
    "props": lambda row: row.properties,
    "drift": lambda row: row.drifting,
    "like": lambda row: len(row.near),
}
_ATTRIBUTE_ORDER: Final[dict[str, Callable[[AttributeRow], Any]]] = {
    "name": lambda row: (row.name.lower(), row.name),
    "people": lambda row: row.people,
    "kinds": lambda row: (len(row.kinds), sorted(row.kinds)),
    "received": lambda row: row.last_received,
    "like": lambda row: len(row.near),
}


def index_rows(workspace: Workspace, kind: Kind, line: str, sort: Sort | None) -> Rows:
    """Events or attributes that a filter line matches, in order. Raises FilterError."""
    column, down = ("name", False) if sort is None else (sort.column, sort.descending)
    if kind == "attributes":
        attributes = workspace.index.attributes(line)
        attributes.sort(key=_ATTRIBUTE_ORDER.get(column, _ATTRIBUTE_ORDER["name"]), reverse=down)
        return HeldRows(attributes, lambda row: row.name, attribute_row)
    events = workspace.index.events(line)
    events.sort(key=_EVENT_ORDER.get(column, _EVENT_ORDER["name"]), reverse=down)
    return HeldRows(events, event_key, event_row)


def copies_of_event(row: EventRow, paths: Iterable[str]) -> list[tuple[str, str]]:
    """What can be copied of an event; `paths` are its properties."""
    dashes = "-- " if row.name.startswith("-") else ""
    command = f"cio-tui index event --type {row.type} {dashes}{shlex.quote(row.name)}"
    found = [("Name", row.name), ("JSON", dumps(row.to_json())), ("Command line", command), ("Filter for activity", line_of(row))]
    return found + _liquid("event", dict.fromkeys(paths))


def copies_of_attribute(row: AttributeRow) -> list[tuple[str, str]]:
    """What can be copied of an attribute."""
    line = line_of(row)
    command = f"cio-tui people {shlex.quote(line)}"
    found = [("Name", row.name), ("JSON", dumps(row.to_json())), ("Command line", command), ("Filter for people", line)]
    return found + _liquid("customer", [spell((row.name,))])


def line_of(row: EventRow | AttributeRow) -> str:
    """The filter that finds an event's activity, or the people who have an attribute."""
    if isinstance(row, AttributeRow):
        return filters.property_term("attr", spell((row.name,)))
    return f"name:{filters.quote(escape(row.name))}"


def _liquid(namespace: str, paths: Iterable[str]) -> list[tuple[str, str]]:
    written = []
    for path in paths:
        try:
            written.append((f"Liquid {path}", liquid_path(namespace, path)))
        except InputError:
            continue
    return written


def event_key(row: EventRow) -> str:
    """An event is called by its type and its name: a page may have an event's name."""
    return f"{row.type} {row.name}"


def event_row(row: EventRow) -> ShownRow:
    """The cells of an event."""
    drift = f"! {row.drifting}" if row.drifting else ""
    received = format_instant(row.last_received)[5:16]
    return ShownRow((visible(row.name), row.type, f"{row.count:,}", received, f"{row.properties:,}", drift, like(row.near)))


def attribute_row(row: AttributeRow) -> ShownRow:
    """The cells of an attribute."""
    kinds = ", ".join(visible(kind) for kind in row.kinds)
    drift = "! " if len(row.kinds) > 1 else ""
    received = format_instant(row.last_received)[5:16]
    return ShownRow((visible(row.name), f"{row.people:,}", f"{drift}{kinds}", received, like(row.near)))


def like(near: Sequence[str]) -> str:
    """Names that look alike."""
    return f"≈ {', '.join(map(visible, near))}" if near else ""
