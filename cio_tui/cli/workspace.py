"""`workspace info`, `check`, `set`, `export-json`, `import-json`."""

from pathlib import Path
from typing import Any

import click

from cio_tui.cli.face import EXIT_NO, Face, moment, verb, written
from cio_tui.model.activity import EVENT_TYPES
from cio_tui.workspace import Workspace

_FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group("workspace")
def workspace_command() -> None:
    """Look at, check, export or set the workspace."""


def _info(workspace: Workspace) -> dict[str, Any]:
    settings = workspace.settings()
    undoable, redoable = workspace.history.reach()
    by_type = workspace.engine.queries.by_type()
    path = workspace.path
    return {
        "path": None if path is None else str(path),
        "bytes": path.stat().st_size if path else 0,
        "now": workspace.now(),
        "clock": settings.mode,
        "people": workspace.directory.count(),
        "events": sum(by_type.get(kind, 0) for kind in EVENT_TYPES),
        "activity": by_type,
        "settings": settings.choices(),
        "unfinished_imports": [record.number for record in workspace.imports.unfinished()],
        "undoable": undoable,
        "redoable": redoable,
        "read_only": workspace.database.storage.read_only,
    }


@workspace_command.command("info")
@verb
def info_command(face: Face) -> None:
    """Where it is, how large, what time it is there, what it holds."""
    with face.workspace() as workspace:
        info = _info(workspace)
        if face.json:
            face.line(info)
            return
        face.say(f"{'file':<10} {info['path']}  {info['bytes'] / 2**20:.1f} MiB{'  read-only' if info['read_only'] else ''}")
        face.say(f"{'clock':<10} {moment(info['now'])}  {info['clock']}")
        for number in info["unfinished_imports"]:
            face.say(f"{'import':<10} {number} stopped half-way: `imports resume {number}` or `imports take-back {number}`")
        face.say(f"{'people':<10} {info['people']:,}")
        face.say(f"{'events':<10} {info['events']:,}")
        face.say(f"{'activity':<10} {', '.join(f'{kind} {count:,}' for kind, count in info['activity'].items()) or 'none'}")
        face.say(f"{'settings':<10} {', '.join(f'{name} {value}' for name, value in info['settings'].items())}")
        face.say(f"{'undo':<10} {written(info['undoable'], 'step')}, redo {info['redoable']}")


@workspace_command.command("check")
@click.option("--rebuild", is_flag=True, help="Make the data index anew first; undo starts afresh.")
@verb
def check_command(face: Face, rebuild: bool) -> None:
    """Is the file sound, and does everything derived fit what it was derived from?"""
    with face.workspace() as workspace:
        if rebuild:
            workspace.rebuild()
        findings = workspace.check()
        digest, content = workspace.digest(), workspace.content_digest()
    if face.json:
        face.line({"sound": not findings, "findings": findings, "digest": digest, "people_and_events": content})
    else:
        face.say("\n".join(findings) if findings else f"sound  digest {digest}  people and events {content}")
    if findings:
        raise click.exceptions.Exit(EXIT_NO)


@workspace_command.command("set")
@click.argument("name")
@click.argument("value")
@verb
def set_command(face: Face, name: str, value: str) -> None:
    """Change a setting: anonymous_event_merge on|off, email_updates_by_id on|off, identifier id|email."""
    with face.workspace(create=True) as workspace:
        face.receipt(workspace.set(name, value), f"{name} {value}")


@workspace_command.command("export-json")
@_FILE
@verb
def export_json_command(face: Face, file: Path) -> None:
    """Write everything as a JSON file that plain TinyDB opens: one document a line, the same bytes for the same workspace."""
    with face.workspace() as workspace:
        _said(face, file, workspace.export_json(file), "written to")


@workspace_command.command("import-json")
@_FILE
@click.option("--replace", is_flag=True, help="Replace what the workspace holds.")
@verb
def import_json_command(face: Face, file: Path, replace: bool) -> None:
    """Fill the workspace from such a file, or from any TinyDB file. Undo starts afresh."""
    with face.workspace(create=True) as workspace:
        _said(face, file, workspace.import_json(file, replace=replace), "read from")


def _said(face: Face, file: Path, count: int, what: str) -> None:
    if face.json:
        face.line({"file": str(file), "documents": count})
    else:
        face.say(f"{written(count, 'document')} {what} {file}")
