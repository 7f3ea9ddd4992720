"""One command at work: what it may read, and the only ways in which it changes anything."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from cio_tui.model.activity import Activity
from cio_tui.model.people import Person
from cio_tui.model.receipts import Effect
from cio_tui.store import Database
from cio_tui.store.activity_queries import ActivityQueries
from cio_tui.store.table import DocumentTable
from cio_tui.workspace import ids
from cio_tui.workspace.facts import Fact
from cio_tui.workspace.roster import Roster
from cio_tui.workspace.settings import Settings

if TYPE_CHECKING:
    from cio_tui.workspace.segment_life import SegmentLife

Progress = Callable[[int, int], None]
"""Told how much of how much is done. What it raises takes the whole command back."""


class Due(Protocol):
    """Something that happens at instants of its own."""

    def next_due(self, turn: "Turn") -> int | None:
        """The next instant, in Unix seconds; None while there is none."""

    def handle(self, turn: "Turn") -> None:
        """Do what is due at `turn.now`; after it, `next_due` is later."""


@dataclass(slots=True)
class Turn:
    """The state of the engine's loop while one transaction runs. `now` is the instant, in Unix seconds."""

    database: Database
    settings: Settings
    now: int
    queries: ActivityQueries
    roster: Roster
    segments: "SegmentLife"
    due: tuple[Due, ...]
    progress: Progress = lambda _done, _of: None
    effects: list[Effect] = field(default_factory=list)
    facts: deque[Fact] = field(default_factory=deque)
    changed: bool = False
    activity: DocumentTable | None = None
    silent: bool = False
    """Nobody asks for effects: they are not kept, as there are too many of them in an import."""

    def next_id(self) -> str:
        """A fresh activity id of this instant."""
        self.settings.sequence += 1
        return ids.ulid(self.settings.seed, self.settings.sequence, self.now)

    def pass_by(self, given: str) -> None:
        """Never make an id that came from outside: this seed's own ids come back from exports and undone commands."""
        self.settings.sequence = max(self.settings.sequence, ids.sequence_of(self.settings.seed, given))

    def next_cio_id(self) -> str:
        """A fresh person's id."""
        self.settings.sequence += 1
        return ids.cio_id(self.settings.seed, self.settings.sequence)

    def record(self, activity: Activity, **detail: Any) -> Activity:
        """Write an activity, and put it among the effects."""
        self.database.documents("activity").insert(activity.to_document())
        self.changed = True
        self._show(activity, detail)
        return activity

    def record_event(self, activity: Activity) -> None:
        """`record`, for an event whose data was checked when it came in."""
        if self.activity is None:
            self.activity = self.database.documents("activity")
        self.activity.insert_checked(activity.to_document())
        self.changed = True
        self._show(activity, {})

    def _show(self, activity: Activity, detail: dict[str, Any]) -> None:
        if self.silent:
            return
        if activity.name is not None:
            detail = {"name": activity.name, **detail}
        self.effects.append(Effect(activity.type, activity.id, activity.person, activity.cause, detail))

    def log(
        self,
        kind: str,
        data: dict[str, Any],
        *,
        person: Person | None = None,
        name: str | None = None,
        cause: str | None = None,
        timestamp: int | None = None,
        shown: dict[str, Any] | None = None,
    ) -> Activity:
        """Record an activity of the product's own making: one that is no event, processed at once.

        The effect shows its data, or `shown` where that is too much for a receipt.
        """
        return self.record(
            Activity(
                id=self.next_id(),
                type=kind,
                timestamp=self.now if timestamp is None else timestamp,
                received_at=self.now,
                processed_at=self.now,
                name=name,
                person=None if person is None else person.cio_id,
                cause=cause,
                data=data,
            ),
            data=data if shown is None else shown,
        )

    def note(self, kind: str, **detail: Any) -> None:
        """Put an effect that is no activity among the effects."""
        self.changed = True
        if self.silent:
            return
        known = {key: detail.pop(key, None) for key in ("activity", "person", "cause")}
        self.effects.append(Effect(kind, detail=detail, **known))

    def save(self, person: Person) -> None:
        """Write a person."""
        self.roster.save(person)
        self.changed = True

    def tell(self, fact: Fact) -> None:
        """Let the reactions know."""
        self.facts.append(fact)
