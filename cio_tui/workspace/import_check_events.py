"""What is looked at in the rows of an event file (C1, C5)."""

from collections.abc import Sequence
from typing import Final

from cio_tui.imports.events import EventRows
from cio_tui.imports.json_lines import LineRows
from cio_tui.model.commands import Track
from cio_tui.model.errors import InputError
from cio_tui.model.instants import format_duration
from cio_tui.model.limits import CAMPAIGN_WINDOW, EVENT_DATA_BYTES, LOG_WINDOW
from cio_tui.model.people import Identifier, Reference, looks_like_email
from cio_tui.model.ulids import normal_ulid
from cio_tui.store import Database
from cio_tui.store.lookups import column_by
from cio_tui.store.scratch import Scratch
from cio_tui.workspace.import_check import Counts, Line
from cio_tui.workspace.roster import Roster
from cio_tui.workspace.tracking import data_problems, name_problems, normal_name

_NAMES: Final = 5_000
_PEOPLE: Final = 50_000
_JSON_GROWTH: Final = 6
"""Bytes that one character may take in JSON."""


class EventsCheck:
    """Names, people, times, sizes and ids, by the rules that `track` goes by."""

    def __init__(self, database: Database, rows: EventRows | LineRows, scratch: Scratch, now: int) -> None:
        self._database = database
        self._rows = rows
        self._scratch = scratch
        self._now = now
        self._names: dict[str, tuple[list[str], list[str]]] = {}
        self._roster = Roster(database)
        self._met = 0

    def look(self, piece: Sequence[Line], counts: Counts) -> None:
        """Say what is wrong with rows, and count what they will do."""
        asked = [(line, line.command) for line in piece if isinstance(line.command, Track)]
        roster = self._meet([command.person for _, command in asked if command.person is not None])
        for line, command in asked:
            self._name(line, command.name)
            if sum(map(len, line.cells)) * _JSON_GROWTH > EVENT_DATA_BYTES // 2:
                for problem in data_problems(command.data):
                    line.refuse("", problem, "too long")
            if command.person is not None:
                counts.mixed += self._rows.looks_mixed(command.person)
                if roster.owner(command.person) is None:
                    self._refuse_unknown(roster, line, Identifier.of(command.person))
        self._duplicates([(line, command.id) for line, command in asked if command.id is not None])
        for line, command in asked:
            if not line.is_bad and not line.is_duplicate:
                self._age(line, command.timestamp, counts)

    def _meet(self, references: Sequence[Reference]) -> Roster:
        """Who these are; those of earlier pieces are remembered until they are too many."""
        if self._met > _PEOPLE:
            self._roster, self._met = Roster(self._database), 0
        self._met += len(references)
        self._roster.meet_owners(references)
        unknown = [one for one in references if self._roster.owner(one) is None]
        self._roster.meet(map(Identifier.of, unknown))
        return self._roster

    def _name(self, line: Line, name: str) -> None:
        known = self._names.get(name)
        if known is None:
            if len(self._names) >= _NAMES:
                self._names.clear()
            known = self._names[name] = _said_of_name(name)
        for problem in known[0]:
            line.refuse(self._rows.name_column, problem, "event name")
        for what in known[1]:
            line.warn(self._rows.name_column, what, "spaces in a name")

    def _refuse_unknown(self, roster: Roster, line: Line, customer: Identifier) -> None:
        column = self._rows.person_column
        if roster.suppression(customer):
            line.refuse(column, f"{customer} is suppressed: the product drops this silently", "suppressed person")
        elif customer.kind == "id" and looks_like_email(customer.value):
            line.refuse(column, f"{customer} is an email address in a column of ids, and nobody's id", "email in an id column")
        else:
            line.refuse(column, f"person {customer} was not found", "unknown person")

    def _duplicates(self, given: list[tuple[Line, str]]) -> None:
        """Ids that were received before, or that an earlier row has (E3)."""
        known: dict[str, list[Line]] = {}
        for line, text in given:
            try:
                known.setdefault(normal_ulid(text), []).append(line)
            except InputError as error:
                line.refuse("id", str(error), "event id")
        received: set[str] = set()
        for table in ("activity", "retired_ids") if known else ():
            received |= column_by(self._database.storage, table, "id", "id", known).keys()
        keys = ((hash(("id", one)), line.number) for one, lines in known.items() for line in lines if not line.is_bad)
        again = self._scratch.see(keys)
        for one, lines in known.items():
            for line in lines:
                line.is_duplicate = not line.is_bad and (one in received or line.number in again)

    def _age(self, line: Line, timestamp: int | None, counts: Counts) -> None:
        age = 0 if timestamp is None else self._now - timestamp
        if age > LOG_WINDOW:
            counts.old += 1
        elif age <= CAMPAIGN_WINDOW:
            counts.young += 1
        if age < 0:
            counts.future += 1
            what = f"it is {format_duration(-age)} ahead: time frames count it when its time comes"
            line.warn(self._rows.time_column, what, "future")


def _said_of_name(name: str) -> tuple[list[str], list[str]]:
    trimmed, said = normal_name(name)
    if any(sign.isspace() for sign in trimmed):
        said.append(f"the name has spaces in it: {trimmed[:60]!r}")
    return name_problems(trimmed), said
