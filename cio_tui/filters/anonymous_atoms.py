"""The atoms of the list of anonymous ids (domain.md 2). A document holds `anonymous_id`, `state`, `claimed_by` and `last`."""

from collections.abc import Callable, Iterator
from typing import Final, Literal, get_args

from tinydb.queries import QueryInstance, where

from cio_tui.filters.atoms import FREE_TEXT, Atom, Before, Choice, FilterContext, ListName, Since
from cio_tui.filters.queries import Document, text_anywhere, text_of

_LIST: Final[frozenset[ListName]] = frozenset({"anonymous"})

State = Literal["unclaimed", "open", "claimed"]
_MEANINGS: Final[dict[State, str]] = {
    "unclaimed": "nobody has claimed it",
    "open": "claimed, and events that arrive now still merge",
    "claimed": "claimed, and its five minutes are over",
}


class Words(Atom):
    """Text in the id, or in the person who claimed it."""

    keys = (FREE_TEXT,)
    lists = _LIST
    help = "text in the anonymous id, or in who claimed it"
    example = "web-7f3"

    def check(self, value: str) -> None:
        """Takes every text."""

    def compile(self, value: str, _context: FilterContext, /) -> QueryInstance:
        """One of the two contains it."""
        return text_anywhere(value, _texts)


def _texts(document: Document) -> Iterator[str]:
    for field in ("anonymous_id", "claimed_by"):
        yield text_of(document, field)


def _in_state(state: State) -> Callable[[FilterContext], QueryInstance]:
    found: QueryInstance = where("state") == state
    return lambda _: found


ANONYMOUS_ATOMS: Final[tuple[Atom, ...]] = (
    Words(),
    Choice("is", _LIST, {state: (_MEANINGS[state], _in_state(state)) for state in get_args(State)}),
    Since("last", "last event", _LIST),
    Before("last", "last event", _LIST),
)
