"""The outline that is edited: its rows, the cell in hand, a line on the row under the cursor, and buttons for the mouse."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cio_tui.segments.phrases import PHRASES, folded
from cio_tui.tui.actions import actions_of
from cio_tui.tui.building.cell_editor import CellEditor
from cio_tui.tui.building.completing import Known, offers, properties_of
from cio_tui.tui.building.outline import Edited, Outline
from cio_tui.tui.building.outline_view import OutlineView
from cio_tui.tui.building.rows import Cell, is_closed, text_of
from cio_tui.tui.text import visible

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

_BUTTONS: Final = {
    "add": ("outline.add", "Condition"),
    "where": ("outline.where", "Where"),
    "group": ("outline.group", "Group"),
    "delete": ("outline.delete", "Delete"),
    "up": ("outline.earlier", "↑"),
    "down": ("outline.later", "↓"),
    "undo": ("outline.undo", "Undo"),
}
_NO_WHERE: Final = "– where-rows belong to an event, a page, a screen or a changed attribute"


class Tool(Static):
    """An edit for the mouse; its name says which. The focus stays where it is."""

    DEFAULT_CSS = """
    Tool { width: auto; height: 1; margin: 0 1 0 0; background: $panel; text-style: bold; }
    Tool:hover { background: $panel-lighten-2; }
    """

    class Used(Message):
        """It was clicked."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def on_click(self, event: events.Click) -> None:
        """Tell."""
        event.stop()
        self.post_message(self.Used(self.name or ""))


class OutlineEditor(Vertical):
    """Edits an outline. Every edit can be taken back."""

    DEFAULT_CSS = """
    OutlineEditor {
        height: 1fr;
        & .over { height: 1fr; min-height: 3; layers: rows cells; }
        & .about { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & .tools { height: 1; }
    }
    """

    class Changed(Message):
        """Another outline."""

    class Learned(Message):
        """There is more to offer."""

    class Asked(Message):
        """The person picker is wanted."""

    def __init__(self, outline: Outline) -> None:
        super().__init__()
        self._first = outline
        self.known = Known()
        self._past: list[tuple[Outline, int]] = []
        self._begun: tuple[Outline, int] | None = None
        self._because: Mapping[int, str] = {}

    def compose(self) -> ComposeResult:
        """Rows with the cell over them, a line on the row, buttons."""
        with Container(classes="over"):
            yield OutlineView()
            yield CellEditor()
        yield Static("", classes="about")
        with Horizontal(classes="tools"):
            for what in _BUTTONS:
                yield Tool("", name=what)

    def on_mount(self) -> None:
        """Show the outline, and which key does the same as each button."""
        self.view.show(self._first, 0)
        changed = cast("Console", self.app).settings.keys
        keys = {action.id: changed.get(action.id, action.keys).partition(",")[0] for action in actions_of("outline")}
        for tool in self.query(Tool):
            action, title = _BUTTONS[tool.name or ""]
            key = "" if title in "↑↓" else self.app.get_key_display(Binding(keys[action], ""))
            tool.update(Content.assemble(title, (f" {key}" if key else "", "$text-accent")))

    @property
    def view(self) -> OutlineView:
        """The rows."""
        return self.query_one(OutlineView)

    @property
    def editor(self) -> CellEditor:
        """The cell in hand."""
        return self.query_one(CellEditor)

    @property
    def outline(self) -> Outline:
        """What is shown."""
        return self.view.outline

    def take(self, outline: Outline, row: int | None = None) -> None:
        """Show another outline; the one before can be taken back to."""
        if outline != self.outline:
            self._past.append((self.outline, self.view.row))
            self.view.show(outline, row)

    def begin(self, outline: Outline) -> None:
        """Show an outline as the first one."""
        self._past.clear()
        self.view.show(outline, 0)

    def mark(self, holds: Mapping[int, bool], because: Mapping[int, str]) -> None:
        """Show which rows' conditions hold for a person, and why."""
        self._because = because
        self.view.mark(holds)
        self._say_about()

    def _changed(self) -> None:
        self._because = {}
        self._say_about()
        self.post_message(self.Changed())

    @on(OutlineView.Asked)
    async def _asked(self, event: OutlineView.Asked) -> None:
        event.stop()
        self.do(event.what)

    @on(Tool.Used)
    def _used(self, event: Tool.Used) -> None:
        event.stop()
        self.leave_cell()
        self.view.focus()
        self.do(event.what)

    def do(self, what: str) -> None:
        """Carry out an edit, on the row under the cursor."""
        at, outline = self.view.row, self.outline
        if what == "edit":
            self._edit_cell()
        elif what == "undo":
            self._undo()
        elif what == "person":
            self.post_message(self.Asked())
        else:
            edits: dict[str, Callable[[], Edited | None]] = {
                "add": lambda: outline.add(at),
                "where": lambda: outline.add_where(at),
                "group": lambda: outline.group(at),
                "delete": lambda: outline.delete(at) if at >= 0 else None,
                "up": lambda: outline.move(at, -1) if at >= 0 else None,
                "down": lambda: outline.move(at, 1) if at >= 0 else None,
            }
            edited = edits[what]()
            if edited is None:
                self._say(_NO_WHERE if what == "where" else "– it cannot go there" if at >= 0 else "", "$text-warning")
                return
            self._past.append((outline, at))
            self.view.show(edited.outline, edited.at)
            self._changed()
            if what in ("add", "where"):
                self.view.go_to(edited.at, 0 if what == "add" else 1)
                self._edit_cell()

    def _undo(self) -> None:
        if not self._past:
            self._say("– nothing to take back")
            return
        outline, at = self._past.pop()
        self.view.show(outline, at)
        self._changed()

    def go_to(self, row: int, cell: Cell) -> None:
        """Put the cursor on a cell."""
        self.view.go_to(row)
        if cell in self.view.cells:
            self.view.go_to(row, self.view.cells.index(cell))
        self.view.focus()

    def _edit_cell(self) -> None:
        cell, at = self.view.cell, self.view.row
        if cell is None:
            return
        self.leave_cell()
        self._begun = (self.outline, at)
        room = self.query_one(".over").size.width
        text = text_of(self.outline.rows[at], cell)
        self.editor.begin(text, self.view.cell_region, room, picks=is_closed(cell) or cell == "operator")
        self._offer()

    def _offer(self) -> None:
        cell = self.view.cell
        if cell is not None:
            self._learn()
            self.editor.offer(offers(self.known, self.outline, self.view.row, cell, self.editor.typed))

    def _learn(self) -> None:
        """Ask what the data of a where-row's event holds, when that is not known yet."""
        owner = self.outline.rows[self.outline.owner(self.view.row)]
        key, known, workspace = (owner.kind, owner.subject), self.known, cast("Console", self.app).workspace
        if self.outline.rows[self.view.row].is_filter and key not in known.properties:
            known.properties[key] = {}

            def work() -> None:
                known.properties[key] = properties_of(workspace, *key)
                self.post_message(self.Learned())

            self.run_worker(work, thread=True, group="properties", exit_on_error=False)

    @on(Learned)
    def _learned(self, event: Learned) -> None:
        event.stop()
        if self.editor.open:
            self._offer()

    @on(CellEditor.Changed)
    def _typed(self, event: CellEditor.Changed) -> None:
        event.stop()
        if self.editor.open:
            text = self.editor.input.value
            if self.view.cell != "operator" or folded(text[:100]) in PHRASES:
                self._put(text)
            self._offer()

    def _put(self, text: str) -> None:
        cell = self.view.cell
        outline = None if cell is None else self.outline.put(self.view.row, cell, text)
        if outline is not None and outline != self.outline:
            place = self.view.place
            self.view.show(outline)
            self.view.place = min(place, len(self.view.cells) - 1)
            self._changed()

    @on(CellEditor.Ended)
    def _ended(self, event: CellEditor.Ended) -> None:
        event.stop()
        if not self.editor.open:
            return
        self._put(event.text)
        self._close_cell()
        place = self.view.place + event.step
        if event.step and 0 <= place < len(self.view.cells):
            self.view.go_to(self.view.row, place)
            self._edit_cell()
        elif event.step:
            self.view.focus()

    def _close_cell(self) -> None:
        if self._begun is not None and self._begun[0] != self.outline:
            self._past.append(self._begun)
        self._begun = None
        self.editor.end()

    def leave_cell(self) -> bool:
        """Leave the cell in hand with what was typed; whether there was one."""
        if not self.editor.open:
            return False
        self._put(self.editor.input.value)
        self._close_cell()
        return True

    @on(OutlineView.Moved)
    def _moved(self, event: OutlineView.Moved) -> None:
        event.stop()
        self._say_about()

    def _say_about(self) -> None:
        """What is wrong with the row under the cursor, or why its condition holds."""
        problem = self.outline.reading.problem(self.view.row)
        if problem is not None:
            self._say(f"! {problem.text}", "$text-warning")
        else:
            self._say(self._because.get(self.view.row, ""))

    def _say(self, text: str, style: str = "") -> None:
        self.query_one(".about", Static).update(Content.styled(visible(text), style))
