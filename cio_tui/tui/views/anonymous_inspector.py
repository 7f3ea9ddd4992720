"""One anonymous id before and after its merge: what was processed when, what came too late, and what is still to come."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult

from cio_tui.filters import quote
from cio_tui.filters.anonymous_atoms import State
from cio_tui.model.activity import ANON_MERGE, EVENT_TYPES
from cio_tui.model.instants import format_duration, format_instant
from cio_tui.model.limits import CAMPAIGN_WINDOW
from cio_tui.model.name_search import escape
from cio_tui.model.receipts import Receipt
from cio_tui.tui.rows import FAILED, NO_ROWS, PENDING, Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible
from cio_tui.tui.views.activity_inspector import ActivityInspector
from cio_tui.tui.views.facts import Fact, Facts
from cio_tui.tui.views.gathering import GatheringInspector
from cio_tui.workspace import Workspace
from cio_tui.workspace.anonymous_reader import AnonymousRow
from cio_tui.workspace.log import LogEntry
from cio_tui.workspace.wording import what

MOST: Final = 500
_COLUMNS: Final = (
    Column("before", 16, sortable=False),
    Column("event", 0, sortable=False),
    Column("after", 10, sortable=False),
    Column("72 h", 4, sortable=False),
)
_NO_EVENTS: Final = """None of its events is left: what nobody claims goes after 30 days.

Its events stand here, with what a merge makes of each: s sends one."""


class AnonymousInspector(GatheringInspector):
    """The inspector of anonymous ids. A what-if stays shown until another id is looked at."""

    SCOPED_CSS: ClassVar[bool] = False  # or else no rule could begin with the screen
    DEFAULT_CSS = """
    AnonymousInspector { & .facts { max-height: 10; margin-bottom: 1; } }
    Screen.-short AnonymousInspector .facts { margin-bottom: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.row: AnonymousRow | None = None
        self._entries: list[LogEntry] = []
        self._merged_at: int | None = None
        self._supposed: tuple[str, frozenset[str]] | None = None

    def compose(self) -> ComposeResult:
        """Facts above, the events below."""
        yield Facts()
        yield VirtualTable(_COLUMNS, empty=_NO_EVENTS, classes="events")

    def show(self, row: AnonymousRow | None) -> None:
        """Show an id, or nothing."""
        key = None if row is None else row.anonymous_id
        if key != self.wanted or (row is not None and self.row is not None and row.claimed_at != self.row.claimed_at):
            self._supposed, self._entries, self._merged_at = None, [], None
            self.query_one(VirtualTable).replace_rows(NO_ROWS, stay=False)
        self.row, self.wanted = row, key
        self.set_class(row is None, "-nothing")
        self.border_title = plain(key)
        if row is not None:
            self._say_facts()
            anonymous_id = row.anonymous_id
            self.gather(anonymous_id, lambda: events_of(self.workspace, anonymous_id))

    def suppose(self, person: str, receipt: Receipt) -> None:
        """Show what a dry run for a person would make of the events."""
        merged = frozenset(effect.activity for effect in receipt.effects if effect.kind == "event_merged" and effect.activity)
        self._supposed = (person, merged)
        self._show_events()

    def show_found(self, found: tuple[list[LogEntry], int | None]) -> None:
        """The events, oldest first."""
        self._entries, self._merged_at = found
        self._show_events()

    def _show_events(self) -> None:
        rows = HeldRows(self._entries, lambda entry: entry.activity.id, self._row)
        self.query_one(VirtualTable).replace_rows(rows)
        self._say_facts()

    def _row(self, entry: LogEntry) -> ShownRow:
        one, now = entry.activity, self.workspace.now()
        merged_at, style = one.processed_at, ""
        if merged_at is not None:
            late_by = merged_at - one.timestamp
            after = f"● +{format_duration(late_by)}" if late_by > 0 else "● at once"
        elif self._supposed is not None and one.id in self._supposed[1]:
            merged_at, after = now, f"? +{format_duration(now - one.timestamp)}"
        else:
            late = self.row is not None and state_of(self.row, now) != "unclaimed"
            after, style = "○ too late" if late else "○ not yet", FAILED if late else PENDING
        old = "!" if is_old(entry, self.row, now) else ""
        return ShownRow((f"○ {format_instant(one.timestamp)[5:-1]}", visible(what(one)), after, old), style)

    def _say_facts(self) -> None:
        if self.row is not None:
            told = facts(self.row, self._entries, self._merged_at, self.workspace.now())
            if self._supposed is not None:
                person, merged = self._supposed
                told.append(("what if", f"? {len(merged)} would go to {visible(person)}"))
            self.query_one(Facts).show(told)

    @on(VirtualTable.Chosen, ".events")
    def _event_chosen(self, event: VirtualTable.Chosen) -> None:
        if event.key is not None:
            self.post_message(ActivityInspector.Wanted(event.key))

    def action_tab(self, step: int) -> None:
        """There are no tabs: the next event, or the one before."""
        self.query_one(VirtualTable).action_move(step)

    def take_focus(self) -> None:
        """Go to the events."""
        self.query_one(VirtualTable).focus()


def events_of(workspace: Workspace, anonymous_id: str) -> tuple[list[LogEntry], int | None]:
    """The latest events that came with an id, oldest first, and the instant of the merge that moved them."""
    line = f"anonymous:{quote(escape(anonymous_id))} type:{','.join(EVENT_TYPES)}"
    entries = workspace.log.page(line, limit=MOST, hidden=True).entries[::-1]
    merges = {entry.activity.merged_by for entry in entries if entry.activity.merged_by is not None}
    found = [merge.activity for merge in map(workspace.log.find, merges) if merge is not None]
    return entries, next((merge.timestamp for merge in found if merge.type == ANON_MERGE), None)


def is_old(entry: LogEntry, row: AnonymousRow | None, now: int) -> bool:
    """Whether an event was older than 72 h when it was merged, or is now while it still can be: it starts no campaign (E6)."""
    at = entry.activity.processed_at
    if at is None and row is not None and row.claimed_at is not None:
        return False
    return (now if at is None else at) - entry.activity.timestamp > CAMPAIGN_WINDOW


def state_of(row: AnonymousRow, now: int) -> State:
    """Where an id stands at an instant."""
    if row.open_until is None:
        return "unclaimed"
    return "open" if now <= row.open_until else "claimed"


def facts(row: AnonymousRow, entries: list[LogEntry], merged_at: int | None, now: int) -> list[Fact]:
    """What is known of an id."""
    events = f"{row.events:,} event{'' if row.events == 1 else 's'}"
    cut = 0 < len(entries) < row.events
    if cut:
        events += f", the latest {len(entries):,} below"
    found = [("id", f"{visible(row.anonymous_id)}, {events}")]
    if row.claimed_at is None or row.open_until is None:
        found.append(("claimed", "by nobody: nothing is processed"))
    else:
        found.append(("claimed", f"by {visible(row.claimed_by)}"))
        found.append(("merged", format_instant(row.claimed_at if merged_at is None else merged_at)))
        away = format_duration(abs(row.open_until - now))
        found.append(("window", f"to {format_instant(row.open_until)}, {'open' if now <= row.open_until else 'closed'} {away}"))
        if row.unclaimed:
            found.append(("late", f"○ {row.unclaimed:,} came after it: not processed"))
    if row.purge_at is not None:
        found.append(("purge", f"{format_instant(row.purge_at)}, in {format_duration(row.purge_at - now)}"))
    old = sum(is_old(entry, row, now) for entry in entries)
    if old:
        are = "were" if row.claimed_at is not None else "are"
        found.append(("72 h", f"! {old:,} {'of those below ' if cut else ''}{are} too old to start campaigns"))
    return found
