"""The outline on the screen: rows with a cursor on one of them and on one of its cells, and a verdict before each row."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cio_tui.tui.actions import bindings
from cio_tui.tui.building.layout import Span, height_of, indent_of, laid_out
from cio_tui.tui.building.outline import Outline
from cio_tui.tui.building.rows import Cell, cells_of
from cio_tui.tui.text import fitted

_STYLES: Final = {"subject": "subject", "named": "subject", "value": "value", "second": "value", "match": "match"}
_EMPTY: Final = ("No conditions yet: nobody matches.", "a adds a condition, g a group of them.")
_BY_HAND: Final = ("No condition decides: save it, then", "add people to it in the list of segments.")


class OutlineView(ScrollView, can_focus=True):
    """Draws an outline, moves the cursors, and asks for everything else. Keys are those of the `outline` context."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"outline--{name}"
        for name in ("subject", "value", "match", "missing", "guide", "cursor", "blurred", "cell", "holds", "fails", "empty")
    }
    DEFAULT_CSS = """
    OutlineView {
        height: 1fr; background: $surface; color: $text-muted; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        overflow-x: hidden;
        &> .outline--subject { color: $foreground; text-style: bold; }
        &> .outline--value { color: $text-accent; }
        &> .outline--match { color: $text-secondary; text-style: bold; }
        &> .outline--missing { color: $text-warning; text-style: italic; }
        &> .outline--guide { color: $border-blurred; }
        &> .outline--cursor { background: $panel-lighten-1; }
        &> .outline--blurred { background: $panel; }
        &> .outline--cell { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
        &> .outline--holds { color: $text-success; text-style: bold; }
        &> .outline--fails { color: $text-error; text-style: bold; }
        &> .outline--empty { color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("outline")

    class Asked(Message):
        """Something is to be done with the row under the cursor."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    class Moved(Message):
        """The cursor is on another row or cell."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.outline = Outline()
        self.row = -1
        self.place = 0
        self._marks: Mapping[int, bool] = {}
        self._tops: list[int] = []
        self._lines: list[tuple[int, int]] = []

    def show(self, outline: Outline, row: int | None = None) -> None:
        """Show an outline, with the cursor on a row."""
        if outline.rows != self.outline.rows:
            self._marks = {}
        self.outline = outline
        self._measure()
        self.go_to(self.row if row is None else row)

    def mark(self, marks: Mapping[int, bool]) -> None:
        """Show which rows' conditions hold, and which do not."""
        self._marks = marks
        self.refresh()

    def go_to(self, row: int, place: int | None = None) -> None:
        """Put the cursors on a row and a cell of it."""
        last = len(self.outline.rows) - 1
        self.row = max(min(row, last), 0 if last >= 0 else -1)
        self.place = max(0, min(self.place if place is None else place, len(self.cells) - 1))
        if self.row >= 0:
            top, height = self._tops[self.row], height_of(self._spans(self.row))
            self.scroll_to_region(Region(0, top, 1, height), animate=False, force=True, immediate=True)
        self.refresh()
        self.post_message(self.Moved())

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the row under the cursor."""
        if not 0 <= self.row < len(self.outline.rows):
            return ()
        return cells_of(self.outline.rows[self.row], parent=self.outline.is_parent(self.row))

    @property
    def cell(self) -> Cell | None:
        """The cell under the cursor."""
        return self.cells[self.place] if self.place < len(self.cells) else None

    @property
    def cell_region(self) -> Region:
        """Where the cell under the cursor is drawn, in the coordinates of this widget."""
        span = self._spans(self.row)[self.place]
        return Region(span.start, self._tops[self.row] + span.line - self.scroll_offset.y, span.width, 1)

    def _spans(self, row: int) -> tuple[Span, ...]:
        return laid_out(self.outline.rows[row], self.outline.is_parent(row), self._width)

    @property
    def _width(self) -> int:
        return max(20, self.scrollable_content_region.width or self.size.width)

    def _measure(self) -> None:
        self._tops, self._lines = [], []
        for row in range(len(self.outline.rows)):
            self._tops.append(len(self._lines))
            self._lines += [(row, line) for line in range(height_of(self._spans(row)))]
        self.virtual_size = Size(self._width, max(len(self._lines), 1))

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._measure()
        if self.row >= 0:
            self.go_to(self.row)

    def watch_has_focus(self, focus: bool) -> None:
        """The cursor looks otherwise while something else has the focus."""
        super().watch_has_focus(focus)
        self.refresh()

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.go_to(self.row + rows)

    def action_cell(self, step: int) -> None:
        """Move the cursor by cells."""
        self.go_to(self.row, self.place + step)

    def action_ask(self, what: str) -> None:
        """Ask for something."""
        self.post_message(self.Asked(what))

    def on_click(self, event: events.Click) -> None:
        """A click on a cell edits it; beside the cells it chooses the row."""
        event.stop()
        at = self.scroll_offset.y + event.y
        if not 0 <= at < len(self._lines):
            return
        row, line = self._lines[at]
        spans = self._spans(row)
        hit = next(
            (place for place, span in enumerate(spans) if span.line == line and 0 <= event.x - span.start < span.width), None
        )
        self.go_to(row, hit if hit is not None else 0)
        if hit is not None:
            self.post_message(self.Asked("edit"))

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        at, width = self.scroll_offset.y + y, self.size.width
        if not self.outline.rows:
            said = _BY_HAND if self.is_disabled else _EMPTY
            text = f"  {said[at]}" if 0 <= at < len(said) else ""
            return Strip([Segment(fitted(text, width), self.get_component_rich_style("outline--empty"))], width)
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        row, line = self._lines[at]
        here = row == self.row
        base = self.rich_style
        if here:
            base = base + self._style("cursor" if self.has_focus else "blurred")
        segments = [*self._lead(row, line, base, here), *self._cells(row, line, base, here)]
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"outline--{name}", partial=True)

    def _lead(self, row: int, line: int, base: Style, here: bool) -> list[Segment]:
        """Cursor, verdict, and a line down for every group that the row is in."""
        cursor = "▸" if here and self.has_focus and line == 0 else " "
        mark, style = " ", base
        if line == 0 and self.outline.reading.problem(row) is not None:
            mark, style = "!", base + self._style("missing")
        elif line == 0 and row in self._marks:
            mark = "✓" if self._marks[row] else "×"
            style = base + self._style("holds" if self._marks[row] else "fails")
        guides = "│ " * ((indent_of(self.outline.rows[row]) - 3) // 2)
        return [Segment(cursor, base), Segment(f"{mark} ", style), Segment(guides, base + self._style("guide"))]

    def _cells(self, row: int, line: int, base: Style, here: bool) -> list[Segment]:
        segments, drawn = [], indent_of(self.outline.rows[row])
        for place, span in enumerate(self._spans(row)):
            if span.line != line:
                continue
            segments.append(Segment(" " * (span.start - drawn), base))
            style = base
            if span.missing:
                style = base + self._style("missing")
            elif span.cell in _STYLES:
                style = base + self._style(_STYLES[span.cell])
            if here and place == self.place and self.has_focus:
                style = base + self._style("cell")
            segments.append(Segment(span.text, style))
            drawn = span.start + span.width
        return segments
