"""The palette: actions that work now, saved filters, themes, people and events."""

import asyncio
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any, Final, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from cio_tui.model.errors import CioError
from cio_tui.tui.actions import ACTIONS
from cio_tui.tui.keys_page import shown_keys
from cio_tui.tui.text import visible

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

MOST: Final = 20
"""How many people, and how many events, the palette offers at once."""
Command = tuple[str, str, Callable[[], Any]]
"""What it says, a faint remark, and what runs it."""


class _Commands(Provider):
    @property
    def console(self) -> "Console":
        """The app, typed."""
        return cast("Console", self.app)

    def hit(self, query: str, command: Command, least: float = 0.0) -> Hit | None:
        """A command as the palette shows it, when it has the letters; `least` is for what was found by other means."""
        title, remark, run = command
        matcher = self.matcher(query)
        score = max(matcher.match(title), least)
        shown = Content.assemble(matcher.highlight(title), (f"   {remark}", "$text-muted"))
        return Hit(score, shown, run, text=title) if score > 0 else None


class ActionCommands(_Commands):
    """The actions whose keys work where the person is, the saved filters, the themes."""

    def _actions(self) -> list[Command]:
        active = {one.binding.id: one for one in self.screen.active_bindings.values() if one.enabled}
        own = self.console.settings.keys
        return [
            (action.title, shown_keys(action, own), partial(self.app.run_action, binding.binding.action, binding.node))
            for action in ACTIONS
            if action.id != "palette" and (binding := active.get(action.id)) is not None
        ]

    def _others(self) -> list[Command]:
        saved, show = self.console.settings.filters.items(), self.console.view.show_filter
        found: list[Command] = [(f"Filter: {visible(name)}", visible(line), partial(show, line)) for name, line in saved]
        themes = sorted(self.app.available_themes)
        return found + [(f"Theme: {name}", "", partial(setattr, self.app, "theme", name)) for name in themes]

    async def discover(self) -> Hits:
        """Without a search: the actions, then the saved filters."""
        for title, remark, run in (*self._actions(), *self._others()):
            if not title.startswith("Theme: "):
                yield DiscoveryHit(Content.assemble(title, (f"   {remark}", "$text-muted")), run, text=title)

    async def search(self, query: str) -> Hits:
        """Those whose name has the letters."""
        for command in (*self._actions(), *self._others()):
            hit = self.hit(query, command)
            if hit is not None:
                yield hit


class DataCommands(_Commands):
    """People, events and messages; they are looked for in a thread, so that typing stays quick."""

    async def search(self, query: str) -> Hits:
        """People who are meant by the text, events and messages whose name has the letters."""
        left = Event()
        try:
            people = await asyncio.to_thread(self._people, query, left.is_set)
            events = await asyncio.to_thread(self._events, query)
            messages = await asyncio.to_thread(self._messages, query)
        finally:
            left.set()
        for command, least in (*people, *events, *messages):
            hit = self.hit(query, command, least)
            if hit is not None:
                yield hit

    def _people(self, query: str, cancelled: Callable[[], bool]) -> list[tuple[Command, float]]:
        try:
            rows = self.console.workspace.directory.search(query, MOST, cancelled)
        except CioError:
            return []
        go = self.console.go_to_person
        return [((visible(row.person.label), "person", partial(go, row.person.cio_id)), 0.1) for row in rows]

    def _events(self, query: str) -> list[tuple[Command, float]]:
        wanted = query.casefold()
        rows = [row for row in self.console.workspace.index.events() if _has(row.name.casefold(), wanted)]
        return [((visible(row.name), row.type, partial(self.console.go_to_event, row)), 0.0) for row in rows[:MOST]]

    def _messages(self, query: str) -> list[tuple[Command, float]]:
        wanted = query.casefold()
        found = [one for one in self.console.workspace.messages.all() if _has(one.name.casefold(), wanted)]
        return [((visible(one.name), "message", partial(self.console.go_to_message, one.number)), 0.0) for one in found[:MOST]]


def _has(name: str, letters: str) -> bool:
    """Whether a name has the letters in their order, as the palette's own matcher wants them."""
    rest = iter(name)
    return all(letter in rest for letter in letters if not letter.isspace())
