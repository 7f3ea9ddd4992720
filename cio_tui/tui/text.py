"""Text from data on its way to the screen. Everything that came from a person, an event or a file passes here.

Textual reads a plain `str` as markup almost everywhere, and an event named `items[/].type [bold` would end the program. `Content`
and rich's `Text` are not read as markup. Control characters, line breaks and direction marks are spelt out, so that one row
stays one row.
"""

from typing import Any, Final

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.app import App
from textual.content import Content

from cio_tui.model.json_values import dumps

LONGEST: Final = 10_000
_DIRECTION: Final = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF))


def visible(value: Any) -> str:
    """One line for any JSON value: what cannot be printed is spelt out, None is empty, lists and objects are JSON."""
    text = "" if value is None else value if isinstance(value, str) else dumps(value)
    if text.isascii() and text.isprintable():
        return text[:LONGEST]
    return "".join(map(_spelt, text[:LONGEST]))


def _spelt(char: str) -> str:
    if ord(char) in _DIRECTION or not char.isprintable():
        return char.encode("unicode_escape", "surrogatepass").decode()
    return char


def plain(value: Any) -> Content:
    """For widgets that take Textual's content: Static, Label, OptionList, Button, border titles, tooltips."""
    return Content(visible(value))


def plain_lines(text: str) -> Content:
    """The same for several lines: line breaks stay."""
    return Content("\n".join(visible(line) for line in text.split("\n")))


def plain_rich(value: Any) -> Text:
    """For widgets that take rich's text: Tree labels."""
    return Text(visible(value))


def notify_plain(app: App[Any], message: str, *, title: str = "", failed: bool = False) -> None:
    """A toast whose text is shown as it is."""
    app.notify(visible(message), title=visible(title), severity="error" if failed else "information", markup=False)


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """A text cut or filled to exactly `width` cells; what was cut ends in an ellipsis."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + "…" if width > 0 else ""
    return " " * (width - length) + text if right else text + " " * (width - length)
