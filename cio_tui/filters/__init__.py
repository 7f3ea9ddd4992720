"""The one-line filter language of every list: `type:event name:order* data.total>50 since:7d -is:failed`.

`parse` reads a line, `Filter.compile` makes one TinyDB query of it. The atoms carry their own help.
"""

from cio_tui.filters.atoms import LISTS, Atom, FilterContext, ListName
from cio_tui.filters.completion import complete, token_start
from cio_tui.filters.errors import FilterError
from cio_tui.filters.parsing import Filter, parse
from cio_tui.filters.property_terms import property_term
from cio_tui.filters.quoting import quote
from cio_tui.filters.registry import ATOMS, help_for

__all__ = [
    "ATOMS",
    "LISTS",
    "Atom",
    "Filter",
    "FilterContext",
    "FilterError",
    "ListName",
    "complete",
    "help_for",
    "parse",
    "property_term",
    "quote",
    "token_start",
]
