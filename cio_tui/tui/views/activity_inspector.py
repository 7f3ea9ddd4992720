"""One entry of the log: its data, what caused it and what it caused, and the whole of it as JSON."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TabbedContent, TabPane

from cio_tui.model.instants import format_instant
from cio_tui.model.limits import RESERVED_DATA_KEYS
from cio_tui.tui.actions import bindings
from cio_tui.tui.json_area import JsonArea, pretty
from cio_tui.tui.list_view import ListView
from cio_tui.tui.rows import Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible
from cio_tui.workspace.log import LogEntry
from cio_tui.workspace.wording import lag, mark, owner, what

_EFFECTS = (Column("", 2, sortable=False), Column("timestamp", 14, sortable=False), Column("what", 0, sortable=False))


class ActivityInspector(Vertical):
    """The inspector of the log."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("inspector")

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
        yield Static("", classes="facts")
        with TabbedContent(initial="data"):
            with TabPane("Data", id="data"):
                yield JsonArea(classes="data")
            with TabPane("Effects", id="effects"):
                yield VirtualTable(_EFFECTS)
            with TabPane("Raw", id="raw"):
                yield JsonArea(classes="raw")

    def show(self, activity_id: str | None) -> None:
        """Show an entry, or nothing."""
        log = self.app.workspace.log  # type: ignore[attr-defined]
        self.entry = None if not activity_id else log.get(activity_id)
        self.set_class(self.entry is None, "-nothing")
        if self.entry is None:
            self.border_title = plain("")
            return
        one = self.entry.activity
        self._cause = log.find(one.cause) if one.cause else None
        self._effects = log.caused_by(one.id)
        self.border_title = plain(f"{what(one)} · {one.id}")
        self.query_one(".facts", Static).update(self._facts(self.entry))
        self.query_one("JsonArea.data", JsonArea).text = pretty(one.data)
        self.query_one("JsonArea.raw", JsonArea).text = pretty(self.entry.to_json())
        self.query_one(VirtualTable).replace_rows(HeldRows(self._linked(), _key, self._row), stay=False)

    def _facts(self, entry: LogEntry) -> Content:
        one = entry.activity
        processed = "not processed" if one.processed_at is None else format_instant(one.processed_at)
        lines = [
            f"person     {visible(owner(entry)) or '—'}",
            f"timestamp  {format_instant(one.timestamp)}",
            f"processed  {processed}  {lag(one)}".rstrip(),
        ]
        if one.anonymous_id is not None:
            lines.append(f"anonymous  {visible(one.anonymous_id)}")
        if one.duplicates:
            lines.append(f"duplicates {one.duplicates} later copies of the id were ignored")
        if entry.hidden:
            lines.append("hidden     the product's log shows 30 days only")
        reserved = [f"{key} replaces {header}" for key, header in RESERVED_DATA_KEYS.items() if key in one.data and one.is_event]
        lines += [f"reserved   {line}" for line in reserved]
        return Content("\n".join(lines))

    def _linked(self) -> list[LogEntry]:
        return [*([self._cause] if self._cause else []), *self._effects]

    def _row(self, entry: LogEntry) -> ShownRow:
        sign = "↑" if entry is self._cause else "↳"
        one = entry.activity
        return ShownRow((sign, format_instant(one.timestamp)[5:-1], f"{mark(one)} {visible(what(one))}  {visible(owner(entry))}"))

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
        names = ["data", "effects", "raw"]
        tabs.active = names[(names.index(tabs.active) + step) % len(names)]


def _key(entry: LogEntry) -> str:
    return entry.activity.id
