"""Lines of text under one another, each with its style; and inputs whose keys lead back to a list."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cio_tui.tui.actions import bindings
from cio_tui.tui.plain_input import PlainInput


class Lines(Static):
    """Several lines; what comes from data must be made visible before."""

    DEFAULT_CSS = "Lines { height: auto; &.-none { display: none; } }"

    def say(self, lines: Iterable[tuple[str, str]]) -> None:
        """Show lines, or take no room when there are none."""
        said = list(lines)
        self.update(Content("\n").join(Content.styled(text, style) for text, style in said))
        self.set_class(not said, "-none")


class LineInput(PlainInput):
    """A line beside a list: enter and down lead to the list, as escape does."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("import-line")

    class Left(Message):
        """The person wants the list. `taken` says that it was by enter."""

        def __init__(self, line: "LineInput", *, taken: bool) -> None:
            super().__init__()
            self.line = line
            self.taken = taken

        @property
        def control(self) -> "LineInput":
            """The line."""
            return self.line

    def action_leave(self, taken: bool) -> None:
        """Go to the list."""
        self.post_message(self.Left(self, taken=taken))
