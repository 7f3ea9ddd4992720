"""What may be done to a person that could change a verdict, and the person as it would then be known."""

from bisect import insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from cio_tui.model.activity import ATTRIBUTE_CHANGE, EVENT_TYPES, EventType
from cio_tui.model.instants import format_instant
from cio_tui.segments.facts import Facts, Occurrence
from cio_tui.segments.wording import quoted, shown


@dataclass(frozen=True, slots=True)
class SetAttribute:
    """Give an attribute a value."""

    name: str
    value: Any

    @property
    def words(self) -> str:
        """What to do."""
        return f"set {shown(self.name)} to {quoted(self.value)}"

    def to_json(self) -> dict[str, Any]:
        """The change as JSON."""
        return {"set_attribute": self.name, "value": self.value}


@dataclass(frozen=True, slots=True)
class RemoveAttribute:
    """Take an attribute away."""

    name: str

    @property
    def words(self) -> str:
        """What to do."""
        return f"remove {shown(self.name)}"

    def to_json(self) -> dict[str, Any]:
        """The change as JSON."""
        return {"remove_attribute": self.name}


@dataclass(frozen=True, slots=True)
class EventToSend:
    """An event, page or screen to send for the person."""

    name: str
    type: EventType
    timestamp: int
    data: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The event as JSON."""
        return {"name": self.name, "type": self.type, "timestamp": self.timestamp, "data": self.data}


@dataclass(frozen=True, slots=True)
class SendEvents:
    """Send events."""

    events: tuple[EventToSend, ...]

    @property
    def words(self) -> str:
        """What to do."""
        said: dict[str, int] = {}
        for one in self.events:
            data = f" with {quoted(one.data)}" if one.data else ""
            text = f"{'' if one.type == 'event' else one.type + ' '}{shown(one.name)} at {format_instant(one.timestamp)}{data}"
            said[text] = said.get(text, 0) + 1
        return "send " + " and ".join(f"{count} times {text}" if count > 1 else text for text, count in said.items())

    def to_json(self) -> dict[str, Any]:
        """The change as JSON."""
        return {"send_events": [one.to_json() for one in self.events]}


Change = SetAttribute | RemoveAttribute | SendEvents


class ChangedFacts:
    """A person as it would be known after a change. Other segments are as they were."""

    def __init__(self, facts: Facts, change: Change) -> None:
        self._facts = facts
        self._sent = change.events if isinstance(change, SendEvents) else ()
        self._moved: dict[str, Any] = {}
        self.attributes: Mapping[str, Any] = facts.attributes
        if isinstance(change, SendEvents):
            return
        before = self.attributes.get(change.name, "")
        after = change.value if isinstance(change, SetAttribute) else None
        kept = {name: value for name, value in self.attributes.items() if name != change.name}
        self.attributes = kept if after is None else {**kept, change.name: after}
        self._moved = {change.name: {"from": before, "to": after}}

    @property
    def now(self) -> int:
        """The instant."""
        return self._facts.now

    @property
    def devices(self) -> Sequence[Mapping[str, Any]]:
        """The devices."""
        return self._facts.devices

    @property
    def known_since(self) -> int:
        """When the person was added, or the time of their earliest event."""
        return min([self._facts.known_since, *(one.timestamp for one in self._sent)])

    def occurrences(self, occurrence_type: str, name: str) -> Sequence[Occurrence]:
        """Those that there were, and what was sent or changed."""
        found = list(self._facts.occurrences(occurrence_type, name))
        if occurrence_type == ATTRIBUTE_CHANGE and name in self._moved:
            insort(found, Occurrence("", self.now, self._moved[name]), key=attrgetter("timestamp"))
        elif occurrence_type in EVENT_TYPES:
            for one in self._sent:
                if (one.type, one.name) == (occurrence_type, name):
                    insort(found, Occurrence("", one.timestamp, one.data), key=attrgetter("timestamp"))
        return found

    def is_member(self, segment: str | int) -> bool:
        """Whether the person is in another segment."""
        return self._facts.is_member(segment)
