"""What every view with a list has: filter line, table, status, inspector; loading in a worker, marks, sorting, refreshing."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, WorkerState, get_current_worker

from cio_tui import filters
from cio_tui.model.errors import CioError
from cio_tui.tui.actions import bindings
from cio_tui.tui.filter_line import FilterInput, FilterLine
from cio_tui.tui.rows import Cancelled, Column, MarkedRows, Progress, Question, Rows
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import notify_plain, plain, plain_lines
from cio_tui.workspace import Workspace, clock

if TYPE_CHECKING:
    from cio_tui.tui.app import Console
    from cio_tui.tui.exporting import Exported

GROWTH_SECONDS: Final = 0.25
"""How often a list that is being loaded shows what there is so far: each time costs a frame."""


class ListView(Container):
    """A view: a list beside an inspector. Subclasses say which columns, how to load, and what the inspector shows."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("view")

    list_name: filters.ListName
    columns: Sequence[Column]
    empty: ClassVar[str] = ""

    class Loaded(Message):
        """A worker has rows; unless they are `whole`, more will come."""

        def __init__(self, question: Question, rows: Rows, *, whole: bool) -> None:
            super().__init__()
            self.question = question
            self.rows = rows
            self.whole = whole

    class LoadFailed(Message):
        """A worker could not load."""

        def __init__(self, error: CioError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.question = Question()
        self.total = 0
        self.only_marked = False
        self.behind = False
        self._rows: Rows | None = None
        self._whole: Question | None = None
        self._loading: Question | None = None
        self._stale = False
        self._waiting: list[Callable[[], None]] = []

    @property
    def console(self) -> "Console":
        """The app, typed."""
        return cast("Console", self.app)

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return self.console.workspace

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one(".list-side VirtualTable", VirtualTable)

    def compose(self) -> ComposeResult:
        """The list with its line above and its status below, and the inspector."""
        with Horizontal(classes="view"):
            with Vertical(classes="list-side pane"):
                yield FilterLine(self.list_name)
                yield VirtualTable(self.columns)
                yield Static("", classes="empty")
                yield Static("", classes="status")
            yield self.make_inspector()

    @abstractmethod
    def make_inspector(self) -> Widget:
        """The inspector, empty."""

    @abstractmethod
    def load(self, question: Question, cancelled: Cancelled, progress: Progress) -> Rows:
        """The rows that answer a question; runs in a worker."""

    @abstractmethod
    def inspect(self, key: str | None) -> None:
        """Show a row in the inspector."""

    def count_all(self) -> int:
        """How many rows there are without a filter; runs in a worker."""
        return 0

    def on_mount(self) -> None:
        """Load for the first time."""
        self.reload()

    def catch_up(self) -> None:
        """Load again if anybody wrote since."""
        if self.behind:
            self.reload()

    def reload(self) -> None:
        """Ask for the rows again, in a worker. One that answers another question is cancelled; one that answers this question
        is let finish first, or else a list that others write to all the time would never be shown.

        A list grows before one's eyes only when the question is another: else the old rows stay until the new ones are whole.
        """
        self.behind = False
        question, growing = self.question, self.question != self._whole
        self._stale = question == self._loading
        if self._stale:
            return
        self._loading = question
        if growing:
            self.set_timer(GROWTH_SECONDS, lambda: self._say_busy(question))
        work = lambda: self._load(question, growing)  # noqa: E731
        self.run_worker(work, thread=True, exclusive=True, group=f"load-{self.id}", exit_on_error=False)

    def _say_busy(self, question: Question) -> None:
        self.query_one(FilterLine).busy(self._loading == question)

    def _load(self, question: Question, growing: bool) -> None:
        worker = get_current_worker()
        told = 0.0

        def progress(so_far: Callable[[], Rows]) -> None:
            nonlocal told
            if growing and not worker.is_cancelled and clock.ticks() - told >= GROWTH_SECONDS:
                told = clock.ticks()
                self.post_message(self.Loaded(question, so_far(), whole=False))

        try:
            rows = self.load(question, lambda: worker.is_cancelled, progress)
            total = self.count_all() if question.filter else len(rows)
        except CioError as error:
            if not worker.is_cancelled:
                self.post_message(self.LoadFailed(error))
            return
        if not worker.is_cancelled:
            self.total = total
            self.post_message(self.Loaded(question, rows, whole=True))

    @on(Loaded)
    def _show_rows(self, event: Loaded) -> None:
        if event.question != self.question:
            return
        self._rows = event.rows
        self.query_one(FilterLine).busy(not event.whole)
        self.table.sort = self.question.sort
        self.show_rows(event.rows)
        self.say_status()
        if event.whole:
            self._whole = event.question
            self.after_load()
            self._loaded()
            waiting, self._waiting = self._waiting, []
            for then in waiting:
                then()

    def _loaded(self) -> None:
        self._loading = None
        if self._stale:
            self.reload()

    def after_load(self) -> None:
        """All rows are there."""

    def when_loaded(self, then: Callable[[], None]) -> None:
        """Do something when all rows are there: at once, or as soon as they have come."""
        if self._whole == self.question:
            then()
        else:
            self._waiting.append(then)

    def show_rows(self, rows: Rows) -> None:
        """Hand rows to the table."""
        shown = MarkedRows(rows, self.table.marks) if self.only_marked else rows
        self.table.replace_rows(shown)
        nothing = not len(shown)
        self.query_one(".empty", Static).set_class(nothing, "-shown")
        if nothing:
            unmarked = self.only_marked and len(rows)
            words = "None of the marked rows is here\nspace marks, M shows all" if unmarked else self.why_empty()
            self.query_one(".empty", Static).update(plain_lines(words))

    def why_empty(self) -> str:
        """What an empty list says: what to press next."""
        if self.question.filter:
            return f"Nothing matches {self.question.filter}\n\\ switches the filter off, / changes it"
        return self.empty

    @on(LoadFailed)
    def _say_failure(self, event: LoadFailed) -> None:
        self.query_one(FilterLine).busy(False)
        self._loading = None
        notify_plain(self.app, str(event.error), title="Could not load", failed=True)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker that broke is not waited for."""
        if event.state is WorkerState.ERROR and event.worker.group == f"load-{self.id}":
            self._loading = None
            notify_plain(self.app, repr(event.worker.error), title="Could not load", failed=True)

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()
        if event.table is self.table:
            self.inspect(event.key)
            self.say_status()

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        self.open_row()

    def open_row(self) -> None:
        """Look at the row in the inspector."""
        self.add_class("-reading")
        inspector = self.query_one(".inspector")
        target = next((widget for widget in inspector.query("*") if widget.focusable), None)
        if target is not None:
            target.focus()

    def action_back(self) -> None:
        """Back from the inspector to the list."""
        self.remove_class("-reading")
        self.table.focus()

    @on(VirtualTable.SortAsked)
    def _sort(self, event: VirtualTable.SortAsked) -> None:
        event.stop()
        self.ask(self.question.sorted_by(event.column))

    @on(FilterLine.Asked)
    def _filter(self, event: FilterLine.Asked) -> None:
        event.stop()
        self.ask(replace(self.question, line=event.line, filtering=True))

    @on(FilterInput.Left)
    def _left_filter(self, event: FilterInput.Left) -> None:
        event.stop()
        self.table.focus()

    def ask(self, question: Question) -> None:
        """Show the answer to another question."""
        if question != self.question:
            self.question = question
            self.query_one(FilterInput).set_class(not question.filtering, "-off")
            self.reload()
            self.say_status()

    def show_filter(self, line: str) -> None:
        """Put a line into the filter, and apply it."""
        self.query_one(FilterInput).value = line
        self.ask(replace(self.question, line=line, filtering=True))

    def action_edit_filter(self) -> None:
        """Edit the filter line as it is."""
        self.query_one(FilterInput).focus()

    def action_toggle_filter(self) -> None:
        """Switch the filter off, and on again."""
        self.ask(replace(self.question, filtering=not self.question.filtering))

    def action_choose_columns(self) -> None:
        """Choose which columns are shown."""
        from cio_tui.tui.screens.columns import ColumnsScreen

        self.app.push_screen(ColumnsScreen(self.columns, self.table.columns), self._columns_chosen)

    def _columns_chosen(self, chosen: Sequence[Column] | None) -> None:
        if chosen:
            self.shown_columns = tuple(chosen)
            self.table.show_columns(self.shown_columns)

    def action_export(self) -> None:
        """Write what the list shows to a file."""
        self.export(self)

    def export(self, exported: "Exported") -> None:
        """Ask how a list is to be written."""
        from cio_tui.tui.exporting import list_forms
        from cio_tui.tui.screens.export import ExportScreen

        count = len(exported.table.rows)
        what = f"What is shown: {count:,} row{'' if count == 1 else 's'}"
        self.app.push_screen(ExportScreen(what, exported.id or "list", list_forms(exported), count))

    def action_copy(self) -> None:
        """Copy something of the row."""
        from cio_tui.tui.screens.copy_menu import CopyMenu

        choices = self.copies(self.table.key) if self.table.key is not None else []
        if choices:
            self.app.push_screen(CopyMenu(choices))

    def copies(self, key: str) -> list[tuple[str, str]]:
        """What can be copied of a row: a name, and the text."""
        return [("key", key)]

    def action_only_marked(self) -> None:
        """Show only the marked rows, and all again."""
        self.only_marked = not self.only_marked
        if self._rows is not None:
            self.show_rows(self._rows)
        self.say_status()

    def say_status(self) -> None:
        """The status line: all that changes what is seen."""
        table = self.table
        count = len(table.rows)
        parts = [f"{min(table.cursor + 1, count):,}/{count:,}"]
        if table.marks or self.only_marked:
            parts.append(f"{len(table.marks):,} marked{', only these' if self.only_marked else ''}")
        if self.question.filter and self.total > count:
            parts.append(f"{self.total - count:,} hidden by filter")
        if self.question.line and not self.question.filtering:
            parts.append("filter off")
        parts += self.status_parts()
        if self.question.sort is not None:
            parts.append(f"sort {self.question.sort.column} {'↓' if self.question.sort.descending else '↑'}")
        self.query_one(".status", Static).update(plain("  ".join(part for part in parts if part)), layout=False)

    def status_parts(self) -> list[str]:
        """What else the status line says of this view."""
        return []
