"""The fields of a message above its body: name, what starts it, headers, format and profile."""

from dataclasses import replace
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal
from textual.content import Content
from textual.message import Message as Told
from textual.suggester import Suggester
from textual.widgets import Button, Input, Label, RadioSet

from cio_tui.liquid.profiles import PROFILES
from cio_tui.messages.definition import DEFAULT_TO, FORMATS, TRIGGERS, Message, Part, Trigger
from cio_tui.tui.choice import Choice
from cio_tui.tui.liquid_area import LiquidInput
from cio_tui.tui.name_field import NameField
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.screens.pick import Pick

HEADERS: Final[tuple[tuple[Part, str, str], ...]] = (
    ("subject", "Subject", "what the inbox shows"),
    ("preheader", "Preheader", "what stands beside the subject"),
    ("from", "From", "Shop <shop@example.com>"),
    ("reply_to", "Reply-To", "the address of From"),
    ("to", "To", DEFAULT_TO),
)
"""The parts that are one line, their titles, and what an empty one shows."""
STARTS: Final[dict[Trigger, str]] = {
    "event": "event.… is the event's data",
    "segment": "customer.… only",
    "date": "customer.… only",
    "object": "trigger.… is the object",
    "transactional": "trigger.… is what the call sends",
    "broadcast": "trigger.… is what the call sends",
    "webhook": "trigger.… is what the hook sends",
}
"""What starts a message, and what its Liquid sees then."""
_FORMAT_TITLES: Final = {"html": "HTML", "text": "text"}


class Fields(Grid):
    """Filled from a message and read back into one; the body is not here."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Fields {
        height: auto; grid-size: 1; grid-rows: 1; grid-gutter: 0 1;
        & .field { height: 1; }
        & .field > Label { width: 10; color: $text-muted; }
        & #starts { width: auto; min-width: 0; margin: 0 1 0 0; background: $panel; padding: 0; }
        & #starts:focus { background-tint: $foreground 8%; text-style: bold; }
        & #format { width: 16; }
    }
    Screen.-narrow Fields { grid-size: 2; & .wide { column-span: 2; } & .as > Label { width: 3; } & #format { width: 15; } }
    """

    class Changed(Told):
        """A field was changed."""

    def __init__(self, message: Message, suggester: Suggester | None = None) -> None:
        super().__init__()
        self._suggester = suggester
        self._first = message
        self._starts: Trigger = message.trigger

    def compose(self) -> ComposeResult:
        """A line each; on narrow screens the short ones stand side by side."""
        with Horizontal(classes="field"):
            yield Label("Name")
            yield PlainInput(placeholder="what it is called", id="message-name")
        with Horizontal(classes="field"):
            yield Label("Starts by")
            yield Button("", id="starts", compact=True)
            yield NameField()
        for part, title, hint in HEADERS:
            with Horizontal(classes="field wide" if part in ("subject", "preheader") else "field"):
                yield Label(title)
                yield LiquidInput(placeholder=hint, id=f"part-{part}", suggester=self._suggester)
        with Horizontal(classes="field as"):
            yield Label("As")
            yield Choice((_FORMAT_TITLES[one] for one in FORMATS), id="format")
            yield Choice(PROFILES, id="profile")

    def on_mount(self) -> None:
        """Show the message."""
        self.fill(self._first)

    def fill(self, message: Message) -> None:
        """Show a message, without telling."""
        with self.prevent(Input.Changed, NameField.Changed):
            self._put(self.name_input, message.name)
            self._put(self.event_field.input, message.event)
            for part, _, _ in HEADERS:
                self._put(self.part(part), message.part(part))
        self._choice("format").choose(FORMATS.index(message.format))
        self._choice("profile").choose(PROFILES.index(message.profile))
        self._show_starts(message.trigger)

    def _put(self, field: Input, text: str) -> None:
        if field.value != text:
            field.value = text

    def _choice(self, name: str) -> Choice:
        return self.query_one(f"#{name}", Choice)

    @property
    def name_input(self) -> PlainInput:
        """The name's input."""
        return self.query_one("#message-name", PlainInput)

    @property
    def event_field(self) -> NameField:
        """The name of the event that starts it."""
        return self.query_one(NameField)

    def part(self, part: Part) -> LiquidInput:
        """The input of a part."""
        return self.query_one(f"#part-{part}", LiquidInput)

    def read(self, body: str) -> Message:
        """The message that the fields say, with a body."""
        message = Message(
            name=self.name_input.value.strip(),
            body=body,
            format=FORMATS[self._choice("format").index],
            profile=PROFILES[self._choice("profile").index],
            trigger=self._starts,
            event=self.event_field.input.value if self._starts == "event" else "",
        )
        for part, _, _ in HEADERS:
            message = message.with_part(part, self.part(part).value)
        return message if message.to else replace(message, to="")

    def _show_starts(self, starts: Trigger) -> None:
        self._starts = starts
        self.query_one("#starts", Button).label = Content(f"{starts} ▾")
        self.event_field.display = starts == "event"

    @on(Button.Pressed, "#starts")
    def _choose_start(self, event: Button.Pressed) -> None:
        event.stop()

        def chosen(place: int | None) -> None:
            if place is not None:
                self._show_starts(TRIGGERS[place])
                self.post_message(self.Changed())

        self.app.push_screen(Pick("What starts it", [(one, STARTS[one]) for one in TRIGGERS]), chosen)

    @on(Input.Changed)
    @on(NameField.Changed)
    @on(RadioSet.Changed)
    def _changed(self, event: Told) -> None:
        event.stop()
        self.post_message(self.Changed())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field."""
        event.stop()
        self.screen.focus_next()
