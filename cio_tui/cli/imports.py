"""`import events` and `import people`."""

from pathlib import Path
from typing import Any

import click

from cio_tui.cli.face import EXIT_NO, Face, talk, verb, written
from cio_tui.workspace.importing import ImportReport

_FILE = click.argument("file", type=click.Path(path_type=Path))
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Check every row, and write nothing.")
_SHOWN = 20


@click.group("import")
def import_command() -> None:
    """Import people or events from a CSV file."""


@import_command.command("events")
@_FILE
@click.option(
    "--identifier", type=click.Choice(["id", "email"]), help="What _cio_customer_id holds; else the workspace's setting."
)
@_DRY_RUN
@verb
def import_events_command(face: Face, file: Path, identifier: Any, dry_run: bool) -> None:
    """Import events: columns _cio_name, _cio_customer_id, optional _cio_timestamp, then event data. People must be there.

    Rows that cannot be taken are listed, the others imported; `undo` takes the whole import back.
    """
    with face.workspace() as workspace:
        _report(face, workspace.import_events(file, identifier=identifier, dry_run=dry_run), "event")


@import_command.command("people")
@_FILE
@click.option("--identifier", type=click.Choice(["id", "email"]), help="The column that finds people; else id, then email.")
@click.option("--empty", type=click.Choice(["ignore", "clear"]), default="ignore", show_default=True, help="What empty cells do.")
@_DRY_RUN
@verb
def import_people_command(face: Face, file: Path, identifier: Any, empty: Any, dry_run: bool) -> None:
    """Import people: one row is one identify, every column but id and email an attribute."""
    with face.workspace(create=True) as workspace:
        _report(face, workspace.import_people(file, identifier=identifier, empty=empty, dry_run=dry_run), "person")


def _report(face: Face, report: ImportReport, noun: str) -> None:
    if face.json:
        face.line(report.to_json())
    else:
        would = "would be " if report.dry_run else ""
        counts = f"{report.imported:,} {would}imported, {report.duplicates:,} duplicate, {report.failed:,} refused"
        face.say(f"{written(report.rows, 'row')}: {counts}")
        if noun == "event" and report.young:
            face.say(f"  note: {report.young:,} are at most 72 h old and can start campaigns")
        for problem in report.problems[:_SHOWN]:
            face.say(f"  {problem}")
        if report.failed > _SHOWN:
            talk(f"… and {report.failed - _SHOWN:,} more: --json lists them")
    if report.failed:
        raise click.exceptions.Exit(EXIT_NO)
