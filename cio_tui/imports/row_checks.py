"""What is looked at in the cells of every row, whatever the row is about."""

from collections.abc import Sequence

from cio_tui.imports.columns import Column
from cio_tui.imports.decoding import carried
from cio_tui.imports.problems import RowRefused
from cio_tui.model.formulas import guarded, unguarded

_BEGINNINGS = frozenset("'=+-@\t\r\n＝＋－＠")


def cells_of(cells: Sequence[str], width: int, columns: Sequence[Column]) -> Sequence[str]:
    """The texts of a row, apostrophes gone that only keep a spreadsheet from taking them for a formula.

    Raises RowRefused for a row of another width than the header, and for bytes that could not be read.
    """
    if len(cells) != width:
        raise RowRefused("", f"{len(cells)} cells where the header has {width}", "number of cells")
    whole = "".join(cells)
    if not whole.isascii():
        _refuse_carried(cells, columns)
    return [unguarded(cell) for cell in cells] if "'" in whole else cells


def _refuse_carried(cells: Sequence[str], columns: Sequence[Column]) -> None:
    for column, cell in zip(columns, cells, strict=True):
        complaint = carried(cell)
        if complaint:
            raise RowRefused(column.name, complaint, "encoding")


def odd_cells(cells: Sequence[str], columns: Sequence[Column]) -> list[tuple[str, str, str]]:
    """Column, warning and kind of every cell that is imported, and that somebody may not have meant."""
    found: list[tuple[str, str, str]] = []
    if _BEGINNINGS.isdisjoint([cell[:1] for cell in cells]) and "\0" not in "".join(cells):
        return found
    for cell, column in zip(cells, columns, strict=False):
        if guarded(cell) != cell and not cell.startswith("'"):
            found.append((column.name, f"{cell[:40]!r} begins like a formula: it is imported as text", "formula"))
        if "\0" in cell:
            found.append((column.name, "there is a NUL character in the cell", "NUL"))
    return found
