"""The head of the builder: name and description, how the conditions combine, and which side of the form is shown."""

from typing import Final, get_args

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Label, RadioSet

from cio_tui.segments.conditions import Match
from cio_tui.segments.definition import Kind
from cio_tui.tui.building.drafts import Draft
from cio_tui.tui.choice import Choice
from cio_tui.tui.plain_input import PlainInput

_MATCHES: Final[tuple[Match, ...]] = get_args(Match)
_TITLES: Final = (*_MATCHES, "by hand")
SIDES: Final = ("rows", "yaml")


class Heading(Vertical):
    """The fields, filled from a draft."""

    DEFAULT_CSS = """
    Heading {
        height: auto;
        & .line { height: 1; }
        & Label { width: 7; color: $text-muted; }
        & #segment-description { width: 2fr; margin: 0 0 0 1; }
        & #side { width: 20; }
    }
    """

    class Changed(Message):
        """A field was changed."""

    class Turned(Message):
        """The other side of the form is wanted."""

        def __init__(self, side: str) -> None:
            super().__init__()
            self.side = side

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft

    def compose(self) -> ComposeResult:
        """Two lines."""
        with Horizontal(classes="line"):
            yield Label("Name")
            yield PlainInput(placeholder="what it is called", id="segment-name")
            yield PlainInput(placeholder="description", id="segment-description")
        with Horizontal(classes="line"):
            yield Label("Match")
            yield Choice(_TITLES, id="match")
            yield Choice(("Rows", "YAML"), id="side")

    def on_mount(self) -> None:
        """Show the draft."""
        self.fill(self._draft)

    def fill(self, draft: Draft) -> None:
        """Show a draft, without telling."""
        with self.prevent(Input.Changed):
            for field, text in ((self.name_input, draft.name), (self._description, draft.description)):
                if field.value != text:
                    field.value = text
        self.show_match(draft.kind, draft.outline.match)

    def show_match(self, kind: Kind, match: Match) -> None:
        """Show how the conditions combine."""
        place = len(_MATCHES) if kind == "manual" else _MATCHES.index(match)
        if self._match.index != place:
            self._match.choose(place)

    def show_side(self, side: str) -> None:
        """Show which side is shown."""
        self.query_one("#side", Choice).choose(SIDES.index(side))

    @property
    def name_input(self) -> PlainInput:
        """The name's input."""
        return self.query_one("#segment-name", PlainInput)

    @property
    def _description(self) -> PlainInput:
        return self.query_one("#segment-description", PlainInput)

    @property
    def _match(self) -> Choice:
        return self.query_one("#match", Choice)

    @property
    def segment_name(self) -> str:
        """The name as it is written."""
        return self.name_input.value

    @property
    def description(self) -> str:
        """The description as it is written."""
        return self._description.value

    @property
    def kind(self) -> Kind:
        """Whether conditions decide."""
        return "manual" if self._match.index == len(_MATCHES) else "data"

    @property
    def match(self) -> Match | None:
        """How the conditions combine; None for a manual segment."""
        return None if self.kind == "manual" else _MATCHES[self._match.index]

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field."""
        event.stop()
        self.screen.focus_next()

    @on(RadioSet.Changed)
    def _chosen(self, event: RadioSet.Changed) -> None:
        event.stop()
        if event.radio_set.id == "side":
            self.post_message(self.Turned(SIDES[event.index]))
        else:
            self.post_message(self.Changed())
