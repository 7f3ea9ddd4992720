"""`demo`: a fresh copy of the demo workspace, and a printed tour of it."""

import tempfile
from pathlib import Path

import click

from cio_tui.cli.activity import show_log
from cio_tui.cli.face import Face, moment, verb
from cio_tui.model.activity import EVENT_TYPES
from cio_tui.workspace import Workspace


@click.command("demo")
@verb
def demo_command(face: Face) -> None:
    """Make a fresh copy of the demo workspace (at -w PATH, or in a temporary folder) and open the console on it; where the
    output is no terminal, print a short tour of it.
    """
    from cio_tui.cli.console import can_draw, open_console
    from cio_tui.workspace.demo import build_demo

    path = Path(face.path) if face.path else Path(tempfile.mkdtemp(prefix="cio-tui-demo-")) / "demo.cio"
    with build_demo(path) as workspace:
        if can_draw(face):
            click.get_current_context().exit(open_console(workspace))
        by_type = workspace.engine.queries.by_type()
        events = sum(by_type.get(kind, 0) for kind in EVENT_TYPES)
        people = workspace.directory.count()
        if face.json:
            face.line({"workspace": str(path), "now": workspace.now(), "people": people, "events": events})
            return
        face.say("Fjord & Field, an invented shop: a Customer.io workspace on this machine, and nowhere else.")
        face.say(f"{people} people, {events:,} events, clock held at {moment(workspace.now())}")
        face.say(f"file: {path}")
        _tour(face, workspace)
        face.say("\nGo on with this copy:")
        face.say(f"  export CIO_TUI_WORKSPACE={path}")
        face.say("  cio-tui activity 'type:event since:7d'      cio-tui person ada@shop.example")
        face.say("  cio-tui index events                        cio-tui --help")


def _step(face: Face, number: int, title: str, command: str) -> None:
    face.say(f"\n{number}. {title}\n   $ cio-tui {command}")


def _tour(face: Face, workspace: Workspace) -> None:
    """The things that people come for, done for real on the copy."""
    _step(face, 1, "Send an event", "send order_placed --person ada@shop.example --data '{\"total\": 215}'")
    sent = workspace.track("order_placed", person="ada@shop.example", data={"total": 215, "reply_to": "orders@shop.example"})
    face.receipt(sent, "order_placed → ada@shop.example")
    original = sent.id or ""
    _step(face, 2, "Send it again with a change: a new event, linked to the first", f"resend {original} --set total=315")
    again = workspace.resend(original, changes={"total": 315})
    face.receipt(again, f"order_placed, a copy of {original}")
    _step(face, 3, "A visitor turns out to be somebody we know", "identify dee@shop.example --anonymous-id anon-7f3")
    face.receipt(workspace.identify("dee@shop.example", {"anonymous_id": "anon-7f3"}), "dee@shop.example")
    _step(face, 4, "The activity log, newest first", "activity --limit 8")
    show_log(face, workspace.log.page(limit=8).entries, "no activity")
    _step(face, 5, "The data index: what arrives, and what looks like a slip", "index events 'sign'")
    rows = workspace.index.events("sign")
    shown = ((row.name, row.count, moment(row.last_received), row.properties, ", ".join(row.near)) for row in rows)
    face.table(("event", "count", "last received", "properties", "looks like"), shown, "no events")
    _step(face, 6, "Take the last step back", "undo")
    for entry in workspace.undo():
        face.say(f"undone  {entry.summary}")
