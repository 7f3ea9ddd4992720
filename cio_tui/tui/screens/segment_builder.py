"""The segment builder: conditions as rows or as text, who matches while they are written, and saving."""

from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from cio_tui.model.errors import CioError, InputError
from cio_tui.model.receipts import Receipt
from cio_tui.tui.actions import bindings
from cio_tui.tui.building.drafts import Draft, drafts_of
from cio_tui.tui.building.form import BuilderForm
from cio_tui.tui.building.messages import Said
from cio_tui.tui.external_editor import edit_outside
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.text import notify_plain, plain, visible
from cio_tui.workspace import Workspace

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

_BUTTONS: Final = {
    "submit": ("form.submit", "Save"),
    "dry_run": ("form.dry-run", "Dry run"),
    "switch": ("builder.switch", "Rows/YAML"),
    "external_editor": ("form.editor", "Editor"),
    "close": ("form.close", "Close"),
}
_NOT_HERE: Final = ("form.format",)
_BAD: Final = "$text-error"


class Stopped(Exception):
    """Saving is not wanted any more."""


class SegmentBuilder(ModalScreen[Receipt | None]):
    """The form, for a saved segment by its number or for a new one. It answers with the receipt of what was saved, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding for binding in bindings("form") if getattr(binding, "id", None) not in _NOT_HERE),
        *bindings("builder"),
    ]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    SegmentBuilder {
        align: center middle; background: $background 60%;
        & .frame {
            width: 100%; max-width: 170; height: 100%; max-height: 50; padding: 0 1;
            border: round $border; background: $surface; border-title-style: bold; border-title-color: $foreground;
            border-subtitle-color: $text-warning;
        }
        & .said { height: auto; max-height: 3; display: none; }
        & .said.-shown { display: block; }
        & FormFoot { margin: 0; }
    }
    SegmentBuilder.-narrow {
        & BuilderForm .sides { layout: vertical; margin: 0; }
        & BuilderForm ContentSwitcher { width: 1fr; padding: 0; }
        & BuilderForm MatchPanel { width: 1fr; height: 6; padding: 0; border-left: none; border-top: solid $border-blurred; }
        & BuilderForm MatchPanel:focus-within { height: 12; }
        & FormFoot Button { margin: 0 0 0 1; }
    }
    SegmentBuilder.-short .frame { border: none; }
    """

    class Told(Message):
        """How far saving is: people looked at, of how many."""

        def __init__(self, done: int, of: int) -> None:
            super().__init__()
            self.done = done
            self.of = of

    class Answered(Message):
        """The receipt of saving or of its dry run; an error; or None when it was stopped."""

        def __init__(self, answer: Receipt | CioError | None) -> None:
            super().__init__()
            self.answer = answer

    def __init__(self, number: int | None = None) -> None:
        super().__init__()
        self.number = number
        self._initial = Draft()
        self._missing = ""
        self._worker: Worker[None] | None = None

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return cast("Console", self.app).workspace

    @property
    def form(self) -> BuilderForm:
        """The fields."""
        return self.query_one(BuilderForm)

    def compose(self) -> ComposeResult:
        """The fields and the buttons."""
        if self.number is not None:
            try:
                self._initial = Draft.of(self.workspace.segments.get(self.number).segment.definition)
            except CioError as error:
                self._missing = str(error)
        with Vertical(classes="frame"):
            yield BuilderForm(drafts_of(self.workspace).get(self.number, self._initial), self.number)
            yield Static("", classes="said")
            yield FormFoot(_BUTTONS)

    def on_mount(self) -> None:
        """Title, and whether a draft is shown."""
        frame = self.query_one(".frame")
        if self._missing:
            notify_plain(self.app, self._missing, failed=True)
            self.dismiss(None)
            return
        frame.border_title = plain("New segment" if self.number is None else f"Segment {self._initial.name}")
        if self.number in drafts_of(self.workspace):
            frame.border_subtitle = plain("draft restored, ctrl+n starts anew")

    def _answer(self, text: str, style: str = "") -> None:
        said = self.query_one(".said", Static)
        said.set_class(bool(text), "-shown")
        said.update(Content.styled(visible(text), style))

    @on(Said)
    def _said(self, event: Said) -> None:
        event.stop()
        if not self._under_way:
            self._answer(event.text, event.style)

    @property
    def _under_way(self) -> bool:
        return self._worker is not None and not self._worker.is_finished

    def action_submit(self) -> None:
        """Save, when all of it can be read."""
        self._save(dry_run=False)

    def action_dry_run(self) -> None:
        """Say what saving would do; nothing is written."""
        self._save(dry_run=True)

    def _save(self, *, dry_run: bool) -> None:
        if self._under_way:
            return
        refused = self.form.refused()
        if refused:
            self._answer(f"× {refused}", _BAD)
            return
        definition, number, workspace = self.form.draft.definition, self.number, self.workspace
        self._answer("dry run …" if dry_run else "saving …", "dim")

        def work() -> None:
            worker = get_current_worker()

            def tell(done: int, of: int) -> None:
                if worker.is_cancelled:
                    raise Stopped
                self.post_message(self.Told(done, of))

            answer: Receipt | CioError | None
            try:
                answer = workspace.save_segment(definition, number=number, dry_run=dry_run, progress=tell)
            except Stopped:
                answer = None
            except CioError as error:
                answer = error
            self.post_message(self.Answered(answer))

        self._worker = self.run_worker(work, thread=True, group="save", exit_on_error=False)

    @on(Told)
    def _told(self, event: Told) -> None:
        event.stop()
        if self._under_way:
            self._answer(f"{event.done:,} of {event.of:,} people, esc stops", "dim")

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        event.stop()
        self._worker, answer = None, event.answer
        if answer is None:
            self._answer("stopped, nothing was saved", "$text-warning")
        elif isinstance(answer, CioError):
            self._answer(f"× {answer}", _BAD)
        elif not answer.ok:
            self._answer(f"× {'; '.join(answer.reasons)}", _BAD)
        elif answer.dry_run:
            self._answer(f"✓ {'; '.join(answer.notes)}: nothing was written", "$text-success")
        else:
            drafts_of(self.workspace).pop(self.number, None)
            self.dismiss(answer)

    def action_close(self) -> None:
        """Step back from a cell or from who matches; stop saving; or close, keeping what was written for the next time."""
        if self.form.step_back():
            return
        if self._under_way and self._worker is not None:
            self._worker.cancel()
            self._answer("stopping", "dim")
            return
        self.form.read_text()
        drafts, draft = drafts_of(self.workspace), self.form.draft
        if draft == self._initial:
            drafts.pop(self.number, None)
        else:
            drafts[self.number] = draft
            notify_plain(self.app, "the draft is kept until the form is opened again")
        self.dismiss(None)

    def action_new(self) -> None:
        """Forget the draft, and begin as without it."""
        drafts_of(self.workspace).pop(self.number, None)
        self.query_one(".frame").border_subtitle = None
        self.form.fill(self._initial)

    def action_switch(self) -> None:
        """Show the other side of the form: rows, or text."""
        self.form.switch()

    def action_external_editor(self) -> None:
        """The definition as YAML in the person's own editor."""
        self.form.turn("yaml")
        try:
            text = edit_outside(self.app, self.form.yaml.text, ".yaml")
        except InputError as error:
            notify_plain(self.app, f"{error}{f': {error.hint}' if error.hint else ''}", failed=True)
            return
        self.form.take_text(text)
