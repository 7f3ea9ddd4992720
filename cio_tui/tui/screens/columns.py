"""Which columns a list shows."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import SelectionList
from textual.widgets.selection_list import Selection

from cio_tui.tui.actions import bindings
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.rows import Column
from cio_tui.tui.screens.dialog import Dialog


class Boxes(SelectionList[str]):
    """A list of boxes whose state is told by its sign, too: the X of one that is not chosen is left out."""

    def render_line(self, y: int) -> Strip:
        """One box and its name."""
        line = super().render_line(y)
        place = self.scroll_offset.y + y
        if place >= self.option_count or self.get_option_at_index(place).value in self.selected:
            return line
        left, box, *rest = line
        return Strip([left, Segment(" ", box.style), *rest])


class ColumnsScreen(Dialog[list[Column]]):
    """Answers with the columns to show, in the order that they have in the list; at least one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("columns")
    DEFAULT_CSS = """
    ColumnsScreen {
        & .frame { width: 56; }
        & Boxes, & Boxes:focus { height: auto; max-height: 16; border: none; padding: 0; background: $surface; }
        &.-short Boxes { max-height: 8; }
    }
    """

    def __init__(self, columns: Sequence[Column], shown: Sequence[Column]) -> None:
        super().__init__()
        self._columns = columns
        self._shown = {column.name for column in shown}

    def compose(self) -> ComposeResult:
        """A box for each column."""
        with Vertical(classes="frame") as frame:
            frame.border_title = "Columns"
            frame.border_subtitle = "space switches"
            yield Boxes(
                *(Selection(Content(column.name or "sign"), column.name, column.name in self._shown) for column in self._columns)
            )
            yield FormFoot({"show": ("columns.show", "Show these"), "close": ("dialog.close", "Cancel")})

    @property
    def _chosen(self) -> list[Column]:
        chosen = self.query_one(Boxes).selected
        return [column for column in self._columns if column.name in chosen]

    @on(SelectionList.SelectedChanged)
    def _changed(self) -> None:
        self.query_one(FormFoot).answer("" if self._chosen else "× one at least", "$text-error")

    def action_show(self) -> None:
        """Show what is chosen; nothing at all is no list."""
        if self._chosen:
            self.dismiss(self._chosen)
