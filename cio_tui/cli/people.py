"""`identify`, `people`, `person`, `merge`, `delete`, `suppress`, `unsuppress`, `device`."""

from itertools import islice
from typing import Any

import click

from cio_tui.cli.activity import show_log
from cio_tui.cli.face import Face, cell_text, moment, read_pairs, talk, verb, written
from cio_tui.workspace.directory import PersonRow

_DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what it would do, and do nothing.")


@click.command("identify")
@click.argument("reference", metavar="REF")
@click.option("-a", "--attribute", "pairs", metavar="NAME=VALUE", multiple=True, help="JSON, or else text. May repeat.")
@click.option("--email", metavar="EMAIL")
@click.option("--anonymous-id", metavar="ID", help="Claims this visitor's events.")
@click.option("--update-only", is_flag=True, help="Never add a person.")
@_DRY_RUN
@verb
def identify_command(
    face: Face,
    reference: str,
    pairs: tuple[str, ...],
    email: str | None,
    anonymous_id: str | None,
    update_only: bool,
    dry_run: bool,
) -> None:
    """Add a person, or update the one that REF (id, email or cio_…) names.

    \b
    cio-tui identify 42 --email ada@shop.example -a first_name=Ada -a score=9
    """
    attributes: dict[str, Any] = read_pairs(pairs, "-a")
    if email is not None:
        attributes["email"] = email
    if anonymous_id is not None:
        attributes["anonymous_id"] = anonymous_id
    with face.workspace(create=True) as workspace:
        face.receipt(workspace.identify(reference, attributes, update_only=update_only, dry_run=dry_run), reference)


@click.command("people")
@click.argument("line", metavar="[FILTER]", default="")
@click.option("--limit", default=100, show_default=True, help="How many at the most.")
@verb
def people_command(face: Face, line: str, limit: int) -> None:
    """List people, in the order they were added. FILTER is like: attr.plan=pro since:7d ada"""
    with face.workspace() as workspace:
        found = list(islice(workspace.directory.people(line), limit + 1))
        rows = found[:limit]
        if face.json:
            for row in rows:
                face.line(row.to_json())
        else:
            columns = ("id", "email", "cio_id", "added", "events", "last event", "attributes")
            face.table(columns, map(_person_cells, rows), "nobody here: `cio-tui identify REF` adds a person")
        if len(found) > limit:
            talk(f"the first {limit:,} of more: --limit shows others")


def _person_cells(row: PersonRow) -> tuple[Any, ...]:
    one = row.person
    return (one.id, one.email, one.cio_id, moment(one.added_at), row.events, moment(row.last_event), _briefly(one.attributes))


def _briefly(attributes: dict[str, Any]) -> str:
    return "  ".join(f"{name}={cell_text(value)}" for name, value in attributes.items())


@click.command("person")
@click.argument("reference", metavar="REF")
@verb
def person_command(face: Face, reference: str) -> None:
    """Show one person: identifiers, attributes, devices, anonymous ids, latest activity."""
    with face.workspace() as workspace:
        row = workspace.directory.person(reference)
        one = row.person
        claimed = [anonymous for anonymous in workspace.anonymous() if anonymous.claimed_by == one.label]
        if face.json:
            face.line({**row.to_json(), "anonymous_ids": [anonymous.to_json() for anonymous in claimed]})
            return
        for name, value in (("id", one.id), ("email", one.email), ("cio_id", one.cio_id), ("added", moment(one.added_at))):
            face.say(f"{name:<12} {value or '—'}")
        face.say(f"{'events':<12} {row.events:,}, the latest {moment(row.last_event)}")
        for name, value in sorted(one.attributes.items()):
            face.say(f"  {name:<22} {cell_text(value)}")
        for device in one.devices:
            face.say(f"device       {device['id']}  {device['platform']}  last used {moment(device.get('last_used'))}")
        for anonymous in claimed:
            claim = f"{written(anonymous.events, 'event')}, claimed {moment(anonymous.claimed_at)}"
            face.say(f"anonymous    {anonymous.anonymous_id}  {claim}")
        entries = workspace.log.page(f"person:cio_{one.cio_id}", limit=10).entries
        show_log(face, entries, "no activity in 30 days")


@click.command("merge")
@click.argument("primary")
@click.argument("secondary")
@_DRY_RUN
@verb
def merge_command(face: Face, primary: str, secondary: str, dry_run: bool) -> None:
    """Merge SECONDARY into PRIMARY: the primary's values win, the secondary goes. --dry-run is the preview."""
    with face.workspace() as workspace:
        face.receipt(workspace.merge(primary, secondary, dry_run=dry_run), f"{secondary} → {primary}")


@click.command("delete")
@click.argument("reference", metavar="REF")
@_DRY_RUN
@verb
def delete_command(face: Face, reference: str, dry_run: bool) -> None:
    """Remove a person. The activity stays; the identifiers may be used again."""
    with face.workspace() as workspace:
        face.receipt(workspace.delete(reference, dry_run=dry_run), f"deleted {reference}")


@click.command("suppress")
@click.argument("reference", metavar="REF")
@_DRY_RUN
@verb
def suppress_command(face: Face, reference: str, dry_run: bool) -> None:
    """Remove a person and block the identifiers: later calls are dropped."""
    with face.workspace(create=True) as workspace:
        face.receipt(workspace.suppress(reference, dry_run=dry_run), f"suppressed {reference}")


@click.command("unsuppress")
@click.argument("reference", metavar="REF")
@_DRY_RUN
@verb
def unsuppress_command(face: Face, reference: str, dry_run: bool) -> None:
    """Free what was blocked with an identifier. Nobody comes back."""
    with face.workspace() as workspace:
        face.receipt(workspace.unsuppress(reference, dry_run=dry_run), f"unsuppressed {reference}")


@click.group("device")
def device_command() -> None:
    """Add or remove a person's device."""


@device_command.command("add")
@click.argument("reference", metavar="REF")
@click.argument("device_id")
@click.option("--platform", required=True, type=click.Choice(["ios", "android"]))
@_DRY_RUN
@verb
def device_add_command(face: Face, reference: str, device_id: str, platform: str, dry_run: bool) -> None:
    """Add a device to a person, or update it."""
    with face.workspace() as workspace:
        face.receipt(workspace.add_device(reference, device_id, platform, dry_run=dry_run), f"{platform} device of {reference}")


@device_command.command("remove")
@click.argument("reference", metavar="REF")
@click.argument("device_id")
@_DRY_RUN
@verb
def device_remove_command(face: Face, reference: str, device_id: str, dry_run: bool) -> None:
    """Remove a device from a person."""
    with face.workspace() as workspace:
        face.receipt(workspace.remove_device(reference, device_id, dry_run=dry_run), f"removed a device of {reference}")
