"""Rows that cannot be taken, as a CSV of their own: the cells as they were, the reason behind them.

It is made to be mended and imported again as it is: the column of reasons is passed over then.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TextIO

from cio_tui.imports.csv_rows import REASON, CsvFile
from cio_tui.imports.decoding import spelt
from cio_tui.imports.json_lines import LinesFile
from cio_tui.model.errors import InputError, StoreError
from cio_tui.model.formulas import guarded, unguarded
from cio_tui.model.json_values import dumps, parse_object
from cio_tui.store.whole_file import whole_file


class BadRows(Protocol):
    """Where rows that are refused go."""

    def add(self, cells: Sequence[str], reason: str) -> None:
        """Keep a row with its reason."""


class Nowhere:
    """For when nobody asked for them."""

    def add(self, cells: Sequence[str], reason: str) -> None:
        """Keep nothing."""


class BadRowsFile:
    """A file of bad rows that is being written: header first, UTF-8, the delimiter of the file that they are from."""

    def __init__(self, writer: Any, width: int, *, reasons: bool) -> None:
        self._writer = writer
        self._width = width - reasons
        self._reasons = reasons

    def add(self, cells: Sequence[str], reason: str) -> None:
        """Write a row. One that is too short is filled up, so that the reason stands in its column."""
        given = list(cells[: self._width] if self._reasons and len(cells) == self._width + 1 else cells)
        given += [""] * (self._width - len(given))
        self._writer.writerow([*map(_cell, given), reason])


class BadLinesFile:
    """A file of bad JSON lines that is being written; a line that is no object stands in one."""

    def __init__(self, target: TextIO) -> None:
        self._target = target

    def add(self, cells: Sequence[str], reason: str) -> None:
        """Write a line, its reason among its keys."""
        text = spelt(cells[0])
        try:
            shape = parse_object(text)
        except InputError:
            shape = {"_cio_line": text}
        self._target.write(dumps({**shape, REASON: reason}) + "\n")


def _sink(target: TextIO, file: CsvFile | LinesFile) -> BadRowsFile | BadLinesFile:
    if isinstance(file, LinesFile):
        return BadLinesFile(target)
    return BadRowsFile(csv.writer(target, delimiter=file.dialect.delimiter), len(file.header), reasons=file.has_reasons)


@contextmanager
def bad_rows(path: Path | None, file: CsvFile | LinesFile) -> Iterator[BadRows]:
    """A place for the bad rows of a file: `path` is there whole at the end, or not at all. Raises StoreError, and InputError when
    it is the file that is read.
    """
    if path is None:
        yield Nowhere()
        return
    if path.exists() and path.samefile(file.path):
        raise InputError(f"{path} is the file that is imported", hint="name another file for the bad rows")
    encoding = "utf-8" if file.dialect.encoding.name in ("utf-8", "ascii") else "utf-8-sig"
    with whole_file(path, encoding) as target:
        if isinstance(file, CsvFile):
            names = list(file.raw_header[: len(file.header) - file.has_reasons])
            csv.writer(target, delimiter=file.dialect.delimiter).writerow([*map(_cell, names), REASON])
        yield _sink(target, file)


def add_late_rows(path: Path, file: CsvFile | LinesFile, rows: Iterable[tuple[Sequence[str], str]]) -> None:
    """Add rows to a file of bad rows that is there: those that were refused after the check. Raises StoreError."""
    try:
        with path.open("a", encoding="utf-8", newline="") as target:
            sink = _sink(target, file)
            for cells, reason in rows:
                sink.add(cells, reason)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from None


def _cell(cell: str) -> str:
    return guarded(unguarded(spelt(cell)))
