"""A short list to choose from, by arrows, by digit or by mouse."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len, set_cell_size
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.screens.dialog import Dialog
from cio_tui.tui.text import plain, visible

_WIDTH: Final = 64
"""What fits on a line of the frame."""
_LONGEST_NAME: Final = 28


class Pick(Dialog[int]):
    """Answers with the place of the choice; `choices` are names, each with a faint remark."""

    DEFAULT_CSS = """
    Pick OptionList, Pick OptionList:focus { height: auto; max-height: 15; border: none; background: $surface; padding: 0; }
    Pick.-short OptionList { max-height: 6; }
    """
    subtitle = "enter or a digit chooses"

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self.choices = choices

    def compose(self) -> ComposeResult:
        """The choices, the first nine with their digit."""
        with Vertical(classes="frame") as frame:
            frame.border_title = plain(self._title)
            frame.border_subtitle = self.subtitle
            yield OptionList(*(Option(self._shown(place)) for place in range(len(self.choices))))
            yield from self.compose_below()
            yield FormFoot({"close": ("dialog.close", "Close")})

    def compose_below(self) -> ComposeResult:
        """What stands between the choices and the buttons."""
        yield from ()

    def _shown(self, place: int) -> Content:
        name, remark = self.choices[place]
        names = min(_LONGEST_NAME, max(cell_len(visible(one)) for one, _ in self.choices))
        digit = f"{place + 1} " if place < 9 else "  "
        remark = visible(remark)[:200]
        line = Content.assemble(digit, (f"{set_cell_size(visible(name), names)}  ", "bold"), (remark, "dim"))
        return line.truncate(_WIDTH, ellipsis=True)

    def on_key(self, event: events.Key) -> None:
        """A digit chooses at once."""
        if event.key.isdecimal() and 1 <= int(event.key) <= len(self.choices):
            event.stop()
            self.choose(int(event.key) - 1)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.choose(event.option_index)

    def choose(self, place: int) -> None:
        """Answer with a choice."""
        self.dismiss(place)
