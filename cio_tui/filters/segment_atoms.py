"""The atoms of the list of segments. A document holds what the list shows, and the `description`."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from tinydb.queries import QueryInstance, where

from cio_tui.filters.atoms import FREE_TEXT, Atom, Before, Choice, FilterContext, ListName, Name, Since
from cio_tui.filters.queries import Document, text_anywhere, text_of, whole_at_least, whole_below
from cio_tui.model.errors import InputError

_LIST: Final[frozenset[ListName]] = frozenset({"segments"})
_COUNT: Final = re.compile(r"(>=|<=|>|<|=)?(\d{1,15})", re.ASCII)
_COMPARED: Final[dict[str, Callable[[str, int], QueryInstance]]] = {
    ">=": whole_at_least,
    ">": lambda field, count: whole_at_least(field, count + 1),
    "<": whole_below,
    "<=": lambda field, count: whole_below(field, count + 1),
    "=": lambda field, count: where(field) == count,
}


class Words(Atom):
    """Text in the name or the description."""

    keys = (FREE_TEXT,)
    lists = _LIST
    help = "text in the segment's name or description"
    example = "spenders"

    def check(self, value: str) -> None:
        """Takes every text."""

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """One of the two contains it."""
        return text_anywhere(value, lambda document: (text_of(document, field) for field in ("name", "description")))


class Members(Atom):
    """How many people are in it."""

    keys = ("members",)
    lists = _LIST
    help = "so many people are in it: > >= < <= or a number alone"
    example = "members:>10"

    def check(self, value: str) -> None:
        """Raises InputError for what is no number."""
        super().check(value)
        if not _COUNT.fullmatch(value):
            raise InputError(f"{value!r} is not a number of people", hint=f"for example {self.example}")

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """The comparison of the count."""
        count = value.lstrip("<>=")
        return _COMPARED[value.removesuffix(count) or "="]("members", int(count))


class Named(Atom):
    """A segment that it looks at, or that looks at it."""

    lists = _LIST

    def __init__(self, key: str, what: str) -> None:
        self.keys = (key,)
        self.help = what
        self.example = f"{key}:spenders"

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """The name of one of them contains it."""
        return text_anywhere(value, self._names)

    def _names(self, document: Document) -> Iterator[str]:
        names = document.get(self.keys[0])
        yield from (name for name in names if isinstance(name, str)) if isinstance(names, (list, tuple)) else ()


def _of_kind(kind: str) -> Callable[[FilterContext], QueryInstance]:
    found: QueryInstance = where("kind") == kind
    return lambda _: found


SEGMENT_ATOMS: Final[tuple[Atom, ...]] = (
    Words(),
    Name(_LIST),
    Choice(
        "kind", _LIST, {"data": ("it has conditions", _of_kind("data")), "manual": ("its people are put in", _of_kind("manual"))}
    ),
    Members(),
    Named("uses", "it looks at a segment whose name contains"),
    Named("used_by", "a segment whose name contains this looks at it"),
    Since("updated_at", "saved", _LIST),
    Before("updated_at", "saved", _LIST),
)
