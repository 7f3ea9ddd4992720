"""What every verb answers with."""

from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["accepted", "duplicate", "skipped", "rejected"]


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a command did, in order.

    `kind` says what (an activity type, or `event_merged`, `clock_set`, `undone`, …). `activity` is the id of the activity
    concerned, `cause` the id of what led to it, `person` the cio_id concerned. `detail` holds what is particular to the kind.
    """

    kind: str
    activity: str | None = None
    person: str | None = None
    cause: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """`effect`, then the fields that say something, `detail` spread among them."""
        shape = {"effect": self.kind, "activity": self.activity, "person": self.person, "cause": self.cause, **self.detail}
        return {key: value for key, value in shape.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a command.

    `id` is the activity or person that the command was about. `reasons` say why it was rejected, a duplicate, or skipped because
    the command was not meant for such a person;
    `notes` say what a person should know about an accepted one (a trimmed name, a reserved key, an old timestamp).
    `command` is its number in the history, None when nothing was written. `created` says that a person was added.
    """

    status: Status
    id: str | None = None
    reasons: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    notes: tuple[str, ...] = ()
    command: int | None = None
    dry_run: bool = False
    created: bool = False

    @property
    def ok(self) -> bool:
        """Whether the command was not rejected."""
        return self.status != "rejected"

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints."""
        shape: dict[str, Any] = {
            "status": self.status,
            "id": self.id,
            "reasons": list(self.reasons),
            "effects": [effect.to_json() for effect in self.effects],
            "notes": list(self.notes),
        }
        if self.dry_run:
            shape["dry_run"] = True
        return shape
