"""The atoms of the activity log (domain.md 6)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tinydb.queries import QueryInstance, where

from cio_tui.filters.atoms import FREE_TEXT, Atom, Before, Choice, FilterContext, ListName, Name, Property, Since, nearest
from cio_tui.filters.queries import (
    Document,
    matches_pattern,
    name_matches,
    narrowed,
    nothing,
    starts_with,
    text_anywhere,
    text_of,
    texts_of,
    whole_at_least,
    whole_below,
)
from cio_tui.model.activity import ACTIVITY_TYPES, ATTRIBUTE_CHANGE, EVENT_TYPES, FAILED_ATTRIBUTE_CHANGE, FAILED_TYPES
from cio_tui.model.errors import InputError
from cio_tui.model.limits import LOG_WINDOW
from cio_tui.model.name_search import NameSearch, Pattern, plain_run

_LIST: Final[frozenset[ListName]] = frozenset({"activity"})


class Words(Atom):
    """Text anywhere in a record."""

    keys = (FREE_TEXT,)
    lists = _LIST
    help = "text in the name, the ids, or the keys and values of the data"
    example = '"sign up"'

    def check(self, value: str) -> None:
        """Takes every text."""

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """Any of the record's texts contains it."""
        return text_anywhere(value, _texts)


def _texts(document: Document) -> Iterator[str]:
    for field in ("name", "id", "person", "anonymous_id"):
        yield text_of(document, field)
    yield from texts_of(document.get("data"), keys=True)


class Type(Atom):
    """`type:event,page`; `failed*` for every type that starts so."""

    keys = ("type",)
    several = True

    def __init__(self, lists: frozenset[ListName], types: tuple[str, ...], help_line: str, example: str) -> None:
        self.lists = lists
        self.values = types
        self.help = help_line
        self.example = example

    def check(self, value: str) -> None:
        """Raises InputError for a type that does not exist."""
        super().check(value)
        self._types(value)

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """One of the types."""
        return where("type").one_of(self._types(value))

    def _types(self, value: str) -> list[str]:
        found: dict[str, None] = {}
        for part in value.lower().split(","):
            word = part.strip()
            chosen = [
                name for name in self.values if name == word or (word.endswith("*") and name.startswith(word.removesuffix("*")))
            ]
            if not chosen:
                raise InputError(f"there is no type {word!r}", hint=nearest(word, self.values))
            found.update(dict.fromkeys(chosen))
        return list(found)


class ActivityName(Name):
    """`name:`, for attribute changes the names of the attributes too."""

    help = "name of the event or attribute contains; * any run, a+b both, a|b a and not b"

    def __init__(self) -> None:
        super().__init__(_LIST)

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """The search over the name, or over the keys of a change's data."""
        search = NameSearch.parse(value)

        def changes(document: Document) -> bool:
            data = document.get("data")
            return isinstance(data, Mapping) and any(isinstance(key, str) and search.matches(key) for key in data)

        change = where("type").one_of([ATTRIBUTE_CHANGE, FAILED_ATTRIBUTE_CHANGE])
        return name_matches("name", search) | (change & QueryInstance(changes, ("data keys", search.text)))


class Owner(Atom):
    """`person:`: whose it is."""

    keys = ("person",)
    lists = _LIST
    help = "belongs to the person with this id, email or cio_id"
    example = "person:anna@example.com"

    def compile(self, value: str, context: FilterContext, /) -> QueryInstance:
        """One of the people that the context knows by this text; nobody's when there is none."""
        people = context.people(value)
        if not people:
            return nothing("person")
        return where("person") == people[0] if len(people) == 1 else where("person").one_of(people)


class AnonymousId(Atom):
    """`anonymous:`: which anonymous visitor did it."""

    keys = ("anonymous",)
    lists = _LIST
    help = "came with this anonymous_id; * any run"
    example = "anonymous:web-*"

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """Exactly this anonymous_id, or one that the wildcards cover."""
        pattern = Pattern.parse(value)
        if not pattern.wild:
            exactly: QueryInstance = where("anonymous_id") == pattern.pieces[0]
            return exactly
        return matches_pattern("anonymous_id", pattern, whole=True)


class ActivityId(Atom):
    """`id:`: the record with this id, or whose id starts so."""

    keys = ("id",)
    lists = _LIST
    help = "activity id starts with"
    example = "id:01J3"

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """Ids are upper-case ULIDs, so a prefix is a range of the index."""
        prefix = value.strip().upper()
        return starts_with("id", prefix, (">=", ("id",), prefix), ("<", ("id",), prefix + "~"))


class Cause(Atom):
    """`cause:`: what a record led to."""

    keys = ("cause",)
    lists = _LIST
    help = "was caused by the activity whose id starts with"
    example = "cause:01J3"

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """Upper-case ULIDs as well."""
        prefix = value.strip().upper()
        run = plain_run(prefix)
        return starts_with("cause", prefix, *([("text", run)] if run else []))


def _hidden(context: FilterContext) -> QueryInstance:
    first_shown = context.now - LOG_WINDOW
    return whole_below("timestamp", first_shown) | whole_below("processed_at", first_shown)


def _is_late(document: Document) -> bool:
    processed: Any = document.get("processed_at")
    happened: Any = document.get("timestamp")
    return isinstance(processed, int) and isinstance(happened, int) and processed > happened


_EVENT: Final = where("type").one_of(list(EVENT_TYPES))
_OWNED: Final = where("person").exists()
_FAILED: Final = where("type").one_of(list(FAILED_TYPES))

ACTIVITY_ATOMS: Final[tuple[Atom, ...]] = (
    Words(),
    Type(_LIST, ACTIVITY_TYPES, "one of these types; failed* for all that start so", "type:event,page"),
    ActivityName(),
    Owner(),
    AnonymousId(),
    Property("data", "data", _LIST, "a property of the data", "data.items[].type=monitor"),
    Since("timestamp", "happened", _LIST),
    Before("timestamp", "happened", _LIST),
    Choice(
        "is",
        _LIST,
        {
            "anonymous": ("an event that belongs to nobody yet", lambda _: _EVENT & ~_OWNED),
            "identified": ("belongs to a person", lambda _: _OWNED),
            "failed": ("an event or an attribute change that failed", lambda _: _FAILED),
            "duplicate": ("its id arrived again; the later copies were ignored", lambda _: whole_at_least("duplicates", 1)),
            "hidden": ("older than 30 days: the product's own log no longer shows it", _hidden),
            "late": (
                "processed later than it happened, so its two times differ",
                lambda _: narrowed(_is_late, ("late",), ("exists", ("processed_at",))),
            ),
        },
    ),
    ActivityId(),
    Cause(),
)
