"""`message list|show|save|delete|versions` and `snippet list|show|save|delete`."""

from dataclasses import replace

import click

from cio_tui.cli.face import Face, moment, read_text, talk, verb, written
from cio_tui.cli.liquid_text import put_out
from cio_tui.cli.templates import message_in
from cio_tui.messages.definition import Message
from cio_tui.messages.writing import write
from cio_tui.model.errors import InputError
from cio_tui.workspace import Workspace
from cio_tui.workspace.message_book import SavedMessage

_DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what it would do, and do nothing.")


@click.group("message")
def message_command() -> None:
    """Messages: what is saved to be sent. Every save keeps a version.

    NAME is a message's name, in any letter case, or its number. FILE begins with YAML between two lines of ---: name, subject,
    preheader, from, reply_to, to, format, profile, trigger, event; the rest of it is the body. - reads it from stdin.
    """


@message_command.command("list")
@verb
def message_list_command(face: Face) -> None:
    """All messages.

    \b
    cio-tui message list --json
    """
    with face.workspace() as workspace:
        saved = workspace.messages.all()
        if face.json:
            for one in saved:
                face.line(one.to_json())
            return
        columns = ("number", "message", "starts", "subject", "version", "saved")
        face.table(columns, map(_cells, saved), "no messages: `cio-tui message save FILE` makes one")


def _cells(one: SavedMessage) -> tuple[object, ...]:
    message = one.message
    starts = f"event {message.event}".strip() if message.trigger == "event" else message.trigger
    return (one.number, one.name, starts, message.subject, one.version, moment(one.updated_at))


@message_command.command("show")
@click.argument("message", metavar="NAME")
@click.option("--version", type=click.IntRange(1), help="An earlier version.")
@verb
def message_show_command(face: Face, message: str, version: int | None) -> None:
    """A message as a file.

    \b
    cio-tui message show Receipt > receipt.liquid
    """
    with face.workspace() as workspace:
        one = workspace.messages.get(message) if version is None else workspace.messages.version(message, version)
        if face.json:
            face.line(one.to_json())
        else:
            put_out(write(one.message))
            talk(f"version {one.version}, saved {moment(one.updated_at)}")


@message_command.command("save")
@click.argument("file", metavar="FILE")
@click.option("--name", help="What it is called; else the front matter says, or the file's name.")
@_DRY_RUN
@verb
def message_save_command(face: Face, file: str, name: str | None, dry_run: bool) -> None:
    """Save the message in FILE; the one of the same name gets one more version.

    \b
    cio-tui message save receipt.liquid
    """
    with face.workspace(create=True) as workspace:
        message = message_in(face, file).message
        _save(face, workspace, message if name is None else replace(message, name=name), dry_run)


def _save(face: Face, workspace: Workspace, message: Message, dry_run: bool) -> None:
    if not message.name:
        raise InputError("the message has no name", hint="begin it with front matter that has a name, or add --name")
    face.receipt(workspace.save_message(message, dry_run=dry_run), message.name)


@message_command.command("delete")
@click.argument("message", metavar="NAME")
@_DRY_RUN
@verb
def message_delete_command(face: Face, message: str, dry_run: bool) -> None:
    """Take a message away, with all its versions.

    \b
    cio-tui message delete Receipt
    """
    with face.workspace() as workspace:
        face.receipt(workspace.delete_message(message, dry_run=dry_run), message)


@message_command.command("versions")
@click.argument("message", metavar="NAME")
@verb
def message_versions_command(face: Face, message: str) -> None:
    """The versions of a message, the latest first. NAME@3 means the third one wherever a message is asked for.

    \b
    cio-tui compare Receipt@1 Receipt
    """
    with face.workspace() as workspace:
        versions = workspace.messages.versions(message)
        if face.json:
            for one in versions:
                face.line(one.to_json())
            return
        rows = ((one.version, moment(one.updated_at), one.message.subject, len(one.message.body)) for one in versions)
        face.table(("version", "saved", "subject", "count"), rows, "no versions")


@click.group("snippet")
def snippet_command() -> None:
    """Snippets: texts that messages put in with {{ snippets.NAME }}. At most 16 KB each, 5 MB in all."""


@snippet_command.command("list")
@verb
def snippet_list_command(face: Face) -> None:
    """All snippets.

    \b
    cio-tui snippet list
    """
    with face.workspace() as workspace:
        snippets = workspace.messages.snippets()
        if face.json:
            for one in snippets:
                face.line(one.to_json())
            return
        rows = ((one.name, len(one.text.encode()), moment(one.updated_at), one.text) for one in snippets)
        face.table(("snippet", "bytes", "saved", "what"), rows, "no snippets: `cio-tui snippet save NAME TEXT` makes one")


@snippet_command.command("show")
@click.argument("name")
@verb
def snippet_show_command(face: Face, name: str) -> None:
    """The text of a snippet.

    \b
    cio-tui snippet show footer
    """
    with face.workspace() as workspace:
        one = workspace.messages.snippet(name)
        if face.json:
            face.line(one.to_json())
        else:
            put_out(one.text)


@snippet_command.command("save")
@click.argument("name")
@click.argument("text", metavar="TEXT|@FILE|-")
@_DRY_RUN
@verb
def snippet_save_command(face: Face, name: str, text: str, dry_run: bool) -> None:
    """Save a snippet, new or changed.

    \b
    cio-tui snippet save footer @footer.html
    """
    with face.workspace(create=True) as workspace:
        content = read_text(text, "the snippet")
        try:
            known = content if isinstance(content, str) else content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"the snippet is not UTF-8 at byte {error.start + 1}") from None
        face.receipt(workspace.save_snippet(name, known, dry_run=dry_run), f"{name.strip()}, {written(len(known), 'character')}")


@snippet_command.command("delete")
@click.argument("name")
@_DRY_RUN
@verb
def snippet_delete_command(face: Face, name: str, dry_run: bool) -> None:
    """Take a snippet away; the answer names the messages that have it.

    \b
    cio-tui snippet delete footer
    """
    with face.workspace() as workspace:
        face.receipt(workspace.delete_snippet(name, dry_run=dry_run), name)
