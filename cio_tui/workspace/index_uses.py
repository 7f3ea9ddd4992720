"""What uses an event or an attribute of the data index: the messages and the segments that would miss it (D1, D2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cio_tui.workspace.index_reader import AttributeRow, EventRow

if TYPE_CHECKING:
    from cio_tui.segments.evaluate import Interests
    from cio_tui.workspace.message_readers import Readers
    from cio_tui.workspace.workspace import Workspace

    _Names = dict[Hashable, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Users:
    """The names of what uses one row, in the order they were made."""

    messages: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()

    def in_words(self) -> str:
        """Messages by their names, then segments, said to be that; empty for nothing."""
        return ", ".join((*self.messages, *(f"segment {name}" for name in self.segments)))


class Uses:
    """All uses, as they are when they are first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def of(self, row: EventRow | AttributeRow) -> Users:
        """Who uses a row."""
        return Users(self.messages(row), self.segments(row))

    def messages(self, row: EventRow | AttributeRow) -> tuple[str, ...]:
        """The messages that read an attribute or begin with an event; none begins with a page or a screen of its name."""
        read = self._readers
        if read is None or (isinstance(row, EventRow) and row.type != "event"):
            return ()
        return (read.events if isinstance(row, EventRow) else read.attributes).get(row.name, ())

    def segments(self, row: EventRow | AttributeRow) -> tuple[str, ...]:
        """The segments with a condition on it."""
        events, attributes = self._looking
        return events.get((row.type, row.name), ()) if isinstance(row, EventRow) else attributes.get(row.name, ())

    @cached_property
    def _readers(self) -> Readers | None:
        """None where no message is saved: then no Liquid is loaded."""
        return self._workspace.previews.readers() if self._workspace.messages.all() else None

    @cached_property
    def _looking(self) -> tuple[_Names, _Names]:
        interests = list(_interests(self._workspace))
        return _named((name, one.events) for name, one in interests), _named((name, one.attributes) for name, one in interests)


def _interests(workspace: Workspace) -> Iterator[tuple[str, Interests]]:
    for segment in workspace.engine.book.all():
        if segment.condition is not None:
            from cio_tui.segments.evaluate import looks_at

            yield segment.name, looks_at(segment.condition)


def _named(many: Iterable[tuple[str, Iterable[Hashable]]]) -> _Names:
    """The names of the segments by what they look at."""
    found: dict[Hashable, list[str]] = defaultdict(list)
    for name, those in many:
        for one in those:
            found[one].append(name)
    return {one: tuple(names) for one, names in found.items()}
