"""The data index as it is exported (domain.md 5): each event and attribute with what uses it. Instants are Unix seconds.

Descriptions, tags and sensitive marks are not kept, and there are no campaigns, so these columns are empty or 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from cio_tui.model.limits import LOG_WINDOW

if TYPE_CHECKING:
    from cio_tui.workspace.workspace import Workspace

EVENTS: Final = (
    "name",
    "type",
    "description",
    "tags",
    "campaigns",
    "segments",
    "first_received",
    "last_received",
    "total_received_30d",
)
ATTRIBUTES: Final = (
    "name",
    "description",
    "tags",
    "sensitive",
    "used_in_campaigns",
    "used_in_segments",
    "people_with_attribute",
    "last_updated",
)


def event_rows(workspace: Workspace) -> Iterator[dict[str, Any]]:
    """A row of `EVENTS` for each event that ever arrived (D1)."""
    recent = workspace.engine.queries.received_since(workspace.now() - LOG_WINDOW)
    used = _counted(interests.events for interests in _interests(workspace))
    for row in workspace.index.events():
        known = (row.type, row.name)
        counts = (0, used[known], row.first_received, row.last_received, recent.get(known, 0))
        yield dict(zip(EVENTS, (row.name, row.type, "", "", *counts), strict=True))


def attribute_rows(workspace: Workspace) -> Iterator[dict[str, Any]]:
    """A row of `ATTRIBUTES` for each attribute that some person had."""
    used = _counted(interests.attributes for interests in _interests(workspace))
    for row in workspace.index.attributes():
        counts = (0, used[row.name], row.people, row.last_received)
        yield dict(zip(ATTRIBUTES, (row.name, "", "", "", *counts), strict=True))


def _interests(workspace: Workspace) -> Iterator[Any]:
    from cio_tui.segments.evaluate import looks_at

    segments = workspace.engine.book.all()
    return (looks_at(one.condition) for one in segments if one.condition is not None)


def _counted(many: Iterable[Iterable[Hashable]]) -> Counter[Hashable]:
    """In how many segments each is."""
    return Counter(one for each in many for one in each)
