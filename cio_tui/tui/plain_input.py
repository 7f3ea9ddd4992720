"""An input for text from data: what cannot be printed keeps its place in the value, and is shown as a sign of one cell."""

from typing import Any, Final

from rich.text import Text
from textual.widgets import Input

_PICTURES: Final = 0x2400
_DELETE: Final = 0x7F


def masked(text: str) -> str:
    """The text, character for character, with a sign for each that a terminal would obey or hide."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _sign(ord(char)) for char in text)


def _sign(code: int) -> str:
    if code < 0x20:
        return chr(_PICTURES + code)
    return "␡" if code == _DELETE else "�"


class PlainInput(Input):
    """One line, without a border. Nothing in its value reaches the terminal as a control character."""

    DEFAULT_CSS = """
    PlainInput { width: 1fr; background: $panel; padding: 0 1; &:focus { background-tint: $foreground 8%; } }
    """

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, compact=True, **options)

    @property
    def _value(self) -> Text:
        return Text(masked(self.value), no_wrap=True, overflow="ignore", end="")
