"""An activity in words: what both faces say of a row of the log."""

from typing import Final

from cio_tui.model.activity import ANON_MERGE, ATTRIBUTE_CHANGE, FAILED_TYPES, PROFILE_MERGE, Activity
from cio_tui.model.instants import format_duration
from cio_tui.workspace.log import LogEntry

_MERGES: Final = (PROFILE_MERGE, ANON_MERGE)


def mark(activity: Activity) -> str:
    """One cell: ● identified, ○ anonymous, → a merge, × failed."""
    if activity.type in FAILED_TYPES:
        return "×"
    if activity.type in _MERGES:
        return "→"
    return "●" if activity.person else "○"


def lag(activity: Activity) -> str:
    """How much later it was processed than it happened; an em dash when it is not processed, nothing when at once."""
    if activity.processed_at is None:
        return "—"
    late = activity.processed_at - activity.timestamp
    return f"{'+' if late > 0 else ''}{format_duration(late)}" if late else ""


def what(activity: Activity) -> str:
    """An event's name; of anything else its type, and the names concerned."""
    if activity.type == "event":
        return activity.name or ""
    names = ", ".join(activity.data) if activity.type == ATTRIBUTE_CHANGE else activity.name or ""
    return f"{activity.type} {names}".strip()


def owner(entry: LogEntry) -> str:
    """Whose it is, by the identifier that a reader knows best."""
    who = entry.identifiers
    if who is None:
        return entry.activity.anonymous_id or str(entry.activity.data.get("recipient", ""))
    return who["email"] or who["id"] or f"cio_{who['cio_id']}"
