"""What a message is: its headers, its body, and what starts it, which decides the data that its Liquid can see."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, Self, get_args

from cio_tui.liquid.profiles import PROFILES, Profile
from cio_tui.model.errors import InputError

Format = Literal["html", "text"]
Trigger = Literal["event", "segment", "date", "object", "transactional", "broadcast", "webhook"]
Part = Literal["to", "from", "reply_to", "subject", "preheader", "body"]

FORMATS: Final[tuple[Format, ...]] = get_args(Format)
TRIGGERS: Final[tuple[Trigger, ...]] = get_args(Trigger)
PARTS: Final[tuple[Part, ...]] = get_args(Part)
"""The parts that hold Liquid, in the order in which they are rendered."""
TITLES: Final[Mapping[Part, str]] = {
    "to": "To",
    "from": "From",
    "reply_to": "Reply-To",
    "subject": "Subject",
    "preheader": "Preheader",
    "body": "Body",
}
DEFAULT_TO: Final = "{{customer.email}}"


@dataclass(frozen=True, slots=True)
class Message:
    """One message. All texts but `name` and `event` are Liquid; `event` is the name of the event that starts it, or empty.

    `trigger` is what starts it: an event, a segment, a date, an object, or the call of a transactional message, broadcast or
    webhook (domain.md 8.3).
    """

    name: str = ""
    subject: str = ""
    preheader: str = ""
    sender: str = ""
    reply_to: str = ""
    to: str = DEFAULT_TO
    body: str = ""
    format: Format = "html"
    profile: Profile = "latest"
    trigger: Trigger = "event"
    event: str = ""

    def part(self, part: Part) -> str:
        """The Liquid of one part."""
        text: str = getattr(self, _FIELDS[part])
        return text

    def with_part(self, part: Part, text: str) -> Self:
        """The same message with another text of one part."""
        changed: dict[str, Any] = {_FIELDS[part]: text}
        return replace(self, **changed)

    def to_document(self) -> dict[str, Any]:
        """The stored form, as its files name the fields; what says nothing is left out."""
        return {key: value for key, field in KEYS.items() if (value := getattr(self, field)) != _DEFAULTS[field]}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """The record of a stored document. Raises InputError for one of another shape."""
        for key, value in document.items():
            if key not in KEYS:
                raise InputError(f"a message has no field {key!r}")
            if not isinstance(value, str):
                raise InputError(f"a message's {key} must be text")
            if key in CHOICES and value not in CHOICES[key]:
                raise InputError(f"a message's {key} is one of {', '.join(CHOICES[key])}, not {value!r}")
        return cls(**{KEYS[key]: value for key, value in document.items()})


KEYS: Final[Mapping[str, str]] = {
    "name": "name",
    "subject": "subject",
    "preheader": "preheader",
    "from": "sender",
    "reply_to": "reply_to",
    "to": "to",
    "format": "format",
    "profile": "profile",
    "trigger": "trigger",
    "event": "event",
    "body": "body",
}
"""A message's fields as files and documents name them, in the order in which they are written."""
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"format": FORMATS, "profile": PROFILES, "trigger": TRIGGERS}
"""The fields that are one of some words."""
_FIELDS: Final[Mapping[Part, str]] = {part: KEYS[part] for part in PARTS}
_DEFAULTS: Final[Mapping[str, str]] = {field: getattr(Message(), field) for field in KEYS.values()}
