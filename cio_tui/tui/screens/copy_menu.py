"""What of a row is to be copied, and where it went."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Label, OptionList

from cio_tui.tui.actions import bindings
from cio_tui.tui.choice import Choice
from cio_tui.tui.screens.pick import Pick
from cio_tui.tui.text import notify_plain


class CopyMenu(Pick):
    """The choice is sent to the terminal's clipboard (OSC 52). Nobody can know whether the terminal takes it, so it is said
    so, and a file is offered instead.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("copying")
    DEFAULT_CSS = """
    CopyMenu .target { height: 1; margin: 1 0 0 0; & Label { width: 6; color: $text-muted; } }
    CopyMenu.-short .target { margin: 0; }
    """
    subtitle = "enter or a digit copies   f into a file"

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__("Copy", choices)

    def compose_below(self) -> ComposeResult:
        """Where the copy goes; the mouse has no other way to a file."""
        with Horizontal(classes="target"):
            yield Label("Into")
            yield Choice(("clipboard", "file"), id="target")

    def on_mount(self) -> None:
        """The clipboard, unless it is changed."""
        self.query_one(Choice).choose(0)

    def choose(self, place: int) -> None:
        """Copy, and close."""
        if self.query_one(Choice).index == 1:
            self._into_file(place)
            return
        name, text = self.choices[place]
        self.app.copy_to_clipboard(text)
        told = f"{name} was sent to the terminal's clipboard. If it does not arrive, y and then f write it to a file"
        notify_plain(self.app, told, title="Copy")
        super().choose(place)

    def action_to_file(self) -> None:
        """Write the one under the cursor to a new file, for terminals without a clipboard."""
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self._into_file(place)

    def _into_file(self, place: int) -> None:
        name, text = self.choices[place]
        try:
            with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="cio-tui-", suffix=".txt", delete=False) as file:
                file.write(text)
        except OSError as error:
            notify_plain(self.app, f"No file could be written: {error.strerror}", title="Copy", failed=True)
            return
        notify_plain(self.app, f"{name} is in {Path(file.name)}", title="Copy")
        super().choose(place)
