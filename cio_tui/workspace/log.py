"""Reading the activity log (domain.md 6)."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from tinydb import where
from tinydb.queries import QueryLike

from cio_tui import filters
from cio_tui.model.activity import Activity
from cio_tui.model.errors import UnknownActivity
from cio_tui.model.limits import LOG_WINDOW
from cio_tui.store.activity_queries import Position
from cio_tui.workspace.directory import Directory
from cio_tui.workspace.engine import Engine

PAGE: Final = 50
ENTRY_FIELDS: Final = (
    "id",
    "type",
    "name",
    "timestamp",
    "processed_at",
    "customer_id",
    "customer_identifiers",
    "anonymous_id",
    "cause",
    "merged_by",
    "duplicates",
    "hidden",
    "data",
)
"""The keys of `LogEntry.to_json`, and the columns of a log as CSV."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An activity with its owner's identifiers. `hidden` says that the product's log no longer shows it (E7)."""

    activity: Activity
    identifiers: dict[str, str | None] | None
    hidden: bool
    position: Position

    def to_json(self) -> dict[str, Any]:
        """The product's activity object, and what it does not tell: `processed_at`, `anonymous_id`, `cause`, `merged_by`,
        `duplicates`, `hidden`. Times are Unix seconds.
        """
        one = self.activity
        return {
            "id": one.id,
            "type": one.type,
            "name": one.name,
            "timestamp": one.timestamp,
            "processed_at": one.processed_at,
            "customer_id": self.identifiers and self.identifiers["id"],
            "customer_identifiers": self.identifiers,
            "anonymous_id": one.anonymous_id,
            "cause": one.cause,
            "merged_by": one.merged_by,
            "duplicates": one.duplicates,
            "hidden": self.hidden,
            "data": one.data,
        }


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries, newest first, and where the next page begins: None when there is no more."""

    entries: list[LogEntry]
    more: Position | None


class Log:
    """The activity log of one workspace."""

    def __init__(self, engine: Engine, directory: Directory) -> None:
        self._engine = engine
        self._queries = engine.queries
        self._activity = engine.database.documents("activity")
        self._directory = directory

    def page(self, text: str = "", *, limit: int = PAGE, before: Position | None = None, hidden: bool = False) -> LogPage:
        """Entries that a filter line matches, by timestamp, newest first.

        `hidden` also gives what the product hides after 30 days; a filter that says `is:hidden` implies it. Raises
        FilterError for a line that cannot be read.
        """
        now = self._engine.now()
        condition, shown_at = self._condition(text, now, hidden)
        found = self._queries.newest(condition, shown_at=shown_at, before=before)
        entries = [self._entry(one.document, one.position, now) for one in islice(found, limit + 1)]
        more = entries[limit - 1].position if len(entries) > limit else None
        return LogPage(entries[:limit], more)

    def row_ids(
        self,
        text: str = "",
        *,
        hidden: bool = False,
        order: str = "timestamp",
        descending: bool = True,
        grown: Callable[["array[int]"], bool] = lambda _: True,
    ) -> "array[int]":
        """The rows of all entries that a filter line matches, for lists that are scrolled: see `ActivityQueries.row_ids`."""
        condition, shown_at = self._condition(text, self._engine.now(), hidden)
        return self._queries.row_ids(condition, shown_at=shown_at, order=order, descending=descending, grown=grown)

    def entries(self, row_ids: Sequence[int]) -> list[LogEntry]:
        """The entries of some rows, in their order; what is gone meanwhile is left out."""
        now = self._engine.now()
        found = self._queries.by_row(row_ids)
        owners = self._directory.identifiers_of({one.document["person"] for one in found if "person" in one.document})
        return [_entry(one.document, one.position, now, owners.get(one.document.get("person", ""))) for one in found]

    def latest(self, name: str, event_type: str, *, limit: int = PAGE) -> list[LogEntry]:
        """The latest of one event, newest first, with those that the product's log no longer shows."""
        now = self._engine.now()
        found = self._queries.newest((where("type") == event_type) & (where("name") == name))
        return [self._entry(one.document, one.position, now) for one in islice(found, limit)]

    def row_of(self, activity_id: str) -> int | None:
        """The row of an activity."""
        return self._queries.row_of(activity_id)

    def after(self, row: int, text: str = "", *, hidden: bool = False) -> Iterator[tuple[int, LogEntry]]:
        """What came after a row, in order of arrival, with its row: for following."""
        now = self._engine.now()
        condition, shown_at = self._condition(text, now, hidden)
        for row_id, document in self._queries.arrived_after(row, condition, shown_at=shown_at):
            yield row_id, self._entry(document, (document["timestamp"], row_id), now)

    def last_row(self) -> int:
        """The row that came last."""
        return self._queries.last_row()

    def get(self, activity_id: str) -> LogEntry:
        """The activity with an id, in either letter case, or the only one whose id begins so. Raises UnknownActivity."""
        text = activity_id.strip().upper()
        candidates = self._queries.ids_from(text) if text else []
        if len(candidates) != 1 and text not in candidates:
            raise UnknownActivity(
                f"several activities have an id that begins with {text}"
                if candidates
                else f"no activity has the id {activity_id!r}",
                hint="`cio-tui activity` lists them with their ids",
            )
        found = self.find(candidates[0])
        if found is None:
            raise UnknownActivity(f"no activity has the id {activity_id!r}")
        return found

    def find(self, activity_id: str) -> LogEntry | None:
        """The activity with just this id; None when there is none, as after a purge."""
        found = self._activity.get(where("id") == activity_id)
        if found is None:
            return None
        return self._entry(dict(found), (found["timestamp"], found.doc_id), self._engine.now())

    def caused_by(self, activity_id: str) -> list[LogEntry]:
        """What an activity led to: those that name it as their cause, and events that its merge moved; oldest first."""
        effects = (where("cause") == activity_id) | (where("merged_by") == activity_id)
        now = self._engine.now()
        return [self._entry(dict(one), (one["timestamp"], one.doc_id), now) for one in self._activity.search(effects)]

    def _condition(self, text: str, now: int, hidden: bool) -> tuple[QueryLike | None, int | None]:
        line = filters.parse(text, "activity")
        condition = line.compile(filters.FilterContext(now=now, people=self._directory.matching))
        return condition, None if hidden or line.uses("is", "hidden") else now

    def _entry(self, document: dict[str, Any], position: Position, now: int) -> LogEntry:
        person = document.get("person")
        return _entry(document, position, now, None if person is None else self._directory.identifiers(person))


def _entry(document: dict[str, Any], position: Position, now: int, identifiers: dict[str, str | None] | None) -> LogEntry:
    activity = Activity.from_document(document)
    oldest = now - LOG_WINDOW
    hidden = activity.timestamp < oldest or (activity.processed_at is not None and activity.processed_at < oldest)
    return LogEntry(activity, identifiers, hidden, position)
