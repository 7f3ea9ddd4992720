"""Choosing a person: an input, and below it who is meant. Searched in a worker; chosen by enter or a click."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from cio_tui.model.errors import CioError
from cio_tui.model.people import Reference, called
from cio_tui.tui.actions import bindings
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.rows import Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible
from cio_tui.workspace.directory import Directory, PersonRow

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

MOST: Final = 50
"""How many are offered; typing more narrows them."""
_COLUMNS: Final = (
    Column("email", 0, sortable=False),
    Column("id", 12, sortable=False),
    Column("events", 6, right=True, sortable=False),
)


class PickerInput(PlainInput):
    """The input of a picker."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("picker")

    class Wanted(Message):
        """The hits are wanted (`down`), or the first of them (`enter`)."""

        def __init__(self, first: bool) -> None:
            super().__init__()
            self.first = first

    def action_hits(self) -> None:
        """Go down to the hits."""
        self.post_message(self.Wanted(first=False))

    def action_choose(self) -> None:
        """Take the first hit."""
        self.post_message(self.Wanted(first=True))


class Hits(VirtualTable):
    """The hits: a single click chooses, up from the first one leaves."""

    class LeftUpwards(Message):
        """The cursor went up from the first row."""

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        if rows < 0 and self.cursor == 0:
            self.post_message(self.LeftUpwards())
        else:
            super().action_move(rows)

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the mouse."""
        event.stop()
        event.prevent_default()
        place = int(self.scroll_offset.y) + event.y - 1
        if event.y > 0 and place < len(self.rows):
            self.cursor = place
            self.action_choose()


class PersonPicker(Widget):
    """An input with hits below, which show while the focus is here and nobody is chosen."""

    DEFAULT_CSS = """
    PersonPicker {
        height: auto; width: 1fr; layout: vertical;
        & .line { height: 1; }
        & .known { width: auto; max-width: 40%; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & Hits { height: 8; display: none; background: $panel; }
        &.-open Hits { display: block; }
    }
    """

    class Chosen(Message):
        """A person was chosen."""

        def __init__(self, picker: "PersonPicker", row: PersonRow) -> None:
            super().__init__()
            self.picker = picker
            self.row = row

        @property
        def control(self) -> "PersonPicker":
            """The picker."""
            return self.picker

    class Cleared(Message):
        """The text was changed: nobody is chosen any more."""

        def __init__(self, picker: "PersonPicker") -> None:
            super().__init__()
            self.picker = picker

        @property
        def control(self) -> "PersonPicker":
            """The picker."""
            return self.picker

    class Found(Message):
        """A worker has hits for a text."""

        def __init__(self, text: str, rows: Sequence[PersonRow]) -> None:
            super().__init__()
            self.text = text
            self.rows = rows

    def __init__(self, reference: Reference | None = None, *, id: str | None = None) -> None:  # noqa: A002  # Textual's word
        super().__init__(id=id)
        self._preset = reference
        self._chosen: PersonRow | None = None
        self._shown_text = ""
        self._hits: list[PersonRow] = []
        self._hits_for: str | None = None
        self._take_first = False

    def compose(self) -> ComposeResult:
        """The input with what is known of the chosen one, and the hits."""
        with Horizontal(classes="line"):
            yield PickerInput(placeholder="id, email, cio_… or a part of them")
            yield Static("", classes="known")
        yield Hits(_COLUMNS)

    def on_mount(self) -> None:
        """Choose whom the picker was made for."""
        if self._preset is not None:
            self.choose(self._preset)

    @property
    def input(self) -> PickerInput:
        """The input."""
        return self.query_one(PickerInput)

    @property
    def text(self) -> str:
        """What stands in the input."""
        return self.input.value.strip()

    @property
    def chosen(self) -> PersonRow | None:
        """The chosen person; None while the text is being changed."""
        return self._chosen

    @property
    def _directory(self) -> Directory:
        return cast("Console", self.app).workspace.directory

    def choose(self, reference: Reference) -> PersonRow | None:
        """Choose whom a reference means; when it means nobody, it stands in the input as text."""
        try:
            row = self._directory.person(reference)
        except CioError:
            self._show(None, called(reference))
            return None
        self._take(row)
        return row

    def clear(self) -> None:
        """Choose nobody."""
        self._show(None, "")

    def _take(self, row: PersonRow) -> None:
        self._show(row, row.person.label)
        self.remove_class("-open")
        self.post_message(self.Chosen(self, row))

    def _show(self, row: PersonRow | None, text: str) -> None:
        self._chosen = row
        self._shown_text = text
        self.input.value = text
        self.input.cursor_position = len(text)
        self.query_one(".known", Static).update(plain("" if row is None else _said(row)))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._chosen is not None and event.value != self._shown_text:
            self._chosen = None
            self.query_one(".known", Static).update("")
            self.post_message(self.Cleared(self))
        if self._chosen is None and self.input.has_focus:
            self._open()

    @on(events.DescendantFocus)
    def _entered(self) -> None:
        if self._chosen is None:
            self._open()

    @on(events.DescendantBlur)
    def _maybe_left(self) -> None:
        self.call_after_refresh(self._close_when_left)

    def _close_when_left(self) -> None:
        if not self.is_attached:
            return  # the dialog was closed meanwhile
        focused = self.screen.focused
        if focused is None or self not in focused.ancestors:
            self.remove_class("-open")

    def _open(self) -> None:
        self.add_class("-open")
        text = self.text
        if text != self._hits_for:
            self.run_worker(lambda: self._search(text), thread=True, exclusive=True, group="person-search", exit_on_error=False)

    def _search(self, text: str) -> None:
        worker = get_current_worker()
        try:
            rows = self._directory.search(text, MOST, lambda: worker.is_cancelled)
        except CioError:
            rows = []  # the list says that nobody was found; the verb that follows would tell of a broken file
        if not worker.is_cancelled:
            self.post_message(self.Found(text, rows))

    @on(Found)
    def _found(self, event: Found) -> None:
        event.stop()
        if event.text != self.text:
            return
        self._hits, self._hits_for = list(event.rows), event.text
        self.query_one(Hits).replace_rows(HeldRows(self._hits, lambda row: row.person.cio_id, _hit), stay=False)
        if self._chosen is None:
            self.query_one(".known", Static).update(plain("" if self._hits else "nobody"))
        if self._take_first:
            self._choose_first()

    @on(PickerInput.Wanted)
    def _wanted(self, event: PickerInput.Wanted) -> None:
        event.stop()
        if self._chosen is not None:
            if not event.first:
                self.screen.focus_next()
        elif event.first:
            self._choose_first()
        elif self._hits:
            self.query_one(Hits).focus()

    def _choose_first(self) -> None:
        """The first hit; when the search is still under way, as soon as it is there."""
        self._take_first = self._hits_for != self.text
        if not self._take_first and self._hits:
            self._take(self._hits[0])

    @on(Hits.LeftUpwards)
    def _back_to_input(self, event: Hits.LeftUpwards) -> None:
        event.stop()
        self.input.focus()

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()

    @on(VirtualTable.Chosen)
    def _hit_chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        row = next((row for row in self._hits if row.person.cio_id == event.key), None)
        if row is not None:
            self._take(row)
            self.input.focus()


def _hit(row: PersonRow) -> ShownRow:
    one = row.person
    return ShownRow((visible(one.email or ("" if one.id else one.label)), visible(one.id), f"{row.events:,}"))


def _said(row: PersonRow) -> str:
    other = row.person.id if row.person.email else ""
    events = f"{row.events:,} event{'' if row.events == 1 else 's'}"
    return f"● id {other} · {events}" if other else f"● {events}"
