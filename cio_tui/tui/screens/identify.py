"""Add a person, or edit one person's attributes: a row for each, and below what it would do, by dry run at every change."""

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static
from textual.worker import get_current_worker

from cio_tui.model.errors import CioError, InputError
from cio_tui.model.json_values import parse_object
from cio_tui.model.people import Identifier, Reference
from cio_tui.model.receipts import Receipt
from cio_tui.tui.actions import bindings
from cio_tui.tui.attribute_rows import IDENTIFIERS, AttributeRows, Draft
from cio_tui.tui.external_editor import edit_outside
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.sending.drafts import editable_json
from cio_tui.tui.text import notify_plain, plain
from cio_tui.tui.would_do import BAD, FAINT, GOOD, ODD, Line, as_content, would_do
from cio_tui.workspace.directory import PersonRow

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

_BUTTONS = {
    "submit": ("form.submit", "Save"),
    "dry_run": ("form.dry-run", "Dry run"),
    "external_editor": ("form.editor", "Editor"),
    "close": ("form.close", "Close"),
}
_NOT_HERE = ("form.format",)
Asked = tuple[Reference, dict[str, Any]]


class IdentifyScreen(ModalScreen[Receipt | None]):
    """The form. It answers with the receipt of what was saved, or with None; a draft is kept in `drafts` when it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in bindings("form") if getattr(binding, "id", None) not in _NOT_HERE
    ]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    IdentifyScreen {
        align: center middle; background: $background 60%;
        & .frame {
            width: 92; max-width: 100%; height: auto; max-height: 94%; padding: 0 1;
            border: round $border; background: $surface; border-subtitle-color: $text-warning;
            border-title-color: $foreground; border-title-style: bold;
        }
        & .who { height: 1; margin: 0 0 1 0; }
        & .who Label { width: 9; color: $text-muted; }
        & .rows { height: auto; max-height: 14; }
        & .hint { height: auto; color: $text-muted; margin: 1 0 0 0; }
        & .would-title { height: 1; color: $text-muted; text-style: bold; margin: 1 0 0 0; }
        & .would { height: auto; max-height: 8; min-height: 2; scrollbar-size-vertical: 1; }
        & .would Static { height: auto; }
    }
    IdentifyScreen.-narrow .rows { max-height: 9; }
    IdentifyScreen.-narrow .would { max-height: 4; }
    IdentifyScreen.-short { & .frame { border: none; max-height: 100%; } & .rows { max-height: 5; } & .hint { display: none; } }
    """

    class Judged(Message):
        """The workspace has said what it would do."""

        def __init__(self, asked: Asked, receipt: Receipt) -> None:
            super().__init__()
            self.asked = asked
            self.receipt = receipt

    class Failed(Message):
        """The workspace could not be asked."""

        def __init__(self, error: CioError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, row: PersonRow | None, drafts: MutableMapping[str, Draft]) -> None:
        super().__init__()
        self._person = None if row is None else row.person
        self._drafts = drafts
        self._key = "" if self._person is None else self._person.cio_id
        self._draft = drafts.get(self._key, Draft())
        self._saving = False

    @property
    def console(self) -> "Console":
        """The app, typed."""
        return cast("Console", self.app)

    @property
    def form(self) -> AttributeRows:
        """The rows."""
        return self.query_one(AttributeRows)

    def compose(self) -> ComposeResult:
        """Who, the rows, what it would do, and the buttons."""
        with Vertical(classes="frame"):
            if self._person is None:
                with Horizontal(classes="who"):
                    yield Label("Person")
                    yield PlainInput(self._draft.person, placeholder="an id or an email", id="who")
            yield self._rows(self._draft)
            yield Static("JSON, or else text; in quotes it is text, empty removes it", classes="hint")
            yield Static("Would do", classes="would-title")
            with VerticalScroll(classes="would", can_focus=False):
                yield Static("")
            yield FormFoot(_BUTTONS)

    def _rows(self, draft: Draft) -> AttributeRows:
        person = self._person
        identifiers: dict[str, str] = {} if person is None else {kind: person.get(kind) or "" for kind in IDENTIFIERS}
        rows = AttributeRows(identifiers, {} if person is None else person.attributes, draft)
        rows.add_class("rows")
        return rows

    def on_mount(self) -> None:
        """Title, focus, first verdict."""
        frame = self.query_one(".frame")
        frame.border_title = plain("Add a person" if self._person is None else f"Edit {self._person.label}")
        self._say_draft(restored=self._draft != Draft())
        self.call_after_refresh(self._begin)

    def _say_draft(self, *, restored: bool) -> None:
        self.query_one(".frame").border_subtitle = plain("draft restored, ctrl+n starts anew") if restored else None

    def _begin(self) -> None:
        fields = self.query(PlainInput)
        edited = self._person is not None and not self._draft.typed
        (fields[min(len(IDENTIFIERS), len(fields) - 1)] if edited else fields.first()).focus()
        self.judge()

    @on(AttributeRows.Changed)
    def _rows_changed(self, event: AttributeRows.Changed) -> None:
        event.stop()
        self._typed()

    @on(Input.Changed, "#who")
    def _who_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._typed()

    def _typed(self) -> None:
        self.query_one(FormFoot).answer("")
        self.judge()

    @on(Input.Submitted, "#who")
    def _who_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def _who(self) -> str:
        return "" if self._person is not None else self.query_one("#who", PlainInput).value.strip()

    def _asked(self) -> Asked | str:
        """The call that the form stands for, or why there is none."""
        problems = self.form.problems()
        if problems:
            return "; ".join(problems)
        if self._person is not None:
            return {"cio_id": self._person.cio_id}, self.form.changes()
        try:
            Identifier.of(self._who())
        except InputError as error:
            return "who: an id or an email is missing" if not self._who() else str(error)
        return self._who(), self.form.changes()

    def judge(self) -> None:
        """Say what it would do, by dry run in a worker."""
        asked = self._asked()
        if isinstance(asked, str):
            empty = self.form.draft(self._who()) == Draft()
            self._say([(f"{'–' if empty else '×'} {asked}", FAINT if empty else BAD)])
        elif self._person is not None and not asked[1]:
            self._say([("– nothing is changed yet", FAINT)])
        else:
            self._work(asked, dry_run=True)

    def _work(self, asked: Asked, *, dry_run: bool) -> None:
        workspace, only = self.console.workspace, self._person is not None

        def work() -> None:
            worker = get_current_worker()
            try:
                receipt = workspace.identify(asked[0], asked[1], update_only=only, dry_run=dry_run)
            except CioError as error:
                message: Message = self.Failed(error)
            else:
                message = self.Judged(asked, receipt)
            if not worker.is_cancelled:
                self.post_message(message)

        self.run_worker(work, thread=True, exclusive=dry_run, group="judge" if dry_run else "save", exit_on_error=False)

    @on(Judged)
    def _judged(self, event: Judged) -> None:
        event.stop()
        if not event.receipt.dry_run:
            self._saved(event.receipt)
        elif event.asked == self._asked():
            lines = would_do(event.receipt)
            if self._person is None and event.receipt.ok and ("✓ adds a person", GOOD) not in lines:
                lines.insert(0, ("! somebody has this identifier already: it changes that person", ODD))
            self._say([*((f"! {said}", ODD) for said in self.form.doubts()), *lines])

    def _saved(self, receipt: Receipt) -> None:
        self._saving = False
        if receipt.ok:
            self._drafts.pop(self._key, None)
            self.dismiss(receipt)
        else:
            self._say(would_do(receipt))
            logged = "; the log has it as a failed change" if receipt.effects else ""
            self.query_one(FormFoot).answer(f"× not saved{logged}", BAD)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        self._saving = False
        self._say([(f"× {event.error}", BAD)])

    def _say(self, lines: list[Line]) -> None:
        self.query_one(".would Static", Static).update(as_content(lines))

    def action_dry_run(self) -> None:
        """Ask again what it would do, and say that it was asked."""
        self.judge()
        self.query_one(FormFoot).answer("dry run: nothing was written", FAINT)

    def action_submit(self) -> None:
        """Save, when there is something to save."""
        asked = self._asked()
        if isinstance(asked, str):
            self.query_one(FormFoot).answer(f"× not saved: {asked}", BAD)
        elif self._person is not None and not asked[1]:
            self.query_one(FormFoot).answer("– nothing is changed yet", FAINT)
        elif not self._saving:
            self._saving = True
            self._work(asked, dry_run=False)

    async def action_external_editor(self) -> None:
        """All attributes as JSON in the person's own editor."""
        before = editable_json(self.form.as_json())
        try:
            text = edit_outside(self.app, before, ".json")
            if text.strip() != before.strip():
                await self.form.take_json(parse_object(text, "what the editor left"))
        except InputError as error:
            notify_plain(self.app, f"{error}{f': {error.hint}' if error.hint else ''}", failed=True)

    async def action_new(self) -> None:
        """Forget what was typed, and begin as without it."""
        self._drafts.pop(self._key, None)
        self._draft = Draft()
        self._say_draft(restored=False)
        if self._person is None:
            self.query_one("#who", PlainInput).value = ""
        old = self.form
        await self.query_one(".frame").mount(self._rows(self._draft), before=old)
        await old.remove()
        self._begin()

    def action_close(self) -> None:
        """Close; what was typed is kept for the next time."""
        draft = self.form.draft(self._who())
        if draft == Draft():
            self._drafts.pop(self._key, None)
        else:
            self._drafts[self._key] = draft
            notify_plain(self.app, "the draft is kept until the form is opened again")
        self.dismiss(None)
