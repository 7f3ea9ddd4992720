"""`export people|events|activity|index|segment|person`."""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, cast

import click

from cio_tui.cli.face import Face, talk, verb, written
from cio_tui.exports.listing import FORMS, Form, Listing
from cio_tui.model.people import IdentifierKind
from cio_tui.workspace import Workspace

_FORMAT = click.option("--format", "form", type=click.Choice(FORMS), help="csv, unless FILE ends in .jsonl.")
_OUTPUT = click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write a file.")
_LINES: Final = (".jsonl", ".ndjson")
_PERSON_FORMS: Final = {".json": "json", ".csv": "csv"}
_FILTER = click.argument("line", metavar="[FILTER]", default="")


@click.group("export")
def export_command() -> None:
    """Write lists to stdout, or to a FILE. What is said about them goes to stderr.

    `people` and `events` can be imported again. JSON lines hold everything; in a CSV all values are text, nested ones their JSON,
    and empty ones are missing. Cells that a spreadsheet would take for a formula have an apostrophe before them, which an
    import takes off again.
    """


@export_command.command("people")
@_FILTER
@_FORMAT
@_OUTPUT
@verb
def export_people_command(face: Face, line: str, form: str | None, output: Path | None) -> None:
    """People: id, email and a column for each attribute. FILTER is like: attr.plan=pro since:7d

    \b
    cio-tui export people -o people.csv
    """
    _give(face, form, output, lambda workspace, chosen: workspace.exports.people(line, chosen))


@export_command.command("events")
@_FILTER
@click.option("--identifier", type=click.Choice(["id", "email"]), help="What names people; else the setting.")
@_FORMAT
@_OUTPUT
@verb
def export_events_command(face: Face, line: str, identifier: str | None, form: str | None, output: Path | None) -> None:
    """Events of the people who are here, of any age, oldest first. FILTER is like: name:order* data.total>100

    \b
    cio-tui export events --format jsonl -o events.jsonl
    """
    kind = cast("IdentifierKind | None", identifier)
    _give(face, form, output, lambda workspace, chosen: workspace.exports.events(line, chosen, identifier=kind))


@export_command.command("activity")
@_FILTER
@click.option("--hidden", is_flag=True, help="Also what the product's log hides after 30 days.")
@_FORMAT
@_OUTPUT
@verb
def export_activity_command(face: Face, line: str, hidden: bool, form: str | None, output: Path | None) -> None:
    """The activity log, all of it, newest first. FILTER is like: type:event person:ada since:7d

    \b
    cio-tui export activity is:failed -o failed.csv
    """
    _give(face, form, output, lambda workspace, chosen: workspace.exports.activity(line, chosen, hidden=hidden))


@export_command.command("index")
@click.argument("what", type=click.Choice(["events", "attributes"]))
@_FORMAT
@_OUTPUT
@verb
def export_index_command(face: Face, what: str, form: str | None, output: Path | None) -> None:
    """The data index: each event or attribute, what uses it, and when it was last received.

    \b
    cio-tui export index events -o events.csv
    """

    def listing(workspace: Workspace, chosen: Form) -> Listing:
        return workspace.exports.index_events(chosen) if what == "events" else workspace.exports.index_attributes(chosen)

    _give(face, form, output, listing)


@export_command.command("segment")
@click.argument("segment", metavar="NAME")
@click.option("--as-of", metavar="T", help="At another instant: 2024-06-10T09:00Z, Unix seconds, '2d ago', +3d.")
@_FORMAT
@_OUTPUT
@verb
def export_segment_command(face: Face, segment: str, as_of: str | None, form: str | None, output: Path | None) -> None:
    """The people in a segment, as `export people` writes them.

    \b
    cio-tui export segment 'Big spenders' -o big-spenders.csv
    """
    from cio_tui.cli.definitions import instant, saved

    def listing(workspace: Workspace, chosen: Form) -> Listing:
        return workspace.exports.segment(saved(workspace, segment), chosen, at=instant(workspace, as_of))

    _give(face, form, output, listing)


@export_command.command("person")
@click.argument("reference", metavar="REF")
@click.option("--format", "form", type=click.Choice(["folder", "json", "csv"]), help="folder, unless PATH ends in .json or .csv.")
@click.option("-o", "--output", metavar="PATH", type=click.Path(path_type=Path), help="The file; of a folder, where it is made.")
@verb
def export_person_command(face: Face, reference: str, form: str | None, output: Path | None) -> None:
    """Everything that is known of one person, of any age.

    `folder` makes export-<cio_id>-<time> with profile.json, events.csv, attribute_changes.csv and messages.csv; `json` is the
    same as one object; `csv` is the person's log.

    \b
    cio-tui export person ada@shop.example
    """
    if form is None:
        form = ("json" if face.json else "folder") if output is None else _PERSON_FORMS.get(output.suffix, "folder")
    with face.workspace() as workspace:
        if form == "csv":
            cio_id = workspace.directory.person(reference).person.cio_id
            _write(face, workspace.exports.activity(f"person:cio_{cio_id}", "csv", hidden=True), output)
            return
        found = workspace.exports.person(reference)
        if form == "folder":
            folder = (output or Path()) / found.name
            _said(face, folder, found.write_folder(folder), {})
        elif output is None:
            pieces = found.json_text()
            _print([*(piece.replace("\n", "") for piece in pieces), "\n"] if face.json else pieces)
        else:
            found.write_json(output)
            _said(face, output, 1, {})


def _give(face: Face, form: str | None, output: Path | None, listing: Callable[[Workspace, Form], Listing]) -> None:
    with face.workspace() as workspace:
        _write(face, listing(workspace, _form(face, form, output)), output)


def _form(face: Face, form: str | None, output: Path | None) -> Form:
    """The form that is asked for, else the one that the file's name or `--json` means."""
    lines = output.suffix in _LINES if output is not None else face.json
    if form is None:
        return "jsonl" if lines else "csv"
    return cast("Form", form)


def _write(face: Face, listing: Listing, output: Path | None) -> None:
    if output is not None:
        _said(face, output, listing.write(output), dict(listing.left_out))
        return
    if face.json and listing.columns is not None:
        raise click.UsageError("--json prints JSON lines: leave out --format csv, or name a file with --output")
    _print(listing.pieces())
    _tell_left_out(listing.left_out)


def _print(pieces: Iterable[str]) -> None:
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode())  # as it stands in a file: line ends, too
    sys.stdout.buffer.flush()


def _said(face: Face, path: Path, rows: int, left_out: dict[str, int]) -> None:
    if face.json:
        face.line({"file": str(path), "rows": rows, "left_out": left_out})
    else:
        face.say(f"{written(rows, 'row')} written to {path}")
        _tell_left_out(left_out)


def _tell_left_out(left_out: Mapping[str, int]) -> None:
    for what, count in left_out.items():
        talk(f"left out: {count:,} {what}")
