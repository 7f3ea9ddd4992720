"""JSON on the screen: coloured by a few patterns of our own, selectable, editable where it is to be."""

import json
import re
from typing import Any, Final

from rich.style import Style
from rich.text import Text
from textual import events
from textual.widgets import TextArea

from cio_tui.tui.plain_input import masked
from cio_tui.tui.text import visible

_TOKENS: Final = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?P<text>"(?:[^"\\]|\\.)*"?)|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)'
    r"|(?P<word>true|false|null)|(?P<sign>[{}\[\],:])"
)
_STYLES: Final = {
    "key": "$text-accent",
    "text": "$text-success",
    "number": "$text-primary",
    "word": "$text-secondary",
    "sign": "$text-muted",
}
_INDENT: Final = "  "
_PAIRS: Final = {"{": "}", "[": "]"}


class JsonArea(TextArea):
    """A text area that colours JSON line by line. When it is edited, tab leaves it and enter indents."""

    def __init__(self, text: str = "", *, editable: bool = False, **options: Any) -> None:
        super().__init__(text, read_only=not editable, show_line_numbers=editable, tab_behavior="focus", **options)
        self.highlight_cursor_line = False  # its style would cover the colours
        self.show_cursor = editable
        self._problem: tuple[int, int] | None = None

    def mark_problem(self, line: int, column: int) -> None:
        """Point out where the text goes wrong, counted from 1; line 0 takes the mark away."""
        problem = (line - 1, column - 1) if line else None
        if problem != self._problem:
            self._problem = problem
            self.notify_style_update()
            self.refresh()

    def load_text(self, text: str) -> None:
        """Another text. Textual draws a text of the same shape from its cache: it would show the one before."""
        super().load_text(text)
        self._line_cache.clear()
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        """A line of the document, coloured, with the place that is wrong pointed out."""
        line = Text(masked(self.document.get_line(line_index).replace("\t", " ")), end="", no_wrap=True)
        if not self.app.no_color:
            self._colour(line, line_index)
        if self._problem is not None and self._problem[0] == line_index:
            self._point_out(line, self._problem[1])
        return line

    def _colour(self, line: Text, _index: int) -> None:
        variables = self.app.theme_variables
        for match in _TOKENS.finditer(line.plain):
            colour = variables.get(_STYLES[match.lastgroup or "sign"].removeprefix("$"), "")
            if colour and not colour.startswith("auto"):
                line.stylize(colour, match.start(), match.end())

    def _point_out(self, line: Text, column: int) -> None:
        background = "" if self.app.no_color else self.app.theme_variables.get("error-muted", "")
        if background.startswith("#"):
            line.stylize(Style(bgcolor=background))
        start = max(0, min(column, len(line) - 1))
        line.stylize(Style(underline=True, bold=True, reverse=True), start, start + 1)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self.read_only:
            event.stop()
            event.prevent_default()
            self._break_line()

    def _break_line(self) -> None:
        """A new line, as far in as this one; one step further after a bracket, whose partner goes to a line of its own."""
        start, end = sorted(self.selection)
        line = self.document.get_line(start[0])
        before, after = line[: start[1]], self.document.get_line(end[0])[end[1] :]
        margin = before[: len(before) - len(before.lstrip(" "))]
        opened = before.rstrip()[-1:]
        deeper = margin + _INDENT if opened in _PAIRS else margin
        self.replace(f"\n{deeper}", start, end)
        if opened in _PAIRS and after.lstrip().startswith(_PAIRS[opened]):
            place = self.cursor_location
            self.insert(f"\n{margin}", place)
            self.move_cursor(place)


def pretty(value: Any) -> str:
    """JSON as people read it: two spaces, characters as they are, except those that cannot be shown."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "\n".join(visible(line) for line in text.split("\n"))
