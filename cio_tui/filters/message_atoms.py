"""The atoms of the lists of messages and of snippets. A document holds what the list shows, and the `body`.

`errors` and `warnings` count what is wrong with a template.
"""

from collections.abc import Callable, Iterator
from typing import Final

from tinydb.queries import QueryInstance, where

from cio_tui.filters.atoms import FREE_TEXT, Atom, Before, Choice, FilterContext, ListName, Name, Since
from cio_tui.filters.queries import Document, text_anywhere, text_of, whole_at_least

_MESSAGES: Final[frozenset[ListName]] = frozenset({"messages"})
_BOTH: Final[frozenset[ListName]] = frozenset({"messages", "snippets"})


class Words(Atom):
    """Text in what a list shows of a row, or in what is written in it."""

    keys = (FREE_TEXT,)
    example = "receipt"

    def __init__(self, list_name: ListName, fields: tuple[str, ...], what: str) -> None:
        self.lists = frozenset({list_name})
        self.help = f"text in the {what}"
        self._fields = fields

    def check(self, value: str) -> None:
        """Takes every text."""

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """One of the fields contains it."""
        return text_anywhere(value, self._texts)

    def _texts(self, document: Document) -> Iterator[str]:
        return (text_of(document, field) for field in self._fields)


class Contains(Atom):
    """A field contains a text."""

    def __init__(self, key: str, what: str, example: str) -> None:
        self.keys = (key,)
        self.lists = _MESSAGES
        self.help = f"{what} contains this"
        self.example = f"{key}:{example}"

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """The field of the same name contains it."""
        return text_anywhere(value, lambda document: iter((text_of(document, self.keys[0]),)))


def _equals(field: str, value: str) -> Callable[[FilterContext], QueryInstance]:
    found: QueryInstance = where(field) == value
    return lambda _: found


def _some(field: str) -> Callable[[FilterContext], QueryInstance]:
    return lambda _: whole_at_least(field, 1)


MESSAGE_ATOMS: Final[tuple[Atom, ...]] = (
    Words("messages", ("name", "subject", "trigger", "body"), "message's name, subject, event or body"),
    Words("snippets", ("name", "body"), "snippet's name or text"),
    Name(_BOTH),
    Contains("subject", "the subject", "order"),
    Contains("trigger", "the name of the event that triggers it", "order_placed"),
    Choice(
        "profile",
        _MESSAGES,
        {
            "latest": ("rendered as LiquidJS does", _equals("profile", "latest")),
            "legacy": ("rendered as Ruby's Liquid does", _equals("profile", "legacy")),
        },
    ),
    Choice(
        "has",
        _BOTH,
        {
            "errors": ("its template cannot be right", _some("errors")),
            "warnings": ("something in its template is odd", _some("warnings")),
        },
    ),
    Since("updated_at", "saved", _BOTH),
    Before("updated_at", "saved", _BOTH),
)
