"""The atoms of the data index: the events and the attributes that a workspace has seen (domain.md 5)."""

from typing import Final

from tinydb.queries import QueryInstance

from cio_tui.filters.activity_atoms import Type
from cio_tui.filters.atoms import FREE_TEXT, Atom, Before, FilterContext, ListName, Name, Since
from cio_tui.filters.queries import name_matches
from cio_tui.model.activity import EVENT_TYPES
from cio_tui.model.name_search import NameSearch

_LISTS: Final[frozenset[ListName]] = frozenset({"events", "attributes"})


class Words(Atom):
    """Words search the name, as in the product's own search box: spaces belong to the term."""

    keys = (FREE_TEXT,)
    lists = _LISTS
    help = "name contains; * any run, a+b both, a|b a and not b"
    example = "order + paid"
    joins_words = True

    def check(self, value: str) -> None:
        """Takes every text."""

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """The search over the name."""
        return name_matches("name", NameSearch.parse(value))


INDEX_ATOMS: Final[tuple[Atom, ...]] = (
    Words(),
    Name(_LISTS),
    Type(frozenset({"events"}), EVENT_TYPES, "one of these types", "type:page,screen"),
    Since("last_received", "last received", _LISTS),
    Before("last_received", "last received", _LISTS),
)
