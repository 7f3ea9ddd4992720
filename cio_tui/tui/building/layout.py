"""Where the cells of a row are drawn: beside each other, and on a further line when there is no more room."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rich.cells import cell_len

from cio_tui.tui.building.rows import Cell, Row, cells_of, placeholder, text_of
from cio_tui.tui.text import fitted, visible

GUTTER: Final = 3
"""Columns before a row: the cursor, and the sign of its verdict."""
_INDENT: Final = 2
_DEEPEST: Final = 12
"""Levels that are drawn further in; those below stand under each other."""
_CONTINUED: Final = 4
_GAP: Final = 1
_KIND_WIDTH: Final = 9
_LEAST: Final = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A cell as it is drawn; `line` counts the row's lines."""

    cell: Cell
    line: int
    start: int
    width: int
    text: str
    missing: bool


def indent_of(row: Row) -> int:
    """Where a row begins."""
    return GUTTER + _INDENT * min(row.depth, _DEEPEST)


@lru_cache(maxsize=8192)
def laid_out(row: Row, parent: bool, width: int) -> tuple[Span, ...]:
    """The cells of a row within a width, which has room for something."""
    left = indent_of(row)
    room = max(_LEAST, width - left - _CONTINUED)
    spans: list[Span] = []
    line, start = 0, left
    for cell in cells_of(row, parent=parent):
        written = text_of(row, cell)
        text = visible(written) if written else placeholder(row, cell)
        wide = min(cell_len(text), room)
        if cell == "kind" and not row.is_filter:
            wide = max(wide, min(_KIND_WIDTH, room))
        if spans and start + wide > width:
            line, start = line + 1, left + _CONTINUED
        spans.append(Span(cell, line, start, wide, fitted(text, wide), not written))
        start += wide + _GAP
    return tuple(spans)


def height_of(spans: tuple[Span, ...]) -> int:
    """Lines of a row."""
    return spans[-1].line + 1 if spans else 1
