"""The one table: every list is this. Only the rows in sight are ever formatted, so a million rows cost what a thousand do."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cio_tui.tui.actions import bindings
from cio_tui.tui.rows import NO_ROWS, Column, Rows, ShownRow, Sort
from cio_tui.tui.text import fitted, plain_lines

_GAP: Final = 1
_BEFORE: Final = "  "
_FLEXIBLE: Final = 8
"""The least that a flexible column is given."""


class VirtualTable(ScrollView, can_focus=True):
    """Rows under a header, with a cursor on a row and one on a column, and marks: `▸` and `▎` before the row.

    `empty` is what a table without rows says; it is not said of `NO_ROWS`, which stand for rows that are still being read.

    Moving is by keys of the `list` context (actions.py). The table keeps its cursor on the same row, by the row's key, when the
    rows change around it.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--header",
        "table--column",
        "table--cursor",
        "table--blurred",
        "table--even",
        "table--dimmed",
        "table--failed",
        "table--pending",
        "table--mark",
        "table--empty",
    }
    DEFAULT_CSS = """
    VirtualTable {
        height: 1fr; background: $surface; color: $foreground; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        &> .table--header { background: $surface; color: $text-muted; text-style: bold; }
        &> .table--column { background: $surface; color: $text-accent; text-style: bold underline; }
        &> .table--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
        &> .table--blurred { background: $block-cursor-blurred-background; color: $foreground; text-style: bold; }
        &> .table--even { background: $foreground 2%; }
        &> .table--dimmed { text-style: dim italic; }
        &> .table--failed { color: $text-error; }
        &> .table--pending { color: $foreground 65%; }
        &> .table--mark { color: $text-warning; text-style: bold; }
        &> .table--empty { color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")

    cursor: reactive[int] = reactive(0, repaint=False)
    column: reactive[int] = reactive(0)

    class Highlighted(Message):
        """The cursor is on another row, or on none (`key` None)."""

        def __init__(self, table: "VirtualTable", key: str | None) -> None:
            super().__init__()
            self.table = table
            self.key = key

        @property
        def control(self) -> "VirtualTable":
            """The table."""
            return self.table

    class Chosen(Highlighted):
        """Enter or a click on the row under the cursor."""

    class SortAsked(Message):
        """The list is to be sorted by a column."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self, columns: Sequence[Column], *, empty: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.empty = empty
        self.columns = tuple(columns)
        self._wanted = self.columns
        self._fitting = True
        self._cells = {column.name: place for place, column in enumerate(self.columns)}
        self.rows: Rows = NO_ROWS
        self.sort: Sort | None = None
        self.marks: set[str] = set()
        self._widths = tuple(column.width or _FLEXIBLE for column in self.columns)
        self._strips: LRUCache[tuple[Any, ...], Strip] = LRUCache(1024)
        self._pressed = False
        self._measured = 0

    def replace_rows(self, rows: Rows, *, stay: bool = True) -> None:
        """Show other rows. The cursor stays on its row where that is still there, else at its place."""
        key = self.key
        place = rows.place(key) if stay and key is not None else None
        self.rows = rows
        self._strips.clear()
        self._measure()
        new = place if place is not None else min(self.cursor, max(0, len(rows) - 1)) if stay else 0
        moved = new != self.cursor
        self.set_reactive(VirtualTable.cursor, new)
        if moved:
            self._scroll_to_cursor()
        self.refresh()
        self.post_message(self.Highlighted(self, self.key))

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor."""
        return self.rows.key(self.cursor) if 0 <= self.cursor < len(self.rows) else None

    def go_to(self, key: str) -> bool:
        """Put the cursor on a row; whether it is there."""
        place = self.rows.place(key)
        if place is not None:
            self.cursor = place
        return place is not None

    def show_columns(self, columns: Sequence[Column], *, of: Sequence[Column] = ()) -> None:
        """Show some columns of those that the rows have cells for; `of` names all of these when the rows are of another kind."""
        if of:
            self._cells = {column.name: place for place, column in enumerate(of)}
        self._fitting = bool(of)
        self._wanted = tuple(columns)
        self._strips.clear()
        self._measure()
        self.refresh()

    def _measure(self) -> None:
        self._measured = self.size.width
        room = max(0, self._measured - self.scrollbar_gutter.width)
        self.columns = tuple(column for column in self._wanted if column.least <= room or not self._fitting)
        self.column = min(self.column, max(0, len(self.columns) - 1))
        fixed = sum(column.width + _GAP for column in self.columns)
        weights = sum(column.weight for column in self.columns if not column.width)
        left = max(0, room - fixed - 2)
        self._widths = tuple(column.width or max(_FLEXIBLE, left * column.weight // weights) for column in self.columns)
        self.virtual_size = Size(max(room, sum(self._widths) + len(self._widths) * _GAP + 2), len(self.rows) + 1)

    def on_resize(self) -> None:
        """Flexible columns take what the new width leaves."""
        self._strips.clear()
        self._measure()

    def notify_style_update(self) -> None:
        """Another theme: all strips are stale."""
        super().notify_style_update()
        self._strips.clear()

    def watch_has_focus(self, _focus: bool) -> None:
        """The cursor looks otherwise while something else has the focus."""
        super().watch_has_focus(_focus)
        self._refresh_row(self.cursor)

    def validate_cursor(self, place: int) -> int:
        """Within the rows."""
        return max(0, min(place, len(self.rows) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Show the row, redraw the two that changed, and tell."""
        self._scroll_to_cursor()
        self._refresh_row(old)
        self._refresh_row(new)
        self.post_message(self.Highlighted(self, self.key))

    def _scroll_to_cursor(self) -> None:
        height = self.scrollable_content_region.height - 1
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif height > 0 and self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def _refresh_row(self, place: int) -> None:
        self.refresh(Region(0, place - self.scroll_offset.y + 1, self.size.width, 1))

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.cursor += rows

    def action_page(self, pages: float) -> None:
        """Move the cursor by parts of what is in sight."""
        self.cursor += int(pages * max(2, self.scrollable_content_region.height - 2))

    def action_first(self) -> None:
        """Go to the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last row."""
        self.cursor = len(self.rows) - 1

    def action_column(self, columns: int) -> None:
        """Move the column cursor, and scroll to it."""
        self.column = max(0, min(len(self.columns) - 1, self.column + columns))
        left = 2 + sum(width + _GAP for width in self._widths[: self.column])
        self.scroll_to_region(Region(left, self.scroll_offset.y, self._widths[self.column], 1), animate=False, force=True)

    def action_sort(self) -> None:
        """Ask for the list sorted by the column under the column cursor."""
        if self.columns and self.columns[self.column].sortable:
            self.post_message(self.SortAsked(self.columns[self.column].name))

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if self.key is not None:
            self.post_message(self.Chosen(self, self.key))

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next."""
        if self.key is not None:
            self.marks ^= {self.key}
            self._strips.clear()
            self.refresh()
            self.cursor += 1

    def on_click(self, event: events.Click) -> None:
        """A click on a row puts the cursor there, a second one opens it; on a header sorts."""
        event.stop()
        if event.y == 0:
            place = self._column_at(event.x + self.scroll_offset.x)
            if place is not None:
                self.column = place
                self.action_sort()
            return
        place = self.scroll_offset.y + event.y - 1
        if place < len(self.rows):
            same = place == self.cursor
            self.cursor = place
            if same or event.chain > 1:
                self.action_choose()

    def _column_at(self, x: int) -> int | None:
        left = 2
        for place, width in enumerate(self._widths):
            if left <= x < left + width + _GAP:
                return place
            left += width + _GAP
        return None

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the header, or a row."""
        left, width = self.scroll_offset.x, self.size.width
        if width != self._measured:  # drawn before the event comes that tells the new size
            self.on_resize()
        if y == 0:
            return self._header().crop_extend(left, left + width, self.get_component_rich_style("table--header"))
        place = self.scroll_offset.y + y - 1
        if place >= len(self.rows):
            return self._said(y - 1, width) if not len(self.rows) else Strip.blank(width, self.rich_style)
        cursor = place == self.cursor
        key = (place, cursor and self.has_focus, cursor, width, left)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._row(place, cursor).crop_extend(left, left + width, self._style(self.rows.show(place), place, cursor))
            self._strips[key] = strip
        return strip

    def _header(self) -> Strip:
        plain = self.get_component_rich_style("table--header")
        segments = [Segment(_BEFORE, plain)]
        for place, (column, width) in enumerate(zip(self.columns, self._widths, strict=True)):
            arrow = ""
            if self.sort is not None and self.sort.column == column.name:
                arrow = "↓" if self.sort.descending else "↑"
            style = self.get_component_rich_style("table--column") if place == self.column and self.has_focus else plain
            text = fitted(f"{column.name.upper()}{arrow}", width, right=column.right)
            segments += [Segment(text, style), Segment(" " * _GAP, plain)]
        return Strip(segments)

    def _said(self, y: int, width: int) -> Strip:
        """A line of the words for a table without rows."""
        lines = [] if self.rows is NO_ROWS else plain_lines(self.empty).wrap(max(1, width - 2 * len(_BEFORE)))
        text = f"{_BEFORE}{lines[y].plain}" if 0 <= y < len(lines) else ""
        return Strip([Segment(fitted(text, width), self.get_component_rich_style("table--empty"))], width)

    def _row(self, place: int, cursor: bool) -> Strip:
        row = self.rows.show(place)
        style = self._style(row, place, cursor)
        marked = self.rows.key(place) in self.marks
        mark = style + self.get_component_rich_style("table--mark", partial=True) if marked and not cursor else style
        here = "▸" if cursor and self.has_focus else " "
        segments = [Segment(f"{'▎' if marked else ' '}{here}", mark)]
        for column, width in zip(self.columns, self._widths, strict=True):
            cell = row.cells[self._cells[column.name]]
            segments.append(Segment(fitted(cell, width, right=column.right) + " " * _GAP, style))
        return Strip(segments)

    def _style(self, row: ShownRow, place: int, cursor: bool) -> Style:
        if cursor:
            return self.get_component_rich_style("table--cursor" if self.has_focus else "table--blurred")
        style = self.get_component_rich_style("table--even") if place & 1 else self.rich_style
        return style + self.get_component_rich_style(f"table--{row.style}", partial=True) if row.style else style
