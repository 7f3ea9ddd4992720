"""One person: identifiers above; attributes with their history, activity, segments, anonymous ids, devices in tabs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TabbedContent, TabPane
from textual.worker import get_current_worker

from cio_tui.model.errors import CioError
from cio_tui.model.instants import format_instant
from cio_tui.tui.actions import bindings
from cio_tui.tui.attribute_text import written
from cio_tui.tui.list_view import ListView
from cio_tui.tui.rows import DIMMED, NO_ROWS, Column, FetchedRows, HeldRows, Rows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import notify_plain, plain, visible
from cio_tui.tui.views.activity import shown
from cio_tui.tui.views.facts import Fact, Facts
from cio_tui.tui.views.person_segments import PersonSegments
from cio_tui.workspace import Workspace
from cio_tui.workspace.directory import Change, ClaimedId, PersonRow

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

TABS: Final = ("attributes", "activity-of", "segments-of", "anonymous-of", "devices")
_ATTRIBUTES: Final = (
    Column("attribute", 14, sortable=False),
    Column("value", 0, sortable=False),
    Column("changed", 11, sortable=False),
)
_ROOM: Final = 46
_HISTORY: Final = (Column("changed", 11, sortable=False), Column("from → to", 0, sortable=False))
_ACTIVITY: Final = (Column("", 2, sortable=False), Column("timestamp", 14, sortable=False), Column("what", 0, sortable=False))
_ANONYMOUS: Final = (
    Column("anonymous id", 0, sortable=False),
    Column("claimed", 11, sortable=False),
    Column("open until", 11, sortable=False),
    Column("events", 6, right=True, sortable=False),
)
_DEVICES: Final = (
    Column("device", 0, sortable=False),
    Column("platform", 8, sortable=False),
    Column("last used", 14, sortable=False),
)
_NO_ACTIVITY: Final = """No activity yet: s sends an event.

Events, changes and merges of this person stand here; enter opens one in the log."""
_NO_ANONYMOUS: Final = """No anonymous id was claimed.

Ids whose events came to this person stand here: 4 shows all ids, m there identifies somebody with one."""
_NO_DEVICES: Final = """No devices: `cio-tui device add` gives one.

What push messages would go to stands here."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a worker read of a person: how each attribute changed, the rows of the activity, the anonymous ids."""

    history: dict[str, list[Change]]
    activity: Sequence[int]
    claimed: list[ClaimedId]


class PeopleInspector(Vertical):
    """The inspector of people."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("inspector")
    DEFAULT_CSS = """
    PeopleInspector {
        & #attribute-list { height: 3fr; }
        & #history { height: 2fr; min-height: 3; }
        & .history-title { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & Tab { padding: 0 1 0 0; }
    }
    """

    class Loaded(Message):
        """A worker has read a person."""

        def __init__(self, cio_id: str, read: Read) -> None:
            super().__init__()
            self.cio_id = cio_id
            self.read = read

    class LoadFailed(Message):
        """A worker could not read."""

        def __init__(self, error: CioError) -> None:
            super().__init__()
            self.error = error

    def __init__(self) -> None:
        super().__init__(classes="inspector pane")
        self.row: PersonRow | None = None
        self._read: Read | None = None

    def compose(self) -> ComposeResult:
        """Facts above, tabs below."""
        yield Facts()
        with TabbedContent(initial="attributes"):
            with TabPane("Attributes", id="attributes"):
                yield VirtualTable(_ATTRIBUTES, empty="No attributes yet: e sets some", id="attribute-list")
                yield Static("", classes="history-title")
                yield VirtualTable(_HISTORY, empty="Each change of the attribute stands here", id="history")
            with TabPane("Activity", id="activity-of"):
                yield VirtualTable(_ACTIVITY, empty=_NO_ACTIVITY, id="activity-list")
            with TabPane("Segments", id="segments-of"):
                yield PersonSegments()
            with TabPane("Anonymous", id="anonymous-of"):
                yield VirtualTable(_ANONYMOUS, empty=_NO_ANONYMOUS, id="anonymous-list")
            with TabPane("Devices", id="devices"):
                yield VirtualTable(_DEVICES, empty=_NO_DEVICES, id="device-list")

    @property
    def _workspace(self) -> Workspace:
        return cast("Console", self.app).workspace

    def _table(self, name: str) -> VirtualTable:
        return self.query_one(f"#{name}", VirtualTable)

    @property
    def attribute(self) -> str | None:
        """The selected attribute, while the attributes are shown."""
        return self._table("attribute-list").key if self.query_one(TabbedContent).active == "attributes" else None

    def show(self, cio_id: str | None) -> None:
        """Show a person, or nothing. What takes longer is read in a worker."""
        before = None if self.row is None else self.row.person.cio_id
        self.row = self._find(cio_id)
        self.set_class(self.row is None, "-nothing")
        if self.row is None:
            self.border_title = plain("")
            self._read = None
            self.query_one(PersonSegments).show(None)
            return
        person = self.row.person
        self.border_title = plain(person.label)
        self.query_one(Facts).show(_facts(self.row))
        self._fill("attribute-list", HeldRows(sorted(person.attributes), str, self._attribute), stay=person.cio_id == before)
        self._fill("device-list", HeldRows(person.devices, lambda one: str(one["id"]), _device), stay=person.cio_id == before)
        if person.cio_id != before:
            self._read = None
            for name in ("history", "activity-list", "anonymous-list"):
                self._table(name).replace_rows(NO_ROWS, stay=False)
        self.query_one(PersonSegments).show(person.cio_id)
        self.run_worker(lambda: self._load(person.cio_id), thread=True, exclusive=True, group="person-read", exit_on_error=False)

    def _find(self, cio_id: str | None) -> PersonRow | None:
        try:
            return None if not cio_id else self._workspace.directory.person({"cio_id": cio_id})
        except CioError:
            return None

    def _fill(self, name: str, rows: Rows, *, stay: bool) -> None:
        """Put rows into a tab's table."""
        self._table(name).replace_rows(rows, stay=stay)

    def _load(self, cio_id: str) -> None:
        worker = get_current_worker()
        try:
            directory, log = self._workspace.directory, self._workspace.log
            history, claimed = directory.history(cio_id), directory.claimed_by(cio_id)
            activity = log.row_ids(f"person:cio_{cio_id}", hidden=True, grown=lambda _: not worker.is_cancelled)
        except CioError as error:
            if not worker.is_cancelled:
                self.post_message(self.LoadFailed(error))
            return
        if not worker.is_cancelled:
            self.post_message(self.Loaded(cio_id, Read(history, activity, claimed)))

    @on(LoadFailed)
    def _say_failure(self, event: LoadFailed) -> None:
        event.stop()
        notify_plain(self.app, str(event.error), title="Could not read the person", failed=True)

    @on(Loaded)
    def _loaded(self, event: Loaded) -> None:
        event.stop()
        if self.row is None or self.row.person.cio_id != event.cio_id:
            return
        self._read = event.read
        log = self._workspace.log
        self._fill("activity-list", FetchedRows(event.read.activity, self._fetch, log.row_of), stay=True)
        self._fill("anonymous-list", HeldRows(event.read.claimed, lambda one: one.anonymous_id, _claimed), stay=True)
        self._show_history(self._table("attribute-list").key)

    def _fetch(self, page: Sequence[int]) -> list[tuple[str, ShownRow]]:
        found = {entry.position[1]: entry for entry in self._workspace.log.entries(page)}
        rows = []
        for row in page:
            if row in found:
                key, whole = shown(found[row])
                rows.append((key, ShownRow((whole.cells[0], whole.cells[1], whole.cells[3]), whole.style)))
            else:
                rows.append(("", ShownRow(("", "", "gone meanwhile"), DIMMED)))
        return rows

    def _attribute(self, name: str) -> ShownRow:
        person = self.row.person if self.row is not None else None
        if person is None or name not in person.attributes:
            return ShownRow((visible(name), "", ""))
        changed = person.changed_at.get(name)
        return ShownRow((visible(name), shown_value(person.attributes[name]), "" if changed is None else _moment(changed)))

    def _show_history(self, name: str | None) -> None:
        changes = [] if self._read is None or name is None else self._read.history.get(name, [])
        title = "" if name is None else f"History of {name}"
        if name is not None and self._read is not None and not changes:
            title += ": no change is logged"  # it came by a merge that the log no longer has, or by an import of a file
        self.query_one(".history-title", Static).update(plain(title))
        self._table("history").replace_rows(HeldRows(changes, lambda change: change.activity, _change), stay=False)

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()
        if event.table.id == "attribute-list":
            self._show_history(event.key)

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        """A row of the log or of a history leads to the Activity view; an attribute leads to its history."""
        event.stop()
        if event.table.id in ("activity-list", "history") and event.key:
            cast("Console", self.app).go_to_activity(event.key)
        elif event.table.id == "attribute-list":
            self._table("history").focus()

    def on_resize(self, event: events.Resize) -> None:
        """Where there is little room, some columns go: the history alone says when an attribute changed."""
        for name, columns in (("attribute-list", _ATTRIBUTES), ("anonymous-list", _ANONYMOUS)):
            fitting = columns if event.size.width >= _ROOM else columns[:-1]
            if self._table(name).columns != fitting:
                self._table(name).show_columns(fitting)

    def focus_tab(self) -> None:
        """Give the list of the shown tab the focus."""
        pane = self.query_one(TabbedContent).active_pane
        if pane is not None:
            self.screen.set_focus(pane.query(VirtualTable).first())

    def action_tab(self, step: int) -> None:
        """The next tab, or the one before; the focus goes along at once, before Textual looks for another place for it."""
        tabs = self.query_one(TabbedContent)
        tabs.active = TABS[(TABS.index(tabs.active) + step) % len(TABS)]
        self.focus_tab()

    def action_back(self) -> None:
        """Back to the list."""
        view = next((node for node in self.ancestors if isinstance(node, ListView)), None)
        if view is not None:
            view.action_back()


def shown_value(value: Any) -> str:
    """A value in a cell: text as it is; an empty text, and a text that reads like another kind, in quotes."""
    return visible(written(value))


def _facts(row: PersonRow) -> list[Fact]:
    person = row.person
    latest = "" if row.last_event is None else f", latest {format_instant(row.last_event)[:-4]}"
    return [
        ("id", visible(person.id) or "—"),
        ("email", visible(person.email) or "—"),
        ("cio_id", visible(person.cio_id)),
        ("added", format_instant(person.added_at)),
        ("events", f"{row.events:,}{latest}"),
    ]


def _moment(instant: int) -> str:
    return format_instant(instant)[5:-4]


def _change(change: Change) -> ShownRow:
    before = "(none)" if change.before == "" else shown_value(change.before)
    after = "(removed)" if change.after is None else shown_value(change.after)
    return ShownRow((_moment(change.timestamp), f"{before} → {after}"))


def _claimed(one: ClaimedId) -> ShownRow:
    return ShownRow((visible(one.anonymous_id), _moment(one.claimed_at), _moment(one.open_until), f"{one.events:,}"))


def _device(device: dict[str, Any]) -> ShownRow:
    used = device.get("last_used")
    when = format_instant(used)[5:-1] if isinstance(used, int) else ""
    return ShownRow((visible(device["id"]), visible(device.get("platform")), when))
