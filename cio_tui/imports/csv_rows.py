"""The rows of a CSV, one by one, in constant memory: RFC 4180 with the delimiter and the quotation mark of its dialect."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cio_tui.imports.decoding import carried, text_reader
from cio_tui.imports.dialect import Dialect, csv_reader, dialect_of
from cio_tui.imports.options import Options
from cio_tui.imports.scan import Scan, Step, scan
from cio_tui.model.errors import InputError
from cio_tui.model.formulas import unguarded

REASON: Final = "_cio_error"
"""The column that a file of bad rows has behind all others; read again, it is passed over."""
CELL: Final = 1_000_000
"""Characters of the longest cell that is read: far beyond what an event may hold, and where an open quotation mark is told."""
COLUMNS: Final = 100
LARGE: Final = 100_000_000
_STEP_ROWS: Final = 2_000


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file that can be read: its dialect, and its header with outer spaces gone. `raw_header` is as it stands."""

    path: Path
    scan: Scan
    dialect: Dialect
    header: tuple[str, ...]
    raw_header: tuple[str, ...]

    @property
    def has_reasons(self) -> bool:
        """Whether it is a file of bad rows, with the reasons still in it."""
        return len(self.header) > 1 and self.header[-1] == REASON

    def rows(self, step: Step = lambda _done, _of: None) -> Iterator[tuple[int, list[str]]]:
        """The rows below the header with the number of their first line, cells as they stand; wholly empty rows are passed over.

        `step` is told bytes now and then. Raises InputError where the quoting breaks: what follows could not be told into rows.
        """
        source = _rows(self.path, self.dialect, step)
        next(source, None)
        return source


def open_csv(path: Path, options: Options, step: Step = lambda _done, _of: None) -> CsvFile:
    """Look at a whole file, and read its header.

    Raises InputError when it cannot be read, has no header, repeats a column, or has a name that cannot be read.
    """
    looked = scan(path, options.encoding, step)
    dialect = dialect_of(looked, options)
    first = next(_rows(path, dialect), None)
    if first is None:
        raise InputError(f"{path} is empty: a header line is expected")
    header = [unguarded(name).strip() for name in first[1]]
    for position, name in enumerate(header, 1):
        complaint = carried(name)
        if complaint:
            raise InputError(f"{path}, row 1, column {position}: {complaint}", hint="say which encoding it is with --encoding")
        if not name:
            raise InputError(f"{path}, row 1: column {position} has no name")
        if header.count(name) > 1:
            raise InputError(f"{path}, row 1: the column {name!r} stands {header.count(name)} times")
    return CsvFile(path, looked, dialect, tuple(header), tuple(first[1]))


def _rows(path: Path, dialect: Dialect, step: Step = lambda _done, _of: None) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(CELL)
    try:
        size = path.stat().st_size
        with path.open("rb") as binary:
            text = text_reader(binary, dialect.encoding.name)
            reader = csv_reader(text, dialect.delimiter, dialect.quote, strict=True)
            line, told = 1, 0
            try:
                for cells in reader:
                    if any(cells):
                        yield line, cells
                    line = reader.line_num + 1
                    if line - told > _STEP_ROWS:
                        told = line
                        step(binary.tell(), size)
            except csv.Error as error:
                raise _broken(path, line, error) from None
    except UnicodeError as error:
        raise InputError(f"{path} cannot be read as {dialect.encoding.spoken}: {error}", hint="say another --encoding") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None


def _broken(path: Path, row: int, error: csv.Error) -> InputError:
    text = str(error)
    if "field limit" in text:
        what = f"a cell has more than {CELL:,} characters"
    elif "unexpected end" in text:
        what = "a quotation mark is opened and never closed"
    elif "expected after" in text:
        what = "a quoted cell goes on behind its closing quotation mark"
    else:
        what = text
    hint = "nothing was imported; a quotation mark in a quoted cell is written twice, and --quote none gives them no meaning"
    return InputError(f"{path}, row {row}: {what}", hint=hint)
