"""`clock`, `undo`, `redo`, `history`."""

from collections.abc import Sequence

import click

from cio_tui.cli.face import EXIT_NO, Face, moment, talk, verb, written
from cio_tui.model.instants import parse_duration, parse_instant
from cio_tui.model.receipts import Receipt
from cio_tui.store.history import Entry
from cio_tui.workspace import Workspace


@click.group("clock", invoke_without_command=True)
@verb
def clock_command(face: Face) -> None:
    """The workspace's clock: what time it is there, and who moves it."""
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        with face.workspace() as workspace:
            _show(face, workspace)


def _show(face: Face, workspace: Workspace, receipt: Receipt | None = None) -> None:
    now, mode = workspace.now(), workspace.settings().mode
    if receipt is not None and (face.json or not receipt.ok):
        face.receipt(receipt, "")
    elif face.json:
        face.line({"now": now, "mode": mode})
    else:
        face.say(f"{moment(now)}  {mode}  ({now})")
        for effect in receipt.effects if receipt else ():
            if effect.kind == "anonymous_purged":
                face.say(f"  {moment(effect.detail['at'])}  {written(effect.detail['count'], 'anonymous event')} purged")
        for note in receipt.notes if receipt else ():
            face.say(f"  note: {note}")


@clock_command.command("hold")
@click.argument("instant", required=False)
@verb
def clock_hold_command(face: Face, instant: str | None) -> None:
    """Stop the clock, at INSTANT when given: Unix seconds, ISO 8601, or like +3d."""
    with face.workspace(create=True) as workspace:
        at = None if instant is None else parse_instant(instant, workspace.now())
        _show(face, workspace, workspace.hold(at))


@clock_command.command("advance")
@click.argument("duration")
@verb
def clock_advance_command(face: Face, duration: str) -> None:
    """Go forward by DURATION (3d, 4m59s), do what falls due on the way, and stand there."""
    seconds = parse_duration(duration)
    with face.workspace(create=True) as workspace:
        _show(face, workspace, workspace.advance(seconds))


@clock_command.command("live")
@verb
def clock_live_command(face: Face) -> None:
    """Follow the wall clock."""
    with face.workspace(create=True) as workspace:
        _show(face, workspace, workspace.live())


@click.command("undo")
@verb
def undo_command(face: Face) -> None:
    """Take the last command back, to the byte."""
    with face.workspace() as workspace:
        _report(face, "undone", workspace.undo())


@click.command("redo")
@verb
def redo_command(face: Face) -> None:
    """Do again what was undone last."""
    with face.workspace() as workspace:
        _report(face, "redone", workspace.redo())


def _report(face: Face, done: str, entries: Sequence[Entry]) -> None:
    if face.json:
        face.line({done: [_shape(entry) for entry in entries]})
    for entry in entries if not face.json else ():
        face.say(f"{done}  {entry.summary}")
    if not entries:
        talk(f"nothing to be {done}")
        raise click.exceptions.Exit(EXIT_NO)


@click.command("history")
@click.option("--limit", default=20, show_default=True)
@verb
def history_command(face: Face, limit: int) -> None:
    """The last commands, newest first; × marks what was undone."""
    with face.workspace() as workspace:
        entries = workspace.history.entries(limit)
        if face.json:
            for entry in entries:
                face.line(_shape(entry))
            return
        rows = (("×" if entry.undone else "", entry.number, moment(entry.at), entry.summary) for entry in entries)
        face.table(("", "command", "at", "what"), rows, "no commands yet")


def _shape(entry: Entry) -> dict[str, object]:
    return {"command": entry.number, "step": entry.step, "kind": entry.kind, "summary": entry.summary, "at": entry.at} | {
        "automatic": entry.automatic,
        "undone": entry.undone,
    }
