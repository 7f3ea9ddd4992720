"""What the tests of whole flows share: typing, the mouse alone, and the entries that a flow left in the log."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from textual.command import CommandInput, CommandList
from textual.pilot import Pilot
from textual.widgets._footer import FooterKey
from textual.widgets._toast import Toast

from cio_tui.tui.app import Console
from cio_tui.workspace import Workspace
from cio_tui.workspace.log import LogEntry
from tests.tui.conftest import SIZE, settle

Flow = Callable[[Pilot[Any], Console], Awaitable[None]]


def lived(workspace: Workspace, flow: Flow, size: tuple[int, int] = SIZE) -> None:
    """Run `flow(pilot, app)` as people see it: with toasts, which stay."""

    async def run() -> None:
        app = Console(workspace)
        app.NOTIFICATION_TIMEOUT = 600
        async with app.run_test(size=size, notifications=True) as pilot:
            await settle(pilot)
            await flow(pilot, app)
            await app.workers.wait_for_complete()

    asyncio.run(run())


async def write(pilot: Pilot[Any], text: str) -> None:
    """Type a text into what has the focus."""
    await pilot.press(*({" ": "space"}.get(char, char) for char in text))
    await settle(pilot)


async def click(pilot: Pilot[Any], target: Any, **options: Any) -> None:
    """Click, and be sure that it is the target that was hit."""
    assert await pilot.click(target, **options), f"something else lies over {target}"
    await settle(pilot)


async def click_toasts_away(pilot: Pilot[Any]) -> None:
    """Click on every toast: it goes."""
    while toasts := list(pilot.app.screen.query(Toast)):
        await click(pilot, toasts[-1])


async def click_row(pilot: Pilot[Any], place: int = 0) -> None:
    """Click a row of the list that is shown."""
    await click(pilot, pilot.app.view.table, offset=(6, place + 1))


async def click_key(pilot: Pilot[Any], title: str) -> None:
    """Click an action in the footer."""
    await click(pilot, next(key for key in pilot.app.screen.query(FooterKey) if key.description == title))


async def click_button(pilot: Pilot[Any], name: str) -> None:
    """Click the button of a form that stands for a method."""
    await click(pilot, next(button for button in pilot.app.screen.query("Button") if name in (button.name, button.id)))


async def click_command(pilot: Pilot[Any], title: str) -> None:
    """Click the palette's key in the footer, write the name of an action, and click on it."""
    await click_key(pilot, "Palette")
    await click(pilot, CommandInput)
    await write(pilot, title.lower())
    commands = pilot.app.screen.query_one(CommandList)
    place = next(place for place, option in enumerate(commands.options) if option.hit.text == title)
    await click(pilot, commands, offset=(4, place + 1))


def named(workspace: Workspace, name: str) -> list[LogEntry]:
    """The entries with a name, the latest that was received last."""
    found = workspace.log.page(f"name:{name}", limit=1000).entries
    return sorted(found, key=lambda entry: entry.position[1])


def shown_keys(app: Any) -> list[str]:
    """The keys of all rows of the list."""
    rows = app.view.table.rows
    return [rows.key(place) for place in range(len(rows))]
