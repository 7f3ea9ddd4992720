"""Activity: everything that happened, one record each (domain.md 6)."""

import re
from dataclasses import dataclass, field
from typing import Any, Final, Literal

EventType = Literal["event", "page", "screen"]
EVENT_TYPES: Final[tuple[EventType, ...]] = ("event", "page", "screen")

PROFILE_CREATE: Final = "profile_create"
PROFILE_DELETE: Final = "profile_delete"
PROFILE_MERGE: Final = "profile_merge"
ANON_MERGE: Final = "anon_merge"
ATTRIBUTE_CHANGE: Final = "attribute_change"
FAILED_ATTRIBUTE_CHANGE: Final = "failed_attribute_change"
FAILED_EVENT: Final = "failed_event"
SKIPPED_UPDATE: Final = "skipped_update"
DEVICE_CHANGE: Final = "device_change"
ENTERED_SEGMENT: Final = "entered_segment"
LEFT_SEGMENT: Final = "left_segment"

ACTIVITY_TYPES: Final = (
    *EVENT_TYPES,
    ATTRIBUTE_CHANGE,
    FAILED_ATTRIBUTE_CHANGE,
    FAILED_EVENT,
    SKIPPED_UPDATE,
    DEVICE_CHANGE,
    PROFILE_CREATE,
    PROFILE_DELETE,
    PROFILE_MERGE,
    ANON_MERGE,
    ENTERED_SEGMENT,
    LEFT_SEGMENT,
)
"""The activity types that our verbs produce; the product's own but for the last two, which it does not log."""

FAILED_TYPES: Final = (FAILED_EVENT, FAILED_ATTRIBUTE_CHANGE)


@dataclass(slots=True)
class Activity:
    """One row of the activity log. Instants are Unix seconds.

    `person` is the owner's cio_id, absent while nobody is known to own it. `processed_at` stays empty for anonymous events
    until they are merged (AN9). `cause` is the id of the activity that led to this one. `merged_by` names the `anon_merge`
    or `profile_merge` that gave the row to its person. `duplicates` counts later arrivals of the same id, all ignored.
    """

    id: str
    type: str
    timestamp: int
    received_at: int
    name: str | None = None
    person: str | None = None
    anonymous_id: str | None = None
    processed_at: int | None = None
    cause: str | None = None
    merged_by: str | None = None
    duplicates: int = 0
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def is_event(self) -> bool:
        """Whether it is an event, page or screen."""
        return self.type in EVENT_TYPES

    def to_document(self) -> dict[str, Any]:
        """The stored form: empty optional fields are left out."""
        document: dict[str, Any] = {
            "id": self.id,
            "type": self.type,
            "timestamp": self.timestamp,
            "received_at": self.received_at,
            "data": self.data,
        }
        for name in ("name", "person", "anonymous_id", "processed_at", "cause", "merged_by"):
            value = getattr(self, name)
            if value is not None:
                document[name] = value
        if self.duplicates:
            document["duplicates"] = self.duplicates
        return document

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Activity":
        """The record of a stored document."""
        return cls(**document)


_MESSAGE: Final = re.compile(
    "(?:drafted|attempted|sent|delivered|opened|clicked|converted|bounced|deferred|dropped|failed|undeliverable|unsubscribed"
    "|spammed|suppressed|topic_unsubscribed)_(?:email|push|twilio|webhook|slack|in_app|whatsapp|action)"
    "|(?:viewed|clicked|converted)_content"
)


def is_message(activity_type: str) -> bool:
    """Whether an activity type is a message's: `sent_email`, `clicked_in_app` (domain.md 6)."""
    return bool(_MESSAGE.fullmatch(activity_type))
