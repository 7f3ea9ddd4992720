"""All atoms, and which belong to which list."""

from typing import Final

from cio_tui.filters.activity_atoms import ACTIVITY_ATOMS
from cio_tui.filters.anonymous_atoms import ANONYMOUS_ATOMS
from cio_tui.filters.atoms import LISTS, Atom, ListName
from cio_tui.filters.index_atoms import INDEX_ATOMS
from cio_tui.filters.message_atoms import MESSAGE_ATOMS
from cio_tui.filters.people_atoms import PEOPLE_ATOMS
from cio_tui.filters.property_terms import PROPERTY_KEYS
from cio_tui.filters.segment_atoms import SEGMENT_ATOMS

ATOMS: Final[tuple[Atom, ...]] = (
    *ACTIVITY_ATOMS,
    *PEOPLE_ATOMS,
    *INDEX_ATOMS,
    *ANONYMOUS_ATOMS,
    *SEGMENT_ATOMS,
    *MESSAGE_ATOMS,
)

_BY_KEY: Final[dict[ListName, dict[str, Atom]]] = {
    name: {key: atom for atom in ATOMS if name in atom.lists for key in atom.keys} for name in LISTS
}
_GRAMMAR: Final = (
    ("a or b", "either; terms side by side must all match"),
    ("-a", "not; also `not a` and `!a`"),
    ("(a or b) c", "brackets group"),
    ('"a b"', "quotes keep spaces, and words such as or"),
)


def atoms_of(list_name: ListName) -> dict[str, Atom]:
    """The atoms of a list by key, in the order of the help."""
    return _BY_KEY[list_name]


def lists_with(key: str) -> list[ListName]:
    """The lists that have this key."""
    return [name for name in LISTS if key in _BY_KEY[name]]


def written(key: str) -> str:
    """A key as it stands in a line: `type:`, `data.`."""
    return f"{key}." if key in PROPERTY_KEYS else f"{key}:"


def help_for(list_name: ListName) -> list[tuple[str, str]]:
    """(example, what it means) for everything that a list's filter line takes, the grammar last."""
    atoms = dict.fromkeys(_BY_KEY[list_name].values())
    return [line for atom in atoms for line in atom.explain()] + list(_GRAMMAR)
