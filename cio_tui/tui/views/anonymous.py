"""Anonymous ids: whose they are, which windows are open, and what a merge makes, or would make, of their events."""

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.binding import BindingType
from textual.widget import Widget

from cio_tui import filters
from cio_tui.model.instants import format_instant
from cio_tui.model.json_values import dumps
from cio_tui.model.name_search import escape
from cio_tui.model.receipts import Receipt
from cio_tui.tui.actions import bindings
from cio_tui.tui.list_view import ListView
from cio_tui.tui.rows import PENDING, Cancelled, Column, HeldRows, Progress, Question, Rows, ShownRow
from cio_tui.tui.text import visible
from cio_tui.tui.views.anonymous_inspector import AnonymousInspector, state_of
from cio_tui.workspace import Workspace
from cio_tui.workspace.anonymous_reader import AnonymousRow

if TYPE_CHECKING:
    from cio_tui.tui.screens.claim import Claim

COLUMNS: Final = (
    Column("id", 0),
    Column("events", 6, right=True),
    Column("first", 11, least=100),
    Column("last", 11, least=58),
    Column("state", 16),
    Column("claimed by", 0, least=70),
    Column("purged", 11, least=80),
)
_ORDER: Final[dict[str, Callable[[AnonymousRow], Any]]] = {
    "id": lambda row: row.anonymous_id,
    "events": lambda row: row.events,
    "first": lambda row: row.first or 0,
    "last": lambda row: row.last or 0,
    "state": lambda row: (row.claimed_at is not None, row.unclaimed > 0, row.claimed_at or 0),
    "claimed by": lambda row: row.claimed_by or "",
    "purged": lambda row: row.purge_at or 0,
}
_LOOK_SECONDS: Final = 5


class AnonymousView(ListView):
    """The anonymous ids, with the merge inspector."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("anonymous")
    list_name: filters.ListName = "anonymous"
    columns = COLUMNS
    empty = "No anonymous events: s sends one with an anonymous id"

    def __init__(self) -> None:
        super().__init__(id="anonymous")

    def on_mount(self) -> None:
        """While the clock runs, windows close without anybody writing."""
        self.set_interval(_LOOK_SECONDS, self._look)

    def _look(self) -> None:
        if self.display and self.workspace.settings().mode == "live":
            self.reload()

    def make_inspector(self) -> Widget:
        """Before and after."""
        return AnonymousInspector()

    def load(self, question: Question, _cancelled: Cancelled, _progress: Progress) -> Rows:
        """The ids that match, in order; without one the latest first."""
        return anonymous_rows(self.workspace, question)

    def count_all(self) -> int:
        """How many there are."""
        return len(self.workspace.anonymous()) if self.question.filter else 0

    def row(self, key: str | None) -> AnonymousRow | None:
        """The row with a key."""
        if key is None or not isinstance(self._rows, HeldRows):
            return None
        place = self._rows.place(key)
        found: AnonymousRow | None = None if place is None else self._rows.items[place]
        return found

    def inspect(self, key: str | None) -> None:
        """Show an id."""
        self.query_one(AnonymousInspector).show(self.row(key))

    def open_row(self) -> None:
        """Look at its events."""
        self.add_class("-reading")
        self.query_one(AnonymousInspector).take_focus()

    def action_send(self) -> None:
        """Send an event with this anonymous id."""
        self.console.send(anonymous=self.table.key)

    def action_what_if(self) -> None:
        """See what would happen if somebody were identified with this id; nothing is written."""
        self._open_claim(write=False)

    def action_identify(self) -> None:
        """Identify somebody with this id, after seeing what that does."""
        self._open_claim(write=True)

    def _open_claim(self, *, write: bool) -> None:
        from cio_tui.tui.screens.claim import ClaimScreen

        key = self.table.key
        if key is not None:
            self.app.push_screen(ClaimScreen(key, write=write), lambda claim: self._answered(key, claim))

    def _answered(self, anonymous_id: str, claim: "Claim | None") -> None:
        if claim is None:
            return
        if claim.write:
            person = {"cio_id": claim.row.person.cio_id}
            given = {"anonymous_id": anonymous_id}
            self.console.perform(lambda: self.workspace.identify(person, given), self._identified)
        elif self.table.key == anonymous_id:
            self.query_one(AnonymousInspector).suppose(claim.row.person.label, claim.receipt)

    def _identified(self, receipt: Receipt) -> None:
        self.console.say_receipt(receipt)

    def copies(self, key: str) -> list[tuple[str, str]]:
        """The id, its JSON, its command line and its filter."""
        row = self.row(key)
        line = f"anonymous:{filters.quote(escape(key))}"
        shape = [] if row is None else [("JSON", dumps(row.to_json()))]
        return [("Id", key), *shape, ("Command line", f"cio-tui activity {shlex.quote(line)}"), ("Filter for activity", line)]


def anonymous_rows(workspace: Workspace, question: Question) -> Rows:
    """The answer to a question about anonymous ids. Raises FilterError."""
    now = workspace.now()
    condition = filters.parse(question.filter, "anonymous").compile(filters.FilterContext(now=now, people=lambda _: []))
    rows = [row for row in workspace.anonymous() if condition is None or condition(row.to_json() | {"state": state_of(row, now)})]
    if question.sort is not None and question.sort.column in _ORDER:
        rows.sort(key=_ORDER[question.sort.column], reverse=question.sort.descending)
    return HeldRows(rows, lambda row: row.anonymous_id, lambda row: _shown(row, now))


def _shown(row: AnonymousRow, now: int) -> ShownRow:
    cells = (
        visible(row.anonymous_id),
        f"{row.events:,}",
        _short(row.first),
        _short(row.last),
        state_in_words(row, now),
        visible(row.claimed_by),
        _short(row.purge_at),
    )
    return ShownRow(cells, PENDING if row.claimed_at is None else "")


def state_in_words(row: AnonymousRow, now: int) -> str:
    """`unclaimed`, `open until 12:06`, `claimed`, `claimed, 2 late`."""
    state = state_of(row, now)
    if state == "open" and row.open_until is not None:
        return f"open until {format_instant(row.open_until)[11:16]}"
    return f"{state}, {row.unclaimed:,} late" if state == "claimed" and row.unclaimed else state


def _short(instant: int | None) -> str:
    return "" if instant is None else format_instant(instant)[5:16]
