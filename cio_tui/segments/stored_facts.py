"""What the workspace's file tells of one person, read when it is asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from cio_tui.model.activity import ATTRIBUTE_CHANGE, EVENT_TYPES
from cio_tui.model.people import KINDS
from cio_tui.segments.facts import Occurrence
from cio_tui.store.segment_queries import SegmentQueries

IsMember = Callable[[str, str | int, int], bool]
"""Whether the person with a cio_id is in a segment at an instant."""


def _in_none(_cio_id: str, _segment: str | int, _now: int) -> bool:
    return False


class PersonFacts:
    """`Facts` of the person with a cio_id at an instant; of someone who is not there nothing is known.

    What was read is kept, so an object is good for as long as nothing is written. `facts_at` carries it to another instant.
    """

    def __init__(self, queries: SegmentQueries, cio_id: str, now: int, is_member: IsMember = _in_none) -> None:
        self.cio_id = cio_id
        self._queries = queries
        self._now = now
        self._is_member = is_member
        self._occurrences: dict[tuple[str, str], Sequence[Occurrence]] = {}

    @property
    def now(self) -> int:
        """The instant."""
        return self._now

    def facts_at(self, now: int) -> "PersonFacts":
        """The same person at another instant, with all that was read already."""
        other = PersonFacts(self._queries, self.cio_id, now, self._is_member)
        other.__dict__.update({**self.__dict__, "_now": now})
        return other

    @cached_property
    def _document(self) -> Mapping[str, Any]:
        return self._queries.profile(self.cio_id) or {}

    @cached_property
    def attributes(self) -> Mapping[str, Any]:
        """Attributes with identifiers."""
        return attributes_of(self._document)

    @cached_property
    def devices(self) -> Sequence[Mapping[str, Any]]:
        """Devices, their attributes beside their fields."""
        return devices_of(self._document)

    @cached_property
    def known_since(self) -> int:
        """When the person was added, or the time of their earliest event."""
        earliest = self._queries.earliest_event(self.cio_id)
        added = int(self._document.get("added_at", self._now))
        return added if earliest is None else min(added, earliest)

    def occurrences(self, occurrence_type: str, name: str) -> Sequence[Occurrence]:
        """All of a type and name, oldest first."""
        wanted = (occurrence_type, name)
        if wanted not in self._occurrences:
            self._occurrences[wanted] = list(self._read(occurrence_type, name))
        return self._occurrences[wanted]

    def _read(self, occurrence_type: str, name: str) -> Iterable[Occurrence]:
        if occurrence_type in EVENT_TYPES and not name:
            return
        kept = None if occurrence_type == ATTRIBUTE_CHANGE else name
        for activity, timestamp, data in self._queries.of_person(self.cio_id, occurrence_type, kept):
            told = change_of(data, name) if occurrence_type == ATTRIBUTE_CHANGE else data
            if told is not None:
                yield Occurrence(activity, timestamp, told)

    def is_member(self, segment: str | int) -> bool:
        """Whether the person is in another segment."""
        return self._is_member(self.cio_id, segment, self._now)


def attributes_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of a person's document, and the identifiers that there are."""
    identifiers = {kind: document[kind] for kind in KINDS if document.get(kind) is not None}
    return {**document.get("attributes", {}), **identifiers}


def devices_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The devices of a person's document, each one's attributes beside its fields."""
    return [
        {**device.get("attributes", {}), **{name: value for name, value in device.items() if name != "attributes"}}
        for device in document.get("devices", ())
    ]


def change_of(data: Mapping[str, Any], attribute: str) -> Mapping[str, Any] | None:
    """What an `attribute_change` says of one attribute: `{"from": …, "to": …}`."""
    change = data.get(attribute)
    return change if isinstance(change, dict) else None
