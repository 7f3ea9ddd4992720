"""The second step: what each column becomes."""

from dataclasses import replace
from typing import Any, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import RadioSet, Static

from cio_tui.imports.columns import Column as FileColumn
from cio_tui.imports.options import EmptyCells, FileIdentifier, Only, Options
from cio_tui.imports.plan import Plan
from cio_tui.tui.choice import Choice
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.importing.lines import LineInput, Lines
from cio_tui.tui.importing.words import size_text
from cio_tui.tui.rows import DIMMED, Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import visible

COLUMNS: Final = (
    Column("column", 0, sortable=False, weight=2),
    Column("becomes", 0, sortable=False, weight=2),
    Column("as", 14, sortable=False),
    Column("looks like", 13, sortable=False),
    Column("filled", 6, right=True, sortable=False),
    Column("samples", 0, sortable=False, weight=4, least=76),
)
IDENTIFIERS: Final = (None, "id", "email")
EMPTY: Final = ("ignore", "clear")
ONLY: Final = ("all", "new", "existing")
_LINES: Final = "JSON lines say themselves what everything is: there are no columns to map"
_USES: Final = {"name": "event name", "customer": "person", "timestamp": "timestamp", "id": "identifier", "email": "identifier"}


class MapStep(Vertical):
    """The file's columns in a table; `n` names the one under the cursor otherwise, `d` leaves it out and takes it in again."""

    DEFAULT_CSS = """
    MapStep {
        & Horizontal { height: 1; }
        & .label { width: 13; color: $text-muted; }
        & .naming LineInput { width: 1fr; }
        & VirtualTable { height: 1fr; margin: 1 0 0 0; }
        & .-hidden { display: none; }
        & .notes { max-height: 5; }
        & .samples { display: none; max-height: 2; }
    }
    """

    class Changed(Message):
        """Something else is wanted of the columns."""

    class Done(Message):
        """Enter in the list: on to the next step."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.plan: Plan | None = None
        self._mapping: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """How the file is read, what rows shall do, the columns, the line that names one."""
        yield Lines("", classes="read")
        with Horizontal(classes="of-columns"):
            yield Static("Found by", classes="label")
            yield Choice(("id, else email", "id", "email"), id="import-identifier")
        with Horizontal(classes="of-people of-columns"):
            yield Static("Empty cells", classes="label")
            yield Choice(("are ignored", "clear what is stored"), id="import-empty")
        with Horizontal(classes="of-people"):
            yield Static("People", classes="label")
            yield Choice(("all", "only new", "only existing"), id="import-only")
        yield VirtualTable(COLUMNS, empty=_LINES)
        with Horizontal(classes="naming of-columns"):
            yield Static("", classes="label")
            yield LineInput("", placeholder="empty leaves the column out")
        yield Lines("", classes="samples -none")
        yield Lines("", classes="notes")
        buttons = {
            "next": ("import.next", "Check"),
            "name": ("import.name", "Name"),
            "leave_out": ("import.leave-out", "Leave out"),
        }
        yield Lines("", classes="answered -none")
        yield FormFoot({**buttons, "back": ("import.back", "Back"), "close": ("dialog.close", "Close")})

    def on_mount(self) -> None:
        """The product's defaults."""
        for choice in self.query(Choice):
            choice.choose(0)

    @property
    def table(self) -> VirtualTable:
        """The columns."""
        return self.query_one(VirtualTable)

    @property
    def naming(self) -> LineInput:
        """The line that names a column."""
        return self.query_one(LineInput)

    def focus_first(self) -> None:
        """Where one begins."""
        self.table.focus()

    def begin(self) -> None:
        """Another file: nothing was said of its columns yet."""
        self._mapping = {}

    def options(self, options: Options) -> Options:
        """With what was said here."""
        found = replace(options, mapping=dict(self._mapping), identifier=self._chosen("identifier", IDENTIFIERS))
        if self.plan is not None and self.plan.kind == "events":
            return found
        empty, only = self._chosen("empty", EMPTY), self._chosen("only", ONLY)
        return replace(found, empty=cast(EmptyCells, empty), only=cast(Only, only))

    def _chosen(self, what: str, of: tuple[Any, ...]) -> FileIdentifier | Any:
        return of[self.query_one(f"#import-{what}", Choice).index]

    def show(self, plan: Plan, workspace_identifier: str) -> None:
        """Show the columns of a file."""
        self.plan = plan
        dialect, people = plan.file.dialect, plan.kind == "people"
        read = f"{plan.file.path.name} · {size_text(plan.file.scan.size)} · {dialect}"
        self.query_one(".read", Lines).say([(visible(read), "bold")])
        for line in self.query(".of-people, .of-columns"):
            hidden = (line.has_class("of-people") and not people) or (line.has_class("of-columns") and not plan.columns)
            line.set_class(hidden, "-hidden")
        first = self.query_one("#import-identifier", Choice).query("ChoiceButton").first()
        first.label = Content("id, else email" if people else f"the workspace's: {workspace_identifier}")  # type: ignore[attr-defined]
        self.table.replace_rows(HeldRows(tuple(plan.columns), lambda one: str(one.position), _shown))
        self.query_one(".notes", Lines).say((f"! {visible(note)}", "$text-warning") for note in plan.notes())

    @property
    def column(self) -> FileColumn | None:
        """The column under the cursor."""
        columns = () if self.plan is None else self.plan.columns
        return next((one for one in columns if str(one.position) == self.table.key), None)

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()
        column = self.column
        self.naming.value = "" if column is None else column.target
        self.naming.disabled = column is None or not _free(column)
        label = self.query_one(".naming .label", Static)
        label.update(Content("Becomes" if not self.naming.disabled else "Is fixed"))
        samples = "" if column is None else _samples(column)
        self.query_one(".samples", Lines).say([(f"Samples      {samples}", "$text-muted")] if samples else [])

    @on(VirtualTable.SortAsked)
    def _nothing_more(self, event: VirtualTable.SortAsked) -> None:
        event.stop()

    @on(VirtualTable.Chosen)
    def _next(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        self.post_message(self.Done())

    def name_column(self) -> None:
        """Give the column under the cursor another name."""
        if not self.naming.disabled:
            self.naming.focus()

    def leave_out(self) -> None:
        """Leave the column under the cursor out, or take it in again."""
        column = self.column
        if column is not None and _free(column):
            self._call(column, "" if column.target else column.name)

    @on(LineInput.Left)
    def _named(self, event: LineInput.Left) -> None:
        event.stop()
        column = self.column
        if column is not None:
            if event.taken:
                self._call(column, self.naming.value.strip())
            else:
                self.naming.value = column.target
        self.table.focus()

    def _call(self, column: FileColumn, name: str) -> None:
        if name == column.target:
            return
        self._mapping[column.name] = name
        if name == column.name:
            del self._mapping[column.name]
        self.post_message(self.Changed())

    def take_back_naming(self, plan: Plan) -> None:
        """What was said last cannot be: the columns are as they were."""
        self._mapping = dict(plan.options.mapping)
        self.naming.value = self.column.target if self.column is not None else ""

    @on(RadioSet.Changed)
    def _chosen_otherwise(self, event: RadioSet.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())


def _free(column: FileColumn) -> bool:
    """Whether a person may say what a column becomes."""
    return column.use not in ("name", "customer", "timestamp") and not column.note.startswith("reasons of")


def _samples(column: FileColumn) -> str:
    return " · ".join(map(visible, column.samples))


def _shown(column: FileColumn) -> ShownRow:
    use = _USES.get(column.use, column.use)
    if column.use == "attribute" and column.is_new:
        use = "new attribute"
    filled = f"{column.filled / column.seen:.0%}" if column.seen else ""
    cells = (column.name, column.target, use, column.kind, filled, _samples(column))
    return ShownRow((visible(cells[0]), visible(cells[1]), *cells[2:]), DIMMED if column.use == "left out" else "")
