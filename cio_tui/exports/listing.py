"""A list on its way out, in one of the forms that a list has."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from cio_tui.exports.csv_file import csv_text
from cio_tui.exports.json_lines import json_text
from cio_tui.store.whole_file import write_text

Form = Literal["csv", "jsonl"]
FORMS: Final[tuple[Form, ...]] = ("csv", "jsonl")


@dataclass(slots=True)
class Listing:
    """Rows to be written once, as CSV with these columns, or as JSON lines when `columns` is None.

    `left_out` tells, when the rows have been read, what the form could not carry, and how often.
    """

    columns: Sequence[str] | None
    rows: Iterable[Mapping[str, Any]]
    left_out: Counter[str] = field(default_factory=Counter)

    def pieces(self) -> Iterator[str]:
        """The text of the file, line by line."""
        return json_text(self.rows) if self.columns is None else csv_text(self.columns, self.rows)

    def write(self, path: Path) -> int:
        """Write the file, whole or not at all; how many rows. Raises StoreError."""
        return write_text(path, self.pieces()) - (self.columns is not None)
