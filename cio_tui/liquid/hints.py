"""What somebody probably meant by a path that leads nowhere."""

from collections.abc import Mapping
from typing import Any, Final

from cio_tui.liquid.paths import Path
from cio_tui.liquid.suggesting import nearest

LINK_TAGS: Final = frozenset(
    {
        "unsubscribe_url",
        "view_in_browser_url",
        "manage_subscription_preferences_url",
        "tracking_consent_url",
        "unsubscribe",
        "view_in_browser",
        "cio_link_id",
        "generate_uuid",
    }
)
"""Tags that people write as variables (L7)."""

ELSEWHERE: Final[Mapping[str, str]] = {
    "trigger": "It is there in transactional messages, API-triggered broadcasts and webhooks. An event's data is `event`.",
    "object": "The objects of a person are `objects.<plural>[0]`.",
}
"""Where the namespaces are that this message does not have."""


NO_ITEM_HAS_IT: Final = "An item of the array does not have it. Not confirmed: Customer.io may pass over the item."


def hint_of(path: Path, depth: int, holder: Any, names: Mapping[str, Any]) -> str:
    """A hint for a path that ended at one of its parts, looking at the value there (`holder`) and at what names there are."""
    if depth == 0:
        return _hint_of_root(path, names)
    if path.root == "event" and depth == 1 and path.rest[0] == "data":
        return f"`event` is the event's data itself: write event{_after(path, 1)}."
    near = nearest(str(path.rest[depth - 1]), holder) if isinstance(holder, dict) else ""
    return f"Did you mean {path.written(depth - 1)}.{near}?" if near else ""


def _hint_of_root(path: Path, names: Mapping[str, Any]) -> str:
    if path.root in LINK_TAGS:
        return f"Write {{% {path.root} %}}: it is a tag."
    if path.root == names.get("event_name") and isinstance(names.get("event"), dict):
        return f"The event's data is under `event`: write event{_after(path, 0)}."
    near = nearest(path.root, names)
    return f"Did you mean {near}?" if near else ""


def _after(path: Path, depth: int) -> str:
    """The path as it is written behind one of its parts."""
    return path.token.source[path.ends[depth] : path.ends[-1]]
