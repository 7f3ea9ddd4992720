"""Liquid in HTML on the screen: coloured line by line, with signs in the margin for lines that have something to tell."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.message import Message
from textual.strip import Strip

from cio_tui.liquid.colouring import HTML, TEXT, Kind, Span, State, colour
from cio_tui.tui.json_area import JsonArea
from cio_tui.tui.plain_input import PlainInput

_STYLES: Final[Mapping[Kind, tuple[str, str]]] = {
    "delimiter": ("text-warning", "bold"),
    "tag": ("text-secondary", "bold"),
    "filter": ("text-primary", ""),
    "variable": ("text-accent", ""),
    "string": ("text-success", ""),
    "number": ("text-primary", ""),
    "operator": ("", "dim"),
    "html-tag": ("", "dim"),
    "html-attribute": ("", "dim"),
    "html-string": ("", "dim"),
    "comment": ("", "dim italic"),
}
"""What each kind looks like: a variable of the theme, and what else. Markup recedes behind Liquid."""
_MARGIN: Final = 2
"""Cells between a line's number and its text."""
_OFFER_KEYS: Final = frozenset({"up", "down", "enter", "tab", "escape"})
Place = tuple[int, int]
"""Columns from 0: the first, and the one after the last."""
Mark = tuple[str, str]
"""A sign for the margin of a line, and the variable of the theme that colours it."""


def coloured(line: Text, spans: Iterable[Span], variables: Mapping[str, str]) -> None:
    """Colour a line in place."""
    for span in spans:
        variable, look = _STYLES[span.kind]
        found = variables.get(variable, "")
        style = " ".join(part for part in (look, "" if found.startswith("auto") else found) if part)
        if style:
            line.stylize(style, span.start, span.end)


class LiquidArea(JsonArea):
    """A text area for a template. Tab leaves it, enter keeps the margin; while something is offered, both take the offer."""

    class OfferKey(Message):
        """A key was pressed that belongs to what is offered."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Left(Message):
        """The focus went elsewhere."""

    def __init__(self, text: str = "", *, editable: bool = False, **options: Any) -> None:
        self._first = HTML
        self._states: list[State] = []
        self._marks: Mapping[int, Mark] = {}
        self._pointed: Mapping[int, Place] = {}
        self._shaded: frozenset[int] = frozenset()
        self.offering = False
        self._sought: tuple[Place, int] | None = None
        self._brought = 0
        super().__init__(text, editable=editable, **options)
        self.show_line_numbers = True

    def as_html(self, html: bool) -> None:
        """Colour markup, too, or Liquid only."""
        first = HTML if html else TEXT
        if first != self._first:
            self._first = first
            self._states.clear()
            self._redraw()

    def mark_lines(self, marks: Mapping[int, Mark]) -> None:
        """Put signs into the margin, by the line's number from 1."""
        if marks != self._marks:
            self._marks = marks
            self._redraw()

    def point_out(self, places: Mapping[int, Place]) -> None:
        """Underline a part of some lines, by the line's number from 1."""
        if places != self._pointed:
            self._pointed = places
            self._redraw()

    def shade(self, lines: Iterable[int]) -> None:
        """Set some lines, by their number from 1, apart by their background. Only a help: the margin says what it means."""
        shaded = frozenset(lines)
        if shaded != self._shaded:
            self._shaded = shaded
            self._redraw()

    def _redraw(self) -> None:
        self._line_cache.clear()
        self.refresh()

    def _build_highlight_map(self) -> None:
        """Textual asks for this whenever the text has changed: what the lines below look like may change with it."""
        self._states.clear()
        super()._build_highlight_map()

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor on a place, counted from 1, and show it with some lines around it; without a cursor, show it only."""
        row = max(0, min(line, self.document.line_count) - 1)
        location = row, max(0, min(column - 1, len(self.document.get_line(row))))
        self._sought = location, self.scroll_offset.y
        self.move_cursor(location)
        self._brought = self.scroll_offset.y
        self._bring()
        self.call_after_refresh(self._bring)

    def load_text(self, text: str) -> None:
        """Another text, from its beginning."""
        self._sought = None
        super().load_text(text)

    def on_resize(self) -> None:
        """What was gone to stays in sight, and is there also when it was gone to before there was room for it."""
        self._bring()

    def _bring(self) -> None:
        """Scroll to what was gone to, from where the text stood then; unless somebody has scrolled on since."""
        if self._sought is None or not self.size.height:
            return
        location, top = self._sought
        if location[0] >= self.document.line_count or self.scroll_offset.y not in (top, self._brought):
            self._sought = None
            return
        place, height = self.wrapped_document.location_to_offset(location).y, self.size.height
        wanted = top if top <= place < top + height else max(0, place - height // 2)
        self.scroll_to(y=wanted, animate=False, force=True, immediate=True)
        self._brought = self.scroll_offset.y

    def get_line(self, line_index: int) -> Text:
        """A line of the document, coloured, with the part that is pointed out underlined."""
        line = super().get_line(line_index)
        background = self.app.theme_variables.get("error-muted", "")
        if line_index + 1 in self._shaded and background.startswith("#") and not self.app.no_color:
            line.stylize(Style(bgcolor=background))
        start, end = self._pointed.get(line_index + 1, (0, 0))
        if end > start:
            line.stylize(Style(underline=True, bold=True), start, end)
        return line

    def _colour(self, line: Text, index: int) -> None:
        states = self._states
        if not states:
            states.append(self._first)
        while len(states) <= index:
            states.append(colour(self.document.get_line(len(states) - 1), states[-1])[1])
        coloured(line, colour(self.document.get_line(index), states[index])[0], self.app.theme_variables)

    def _render_line(self, y: int) -> Strip:
        """The line as Textual draws it, with its sign in the margin."""
        strip = super()._render_line(y)
        place = y + self.scroll_offset.y
        lines = self.wrapped_document._offset_to_line_info  # noqa: SLF001  # Textual asks it the same way
        if place >= len(lines):
            return strip
        line, section = lines[place]
        mark = self._marks.get(line + 1)
        width = self.gutter_width
        if mark is None or section or width < _MARGIN:
            return strip
        sign, variable = mark
        found = self.app.theme_variables.get(variable, "")
        style = Style(bold=True) + Style.parse("" if found.startswith("auto") or self.app.no_color else found)
        around = strip.crop(width - _MARGIN, width)
        base = next(iter(around)).style if len(around) else None
        margin = Strip([Segment(f"{sign} ", (base or Style()) + style)], _MARGIN)
        return Strip.join([strip.crop(0, width - _MARGIN), margin, strip.crop(width)])

    async def _on_key(self, event: events.Key) -> None:
        if self.offering and event.key in _OFFER_KEYS:
            event.stop()
            event.prevent_default()
            self.post_message(self.OfferKey(event.key))
        elif event.key == "enter" and not self.read_only:
            event.stop()
            event.prevent_default()
            start, end = sorted(self.selection)
            before = self.document.get_line(start[0])[: start[1]]
            self.replace(f"\n{before[: len(before) - len(before.lstrip(' '))]}", start, end)

    def on_blur(self, _: events.Blur) -> None:
        """Tell."""
        self.post_message(self.Left())


class LiquidInput(PlainInput):
    """One line of a template, coloured."""

    @property
    def _value(self) -> Text:
        line = super()._value
        if not self.app.no_color:
            coloured(line, colour(self.value, TEXT)[0], self.app.theme_variables)
        return line
