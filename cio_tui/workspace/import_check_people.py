"""What is looked at in the rows of a people file: whom each will add or change, as the rows before it will have left things."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from cio_tui.imports.columns import Column
from cio_tui.imports.json_lines import LineRows
from cio_tui.imports.people import PeopleRows
from cio_tui.model.commands import Identify
from cio_tui.model.errors import InputError
from cio_tui.model.people import Identifier, Person, checked, email_key, same_identifier
from cio_tui.store import Database
from cio_tui.store.scratch import Scratch
from cio_tui.workspace.identity import SETTABLE, Outlook, identifier_problem, look_ahead
from cio_tui.workspace.import_check import Counts, Line
from cio_tui.workspace.roster import Roster, place_of
from cio_tui.workspace.settings import Settings


class Foresight(Roster):
    """The roster as it will be when the rows looked at so far are imported."""

    def __init__(self, database: Database, scratch: Scratch) -> None:
        super().__init__(database)
        self._scratch = scratch

    def find(self, identifier: Identifier) -> Person | None:
        """The person an identifier belongs to, or will; an address that an earlier row replaces is nobody's."""
        if not self._scratch.has_people:
            return super().find(identifier)
        known = self._scratch.person(*place_of(identifier))
        if known is not None:
            return Person(known[0], 0, id=known[1], email=known[2])
        found = super().find(identifier)
        return None if found is not None and self._scratch.person("cio_id", found.cio_id) else found

    def expect(self, person: Person) -> None:
        """Remember a person's identifiers as they will be."""
        key = None if person.email is None else email_key(person.email)
        self._scratch.put(person.cio_id, person.id, person.email, key)


class PeopleCheck:
    """Identifiers and limits, by the rules that `identify` goes by."""

    def __init__(self, database: Database, settings: Settings, rows: PeopleRows | LineRows, scratch: Scratch) -> None:
        self._database = database
        self._settings = settings
        self._scratch = scratch
        self._columns: dict[str, Column] = {column.target: column for column in rows.columns}

    def look(self, piece: Sequence[Line], counts: Counts) -> None:
        """Say what is wrong with rows, and count what they will do."""
        asked = [(line, line.command) for line in piece if isinstance(line.command, Identify)]
        roster = Foresight(self._database, self._scratch)
        roster.meet(identifier for _, command in asked for identifier in _identifiers(command))
        for line, command in asked:
            try:
                outlook = look_ahead(roster, command)
            except InputError as error:
                line.refuse("", str(error), "value")
            else:
                self._person(roster, line, outlook, counts)
        self._same_people({line.number: (line, command) for line, command in asked if not line.is_bad and not line.is_skipped})

    def _same_people(self, lines: dict[int, tuple[Line, Identify]]) -> None:
        keys = ((hash(place_of(next(_identifiers(command)))), number) for number, (_, command) in lines.items())
        for number, first in self._scratch.see(keys).items():
            what = f"row {first:,} is about the same person: where both say something, this one counts"
            lines[number][0].warn("", what, "same person")

    def _person(self, roster: Foresight, line: Line, outlook: Outlook, counts: Counts) -> None:
        path = outlook.update.path
        if outlook.dropped:
            line.refuse(self._column(path.kind), outlook.dropped, "suppressed person")
        elif outlook.skipped:
            line.is_skipped = True
        elif outlook.conflict:
            line.refuse(self._column(path.kind), outlook.conflict, "two people")
        elif outlook.refusals:
            for problem in outlook.refusals:
                line.refuse("", problem, "too long")
        else:
            counts.added += outlook.person is None
            counts.updated += outlook.person is not None
            self._foresee(roster, line, outlook)

    def _foresee(self, roster: Foresight, line: Line, outlook: Outlook) -> None:
        update = outlook.update
        person = Person(f"row {line.number}", 0) if outlook.person is None else replace(outlook.person)
        gained = outlook.person is None
        for identifier in (update.path, *update.body):
            problem = identifier_problem(roster, self._settings, person, update, identifier)
            if problem:
                line.warn(self._column(identifier.kind), f"{identifier.kind} will not be set: {problem}", "identifier stays")
            elif identifier.kind in SETTABLE and not same_identifier(
                identifier.kind, person.get(identifier.kind), identifier.value
            ):
                setattr(person, identifier.kind, identifier.value)
                gained = True
        if gained:
            roster.expect(person)

    def _column(self, target: str) -> str:
        column = self._columns.get(target)
        return target if column is None else column.name


def _identifiers(command: Identify) -> Iterator[Identifier]:
    """Those of a row, which its reader has checked: the one that finds the person first."""
    for kind, value in dict(command.person).items():  # type: ignore[arg-type]  # our own reader made it
        yield Identifier(kind, value)  # type: ignore[arg-type]
    for kind in SETTABLE:
        if command.attributes.get(kind) not in (None, ""):
            with suppress(InputError):
                yield checked(kind, command.attributes[kind])
