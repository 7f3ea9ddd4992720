"""The imports that were made: how each stands, what was wrong with its file; one that stopped half-way goes on or back."""

from collections.abc import Callable, Sequence
from threading import Event
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from cio_tui.imports.problems import Problem
from cio_tui.model.errors import CioError
from cio_tui.model.instants import format_instant
from cio_tui.tui.actions import bindings
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.importing.bad_rows import ask_for_bad_rows_of
from cio_tui.tui.importing.lines import Lines
from cio_tui.tui.importing.review_step import COLUMNS as PROBLEM_COLUMNS
from cio_tui.tui.importing.review_step import show_problems, whole_problem
from cio_tui.tui.importing.words import bar, progress_text, record_lines
from cio_tui.tui.rows import DIMMED, FAILED, Column, HeldRows, ShownRow
from cio_tui.tui.screens.confirm import ConfirmScreen
from cio_tui.tui.screens.dialog import Dialog
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import visible
from cio_tui.workspace import Workspace
from cio_tui.workspace.import_progress import ImportProgress
from cio_tui.workspace.import_records import ImportRecord
from cio_tui.workspace.import_report import ImportReport

COLUMNS: Final = (
    Column("no", 4, right=True, sortable=False),
    Column("state", 10, sortable=False),
    Column("type", 6, sortable=False),
    Column("name", 0, sortable=False),
    Column("imported", 10, right=True, sortable=False),
    Column("refused", 8, right=True, sortable=False),
    Column("began", 16, sortable=False, least=72),
)
ASKING: Final = "An import stopped half-way. r goes on from where it stands, t takes it back whole, esc leaves it as it is"


class ImportRecordsScreen(Dialog[None]):
    """The list, and the one under the cursor below it. `asking` stands above them when there is something to decide."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("imports")
    DEFAULT_CSS = """
    ImportRecordsScreen {
        & .frame { width: 140; max-width: 100%; height: 44; max-height: 100%; overflow: hidden; }
        & .asking { margin: 0 0 1 0; }
        & .records { height: 2fr; }
        & .one { margin: 1 0; }
        & .report { height: 3fr; &.-none { display: none; } }
        & .whole { max-height: 3; }
        &.-short .asking { margin: 0; }
        &.-short .one { margin: 0; max-height: 4; }
    }
    """

    class Listed(Message):
        """The records were read."""

        def __init__(self, records: Sequence[ImportRecord]) -> None:
            super().__init__()
            self.records = records

    class Read(Message):
        """The problems of one were read."""

        def __init__(self, number: int, problems: Sequence[Problem]) -> None:
            super().__init__()
            self.number = number
            self.problems = problems

    class Told(Message):
        """How far one is."""

        def __init__(self, progress: ImportProgress) -> None:
            super().__init__()
            self.progress = progress

        def can_replace(self, message: Message) -> bool:
            """The latest says it all."""
            return isinstance(message, ImportRecordsScreen.Told)

    class Ended(Message):
        """It was resumed or taken back, or could not be."""

        def __init__(self, said: str, *, failed: bool = False) -> None:
            super().__init__()
            self.said = said
            self.failed = failed

    def __init__(self, *, asking: bool = False) -> None:
        super().__init__()
        self._asking = asking
        self._records: dict[str, ImportRecord] = {}
        self._stop = Event()
        self._working = False
        self._stoppable = False
        self._problems: Sequence[Problem] = ()

    def compose(self) -> ComposeResult:
        """The question, the list, the one under the cursor."""
        with Vertical(classes="frame") as frame:
            frame.border_title = "Imports"
            yield Lines("", classes="asking")
            yield VirtualTable(COLUMNS, empty="Nothing was imported yet: esc, then i imports a file", classes="records")
            yield Lines("", classes="one")
            yield VirtualTable(PROBLEM_COLUMNS, classes="report -none")
            yield Lines("", classes="whole -none")
            yield Lines("", classes="answered -none")
            buttons = {"resume": ("imports.resume", "Resume"), "take_back": ("imports.take-back", "Take back")}
            yield FormFoot({**buttons, "bad_rows": ("imports.bad-rows", "Write bad rows"), "close": ("dialog.close", "Close")})

    def on_mount(self) -> None:
        """Read them."""
        self.query_one(".asking", Lines).say([(f"? {ASKING}", "$text-warning bold")] if self._asking else [])
        self.table.focus()
        self._list()

    def on_unmount(self) -> None:
        """Whatever closes it, nothing goes on behind one's back."""
        self._stop.set()

    @property
    def _workspace(self) -> Workspace:
        return self.app.workspace  # type: ignore[attr-defined,no-any-return]

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one(".records", VirtualTable)

    @property
    def record(self) -> ImportRecord | None:
        """The import under the cursor."""
        return self._records.get(self.table.key or "")

    def _list(self) -> None:
        self._thread("list", lambda: self.post_message(self.Listed(self._workspace.imports.all())))

    def _thread(self, group: str, work: Callable[[], Any]) -> None:
        def run() -> None:
            try:
                work()
            except CioError as error:
                hint = f"; {error.hint}" if error.hint else ""
                self.post_message(self.Ended(f"× {error}{hint}", failed=True))

        self.run_worker(run, thread=True, group=f"imports-{group}", exit_on_error=False)

    @on(Listed)
    def _listed(self, event: Listed) -> None:
        ordered = sorted(event.records, key=lambda one: not one.unfinished)
        self._records = {str(one.number): one for one in ordered}
        self.table.replace_rows(HeldRows(tuple(ordered), lambda one: str(one.number), _shown))

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()
        record = self.record
        if event.table is not self.table:
            self.query_one(".whole", Lines).say(whole_problem(self._problems, event.key))
            return
        if self._working:
            return
        self.query_one(".one", Lines).say([] if record is None else record_lines(record))
        self.query_one(".report").add_class("-none")
        self.query_one(".whole").add_class("-none")
        self.query_one(FormFoot).offer(*_offered(record), "close")
        if record is not None:
            number = record.number
            self._thread("read", lambda: self.post_message(self.Read(number, self._workspace.imports.problems(number))))

    @on(Read)
    def _read(self, event: Read) -> None:
        if self.record is not None and self.record.number == event.number:
            report = self.query_one(".report", VirtualTable)
            self._problems = event.problems
            report.set_class(not event.problems, "-none")
            show_problems(report, event.problems)

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        report = self.query_one(".report", VirtualTable)
        if event.table is self.table and not report.has_class("-none"):
            report.focus()

    @on(VirtualTable.SortAsked)
    def _nothing_more(self, event: VirtualTable.SortAsked) -> None:
        event.stop()

    def action_resume(self) -> None:
        """Go on with the import under the cursor, when it stopped half-way."""
        record = self.record
        if record is None or self._working:
            return
        if not record.unfinished:
            self._answer(f"× import {record.number} is {record.state}: there is nothing to resume", failed=True)
            return
        self._begin("resuming", stoppable=True)
        resume, stopped = self._workspace.imports.resume, self._stop.is_set

        def tell(progress: ImportProgress) -> None:
            self.post_message(self.Told(progress))

        def work() -> None:
            self.post_message(self.Ended(_came_to(resume(record.number, progress=tell, cancelled=stopped))))

        self._thread("work", work)

    def action_take_back(self) -> None:
        """Take the import under the cursor back; when others wrote since, ask first."""
        record = self.record
        if record is None or self._working:
            return
        if record.state == "canceled":
            self._answer(f"× import {record.number} is taken back already", failed=True)
            return
        others = self._workspace.imports.in_between(record.number)
        if not others:
            self._take_back(record.number, later=False)
            return
        detail = f"{len(others):,} later steps go with it: {', '.join(one.summary for one in others[:5])}"

        def answered(yes: bool | None) -> None:
            if yes:
                self._take_back(record.number, later=True)

        self.app.push_screen(ConfirmScreen(f"Take import {record.number} back?", detail), answered)

    def _take_back(self, number: int, *, later: bool) -> None:
        self._begin("taking it back", stoppable=False)

        def work() -> None:
            self._workspace.imports.take_back(number, later=later)
            self.post_message(self.Ended(f"import {number} is taken back"))

        self._thread("work", work)

    def _begin(self, said: str, *, stoppable: bool) -> None:
        self._working, self._stoppable = True, stoppable
        self._stop.clear()
        self.query_one(FormFoot).offer(*(["close"] if stoppable else []), close="Stop")
        self._answer(said)

    @on(Told)
    def _told(self, event: Told) -> None:
        if self._working:
            lines = [(bar(event.progress.share, self.size.width), "$text-accent"), (progress_text(event.progress), "")]
            self.query_one(".one", Lines).say([*lines, ("esc stops it and takes all of it back", "$text-muted")])

    @on(Ended)
    def _ended(self, event: Ended) -> None:
        self._working = False
        self._answer(event.said, failed=event.failed)
        if not event.failed:
            self.query_one(".asking", Lines).say([])
        self._list()

    def _answer(self, text: str, *, failed: bool = False) -> None:
        self.query_one(".answered", Lines).say([(visible(text), "$text-error" if failed else "")] if text else [])

    def action_bad_rows(self) -> None:
        """Check the file again, and write the rows that cannot be taken."""
        if self.record is not None and not self._working:
            ask_for_bad_rows_of(self.app, self._workspace, self.record.number)

    def action_close(self) -> None:
        """Stop what is under way; when nothing is, close."""
        if self._working and not self._stoppable:
            self._answer("it is being taken back: that cannot be stopped")
        elif self._working:
            self._stop.set()
            self._answer("stopping")
        else:
            self.dismiss(None)


def _came_to(report: ImportReport) -> str:
    if report.state == "canceled":
        return f"import {report.number} was stopped, and taken back whole"
    return f"import {report.number}: {report.imported:,} rows imported, {report.failed:,} refused"


def _offered(record: ImportRecord | None) -> list[str]:
    """What can be done with an import as it stands."""
    if record is None:
        return []
    done = record.state in ("imported", "failed") or record.unfinished
    bad = record.failed and done
    return [*(["resume"] if record.unfinished else []), *(["take_back"] if done else []), *(["bad_rows"] if bad else [])]


def _shown(one: ImportRecord) -> ShownRow:
    state = "stopped" if one.unfinished else one.state
    cells = (str(one.number), state, one.type, visible(one.name), f"{one.rows_imported:,}", f"{one.failed:,}")
    style = FAILED if one.unfinished or one.state == "failed" else DIMMED if one.state == "canceled" else ""
    return ShownRow((*cells, format_instant(one.created_at)[:16]), style)
