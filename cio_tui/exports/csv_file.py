"""Writing a CSV that a spreadsheet may open without harm."""

import csv
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from cio_tui.model.errors import StoreError
from cio_tui.model.json_values import dumps

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write a header and the rows, whole or not at all; how many rows.

    Lists and objects are written as JSON. A text that a spreadsheet would take for a formula gets an apostrophe before it.
    Raises StoreError when the file cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            count = 0
            for row in rows:
                writer.writerow([_cell(row.get(column)) for column in columns])
                count += 1
        os.replace(part, path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return count


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return dumps(value) if isinstance(value, (list, dict)) else value
