"""People and how they are referred to (domain.md 3.1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from cio_tui.model.errors import InputError
from cio_tui.model.limits import PERSON_ID_BYTES

IdentifierKind = Literal["id", "email", "cio_id"]
KINDS: Final[tuple[IdentifierKind, ...]] = ("id", "email", "cio_id")
Reference = str | Mapping[str, str]
"""A person: an id, an email or `cio_…` told apart by shape, or exactly one of `{"id": …}`, `{"email": …}`, `{"cio_id": …}`."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
CIO_PREFIX = "cio_"


def looks_like_email(text: str) -> bool:
    """Whether a path identifier is taken as an email."""
    return bool(_EMAIL.fullmatch(text))


def email_key(email: str) -> str:
    """What two spellings of one email have in common: emails ignore letter case."""
    return email.lower()


def called(reference: Reference) -> str:
    """A reference as one word, for a reader."""
    if isinstance(reference, Mapping):
        return " ".join(f"{CIO_PREFIX if kind == 'cio_id' else ''}{value}" for kind, value in reference.items())
    return str(reference)


@dataclass(frozen=True, slots=True)
class Identifier:
    """One way to name a person."""

    kind: IdentifierKind
    value: str

    @classmethod
    def of(cls, reference: Reference) -> "Identifier":
        """Read a reference. Raises InputError for an empty one, several identifiers, or an unknown kind (M4)."""
        if isinstance(reference, Mapping):
            return cls._of_mapping(reference)
        if not isinstance(reference, str):
            return checked("id", reference)
        text = reference.strip()
        if text.startswith(CIO_PREFIX) and len(text) > len(CIO_PREFIX):
            return checked("cio_id", text.removeprefix(CIO_PREFIX))
        return checked("email" if looks_like_email(text) else "id", text)

    @classmethod
    def _of_mapping(cls, reference: Mapping[str, str]) -> "Identifier":
        if len(reference) != 1:
            given = ", ".join(map(str, reference))
            raise InputError(f"exactly one of id, email and cio_id names a person, not {len(reference)}: {given}")
        [(kind, value)] = reference.items()
        for known in KINDS:
            if kind == known:
                return checked(known, value)
        raise InputError(f"a person has no identifier {kind!r}: it is one of {', '.join(KINDS)}")

    def __str__(self) -> str:
        return f"{CIO_PREFIX}{self.value}" if self.kind == "cio_id" else self.value


def checked(kind: IdentifierKind, value: object) -> Identifier:
    """An identifier that can be stored. Raises InputError for empty, overlong or unprintable ones and malformed emails."""
    text = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if not text:
        raise InputError(f"{kind} is empty" if value in ("", None) else f"{kind} must be text, not {value!r}"[:120])
    if not text.isprintable():
        raise InputError(f"{kind} {text!r} has a character that cannot be printed"[:160])
    if len(text.encode()) > PERSON_ID_BYTES:
        raise InputError(f"{kind} is {len(text.encode())} bytes long; the limit is {PERSON_ID_BYTES}")
    if kind == "email" and not looks_like_email(text):
        raise InputError(f"{text!r} is not an email address")
    return Identifier(kind, text)


@dataclass(slots=True)
class Person:
    """One profile. `attributes` holds everything but the identifiers; `changed_at` when each was last set, in Unix seconds.

    `row` is the place in the store, None before the first save.
    """

    cio_id: str
    added_at: int
    id: str | None = None
    email: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    changed_at: dict[str, int] = field(default_factory=dict)
    devices: list[dict[str, Any]] = field(default_factory=list)
    row: int | None = None

    def get(self, kind: IdentifierKind) -> str | None:
        """The identifier of a kind."""
        return {"id": self.id, "email": self.email, "cio_id": self.cio_id}[kind]

    def has(self, identifier: Identifier) -> bool:
        """Whether the identifier is this person's."""
        return same_identifier(identifier.kind, self.get(identifier.kind), identifier.value)

    @property
    def label(self) -> str:
        """The identifier that a reader knows best."""
        return self.email or self.id or f"{CIO_PREFIX}{self.cio_id}"

    def identifiers(self) -> dict[str, str | None]:
        """`{"id", "email", "cio_id"}`, as activity shows them."""
        return {"id": self.id, "email": self.email, "cio_id": self.cio_id}

    def to_document(self) -> dict[str, Any]:
        """The stored form."""
        document: dict[str, Any] = {"cio_id": self.cio_id, "added_at": self.added_at}
        if self.id is not None:
            document["id"] = self.id
        if self.email is not None:
            document["email"] = self.email
            document["email_key"] = email_key(self.email)
        return document | {"attributes": self.attributes, "changed_at": self.changed_at, "devices": self.devices}

    @classmethod
    def from_document(cls, document: Mapping[str, Any], row: int | None = None) -> "Person":
        """The record of a stored document."""
        fields = {key: value for key, value in document.items() if key != "email_key"}
        return cls(**fields, row=row)


def same_identifier(kind: IdentifierKind, one: str | None, other: str | None) -> bool:
    """Whether two values of a kind are the same: emails ignore letter case, ids do not."""
    if one is None or other is None:
        return False
    return email_key(one) == email_key(other) if kind == "email" else one == other
