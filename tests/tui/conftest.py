"""The console under a pilot: a demo workspace of the test's own, a still screen, and the screen as text."""

import asyncio
import io
import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console as RichConsole
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from cio_tui.tui.app import Console
from cio_tui.workspace import Workspace
from cio_tui.workspace.demo import build_demo

SIZE = (100, 30)


@pytest.fixture(autouse=True)
def still(monkeypatch, tmp_path) -> None:
    """Nothing of this machine shows, nothing blinks, nothing moves."""
    for name in ("NO_COLOR", "TEXTUAL_THEME", "COLORTERM", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.setattr(TextArea, "cursor_blink", False)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory) -> Path:
    """The demo workspace, built once a process."""
    path = tmp_path_factory.mktemp("demo") / "demo.cio"
    build_demo(path).close()
    return path


@pytest.fixture
def demo(demo_file, tmp_path) -> Iterator[Workspace]:
    """A copy of the demo workspace, open."""
    path = tmp_path / "demo.cio"
    shutil.copy(demo_file, path)
    with Workspace.open(path) as workspace:
        yield workspace


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until workers have ended and what they posted is on the screen."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def screen_text(app: Console) -> str:
    """What the screen shows, as lines of text without trailing space."""
    width, height = app.size
    console = RichConsole(width=width, height=height, file=io.StringIO(), record=True, force_terminal=True, legacy_windows=False)
    console.print(app.screen._compositor.render_update(full=True, screen_stack=app._background_screens))
    return "\n".join(line.rstrip() for line in console.export_text().splitlines())


def piloted(workspace: Workspace, flow: Callable[[Pilot[Any], Console], Awaitable[None]], size: tuple[int, int] = SIZE) -> None:
    """Run `flow(pilot, app)` on a console of a size, settled before it starts."""

    async def run() -> None:
        app = Console(workspace)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await flow(pilot, app)
            await app.workers.wait_for_complete()

    asyncio.run(run())


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one by one, settling after each."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
