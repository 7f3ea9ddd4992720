"""`index events`, `index attributes`, `index event NAME`."""

from collections.abc import Sequence

import click

from cio_tui.cli.activity import show_log
from cio_tui.cli.face import Face, moment, verb
from cio_tui.model.activity import EVENT_TYPES
from cio_tui.model.name_search import escape
from cio_tui.workspace.index_reader import AttributeRow, EventRow
from cio_tui.workspace.index_uses import Uses


@click.group("index")
def index_command() -> None:
    """The data index: every event and attribute that was ever received."""


@index_command.command("events")
@click.argument("line", metavar="[FILTER]", default="")
@verb
def index_events_command(face: Face, line: str) -> None:
    """Events: how often, when first and last, how many properties, kinds that differ, what uses them, names alike.

    FILTER is an event-name search: a term is part of the name, * stands for anything, a+b is both, a|b is a and not b, \\ takes
    the next character as it is.
    """
    with face.workspace() as workspace:
        rows, uses = workspace.index.events(line), Uses(workspace)
        if face.json:
            _lines(face, rows, uses)
            return
        shown = (
            (
                row.name,
                row.type,
                row.count,
                moment(row.first_received),
                moment(row.last_received),
                row.properties,
                row.drifting or "",
                uses.of(row).in_words(),
                _near(row.near),
            )
            for row in rows
        )
        columns = ("event", "type", "count", "first received", "last received", "properties", "drift", "used by", "like")
        face.table(columns, shown, "no events: `cio-tui send NAME --person REF` sends one")


@index_command.command("attributes")
@click.argument("line", metavar="[FILTER]", default="")
@verb
def index_attributes_command(face: Face, line: str) -> None:
    """Attributes: how many people have each, as which kinds of value, when first and last received, what uses them, examples."""
    with face.workspace() as workspace:
        rows, uses = workspace.index.attributes(line), Uses(workspace)
        if face.json:
            _lines(face, rows, uses)
            return
        shown = (
            (
                row.name,
                row.people,
                ", ".join(row.kinds),
                moment(row.first_received),
                moment(row.last_received),
                uses.of(row).in_words(),
                _near(row.near),
                list(row.examples),
            )
            for row in rows
        )
        columns = ("attribute", "people", "kinds", "first received", "last received", "used by", "like", "examples")
        face.table(columns, shown, "no attributes: `cio-tui identify REF -a name=value` sets one")


def _near(names: Sequence[str]) -> str:
    return f"! {', '.join(names)}" if names else ""


def _lines(face: Face, rows: Sequence[EventRow | AttributeRow], uses: Uses) -> None:
    for row in rows:
        users = uses.of(row)
        face.line({**row.to_json(), "messages": list(users.messages), "segments": list(users.segments)})


@index_command.command("event")
@click.argument("name")
@click.option("--type", "event_type", type=click.Choice(EVENT_TYPES), help="The commonest when left out.")
@click.option("--recent", default=10, show_default=True, help="How many of the latest to show.")
@verb
def index_event_command(face: Face, name: str, event_type: str | None, recent: int) -> None:
    """One event: its properties with the kinds and examples seen, and its recent activity."""
    from cio_tui import filters

    with face.workspace() as workspace:
        properties = workspace.index.properties(name, event_type)
        of_name = f"name:{filters.quote(escape(name))} type:{event_type or ','.join(EVENT_TYPES)}"
        entries = [entry for entry in workspace.log.page(of_name, limit=recent * 4).entries if entry.activity.name == name][
            :recent
        ]
        if face.json:
            shape = {"name": name, "properties": [row.to_json() for row in properties]}
            face.line({**shape, "recent": [entry.to_json() for entry in entries]})
            return
        seen: set[str] = set()
        rows = []
        for row in properties:
            drift = "! " if row.path in seen else ""
            seen.add(row.path)
            rows.append((f"{drift}{row.path}", row.kind, row.count, f"{row.share:.0%}", list(row.examples)))
        face.table(("property", "kind", "count", "share", "examples"), rows, f"{name} never came with data")
        show_log(face, entries, "no activity in 30 days")
