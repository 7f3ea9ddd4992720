"""One entry of the log: its data, what a message becomes for it, what caused it and what it caused, and all of it as JSON."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TabbedContent, TabPane

from cio_tui.model.instants import format_duration, format_instant
from cio_tui.model.limits import RESERVED_DATA_KEYS
from cio_tui.tui.actions import bindings
from cio_tui.tui.json_area import JsonArea, pretty
from cio_tui.tui.list_view import ListView
from cio_tui.tui.rows import Column, HeldRows, ShownRow
from cio_tui.tui.sending.changes import data_changes
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible
from cio_tui.tui.views.activity_liquid import EventLiquid
from cio_tui.tui.views.facts import Fact, Facts
from cio_tui.workspace.log import LogEntry
from cio_tui.workspace.wording import HIDDEN, owner, signs, what

_CAUSE: Final = "↑ cause"
_EFFECT: Final = "↳ effect"
_EFFECTS: Final = (
    Column("", 8, sortable=False),
    Column("timestamp", 14, sortable=False, least=48),
    Column("what", 0, sortable=False),
    Column("person", 0, sortable=False, least=60),
)
_NOTHING: Final = """Nothing caused this, and it caused nothing.

What causes an entry, and what an entry causes, stands here: profiles and attributes that it made, events that a merge moved.

( goes to the cause, ) to the first effect."""


_CHANGES: Final = 4
"""So many differences from the original are told beside the entry."""


class ActivityInspector(Vertical):
    """The inspector of the log."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("inspector")
    DEFAULT_CSS = """
    ActivityInspector {
        & .facts { max-height: 14; }
        & .ways { height: auto; padding: 0 1; color: $text-muted; }
        & .ways.-none { display: none; }
    }
    """

    class Wanted(Message):
        """The person wants to see another entry."""

        def __init__(self, activity_id: str) -> None:
            super().__init__()
            self.activity_id = activity_id

    def __init__(self) -> None:
        super().__init__(classes="inspector pane")
        self.entry: LogEntry | None = None
        self._cause: LogEntry | None = None
        self._effects: list[LogEntry] = []

    def compose(self) -> ComposeResult:
        """Facts above, tabs below."""
        yield Facts()
        with TabbedContent(initial="data"):
            with TabPane("Data", id="data"):
                yield JsonArea(classes="data")
            with TabPane("Liquid", id="liquid"):
                yield EventLiquid()
            with TabPane("Effects", id="effects"):
                yield Static("", classes="ways")
                yield VirtualTable(_EFFECTS, empty=_NOTHING)
            with TabPane("Raw", id="raw"):
                yield JsonArea(classes="raw")

    def show(self, activity_id: str | None) -> None:
        """Show an entry, or nothing."""
        log = self.app.workspace.log  # type: ignore[attr-defined]
        self.entry = None if not activity_id else log.find(activity_id)
        self.set_class(self.entry is None, "-nothing")
        if self.entry is None:
            self.border_title = plain("")
            return
        one = self.entry.activity
        self._cause = log.find(one.cause) if one.cause else None
        self._effects = log.caused_by(one.id)
        self.border_title = plain(f"{what(one)} · {one.id}")
        self.query_one("ActivityInspector > Facts", Facts).show(self._facts(self.entry))
        self._fill(self.entry)

    @on(TabbedContent.TabActivated)
    def _turned(self, event: TabbedContent.TabActivated) -> None:
        event.stop()
        if self.entry is not None:
            self._fill(self.entry)

    def _fill(self, entry: LogEntry) -> None:
        """Only the tab that is shown: each costs a frame."""
        tab = self.query_one(TabbedContent).active
        if tab == "data":
            self.query_one("JsonArea.data", JsonArea).text = pretty(entry.activity.data)
        elif tab == "liquid":
            self.query_one(EventLiquid).show(entry)
        elif tab == "raw":
            self.query_one("JsonArea.raw", JsonArea).text = pretty(entry.to_json())
        else:
            self.query_one("#effects VirtualTable", VirtualTable).replace_rows(
                HeldRows(self._linked(), _key, self._row), stay=False
            )
            ways = self._ways(entry.activity.cause)
            self.query_one(".ways", Static).update(plain(ways))
            self.query_one(".ways").set_class(not ways, "-none")

    def _facts(self, entry: LogEntry) -> list[Fact]:
        one = entry.activity
        processed = "not processed" if one.processed_at is None else format_instant(one.processed_at)
        facts = [("name", visible(one.name))] if one.name else []
        facts += [
            ("person", visible(owner(entry)) or "—"),
            ("timestamp", format_instant(one.timestamp)),
            ("processed", processed),
        ]
        late = 0 if one.processed_at is None else one.processed_at - one.timestamp
        if late:
            facts.append(("lag", f"{format_duration(abs(late))} {'later' if late > 0 else 'earlier'}"))
        if one.anonymous_id is not None:
            facts.append(("anonymous", visible(one.anonymous_id)))
        if one.duplicates:
            said = "1 later copy was" if one.duplicates == 1 else f"{one.duplicates:,} later copies were"
            facts.append(("duplicates", f"{said} ignored"))
        if self._cause is not None and one.is_event and self._cause.activity.is_event:
            facts += _differences(self._cause, entry)
        if entry.hidden:
            facts.append(("hidden", f"{HIDDEN} older than 30 days"))
        reserved = [f"{key} replaces {header}" for key, header in RESERVED_DATA_KEYS.items() if key in one.data and one.is_event]
        return facts + [("reserved", line) for line in reserved]

    def _ways(self, cause: str | None) -> str:
        """What the keys do here; nothing when there is nowhere to go."""
        ways = ["( goes to its cause"] if self._cause else []
        if cause and not self._cause:
            ways.append("its cause is no longer in the log")
        if self._effects:
            count = len(self._effects)
            ways.append(f") goes to {'its effect' if count == 1 else f'the first of its {count:,} effects'}")
        return ", ".join(ways)

    def _linked(self) -> list[LogEntry]:
        return [*([self._cause] if self._cause else []), *self._effects]

    def _row(self, entry: LogEntry) -> ShownRow:
        sign = _CAUSE if entry is self._cause else _EFFECT
        said = f"{signs(entry)} {visible(what(entry.activity))}"
        return ShownRow((sign, format_instant(entry.activity.timestamp)[5:-1], said, visible(owner(entry))))

    def go_to_cause(self) -> None:
        """Ask for the entry that caused this one."""
        if self._cause is not None:
            self.post_message(self.Wanted(self._cause.activity.id))

    def go_to_effect(self) -> None:
        """Ask for the first entry that this one caused."""
        if self._effects:
            self.post_message(self.Wanted(self._effects[0].activity.id))

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        if event.key is not None:
            self.post_message(self.Wanted(event.key))

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()

    def action_back(self) -> None:
        """Back to the list."""
        self.query_ancestor(ListView).action_back()  # type: ignore[type-abstract]

    def action_tab(self, step: int) -> None:
        """The next tab, or the one before."""
        tabs = self.query_one(TabbedContent)
        names = ["data", "liquid", "effects", "raw"]
        tabs.active = names[(names.index(tabs.active) + step) % len(names)]


def _key(entry: LogEntry) -> str:
    return entry.activity.id


def _differences(original: LogEntry, copy: LogEntry) -> list[Fact]:
    """What a copy changed of the event that it was made of."""
    found = list(data_changes(original.activity.data, copy.activity.data))
    told = [f"{visible(one.what)} {visible(one.old)} → {visible(one.new)}" for one in found[:_CHANGES]]
    if len(found) > _CHANGES:
        told.append(f"and {len(found) - _CHANGES} more")
    return [("" if number else "copy", line) for number, line in enumerate(told or ["with the same data"])]
