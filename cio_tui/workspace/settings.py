"""What a workspace remembers of itself: its clock, its seed, how many ids it made, and the choices a person has."""

from dataclasses import dataclass, fields
from typing import Any, Final, Literal

from cio_tui.model.errors import InputError

ClockMode = Literal["live", "held"]

CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "anonymous_event_merge": ("on", "off"),
    "email_updates_by_id": ("on", "off"),
    "identifier": ("id", "email"),
}
"""Settings a person may change, and their values. The first: anonymous events join the person who claims their id (AN5).
The second: an identify by id may change an email that is set (domain.md 3.1). The third: what event files call people by."""


@dataclass(slots=True)
class Settings:
    """The one document of the `settings` table. `instant` is the latest that the workspace has known, in Unix seconds."""

    seed: int
    instant: int
    mode: ClockMode = "live"
    sequence: int = 0
    created_at: int = 0
    anonymous_event_merge: str = "on"
    email_updates_by_id: str = "off"
    identifier: str = "id"

    def choose(self, name: str, value: Any) -> None:
        """Change a setting. Raises InputError, naming what there is."""
        key = str(name).replace("-", "_").lower()
        if key not in CHOICES:
            raise InputError(f"there is no setting {name!r}", hint=f"settings: {', '.join(CHOICES)}")
        chosen = {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else str(value).lower()
        if chosen not in CHOICES[key]:
            raise InputError(f"{key} cannot be {value!r}", hint=f"it is one of: {', '.join(CHOICES[key])}")
        setattr(self, key, chosen)

    def choices(self) -> dict[str, str]:
        """The settings a person may change, with their values."""
        return {name: getattr(self, name) for name in CHOICES}

    def to_document(self) -> dict[str, Any]:
        """The stored form."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
