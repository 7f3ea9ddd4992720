"""The data that a message's Liquid sees, and which namespaces its trigger gives it (domain.md 8.3).

A namespace that the message cannot have is None: it prints empty and fails nothing (L2). One that it could have, but for which
there is no data, is left out or empty: reading from it fails the message (L1).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from zlib import crc32

from cio_tui.filters.people_atoms import is_unsubscribed
from cio_tui.liquid.scope import Scope
from cio_tui.messages.definition import Message, Trigger
from cio_tui.model.limits import LOG_WINDOW
from cio_tui.model.people import Person

UNSENT: Final = "unsent"
"""`delivery_id` of everything that is not sent (L8)."""
INVENTED_ID: Final = "0" * 26
"""`event_id` of an event that nobody has sent: the smallest id that there can be."""
JOURNEY_ID: Final = "0" * 26

CAMPAIGN_TYPES: Final[Mapping[Trigger, str]] = {
    "event": "transactional",
    "segment": "seg_attr",
    "date": "date",
    "object": "object",
    "transactional": "transactional_message",
    "broadcast": "triggered_broadcast",
    "webhook": "webhook",
}
"""What `campaign.type` prints; the product calls an event campaign `transactional`. `webhook` is a guess of ours."""
TRIGGERED: Final[frozenset[Trigger]] = frozenset({"object", "transactional", "broadcast", "webhook"})
"""Those that have a `trigger`."""
_FOREIGN: Final = ("object",)
"""Roots that no message has: the product prints them empty (domain.md 8.2)."""
EVENT_FACTS: Final = ("event_name", "event_id", "event_timestamp")


@dataclass(frozen=True, slots=True)
class Event:
    """The event that starts a message. One that nobody has sent has `INVENTED_ID`; the timestamp is in Unix seconds."""

    name: str
    data: Mapping[str, Any]
    timestamp: int
    id: str = INVENTED_ID

    @property
    def invented(self) -> bool:
        """Whether nobody has sent it."""
        return self.id == INVENTED_ID


@dataclass(frozen=True, slots=True)
class Sample:
    """For whom and what a message is rendered, and when: the product's Sample Data.

    `person` is None for an invite and for whoever is not known. `trigger` is what a transactional message, broadcast, webhook or
    object gives. `number` is the saved message's, 0 for one that is not saved.
    """

    now: int
    person: Person | None = None
    event: Event | None = None
    trigger: Mapping[str, Any] | None = None
    journey: Mapping[str, Any] = field(default_factory=dict)
    snippets: Mapping[str, str] = field(default_factory=dict)
    number: int = 0


def scope_of(message: Message, sample: Sample, subject: str = "", preheader: str = "") -> Scope:
    """What the message's Liquid is rendered with; `subject` and `preheader` as they came out."""
    return Scope(data_of(message, sample, subject, preheader), sample.now, seed=_seed(sample), partials=sample.snippets)


def data_of(message: Message, sample: Sample, subject: str = "", preheader: str = "") -> dict[str, Any]:
    """Every name that the message's Liquid can read."""
    data: dict[str, Any] = {
        "customer": customer_of(sample.person),
        **_event_data(message, sample),
        "journey": dict(sample.journey),
        "objects": {},
        "campaign": {
            "id": sample.number,
            "name": message.name,
            "type": CAMPAIGN_TYPES[message.trigger],
            "subscription_topic_ids": [],
        },
        "message": {
            "id": sample.number,
            "name": message.name,
            "type": "email_action",
            "subject": subject,
            "preheader": preheader,
            "journey_id": JOURNEY_ID,
            "send_to_unsubs": False,
            "subscription_topic_ids": [],
            "subscription_topic": {"name": ""},
        },
        "layout": {"id": 0, "name": ""},
        "content": "",
        "editor": "code",
        "delivery_id": UNSENT,
    }
    return data | dict.fromkeys(_FOREIGN)


def _event_data(message: Message, sample: Sample) -> dict[str, Any]:
    """`event`, its facts (L4) and `trigger`."""
    data: dict[str, Any] = {}
    if message.trigger != "event":
        data["event"] = None
    elif sample.event is not None:
        one = sample.event
        data |= {"event": dict(one.data), "event_name": one.name, "event_id": one.id, "event_timestamp": one.timestamp}
    data["trigger"] = dict(sample.trigger or {}) if message.trigger in TRIGGERED else None
    return data


def customer_of(person: Person | None) -> dict[str, Any]:
    """A person as `customer`: the attributes, and those identifiers that there are. Nobody has nothing."""
    if person is None:
        return {}
    return person.attributes | {kind: value for kind, value in person.identifiers().items() if value is not None}


def _seed(sample: Sample) -> int:
    """The same each time for the same person and event, and another one for others."""
    person = "" if sample.person is None else sample.person.cio_id
    return crc32(f"{person}/{INVENTED_ID if sample.event is None else sample.event.id}".encode())


def notes_of(message: Message, sample: Sample) -> tuple[str, ...]:
    """What a reader of the preview should know about its data."""
    notes: list[str] = []
    if message.trigger == "event" and sample.event is None:
        notes.append(f"there is no event: event or event.{message.event or 'NAME'} is missing")
    if message.trigger in TRIGGERED and sample.trigger is None:
        notes.append("there is no data of a trigger: trigger is missing")
    if sample.person is None:
        notes.append("there is no person: customer has nothing")
    elif message.trigger != "transactional" and is_unsubscribed(sample.person.to_document()):
        notes.append("Undeliverable: the person is unsubscribed")
    return (*notes, *_about_event(message, sample))


def _about_event(message: Message, sample: Sample) -> list[str]:
    event, notes = sample.event, list[str]()
    if event is None or message.trigger != "event":
        return notes
    if message.event and event.name != message.event:
        notes.append(f"the event is {event.name!r}; what starts this message is {message.event!r}")
    read = [fact for fact in EVENT_FACTS if any(fact in text for text in (message.subject, message.body))]
    if read and sample.now - event.timestamp > LOG_WINDOW:
        notes.append(f"the event is older than 30 days: the product has no {', '.join(read)} of it")
    return notes
