"""The messages and snippets of a workspace, as they are stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz, process
from tinydb import where

from cio_tui.messages.definition import Message
from cio_tui.model.comparing import fold
from cio_tui.model.errors import InputError
from cio_tui.store import Database

MESSAGES: Final = "messages"
VERSIONS: Final = "message_versions"
SNIPPETS: Final = "snippets"


@dataclass(frozen=True, slots=True)
class SavedMessage:
    """A message as it was saved last, or as one of its versions; versions count from 1, instants are Unix seconds."""

    number: int
    message: Message
    version: int
    created_at: int
    updated_at: int

    @property
    def name(self) -> str:
        """What it is called."""
        return self.message.name

    def to_json(self) -> dict[str, Any]:
        """Number, version, instants, and the fields as files name them; those left out are as in a new message."""
        return {
            "number": self.number,
            "version": self.version,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
            **self.message.to_document(),
        }


@dataclass(frozen=True, slots=True)
class Snippet:
    """A named text that messages put in with `{{ snippets.name }}`."""

    name: str
    text: str
    created_at: int
    updated_at: int

    def to_json(self) -> dict[str, Any]:
        """The fields by name, and the size in bytes."""
        return {
            "name": self.name,
            "bytes": len(self.text.encode()),
            "created_at": self.created_at,
            "updated_at": self.updated_at,
            "text": self.text,
        }


class MessageBook:
    """Reads messages and snippets. Nothing is kept between two calls."""

    def __init__(self, database: Database) -> None:
        self._messages = database.documents(MESSAGES)
        self._versions = database.documents(VERSIONS)
        self._snippets = database.documents(SNIPPETS)

    def all(self) -> list[SavedMessage]:
        """Every message, in the order they were made."""
        return [_saved(document.doc_id, document) for document in self._messages]

    def find(self, reference: str | int) -> SavedMessage | None:
        """The message of a name, in any letter case, or of a number, as a number or as text."""
        if not isinstance(reference, int):
            key = fold(reference.strip())
            found = self._messages.get(where("name_key") == key)
            if found is not None:
                return _saved(found.doc_id, found)
            if not (key.isascii() and key.isdecimal() and len(key) < 19):
                return None
            reference = int(key)
        found = self._messages.get(doc_id=reference)
        return None if found is None else _saved(found.doc_id, found)

    def get(self, reference: str | int) -> SavedMessage:
        """The message of a name or number. Raises InputError, with the nearest name."""
        found = self.find(reference)
        if found is None:
            names = [one.name for one in self.all()]
            raise InputError(f"there is no message {reference!r}", hint=_nearest(str(reference), names, "message list"))
        return found

    def versions(self, reference: str | int) -> list[SavedMessage]:
        """All versions of a message, the latest first. Raises InputError."""
        saved = self.get(reference)
        return list(reversed([_version(saved, document) for document in self._of(saved.number)]))

    def version(self, reference: str | int, version: int) -> SavedMessage:
        """One version of a message. Raises InputError."""
        saved = self.get(reference)
        for document in self._of(saved.number):
            if document["version"] == version:
                return _version(saved, document)
        raise InputError(f"{saved.name!r} has no version {version}", hint=f"it has 1 to {saved.version}")

    def _of(self, number: int) -> list[Any]:
        found = self._versions.search(where("message") == number)
        return sorted(found, key=lambda document: int(document["version"]))

    def snippets(self) -> list[Snippet]:
        """Every snippet, by name."""
        return sorted((_snippet(document) for document in self._snippets), key=lambda one: (fold(one.name), one.name))

    def snippet(self, name: str) -> Snippet:
        """The snippet of just this name. Raises InputError, with the nearest name."""
        found = self._snippets.get(where("name") == name)
        if found is None:
            names = [one.name for one in self.snippets()]
            raise InputError(f"there is no snippet {name!r}", hint=_nearest(name, names, "snippet list"))
        return _snippet(found)

    def texts(self) -> dict[str, str]:
        """The snippets' texts by name."""
        return {document["name"]: document["text"] for document in self._snippets}


def check_messages(database: Database) -> Iterator[str]:
    """A line for each message and version that does not fit."""
    known: dict[int, Any] = {document.doc_id: document for document in database.documents(MESSAGES)}
    found: dict[int, dict[int, Any]] = {}
    for document in database.documents(VERSIONS):
        found.setdefault(document["message"], {})[document["version"]] = document["definition"]
    for number in sorted(found.keys() - known.keys()):
        yield f"message_versions: there are versions of message {number}, which is not here"
    for number, document in known.items():
        try:
            Message.from_document(document["definition"])
        except InputError as error:
            yield f"message {number}: {error}"
        versions, latest = found.get(number, {}), document["version"]
        if sorted(versions) != list(range(1, latest + 1)):
            yield f"message {number}: it is at version {latest}, but not each version up to it is here"
        elif versions[latest] != document["definition"]:
            yield f"message {number}: it is not what its version {latest} says"


def _nearest(text: str, names: list[str], listing: str) -> str:
    close = process.extractOne(text, names, scorer=fuzz.ratio, processor=fold, score_cutoff=60)
    return f"did you mean {close[0]!r}?" if close else f"`cio-tui {listing}` names them"


def _saved(number: int, document: Any) -> SavedMessage:
    message = Message.from_document(document["definition"])
    return SavedMessage(number, message, document["version"], document["created_at"], document["updated_at"])


def _version(saved: SavedMessage, document: Any) -> SavedMessage:
    message = Message.from_document(document["definition"])
    return SavedMessage(saved.number, message, document["version"], saved.created_at, document["saved_at"])


def _snippet(document: Any) -> Snippet:
    return Snippet(document["name"], document["text"], document["created_at"], document["updated_at"])
