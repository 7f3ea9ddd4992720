"""Event CSVs (domain.md 7.3): columns by position `_cio_name`, `_cio_customer_id`, optional `_cio_timestamp`, then event data.

Data is flat: a column `property.subproperty` is one key of that name, and cells stay text. People must exist already.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cio_tui.imports.csv_rows import Problem, Row, read, width_problem
from cio_tui.imports.json_lines import is_json_lines, read_event_lines
from cio_tui.model.commands import Track
from cio_tui.model.errors import InputError
from cio_tui.model.instants import check_timestamp, parse_iso
from cio_tui.model.people import IdentifierKind, checked

NAME: Final = "_cio_name"
CUSTOMER: Final = "_cio_customer_id"
TIMESTAMP: Final = "_cio_timestamp"


def read_events(path: Path, identifier: IdentifierKind = "id") -> Iterator[Row]:
    """A `Track` for each row, or its problem. `identifier` says what the customer column holds, in the whole file.

    Raises InputError for a file with other first columns, before any row (C3).
    """
    if is_json_lines(path):
        return read_event_lines(path)
    header, rows = read(path)
    if header[:2] != [NAME, CUSTOMER]:
        raise InputError(
            f"{path}, row 1: the first two columns must be {NAME} and {CUSTOMER}, not {' and '.join(map(repr, header[:2]))}",
            hint="nothing was imported",
        )
    return _read_rows(header, rows, identifier)


def _read_rows(header: list[str], rows: Iterator[tuple[int, list[str]]], identifier: IdentifierKind) -> Iterator[Row]:
    timed = header[2:3] == [TIMESTAMP]
    keys = header[3 if timed else 2 :]
    for number, cells in rows:
        problem = width_problem(number, header, cells)
        if problem is not None:
            yield Row(number, problem=problem)
            continue
        column = CUSTOMER
        try:
            customer = checked(identifier, cells[1])
            column = TIMESTAMP
            timestamp = cell_instant(cells[2]) if timed else None
        except InputError as error:
            yield Row(number, problem=Problem(number, column, str(error)))
            continue
        values = cells[3 if timed else 2 :]
        data = {key: value for key, value in zip(keys, values, strict=True) if value != ""}
        yield Row(number, Track(cells[0], person={identifier: customer.value}, data=data, timestamp=timestamp, quiet=True))


def cell_instant(cell: str) -> int | None:
    """Unix seconds of a cell: whole seconds or ISO 8601; empty is none, and so the time of processing.

    Raises InputError, for milliseconds with a hint in the line.
    """
    text = cell.strip()
    if not text:
        return None
    if re.fullmatch(r"-?\d{1,24}", text, re.ASCII):
        return check_timestamp(int(text))
    return parse_iso(text)
