"""Send an event, or a copy of one: the form, what the workspace says to it while it is written, and sending."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import get_current_worker

from cio_tui.model.errors import CioError, InputError
from cio_tui.model.receipts import Receipt
from cio_tui.tui.actions import bindings
from cio_tui.tui.external_editor import edit_outside
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.screens.send_form import SendForm
from cio_tui.tui.screens.send_messages import Failed, Judged, Known, Sent
from cio_tui.tui.screens.send_verdict import VerdictPanel
from cio_tui.tui.sending.drafts import can_be_sent_again, copy_of, settled, started
from cio_tui.tui.sending.judging import Verdict, judge
from cio_tui.tui.sending.reading import Problem, Sending, problems_of, read, read_data
from cio_tui.tui.text import notify_plain, plain, visible
from cio_tui.workspace.index_reader import EventRow
from cio_tui.workspace.log import LogEntry

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

PAUSE = 0.2
"""So long nothing is typed before the dry run starts, in seconds."""
_BUTTONS = {
    "submit": ("form.submit", "Send"),
    "dry_run": ("form.dry-run", "Dry run"),
    "preview": ("send.preview", "Preview"),
    "external_editor": ("form.editor", "Editor"),
    "close": ("form.close", "Close"),
}


class SendScreen(ModalScreen[Receipt | None]):
    """The form. It answers with the receipt of what was sent, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form"), *bindings("send")]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    SendScreen {
        align: center middle; background: $background 60%;
        & .frame {
            width: 100%; max-width: 150; height: 100%; max-height: 46; padding: 0 1;
            border: round $border; background: $surface; border-title-style: bold; border-title-color: $foreground;
            border-subtitle-color: $text-warning;
        }
        & .sides { height: 1fr; }
        & SendForm { width: 5fr; height: 1fr; padding: 0 1 0 0; }
        & VerdictPanel { width: 4fr; height: 1fr; }
        & .answered { height: auto; max-height: 3; }
        & FormFoot { margin: 0; }
    }
    SendScreen.-narrow {
        & .sides { layout: vertical; overflow-y: auto; scrollbar-size-vertical: 1; }
        & SendForm { width: 1fr; height: auto; padding: 0; }
        & JsonEditor { height: auto; }
        & FormFoot Button { margin: 0 0 0 1; }
        & VerdictPanel { width: 1fr; height: auto; padding: 0; border: none; margin: 1 0 0 0; }
        & VerdictPanel:focus { border: none; background: $panel; }
    }
    SendScreen.-short .frame { border: none; }
    """

    def __init__(
        self,
        person: str | None = None,
        name: str | None = None,
        anonymous: str | None = None,
        original: LogEntry | None = None,
    ) -> None:
        super().__init__()
        self.original = original
        self.sendable = original is None or can_be_sent_again(original)
        self.initial = copy_of(original) if original and self.sendable else started(person, name, anonymous)
        self._events: Sequence[EventRow] = ()
        self._timer: Timer | None = None
        self._sending = False
        self._restored = False

    @property
    def console(self) -> "Console":
        """The app, typed."""
        return cast("Console", self.app)

    @property
    def form(self) -> SendForm:
        """The fields."""
        return self.query_one(SendForm)

    def compose(self) -> ComposeResult:
        """Fields and verdict side by side, what is answered below them, one line of buttons last."""
        self.initial = settled(self.initial, self.console.workspace.directory)
        restored = self.console.drafts.restored(self.initial)
        self._restored = restored is not None
        with Vertical(classes="frame"):
            with Horizontal(classes="sides"):
                yield SendForm(restored or self.initial)
                yield VerdictPanel()
            yield Static("", classes="answered")
            yield FormFoot(_BUTTONS)

    def on_mount(self) -> None:
        """Title and keys; the data index is read in a worker."""
        frame = self.query_one(".frame")
        if self.original is None:
            frame.border_title = plain("Send event")
        else:
            frame.border_title = plain(f"Resend event · copy of {self.original.activity.id}")
        if not self.sendable:
            notify_plain(self.app, "only events, pages and screens can be sent again", failed=True)
            self.dismiss(None)
            return
        keys = {binding.id: self.app.get_key_display(binding) for _, binding, *_ in self.active_bindings.values()}
        new = keys.get("form.new", "ctrl+n")
        frame.border_subtitle = plain(f"draft restored, {new} starts empty") if self._restored else None
        self._work(lambda: Known(self.console.workspace.index.events()), "index")
        self._focus_first()

    def _focus_first(self) -> None:
        draft = self.form.draft
        owned = draft.person if draft.owner == "person" else draft.anonymous_id
        if draft.owner != "invite" and not owned:
            self.form.focus_field("owner")
        else:
            self.form.focus_field("data" if draft.name else "name")

    def _work(self, job: Callable[[], Message], group: str) -> None:
        """Run a job in a worker; its message comes unless another job of the group took over."""

        def work() -> None:
            worker = get_current_worker()
            try:
                message: Message = job()
            except CioError as error:
                message = Failed(error)
            if not worker.is_cancelled:
                self.post_message(message)

        self.run_worker(work, thread=True, exclusive=group != "send", group=group, exit_on_error=False)

    @on(Known)
    def _known(self, event: Known) -> None:
        self._events = event.events
        self.form.know(event.events)
        self.judge_now()

    @on(SendForm.Changed)
    def _changed(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self.judge_now)

    def judge_now(self) -> None:
        """Check and run dry, in a worker."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        draft, workspace, original, events = self.form.draft, self.console.workspace, self.original, self._events
        self._work(lambda: Judged(judge(workspace, draft, original, events)), "judge")

    @on(Judged)
    def _judged(self, event: Judged) -> None:
        if event.verdict.draft != self.form.draft:
            return  # a later one is on its way
        self.query_one(VerdictPanel).show(event.verdict)
        self._answer(*_summary(event.verdict, fresh=event.verdict.draft == self.initial))

    def _answer(self, text: str, style: str = "") -> None:
        self.query_one(".answered", Static).update(Content.styled(visible(text), style))

    def action_dry_run(self) -> None:
        """Check and run dry now, and point out what is refused."""
        draft = self.form.draft
        read_draft = read(draft, self.console.workspace.now(), self.original)
        if not isinstance(read_draft, Sending):
            self.form.show_problems(read_draft)
        self.judge_now()

    def action_submit(self) -> None:
        """Send, when the fields can be read."""
        if self._sending:
            return
        draft, workspace = self.form.draft, self.console.workspace
        sending = read(draft, workspace.now(), self.original)
        if not isinstance(sending, Sending):
            self.form.show_problems(sending)
            self.form.focus_field(sending[0].field)
            self._answer(f"× not sent: {sending[0].text}", "$text-error")
            self.judge_now()
            return
        self._sending = True
        self._answer("sending …", "dim")
        self._work(lambda: Sent(draft, sending.run(workspace)), "send")

    @on(Sent)
    def _sent(self, event: Sent) -> None:
        self._sending = False
        if event.receipt.ok:
            self.console.drafts.drop(event.draft.kind)
            self.dismiss(event.receipt)
            return
        problems = problems_of(event.receipt)
        self.form.show_problems(problems)
        self.form.focus_field(next((problem.field for problem in problems if problem.field), ""))
        logged = "; the log has it as failed_event" if event.receipt.effects else ""
        self._answer(f"× rejected: {'; '.join(event.receipt.reasons)}{logged}", "$text-error")

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self._sending = False
        notify_plain(self.app, f"{event.error}. {event.error.hint}".rstrip(". ") + ".", failed=True)
        self._answer(f"× {event.error}", "$text-error")

    def action_close(self) -> None:
        """Close; what was written is kept for the next time. What is being sent is waited for."""
        if self._sending:
            return
        draft = self.form.draft
        if self.console.drafts.keep(draft, self.initial):
            notify_plain(self.app, "the draft is kept until the form is opened again")
        else:
            self.console.drafts.drop(draft.kind)
        self.dismiss(None)

    def action_new(self) -> None:
        """Forget the draft, and begin as without one."""
        self.console.drafts.drop(self.initial.kind)
        self.query_one(".frame").border_subtitle = None
        self.form.fill(self.initial)
        self._focus_first()

    def action_preview(self) -> None:
        """What a message becomes for the event as it stands in the fields: nobody has sent it yet."""
        from cio_tui.tui.screens.message_preview import MessagePreview

        draft, data = self.form.draft, read_data(self.form.editor.text)
        if isinstance(data, Problem):
            self.form.focus_field("data")
            self._answer(f"× no preview: {data.text}", "$text-error")
            return
        self.app.push_screen(MessagePreview(draft.name.strip(), data, self.form.person_id))

    def action_format(self) -> None:
        """Write the data as JSON is commonly written."""
        self.form.editor.format()

    def action_external_editor(self) -> None:
        """The data in the person's own editor."""
        editor = self.form.editor
        try:
            text = edit_outside(self.app, editor.text, ".json")
        except InputError as error:
            notify_plain(self.app, f"{error}{f': {error.hint}' if error.hint else ''}", failed=True)
            return
        if text != editor.text:
            editor.text = text
        editor.area.focus()


def _summary(verdict: Verdict, *, fresh: bool) -> tuple[str, str]:
    """The verdict in one line, with its style. A form that nobody has touched is not told off."""
    if fresh and verdict.receipt is None and verdict.problems:
        return f"– {verdict.problems[0].text}", "dim"
    if verdict.error:
        return f"× {verdict.error}", "$text-error"
    if verdict.receipt is None or not verdict.receipt.ok:
        reasons = [problem.text for problem in verdict.problems]
        return f"× {'; '.join(reasons)}", "$text-error"
    if verdict.receipt.status == "duplicate":
        return "! a duplicate: it would be dropped", "$text-warning"
    warned = sum(check.mark == "!" for check in verdict.checks) + len(verdict.notes)
    count = len(verdict.effects)
    said = f", {warned} to know" if warned else ""
    return f"✓ ready: {count} effect{'' if count == 1 else 's'}{said}", "$text-success"
