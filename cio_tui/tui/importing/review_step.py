"""The third step: every row was checked; what will be imported, and what is wrong with the rest."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from cio_tui.imports.problems import Problem
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.importing.lines import LineInput, Lines
from cio_tui.tui.importing.words import bar, kinds_text, progress_text, review_lines
from cio_tui.tui.rows import FAILED, Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible
from cio_tui.workspace.import_progress import ImportProgress
from cio_tui.workspace.import_review import Review

COLUMNS: Final = (
    Column("row", 9, right=True, sortable=False),
    Column("", 1, sortable=False),
    Column("column", 20, sortable=False, least=70),
    Column("problem", 0, sortable=False),
    Column("do", 4, sortable=False),
)


def show_problems(table: VirtualTable, problems: Sequence[Problem]) -> None:
    """Problems in a table that leaves what room it can to what they say."""
    row, sign, column, *others = COLUMNS
    rows = max((len(f"{one.row:,}") for one in problems), default=0)
    names = max((cell_len(visible(one.column)) for one in problems), default=0)
    fitted = (replace(row, width=max(rows, 3)), sign, replace(column, width=min(max(names, 6), column.width)), *others)
    table.show_columns(fitted, of=fitted)
    table.replace_rows(problem_rows(problems), stay=False)


def whole_problem(problems: Sequence[Problem], key: str | None) -> list[tuple[str, str]]:
    """The problem under the cursor, all of it."""
    if key is None:
        return []
    one = problems[int(key)]
    where = f"row {one.row:,}, {one.column}" if one.column else f"row {one.row:,}"
    return [(visible(f"{where}: {one.problem}"), "$text-muted")]


def problem_rows(problems: Sequence[Problem], wanted: str = "") -> HeldRows[tuple[int, Problem]]:
    """Problems as rows; those that have a text in their column, kind, problem or row, in any letter case."""
    needle = wanted.strip().casefold()
    kept = [(place, one) for place, one in enumerate(problems) if not needle or needle in _text(one)]
    return HeldRows(tuple(kept), lambda placed: str(placed[0]), lambda placed: _shown(placed[1]))


def _text(one: Problem) -> str:
    return f"{one.row} {one.column} {one.problem} {one.kind} {one.severity}".casefold()


def _shown(one: Problem) -> ShownRow:
    error = one.severity == "error"
    cells = (f"{one.row:,}", "×" if error else "!", visible(one.column), visible(one.problem), "skip" if error else "take")
    return ShownRow(cells, FAILED if error else "")


class ReviewStep(Vertical):
    """What the check came to, and the problems by row and column."""

    DEFAULT_CSS = """
    ReviewStep {
        & .progress { height: auto; &.-none { display: none; } }
        & .summary { height: auto; max-height: 8; scrollbar-size-vertical: 1; }
        & .kinds { height: auto; max-height: 2; color: $text-muted; margin: 1 0 0 0; }
        & LineInput { height: 1; }
        & VirtualTable { height: 1fr; }
        & .problems { height: 1fr; &.-none { visibility: hidden; } }
        & .whole { max-height: 3; margin: 1 0 0 0; }
    }
    """

    class Done(Message):
        """Enter in the list: on to the next step."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.review: Review | None = None

    def compose(self) -> ComposeResult:
        """Progress while it is checked, then the counts and the problems."""
        yield Lines("", classes="progress")
        with VerticalScroll(classes="summary", can_focus=False):
            yield Lines("")
        with Vertical(classes="problems -none"):
            yield Static("", classes="kinds")
            yield LineInput("", placeholder="/ filter by row, column or words")
            yield VirtualTable(COLUMNS, empty="No problem has these words")
            yield Lines("", classes="whole")
        buttons = {"next": ("import.next", "Import"), "bad_rows": ("import.bad-rows", "Write bad rows")}
        yield Lines("", classes="answered -none")
        yield FormFoot({**buttons, "back": ("import.back", "Back"), "close": ("dialog.close", "Close")})

    @property
    def table(self) -> VirtualTable:
        """The problems."""
        return self.query_one(VirtualTable)

    @property
    def foot(self) -> FormFoot:
        """The buttons."""
        return self.query_one(FormFoot)

    def focus_first(self) -> None:
        """Where one begins: in the list when there is one, else on the button that goes on."""
        if self.review is not None and self.review.problems:
            self.table.focus()
        else:
            self.foot.offered[0].focus()

    def begin(self) -> None:
        """A check begins: what the last one said is gone."""
        self.review = None
        self.query_one(".summary Lines", Lines).say([])
        self.query_one(".problems").add_class("-none")
        self.query_one(".answered", Lines).say([])
        self.query_one(".progress", Lines).say([("checking", "")])
        self.foot.offer("close", close="Stop")

    def tell(self, progress: ImportProgress) -> None:
        """How far the check is."""
        said = [
            (bar(progress.share, self.screen.size.width), "$text-accent"),
            (f"{progress_text(progress)} · esc stops", "$text-muted"),
        ]
        self.query_one(".progress", Lines).say(said)

    def show(self, review: Review) -> None:
        """What the check came to."""
        self.review = review
        self.query_one(".progress", Lines).say([])
        self.query_one(".summary Lines", Lines).say(review_lines(review))
        self.query_one(".problems").set_class(not review.problems, "-none")
        shown, total = len(review.problems), sum(review.kinds.values())
        kept = f"   the first {shown:,} of {total:,} are listed" if total > shown else ""
        self.query_one(".kinds", Static).update(plain(f"{kinds_text(review)}{kept}"))
        self.query_one(LineInput).value = ""
        show_problems(self.table, review.problems)
        offered = [*(["next"] if review.good else []), *(["bad_rows"] if review.bad else [])]
        self.foot.offer(*offered, "back", "close")

    @on(Input.Changed)
    def _filtered(self, event: Input.Changed) -> None:
        event.stop()
        if self.review is not None:
            self.table.replace_rows(problem_rows(self.review.problems, event.value))

    @on(LineInput.Left)
    def _left(self, event: LineInput.Left) -> None:
        event.stop()
        self.table.focus()

    def edit_filter(self) -> None:
        """Go to the filter line."""
        if self.review is not None and self.review.problems:
            self.query_one(LineInput).focus()

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()
        problems = () if self.review is None else self.review.problems
        self.query_one(".whole", Lines).say(whole_problem(problems, event.key))

    @on(VirtualTable.SortAsked)
    def _nothing_more(self, event: VirtualTable.SortAsked) -> None:
        event.stop()

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        self.post_message(self.Done())
