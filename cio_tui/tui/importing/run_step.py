"""The last step: rows on their way into the workspace, and what became of them."""

from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.importing.lines import Lines
from cio_tui.tui.importing.review_step import COLUMNS, problem_rows
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
        yield Static("", classes="next")
        buttons = {"take_back": ("import.take-back", "Take it back"), "bad_rows": ("import.bad-rows", "Write bad rows")}
        yield Lines("", classes="answered -none")
        yield FormFoot({**buttons, "close": ("dialog.close", "Close")})

    def focus_first(self) -> None:
        """Where one begins."""
        table = self.query_one(VirtualTable)
        if table.has_class("-none"):
            self.query("FormFoot Button").last().focus()
        else:
            table.focus()

    def begin(self) -> None:
        """It begins."""
        self.report = None
        self.query_one(VirtualTable).add_class("-none")
        self.query_one(".next", Static).update("")
        self.query_one(".answered", Lines).say([])
        self.query_one(".said", Lines).say([("importing", "")])

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
        table.replace_rows(problem_rows(report.problems), stay=False)
        undo = "u takes it back as one step, here or later" if report.number is not None and report.state == "imported" else ""
        self.query_one(".next", Static).update(plain(undo))
        self.focus_first()
