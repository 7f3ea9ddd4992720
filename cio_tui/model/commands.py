"""Every change enters as one of these. A command holds all it needs; the engine gives it its instant and its ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from cio_tui.model.people import Reference, called


class Command:
    """Base of all commands; `kind` names it in the history."""

    __slots__ = ()
    kind: ClassVar[str] = ""

    def summary(self) -> str:
        """One line for the history."""
        return self.kind


@dataclass(slots=True)  # not frozen, which takes four times as long to make: an import makes one for each row
class Track(Command):
    """An event, page or screen: of a person, of an anonymous id, or of nobody (an invite, `data.recipient` given).

    `quiet` refuses without logging a `failed_event`, and makes no notes: an import has a report of its own.
    """

    kind: ClassVar[str] = "track"
    name: str
    person: Reference | None = None
    anonymous_id: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    type: str = "event"
    timestamp: int | None = None
    id: str | None = None
    cause: str | None = None
    quiet: bool = False

    def summary(self) -> str:
        recipient = self.data.get("recipient", "nobody") if isinstance(self.data, Mapping) else "nobody"
        owner = self.anonymous_id or recipient if self.person is None else called(self.person)
        return f"{self.type} {str(self.name).strip()} of {owner}{', again' if self.cause else ''}"[:120]


@dataclass(frozen=True, slots=True)
class Identify(Command):
    """Add or update a person (domain.md 3.1). `timestamp` orders attribute updates; `update_only` never creates, `create_only`
    never changes whoever is there.

    `quiet` refuses without logging a failed update, and refuses a row whose identifiers are two people's: an import has a report
    of its own.
    """

    kind: ClassVar[str] = "identify"
    person: Reference
    attributes: Mapping[str, Any] = field(default_factory=dict)
    update_only: bool = False
    timestamp: int | None = None
    create_only: bool = False
    quiet: bool = False

    def summary(self) -> str:
        return f"identify {called(self.person)}"[:120]


@dataclass(frozen=True, slots=True)
class MergePeople(Command):
    """The secondary's data goes to the primary, and the secondary goes (domain.md 3.2)."""

    kind: ClassVar[str] = "merge"
    primary: Reference
    secondary: Reference

    def summary(self) -> str:
        return f"merge {called(self.secondary)} into {called(self.primary)}"[:120]


@dataclass(frozen=True, slots=True)
class OnPerson(Command):
    """A command about one person and nothing more."""

    person: Reference

    def summary(self) -> str:
        return f"{self.kind} {called(self.person)}"[:120]


@dataclass(frozen=True, slots=True)
class DeletePerson(OnPerson):
    """The profile goes; the same identifiers may be used again."""

    kind: ClassVar[str] = "delete"


@dataclass(frozen=True, slots=True)
class SuppressPerson(OnPerson):
    """The profile goes, and its identifiers are blocked."""

    kind: ClassVar[str] = "suppress"


@dataclass(frozen=True, slots=True)
class UnsuppressPerson(OnPerson):
    """The identifiers are free again; history does not return."""

    kind: ClassVar[str] = "unsuppress"


@dataclass(frozen=True, slots=True)
class AddDevice(OnPerson):
    """A device of a person, added or updated."""

    kind: ClassVar[str] = "device"
    device_id: str
    platform: str
    last_used: int | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoveDevice(OnPerson):
    """A device of a person, removed."""

    kind: ClassVar[str] = "device-remove"
    device_id: str


@dataclass(frozen=True, slots=True)
class HoldClock(Command):
    """Stop the clock at an instant, going there first; None is where it stands."""

    kind: ClassVar[str] = "clock-hold"
    instant: int | None = None


@dataclass(frozen=True, slots=True)
class AdvanceClock(Command):
    """Go forward, handling all that falls due on the way, and stand there."""

    kind: ClassVar[str] = "clock-advance"
    seconds: int


@dataclass(frozen=True, slots=True)
class ReleaseClock(Command):
    """Follow the wall clock from here on."""

    kind: ClassVar[str] = "clock-live"


@dataclass(frozen=True, slots=True)
class PassTime(Command):
    """Catch up with what fell due while the clock ran by itself."""

    kind: ClassVar[str] = "time"


@dataclass(frozen=True, slots=True)
class ChangeSetting(Command):
    """A workspace setting (workspace/settings.py)."""

    kind: ClassVar[str] = "setting"
    name: str
    value: Any

    def summary(self) -> str:
        return f"setting {self.name} = {self.value}"[:120]


@dataclass(frozen=True, slots=True)
class SaveSegment(Command):
    """A segment, new or changed; everybody is looked at anew. `definition` is its JSON object (domain.md 4.7).

    `number` names the one to change, else the definition's name does.
    """

    kind: ClassVar[str] = "segment"
    definition: Mapping[str, Any]
    number: int | None = None

    def summary(self) -> str:
        return f"segment {self.definition.get('name', '')}"[:120]


@dataclass(frozen=True, slots=True)
class DeleteSegment(Command):
    """A segment, gone. `segment` is its name or number."""

    kind: ClassVar[str] = "segment-delete"
    segment: str | int

    def summary(self) -> str:
        return f"delete segment {self.segment}"[:120]


@dataclass(frozen=True, slots=True)
class ChangeMembers(Command):
    """People into a manual segment, or out of it."""

    kind: ClassVar[str] = "segment-members"
    segment: str | int
    people: tuple[Reference, ...]
    remove: bool = False

    def summary(self) -> str:
        return f"{len(self.people)} {'out of' if self.remove else 'into'} segment {self.segment}"[:120]


@dataclass(frozen=True, slots=True)
class SaveMessage(Command):
    """A message, new or changed; each save is one more version. `definition` is its stored form (messages/definition.py).

    `number` names the one to change, else the definition's name does.
    """

    kind: ClassVar[str] = "message"
    definition: Mapping[str, Any]
    number: int | None = None

    def summary(self) -> str:
        return f"message {self.definition.get('name', '')}"[:120]


@dataclass(frozen=True, slots=True)
class DeleteMessage(Command):
    """A message, gone with its versions. `message` is its name or number."""

    kind: ClassVar[str] = "message-delete"
    message: str | int

    def summary(self) -> str:
        return f"delete message {self.message}"[:120]


@dataclass(frozen=True, slots=True)
class SaveSnippet(Command):
    """A snippet, new or changed."""

    kind: ClassVar[str] = "snippet"
    name: str
    text: str

    def summary(self) -> str:
        return f"snippet {self.name}"[:120]


@dataclass(frozen=True, slots=True)
class DeleteSnippet(Command):
    """A snippet, gone."""

    kind: ClassVar[str] = "snippet-delete"
    name: str

    def summary(self) -> str:
        return f"delete snippet {self.name}"[:120]


@dataclass(frozen=True, slots=True)
class NoteImport(Command):
    """Where an import stands: its record, new when it has no number, in the transaction of the rows that it counts; and problems
    of rows that are kept with it.
    """

    kind: ClassVar[str] = "import"
    record: Mapping[str, Any]
    number: int | None = None
    problems: tuple[Mapping[str, Any], ...] = ()

    def summary(self) -> str:
        return f"import {self.record.get('name', '')}"[:120]
