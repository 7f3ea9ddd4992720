"""Choosing several people, to put into a manual segment or to take out of one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from cio_tui.tui.actions import bindings
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.person_picker import PersonPicker
from cio_tui.tui.rows import Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

_COLUMNS: Final = (Column("chosen", 0, sortable=False),)
_ASK: Final = "Nobody yet: type above, enter takes the first hit"


class SegmentPeople(ModalScreen[list[str] | None]):
    """Answers with the cio_ids of those who were chosen, or None; `done` names what comes of it.

    Enter on one who is chosen lets them go again.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in bindings("form") if getattr(binding, "id", None) in ("form.submit", "form.close")
    ]
    DEFAULT_CSS = """
    SegmentPeople {
        align: center middle; background: $background 60%;
        & .frame {
            width: 72; max-width: 96%; height: 26; max-height: 94%; padding: 0 1;
            border: round $border; background: $surface; border-title-color: $foreground; border-title-style: bold;
        }
        & .count { height: 1; color: $text-muted; margin: 1 0 0 0; }
    }
    """

    def __init__(self, title: str, done: str, people: Sequence[str] = ()) -> None:
        super().__init__()
        self._title = title
        self._done = done
        self._people = list(people)

    def compose(self) -> ComposeResult:
        """The picker, those who are chosen, the buttons."""
        with Vertical(classes="frame") as frame:
            frame.border_title = plain(self._title)
            yield PersonPicker()
            yield Static("", classes="count")
            yield VirtualTable(_COLUMNS, empty=_ASK, classes="chosen")
            yield FormFoot({"submit": ("form.submit", self._done), "close": ("form.close", "Close")})

    def on_mount(self) -> None:
        """Ready to search."""
        self._show()
        self.query_one(PersonPicker).input.focus()

    def _show(self) -> None:
        label = cast("Console", self.app).workspace.directory.label
        rows = HeldRows(tuple(self._people), str, lambda person: ShownRow((visible(label(person)),)))
        self.query_one(".chosen", VirtualTable).replace_rows(rows)
        count = len(self._people)
        self.query_one(FormFoot).answer("")
        self.query_one(".count", Static).update(plain(f"{count:,} {'person' if count == 1 else 'people'}"))

    @on(PersonPicker.Chosen)
    def _chosen(self, event: PersonPicker.Chosen) -> None:
        event.stop()
        person = event.row.person.cio_id
        if person not in self._people:
            self._people.append(person)
        self._show()
        event.picker.clear()

    @on(PersonPicker.Cleared)
    @on(VirtualTable.Highlighted)
    @on(VirtualTable.SortAsked)
    def _nothing_more(self, event: PersonPicker.Cleared | VirtualTable.Highlighted | VirtualTable.SortAsked) -> None:
        event.stop()

    @on(VirtualTable.Chosen, ".chosen")
    def _let_go(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        if event.key is not None:
            self._people.remove(event.key)
            self._show()

    def action_submit(self) -> None:
        """Answer with those who are chosen."""
        if self._people:
            self.dismiss(self._people)
        else:
            self.query_one(FormFoot).answer("× choose somebody", "$text-error")

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
