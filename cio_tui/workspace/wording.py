"""An activity in words: what both faces say of a row of the log."""

from typing import Final

from cio_tui.model.activity import ANON_MERGE, ATTRIBUTE_CHANGE, FAILED_TYPES, PROFILE_MERGE, Activity
from cio_tui.model.limits import DAY
from cio_tui.workspace.log import LogEntry

_MERGES: Final = (PROFILE_MERGE, ANON_MERGE)
HIDDEN: Final = "◌"
"""The sign of what the product's own log no longer shows."""
LAG_WIDTH: Final = 5
_UNITS: Final = (("ky", 365_000 * DAY), ("y", 365 * DAY), ("d", DAY), ("h", 3600), ("m", 60), ("s", 1))
_MOST_DAYS: Final = 999


def mark(activity: Activity) -> str:
    """One cell: ● identified, ○ anonymous, → a merge, × failed."""
    if activity.type in FAILED_TYPES:
        return "×"
    if activity.type in _MERGES:
        return "→"
    return "●" if activity.person else "○"


def signs(entry: LogEntry) -> str:
    """Up to two cells: its mark, and ◌ when the product's own log no longer shows it."""
    return mark(entry.activity) + (HIDDEN if entry.hidden else "")


def lag(activity: Activity) -> str:
    """How much later it was processed than it happened; an em dash when it is not processed, nothing when at once.

    At most `LAG_WIDTH` cells: `+9m`, `+2d5h`, `−3h`. What does not fit is left out, never rounded up.
    """
    if activity.processed_at is None:
        return "—"
    late = activity.processed_at - activity.timestamp
    return f"{'+' if late > 0 else '−'}{_short(abs(late))}" if late else ""


def _short(seconds: int) -> str:
    units = _UNITS[2:] if seconds <= _MOST_DAYS * DAY else _UNITS[:2]
    place = next(place for place, (_, size) in enumerate(units) if seconds >= size)
    unit, size = units[place]
    count, rest = divmod(seconds, size)
    finer = ""
    if place + 1 < len(units):
        name, size = units[place + 1]
        finer = f"{rest // size}{name}" if rest >= size else ""
    whole = f"{count}{unit}"
    return whole + finer if len(whole + finer) < LAG_WIDTH else whole


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
