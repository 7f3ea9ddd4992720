"""The data index as it is exported (domain.md 5): each event and attribute with what uses it. Instants are Unix seconds.

Descriptions, tags and sensitive marks are not kept, and there are no campaigns, so these columns are empty or 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from cio_tui.model.limits import LOG_WINDOW
from cio_tui.workspace.index_uses import Uses

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
    uses = Uses(workspace)
    for row in workspace.index.events():
        segments = len(uses.segments(row))
        counts = (0, segments, row.first_received, row.last_received, recent.get((row.type, row.name), 0))
        yield dict(zip(EVENTS, (row.name, row.type, "", "", *counts), strict=True))


def attribute_rows(workspace: Workspace) -> Iterator[dict[str, Any]]:
    """A row of `ATTRIBUTES` for each attribute that some person had."""
    uses = Uses(workspace)
    for row in workspace.index.attributes():
        counts = (0, len(uses.segments(row)), row.people, row.last_received)
        yield dict(zip(ATTRIBUTES, (row.name, "", "", "", *counts), strict=True))
