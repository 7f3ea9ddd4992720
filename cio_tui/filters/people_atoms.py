"""The atoms of the list of people (domain.md 3)."""

from collections.abc import Iterator, Mapping
from typing import Final

from tinydb.queries import QueryInstance

from cio_tui.filters.atoms import FREE_TEXT, Atom, Before, Choice, FilterContext, ListName, Property, Since
from cio_tui.filters.queries import Document, has_field, matches_pattern, text_anywhere, text_of, texts_of
from cio_tui.model.comparing import fold
from cio_tui.model.name_search import Pattern
from cio_tui.model.people import CIO_PREFIX

_LIST: Final[frozenset[ListName]] = frozenset({"people"})


class Words(Atom):
    """Text anywhere in a profile."""

    keys = (FREE_TEXT,)
    lists = _LIST
    help = "text in the id, the email, the cio_id or an attribute's value"
    example = "anna"

    def check(self, value: str) -> None:
        """Takes every text."""

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """Any of the profile's texts contains it; `cio_…` as the lists show it starts a cio_id."""
        found = text_anywhere(value, _texts)
        start = fold(value).removeprefix(CIO_PREFIX)
        if not start or start == fold(value):
            return found
        return found | matches_pattern("cio_id", Pattern((start, "")), whole=False)


def _texts(document: Document) -> Iterator[str]:
    for field in ("cio_id", "id", "email"):
        yield text_of(document, field)
    attributes = document.get("attributes")
    if isinstance(attributes, Mapping):
        for value in attributes.values():
            yield from texts_of(value, keys=False)


class Identifier(Atom):
    """`id:` and `email:`."""

    lists = _LIST

    def __init__(self, key: str, example: str) -> None:
        self.keys = (key,)
        self.help = f"{key} contains; with * the whole {key}; letter case does not count"
        self.example = example

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """Found in the identifier, or with wildcards the whole of it."""
        return matches_pattern(self.keys[0], Pattern.parse(fold(value.strip())), whole=False)


def is_unsubscribed(document: Document) -> bool:
    """Any letter case of `true`, the number 1 or "1" means unsubscribed; all else subscribed (3.1)."""
    attributes = document.get("attributes")
    value = attributes.get("unsubscribed") if isinstance(attributes, Mapping) else None
    if isinstance(value, str):
        return value == "1" or value.lower() == "true"
    return isinstance(value, (bool, int, float)) and value == 1


def _has_device(document: Document) -> bool:
    devices = document.get("devices")
    return isinstance(devices, list) and bool(devices)


PEOPLE_ATOMS: Final[tuple[Atom, ...]] = (
    Words(),
    Identifier("id", "id:anna"),
    Identifier("email", "email:*@example.com"),
    Property("attr", "attributes", _LIST, "an attribute", "attr.plan=pro"),
    Since("added_at", "added", _LIST),
    Before("added_at", "added", _LIST),
    Choice(
        "is",
        _LIST,
        {
            "unsubscribed": (
                "asked for no more messages: unsubscribed is true or 1",
                lambda _: QueryInstance(is_unsubscribed, ("is unsubscribed",)),
            )
        },
    ),
    Choice(
        "has",
        _LIST,
        {
            "device": ("has a device for push messages", lambda _: QueryInstance(_has_device, ("has device",))),
            "email": ("has an email", lambda _: has_field("email")),
            "id": ("has an id", lambda _: has_field("id")),
        },
    ),
)
