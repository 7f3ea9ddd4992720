"""A person as files (domain.md 10.2): a folder of `profile.json` and three CSVs, or one JSON with the same in it."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cio_tui.exports.csv_file import write_csv
from cio_tui.model.errors import StoreError
from cio_tui.model.json_values import dumps
from cio_tui.store.whole_file import write_text

Rows = Callable[[], Iterator[Mapping[str, Any]]]
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "events": ("id", "type", "name", "timestamp", "processed_at", "anonymous_id", "data"),
    "attribute_changes": ("id", "timestamp", "attribute", "from", "to", "cause"),
    "messages": ("id", "type", "name", "timestamp", "processed_at", "cause", "data"),
}
"""The CSVs of the folder, and their columns. Instants are Unix seconds."""


def export_name(cio_id: str, now: int) -> str:
    """`export-<cio_id>-<yyyymmddThhmmssZ>`."""
    return f"export-{cio_id}-{datetime.fromtimestamp(now, UTC):%Y%m%dT%H%M%SZ}"


@dataclass(frozen=True, slots=True)
class PersonExport:
    """Everything that is known of one person. `parts` are the rows of `COLUMNS`; each can be read more than once."""

    name: str
    profile: Mapping[str, Any]
    parts: Mapping[str, Rows]

    def json_text(self) -> Iterator[str]:
        """One JSON object: the profile's fields, and each part as a list with a line for each row."""
        yield dumps(self.profile)[:-1]
        for part, rows in self.parts.items():
            yield f',\n"{part}":['
            yield from (f"{',' if place else ''}\n{dumps(row)}" for place, row in enumerate(rows()))
            yield "]"
        yield "}\n"

    def write_json(self, path: Path) -> None:
        """Write the one JSON, whole or not at all. Raises StoreError."""
        write_text(path, self.json_text())

    def write_folder(self, folder: Path) -> int:
        """Make the folder with its four files, whole or not at all; how many rows they have.

        Raises StoreError when it cannot be made, or is there already.
        """
        if folder.exists():
            raise StoreError(f"{folder} is there already", hint="remove it, or name another place")
        part = folder.with_name(f"{folder.name}.part")
        _drop(part)  # left behind by a process that was killed
        try:
            part.mkdir(parents=True)
            write_text(part / "profile.json", [dumps(self.profile), "\n"])
            rows = sum(write_csv(part / f"{name}.csv", COLUMNS[name], rows()) for name, rows in self.parts.items())
            os.replace(part, folder)
        except OSError as error:
            _drop(part)
            raise StoreError(f"{folder} cannot be written: {(error.strerror or str(error)).lower()}") from None
        except BaseException:
            _drop(part)
            raise
        return rows


def _drop(folder: Path) -> None:
    with suppress(OSError):  # what went wrong first is what is said
        shutil.rmtree(folder)


def changes(entries: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """A row for each attribute that an `attribute_change` of the log set."""
    for entry in entries:
        for name, change in entry["data"].items():
            known = {"from": change.get("from"), "to": change.get("to")}
            yield {"id": entry["id"], "timestamp": entry["timestamp"], "attribute": name, **known, "cause": entry["cause"]}


def only(columns: Sequence[str], entries: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Entries of the log with these fields alone."""
    return ({name: entry[name] for name in columns} for entry in entries)
