"""Which letters an SQL engine must replace so that its text compares as `comparing.fold` does.

Folding goes letter by letter, and a folded letter folds to itself. So for one wanted text only those letters matter whose folded
form meets it: for `pro` none but A to Z, for `kiss` also `K` (Kelvin), `ſ`, `ß` and `ẞ`.
"""

from functools import cache

from cio_tui.model.comparing import fold

_LAST_WITH_CASE = 0x1FFFF


@cache
def _foldings() -> tuple[tuple[str, str], ...]:
    """Every letter beyond ASCII that folding changes, with its folded form."""
    letters = map(chr, range(0x80, _LAST_WITH_CASE))
    return tuple((letter, folded) for letter in letters if (folded := fold(letter)) != letter)


def replacements(wanted: str, *, whole: bool) -> list[tuple[str, str]]:
    """The letters beyond ASCII, with their folded forms, that a text which equals `wanted` (or contains it, unless `whole`) may
    hold. `wanted` is folded.
    """
    return [(letter, folded) for letter, folded in _foldings() if folded in wanted or (not whole and _meet(folded, wanted))]


def _meet(folded: str, wanted: str) -> bool:
    """Whether an occurrence of `wanted` may cover a part of `folded`."""
    if wanted and wanted in folded:
        return True
    return any(wanted.startswith(folded[cut:]) or wanted.endswith(folded[:cut]) for cut in range(1, len(folded)))
