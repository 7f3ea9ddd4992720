"""Saving and deleting messages and snippets. Each save of a message keeps a version of it."""

from typing import Any, Final

from tinydb import where

from cio_tui.liquid.template import parse
from cio_tui.messages.definition import PARTS, TITLES, Message
from cio_tui.model.commands import DeleteMessage, DeleteSnippet, SaveMessage, SaveSnippet
from cio_tui.model.comparing import fold
from cio_tui.model.errors import InputError
from cio_tui.model.json_values import check
from cio_tui.model.limits import SNIPPET_BYTES, SNIPPETS_BYTES
from cio_tui.model.receipts import Receipt
from cio_tui.workspace.message_book import MESSAGES, SNIPPETS, VERSIONS, MessageBook
from cio_tui.workspace.message_readers import readers
from cio_tui.workspace.turn import Turn

NAME_LENGTH: Final = 100
_TOLD: Final = 5
"""So many problems of a template are told in a receipt."""


def save(turn: Turn, command: SaveMessage) -> Receipt:
    """Save a message; the one of the same name, or with the number, gets one more version. One whose Liquid is broken is kept,
    and the receipt says that it cannot be sent (L6).
    """
    check(dict(command.definition))
    name = _checked_name(command.definition.get("name", ""), "message")
    message = Message.from_document({**command.definition, "name": name})
    book = MessageBook(turn.database)
    before = book.find(message.name) if command.number is None else book.get(command.number)
    taken = book.find(message.name)
    if taken is not None and before is not None and taken.number != before.number:
        raise InputError(f"there is a message {taken.name!r} already")
    notes = _broken(message)
    if before is not None and before.message == message:
        return Receipt("accepted", str(before.number), notes=(f"it is as version {before.version} already", *notes))
    version = 1 if before is None else before.version + 1
    number = _write(turn, message, version, before.number if before else None, before.created_at if before else turn.now)
    turn.note("message_saved", message=number, name=message.name, version=version)
    return Receipt("accepted", str(number), notes=notes)


def _write(turn: Turn, message: Message, version: int, number: int | None, created_at: int) -> int:
    definition = message.to_document()
    document: dict[str, Any] = {
        "name_key": fold(message.name),
        "definition": definition,
        "version": version,
        "created_at": created_at,
        "updated_at": turn.now,
    }
    table = turn.database.documents(MESSAGES)
    if number is None:
        number = table.insert(document)
    else:
        table.replace(document, number)
    kept = {"message": number, "version": version, "definition": definition, "saved_at": turn.now}
    turn.database.documents(VERSIONS).insert(kept)
    return number


def _broken(message: Message) -> tuple[str, ...]:
    """Why it cannot be sent, whatever the data."""
    found = [
        f"{TITLES[part]}: {problem}"
        for part in PARTS
        for problem in parse(message.part(part), message.profile).problems
        if problem.severity == "error"
    ]
    more = (f"and {len(found) - _TOLD} more",) if len(found) > _TOLD else ()
    return ("it cannot be sent as it is", *found[:_TOLD], *more) if found else ()


def _checked_name(given: object, what: str) -> str:
    text = given.strip() if isinstance(given, str) else ""
    if not text or not text.isprintable() or len(text) > NAME_LENGTH:
        raise InputError(f"a {what} needs a name of 1 to {NAME_LENGTH} characters that can be printed, not {given!r}"[:200])
    if what == "message" and text.isdecimal():
        raise InputError(f"a message cannot be named {text!r}: that would be its number")
    return text


def delete(turn: Turn, command: DeleteMessage) -> Receipt:
    """Take a message away, with all its versions."""
    saved = MessageBook(turn.database).get(command.message)
    turn.database.documents(MESSAGES).remove(doc_ids=[saved.number])
    turn.database.documents(VERSIONS).remove(where("message") == saved.number)
    turn.note("message_deleted", message=saved.number, name=saved.name, versions=saved.version)
    return Receipt("accepted", str(saved.number))


def save_snippet(turn: Turn, command: SaveSnippet) -> Receipt:
    """Save a snippet, new or changed. At most 16 KB each and 5 MB in all (domain.md 8.3)."""
    name = _checked_name(command.name, "snippet")
    check(command.text, name)
    table = turn.database.documents(SNIPPETS)
    found = table.get(where("name") == name)
    if found is not None and found["text"] == command.text:
        return Receipt("accepted", name, notes=("it is so already",))
    size = len(command.text.encode())
    if size > SNIPPET_BYTES:
        raise InputError(f"snippet {name!r} is {size:,} bytes long; the limit is {SNIPPET_BYTES:,}")
    others = sum(len(text.encode()) for other, text in MessageBook(turn.database).texts().items() if other != name)
    if others + size > SNIPPETS_BYTES:
        raise InputError(f"all snippets together would be {others + size:,} bytes; the limit is {SNIPPETS_BYTES:,}")
    created_at = turn.now if found is None else found["created_at"]
    document = {"name": name, "text": command.text, "created_at": created_at, "updated_at": turn.now}
    if found is None:
        table.insert(document)
    else:
        table.replace(document, found.doc_id)
    turn.note("snippet_saved", name=name, bytes=size)
    return Receipt("accepted", name)


def delete_snippet(turn: Turn, command: DeleteSnippet) -> Receipt:
    """Take a snippet away; the receipt names the messages that read it."""
    book = MessageBook(turn.database)
    snippet = book.snippet(command.name)
    those = readers(book).snippets.get(snippet.name, ())
    turn.database.documents(SNIPPETS).remove(where("name") == snippet.name)
    turn.note("snippet_deleted", name=snippet.name)
    return Receipt("accepted", snippet.name, notes=(f"it is missing now in {', '.join(those)}",) if those else ())
