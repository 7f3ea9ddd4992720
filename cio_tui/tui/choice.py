"""One of a few, on one line: ● is chosen, ○ is not; the arrow keys choose at once."""

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import RadioButton, RadioSet


class ChoiceButton(RadioButton):
    """One of them. Its sign tells its state without colour."""

    @property
    def _button(self) -> Content:
        return Content("●" if self.value else "○")


class Choice(RadioSet):
    """The line."""

    DEFAULT_CSS = """
    Choice {
        layout: horizontal; height: 1; width: 1fr; background: transparent; overflow: hidden;
        &:focus { background-tint: transparent; }
        & > ChoiceButton { width: auto; padding: 0 1 0 0; background: transparent; color: $text-muted; }
        & > ChoiceButton.-on { color: $foreground; text-style: bold; }
        &:blur > ChoiceButton.-selected > .toggle--label { background: transparent; }
        &:focus > ChoiceButton.-selected > .toggle--label { background: $block-cursor-background; }
    }
    """

    def __init__(self, titles: Iterable[str], *, id: str) -> None:  # noqa: A002  # Textual's word
        super().__init__(*(ChoiceButton(Content(title)) for title in titles), id=id, compact=True)

    @property
    def index(self) -> int:
        """Which one is chosen."""
        return max(self.pressed_index, 0)

    def choose(self, index: int) -> None:
        """Choose one of them, at once and without telling."""
        with self.prevent(RadioButton.Changed):
            for place, button in enumerate(self.query(ChoiceButton)):
                button.value = place == index
                if button.value:
                    self._pressed_button = button
        self._selected = index

    def action_next_button(self) -> None:
        """Choose the next one."""
        super().action_next_button()
        self.action_toggle_button()

    def action_previous_button(self) -> None:
        """Choose the one before."""
        super().action_previous_button()
        self.action_toggle_button()
