"""What the word under the cursor may become."""

from collections.abc import Iterable, Mapping
from typing import Final

from cio_tui.filters.atoms import Atom, ListName
from cio_tui.filters.property_terms import PROPERTY_KEYS, property_term
from cio_tui.filters.quoting import quote
from cio_tui.filters.registry import atoms_of, written
from cio_tui.filters.scanning import Token, scan
from cio_tui.model.comparing import fold
from cio_tui.model.errors import InputError

_MOST: Final = 50


def token_start(text: str, cursor: int) -> int:
    """Where the word begins that `complete` replaces; the cursor itself when it stands on no word."""
    token = _under(text, cursor)
    return cursor if token is None else token.start


def complete(text: str, cursor: int, list_name: ListName, candidates: Mapping[str, Iterable[str]] | None = None) -> list[str]:
    """What may stand between `token_start` and the cursor, best first.

    `candidates` are values by key that only the workspace knows: names, people, property paths for `data` and `attr`.
    """
    atoms = atoms_of(list_name)
    token = _under(text, cursor)
    known = candidates or {}
    if token is None or not token.key:
        word = "" if token is None else token.value
        keys = [written(key) for key in atoms if key]
        return [] if token is not None and token.quoted else _ranked(word, keys)
    atom = atoms.get(token.key)
    if atom is None:
        return []
    found = known.get(token.key, ())
    if token.key in PROPERTY_KEYS:
        return _properties(text[token.start : cursor], token.key, found)
    return _values(token, atom, [*atom.values, *found])


def _under(text: str, cursor: int) -> Token | None:
    """The term that the cursor touches from the right."""
    line = text[:cursor]
    tokens = list(scan(line))
    return tokens[-1] if tokens and tokens[-1].kind == "term" and tokens[-1].end == len(line) else None


def _values(token: Token, atom: Atom, known: list[str]) -> list[str]:
    before, value = "", token.value
    if atom.several:
        head, comma, value = value.rpartition(",")
        before = head + comma
    return [f"{token.key}:{quote(before + atom.spell(candidate))}" for candidate in _ranked(value, known)]


def _ranked(word: str, known: Iterable[str]) -> list[str]:
    """Those that start with the word, then those that contain it."""
    folded = fold(word)
    found = [each for each in dict.fromkeys(known) if folded in fold(each)]
    return sorted(found, key=lambda each: not fold(each).startswith(folded))[:_MOST]


def _properties(word: str, key: str, paths: Iterable[str]) -> list[str]:
    terms: dict[str, str] = {}
    for path in paths:
        try:
            terms[property_term(key, path)] = f"{key}.{path}"
        except InputError:
            continue
    found = [term for term, plain in terms.items() if fold(term).startswith(fold(word)) or fold(plain).startswith(fold(word))]
    return found[:_MOST]
