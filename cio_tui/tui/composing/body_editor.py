"""The body of a message: a coloured text area whose margin says where something is wrong, and which completes what is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.document._document import Document
from textual.widgets import OptionList, TextArea
from textual.widgets.option_list import Option

from cio_tui.liquid.completion import Completion, complete
from cio_tui.liquid.known_paths import Known
from cio_tui.liquid.problems import Problem
from cio_tui.liquid.profiles import Profile
from cio_tui.tui.actions import bindings
from cio_tui.tui.liquid_area import LiquidArea
from cio_tui.tui.previewing.newest import Newest
from cio_tui.tui.previewing.shown import SIGNS_OF
from cio_tui.tui.text import visible

_MOST: Final = 60


@dataclass(frozen=True)
class Typed:
    """A text with the cursor in it."""

    text: str
    offset: int
    known: Known
    profile: Profile


class BodyEditor(Vertical):
    """The area with its marks, and what is offered below the cursor while Liquid is written."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("offers")
    DEFAULT_CSS = """
    BodyEditor {
        height: 1fr; min-height: 4;
        & LiquidArea { background: $panel; padding: 0; }
        & LiquidArea:focus { background-tint: $foreground 4%; }
        & OptionList {
            display: none; position: absolute; overlay: screen; constrain: inside inflect; height: auto; max-height: 8; width: 56;
            scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis;
            background: $panel-lighten-1; padding: 0 1; border: none;
        }
        & OptionList.-shown { display: block; }
    }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._first = text
        self._offered: Sequence[Completion] = ()
        self.known = Known()
        self.profile: Profile = "latest"
        self._newest: Newest[Typed, list[Completion]] = Newest(self, "complete", _completions, self._tell)

    def compose(self) -> ComposeResult:
        """The area, and what is offered."""
        yield LiquidArea(self._first, editable=True)
        offers = OptionList(compact=True)
        offers.can_focus = False
        yield offers

    @property
    def area(self) -> LiquidArea:
        """The text area."""
        return self.query_one(LiquidArea)

    @property
    def list(self) -> OptionList:
        """What is offered."""
        return self.query_one(OptionList)

    def as_html(self, html: bool) -> None:
        """Colour markup, too, or Liquid only."""
        self.area.as_html(html)

    def load(self, text: str) -> None:
        """Put another text into the area; nothing is offered for it."""
        with self.prevent(TextArea.Changed):
            self.area.load_text(text)
        self.close_offers()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Put a sign before each line that has a problem, and underline the place."""
        marks: dict[int, tuple[str, str]] = {}
        places: dict[int, tuple[int, int]] = {}
        for one in sorted(problems, key=lambda one: ("note", "warning", "error").index(one.severity)):
            marks[one.line] = SIGNS_OF[one.severity]
            if one.severity != "note":
                places[one.line] = (one.column - 1, one.column - 1 + max(1, one.length))
        self.area.mark_lines(marks)
        self.area.point_out(places)

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor on a place, counted from 1."""
        self.area.focus()
        self.area.go_to(line, column)

    @property
    def _document(self) -> Document:
        return cast(Document, self.area.document)

    @property
    def _typed(self) -> Typed:
        area = self.area
        offset = self._document.get_index_from_location(area.cursor_location)
        return Typed(area.text, offset, self.known, self.profile)

    @on(TextArea.Changed)
    def _changed(self) -> None:
        """Offer what may go on here, while somebody writes."""
        if self.area.has_focus:
            self._newest.ask(self._typed)

    @on(TextArea.SelectionChanged)
    def _moved(self) -> None:
        """What was offered belongs to where the cursor was."""
        if self.area.offering and not self._newest.busy:
            self._newest.ask(self._typed)

    def action_offer(self) -> None:
        """Offer what may stand at the cursor."""
        self._newest.ask(self._typed)

    def _tell(self, typed: Typed, found: Sequence[Completion] | None) -> None:
        if typed != self._typed:
            return
        exact = [one for one in found or () if typed.text[one.start : one.end] == one.text]
        only = exact and len(found or ()) == 1
        self._offered = () if only or not self.area.has_focus else (found or ())
        self.list.clear_options()
        self.list.add_options([Option(_shown(one)) for one in self._offered])
        self.area.offering = bool(self._offered)
        self.list.set_class(self.area.offering, "-shown")
        if self._offered:
            self.list.highlighted = self._offered.index(exact[0]) if exact else 0
            at = self.area.cursor_screen_offset - self.region.offset
            self.list.styles.offset = (max(0, at.x - 1), at.y + 1)

    def close_offers(self) -> bool:
        """Offer nothing any more; whether something was offered."""
        offering = self.area.offering
        self._newest.forget()
        self.area.offering = False
        self.list.remove_class("-shown")
        return offering

    @on(LiquidArea.OfferKey)
    def _offer_key(self, event: LiquidArea.OfferKey) -> None:
        event.stop()
        if event.key == "down":
            self.list.action_cursor_down()
        elif event.key == "up":
            self.list.action_cursor_up()
        elif event.key == "escape":
            self.close_offers()
        else:
            self._take(self.list.highlighted)

    @on(LiquidArea.Left)
    def _left(self, event: LiquidArea.Left) -> None:
        event.stop()
        self.close_offers()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take(event.option_index)
        self.area.focus()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    def _take(self, place: int | None) -> None:
        offered = self._offered
        self.close_offers()
        if place is None or place >= len(offered):
            return
        one, document = offered[place], self._document
        start, end = (document.get_location_from_index(index) for index in (one.start, one.end))
        self.area.replace(one.text, start, end)
        self.area.move_cursor(document.get_location_from_index(one.start + len(one.text)))


def _completions(typed: Typed) -> list[Completion]:
    return complete(typed.text, typed.offset, typed.known, typed.profile)[:_MOST]


def _shown(one: Completion) -> Content:
    return Content.assemble(Content(visible(one.label)), (f"  {visible(one.help)}" if one.help else "", "dim"))
