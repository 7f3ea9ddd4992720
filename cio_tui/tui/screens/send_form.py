"""The left side of the send form: the fields, filled from a draft and read back into one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label, RadioSet, Static

from cio_tui.model.activity import EVENT_TYPES
from cio_tui.model.errors import InputError
from cio_tui.model.instants import format_instant
from cio_tui.model.people import CIO_PREFIX
from cio_tui.tui.choice import Choice
from cio_tui.tui.json_editor import JsonEditor
from cio_tui.tui.name_field import NameField
from cio_tui.tui.person_picker import PersonPicker
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.sending.drafts import OWNER_KINDS, Draft
from cio_tui.tui.sending.reading import Problem, read_timestamp
from cio_tui.tui.text import plain
from cio_tui.workspace.index_reader import EventRow

_OWNER_TITLES: Final = {"person": "person", "anonymous": "anonymous id", "invite": "invite"}


class SendForm(Vertical):
    """Whose, what, when, and with which data."""

    DEFAULT_CSS = """
    SendForm {
        & .field { height: auto; min-height: 1; }
        & .field > Label { width: 11; color: $text-muted; }
        & .owner { display: none; }
        & .owner.-shown { display: block; }
        & .beside { width: 25; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & .beside.-wrong { color: $text-error; }
        & > .problem { height: auto; padding: 0 0 0 11; color: $text-error; display: none; }
        & > .problem.-shown { display: block; }
        & #data-title { color: $text-muted; height: 1; }
    }
    """

    class Changed(Message):
        """A field was changed."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._told: Draft | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom in the order of tab."""
        with Horizontal(classes="field"):
            yield Label("For")
            yield Choice(_OWNER_TITLES.values(), id="owner-kind")
        with Horizontal(classes="field"):
            yield Label("")
            yield PersonPicker(id="person")
            yield PlainInput(placeholder="the anonymous id", id="anonymous", classes="owner")
            yield PlainInput(placeholder="an address; empty: data.recipient", id="invite", classes="owner")
        yield Static("", classes="problem", id="owner-problem")
        with Horizontal(classes="field"):
            yield Label("Name")
            yield NameField()
        yield Static("", classes="problem", id="name-problem")
        with Horizontal(classes="field"):
            yield Label("Type")
            yield Choice(EVENT_TYPES, id="type")
        with Horizontal(classes="field"):
            yield Label("Timestamp")
            yield PlainInput(placeholder="now", id="timestamp")
            yield Static("", classes="beside", id="instant")
        yield Static("", classes="problem", id="timestamp-problem")
        with Horizontal(classes="field"):
            yield Label("Id")
            yield PlainInput(placeholder="a new ULID", id="id")
        yield Static("", classes="problem", id="id-problem")
        yield Static("Data", id="data-title")
        yield JsonEditor()

    def on_mount(self) -> None:
        """Show the draft."""
        self.query_one(PersonPicker).add_class("owner")
        self.fill(self._draft)

    @property
    def _now(self) -> int:
        return cast(int, self.app.workspace.now())  # type: ignore[attr-defined]

    def fill(self, draft: Draft) -> None:
        """Put a draft into the fields; one Changed for all."""
        self._draft = draft
        with self.prevent(Input.Changed, JsonEditor.Changed, NameField.Changed):
            self.query_one("#owner-kind", Choice).choose(OWNER_KINDS.index(draft.owner))
            self.query_one("#type", Choice).choose(EVENT_TYPES.index(draft.type))
            self._input("anonymous").value = draft.anonymous_id
            self._input("invite").value = draft.invite
            self.query_one(NameField).input.value = draft.name
            self._input("timestamp").value = draft.timestamp
            self._input("id").value = draft.id
            self.editor.text = draft.data
            picker = self.query_one(PersonPicker)
            picker.clear()
            if draft.person:
                picker.choose(draft.person)
        self._show_owner(draft.owner)
        self._tell()

    def _input(self, name: str) -> PlainInput:
        return self.query_one(f"#{name}", PlainInput)

    @property
    def editor(self) -> JsonEditor:
        """The data."""
        return self.query_one(JsonEditor)

    @property
    def draft(self) -> Draft:
        """What stands in the fields now."""
        return replace(
            self._draft,
            owner=OWNER_KINDS[self.query_one("#owner-kind", Choice).index],
            person=self._person,
            anonymous_id=self._input("anonymous").value,
            invite=self._input("invite").value,
            name=self.query_one(NameField).input.value,
            type=EVENT_TYPES[self.query_one("#type", Choice).index],
            timestamp=self._input("timestamp").value,
            id=self._input("id").value,
            data=self.editor.text,
        )

    @property
    def _person(self) -> str:
        """Whom the picker means: who was chosen, else what is written there."""
        picker = self.query_one(PersonPicker)
        return picker.text if picker.chosen is None else f"{CIO_PREFIX}{picker.chosen.person.cio_id}"

    @property
    def person_id(self) -> str | None:
        """The cio_id of who was chosen; None for everybody else."""
        chosen = self.query_one(PersonPicker).chosen
        return None if chosen is None or self.draft.owner != "person" else chosen.person.cio_id

    def know(self, events: Sequence[EventRow]) -> None:
        """Let the name be completed from the data index."""
        self.query_one(NameField).know(events)

    def _show_owner(self, owner: str) -> None:
        for field in self.query(".owner"):
            field.set_class(field.id == owner, "-shown")

    @on(RadioSet.Changed, "#owner-kind")
    def _owner_chosen(self) -> None:
        self._show_owner(
            self.draft.owner
        )  # not the event's: the first choice of an empty form may be told after another was made

    @on(events.DescendantBlur)
    def _left(self) -> None:
        """A picker says nothing of what is written there until someone is chosen."""
        if self._told != self.draft:
            self._tell()

    @on(PersonPicker.Chosen)
    @on(PersonPicker.Cleared)
    @on(RadioSet.Changed)
    @on(Input.Changed, "#anonymous,#invite,#timestamp,#id")
    @on(NameField.Changed)
    @on(JsonEditor.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        self._tell()

    def _tell(self) -> None:
        self._told = self.draft
        self.show_problems(())
        self._say_instant()
        self.post_message(self.Changed())

    def _say_instant(self) -> None:
        beside = self.query_one("#instant", Static)
        try:
            found = read_timestamp(self._input("timestamp").value, self._now)
        except InputError:
            beside.update("× not a time")
            beside.add_class("-wrong")
            return
        beside.remove_class("-wrong")
        beside.update(plain(format_instant(self._now if found is None else found)))

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Each at its field; the data's own parse error is shown by the editor itself."""
        by_field: dict[str, list[str]] = {}
        for problem in problems:
            if not problem.line:
                by_field.setdefault(problem.field, []).append(problem.text)
        for name in ("owner", "name", "timestamp", "id"):
            below = self.query_one(f"#{name}-problem", Static)
            below.set_class(name in by_field, "-shown")
            below.update(plain(f"× {'; '.join(by_field.get(name, ()))}"))
        self.query_one("#instant").display = "timestamp" not in by_field
        if "data" in by_field:
            self.editor.show_problem(Problem("data", "; ".join(by_field["data"])))

    def focus_field(self, name: str) -> None:
        """Put the cursor where a problem is, or where filling in begins."""
        owner = self.draft.owner
        places: dict[str, Widget] = {
            "owner": self.query_one(PersonPicker).input if owner == "person" else self._input(owner),
            "name": self.query_one(NameField).input,
            "timestamp": self._input("timestamp"),
            "id": self._input("id"),
            "data": self.editor.area,
        }
        if name in places:
            places[name].focus()
