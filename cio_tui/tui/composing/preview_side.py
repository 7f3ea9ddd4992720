"""The right side of the editor: for whom and with which event the message is rendered, and what comes of it."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message as Posted
from textual.widgets import Label, RadioSet, Static

from cio_tui.messages.definition import Message, Trigger
from cio_tui.tui.actions import bindings
from cio_tui.tui.choice import Choice
from cio_tui.tui.composing.drafts import Draft
from cio_tui.tui.json_editor import JsonEditor
from cio_tui.tui.person_picker import PersonPicker
from cio_tui.tui.previewing.panel import PreviewPanel
from cio_tui.tui.previewing.shown import Asked
from cio_tui.tui.previewing.stepping import EventLine, Sought
from cio_tui.tui.sending.drafts import editable_json
from cio_tui.tui.sending.reading import Problem, read_data
from cio_tui.tui.text import plain

_EMPTY: Final = Draft().data
_PICKED: Final = ("received", "own data")
TRIGGERED: Final[tuple[Trigger, ...]] = ("object", "transactional", "broadcast", "webhook")
"""What starts a message with data that its Liquid reads as `trigger`."""


class PreviewSide(Vertical):
    """Person, event, rendering. It asks for a rendering whenever one of them, or the message, is another one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("editor-preview")
    SCOPED_CSS = False
    DEFAULT_CSS = """
    PreviewSide {
        height: 1fr; padding: 0 0 0 1; border-left: solid $border-blurred;
        &:focus-within { border-left: solid $border; }
        & .field { height: auto; min-height: 1; }
        & .field > Label { width: 7; color: $text-muted; }
        & #event-kind { width: 24; }
        & EventLine { margin: 0 0 0 6; }
        & JsonEditor { height: 9; display: none; }
        &.-own JsonEditor { display: block; }
        &.-own EventLine { display: none; }
        &.-without-event .event, &.-without-event EventLine, &.-without-event JsonEditor { display: none; }
        & .trigger { color: $text-muted; height: 1; display: none; }
        &.-triggered .trigger, &.-triggered JsonEditor { display: block; }
        & PreviewPanel .verdict, & PreviewPanel .headers, & PreviewPanel .body-title { padding: 0; }
    }
    Screen.-narrow PreviewSide { border-left: none; padding: 0; }
    """

    class Stepped(Posted):
        """Nothing of the message, but of what it is rendered with was changed."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._message = draft.message
        self._sought: Sought | None = None
        self._at: str | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        with Horizontal(classes="field"):
            yield Label("For")
            yield PersonPicker(id="preview-person")
        with Horizontal(classes="field event"):
            yield Label("Event")
            yield Choice(_PICKED, id="event-kind")
        yield EventLine()
        yield Static(plain("Trigger, as what starts the message sends it"), classes="trigger")
        yield JsonEditor()
        yield PreviewPanel()

    def on_mount(self) -> None:
        """Show the draft."""
        self.fill(self._draft)

    def fill(self, draft: Draft) -> None:
        """Render with what a draft was tried with."""
        with self.prevent(JsonEditor.Changed, PersonPicker.Chosen, PersonPicker.Cleared):
            self.query_one(JsonEditor).text = draft.data
            picker = self.query_one(PersonPicker)
            picker.clear()
            if draft.person is not None:
                picker.choose({"cio_id": draft.person})
        self._turn(own=draft.own)
        self.ask(draft.message)

    @property
    def panel(self) -> PreviewPanel:
        """The rendering."""
        return self.query_one(PreviewPanel)

    @property
    def line(self) -> EventLine:
        """The past events."""
        return self.query_one(EventLine)

    @property
    def person(self) -> str | None:
        """The cio_id of who was chosen."""
        chosen = self.query_one(PersonPicker).chosen
        return None if chosen is None else chosen.person.cio_id

    @property
    def own(self) -> bool:
        """Whether the event is one that nobody has sent."""
        return self.query_one("#event-kind", Choice).index == 1

    @property
    def data(self) -> str:
        """The own event's data, as it is written."""
        return self.query_one(JsonEditor).text

    def _turn(self, *, own: bool) -> None:
        self.query_one("#event-kind", Choice).choose(int(own))
        self.set_class(own, "-own")

    def ask(self, message: Message) -> None:
        """Render another message; what is written is asked for at once, and only the newest is waited for."""
        self._message = message
        with_event = message.trigger == "event"
        self.set_class(not with_event, "-without-event")
        self.set_class(message.trigger in TRIGGERED, "-triggered")
        sought = Sought(message.event.strip(), self.person, self._at)
        if with_event and sought != self._sought:
            self._sought = sought
            self.line.seek(sought)
        else:
            self._preview()

    def go_to(self, activity_id: str) -> None:
        """Render with a past event."""
        self._at = activity_id
        self._turn(own=False)
        self.ask(self._message)
        self._at = None

    def _asked(self) -> Asked | None:
        with_event = self._message.trigger == "event"
        if not with_event and self._message.trigger not in TRIGGERED:
            return Asked(self._message, self.person)
        if self.own or not with_event:
            found = read_data(self.data)
            return None if isinstance(found, Problem) else self._with(found)
        entry = self.line.entry
        if entry is None:
            return Asked(self._message, self.person)
        return Asked(self._message, self.person or entry.activity.person, event=entry.activity.id)

    def _with(self, data: Mapping[str, Any]) -> Asked:
        """An event of one's own is for the person whose event it began as."""
        entry = self.line.entry
        return Asked(self._message, self.person or (entry.activity.person if entry is not None else None), data=data)

    def _preview(self) -> None:
        asked = self._asked()
        if asked is not None:
            self.panel.ask(asked)

    @on(EventLine.Chosen)
    @on(JsonEditor.Changed)
    def _other_event(self, event: Posted) -> None:
        event.stop()
        self._preview()

    @on(PersonPicker.Chosen)
    @on(PersonPicker.Cleared)
    def _other_person(self, event: Posted) -> None:
        event.stop()
        self.ask(self._message)

    @on(RadioSet.Changed, "#event-kind")
    def _kind_chosen(self, event: RadioSet.Changed) -> None:
        """An event of one's own begins as the one that was shown."""
        event.stop()
        own, entry = event.index == 1, self.line.entry
        self.set_class(own, "-own")
        editor = self.query_one(JsonEditor)
        if own and editor.text == _EMPTY and entry is not None:
            with self.prevent(JsonEditor.Changed):
                editor.text = editable_json(entry.activity.data)
        self._preview()

    def action_event(self, step: int) -> None:
        """An earlier event, or a later one."""
        if not self.own:
            self.line.step(step)
