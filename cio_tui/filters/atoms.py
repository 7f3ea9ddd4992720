"""What an atom of the filter line is: its keys, its lists, its help, and the query it stands for.

The atoms of each list are in `activity_atoms`, `people_atoms`, `index_atoms`, `anonymous_atoms`, `segment_atoms` and
`message_atoms`; `registry` has them all.
"""

import difflib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from tinydb.queries import QueryInstance

from cio_tui.filters.errors import FilterError
from cio_tui.filters.property_terms import parse_property_term
from cio_tui.filters.queries import name_matches, property_holds, whole_at_least, whole_below
from cio_tui.model.errors import InputError
from cio_tui.model.instants import parse_duration, parse_instant
from cio_tui.model.name_search import NameSearch, escape

ListName = Literal["activity", "people", "events", "attributes", "anonymous", "segments", "messages", "snippets"]
LISTS: Final[tuple[ListName, ...]] = get_args(ListName)
FREE_TEXT: Final = ""
"""The key of words without one."""


@dataclass(frozen=True, slots=True)
class FilterContext:
    """What a query needs to know when it is made: the workspace's instant, and who a reference may mean (their cio_ids)."""

    now: int
    people: Callable[[str], list[str]]


class Atom(ABC):
    """One kind of term."""

    keys: tuple[str, ...]
    """What stands before the colon; `FREE_TEXT` for words, `data` and `attr` for properties."""
    lists: frozenset[ListName]
    help: str
    example: str
    values: tuple[str, ...] = ()
    """The values it can have, where there is a fixed set."""
    several: bool = False
    """Whether it takes values with commas between."""
    joins_words: bool = False
    """For free text: whether words side by side are one value, spaces included."""

    def check(self, value: str) -> None:
        """Raises InputError, or FilterError with a position in the value, for a value that it cannot take."""
        if not value.strip():
            raise InputError(f"a value is missing after {self.keys[0]}:", hint=f"for example {self.example}")

    @abstractmethod
    def compile(self, value: str, context: FilterContext, /) -> QueryInstance:
        """The query of a checked value."""

    def spell(self, candidate: str) -> str:
        """The value that finds this candidate, before quoting."""
        return candidate

    def explain(self) -> list[tuple[str, str]]:
        """Examples and what each means."""
        return [(self.example, self.help)]


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest known words, or all when none is close."""
    words = list(known)
    close = difflib.get_close_matches(word.lower(), words, n=3, cutoff=0.5)
    return f"did you mean {' or '.join(close)}" if close else f"it can be {', '.join(words)}"


class Choice(Atom):
    """`is:` and `has:`: one of a few words, each with a help line and a query of its own."""

    def __init__(
        self, key: str, lists: Iterable[ListName], choices: Mapping[str, tuple[str, Callable[[FilterContext], QueryInstance]]]
    ) -> None:
        self.keys = (key,)
        self.lists = frozenset(lists)
        self.values = tuple(choices)
        self._choices = choices
        self.example, self.help = self.explain()[0]

    def check(self, value: str) -> None:
        """Raises InputError for a word that is no choice."""
        super().check(value)
        if value.lower() not in self._choices:
            raise InputError(f"there is no {self.keys[0]}:{value}", hint=nearest(value, self.values))

    def compile(self, value: str, context: FilterContext, /) -> QueryInstance:
        """The choice's query."""
        return self._choices[value.lower()][1](context)

    def explain(self) -> list[tuple[str, str]]:
        """One line for each choice."""
        return [(f"{self.keys[0]}:{word}", meaning) for word, (meaning, _) in self._choices.items()]


class Since(Atom):
    """From an instant on, that instant included."""

    keys = ("since",)

    def __init__(self, field: str, what: str, lists: Iterable[ListName]) -> None:
        self.field = field
        self.lists = frozenset(lists)
        self.help = f"{what} at or after: 7d (ago), a date, Unix seconds, now"
        self.example = "since:7d"

    def check(self, value: str) -> None:
        """Raises InputError for what is no time."""
        super().check(value)
        moment(value, 2_000_000_000)

    def compile(self, value: str, context: FilterContext, /) -> QueryInstance:
        """At or after."""
        return whole_at_least(self.field, moment(value, context.now))


class Before(Since):
    """Up to an instant, that instant excluded."""

    keys = ("before",)

    def __init__(self, field: str, what: str, lists: Iterable[ListName]) -> None:
        super().__init__(field, what, lists)
        self.help = f"{what} before: 2h (ago), a date, Unix seconds"
        self.example = "before:2024-06-10"

    def compile(self, value: str, context: FilterContext, /) -> QueryInstance:
        """Earlier than."""
        return whole_below(self.field, moment(value, context.now))


def moment(text: str, now: int) -> int:
    """Unix seconds; a bare duration is that long ago. Raises InputError."""
    if len(text) > 40:
        raise InputError(f"{text[:20]!r}… is not a time")
    try:
        return now - parse_duration(text)
    except InputError:
        return parse_instant(text, now)


class Name(Atom):
    """`name:` with the product's search grammar (domain.md 1.2)."""

    keys = ("name",)
    help = "name contains; * any run, a+b both, a|b a and not b"
    example = "name:order*"

    def __init__(self, lists: Iterable[ListName]) -> None:
        self.lists = frozenset(lists)

    def check(self, value: str) -> None:
        """Takes every text but none at all."""
        super().check(value)

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """The search over the name."""
        return name_matches("name", NameSearch.parse(value))

    def spell(self, candidate: str) -> str:
        """The name with its special characters escaped."""
        return escape(candidate)


class Property(Atom):
    """`data.…` and `attr.…`: a property compared, or present (domain.md 4.3, 4.6)."""

    def __init__(self, key: str, field: str, lists: Iterable[ListName], what: str, example: str) -> None:
        self.keys = (key,)
        self.field = field
        self.lists = frozenset(lists)
        self.help = f"{what} by = != > >= < <= or ~ (contains); alone: it is there"
        self.example = example

    def check(self, value: str) -> None:
        """Raises FilterError for a path that is none and for a missing value."""
        if value in (".", "["):
            raise FilterError("a property is missing", len(value), hint=f"for example {self.example}")
        parse_property_term(value)

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """The comparison over the field."""
        path, term = parse_property_term(value)
        return property_holds(self.field, path, term.comparison)
