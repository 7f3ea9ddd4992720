"""The line of keys: it follows the focus, and is made anew only when other keys work than before."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey


class KeyLine(Footer):
    """The footer. It is told after every move of the focus and of a cursor, and most of them change no key."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._shown: list[tuple[Binding, bool, str]] | None = None

    def compose(self) -> ComposeResult:
        """The keys, styled once: left to itself each begins compact, and is styled again when it is told that it is not."""
        self._shown = self._keys()
        for widget in super().compose():
            if isinstance(widget, FooterKey):
                widget.set_reactive(FooterKey.compact, self.compact)
            yield widget

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Show the keys that work now, if they are others."""
        if not self._bindings_ready or self._keys() != self._shown:
            super().bindings_changed(screen)

    def _keys(self) -> list[tuple[Binding, bool, str]]:
        active = self.screen.active_bindings.values()
        return [(binding, enabled, tooltip) for _, binding, enabled, tooltip in active if binding.show]
