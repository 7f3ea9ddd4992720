"""The snippet editor: a name, a text, and what is wrong with it."""

from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message as Posted
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static, TextArea

from cio_tui.liquid.problems import Problem
from cio_tui.model.errors import CioError, InputError
from cio_tui.model.receipts import Receipt
from cio_tui.tui.actions import bindings
from cio_tui.tui.composing.body_editor import BodyEditor
from cio_tui.tui.composing.drafts import snippet_drafts_of
from cio_tui.tui.external_editor import edit_outside
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.previewing.newest import Newest
from cio_tui.tui.previewing.problems import ProblemsView
from cio_tui.tui.previewing.shown import Told, problems_of_text
from cio_tui.tui.text import notify_plain, plain, visible
from cio_tui.workspace import Workspace

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

_BUTTONS: Final = {
    "submit": ("form.submit", "Save"),
    "external_editor": ("form.editor", "Editor"),
    "close": ("form.close", "Close"),
}
_NOT_HERE: Final = ("form.dry-run", "form.format")
_RULE: Final = "A message puts it in with {{ snippets.NAME }}. Its Liquid sees customer and event, not what the message assigns."


class SnippetEditor(ModalScreen[Receipt | None]):
    """The form, for a saved snippet by its name or for a new one. It answers with the receipt of what was saved, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in bindings("form") if getattr(binding, "id", None) not in _NOT_HERE
    ]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    SnippetEditor {
        align: center middle; background: $background 60%;
        & .frame {
            width: 100%; max-width: 120; height: 100%; max-height: 40; padding: 0 1;
            border: round $border; background: $surface; border-title-style: bold; border-title-color: $foreground;
            border-subtitle-color: $text-warning;
        }
        & .field { height: 1; & Label { width: 8; color: $text-muted; } }
        & .rule { height: auto; color: $text-muted; margin: 0 0 1 0; }
        & ProblemsView { height: 6; }
        & .said { height: auto; max-height: 3; display: none; }
        & .said.-shown { display: block; }
        & FormFoot { margin: 0; }
    }
    SnippetEditor.-short .frame { border: none; }
    """

    class Saved(Posted):
        """What saving came to."""

        def __init__(self, answer: Receipt | CioError) -> None:
            super().__init__()
            self.answer = answer

    def __init__(self, name: str | None = None, *, at: Told | None = None) -> None:
        super().__init__()
        self._saved_name = name
        self._at = at
        self._initial = ("", "")
        self._missing = ""
        self._saving = False
        self._newest: Newest[str, list[Problem]] = Newest(self, "problems", problems_of_text, self._tell)

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return cast("Console", self.app).workspace

    def compose(self) -> ComposeResult:
        """Name, text, problems, buttons."""
        if self._saved_name is not None:
            try:
                self._initial = (self._saved_name, self.workspace.messages.snippet(self._saved_name).text)
            except CioError as error:
                self._missing = str(error)
        name, text = snippet_drafts_of(self.workspace).get(self._saved_name, self._initial)
        with Vertical(classes="frame"):
            with Horizontal(classes="field"):
                yield Label("Name")
                yield PlainInput(name, placeholder="footer", id="snippet-name", disabled=self._saved_name is not None)
            yield Static(plain(_RULE), classes="rule")
            yield BodyEditor(text)
            yield ProblemsView()
            yield Static("", classes="said")
            yield FormFoot(_BUTTONS)

    def on_mount(self) -> None:
        """Title, draft, problems."""
        frame = self.query_one(".frame")
        if self._missing:
            notify_plain(self.app, self._missing, failed=True)
            self.dismiss(None)
            return
        frame.border_title = plain("New snippet" if self._saved_name is None else f"Snippet {self._saved_name}")
        if self._saved_name in snippet_drafts_of(self.workspace):
            frame.border_subtitle = plain("draft restored, ctrl+n starts anew")
        if self._saved_name is None and not self._name_input.value:
            self._name_input.focus()
        else:
            self._body.area.focus()
        if self._at is not None:
            self._body.go_to(self._at.problem.line, self._at.problem.column)
        self._newest.ask(self._body.area.text)

    @property
    def _name_input(self) -> PlainInput:
        return self.query_one("#snippet-name", PlainInput)

    @property
    def _body(self) -> BodyEditor:
        return self.query_one(BodyEditor)

    @property
    def _written(self) -> tuple[str, str]:
        return self._name_input.value, self._body.area.text

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._answer("")
        self._newest.ask(self._body.area.text)

    @on(Input.Changed)
    @on(Input.Submitted)
    def _named(self, event: Input.Changed | Input.Submitted) -> None:
        event.stop()
        if isinstance(event, Input.Submitted):
            self._body.area.focus()

    def _tell(self, text: str, found: list[Problem] | None) -> None:
        if text == self._body.area.text:
            self._body.show_problems(found or [])
            self.query_one(ProblemsView).show([Told("body", problem) for problem in found or []])

    @on(ProblemsView.Wanted)
    def _wanted(self, event: ProblemsView.Wanted) -> None:
        event.stop()
        self._body.go_to(event.told.problem.line, event.told.problem.column)

    def _answer(self, text: str, style: str = "") -> None:
        said = self.query_one(".said", Static)
        said.set_class(bool(text), "-shown")
        said.update(Content.styled(visible(text), style))

    def action_submit(self) -> None:
        """Save."""
        if self._saving:
            return
        self._saving = True
        (name, text), workspace, new = self._written, self.workspace, self._saved_name is None

        def work() -> None:
            answer: Receipt | CioError
            try:
                if new and name.strip() in {one.name for one in workspace.messages.snippets()}:
                    raise InputError(f"there is a snippet {name.strip()!r} already")
                answer = workspace.save_snippet(name.strip(), text)
            except CioError as error:
                answer = error
            self.post_message(self.Saved(answer))

        self.run_worker(work, thread=True, group="save", exit_on_error=False)

    @on(Saved)
    def _saved(self, event: Saved) -> None:
        event.stop()
        self._saving, answer = False, event.answer
        if isinstance(answer, CioError) or not answer.ok:
            reasons = str(answer) if isinstance(answer, CioError) else "; ".join(answer.reasons)
            self._answer(f"× {reasons}", "$text-error")
        else:
            snippet_drafts_of(self.workspace).pop(self._saved_name, None)
            self.dismiss(answer)

    def action_close(self) -> None:
        """Close, keeping what was written for the next time."""
        if self._saving:
            return
        drafts = snippet_drafts_of(self.workspace)
        if self._written == self._initial:
            drafts.pop(self._saved_name, None)
        else:
            drafts[self._saved_name] = self._written
            notify_plain(self.app, "the draft is kept until the editor is opened again")
        self.dismiss(None)

    def action_new(self) -> None:
        """Forget the draft, and begin as without it."""
        snippet_drafts_of(self.workspace).pop(self._saved_name, None)
        self.query_one(".frame").border_subtitle = None
        self._name_input.value, text = self._initial
        self._body.area.load_text(text)

    def action_external_editor(self) -> None:
        """The text in the person's own editor."""
        try:
            text = edit_outside(self.app, self._body.area.text, ".html")
        except InputError as error:
            notify_plain(self.app, f"{error}{f': {error.hint}' if error.hint else ''}", failed=True)
            return
        if text != self._body.area.text:
            self._body.area.load_text(text)
        self._body.area.focus()
