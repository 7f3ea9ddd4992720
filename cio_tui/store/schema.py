"""Declared tables: which fields of a document become columns, and which indexes they carry.

A document is one row: `doc_id`, the declared fields as columns of their own, and the rest as JSON text in `doc`. A declared
field is text or a whole number, or absent; that is what makes conditions on it exact in SQL.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

ColumnKind = Literal["text", "integer"]

APPLICATION_ID: Final = 0x43494F31
"""'CIO1', in the header of every workspace file."""
SCHEMA_VERSION: Final = 4
"""1 had no segments, and the cause of an activity among the rest of its document; 2 had no messages, snippets and imports; 3 had
no problems of imports.
"""


@dataclass(frozen=True, slots=True)
class Index:
    """An index over declared fields; `where` makes it partial."""

    columns: tuple[str, ...]
    unique: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class TableSchema:
    """The declared fields of one table."""

    columns: Mapping[str, ColumnKind] = field(default_factory=dict)
    indexes: tuple[Index, ...] = ()


Schema = Mapping[str, TableSchema]

UNCLAIMED: Final = "person IS NULL AND type IN ('event', 'page', 'screen')"
"""Events that belong to nobody. Rows of other types may lack a person for good, so they must not stand in this index."""

WORKSPACE: Final[Schema] = {
    "settings": TableSchema(),
    "people": TableSchema(
        {"cio_id": "text", "id": "text", "email": "text", "email_key": "text", "added_at": "integer"},
        (
            Index(("cio_id",), unique=True),
            Index(("id",), unique=True, where="id IS NOT NULL"),
            Index(("email_key",), unique=True, where="email_key IS NOT NULL"),
        ),
    ),
    "former_people": TableSchema(
        {"cio_id": "text", "id": "text", "email": "text", "removed_at": "integer"},
        (Index(("cio_id",), unique=True),),
    ),
    "suppressions": TableSchema(
        {"id": "text", "email_key": "text"},
        (Index(("id",), where="id IS NOT NULL"), Index(("email_key",), where="email_key IS NOT NULL")),
    ),
    "activity": TableSchema(
        {
            "id": "text",
            "type": "text",
            "name": "text",
            "person": "text",
            "anonymous_id": "text",
            "timestamp": "integer",
            "received_at": "integer",
            "processed_at": "integer",
            "cause": "text",
            "merged_by": "text",
        },
        (
            Index(("id",), unique=True),
            Index(("timestamp",)),
            Index(("person", "timestamp", "name")),
            Index(("name", "timestamp", "person")),
            Index(("anonymous_id", "timestamp"), where="anonymous_id IS NOT NULL"),
            Index(("received_at",), where=UNCLAIMED),
            Index(("cause",), where="cause IS NOT NULL"),
            Index(("merged_by",), where="merged_by IS NOT NULL"),
        ),
    ),
    "retired_ids": TableSchema({"id": "text"}, (Index(("id",), unique=True),)),
    "claims": TableSchema(
        {"anonymous_id": "text", "person": "text", "claimed_at": "integer"},
        (Index(("anonymous_id",), unique=True), Index(("person",))),
    ),
    "segments": TableSchema({"name_key": "text", "revision": "integer"}, (Index(("name_key",), unique=True),)),
    "memberships": TableSchema(
        {"segment": "integer", "person": "text", "member": "integer", "since": "integer", "due": "integer"},
        (
            Index(("person", "segment"), unique=True),
            Index(("segment", "since"), where="member = 1"),
            Index(("due",), where="due IS NOT NULL"),
        ),
    ),
    "movements": TableSchema(
        {"segment": "integer", "person": "text", "at": "integer", "entered": "integer", "cause": "text"},
        (Index(("segment", "at")), Index(("person", "at"))),
    ),
    "messages": TableSchema({"name_key": "text"}, (Index(("name_key",), unique=True),)),
    "message_versions": TableSchema({"message": "integer", "version": "integer"}, (Index(("message", "version"), unique=True),)),
    "snippets": TableSchema({"name": "text"}, (Index(("name",), unique=True),)),
    "imports": TableSchema(
        {"state": "text", "content": "text", "created_at": "integer", "rows_done": "integer"}, (Index(("content",)),)
    ),
    "import_problems": TableSchema({"import": "integer", "row": "integer"}, (Index(("import", "row")),)),
    "event_index": TableSchema(
        {
            "type": "text",
            "name": "text",
            "count": "integer",
            "purged": "integer",
            "first_received": "integer",
            "last_received": "integer",
        },
        (Index(("type", "name"), unique=True),),
    ),
    "property_index": TableSchema(
        {
            "type": "text",
            "name": "text",
            "path": "text",
            "kind": "text",
            "count": "integer",
            "purged": "integer",
            "first_received": "integer",
            "last_received": "integer",
        },
        (Index(("type", "name", "path", "kind"), unique=True),),
    ),
    "attribute_index": TableSchema(
        {
            "name": "text",
            "kind": "text",
            "people": "integer",
            "count": "integer",
            "first_received": "integer",
            "last_received": "integer",
        },
        (Index(("name", "kind"), unique=True),),
    ),
}
"""The tables of a workspace."""
