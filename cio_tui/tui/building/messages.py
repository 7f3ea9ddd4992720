"""What the builder's fields tell each other and the screen."""

from textual.message import Message

from cio_tui.segments.definition import Definition
from cio_tui.segments.errors import DefinitionError
from cio_tui.tui.building.completing import Known


class Said(Message):
    """There is something to tell; an empty text when what was told does not hold any more."""

    def __init__(self, text: str, style: str = "") -> None:
        super().__init__()
        self.text = text
        self.style = style


class Learned(Message):
    """What the cells can be offered."""

    def __init__(self, known: Known) -> None:
        super().__init__()
        self.known = known


class TextRead(Message):
    """A text was read."""

    def __init__(self, text: str, found: Definition | DefinitionError) -> None:
        super().__init__()
        self.text = text
        self.found = found
