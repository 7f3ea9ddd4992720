"""The data index: every event and attribute that was ever received, what they hold, and what looks like a slip."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from cio_tui import filters
from cio_tui.model.limits import LOG_WINDOW
from cio_tui.tui.actions import bindings
from cio_tui.tui.filter_line import FilterLine
from cio_tui.tui.kind_switch import KindName, KindSwitch
from cio_tui.tui.list_view import ListView
from cio_tui.tui.rows import NO_ROWS, Cancelled, HeldRows, Progress, Question, Rows
from cio_tui.tui.text import notify_plain
from cio_tui.tui.views.index_inspector import IndexInspector
from cio_tui.tui.views.index_rows import COLUMNS, Kind, copies_of_attribute, copies_of_event, event_key, index_rows, line_of
from cio_tui.workspace.index_reader import AttributeRow, EventRow
from cio_tui.workspace.log import LogEntry


class IndexView(ListView):
    """The data index."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("index")
    list_name: filters.ListName = "events"
    columns = COLUMNS["events"]

    def __init__(self) -> None:
        super().__init__(id="index")
        self.question = Question(who="events")
        self._shown: Kind = "events"
        self._asked: dict[Kind, Question] = {}

    @property
    def kind(self) -> Kind:
        """Which of the two lists is shown."""
        return _kind(self.question)

    def make_inspector(self) -> Widget:
        """Facts, counts, properties, recent activity."""
        return IndexInspector()

    def on_mount(self) -> None:
        """The switch stands above the filter line."""
        self.query_one(".list-side").mount(KindSwitch(tuple(COLUMNS)), before=0)
        self.call_after_refresh(self._turn)

    def load(self, question: Question, _cancelled: Cancelled, _progress: Progress) -> Rows:
        """Events or attributes that match, in order."""
        return index_rows(self.workspace, _kind(question), question.filter, question.sort)

    def count_all(self) -> int:
        """How many the list has without its filter."""
        if not self.question.filter:
            return 0
        index = self.workspace.index
        return len(index.attributes() if self.kind == "attributes" else index.events())

    def why_empty(self) -> str:
        """What to press first."""
        if self.question.filter:
            return super().why_empty()
        if self.kind == "attributes":
            return "No attributes yet: 1 shows people, n there adds one with attributes"
        return "No events yet: s sends one, i imports a CSV"

    def row(self, key: str | None) -> EventRow | AttributeRow | None:
        """The row with a key."""
        if key is None or not isinstance(self._rows, HeldRows):
            return None
        place = self._rows.place(key)
        found: EventRow | AttributeRow | None = None if place is None else self._rows.items[place]
        return found

    def inspect(self, key: str | None) -> None:
        """Show an event or an attribute."""
        self.query_one(IndexInspector).show(key, self.row(key))

    def open_row(self) -> None:
        """Look at the row in the inspector, with the focus in its list."""
        self.add_class("-reading")
        self.query_one(IndexInspector).take_focus()

    def ask(self, question: Question) -> None:
        """Show the answer to another question; the other list's line and order are kept for it."""
        before = self.kind
        self._asked[before] = self.question
        super().ask(question)
        if self.kind != before:
            self._turn()

    def _turn(self) -> None:
        """Make everything around the list follow the switch."""
        for switch in self.query(KindSwitch):
            switch.show(self.kind)
        if self._shown == self.kind:
            return
        self._shown = self.list_name = self.kind
        self.columns = COLUMNS[self.kind]
        self._rows = None
        self.only_marked = False
        self.table.marks.clear()
        self.table.replace_rows(NO_ROWS, stay=False)
        self.table.column = 0
        self.table.show_columns(self.columns, of=self.columns)
        self.query_one(FilterLine).turn_to(self.list_name, self.question.line)
        self.refresh_bindings()

    @on(KindName.Clicked)
    def _kind_clicked(self, event: KindName.Clicked) -> None:
        event.stop()
        self.show_kind("attributes" if event.kind == "attributes" else "events")

    def show_kind(self, kind: Kind) -> None:
        """Show events or attributes, asked as they were asked last."""
        if kind != self.kind:
            self.ask(self._asked.get(kind, Question(who=kind)))
            self.action_back()

    def go_to(self, row: EventRow) -> None:
        """Put the cursor on an event; one that the filter hides is shown by its name."""
        self.show_kind("events")
        self.when_loaded(lambda: self._go_to(row))

    def _go_to(self, row: EventRow) -> None:
        if not self.table.go_to(event_key(row)):
            self.show_filter(line_of(row))

    def action_switch(self) -> None:
        """Events instead of attributes, or the other way round."""
        self.show_kind("events" if self.kind == "attributes" else "attributes")

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Attributes cannot be sent again."""
        return not (action == "resend" and self.kind == "attributes")

    def action_send(self) -> None:
        """Send an event of this name."""
        row = self.row(self.table.key)
        self.console.send(name=row.name if isinstance(row, EventRow) else None)

    def action_resend(self) -> None:
        """Send the chosen recent one again, else the latest of this event."""
        chosen = self.query_one(IndexInspector).chosen_entry
        row = self.row(self.table.key)
        if chosen is not None:
            self.console.resend(chosen)
        elif isinstance(row, EventRow):
            self.console.perform(lambda: self.workspace.log.latest(row.name, row.type, limit=1), self._resend_first)

    def _resend_first(self, entries: Sequence[LogEntry]) -> None:
        if entries:
            self.console.resend(entries[0].activity.id)
        else:
            notify_plain(self.app, "None of its activity is left: anonymous events go after 30 days", title="Nothing to resend")

    def action_open_activity(self) -> None:
        """Show an event's activity, or the people who have an attribute."""
        row = self.row(self.table.key)
        if row is None:
            return

        def show(view: ListView) -> None:
            if isinstance(row, EventRow):
                beyond = view.question.beyond or row.last_received < self.workspace.now() - LOG_WINDOW
                view.ask(replace(view.question, beyond=beyond, who="all"))
            view.show_filter(line_of(row))

        self.console.show_view("people" if isinstance(row, AttributeRow) else "activity", show)

    def copies(self, key: str) -> list[tuple[str, str]]:
        """Its name, JSON, command line and filter, and how Liquid writes it or its properties."""
        row = self.row(key)
        if isinstance(row, AttributeRow):
            return copies_of_attribute(row)
        if isinstance(row, EventRow):
            return copies_of_event(row, (one.path for one in self.workspace.index.properties(row.name, row.type)))
        return []


def _kind(question: Question) -> Kind:
    return "attributes" if question.who == "attributes" else "events"
