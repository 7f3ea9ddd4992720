"""Activity: the log, followed or searched, and what each entry holds, caused and came from."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from cio_tui.model.activity import FAILED_TYPES
from cio_tui.model.instants import format_instant
from cio_tui.tui.actions import bindings
from cio_tui.tui.copying import choices
from cio_tui.tui.list_view import ListView
from cio_tui.tui.rows import (
    DIMMED,
    FAILED,
    NO_ROWS,
    PENDING,
    Cancelled,
    Column,
    FetchedRows,
    Progress,
    Question,
    Rows,
    ShownRow,
    Sort,
)
from cio_tui.tui.text import notify_plain, visible
from cio_tui.tui.views.activity_inspector import ActivityInspector
from cio_tui.tui.views.rail import FilterRail, FilterTable
from cio_tui.workspace import Workspace
from cio_tui.workspace.log import LogEntry
from cio_tui.workspace.wording import HIDDEN, LAG_WIDTH, lag, owner, signs, what

COLUMNS: Final = (
    Column("", 2, sortable=False),
    Column("timestamp", 14),
    Column("lag", LAG_WIDTH, right=True, sortable=False),
    Column("name", 0, weight=5),
    Column("person", 0, weight=4),
)
NEWEST: Final = Sort("timestamp", descending=True)
WHO: Final = {"all": "", "identified": "is:identified", "anonymous": "is:anonymous"}


class ActivityView(ListView):
    """The activity log."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("activity")
    list_name = "activity"
    columns = COLUMNS
    empty = "No activity yet: s sends an event, i imports a CSV, ctrl+p has more"

    def __init__(self) -> None:
        super().__init__(id="activity")
        self.question = Question(sort=NEWEST)
        self.following = False
        self._sought: str | None = None

    def make_inspector(self) -> Widget:
        """Data, effects, raw."""
        return ActivityInspector()

    def on_mount(self) -> None:
        """The ready filters stand beside the list, where there is room."""
        self.query_one(".view").mount(FilterRail(), before=0)
        self.call_after_refresh(self._show_applied)

    def _show_applied(self) -> None:
        for rail in self.query(FilterRail):
            rail.show(self.question)

    @on(FilterTable.Wanted)
    def _ready_wanted(self, event: FilterTable.Wanted) -> None:
        """A ready filter is the whole question but for its order."""
        event.stop()
        self.ask(replace(self.question, line=event.line, filtering=True, who="all"))
        self.show_filter(event.line)
        self.table.focus()

    def say_status(self) -> None:
        """The status line, and which ready filter applies."""
        super().say_status()
        self._show_applied()

    def load(self, question: Question, cancelled: Cancelled, progress: Progress) -> Rows:
        """The ids of all that match; rows come when they are in sight."""
        return activity_rows(self.workspace, question, cancelled, progress)

    def count_all(self) -> int:
        """All that a log without a filter would show."""
        return len(self.workspace.log.row_ids(WHO[self.question.who], hidden=self.question.beyond))

    def show_rows(self, rows: Rows) -> None:
        """Follow moves the cursor only when it stood on the newest row."""
        table = self.table
        on_newest = self.following and table.cursor == 0 and self.question.sort == NEWEST
        super().show_rows(rows)
        if on_newest:
            table.cursor = 0

    def inspect(self, key: str | None) -> None:
        """Show an entry."""
        self.query_one(ActivityInspector).show(key)

    def why_empty(self) -> str:
        """An empty log may only be an old one."""
        hidden = not self.question.beyond and self.workspace.log.last_row()
        if not self.question.filter and hidden:
            return "No activity in the last 30 days\nb shows what the product hides beyond them"
        return super().why_empty()

    def status_parts(self) -> list[str]:
        """Follow, who, beyond."""
        who = self.question.who if self.question.who != "all" else ""
        return ["follow on" if self.following else "", who, f"{HIDDEN} beyond 30 d" if self.question.beyond else ""]

    def action_follow(self) -> None:
        """Stay on the newest row as others arrive; on, it goes there."""
        self.following = not self.following
        if self.following:
            self.table.cursor = 0
        self.say_status()

    def action_who(self) -> None:
        """All, identified, anonymous, and round."""
        names = list(WHO)
        self.ask(replace(self.question, who=names[(names.index(self.question.who) + 1) % len(names)]))

    def action_beyond(self) -> None:
        """Show what the product hides after 30 days, dimmed, or hide it again."""
        self.ask(replace(self.question, beyond=not self.question.beyond))

    def action_send(self) -> None:
        """Send an event, to the person or with the anonymous id of this row."""
        key = self.table.key
        one = None if key is None else self.workspace.log.get(key).activity
        known = None if one is None or one.person is None else f"cio_{one.person}"
        self.console.send(person=known, anonymous=None if one is None or known is not None else one.anonymous_id)

    def action_resend(self) -> None:
        """Send a copy of this event."""
        key = self.table.key
        if key is not None:
            self.console.resend(key)

    def copies(self, key: str) -> list[tuple[str, str]]:
        """Id, JSON, the line that sends it again, the call an SDK makes, Liquid paths."""
        return choices(self.workspace.log.get(key))

    def action_to_cause(self) -> None:
        """Go to what caused this entry."""
        self.query_one(ActivityInspector).go_to_cause()

    def action_to_effect(self) -> None:
        """Go to the first thing that this entry caused."""
        self.query_one(ActivityInspector).go_to_effect()

    def go_to(self, activity_id: str) -> None:
        """Put the cursor on an entry, which may only just have come; what hides it is switched off, not forgotten."""
        if not self.table.go_to(activity_id):
            self._sought = activity_id
            self.reload()

    def after_load(self) -> None:
        """What was sought is there now, or hidden, or gone."""
        sought, self._sought = self._sought, None
        if sought is None or self.table.go_to(sought):
            return
        entry = self.workspace.log.find(sought)
        shown = replace(self.question, filtering=False, who="all", beyond=self.question.beyond or bool(entry and entry.hidden))
        if entry is not None and (shown != self.question or self.only_marked):
            self._sought, self.only_marked = sought, False
            notify_plain(self.app, "It was hidden: \\ switches the filter on again", title="Filter off")
            if shown == self.question:
                self.reload()
            else:
                self.ask(shown)


def activity_rows(workspace: Workspace, question: Question, cancelled: Cancelled, progress: Progress) -> Rows:
    """The answer to a question about the log."""
    line = " ".join(part for part in (WHO[question.who], f"({question.filter})" if question.filter.strip() else "") if part)
    sort = question.sort or NEWEST

    def rows(ids: Sequence[int]) -> Rows:
        return FetchedRows(ids, lambda page: _fetch(workspace, page), workspace.log.row_of)

    def grown(ids: Sequence[int]) -> bool:
        if len(ids):
            progress(lambda: rows(ids[:]))
        return not cancelled()

    ids = workspace.log.row_ids(line, hidden=question.beyond, order=sort.column, descending=sort.descending, grown=grown)
    return NO_ROWS if cancelled() else rows(ids)


def _fetch(workspace: Workspace, page: Sequence[int]) -> list[tuple[str, ShownRow]]:
    found = {entry.position[1]: entry for entry in workspace.log.entries(page)}
    return [shown(found[row]) if row in found else ("", ShownRow(("", "", "", "gone meanwhile", ""), DIMMED)) for row in page]


def shown(entry: LogEntry) -> tuple[str, ShownRow]:
    """The key and the cells of an entry."""
    one = entry.activity
    style = ""
    if one.type in FAILED_TYPES:
        style = FAILED
    elif entry.hidden:
        style = DIMMED
    elif one.processed_at is None:
        style = PENDING
    cells = (signs(entry), format_instant(one.timestamp)[5:-1], lag(one), visible(what(one)), visible(owner(entry)))
    return one.id, ShownRow(cells, style)
