"""What a command made true, told to the parts that keep derived data current.

A handler tells facts; the engine's loop hands each to every reaction, in order, inside the command's transaction.
"""

from dataclasses import dataclass
from typing import Any

from cio_tui.model.activity import Activity


@dataclass(frozen=True, slots=True)
class EventReceived:
    """An event, page or screen was stored."""

    activity: Activity


@dataclass(frozen=True, slots=True)
class EventPurged:
    """An anonymous event was deleted after 30 days."""

    activity: Activity


@dataclass(frozen=True, slots=True)
class AttributesChanged:
    """A person's attributes went from `before` to `after`; each holds only those that differ, and who goes has no `after`."""

    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """A person was added, or these attributes, identifiers or (`devices`) devices are others now."""

    person: str
    names: frozenset[str] = frozenset()
    added: bool = False
    devices: bool = False
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class EventsJoined:
    """Events that were there already, by type and name, are a person's from now on."""

    person: str
    events: frozenset[tuple[str, str]]
    cause: str


@dataclass(frozen=True, slots=True)
class ProfileGone:
    """A person was removed, or merged `into` another."""

    person: str
    into: str | None
    cause: str


Fact = EventReceived | EventPurged | AttributesChanged | ProfileChanged | EventsJoined | ProfileGone
