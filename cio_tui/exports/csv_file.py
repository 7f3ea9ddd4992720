"""Writing a CSV that a spreadsheet may open without harm."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cio_tui.exports.whole_file import whole_file
from cio_tui.model.formulas import guarded
from cio_tui.model.json_values import dumps


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write a header and the rows, whole or not at all; how many rows.

    Lists, objects and truth values are written as JSON; what a spreadsheet would take for a formula is guarded (formulas.py).
    Raises StoreError when the file cannot be written.
    """
    count = 0
    with whole_file(path, newline="") as file:
        writer = csv.writer(file)
        writer.writerow([guarded(column) for column in columns])
        for row in rows:
            writer.writerow([_cell(row.get(column)) for column in columns])
            count += 1
    return count


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return guarded(value)
    return dumps(value) if isinstance(value, (list, dict, bool, float)) else value
