"""What is known of the row under the cursor, above everything else in an inspector: a name and a value on each line."""

from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

Fact = tuple[str, str]
"""A name and its value; the value can be shown as it is."""
_GAP: Final = 2


class Facts(Static):
    """Names in one column, values in another: a value that is too long goes on below itself, not below its name.

    A word that would have to be cut stands whole on a line of its own.
    """

    DEFAULT_CSS = "Facts { height: auto; padding: 0 1; color: $text-muted; }"

    def __init__(self, *, classes: str = "") -> None:
        super().__init__("", classes=f"facts {classes}".strip())
        self._facts: list[Fact] = []

    def show(self, facts: Iterable[Fact]) -> None:
        """Show other facts."""
        self._facts = list(facts)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual's own
        """As many lines as the values take in the width that there is."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines as they fit now."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        names = max((len(name) for name, _ in self._facts), default=0) + _GAP
        lines: list[Content] = []
        for name, value in self._facts:
            indent = names
            head = Content(name.ljust(names))
            if max(map(cell_len, value.split()), default=0) > width - names:
                lines.append(head.rstrip())
                head, indent = Content(" " * _GAP), _GAP
            for line in Content.styled(value, "$foreground").wrap(max(1, width - indent)):
                lines.append(Content.assemble(head, line.rstrip()))
                head = Content(" " * indent)
        return lines
