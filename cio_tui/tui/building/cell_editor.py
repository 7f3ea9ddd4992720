"""The cell that is being edited: an input over it, and below it what it is offered."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from cio_tui.tui.actions import bindings
from cio_tui.tui.building.completing import Offer
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.text import visible

_LEAST_WIDTH = 26


class CellInput(PlainInput):
    """The input."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("cell")

    class Stepped(Message):
        """The next offer, or the one before, is wanted."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Ended(Message):
        """The cell is done; another one is wanted, `step` cells on."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Left(Message):
        """The focus went elsewhere."""

    def action_offer(self, step: int) -> None:
        """Go through the offers."""
        self.post_message(self.Stepped(step))

    def action_leave(self, step: int) -> None:
        """The cell is done."""
        self.post_message(self.Ended(step))

    def on_blur(self, _: events.Blur) -> None:
        """Tell."""
        self.post_message(self.Left())


class CellEditor(Vertical):
    """The input with its offers. `picks` says that a text which is none of the offers stands for the first of them."""

    DEFAULT_CSS = """
    CellEditor {
        layer: cells; display: none; height: 1; width: 30;
        &.-shown { display: block; }
        & CellInput { background: $panel-lighten-2; padding: 0; }
        & OptionList {
            display: none; overlay: screen; constrain: inside inflect; height: auto; max-height: 8; width: 44;
            scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis;
            background: $panel-lighten-1; padding: 0 1;
        }
        & OptionList.-shown { display: block; }
    }
    """

    class Changed(Message):
        """Another text."""

    class Ended(Message):
        """The cell is done: `text` is to stand in it, and `step` says which cell comes next, 0 for none."""

        def __init__(self, text: str, step: int) -> None:
            super().__init__()
            self.text = text
            self.step = step

    def __init__(self) -> None:
        super().__init__()
        self.open = False
        self.picks = False
        self._before = ""
        self._offers: Sequence[Offer] = ()

    def compose(self) -> ComposeResult:
        """Input, offers."""
        yield CellInput()
        listed = OptionList(compact=True)
        listed.can_focus = False
        yield listed

    @property
    def input(self) -> CellInput:
        """The input."""
        return self.query_one(CellInput)

    @property
    def list(self) -> OptionList:
        """The offers."""
        return self.query_one(OptionList)

    @property
    def typed(self) -> str:
        """What was typed; nothing while the text is as it was, so that all there is is offered."""
        return "" if self.input.value == self._before else self.input.value

    def begin(self, text: str, region: Region, room: int, *, picks: bool) -> None:
        """Edit a cell that is drawn there, within a pane of that width."""
        self.open, self.picks, self._before = True, picks, text
        width = min(room, max(_LEAST_WIDTH, region.width + 1))
        self.styles.width = width
        self.styles.offset = (max(0, min(region.x, room - width)), region.y)
        self.add_class("-shown")
        with self.prevent(Input.Changed):
            self.input.value = text
        self.input.focus()
        self.input.action_select_all()

    def end(self) -> None:
        """Go out of sight."""
        self.open = False
        self.remove_class("-shown")
        self.list.remove_class("-shown")

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show what the cell is offered."""
        only = len(offers) == 1 and offers[0].text == self.input.value
        self._offers = () if only else offers
        self.list.clear_options()
        self.list.add_options([Option(_shown(offer)) for offer in self._offers])
        self.list.set_class(self.open and bool(self._offers), "-shown")
        if self.picks and self._offers:
            same = [place for place, offer in enumerate(self._offers) if offer.text == self.input.value]
            self.list.highlighted = same[0] if same else 0

    @property
    def result(self) -> str:
        """The text for the cell: the highlighted offer, or what was typed."""
        place = self.list.highlighted
        if place is not None and place < len(self._offers) and self.list.has_class("-shown"):
            return self._offers[place].text
        return self.input.value

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.open:
            self.post_message(self.Changed())

    @on(CellInput.Stepped)
    def _stepped(self, event: CellInput.Stepped) -> None:
        event.stop()
        if event.step > 0:
            self.list.action_cursor_down()
        else:
            self.list.action_cursor_up()

    @on(CellInput.Ended)
    def _ended(self, event: CellInput.Ended) -> None:
        event.stop()
        if self.open:
            self.post_message(self.Ended(self.result, event.step))

    @on(CellInput.Left)
    def _left(self, event: CellInput.Left) -> None:
        event.stop()
        if self.open and not self.input.has_focus:
            self.post_message(self.Ended(self.input.value, 0))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.open and event.option_index < len(self._offers):
            self.post_message(self.Ended(self._offers[event.option_index].text, 1))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()


def _shown(offer: Offer) -> Content:
    return Content.assemble(Content(visible(offer.text)), (f"  {visible(offer.note)}" if offer.note else "", "dim"))
