"""Two renderings line by line: `-` before what was, `+` before what is instead."""

from typing import Final

from rich.text import Text

from cio_tui.tui.json_area import JsonArea
from cio_tui.tui.text import visible

_MOST: Final = 2_000
_LONGEST: Final = 2_000
"""So many lines are shown, and so many characters of each."""
_STYLES: Final = {"+": "text-success", "-": "text-error"}


class DiffArea(JsonArea):
    """The lines of a difference. The sign before a line says what its colour says."""

    def show(self, lines: list[str]) -> None:
        """Show other lines."""
        left = len(lines) - _MOST
        shown = [visible(line)[:_LONGEST] for line in lines[:_MOST]]
        self.load_text("\n".join([*shown, *([f"… {left:,} more lines"] if left > 0 else [])]))

    def _colour(self, line: Text, _index: int) -> None:
        colour = self.app.theme_variables.get(_STYLES.get(line.plain[:1], ""), "")
        if colour and not colour.startswith("auto"):
            line.stylize(colour)
        elif line.plain.startswith("@@"):
            line.stylize("dim")
        elif line.plain[:1] not in ("", " "):
            line.stylize("bold")
