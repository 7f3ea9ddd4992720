"""`segment list|show|save|delete|count|members|explain|diff|add|remove|history|sql`."""

from collections.abc import Iterable

import click

from cio_tui.cli.definitions import definition_in, instant, meant, saved
from cio_tui.cli.face import EXIT_NO, Face, moment, talk, verb, written
from cio_tui.model.errors import InputError
from cio_tui.segments.writing import to_json_tree, to_yaml
from cio_tui.workspace import Workspace
from cio_tui.workspace.segment_reader import SegmentRow

_DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what it would do, and do nothing.")
_AS_OF = click.option("--as-of", metavar="T", help="At another instant: 2024-06-10T09:00Z, Unix seconds, '2d ago', +3d.")


@click.group("segment")
def segment_command() -> None:
    """Segments: who is in them, why, and when that changes.

    NAME is a saved segment's name, in any letter case, or its number. FILE is a definition in YAML, or in JSON as the product
    stores it; - reads one from stdin. Where either will do, a saved segment's name goes before a file's.
    """


@segment_command.command("list")
@verb
def segment_list_command(face: Face) -> None:
    """All segments, with how many people are in each, and which of them look at which.

    \b
    cio-tui segment list --json
    """
    with face.workspace() as workspace:
        rows = workspace.segments.all()
        if face.json:
            for row in rows:
                face.line(row.to_json())
            return
        columns = ("number", "segment", "kind", "people", "saved", "looks at", "looked at by")
        face.table(columns, map(_cells, rows), "no segments: `cio-tui segment save FILE` makes one")


def _cells(row: SegmentRow) -> tuple[object, ...]:
    one = row.segment
    return (one.number, one.name, one.kind, row.members, moment(one.updated_at), ", ".join(row.uses), ", ".join(row.used_by))


@segment_command.command("show")
@click.argument("segment", metavar="NAME")
@click.option("--as", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@verb
def segment_show_command(face: Face, segment: str, form: str) -> None:
    """The definition of a segment, ready to be put into a file.

    \b
    cio-tui segment show 'Big spenders' > big-spenders.yaml
    """
    with face.workspace() as workspace:
        row = workspace.segments.get(saved(workspace, segment))
        if face.json:
            face.line(row.to_json())
        elif form == "json":
            face.line(to_json_tree(row.segment.definition))
        else:
            face.say(to_yaml(row.segment.definition).rstrip("\n"))
            talk(f"{written(row.members, 'member')}, saved {moment(row.segment.updated_at)}")


@segment_command.command("save")
@click.argument("file", metavar="FILE")
@_DRY_RUN
@verb
def segment_save_command(face: Face, file: str, dry_run: bool) -> None:
    """Save the definition in FILE, and look at everybody for it. The segment of the same name is replaced.

    \b
    cio-tui segment save big-spenders.yaml --dry-run
    """
    with face.workspace(create=True) as workspace:
        definition = definition_in(face, file)
        if not definition.name:
            raise InputError(f"{file} gives the segment no name", hint="begin it with a line like `name: Big spenders`")
        face.receipt(workspace.save_segment(definition, dry_run=dry_run), definition.name)


@segment_command.command("delete")
@click.argument("segment", metavar="NAME")
@_DRY_RUN
@verb
def segment_delete_command(face: Face, segment: str, dry_run: bool) -> None:
    """Take a segment away. Refused while another one looks at it.

    \b
    cio-tui segment delete 'Big spenders'
    """
    with face.workspace() as workspace:
        face.receipt(workspace.delete_segment(saved(workspace, segment), dry_run=dry_run), segment)


@segment_command.command("count")
@click.argument("what", metavar="FILE-or-NAME")
@_AS_OF
@verb
def segment_count_command(face: Face, what: str, as_of: str | None) -> None:
    """How many people are in a segment, or would be in one that is only a file yet.

    \b
    cio-tui segment count big-spenders.yaml --as-of 2024-06-01
    """
    with face.workspace() as workspace:
        count = workspace.segments.count(meant(face, workspace, what), at=instant(workspace, as_of))
        if face.json:
            face.line({"count": count})
        else:
            face.say(str(count))


@segment_command.command("members")
@click.argument("what", metavar="FILE-or-NAME")
@_AS_OF
@click.option("--limit", type=click.IntRange(0), default=100, show_default=True, help="How many at the most; 0 is all.")
@verb
def segment_members_command(face: Face, what: str, as_of: str | None, limit: int) -> None:
    """The people in a segment, in the order in which they were added.

    \b
    cio-tui segment members 'Big spenders' --as-of +30d
    """
    with face.workspace() as workspace:
        found = workspace.segments.members(meant(face, workspace, what), at=instant(workspace, as_of))
        _print_people(face, workspace, found[: limit or None])
        if limit and len(found) > limit:
            talk(f"the first {limit:,} of {len(found):,}: --limit 0 shows all")


def _print_people(face: Face, workspace: Workspace, people: Iterable[str]) -> None:
    known = (workspace.directory.identifiers(person) for person in people)
    if face.json:
        for one in known:
            face.line(one)
    else:
        face.table(("id", "email", "cio_id"), ((one["id"], one["email"], one["cio_id"]) for one in known), "nobody is in it")


@segment_command.command("explain")
@click.argument("what", metavar="FILE-or-NAME")
@click.argument("person", metavar="PERSON")
@_AS_OF
@verb
def segment_explain_command(face: Face, what: str, person: str, as_of: str | None) -> None:
    """Why a person is in a segment or is not: what decided each condition, what would change the verdict, when time changes it.

    Leaves with 1 when the person is not in it.

    \b
    cio-tui segment explain 'Big spenders' ada@shop.example --as-of +7d
    """
    with face.workspace() as workspace:
        found = workspace.segments.explain(meant(face, workspace, what), person, at=instant(workspace, as_of))
        if face.json:
            face.line(found.to_json())
        else:
            face.say("\n".join(found.lines()))
        if not found.member:
            raise click.exceptions.Exit(EXIT_NO)


@segment_command.command("diff")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@verb
def segment_diff_command(face: Face, one: str, other: str) -> None:
    """Who would enter (+) and who would leave (-) with B in the place of A; each is a FILE or a NAME.

    Leaves with 1 if anybody would.

    \b
    cio-tui segment diff 'Big spenders' big-spenders.yaml
    """
    with face.workspace() as workspace:
        found = workspace.segments.difference(meant(face, workspace, one), meant(face, workspace, other))
        label = workspace.directory.label
        if face.json:
            face.line({"enter": list(map(label, found.enter)), "leave": list(map(label, found.leave)), "stay": found.stay})
        else:
            for sign, people in (("+", found.enter), ("-", found.leave)):
                for person in people:
                    face.say(f"{sign} {label(person)}")
            talk(f"{len(found.enter):,} enter, {len(found.leave):,} leave, {found.stay:,} stay")
        if found.enter or found.leave:
            raise click.exceptions.Exit(EXIT_NO)


@segment_command.command("add")
@click.argument("segment", metavar="NAME")
@click.argument("people", metavar="PERSON", nargs=-1, required=True)
@_DRY_RUN
@verb
def segment_add_command(face: Face, segment: str, people: tuple[str, ...], dry_run: bool) -> None:
    """Put people into a manual segment, by id, email or cio_….

    \b
    cio-tui segment add VIP 42 bo@shop.example
    """
    with face.workspace() as workspace:
        face.receipt(workspace.add_to_segment(saved(workspace, segment), people, dry_run=dry_run), segment)


@segment_command.command("remove")
@click.argument("segment", metavar="NAME")
@click.argument("people", metavar="PERSON", nargs=-1, required=True)
@_DRY_RUN
@verb
def segment_remove_command(face: Face, segment: str, people: tuple[str, ...], dry_run: bool) -> None:
    """Take people out of a manual segment.

    \b
    cio-tui segment remove VIP 42
    """
    with face.workspace() as workspace:
        face.receipt(workspace.remove_from_segment(saved(workspace, segment), people, dry_run=dry_run), segment)


@segment_command.command("history")
@click.argument("segment", metavar="NAME")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="How many at the most.")
@verb
def segment_history_command(face: Face, segment: str, limit: int) -> None:
    """Who entered and left, when and because of which activity, the latest first.

    \b
    cio-tui segment history 'Big spenders' --limit 20
    """
    with face.workspace() as workspace:
        found = workspace.segments.movements(segment=saved(workspace, segment), limit=limit)
        label = workspace.directory.label
        if face.json:
            for one in found:
                face.line(
                    {
                        "at": one.at,
                        "person": label(one.person),
                        "cio_id": one.person,
                        "movement": "entered" if one.entered else "left",
                        "cause": one.cause,
                    }
                )
            return
        rows = ((moment(one.at), "entered" if one.entered else "left", label(one.person), one.cause or "—") for one in found)
        face.table(("at", "movement", "person", "cause"), rows, "nobody came or went yet")


@segment_command.command("sql")
@click.argument("what", metavar="FILE-or-NAME")
@click.option("--dialect", type=click.Choice(["sqlite", "duckdb"]), default="sqlite", show_default=True)
@_AS_OF
@verb
def segment_sql_command(face: Face, what: str, dialect: str, as_of: str | None) -> None:
    """One SQL statement that finds the same people in the workspace's tables.

    \b
    cio-tui segment sql 'Big spenders' --dialect duckdb
    """
    with face.workspace() as workspace:
        statement = workspace.segments.sql(meant(face, workspace, what), dialect, at=instant(workspace, as_of))
        if face.json:
            face.line({"dialect": dialect, "sql": statement})
        else:
            face.say(statement)
