"""The message editor: fields and body to the left, to the right what they become, rendered while one writes."""

from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message as Posted
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea
from textual.worker import get_current_worker

from cio_tui.messages.definition import Message
from cio_tui.messages.reading import read
from cio_tui.messages.writing import write
from cio_tui.model.errors import CioError, InputError
from cio_tui.model.receipts import Receipt
from cio_tui.tui.actions import bindings
from cio_tui.tui.composing.body_editor import BodyEditor
from cio_tui.tui.composing.completing import Learned, LiquidSuggester, learned
from cio_tui.tui.composing.drafts import Draft, drafts_of
from cio_tui.tui.composing.fields import Fields
from cio_tui.tui.composing.preview_side import PreviewSide
from cio_tui.tui.external_editor import edit_outside
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.json_editor import JsonEditor
from cio_tui.tui.previewing.panel import PreviewPanel
from cio_tui.tui.previewing.problems import ProblemsView
from cio_tui.tui.previewing.shown import Told
from cio_tui.tui.text import notify_plain, plain, visible
from cio_tui.workspace import Workspace

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

_BUTTONS: Final = {
    "submit": ("form.submit", "Save"),
    "dry_run": ("form.dry-run", "Events"),
    "switch": ("editor.switch", "Preview"),
    "compare": ("editor.compare", "Compare"),
    "external_editor": ("form.editor", "Editor"),
    "close": ("form.close", "Close"),
}
_BAD: Final = "$text-error"


class MessageEditor(ModalScreen[Receipt | None]):
    """The form, for a saved message by its number or for a new one. It answers with the receipt of what was saved, or None.

    `event` is a past event to begin with, `at` a problem to go to, `start` what a new message begins as.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form"), *bindings("editor")]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    MessageEditor {
        align: center middle; background: $background 60%;
        & .frame {
            width: 100%; max-width: 210; height: 100%; max-height: 60; padding: 0 1;
            border: round $border; background: $surface; border-title-style: bold; border-title-color: $foreground;
            border-subtitle-color: $text-warning;
        }
        & .sides { height: 1fr; }
        & .writing { width: 1fr; height: 1fr; padding: 0 1 0 0; }
        & PreviewSide { width: 1fr; }
        & ProblemsView { height: auto; max-height: 8; & VirtualTable { height: 5; } & .whole { max-height: 3; padding: 0; } }
        & .said { height: auto; max-height: 3; display: none; }
        & .said.-shown { display: block; }
        & FormFoot { margin: 0; }
    }
    MessageEditor.-narrow {
        & .writing { padding: 0; }
        & PreviewSide { display: none; }
        & .sides.-previewing PreviewSide { display: block; }
        & .sides.-previewing .writing { display: none; }
        & ProblemsView VirtualTable { height: 4; }
        & FormFoot Button { margin: 0 0 0 1; }
    }
    MessageEditor.-short .frame { border: none; }
    """

    class Saved(Posted):
        """What saving came to."""

        def __init__(self, answer: Receipt | CioError) -> None:
            super().__init__()
            self.answer = answer

    class Known(Posted):
        """A worker knows what can be completed."""

        def __init__(self, learned: Learned) -> None:
            super().__init__()
            self.learned = learned

    def __init__(
        self, number: int | None = None, *, start: Message | None = None, event: str | None = None, at: Told | None = None
    ) -> None:
        super().__init__()
        self.number = number
        self._initial = Draft(start or Message())
        self._event = event
        self._at = at
        self._missing = ""
        self._saving = False
        self._outside: str | None = None
        self._learned = Learned()
        self._suggester = LiquidSuggester()

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return cast("Console", self.app).workspace

    def compose(self) -> ComposeResult:
        """Two sides, and the buttons."""
        if self.number is not None:
            try:
                self._initial = Draft(self.workspace.messages.get(self.number).message)
            except CioError as error:
                self._missing = str(error)
        draft = drafts_of(self.workspace).get(self.number, self._initial)
        with Vertical(classes="frame"):
            with Horizontal(classes="sides"):
                with Vertical(classes="writing"):
                    yield Fields(draft.message, self._suggester)
                    yield BodyEditor(draft.message.body)
                    yield ProblemsView()
                yield PreviewSide(draft)
            yield Static("", classes="said")
            yield FormFoot(_BUTTONS)

    def on_mount(self) -> None:
        """Title, draft, what can be completed; and the first rendering."""
        frame = self.query_one(".frame")
        if self._missing:
            notify_plain(self.app, self._missing, failed=True)
            self.dismiss(None)
            return
        frame.border_title = plain("New message" if self.number is None else f"Message {self._initial.message.name}")
        if self.number in drafts_of(self.workspace):
            frame.border_subtitle = plain("draft restored, ctrl+n starts anew")
        self._learn(self.message)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.body.as_html(self.message.format == "html")
        if self._event is not None:
            self.side.go_to(self._event)
        if self._at is not None:
            self.go_to(self._at)
        elif self.message.name:
            self.body.area.focus()
        else:
            self.fields.name_input.focus()

    def _learn(self, message: Message) -> None:
        workspace = self.workspace

        def work() -> None:
            worker = get_current_worker()
            found = learned(workspace, message)
            if not worker.is_cancelled:
                self.post_message(self.Known(found))

        self.run_worker(work, thread=True, exclusive=True, group="known", exit_on_error=False)

    @on(Known)
    def _known(self, event: Known) -> None:
        event.stop()
        self._learned = event.learned
        self._suggester.known = self.body.known = event.learned.known
        self.fields.event_field.know(event.learned.events)

    @property
    def fields(self) -> Fields:
        """What stands above the body."""
        return self.query_one(Fields)

    @property
    def body(self) -> BodyEditor:
        """The body."""
        return self.query_one(BodyEditor)

    @property
    def side(self) -> PreviewSide:
        """The right side."""
        return self.query_one(PreviewSide)

    @property
    def message(self) -> Message:
        """What is written."""
        return self.fields.read(self.body.area.text)

    @property
    def draft(self) -> Draft:
        """What is written, and what it was tried with."""
        side = self.side
        return Draft(self.message, side.person, side.own, side.data)

    @on(Fields.Changed)
    def _fields_changed(self, event: Fields.Changed) -> None:
        event.stop()
        message = self.message
        self.body.as_html(message.format == "html")
        self.body.profile = self._suggester.profile = message.profile
        if not self._learned.fits(message):
            self._learn(message)
        self._changed(message)

    @on(TextArea.Changed)
    def _body_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._changed(self.message)

    def _changed(self, message: Message) -> None:
        self._answer("")
        self.side.ask(message)

    @on(PreviewPanel.Answered)
    def _rendered(self, event: PreviewPanel.Answered) -> None:
        event.stop()
        self.query_one(ProblemsView).show(event.shown.problems)
        self.body.show_problems([one.problem for one in event.shown.problems if one.part == "body" and not one.problem.source])

    @on(ProblemsView.Wanted)
    def _problem_wanted(self, event: ProblemsView.Wanted) -> None:
        event.stop()
        self.go_to(event.told)

    def go_to(self, told: Told) -> None:
        """Put the cursor where a problem is."""
        one = told.problem
        self._show_side(previewing=False)
        if one.source:
            self._answer(f"! it stands in {one.source}, line {one.line}: that snippet is to be changed", "$text-warning")
        elif told.part == "body":
            self.body.go_to(one.line, one.column)
        else:
            field = self.fields.part(told.part)
            field.focus()
            field.cursor_position = max(0, one.column - 1)

    def _answer(self, text: str, style: str = "") -> None:
        said = self.query_one(".said", Static)
        said.set_class(bool(text), "-shown")
        said.update(Content.styled(visible(text), style))

    def action_submit(self) -> None:
        """Save. A message whose Liquid is broken is kept all the same, and it is said that it cannot be sent."""
        if self._saving:
            return
        message, number, workspace = self.message, self.number, self.workspace
        if not message.name:
            self._show_side(previewing=False)
            self.fields.name_input.focus()
            self._answer("× a name is missing", _BAD)
            return
        self._saving = True
        self._answer("saving …", "dim")

        def work() -> None:
            answer: Receipt | CioError
            try:
                if number is None and workspace.messages.find(message.name) is not None:
                    raise InputError(f"there is a message {message.name!r} already")
                answer = workspace.save_message(message, number=number)
            except CioError as error:
                answer = error
            self.post_message(self.Saved(answer))

        self.run_worker(work, thread=True, group="save", exit_on_error=False)

    @on(Saved)
    def _saved(self, event: Saved) -> None:
        event.stop()
        self._saving, answer = False, event.answer
        if isinstance(answer, CioError):
            self._answer(f"× {answer}", _BAD)
        elif not answer.ok:
            self._answer(f"× {'; '.join(answer.reasons)}", _BAD)
        else:
            drafts_of(self.workspace).pop(self.number, None)
            self.dismiss(answer)

    def action_close(self) -> None:
        """From the other side back to the text on narrow screens; or close, keeping what was written for the next time."""
        if self._saving or self.body.close_offers():
            return
        drafts, draft = drafts_of(self.workspace), self.draft
        if draft.message == self._initial.message:
            drafts.pop(self.number, None)
        else:
            drafts[self.number] = draft
            notify_plain(self.app, "the draft is kept until the editor is opened again")
        self.dismiss(None)

    def action_new(self) -> None:
        """Forget the draft, and begin as without it."""
        drafts_of(self.workspace).pop(self.number, None)
        self.query_one(".frame").border_subtitle = None
        self._fill(self._initial.message)

    def _fill(self, message: Message) -> None:
        self.fields.fill(message)
        self.body.load(message.body)
        self.body.as_html(message.format == "html")
        self._changed(message)

    def _show_side(self, *, previewing: bool) -> None:
        self.query_one(".sides").set_class(previewing, "-previewing")

    def action_switch(self) -> None:
        """Go to the other side; narrow screens show only one."""
        focused = self.focused
        previewing = focused is None or self.side not in focused.ancestors
        self._show_side(previewing=previewing)
        target = self.side.panel.body if previewing else self.body.area
        self.call_after_refresh(target.focus)

    def action_event(self, step: int) -> None:
        """An earlier event, or a later one."""
        self.side.action_event(step)

    def action_source(self) -> None:
        """The body as it is sent instead of as it is read, and back."""
        self.side.panel.action_source()

    def action_browser(self) -> None:
        """The body in the browser."""
        self.side.panel.action_browser()

    def action_format(self) -> None:
        """Write the own event's JSON as it is commonly written."""
        self.side.query_one(JsonEditor).format()

    def action_external_editor(self) -> None:
        """The message as a file in the person's own editor: front matter, then the body."""
        before = self._outside or write(self.message)
        try:
            text = edit_outside(self.app, before, ".html" if self.message.format == "html" else ".txt")
        except InputError as error:
            notify_plain(self.app, f"{error}{f': {error.hint}' if error.hint else ''}", failed=True)
            return
        found = read(text)
        if found.problems:
            self._outside = text
            self._answer(f"× {found.problems[0]}; the file is kept: the editor's key opens it again", _BAD)
            return
        self._outside = None
        self._fill(found.message)
        self.body.area.focus()

    def action_dry_run(self) -> None:
        """Try what is written on the last events."""
        from cio_tui.tui.screens.message_trial import MessageTrial

        self.app.push_screen(MessageTrial(self.message), self._event_chosen)

    def _event_chosen(self, activity_id: str | None) -> None:
        if activity_id is not None:
            self.side.go_to(activity_id)
            self._show_side(previewing=True)

    def action_compare(self) -> None:
        """What is written against what is saved, over the last events."""
        from cio_tui.tui.screens.message_compare import MessageCompare

        if self.number is None:
            self._answer("! nothing of it is saved yet: there is nothing to compare with", "$text-warning")
            return
        self.app.push_screen(
            MessageCompare(self._initial.message, self.message, "as it is saved", "as it is written"), self._event_chosen
        )
