"""The clock's dialog: hold it, move it, let it run, and see beforehand what falls due on the way."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Input, Static

from cio_tui.model.errors import CioError, InputError
from cio_tui.model.instants import format_duration, format_instant, parse_duration, parse_instant
from cio_tui.model.receipts import Receipt
from cio_tui.tui.actions import bindings
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.screens.dialog import Dialog
from cio_tui.tui.text import notify_plain, plain, plain_lines

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

STEPS: Final = ("1h", "1d", "3d", "30d")
MOST_PURGES: Final = 5


class ClockScreen(Dialog[None]):
    """Takes a time (`2024-06-10 06:00`, `+3d`) or a duration (`3d`), or a button."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("clock")
    DEFAULT_CSS = """
    ClockScreen {
        & PlainInput { margin: 1 0 0 0; }
        & .verdict { height: 8; color: $text-muted; }  /* fixed: a button that moves under the mouse is missed */
        &.-short .verdict { height: 4; }
        &.-short .steps { margin: 0; }
        & .steps { height: 1; margin: 1 0 0 0; }
        & .steps Button { min-width: 0; margin: 0 2 0 0; }
    }
    """

    class Tried(Message):
        """What a dry run says of the text that is typed."""

        def __init__(self, text: str, receipt: Receipt) -> None:
            super().__init__()
            self.text = text
            self.receipt = receipt

    def __init__(self) -> None:
        super().__init__()
        self._asked = ""

    def compose(self) -> ComposeResult:
        """Where it stands, where to go, what would happen."""
        with Vertical(classes="frame") as frame:
            frame.border_title = "Clock"
            yield Static(plain(self._stands()))
            yield PlainInput(placeholder="a time to hold at, or how far to go: 2024-06-12 09:00, 3d, 4m59s")
            yield Static("", classes="verdict")
            with Horizontal(classes="steps"):
                for step in STEPS:
                    yield Button(f"+{step}", name=step, compact=True)
                yield Button("Hold here", name="hold", compact=True)
                yield Button("Live", name="live", compact=True)
            yield FormFoot({"do": ("clock.do", "Do it"), "close": ("dialog.close", "Close")})

    def on_mount(self) -> None:
        """Begin with the text."""
        self.query_one(PlainInput).focus()

    @property
    def console(self) -> "Console":
        """The app, typed."""
        return cast("Console", self.app)

    @property
    def _text(self) -> str:
        return self.query_one(PlainInput).value.strip()

    def _stands(self) -> str:
        workspace = self.console.workspace
        return f"{format_instant(workspace.now())}  {workspace.settings().mode}"

    def _verb(self, text: str) -> Callable[..., Receipt]:
        """The verb that a text asks for. Raises InputError."""
        workspace = self.console.workspace
        if text == "live":
            return workspace.live
        if text == "hold":
            return workspace.hold
        try:
            seconds = parse_duration(text)
        except InputError:
            instant = parse_instant(text, workspace.now())
            return lambda dry_run=False: workspace.hold(instant, dry_run=dry_run)
        return lambda dry_run=False: workspace.advance(seconds, dry_run=dry_run)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._preview(event.value.strip())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """What the button that is reached would do; back at the text, what that would."""
        step = isinstance(event.widget, Button) and event.widget.parent is self.query_one(".steps")
        self._preview((event.widget.name or "") if step else self._text)

    def _preview(self, text: str) -> None:
        self._asked = text
        try:
            verb = self._verb(text)
        except InputError as error:
            self.query_one(".verdict", Static).update(plain(f"× {error}" if text else ""))
            return
        self.run_worker(lambda: self._try(text, verb), thread=True, exclusive=True, group="clock", exit_on_error=False)

    def _try(self, text: str, verb: Callable[..., Receipt]) -> None:
        try:
            receipt = verb(dry_run=True)
        except CioError as error:
            receipt = Receipt("rejected", reasons=(str(error),))
        self.post_message(self.Tried(text, receipt))

    @on(Tried)
    def _say_verdict(self, event: Tried) -> None:
        if event.text == self._asked:
            self.query_one(".verdict", Static).update(plain_lines("\n".join(self._lines(event.receipt))))

    def _lines(self, receipt: Receipt) -> list[str]:
        if not receipt.ok:
            return [f"× {reason}" for reason in receipt.reasons]
        now = self.console.workspace.now()
        lines = [f"! {note}" for note in receipt.notes]
        purged = [effect.detail for effect in receipt.effects if effect.kind == "anonymous_purged"]
        for effect in receipt.effects:
            if effect.kind == "clock_set":
                instant = effect.detail["instant"]
                far = f", {format_duration(instant - now)} from now" if instant != now else ""
                lines.insert(0, f"✓ {format_instant(instant)} {effect.detail['mode']}{far}; enter does it")
        lines += [f"  {format_instant(one['at'])}  {_events(one['count'])} purged" for one in purged[:MOST_PURGES]]
        if len(purged) > MOST_PURGES:
            lines.append(f"  and more: {_events(sum(one['count'] for one in purged))} in all")
        return lines

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_do()

    def action_do(self) -> None:
        """Do what the text says."""
        self._do(self._text)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self._do(event.button.name or "")

    def _do(self, text: str) -> None:
        try:
            verb = self._verb(text)
        except InputError as error:
            self.query_one(".verdict", Static).update(plain(f"× {error}"))
            return
        self.console.perform(verb, self._done)

    def _done(self, receipt: Receipt) -> None:
        if not receipt.ok:
            self.query_one(".verdict", Static).update(plain_lines("\n".join(self._lines(receipt))))
            return
        purged = sum(effect.detail["count"] for effect in receipt.effects if effect.kind == "anonymous_purged")
        told = [self._stands(), f"{_events(purged)} purged" if purged else "", *receipt.notes]
        notify_plain(self.app, "; ".join(filter(None, told)), title="Clock")
        if self.is_current:
            self.dismiss(None)


def _events(count: int) -> str:
    return f"{count:,} anonymous event{'' if count == 1 else 's'}"
