"""A file, what a person said of it, and the meaning of its rows: all that checking and running an import need of it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from cio_tui.imports.columns import Column, see_row
from cio_tui.imports.csv_rows import COLUMNS, LARGE, CsvFile, open_csv
from cio_tui.imports.events import CUSTOMER, NAME, EventRows
from cio_tui.imports.json_lines import LineRows, LinesFile, is_json_lines, open_lines
from cio_tui.imports.options import FileIdentifier, ImportKind, Options
from cio_tui.imports.people import PeopleRows
from cio_tui.imports.problems import RowRefused
from cio_tui.imports.scan import Step, refuse_pipe
from cio_tui.model.errors import InputError

SEEN: Final = 1_000
"""Rows that say what a column looks like."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One import before anything is checked. `identifier` is what finds people in an event file."""

    kind: ImportKind
    file: CsvFile | LinesFile
    options: Options
    rows: EventRows | PeopleRows | LineRows

    @property
    def columns(self) -> Sequence[Column]:
        """What each column is for."""
        return self.rows.columns

    @property
    def identifier(self) -> FileIdentifier | None:
        """What finds people; None is `id`, and `email` where a row has no id."""
        return self.options.identifier if isinstance(self.rows, PeopleRows) else self.rows.identifier

    def notes(self) -> list[str]:
        """What is to be said of the file as a whole."""
        said = [self.rows.nobody] if isinstance(self.rows, PeopleRows) and self.rows.nobody else []
        encoding = self.file.dialect.encoding
        if not encoding.sure:
            said.append(f"the encoding {encoding.spoken} is likely, not sure ({encoding.how}): look at the samples")
        if len(self.columns) > COLUMNS:
            said.append(f"{len(self.columns)} columns; the product took at most {COLUMNS} when that was last documented")
        if self.file.scan.size > LARGE:
            said.append(f"{self.file.scan.size / 1e6:,.0f} MB; the product took at most 100 MB when that was last documented")
        said += [f"column {column.name}: {column.note}" for column in self.columns if column.note]
        return said


def plan(
    path: Path,
    kind: ImportKind,
    options: Options,
    identifier: FileIdentifier,
    step: Step = lambda _done, _of: None,
    *,
    unsaid: bool = False,
) -> Plan:
    """Read a file's header and give its columns their meaning; `identifier` is the workspace's setting. With `unsaid` a people
    file may lack the column that identifies, so that it can be named.

    Raises InputError for a file that cannot be one of this kind, before any row.
    """
    refuse_pipe(path)
    if is_json_lines(path):
        return Plan(kind, open_lines(path, options, step), options, LineRows(kind, options))
    file = open_csv(path, options, step)
    rows: PeopleRows | EventRows
    if kind == "people":
        rows = PeopleRows(file, options, unsaid=unsaid)
    else:
        rows = EventRows(file, options, options.identifier or identifier)
    for _, cells in islice(file.rows(), SEEN):
        see_row(rows.columns, cells)
    return Plan(kind, file, options, rows)


def kind_of_file(path: Path, options: Options) -> ImportKind:
    """What a file looks like from its header, or its first line. Raises InputError when it cannot be read or has none."""
    refuse_pipe(path)
    if not is_json_lines(path):
        return "events" if {NAME, CUSTOMER} & set(open_csv(path, options).header) else "people"
    lines = open_lines(path, options)
    rows = LineRows("events", options)
    for _, cells in islice(lines.rows(), 1):
        with suppress(RowRefused):
            rows.command(cells)
            return "events"
    return "people"


def changed(file: CsvFile | LinesFile) -> str:
    """Why a file is not the one that was checked; empty when it is."""
    try:
        size = file.path.stat().st_size
    except OSError as error:
        raise InputError(f"{file.path} cannot be read: {(error.strerror or str(error)).lower()}") from None
    return "" if size == file.scan.size else f"{file.path} has changed since it was checked"
