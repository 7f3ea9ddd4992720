"""`import people`, `import events`, and `imports`: what became of earlier ones."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from cio_tui.cli.face import EXIT_NO, Face, moment, talk, verb, written
from cio_tui.cli.stopping import EXIT_STOPPED, stoppable
from cio_tui.imports.options import DELIMITERS, QUOTES, ImportKind, Options
from cio_tui.imports.problems import Problem
from cio_tui.model.errors import InputError
from cio_tui.workspace.import_progress import ImportCancelled, ImportProgress
from cio_tui.workspace.import_records import ImportRecord
from cio_tui.workspace.import_report import ImportReport
from cio_tui.workspace.import_review import Review
from cio_tui.workspace.workspace import Workspace

_SHOWN: Final = 20
_OF_THE_REPORT: Final = ("good", "bad")
"""What a review calls otherwise than the report that follows it."""
_Command = TypeVar("_Command", bound=Callable[..., Any])

_FILE: Final = click.argument("file", type=click.Path(path_type=Path))
_PATH: Final = click.Path(path_type=Path, dir_okay=False)
_PROGRESS: Final = click.option("--progress", is_flag=True, help="Say on stderr how far it is.")
_SHARED: Final = (
    click.option("--map", "pairs", multiple=True, metavar="COLUMN=NAME", help="Another name for a column; none leaves it out."),
    click.option("--errors", type=_PATH, help="Write the rows that cannot be taken to this file, with the reasons."),
    click.option("--strict", is_flag=True, help="Import all rows, or none when one of them cannot be taken."),
    click.option("--dry-run", is_flag=True, help="Check every row, and write nothing."),
    _PROGRESS,
    click.option("--name", default="", help="What the import is called; else the file's name."),
    click.option("--description", default="", help="What it is for."),
    click.option("--encoding", help="Such as utf-8, utf-16 or windows-1252; else it is found out, and said."),
    click.option("--delimiter", help=f"What stands between cells: {', '.join(DELIMITERS)}, or a sign; else it is found out."),
    click.option("--quote", help=f"What cells are quoted by: {', '.join(QUOTES)}, or a sign; else it is found out."),
)


def _shared(command: _Command) -> _Command:
    for option in reversed(_SHARED):
        command = option(command)
    return command


@click.group("import")
def import_command() -> None:
    """Import people or events from a CSV file."""


@import_command.command("events")
@_FILE
@click.option(
    "--identifier", type=click.Choice(["id", "email"]), help="What _cio_customer_id holds; else the workspace's setting."
)
@_shared
@verb
def import_events_command(face: Face, file: Path, **said: Any) -> None:
    """Import events: columns _cio_name, _cio_customer_id, optional _cio_timestamp, then event data. People must be there.

    Every row is checked before the first is written. Rows that cannot be taken are listed, the others imported; `undo` takes the
    whole import back.
    """
    with face.workspace(missing="import people first: an event needs its person") as workspace:
        _import(face, workspace, file, "events", said)


@import_command.command("people")
@_FILE
@click.option("--identifier", type=click.Choice(["id", "email"]), help="The column that finds people; else id, then email.")
@click.option("--empty", type=click.Choice(["ignore", "clear"]), default="ignore", show_default=True, help="What empty cells do.")
@click.option(
    "--only", type=click.Choice(["all", "new", "existing"]), default="all", show_default=True, help="Whose rows are imported."
)
@_shared
@verb
def import_people_command(face: Face, file: Path, **said: Any) -> None:
    """Import people: one row is one identify, every column but id and email an attribute.

    Every row is checked before the first is written. Rows that cannot be taken are listed, the others imported; `undo` takes the
    whole import back.
    """
    with face.workspace(create=True, trial=said["dry_run"]) as workspace:
        _import(face, workspace, file, "people", said)


def _import(face: Face, workspace: Workspace, file: Path, kind: ImportKind, said: dict[str, Any]) -> None:
    errors, strict, dry_run = (said.pop(name) for name in ("errors", "strict", "dry_run"))
    progress = _teller() if said.pop("progress") else None
    options = Options(mapping=_mapping(said.pop("pairs")), **said)
    if str(file) == "-":
        raise InputError("stdin cannot be imported: a file is read three times", hint="write it to a file first")
    imports = workspace.imports
    with stoppable() as stopped:
        try:
            review = imports.inspect(file, kind, options, errors=errors, progress=progress, cancelled=stopped)
        except ImportCancelled as error:
            talk(str(error))
            raise click.exceptions.Exit(EXIT_STOPPED) from None
        if not face.json:
            _say_review(review)
        if not dry_run and not (strict and review.bad):
            report = imports.run(review, progress=progress, cancelled=stopped)
        else:
            report = ImportReport.foreseen(review)
            if not dry_run:
                report = replace(report, state="failed", error="a row cannot be taken, and all or none were to be imported")
    _report(face, report, review, stopped=stopped())


def _mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        column, equals, name = pair.rpartition("=")
        if not equals or not column:
            raise InputError(f"--map {pair!r} must be COLUMN=NAME", hint="COLUMN= leaves a column out")
        found[column] = name
    return found


def _teller() -> Callable[[ImportProgress], None]:
    last: list[str] = []

    def tell(at: ImportProgress) -> None:
        of = "rows" if at.phase == "importing" else "bytes"
        left = "" if at.seconds_left is None else f", {at.rate:,.0f} {of}/s, {at.seconds_left:,.0f} s left"
        line = f"{at.phase}: {at.share:.0%} of {at.total:,} {of}"
        if line not in last:
            last[:] = [line]
            talk(line + left)

    return tell


def _say_review(review: Review) -> None:
    talk(f"{review.path.name}: {review.dialect}, {written(review.rows, 'row')}, all checked")
    for note in review.notes:
        talk(f"  note: {note}")
    for earlier in review.earlier[:3]:
        if earlier.state != "canceled":
            talk(f"  note: the same content was imported before: import {earlier.number}, {moment(earlier.created_at)}")
    if review.new_attributes:
        talk(f"  note: nobody has these attributes yet: {', '.join(review.new_attributes)}")


def _report(face: Face, report: ImportReport, review: Review | None = None, *, stopped: bool) -> None:
    if face.json:
        more = {} if review is None else {"review": review.to_json() | {"problems": [], "notes": []}}
        face.line({**report.to_json(), **more})
    elif report.state == "canceled":
        face.say(f"import {report.number or ''}".rstrip() + f": {report.error}; all of it is taken back")
    else:
        _say_report(face, report)
    if report.state == "importing":
        talk(f"import {report.number} stands half-way, as others wrote since it began: resume it, or take it back --with-later")
    if stopped and report.state in ("canceled", "importing"):
        raise click.exceptions.Exit(EXIT_STOPPED)
    if report.failed or report.state in ("failed", "canceled", "importing"):
        raise click.exceptions.Exit(EXIT_NO)


def _say_report(face: Face, report: ImportReport) -> None:
    would = "would be " if report.dry_run else ""
    number = f"import {report.number}: " if report.number else ""
    people = f" ({report.added:,} added, {report.updated:,} updated)" if report.kind == "people" else ""
    counts = f"{report.imported:,} {would}imported{people}, {report.failed:,} refused"
    others = ((report.skipped, "passed over"), (report.duplicates, "duplicate"), (report.warned, "with a warning"))
    more = "".join(f", {count:,} {what}" for count, what in others if count)
    face.say(f"{number}{written(report.rows, 'row')}: {counts}{more}")
    if report.error:
        face.say(f"  {report.state}: {report.error}")
    if report.young:
        face.say(f"  note: {written(report.young, 'event')} at most 72 h old: campaigns may start")
    _say_problems(
        face, report.problems, report.failed, "" if report.bad_rows else "--errors FILE writes the rows that were refused"
    )
    if report.bad_rows is not None and report.failed:
        talk(f"the rows that were refused: {report.bad_rows}")


def _say_problems(face: Face, problems: Sequence[Problem], refused: int, hint: str) -> None:
    """The first problems, errors before warnings, and that there are more: of those that are kept, and of the rows refused."""
    shown = sorted(problems, key=lambda problem: (problem.severity, problem.row))[:_SHOWN]
    for problem in shown:
        face.say(f"  {problem}")
    listed = len({problem.row for problem in shown if problem.severity == "error"})
    more = [f"{written(refused - listed, 'more row')} refused"] if refused > listed else []
    more += [f"{written(len(problems) - len(shown), 'more problem')} with --json"] if len(problems) > len(shown) else []
    if more:
        talk(f"… {', '.join(more)}" + (f"; {hint}" if hint and refused > listed else ""))


@click.group("imports", invoke_without_command=True)
@click.pass_context
def imports_command(context: click.Context) -> None:
    """Earlier imports, and those that stopped half-way."""
    if context.invoked_subcommand is None:
        context.invoke(list_command)


@imports_command.command("list")
@verb
def list_command(face: Face) -> None:
    """Every import, the newest first."""
    with face.workspace() as workspace:
        records = workspace.imports.all()
    if face.json:
        for record in records:
            face.line(record.to_json())
        return
    rows = [(one.number, one.name, one.type, moment(one.created_at), one.stands) for one in records]
    face.table(("import", "name", "type", "begun", "stands"), rows, "no imports yet: `cio-tui import events FILE`")
    for record in records:
        if record.unfinished:
            talk(f"import {record.number} stopped half-way: `imports resume` goes on with it, `imports take-back` undoes it")


@imports_command.command("show")
@click.argument("number", type=int)
@verb
def show_command(face: Face, number: int) -> None:
    """One import: where it stands, its counts, its first problems."""
    with face.workspace() as workspace:
        record, problems = workspace.imports.get(number), workspace.imports.problems(number)
    if face.json:
        face.line({**record.to_json(), "problems": [problem.to_json() for problem in problems]})
        return
    _say_record(face, record)
    _say_problems(face, problems, record.failed, f"`imports errors {number} --to FILE` writes them")


def _say_record(face: Face, record: ImportRecord) -> None:
    face.say(f"import {record.number}  {record.name}  {record.type}  {record.stands}")
    if record.description:
        face.say(f"  {record.description}")
    face.say(f"  file {record.file}, {record.size:,} bytes")
    counts = f"{record.added:,} added, {record.updated:,} updated, " if record.type == "people" else ""
    face.say(f"  {counts}{record.skipped:,} passed over, {record.failed:,} refused, {record.warned:,} with a warning")
    face.say(f"  begun {moment(record.created_at)}, last written {moment(record.updated_at)}")


@imports_command.command("resume")
@click.argument("number", type=int)
@_PROGRESS
@verb
def resume_command(face: Face, number: int, progress: bool) -> None:
    """Go on with an import that stopped half-way, from the row where it stands."""
    with face.workspace() as workspace, stoppable() as stopped:
        report = workspace.imports.resume(number, progress=_teller() if progress else None, cancelled=stopped)
        _report(face, report, stopped=stopped())


@imports_command.command("take-back")
@click.argument("number", type=int)
@click.option("--with-later", is_flag=True, help="Also take back what was done since it began.")
@verb
def take_back_command(face: Face, number: int, with_later: bool) -> None:
    """Take an import back whole."""
    with face.workspace() as workspace:
        record = workspace.imports.take_back(number, later=with_later)
    if face.json:
        face.line(record.to_json())
    else:
        _say_record(face, record)


@imports_command.command("errors")
@click.argument("number", type=int)
@click.option("--to", "target", type=_PATH, help="Write all of them here, with their cells; else the first are listed.")
@verb
def errors_command(face: Face, number: int, target: Path | None) -> None:
    """The rows of an import that could not be taken. For a file of them the whole file is checked again, as things are now."""
    with face.workspace() as workspace:
        if target is not None:
            review = workspace.imports.write_bad_rows(number, target)
            _say_written(face, target, review.bad)
            return
        record, problems = workspace.imports.get(number), workspace.imports.problems(number)
    errors = [problem for problem in problems if problem.severity == "error"]
    for problem in errors:
        if face.json:
            face.line(problem.to_json())
        else:
            face.say(str(problem))
    listed = len({problem.row for problem in errors})
    if record.failed > listed:
        talk(f"the first {listed:,} of {written(record.failed, 'row')}: --to FILE writes them all")
    elif not record.failed:
        talk(f"import {number} refused no row")


def _say_written(face: Face, target: Path, rows: int) -> None:
    if face.json:
        face.line({"file": str(target), "rows": rows})
    else:
        face.say(f"{written(rows, 'row')} written to {target}")
