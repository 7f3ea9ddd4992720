"""What if a person were identified with an anonymous id: the dry run, and when it is wanted, the real one."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from cio_tui.model.errors import CioError
from cio_tui.model.instants import format_duration, format_instant
from cio_tui.model.limits import CAMPAIGN_WINDOW
from cio_tui.model.receipts import Effect, Receipt
from cio_tui.tui.actions import bindings
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.person_picker import PersonPicker
from cio_tui.tui.screens.dialog import Dialog
from cio_tui.tui.text import notify_plain, plain, visible
from cio_tui.workspace import Workspace
from cio_tui.workspace.directory import PersonRow


@dataclass(frozen=True, slots=True)
class Claim:
    """Who was chosen, what the dry run gave, and whether it is to be written."""

    row: PersonRow
    receipt: Receipt
    write: bool


class ClaimScreen(Dialog[Claim | None]):
    """Choose a person, see the effects. With `write` ctrl+s answers that it is to be done; escape never does."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("claim")
    DEFAULT_CSS = """
    ClaimScreen {
        & .effects { height: auto; max-height: 16; margin: 1 0; }
    }
    """

    class Judged(Message):
        """A dry run came back."""

        def __init__(self, row: PersonRow, receipt: Receipt) -> None:
            super().__init__()
            self.row = row
            self.receipt = receipt

    class Failed(Message):
        """A dry run could not be made."""

        def __init__(self, error: CioError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, anonymous_id: str, *, write: bool) -> None:
        super().__init__()
        self.anonymous_id = anonymous_id
        self.write = write
        self._judged: tuple[PersonRow, Receipt] | None = None

    @property
    def _workspace(self) -> Workspace:
        return self.app.workspace  # type: ignore[attr-defined,no-any-return]

    def compose(self) -> ComposeResult:
        """The picker, what would happen, and the answers."""
        with Vertical(classes="frame"):
            yield PersonPicker()
            with VerticalScroll(classes="effects", can_focus=False):
                yield Static("Choose a person to see what would happen. Nothing is written.", classes="said")
            identify = {"submit": ("claim.submit", "Identify")} if self.write else {}
            yield FormFoot({**identify, "close": ("dialog.close", "Close")})

    def on_mount(self) -> None:
        """Say which id this is about."""
        asked = "Identify as" if self.write else "What if"
        frame = self.query_one(".frame")
        frame.border_title = plain(f"{asked} · {self.anonymous_id}")
        frame.border_subtitle = None if self.write else plain("the answer stays in view")
        self.query_one(PersonPicker).query_one("Input").focus()

    @on(PersonPicker.Chosen)
    def _chosen(self, event: PersonPicker.Chosen) -> None:
        event.stop()
        row = event.row
        self.run_worker(lambda: self._judge(row), thread=True, exclusive=True, group="claim", exit_on_error=False)

    @on(PersonPicker.Cleared)
    def _cleared(self, event: PersonPicker.Cleared) -> None:
        event.stop()
        self._say(None)

    def _judge(self, row: PersonRow) -> None:
        worker = get_current_worker()
        try:
            receipt = self._workspace.identify({"cio_id": row.person.cio_id}, {"anonymous_id": self.anonymous_id}, dry_run=True)
        except CioError as error:
            self.post_message(self.Failed(error))
            return
        if not worker.is_cancelled:
            self.post_message(self.Judged(row, receipt))

    @on(Judged)
    def _show_judged(self, event: Judged) -> None:
        self._say((event.row, event.receipt))

    @on(Failed)
    def _show_failed(self, event: Failed) -> None:
        notify_plain(self.app, str(event.error), title="No dry run", failed=True)

    def _say(self, judged: tuple[PersonRow, Receipt] | None) -> None:
        self._judged = judged
        text = "Choose a person to see what would happen. Nothing is written."
        if judged is not None:
            text = "\n".join(outcome(judged[0].person.label, judged[1], self._workspace.now()))
        self.query_one(".effects .said", Static).update(Content(text))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """A what-if writes nothing."""
        return action != "submit" or self.write

    def action_submit(self) -> None:
        """Do it, once it was seen."""
        if self._judged is None:
            self.query_one(FormFoot).answer("× choose a person first", "$text-error")
        elif self._judged[1].ok:
            self.dismiss(Claim(*self._judged, write=True))

    def action_close(self) -> None:
        """Close; what a what-if found goes back with it."""
        if self._judged is None or self.write:
            self.dismiss(None)
        else:
            self.dismiss(Claim(*self._judged, write=False))


def outcome(person: str, receipt: Receipt, now: int) -> list[str]:
    """What a dry run says, a line each."""
    merged = [effect for effect in receipt.effects if effect.kind == "event_merged"]
    if not receipt.ok:
        return ["× It would be rejected", *(f"  {visible(reason)}" for reason in receipt.reasons)]
    head = f"→ {len(merged)} event{'' if len(merged) == 1 else 's'} would go to {visible(person)}"
    lines = [head if merged else "○ No event would be merged"]
    lines += [_merged_line(effect, now) for effect in merged]
    lines += [_effect_line(effect) for effect in receipt.effects if effect.kind not in ("event_merged", "anon_merge")]
    return lines + [f"! {visible(note)}" for note in receipt.notes]


def _merged_line(effect: Effect, now: int) -> str:
    at = int(effect.detail.get("timestamp", now))
    old = "  ! older than 72 h" if now - at > CAMPAIGN_WINDOW else ""
    name = visible(effect.detail.get("name"))
    return f"  ○ {format_instant(at)[5:-1]}  {name} → ● +{format_duration(now - at)}{old}"


def _effect_line(effect: Effect) -> str:
    data = effect.detail.get("data")
    names = ", ".join(visible(name) for name in data) if isinstance(data, dict) else ""
    return f"  {effect.kind} {names}".rstrip()
