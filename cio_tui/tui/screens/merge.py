"""Merge a person into another: choose who goes, see by dry run what stays, and do it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Label, Static
from textual.worker import get_current_worker

from cio_tui.model.activity import ATTRIBUTE_CHANGE, PROFILE_MERGE
from cio_tui.model.errors import CioError
from cio_tui.model.people import Person
from cio_tui.model.receipts import Receipt
from cio_tui.tui.actions import bindings
from cio_tui.tui.attribute_rows import IDENTIFIERS
from cio_tui.tui.attribute_text import written
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.person_picker import PersonPicker
from cio_tui.tui.rows import DIMMED, NO_ROWS, Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible
from cio_tui.tui.would_do import BAD, FAINT
from cio_tui.workspace.directory import PersonRow

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

_BUTTONS = {
    "submit": ("form.submit", "Merge"),
    "dry_run": ("form.dry-run", "Preview"),
    "swap": ("", "Swap the two"),
    "close": ("form.close", "Close"),
}
_KEYS: Final = ("form.submit", "form.dry-run", "form.close")
_COLUMNS: Final = (
    Column("attribute", 16, sortable=False),
    Column("stays", 0, sortable=False),
    Column("goes", 0, sortable=False),
    Column(" ", 1, sortable=False),
    Column("after", 0, sortable=False),
)
FILLED: Final = "←"
KEPT: Final = "≠"


@dataclass(frozen=True, slots=True)
class Line:
    """One attribute of the two: its value in each, a sign for what happens (`FILLED`, `KEPT`, none), and what it will be."""

    name: str
    stays: Any
    goes: Any
    sign: str
    after: Any


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do."""

    secondary: PersonRow
    receipt: Receipt
    lines: tuple[Line, ...]
    said: str


def preview(primary: PersonRow, secondary: PersonRow, receipt: Receipt, anonymous: int) -> Preview:
    """Read the receipt of a merge's dry run."""
    merged = next((effect.detail["data"] for effect in receipt.effects if effect.kind == PROFILE_MERGE), None)
    if merged is None:
        return Preview(secondary, receipt, (), "; ".join(receipt.reasons))
    changes: dict[str, Any] = next((effect.detail["data"] for effect in receipt.effects if effect.kind == ATTRIBUTE_CHANGE), {})
    kept = set(merged["kept"])
    stays, goes = _all_of(primary.person), _all_of(secondary.person)
    lines = []
    for name in (*IDENTIFIERS, *sorted((stays.keys() | goes.keys()) - set(IDENTIFIERS))):
        after = changes[name]["to"] if name in changes else stays.get(name)
        sign = FILLED if name in changes else KEPT if name in kept else ""
        lines.append(Line(name, stays.get(name), goes.get(name), sign, after))
    behind = secondary.events - merged["events"]
    parts = [_counted(merged["events"], "event") + " of the last 30 days", _counted(merged["devices"], "device")]
    parts.append(_counted(anonymous, "anonymous id"))
    older = f"; {_counted(behind, 'older event')} {'stays' if behind == 1 else 'stay'} behind" if behind else ""
    return Preview(secondary, receipt, tuple(lines), f"{', '.join(parts)} move{older}. {secondary.person.label} is deleted.")


def _all_of(person: Person) -> dict[str, Any]:
    return {**{kind: person.get(kind) for kind in IDENTIFIERS if person.get(kind) is not None}, **person.attributes}


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


class MergeScreen(ModalScreen[Receipt | None]):
    """The form. It answers with the receipt of the merge, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [binding for binding in bindings("form") if getattr(binding, "id", None) in _KEYS]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    MergeScreen {
        align: center middle; background: $background 60%;
        & .frame {
            width: 110; max-width: 100%; height: 30; max-height: 94%; padding: 0 1;
            border: round $border; background: $surface; border-title-color: $foreground; border-title-style: bold;
        }
        & .who { height: auto; }
        & .who Label { width: 8; color: $text-muted; }
        & #summary { height: auto; margin: 1 0; }
        & .legend { height: 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    MergeScreen.-short { & .frame { border: none; max-height: 100%; } & #summary { margin: 0; } & .legend { display: none; } }
    """

    class Seen(Message):
        """A worker has a preview."""

        def __init__(self, seen: Preview) -> None:
            super().__init__()
            self.seen = seen

    class Merged(Message):
        """It is done, or was refused."""

        def __init__(self, receipt: Receipt) -> None:
            super().__init__()
            self.receipt = receipt

    class Failed(Message):
        """The workspace could not be asked."""

        def __init__(self, error: CioError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, primary: PersonRow) -> None:
        super().__init__()
        self.primary = primary
        self._merging = False
        self._seen: Preview | None = None

    @property
    def console(self) -> "Console":
        """The app, typed."""
        return cast("Console", self.app)

    @property
    def picker(self) -> PersonPicker:
        """Who goes."""
        return self.query_one(PersonPicker)

    def compose(self) -> ComposeResult:
        """Who stays and who goes, what becomes of each attribute, and the buttons."""
        with Vertical(classes="frame"):
            with Horizontal(classes="who"):
                yield Label("Stays")
                yield Static("", id="primary")
            with Horizontal(classes="who"):
                yield Label("Goes")
                yield PersonPicker()
            yield Static("", id="summary")
            yield VirtualTable(_COLUMNS, id="preview")
            yield Static(f"{FILLED} fills what was empty   {KEPT} both have one: the value of who stays wins", classes="legend")
            yield FormFoot(_BUTTONS)

    def on_mount(self) -> None:
        """Begin by asking who goes."""
        self._say_primary()
        self.picker.input.focus()

    def _say_primary(self) -> None:
        self.query_one(".frame").border_title = plain(f"Merge into {self.primary.person.label}")
        self.query_one("#primary", Static).update(
            plain(f"{self.primary.person.label}   {_counted(self.primary.events, 'event')}")
        )
        self._show(None, "choose who is merged into this person", FAINT)

    def _show(self, seen: Preview | None, said: str, style: str = "") -> None:
        self._seen = seen
        lines = () if seen is None else seen.lines
        self.query_one("#summary", Static).update(plain(said).stylize(style) if style else plain(said))
        self.query_one("#preview", VirtualTable).replace_rows(
            HeldRows(lines, lambda line: line.name, _shown) if lines else NO_ROWS, stay=False
        )
        self.query_one(FormFoot).answer("")

    @on(PersonPicker.Chosen)
    def _chosen(self, event: PersonPicker.Chosen) -> None:
        event.stop()
        self.look()

    @on(PersonPicker.Cleared)
    def _cleared(self, event: PersonPicker.Cleared) -> None:
        event.stop()
        self._show(None, "choose who is merged into this person", FAINT)

    def look(self) -> None:
        """Run the merge dry, in a worker."""
        secondary = self.picker.chosen
        if secondary is None:
            return
        self._show(None, "looking …", FAINT)
        primary, workspace = self.primary, self.console.workspace

        def work() -> Message:
            receipt = workspace.merge(_reference(primary), _reference(secondary), dry_run=True)
            claimed = workspace.directory.claimed_by(secondary.person.cio_id)
            return self.Seen(preview(primary, secondary, receipt, len(claimed)))

        self._work(work, "look")

    def _work(self, job: Any, group: str) -> None:
        def work() -> None:
            worker = get_current_worker()
            try:
                message: Message = job()
            except CioError as error:
                message = self.Failed(error)
            if not worker.is_cancelled:
                self.post_message(message)

        self.run_worker(work, thread=True, exclusive=group == "look", group=group, exit_on_error=False)

    @on(Seen)
    def _previewed(self, event: Seen) -> None:
        event.stop()
        chosen = self.picker.chosen
        if chosen is not None and chosen.person.cio_id == event.seen.secondary.person.cio_id:
            self._show(event.seen, event.seen.said, "" if event.seen.receipt.ok else BAD)

    def action_dry_run(self) -> None:
        """Look again."""
        self.look()

    def action_swap(self) -> None:
        """Let the other one stay."""
        secondary = self.picker.chosen
        if secondary is not None:
            before, self.primary = self.primary, secondary
            self._say_primary()
            self.picker.choose(_reference(before))

    def action_submit(self) -> None:
        """Merge, once it was seen what that does."""
        if self._seen is None or not self._seen.receipt.ok:
            self.query_one(FormFoot).answer("× choose somebody who can be merged", BAD)
        elif not self._merging:
            self._merging = True
            primary, secondary, workspace = self.primary, self._seen.secondary, self.console.workspace
            self._work(lambda: self.Merged(workspace.merge(_reference(primary), _reference(secondary))), "merge")

    @on(Merged)
    def _merged(self, event: Merged) -> None:
        event.stop()
        self._merging = False
        if event.receipt.ok:
            self.dismiss(event.receipt)
        else:
            self.query_one(FormFoot).answer(f"× {'; '.join(event.receipt.reasons)}", BAD)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        self._merging = False
        self._show(None, str(event.error), BAD)

    @on(VirtualTable.Highlighted)
    @on(VirtualTable.Chosen)
    def _nothing_more(self, event: Message) -> None:
        event.stop()

    def action_close(self) -> None:
        """Close without merging."""
        self.dismiss(None)


def _reference(row: PersonRow) -> dict[str, str]:
    return {"cio_id": row.person.cio_id}


def _shown(line: Line) -> ShownRow:
    stays, goes, after = (_value(line.name, value) for value in (line.stays, line.goes, line.after))
    return ShownRow((visible(line.name), stays, goes, line.sign, after), "" if line.sign else DIMMED)


def _value(name: str, value: Any) -> str:
    return "—" if value is None else visible(value if name in IDENTIFIERS else written(value))
