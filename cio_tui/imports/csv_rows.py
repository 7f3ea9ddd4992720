"""Reading a CSV: UTF-8 with or without a byte-order mark, commas, RFC 4180 quotes (domain.md 7.1)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cio_tui.model.commands import Command
from cio_tui.model.errors import InputError
from cio_tui.model.formulas import unguarded


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row was not taken. `row` counts lines of the file as an editor shows them, the header being 1."""

    row: int
    column: str
    problem: str

    def to_json(self) -> dict[str, Any]:
        """`{"row", "column", "problem"}`."""
        return {"row": self.row, "column": self.column, "problem": self.problem}

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.problem}" if self.column else f"row {self.row}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the command it asks for, or why it asks for none."""

    number: int
    command: Command | None = None
    problem: Problem | None = None


def read(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The header, and the rows below it with the number of their first line; wholly empty rows are passed over.

    Raises InputError when the file cannot be read, has no header, repeats a column, is no UTF-8 or breaks the quoting anywhere:
    with the row, and before any row is given.
    """
    _check_encoding(path)
    for _ in _rows(path):
        pass
    rows = _rows(path)
    first = next(rows, None)
    if first is None:
        raise InputError(f"{path} is empty: a header line is expected")
    header = [name.strip() for name in first[1]]
    for position, name in enumerate(header, 1):
        if not name:
            raise InputError(f"{path}, row 1: column {position} has no name")
        if header.count(name) > 1:
            raise InputError(f"{path}, row 1: the column {name!r} stands {header.count(name)} times")
    return header, rows


def _check_encoding(path: Path) -> None:
    """Line by line, so that the row of a byte that is no UTF-8 can be told."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    line.decode()
                except UnicodeDecodeError as error:
                    byte = f"byte {error.start + 1} is 0x{line[error.start]:02x}"
                    raise InputError(f"{path}, row {number}: {byte}, which is not UTF-8", hint="save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        line = 1
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise InputError(f"{path}, row {line}: {error}") from None
            if cells is None:
                return
            if any(cells):
                yield line, [unguarded(cell) for cell in cells]
            line = reader.line_num + 1


def width_problem(number: int, header: list[str], cells: list[str]) -> Problem | None:
    """What is wrong with a row that has more or fewer cells than the header."""
    if len(cells) == len(header):
        return None
    return Problem(number, "", f"{len(cells)} cells where the header has {len(header)}")
