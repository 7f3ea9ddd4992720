"""The versions of a message: when each was saved, and what it changed. Enter compares one with the latest over past events."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from cio_tui.liquid.profiles import PROFILES
from cio_tui.messages.definition import KEYS
from cio_tui.model.errors import CioError
from cio_tui.model.instants import format_instant
from cio_tui.tui.previewing.newest import Newest
from cio_tui.tui.previewing.over_events import OverEvents
from cio_tui.tui.rows import NO_ROWS, Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.workspace.message_book import SavedMessage

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

_COLUMNS: Final = (
    Column("version", 8, sortable=False),
    Column("saved", 17, sortable=False),
    Column("changed", 0, sortable=False),
)
_HOW: Final = "enter compares with what is saved now, over the last events"


class VersionsView(Vertical):
    """A row each, the latest first; the last row stands for the other profile."""

    DEFAULT_CSS = """
    VersionsView {
        height: 1fr;
        & .how { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._versions: Sequence[SavedMessage] = ()
        self._number: int | None = None
        self._newest: Newest[int, Sequence[SavedMessage]] = Newest(self, "versions", self._read, self._tell)

    def compose(self) -> ComposeResult:
        """What enter does, and the rows."""
        yield Static(_HOW, classes="how")
        yield VirtualTable(_COLUMNS)

    @property
    def table(self) -> VirtualTable:
        """The rows."""
        return self.query_one(VirtualTable)

    def show(self, number: int) -> None:
        """Show a message's versions, by its number."""
        if number != self._number:
            self._versions = ()
            self.table.replace_rows(NO_ROWS, stay=False)
        self._number = number
        self._newest.ask(number)

    def _read(self, number: int) -> Sequence[SavedMessage]:
        try:
            return cast("Console", self.app).workspace.messages.versions(number)
        except CioError:
            return ()

    def _tell(self, number: int, found: Sequence[SavedMessage] | None) -> None:
        if number != self._number or not found:
            return
        self._versions = found
        lines: list[tuple[str, ...]] = []
        for place, one in enumerate(found):
            before = found[place + 1] if place + 1 < len(found) else None
            said = "the first" if before is None else _changed(before, one)
            lines.append((str(one.version), format_instant(one.updated_at)[:16], said))
        profile = found[0].message.profile
        other = next(one for one in PROFILES if one != profile)
        lines.append((other, "", f"rendered as {other} instead of {profile}"))
        self.table.replace_rows(HeldRows(lines, lambda line: line[0], ShownRow))

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        from cio_tui.tui.screens.message_compare import MessageCompare

        event.stop()
        if not self._versions:
            return
        latest = self._versions[0]
        now = latest.message
        profile = next(one for one in PROFILES if one != now.profile)
        if event.key == profile:
            screen = MessageCompare(now, replace(now, profile=profile), now.profile, profile)
        else:
            chosen = next((one for one in self._versions if str(one.version) == event.key), latest)
            if chosen is latest and len(self._versions) > 1:
                chosen = self._versions[1]
            screen = MessageCompare(chosen.message, now, f"version {chosen.version}", f"version {latest.version}")
        self.app.push_screen(screen, self._event_chosen)

    def _event_chosen(self, activity_id: str | None) -> None:
        if activity_id is not None:
            self.post_message(OverEvents.Wanted(activity_id))


def _changed(before: SavedMessage, after: SavedMessage) -> str:
    """The fields that another version changed."""
    one, other = before.message, after.message
    return ", ".join(key.replace("_", "-") for key, field in KEYS.items() if getattr(one, field) != getattr(other, field))
