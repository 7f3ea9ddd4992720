"""Writing a CSV that a spreadsheet may open without harm."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cio_tui.model.formulas import guarded
from cio_tui.model.json_values import dumps
from cio_tui.store.whole_file import write_text


class _Line:
    """What `csv.writer` writes into: it keeps the last line."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The header and the rows, a text each. What a spreadsheet would take for a formula is guarded (model/formulas.py)."""
    line = _Line()
    writer = csv.writer(line)
    writer.writerow([guarded(column) for column in columns])
    yield line.text
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
        yield line.text


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write a header and the rows, whole or not at all; how many rows. Raises StoreError when the file cannot be written."""
    return write_text(path, csv_text(columns, rows)) - 1


def _cell(value: Any) -> str:
    return guarded(value) if isinstance(value, str) else cell_text(value)


def cell_text(value: Any) -> str:
    """A value as text: what is no text is written as JSON, and nothing for null."""
    if value is None:
        return ""
    return value if isinstance(value, str) else dumps(value)
