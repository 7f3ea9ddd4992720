"""The loop that every change goes through: one command, one transaction, one receipt.

    command → time that passed → handler → facts → reactions → changeset → commit

Handlers hold the rules; reactions keep derived data current. Both only see the `Turn`. A dry run is the same loop in a
transaction that is rolled back.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from typing import Any, Final

from cio_tui.model import commands
from cio_tui.model.commands import Command
from cio_tui.model.errors import CioError, InputError, StoreError
from cio_tui.model.people import Identifier, Reference
from cio_tui.model.receipts import Receipt
from cio_tui.store import Database
from cio_tui.store.activity_queries import ActivityQueries
from cio_tui.store.history import History
from cio_tui.store.memberships import Memberships
from cio_tui.store.segment_queries import SegmentQueries
from cio_tui.workspace import clock, devices, identity, merging, passing_time, removal, tracking
from cio_tui.workspace.anonymous import Purge
from cio_tui.workspace.data_index import DataIndex
from cio_tui.workspace.plain_events import PlainEvents
from cio_tui.workspace.roster import Roster
from cio_tui.workspace.segment_book import Book
from cio_tui.workspace.segment_life import SegmentLife, SegmentTimers
from cio_tui.workspace.settings import Settings
from cio_tui.workspace.turn import Progress, Turn


def _loaded(module: str, name: str) -> Callable[[Turn, Any], Receipt]:
    """A handler that is loaded when its command comes: much stands behind it, and most runs of the program never need it."""

    def handle(turn: Turn, command: Any) -> Receipt:
        receipt: Receipt = getattr(import_module(f"cio_tui.workspace.{module}"), name)(turn, command)
        return receipt

    return handle


HANDLERS: Final[Mapping[type[Command], Callable[[Turn, Any], Receipt]]] = {
    commands.Track: tracking.track,
    commands.Identify: identity.identify,
    commands.MergePeople: merging.merge,
    commands.DeletePerson: removal.delete,
    commands.SuppressPerson: removal.suppress,
    commands.UnsuppressPerson: removal.unsuppress,
    commands.AddDevice: devices.add_device,
    commands.RemoveDevice: devices.remove_device,
    commands.HoldClock: passing_time.hold,
    commands.AdvanceClock: passing_time.advance,
    commands.ReleaseClock: passing_time.release,
    commands.PassTime: passing_time.catch_up,
    commands.ChangeSetting: passing_time.change_setting,
    commands.SaveSegment: _loaded("segment_commands", "save"),
    commands.DeleteSegment: _loaded("segment_commands", "delete"),
    commands.ChangeMembers: _loaded("segment_commands", "change_members"),
    commands.SaveMessage: _loaded("message_commands", "save"),
    commands.DeleteMessage: _loaded("message_commands", "delete"),
    commands.SaveSnippet: _loaded("message_commands", "save_snippet"),
    commands.DeleteSnippet: _loaded("message_commands", "delete_snippet"),
    commands.NoteImport: _loaded("import_records", "note"),
}
"""What each command does."""

_SETTINGS_ROW: Final = 1


class _DryRun(Exception):
    """Leaves a transaction so that it is rolled back."""


class Engine:
    """Runs commands on one workspace's database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.history = History(database.storage)
        self.queries = ActivityQueries(database.storage)
        self.book = Book(database)
        self.memberships = Memberships(database.storage)
        self.segment_queries = SegmentQueries(database.storage)
        self._settings = database.documents("settings")

    def settings(self) -> Settings:
        """The workspace's settings as they are stored. Raises StoreError for a file that has none."""
        found = self._settings.get(doc_id=_SETTINGS_ROW)
        if found is None:
            raise StoreError(f"{self.database.storage.name} has no settings: it was not made by this program")
        return Settings(**found)

    def begin(self, settings: Settings) -> None:
        """Give a fresh database its settings; one that has some keeps them."""
        if self._settings.get(doc_id=_SETTINGS_ROW) is None:
            with self.database.storage.transaction():
                if self._settings.get(doc_id=_SETTINGS_ROW) is None:
                    self._settings.insert(settings.to_document())

    def now(self) -> int:
        """The workspace's instant."""
        return _instant(self.settings())

    def run(self, command: Command, *, dry_run: bool = False, at: int | None = None, progress: Progress | None = None) -> Receipt:
        """Run one command. `at` moves a held clock there first. Bad input gives a rejected receipt, a bad store raises."""
        [receipt] = self.run_all(
            [command], kind=command.kind, summary=command.summary(), dry_run=dry_run, at=at, progress=progress
        )
        return receipt

    def run_all(
        self,
        many: Iterable[Command],
        *,
        kind: str,
        summary: str,
        step: int | None = None,
        dry_run: bool = False,
        at: int | None = None,
        progress: Progress | None = None,
    ) -> list[Receipt]:
        """Run commands as one transaction and one entry of the history; a receipt each. `step` joins an earlier entry."""
        receipts: list[Receipt] = []
        with suppress(_DryRun), self.database.storage.transaction():
            self._catch_up(at)
            number = self._perform([list(many)], receipts.append, kind=kind, summary=summary, step=step, at=at, progress=progress)
            if dry_run:
                receipts = [replace(receipt, dry_run=True) for receipt in receipts]
                raise _DryRun
            receipts = [replace(receipt, command=number) for receipt in receipts]
        return receipts

    def run_slice(
        self,
        pieces: Iterable[Sequence[Command]],
        hear: Callable[[Receipt], None],
        *,
        summary: str,
        step: int | None = None,
        automatic: bool = False,
    ) -> int | None:
        """Run commands of an import as one transaction and one entry of the history, without their effects. The people of a piece
        are looked up at once, and `hear` is told of all its receipts before the next piece is asked for. What either raises takes
        the whole slice back. The entry's number.
        """
        with self.database.storage.transaction():
            self._catch_up(None)
            return self._perform(
                pieces, hear, kind="import", summary=summary, step=step, at=None, automatic=automatic, silent=True
            )

    def pass_time(self) -> bool:
        """In live mode, handle what has fallen due; whether there was anything. For those who only look."""
        if self.settings().mode != "live" or self.database.storage.read_only:
            return False
        due = self._next_due()
        if due is None or due > clock.wall_seconds():
            return False
        with self.database.storage.transaction():
            return self._catch_up(None)

    def _next_due(self) -> int | None:
        return passing_time.next_due(self._turn(self.settings()))

    def _catch_up(self, at: int | None) -> bool:
        """Time that passed by itself is a command of its own, which undo does not stop at."""
        settings = self.settings()
        turn = self._turn(settings)
        due = passing_time.next_due(turn)
        if due is None or due > _instant(settings, at) or settings.mode == "held":
            return False
        command = commands.PassTime()
        told: list[Receipt] = []
        self._perform([[command]], told.append, kind=command.kind, summary="time passed", step=None, at=None, automatic=True)
        return True

    def _perform(
        self,
        pieces: Iterable[Sequence[Command]],
        hear: Callable[[Receipt], None],
        *,
        kind: str,
        summary: str,
        step: int | None,
        at: int | None,
        automatic: bool = False,
        progress: Progress | None = None,
        silent: bool = False,
    ) -> int | None:
        with self.history.recording() as session:
            settings = self.settings()
            turn = self._turn(settings)
            turn.progress = progress or turn.progress
            turn.silent = silent
            passing_time.pass_time(turn, _instant(settings, at))
            index = DataIndex(self.database)
            _hear(turn, index)
            plain = PlainEvents(turn, index)
            for piece in pieces:
                self._take(turn, piece, index, plain, hear)
            if not turn.changed:
                return None
            index.write()
            settings.instant = turn.now
            self._settings.replace(settings.to_document(), _SETTINGS_ROW)
            return self.history.add(session, kind=kind, summary=summary, at=turn.now, automatic=automatic, step=step)

    def _take(
        self, turn: Turn, piece: Sequence[Command], index: DataIndex, plain: PlainEvents, hear: Callable[[Receipt], None]
    ) -> None:
        if len(piece) > 1:
            _meet(turn.roster, piece)
        for command in piece:
            receipt = plain.take(command)
            if receipt is None:
                plain.write()
                receipt = self._handle(turn, command, index)
            hear(receipt)
        plain.write()

    def _handle(self, turn: Turn, command: Command, index: DataIndex) -> Receipt:
        first = len(turn.effects)
        changed, turn.changed = turn.changed, False
        try:
            receipt = HANDLERS[type(command)](turn, command)
        except InputError as error:
            if turn.changed:
                raise CioError(f"{command.summary()} failed half-way: {error}") from error
            receipt = Receipt("rejected", reasons=(f"{error}: {error.hint}" if error.hint else str(error),))
        turn.changed = turn.changed or changed
        _hear(turn, index)
        return receipt if turn.silent else replace(receipt, effects=tuple(turn.effects[first:]))

    def _turn(self, settings: Settings) -> Turn:
        life = SegmentLife(self.book, self.memberships, self.segment_queries)
        due = (Purge(), SegmentTimers(life))
        return Turn(self.database, settings, settings.instant, self.queries, Roster(self.database), life, due)


def _meet(roster: Roster, ahead: Iterable[Command]) -> None:
    """Look up at once whom many commands name."""
    roster.meet_owners(command.person for command in ahead if isinstance(command, commands.Track) and command.person is not None)
    people: dict[object, Identifier] = {}
    for command in ahead:
        if isinstance(command, commands.Track):
            continue
        if isinstance(command, commands.Identify):
            _note(people, command.person)
            for kind in identity.SETTABLE if isinstance(command.attributes, Mapping) else ():
                if command.attributes.get(kind):
                    _note(people, {kind: command.attributes[kind]})
    if people:
        roster.meet(people.values())


def _note(known: dict[object, Identifier], reference: Reference | None) -> None:
    key = tuple(reference.items()) if isinstance(reference, Mapping) else reference
    if reference is not None and key not in known:
        with suppress(InputError):
            known[key] = Identifier.of(reference)


def _hear(turn: Turn, index: DataIndex) -> None:
    while turn.facts:
        fact = turn.facts.popleft()
        index.hear(fact, turn.now)
        turn.segments.hear(fact, turn.now)
    turn.segments.settle(turn)


def _instant(settings: Settings, at: int | None = None) -> int:
    if at is not None:
        return max(at, settings.instant)
    return settings.instant if settings.mode == "held" else max(clock.wall_seconds(), settings.instant)
