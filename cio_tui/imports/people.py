"""People CSVs (domain.md 7.2): one identify a row, `id` and `email` identify, every other column is an attribute."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from cio_tui.imports.csv_rows import Problem, Row, read, width_problem
from cio_tui.imports.json_lines import is_json_lines, read_people_lines
from cio_tui.model.commands import Identify
from cio_tui.model.errors import InputError
from cio_tui.model.people import IdentifierKind, checked

EmptyCells = Literal["ignore", "clear"]


def read_people(path: Path, identifier: IdentifierKind | None = None, empty: EmptyCells = "ignore") -> Iterator[Row]:
    """An `Identify` for each row, or its problem.

    People are found by `identifier`, or, when none is given, by `id` where the row has one and else by `email`. Empty cells
    leave what is stored, or take it away (`clear`). Raises InputError for a file without the identifying column.
    """
    if is_json_lines(path):
        return read_people_lines(path)
    header, rows = read(path)
    wanted: tuple[IdentifierKind, ...] = ("id", "email") if identifier is None else (identifier,)
    if not any(kind in header for kind in wanted):
        raise InputError(f"{path}, row 1: a column {' or '.join(wanted)} is needed to know whom a row is about")
    return _read_rows(header, rows, wanted, empty)


def _read_rows(
    header: list[str], rows: Iterator[tuple[int, list[str]]], wanted: tuple[IdentifierKind, ...], empty: EmptyCells
) -> Iterator[Row]:
    for number, cells in rows:
        problem = width_problem(number, header, cells)
        if problem is not None:
            yield Row(number, problem=problem)
            continue
        values = dict(zip(header, cells, strict=True))
        kind = next((kind for kind in wanted if values.get(kind, "").strip()), None)
        if kind is None:
            yield Row(number, problem=Problem(number, wanted[0], "the row says nobody: the cell is empty"))
            continue
        try:
            person = checked(kind, values.pop(kind))
        except InputError as error:
            yield Row(number, problem=Problem(number, kind, str(error)))
            continue
        attributes = {name: value or None for name, value in values.items() if value != "" or empty == "clear"}
        yield Row(number, Identify({kind: person.value}, attributes))
