"""The last step: rows on their way into the workspace, and what became of them."""

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.importing.lines import Lines
from cio_tui.tui.importing.review_step import COLUMNS, show_problems, whole_problem
from cio_tui.tui.importing.words import bar, progress_text, report_lines
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain
from cio_tui.workspace.import_progress import ImportProgress
from cio_tui.workspace.import_report import ImportReport


class RunStep(Vertical):
    """Progress, then the report."""

    DEFAULT_CSS = """
    RunStep {
        & .said { margin: 0 0 1 0; }
        & .problems { height: 1fr; }
        & VirtualTable { height: 1fr; &.-none { display: none; } }
        & .whole { max-height: 3; }
        & .next { height: auto; color: $text-muted; }
    }
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.report: ImportReport | None = None

    def compose(self) -> ComposeResult:
        """What is said, the rows that were refused, what can be done now."""
        yield Lines("", classes="said")
        with Vertical(classes="problems"):
            yield VirtualTable(COLUMNS, classes="-none")
            yield Lines("", classes="whole -none")
        yield Static("", classes="next")
        buttons = {"take_back": ("import.take-back", "Take it back"), "bad_rows": ("import.bad-rows", "Write bad rows")}
        yield Lines("", classes="answered -none")
        yield FormFoot({**buttons, "close": ("dialog.close", "Close")})

    @property
    def foot(self) -> FormFoot:
        """The buttons."""
        return self.query_one(FormFoot)

    def focus_first(self) -> None:
        """Where one begins."""
        table = self.query_one(VirtualTable)
        if table.has_class("-none"):
            self.foot.offered[-1].focus()
        else:
            table.focus()

    def begin(self) -> None:
        """It begins."""
        self.report = None
        self.query_one(VirtualTable).add_class("-none")
        self.query_one(".next", Static).update("")
        self.query_one(".answered", Lines).say([])
        self.query_one(".whole", Lines).say([])
        self.query_one(".said", Lines).say([("importing", "")])
        self.foot.offer("close", close="Stop")

    def tell(self, progress: ImportProgress, *, stopping: bool) -> None:
        """How far it is."""
        after = "stopping, all of it is taken back" if stopping else "esc stops it and takes all of it back"
        said = [
            (bar(progress.share, self.screen.size.width), "$text-accent"),
            (progress_text(progress), ""),
            (after, "$text-muted"),
        ]
        self.query_one(".said", Lines).say(said)

    def show(self, report: ImportReport) -> None:
        """What became of it."""
        self.report = report
        self.query_one(".said", Lines).say(report_lines(report))
        table = self.query_one(VirtualTable)
        table.set_class(not report.problems, "-none")
        show_problems(table, report.problems)
        done = report.number is not None and report.state == "imported"
        self.query_one(".next", Static).update(plain("u takes it back as one step, here or later" if done else ""))
        bad = report.failed and report.state != "canceled"
        self.foot.offer(*(["take_back"] if done else []), *(["bad_rows"] if bad else []), "close")
        self.focus_first()

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()
        problems = () if self.report is None else self.report.problems
        self.query_one(".whole", Lines).say(whole_problem(problems, event.key))

    def fail(self) -> None:
        """It could not go on: closing is what is left."""
        self.foot.offer("close")

    def taking_back(self) -> None:
        """It is being taken back, which nothing stops."""
        self.foot.offer()
