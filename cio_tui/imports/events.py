"""Event CSVs (domain.md 7.3): columns by position `_cio_name`, `_cio_customer_id`, optional `_cio_timestamp`, then event data.

Data is flat: a column `property.subproperty` is one key of that name, and cells stay text (C2). People must exist already.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cio_tui.imports.columns import Column
from cio_tui.imports.csv_rows import CsvFile
from cio_tui.imports.options import FileIdentifier, Options, read_mapping
from cio_tui.imports.problems import RowRefused
from cio_tui.imports.row_checks import cells_of
from cio_tui.model.commands import Track
from cio_tui.model.errors import InputError
from cio_tui.model.instants import check_timestamp, parse_iso
from cio_tui.model.limits import RESERVED_DATA_KEYS
from cio_tui.model.people import Reference, checked, looks_like_email

NAME: Final = "_cio_name"
CUSTOMER: Final = "_cio_customer_id"
TIMESTAMP: Final = "_cio_timestamp"
_SECONDS: Final = re.compile(r"-?\d{1,24}", re.ASCII)
_REMEMBERED: Final = 20_000


class EventRows:
    """What the rows of one event file mean. Raises InputError for a file with other first columns (C3)."""

    person_column = CUSTOMER
    name_column = NAME
    time_column = TIMESTAMP

    def __init__(self, file: CsvFile, options: Options, identifier: FileIdentifier) -> None:
        header = file.header
        if list(header[:2]) != [NAME, CUSTOMER]:
            found = " and ".join(map(repr, header[:2]))
            raise InputError(
                f"{file.path}, row 1: the first two columns must be {NAME} and {CUSTOMER}, not {found}",
                hint="nothing was imported; is it a people file, or is the delimiter another one?",
            )
        if options.only != "all" or options.empty != "ignore":
            raise InputError("an event file adds no people and changes none: --only and --empty are for people files")
        self.identifier = identifier
        self.timed = header[2:3] == (TIMESTAMP,)
        self._first = 3 if self.timed else 2
        self._width = len(header)
        self._end = self._width - file.has_reasons
        named = read_mapping(options.mapping, list(header[self._first : self._end]))
        self._keys = list(named.values())
        self.columns = [*self._fixed(), *map(self._property, named, range(self._first, self._end))]
        for column in self.columns[self._first :]:
            column.target = named[column.name]
            if not column.target:
                column.use = "left out"
        if file.has_reasons:
            self.columns.append(Column(header[-1], self._width, "left out", "", note="reasons of an earlier import"))
        self._names: dict[str, str] = {}
        self._people: dict[str, dict[str, str]] = {}

    def _fixed(self) -> Iterator[Column]:
        yield Column(NAME, 1, "name", "the event's name")
        yield Column(CUSTOMER, 2, "customer", f"the person's {self.identifier}")
        if self.timed:
            yield Column(TIMESTAMP, 3, "timestamp", "when it happened")

    @staticmethod
    def _property(name: str, position: int) -> Column:
        note = ""
        if name in RESERVED_DATA_KEYS:
            note = f"replaces {RESERVED_DATA_KEYS[name]} in emails that these events trigger"
        elif "." in name or "[" in name:
            note = f'stays one flat key: {{{{ event["{name}"] }}}}'
        return Column(name, position + 1, "property", name, note=note)

    def command(self, cells: Sequence[str]) -> Track:
        """The event that a row asks for. Raises RowRefused, with the column."""
        cells = cells_of(cells, self._width, self.columns)
        customer = cells[1]
        person = self._people.get(customer)
        if person is None:
            person = self._person(customer)
        timestamp = self._timestamp(cells[2]) if self.timed else None
        keys = self._keys
        data = {key: value for key, value in zip(keys, cells[self._first : self._end], strict=True) if value and key}
        return Track(cells[0], person, None, data, "event", timestamp, None, None, True)

    def _person(self, customer: str) -> dict[str, str]:
        try:
            found = {self.identifier: checked(self.identifier, customer).value}
        except InputError as error:
            raise RowRefused(CUSTOMER, str(error), "identifier") from None
        if len(self._people) >= _REMEMBERED:
            self._people.clear()
        self._people[customer] = found  # type: ignore[assignment]
        return found  # type: ignore[return-value]

    @staticmethod
    def _timestamp(cell: str) -> int | None:
        try:
            return cell_instant(cell)
        except InputError as error:
            raise RowRefused(TIMESTAMP, _with_hint(error), "timestamp") from None

    @staticmethod
    def looks_mixed(person: Reference) -> bool:
        """Whether an identifier of ours looks like one of the other kind; what is no email is none in a file of emails anyway."""
        identifier = person.get("id", "") if isinstance(person, dict) else ""
        return "@" in identifier and looks_like_email(identifier)


def _with_hint(error: InputError) -> str:
    return f"{error}: {error.hint}" if error.hint.startswith("divide") else str(error)


def cell_instant(cell: str) -> int | None:
    """Unix seconds of a cell: whole seconds or ISO 8601; empty is none, and so the time of processing.

    Raises InputError, for milliseconds with a hint in the line.
    """
    if cell.isdecimal() and cell.isascii() and len(cell) < 20:
        return check_timestamp(int(cell))
    text = cell.strip()
    if not text:
        return None
    if _SECONDS.fullmatch(text):
        return check_timestamp(int(text))
    return parse_iso(text)
