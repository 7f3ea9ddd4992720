"""A view with two lists: which of them is shown, as names to click on."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static


class KindName(Static):
    """The name of one of the lists, to click on."""

    class Clicked(Message):
        """This list is wanted."""

        def __init__(self, kind: str) -> None:
            super().__init__()
            self.kind = kind

    def __init__(self, kind: str) -> None:
        super().__init__("", classes=kind)
        self.kind = kind

    def show(self, current: str) -> None:
        """Say whether this is the list that is shown."""
        self.set_class(current == self.kind, "-current")
        self.update(f"{'▸' if current == self.kind else ' '} {self.kind.capitalize()}")

    def on_click(self) -> None:
        """Ask for the list."""
        self.post_message(self.Clicked(self.kind))


class KindSwitch(Horizontal):
    """The names of the lists."""

    DEFAULT_CSS = """
    KindSwitch {
        height: 1;
        & KindName { width: auto; padding: 0 1; color: $text-muted; }
        & KindName:hover { background: $panel; }
        & KindName.-current { color: $foreground; text-style: bold; }
    }
    """

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__()
        self._kinds = kinds

    def compose(self) -> ComposeResult:
        """A name each."""
        for kind in self._kinds:
            yield KindName(kind)

    def show(self, current: str) -> None:
        """Point out the list that is shown."""
        for name in self.query(KindName):
            name.show(current)
