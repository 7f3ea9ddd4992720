"""The last line of a form: what the form answers, and its actions as buttons that name their keys."""

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from cio_tui.tui.text import visible


class FormFoot(Horizontal):
    """An answer to the left, buttons to the right: `{method: (action id, title)}`, methods of the screen."""

    DEFAULT_CSS = """
    FormFoot {
        height: 1; margin: 1 0 0 0;
        & .answer { width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & Button { min-width: 0; width: auto; margin: 0 0 0 2; padding: 0; background: transparent; }
        & Button:focus { text-style: bold reverse; }
        & Button:hover { background: $panel; }
    }
    """

    def __init__(self, buttons: Mapping[str, tuple[str, str]]) -> None:
        super().__init__()
        self._buttons = buttons
        self._keys: dict[str | None, str] = {}

    def compose(self) -> ComposeResult:
        """The answer, then a button for each action."""
        yield Static("", classes="answer")
        for method in self._buttons:
            yield Button("", name=method, compact=True)

    def on_mount(self) -> None:
        """Say which key does the same as each button."""
        self._keys = {binding.id: self.app.get_key_display(binding) for _, binding, *_ in self.screen.active_bindings.values()}
        self.offer(*self._buttons)

    def offer(self, *methods: str, **titles: str) -> None:
        """Show the buttons of these methods alone, some of them under another title."""
        for button in self.query(Button):
            method = button.name or ""
            action, title = self._buttons[method]
            key = self._keys.get(action, "")
            button.label = Content.assemble(titles.get(method, title), (f" {key}" if key else "", "$text-accent"))
            button.display = method in methods
            button.refresh(layout=True)  # a label alone does not make it wider

    @property
    def offered(self) -> list[Button]:
        """The buttons that are shown."""
        return [button for button in self.query(Button) if button.display]

    def answer(self, text: str, style: str = "") -> None:
        """Say something."""
        self.query_one(".answer", Static).update(Content.styled(visible(text), style))

    @on(Button.Pressed)
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.screen.run_action(event.button.name or "")
