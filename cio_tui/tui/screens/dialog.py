"""What every dialog has: a frame over the dimmed view, a title, and escape."""

from typing import ClassVar, TypeVar

from textual.binding import BindingType
from textual.screen import ModalScreen

from cio_tui.tui.actions import bindings

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """A dialog. Its content stands in one container with the class `frame`, which carries the title."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")
    DEFAULT_CSS = """
    Dialog {
        align: center middle; background: $background 60%;
        & .frame {
            width: 72; max-width: 96%; height: auto; max-height: 94%; padding: 0 1; overflow-y: auto; scrollbar-size-vertical: 1;
            border: round $border; background: $surface; border-title-color: $foreground; border-title-style: bold;
            border-subtitle-color: $text-muted;
        }
        &.-short FormFoot { margin: 0; }
    }
    """

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
