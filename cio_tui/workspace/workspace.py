"""A workspace: the verbs that change it, and the readers that show it. All faces call this and nothing below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from cio_tui.model import commands
from cio_tui.model.errors import InputError
from cio_tui.model.people import Reference
from cio_tui.model.receipts import Receipt
from cio_tui.store import WORKSPACE, Database
from cio_tui.store.digest import digest
from cio_tui.store.exchange import export_json
from cio_tui.store.history import Entry, History
from cio_tui.workspace import clock, ids
from cio_tui.workspace.anonymous_reader import AnonymousRow, anonymous_rows
from cio_tui.workspace.checking import check, rebuild
from cio_tui.workspace.directory import Directory
from cio_tui.workspace.engine import Engine
from cio_tui.workspace.index_reader import IndexReader
from cio_tui.workspace.log import Log
from cio_tui.workspace.resending import resent
from cio_tui.workspace.restoring import restore
from cio_tui.workspace.settings import Settings
from cio_tui.workspace.turn import Progress

if TYPE_CHECKING:
    from cio_tui.imports.options import Options
    from cio_tui.messages.definition import Message
    from cio_tui.segments.definition import Definition
    from cio_tui.workspace.exporting import Exports
    from cio_tui.workspace.import_report import ImportReport
    from cio_tui.workspace.importer import Imports
    from cio_tui.workspace.message_book import MessageBook
    from cio_tui.workspace.previews import Previews
    from cio_tui.workspace.segment_reader import Segments


class Workspace:
    """One workspace, open. Use it in a `with`, or call `close`.

    A verb answers with a `Receipt` and never raises for bad input: the receipt is rejected, with reasons. It raises StoreError
    when the file cannot be used. With `dry_run=True` it does all it would do and takes it back. Instants are Unix seconds.

    `log`, `directory`, `index` and `segments` read: activity, people, the data index, and who is in which segment; `messages`
    what is saved to be sent, and `previews` what it would say.
    """

    def __init__(self, database: Database, *, seed: int | None = None, now: int | None = None) -> None:
        self.database = database
        self.engine = Engine(database)
        if not database.storage.read_only:
            self._begin(seed, now)
        self.directory = Directory(self.engine)
        self.log = Log(self.engine, self.directory)
        self.index = IndexReader(self.engine)

    def _begin(self, seed: int | None, now: int | None) -> None:
        start = clock.wall_seconds() if now is None else now
        seed = ids.new_seed() if seed is None else seed
        self.engine.begin(Settings(seed, instant=start, mode="live" if now is None else "held", created_at=start))

    @classmethod
    def open(
        cls, path: str | Path, *, create: bool = True, seed: int | None = None, now: int | None = None, durable: bool = True
    ) -> Self:
        """Open a workspace file, making it when `create`. A new one takes `seed` for its ids, and holds its clock at `now`
        when given; else it follows the wall clock. Raises StoreError.
        """
        return cls(Database(Path(path), schema=WORKSPACE, create=create, durable=durable), seed=seed, now=now)

    @classmethod
    def in_memory(cls, *, seed: int = 0, now: int | None = None) -> Self:
        """A workspace without a file, gone when closed."""
        return cls(Database(None, schema=WORKSPACE), seed=seed, now=now)

    def close(self) -> None:
        """Give the file back."""
        if "segments" in self.__dict__:
            self.segments.close()
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def segments(self) -> Segments:
        """The reader of segments, loaded when it is first asked."""
        from cio_tui.workspace.segment_reader import Segments

        return Segments(self.engine, self.directory)

    @cached_property
    def messages(self) -> MessageBook:
        """The reader of messages and snippets, loaded when it is first asked."""
        from cio_tui.workspace.message_book import MessageBook

        return MessageBook(self.database)

    @cached_property
    def previews(self) -> Previews:
        """Messages rendered for people and events, loaded when it is first asked."""
        from cio_tui.workspace.previews import Previews

        return Previews(self.engine, self.directory, self.log, self.messages)

    @cached_property
    def exports(self) -> Exports:
        """What leaves the workspace for other programs, loaded when it is first asked."""
        from cio_tui.workspace.exporting import Exports

        return Exports(self)

    @cached_property
    def imports(self) -> Imports:
        """Imports of files: check, run, and what became of earlier ones."""
        from cio_tui.workspace.importer import Imports

        return Imports(self.engine)

    @property
    def path(self) -> Path | None:
        """The workspace file; None in memory."""
        return self.database.storage.path

    @property
    def history(self) -> History:
        """The commands that ran, and what undo reaches."""
        return self.engine.history

    def track(
        self,
        name: str,
        *,
        person: Reference | None = None,
        anonymous_id: str | None = None,
        invite: str | None = None,
        data: Mapping[str, Any] | None = None,
        type: str = "event",  # noqa: A002  # the product's word
        timestamp: int | None = None,
        id: str | None = None,  # noqa: A002  # the product's word
        cause: str | None = None,
        dry_run: bool = False,
    ) -> Receipt:
        """Send an event, page or screen for a person, an anonymous id, or an invited address (which becomes `data.recipient`)."""
        given = [owner for owner in (person, anonymous_id, invite) if owner is not None]
        if len(given) > 1:
            return Receipt("rejected", reasons=("an event has one owner: a person, an anonymous_id or an invite",))
        content: Any = {} if data is None else data
        if invite is not None and isinstance(content, Mapping):
            content = {**content, "recipient": invite}
        command = commands.Track(name, person, anonymous_id, content, type, timestamp, id, cause)
        return self.engine.run(command, dry_run=dry_run)

    def resend(
        self,
        activity_id: str,
        *,
        data: Mapping[str, Any] | None = None,
        changes: Mapping[str, Any] | None = None,
        person: Reference | None = None,
        timestamp: int | None = None,
        keep_id: bool = False,
        dry_run: bool = False,
    ) -> Receipt:
        """Send a copy of an event, linked to it as its cause; the original stays as it is. Raises UnknownActivity.

        `changes` sets single paths of the data; `keep_id` sends the original's id, to see it taken for a duplicate.
        """
        original = self.log.get(activity_id).activity
        try:
            command = resent(original, data=data, changes=changes, person=person, timestamp=timestamp, keep_id=keep_id)
        except InputError as error:
            return Receipt("rejected", reasons=(str(error),), dry_run=dry_run)
        return self.engine.run(command, dry_run=dry_run)

    def identify(
        self,
        person: Reference,
        attributes: Mapping[str, Any] | None = None,
        *,
        update_only: bool = False,
        timestamp: int | None = None,
        dry_run: bool = False,
    ) -> Receipt:
        """Add or update a person. `id`, `email` and `anonymous_id` among the attributes do what they do in the product."""
        command = commands.Identify(person, attributes or {}, update_only, timestamp)
        return self.engine.run(command, dry_run=dry_run)

    def merge(self, primary: Reference, secondary: Reference, *, dry_run: bool = False) -> Receipt:
        """Merge the secondary into the primary; the dry run is the preview."""
        return self.engine.run(commands.MergePeople(primary, secondary), dry_run=dry_run)

    def delete(self, person: Reference, *, dry_run: bool = False) -> Receipt:
        """Remove a person; the identifiers may be used again."""
        return self.engine.run(commands.DeletePerson(person), dry_run=dry_run)

    def suppress(self, person: Reference, *, dry_run: bool = False) -> Receipt:
        """Remove a person and block the identifiers."""
        return self.engine.run(commands.SuppressPerson(person), dry_run=dry_run)

    def unsuppress(self, person: Reference, *, dry_run: bool = False) -> Receipt:
        """Free blocked identifiers."""
        return self.engine.run(commands.UnsuppressPerson(person), dry_run=dry_run)

    def add_device(
        self,
        person: Reference,
        device_id: str,
        platform: str,
        *,
        last_used: int | None = None,
        attributes: Mapping[str, Any] | None = None,
        dry_run: bool = False,
    ) -> Receipt:
        """Add a person's device, or update it."""
        return self.engine.run(commands.AddDevice(person, device_id, platform, last_used, attributes or {}), dry_run=dry_run)

    def remove_device(self, person: Reference, device_id: str, *, dry_run: bool = False) -> Receipt:
        """Remove a person's device."""
        return self.engine.run(commands.RemoveDevice(person, device_id), dry_run=dry_run)

    def save_segment(
        self,
        definition: Definition | str | Mapping[str, Any],
        *,
        number: int | None = None,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Receipt:
        """Save a segment from a definition, from YAML or JSON text, or from the tree as Python objects; everybody is looked at
        anew. `number` names the one to change, else the definition's name does. What `progress` raises takes it all back.
        """
        from cio_tui.segments.errors import DefinitionError
        from cio_tui.segments.writing import to_json_tree

        try:
            known = _read(definition)
        except DefinitionError as error:
            return Receipt("rejected", reasons=tuple(str(problem) for problem in error.problems), dry_run=dry_run)
        return self.engine.run(commands.SaveSegment(to_json_tree(known), number), dry_run=dry_run, progress=progress)

    def delete_segment(self, segment: str | int, *, dry_run: bool = False) -> Receipt:
        """Take a segment away; refused while another one looks at it."""
        return self.engine.run(commands.DeleteSegment(segment), dry_run=dry_run)

    def add_to_segment(self, segment: str | int, people: Iterable[Reference], *, dry_run: bool = False) -> Receipt:
        """Put people into a manual segment, at most 1,000 at once."""
        return self.engine.run(commands.ChangeMembers(segment, tuple(people)), dry_run=dry_run)

    def remove_from_segment(self, segment: str | int, people: Iterable[Reference], *, dry_run: bool = False) -> Receipt:
        """Take people out of a manual segment."""
        return self.engine.run(commands.ChangeMembers(segment, tuple(people), remove=True), dry_run=dry_run)

    def save_message(self, message: Message, *, number: int | None = None, dry_run: bool = False) -> Receipt:
        """Save a message as its next version. `number` names the one to change, else the message's name does."""
        return self.engine.run(commands.SaveMessage(message.to_document(), number), dry_run=dry_run)

    def delete_message(self, message: str | int, *, dry_run: bool = False) -> Receipt:
        """Take a message away, with all its versions."""
        return self.engine.run(commands.DeleteMessage(message), dry_run=dry_run)

    def save_snippet(self, name: str, text: str, *, dry_run: bool = False) -> Receipt:
        """Save a snippet, new or changed."""
        return self.engine.run(commands.SaveSnippet(name, text), dry_run=dry_run)

    def delete_snippet(self, name: str, *, dry_run: bool = False) -> Receipt:
        """Take a snippet away."""
        return self.engine.run(commands.DeleteSnippet(name), dry_run=dry_run)

    def now(self) -> int:
        """The workspace's instant."""
        return self.engine.now()

    def settings(self) -> Settings:
        """The clock's mode and the choices a person has."""
        return self.engine.settings()

    def hold(self, instant: int | None = None, *, dry_run: bool = False) -> Receipt:
        """Stop the clock, at an instant when one is given: what falls due on the way is done."""
        return self.engine.run(commands.HoldClock(instant), dry_run=dry_run)

    def advance(self, seconds: int, *, dry_run: bool = False) -> Receipt:
        """Go forward, do what falls due, and stand there."""
        return self.engine.run(commands.AdvanceClock(seconds), dry_run=dry_run)

    def live(self, *, dry_run: bool = False) -> Receipt:
        """Follow the wall clock."""
        return self.engine.run(commands.ReleaseClock(), dry_run=dry_run)

    def set(self, name: str, value: object, *, dry_run: bool = False) -> Receipt:
        """Change a setting (workspace/settings.py names them)."""
        return self.engine.run(commands.ChangeSetting(name, value), dry_run=dry_run)

    def undo(self) -> list[Entry]:
        """Take the last step back; the commands taken back, none when there is nothing. Raises UndoConflict."""
        return self.history.undo()

    def redo(self) -> list[Entry]:
        """Do again what was undone last; the commands done, none when there is nothing."""
        return self.history.redo()

    def anonymous(self) -> list[AnonymousRow]:
        """Every anonymous id: events, claim, and when what nobody owns is deleted."""
        return anonymous_rows(self.engine, self.directory)

    def import_events(self, path: str | Path, options: Options | None = None, **how: Any) -> ImportReport:
        """Import an event CSV, or JSON lines: rows that cannot be taken are reported, the others imported; one step to undo.

        `how` are options by name (imports/options.py), and `errors`, `strict`, `dry_run`, `progress`, `cancelled`
        (workspace/importer.py). Raises InputError for a file that is none, before any row.
        """
        return self.imports.bring_in(path, "events", options, **how)

    def import_people(self, path: str | Path, options: Options | None = None, **how: Any) -> ImportReport:
        """Import a people CSV, or JSON lines: one identify a row. The rest is as for events."""
        return self.imports.bring_in(path, "people", options, **how)

    def check(self) -> list[str]:
        """What does not fit, a line each; empty for a workspace that is whole. Reads everything."""
        return list(check(self.database))

    def rebuild(self) -> None:
        """Make the data index anew from activity and people."""
        rebuild(self.database)

    def export_json(self, path: str | Path) -> int:
        """Write everything but the history as a file that stock TinyDB opens; how many documents. Raises StoreError."""
        return export_json(self.database, Path(path))

    def import_json(self, path: str | Path, *, replace: bool = False) -> int:
        """Fill the workspace from such a file; how many documents. The history starts anew.

        Raises InputError, with nothing changed, for a file of another shape, and for a workspace that holds something
        already unless that is to be replaced.
        """
        return restore(self.engine, Path(path), replace=replace)

    def digest(self) -> str:
        """A hash of everything the workspace holds: equal digests, equal workspaces."""
        return digest(self.database.storage)

    def content_digest(self, *, as_text: bool = False) -> str:
        """A hash of the people and their events: equal ones for workspaces that hold the same (content_digest.py)."""
        from cio_tui.workspace.content_digest import content_digest

        return content_digest(self.database, as_text=as_text)


def _read(definition: Definition | str | Mapping[str, Any]) -> Definition:
    from cio_tui.segments.definition import Definition
    from cio_tui.segments.reading import read, read_tree

    if isinstance(definition, Definition):
        return definition
    return read(definition) if isinstance(definition, str) else read_tree(definition)
