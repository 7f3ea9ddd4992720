"""What a reader of conditions is told of one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something that happened: the activity's id, its own time in Unix seconds, and its data."""

    id: str
    timestamp: int
    data: Mapping[str, Any]


class Facts(Protocol):
    """One person at one instant. Readers ask only for what their condition needs; implementations may read lazily.

    What is told does not depend on `now` but for membership: future occurrences are among them, and the readers leave them out.
    """

    @property
    def now(self) -> int:
        """The instant, in Unix seconds."""

    @property
    def attributes(self) -> Mapping[str, Any]:
        """Attributes, with `id`, `email` and `cio_id` (absent where the person has none)."""

    @property
    def devices(self) -> Sequence[Mapping[str, Any]]:
        """The person's devices: `id`, `platform`, `last_used`, and their attributes beside these."""

    @property
    def known_since(self) -> int:
        """When the person was added or the time of their earliest event, whichever is earlier (4.5)."""

    def occurrences(self, occurrence_type: str, name: str) -> Sequence[Occurrence]:
        """All of a type and name, oldest first. For `attribute_change` the changes of the attribute `name`; for a message's
        activity type those of the message `name`, of any when it is empty.
        """

    def is_member(self, segment: str | int) -> bool:
        """Whether the person is in another segment, named by name or number, at `now`."""
