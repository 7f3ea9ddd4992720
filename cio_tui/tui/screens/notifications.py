"""What was said in toasts, newest first: a toast goes away before one has read it."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.notifications import Notification
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from cio_tui.tui.actions import bindings
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.screens.dialog import Dialog
from cio_tui.tui.text import notify_plain, visible


class NotificationsScreen(Dialog[None]):
    """The history of toasts."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("notifications")
    DEFAULT_CSS = """
    NotificationsScreen {
        & OptionList, & OptionList:focus { height: auto; max-height: 16; border: none; padding: 0; background: $surface; }
        &.-short OptionList { max-height: 8; }
    }
    """

    def __init__(self, said: Sequence[Notification]) -> None:
        super().__init__()
        self._said = list(reversed(said))

    def compose(self) -> ComposeResult:
        """One below the other, failures with their sign."""
        with Vertical(classes="frame") as frame:
            frame.border_title = "Notifications"
            if self._said:
                yield OptionList(*(Option(_line(one)) for one in self._said))
            else:
                yield Static("Nothing was said yet: what you do, and what goes wrong, is said here")
            copy = {"copy": ("notifications.copy", "Copy")} if self._said else {}
            yield FormFoot({**copy, "close": ("dialog.close", "Close")})

    def action_copy(self) -> None:
        """Send the one under the cursor to the terminal's clipboard."""
        place = self.query_one(OptionList).highlighted if self._said else None
        if place is not None:
            one = self._said[place]
            self.app.copy_to_clipboard(": ".join(part for part in (one.title, one.message) if part))
            notify_plain(self.app, "Sent to the terminal's clipboard")


def _line(one: Notification) -> Content:
    sign = "× " if one.severity == "error" else "· "
    title = f"{visible(one.title)}: " if one.title else ""
    return Content.assemble(sign, (title, "bold"), visible(one.message))
