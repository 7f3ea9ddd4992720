"""`send` and `resend`."""

import click

from cio_tui.cli.face import Face, read_object, read_pairs, verb
from cio_tui.model.activity import EVENT_TYPES
from cio_tui.model.errors import InputError
from cio_tui.model.instants import parse_instant
from cio_tui.workspace import Workspace


def _instant(workspace: Workspace, text: str | None) -> int | None:
    return None if text is None else parse_instant(text, workspace.now())


@click.command("send")
@click.argument("name")
@click.option("--person", metavar="REF", help="id, email or cio_…")
@click.option("--anonymous", metavar="ID", help="An anonymous id.")
@click.option("--invite", metavar="EMAIL", help="Nobody's event, with this recipient.")
@click.option("--data", metavar="JSON|@FILE|-", help="The event data, a JSON object.")
@click.option("--type", "event_type", type=click.Choice(EVENT_TYPES), default="event", show_default=True)
@click.option("--timestamp", metavar="T", help="Unix seconds, ISO 8601, or like -2h. The workspace's now when left out.")
@click.option("--id", "event_id", metavar="ULID", help="For de-duplication.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and do nothing.")
@verb
def send_command(
    face: Face,
    name: str,
    person: str | None,
    anonymous: str | None,
    invite: str | None,
    data: str | None,
    event_type: str,
    timestamp: str | None,
    event_id: str | None,
    dry_run: bool,
) -> None:
    """Send an event, page or screen for a person, an anonymous id or an invited address.

    \b
    cio-tui send order_placed --person 42 --data '{"total": 215}'
    cio-tui send pricing_viewed --anonymous anon-7f3 --timestamp -80h
    """
    if sum(owner is not None for owner in (person, anonymous, invite)) != 1:
        raise click.UsageError("give exactly one of --person, --anonymous and --invite")
    with face.workspace(create=True) as workspace:
        try:
            content, at = read_object(data), _instant(workspace, timestamp)
        except InputError as error:
            face.refuse(error)
        receipt = workspace.track(
            name,
            person=person,
            anonymous_id=anonymous,
            invite=invite,
            data=content,
            type=event_type,
            timestamp=at,
            id=event_id,
            dry_run=dry_run,
        )
        face.receipt(receipt, f"{name.strip()} → {person or anonymous or invite}")


@click.command("resend")
@click.argument("activity_id")
@click.option("--data", metavar="JSON|@FILE|-", help="Other event data, a JSON object.")
@click.option("--set", "changes", metavar="PATH=VALUE", multiple=True, help="Change one path, like items[0].price=3. May repeat.")
@click.option("--person", metavar="REF", help="Somebody else.")
@click.option("--timestamp", metavar="T", help="Unix seconds, ISO 8601, or like -2h.")
@click.option("--keep-id", is_flag=True, help="Send the same id, to see it taken for a duplicate.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and do nothing.")
@verb
def resend_command(
    face: Face,
    activity_id: str,
    data: str | None,
    changes: tuple[str, ...],
    person: str | None,
    timestamp: str | None,
    keep_id: bool,
    dry_run: bool,
) -> None:
    """Send a copy of an event: a new event, now, linked to the original, which stays as it was.

    The beginning of an id is enough while only one activity has it.
    """
    with face.workspace() as workspace:
        try:
            content, changed, at = read_object(data), read_pairs(changes, "--set"), _instant(workspace, timestamp)
            original = workspace.log.get(activity_id).activity
        except InputError as error:
            face.refuse(error)
        receipt = workspace.resend(
            original.id, data=content, changes=changed, person=person, timestamp=at, keep_id=keep_id, dry_run=dry_run
        )
        face.receipt(receipt, f"{original.name}, a copy of {original.id}")
