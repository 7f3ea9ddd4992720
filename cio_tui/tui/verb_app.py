"""An app over a workspace that runs verbs in workers and says what came of them."""

from collections.abc import Callable
from typing import Any

from textual import on
from textual.app import App
from textual.message import Message
from textual.notifications import Notification, Notify

from cio_tui.model.errors import CioError
from cio_tui.model.receipts import Receipt
from cio_tui.tui.text import notify_plain
from cio_tui.workspace import Workspace


class VerbApp(App[None]):
    """What the console stands on: verbs in, toasts out."""

    class Done(Message):
        """A verb came back."""

        def __init__(self, answer: Any, then: Callable[[Any], None] | None) -> None:
            super().__init__()
            self.answer = answer
            self.then = then

    class Failed(Message):
        """A verb could not be carried out."""

        def __init__(self, error: CioError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.said: list[Notification] = []

    def look(self) -> None:
        """Did anybody write?"""

    def perform(self, verb: Callable[[], Any], then: Callable[[Any], None] | None = None) -> None:
        """Run a verb in a worker; `then` gets its answer. Errors become toasts."""

        def work() -> None:
            try:
                answer = verb()
            except CioError as error:
                self.post_message(self.Failed(error))
            else:
                self.post_message(self.Done(answer, then))

        self.run_worker(work, thread=True, group="verbs", exit_on_error=False)

    @on(Done)
    def _done(self, event: Done) -> None:
        if event.then is not None:
            event.then(event.answer)
        self.look()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        notify_plain(self, f"{event.error}. {event.error.hint}".rstrip(". ") + ".", failed=True)

    def say_receipt(self, receipt: Receipt) -> None:
        """A receipt as a toast, with its notes or reasons."""
        count = len(receipt.effects)
        lines = receipt.reasons or receipt.notes or (f"{count} effect{'' if count == 1 else 's'}",)
        notify_plain(self, "; ".join(lines), title=receipt.status, failed=not receipt.ok)

    def _on_notify(self, event: Notify) -> None:  # Textual's hook for every toast; `f2` shows them again
        self.said.append(event.notification)
        super()._on_notify(event)

    def action_undo(self) -> None:
        """Take the last command back."""
        self.perform(self.workspace.undo, lambda entries: self._said("Undone", entries))

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self.perform(self.workspace.redo, lambda entries: self._said("Redone", entries))

    def _said(self, done: str, entries: Any) -> None:
        notify_plain(self, ", ".join(entry.summary for entry in entries) or "nothing", title=done)
