"""The console under a pilot: a demo workspace of the test's own, a still screen, and the screen as text."""

import asyncio
import gc
import io
import shutil
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest
from rich.console import Console as RichConsole
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from cio_tui.tui.app import Console
from cio_tui.tui.screens import send
from cio_tui.workspace import Workspace
from cio_tui.workspace.demo import build_demo

SIZE = (100, 30)
SOON = 0.05  # a timer that rings later than this tells that something takes long, or ends something that is only passing
PATIENCE = 30.0


class Threads(ThreadPoolExecutor):
    """The threads of a loop, counted: one whose worker was cancelled runs on, and may still post."""

    running = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run a function; when it ends, the loop counts it off after all that it posted."""
        loop = asyncio.get_running_loop()
        self.running += 1
        future = super().submit(fn, *args, **kwargs)
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._ended))
        return future

    def _ended(self) -> None:
        self.running -= 1


@pytest.fixture(autouse=True)
def still(monkeypatch, tmp_path) -> None:
    """Nothing of this machine shows, nothing blinks, nothing moves."""
    for name in ("NO_COLOR", "TEXTUAL_THEME", "COLORTERM", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")  # the variable was read when Textual was imported
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.setattr(TextArea, "cursor_blink", False)
    monkeypatch.setattr(send, "PAUSE", 0.01)
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.25)  # `settle` draws when there is something to see
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", quiet)  # theirs sleeps until the whole process has been idle


@pytest.fixture(scope="session", autouse=True)
def seldom_collected() -> Iterator[None]:
    """A console is many small objects: with the usual thresholds a fifth of the time goes into looking for garbage."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


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


async def quiet(*_: float) -> None:
    """Wait until no task and no callback of the loop can run: all that is left waits for a thread or for the time."""
    loop: Any = asyncio.get_running_loop()
    await asyncio.sleep(0)
    while loop._ready:
        await asyncio.sleep(0)


def under_way(app: App[Any]) -> list[object]:
    """What will still change the screen by itself: threads, workers, messages being handled, and timers about to ring."""
    executor = getattr(asyncio.get_running_loop(), "_default_executor", None)
    threads = executor.running if isinstance(executor, Threads) else 0
    workers = [worker for worker in app.workers if not worker.is_finished]
    pumps = [pump for pump in {app, *app._registry} if pump._running]
    handling = [pump for pump in pumps if not pump._message_queue.ready_event._waiters]
    timers = [
        timer
        for pump in pumps
        for timer in pump._timers
        if timer._repeat == 0 and timer._interval <= SOON and timer._task is not None and not timer._task.done()
    ]
    moving = [] if app.animator._complete_event.is_set() else [app.animator]
    return [*(["a thread"] * threads), *workers, *handling, *timers, *moving]


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until nothing is under way and all of it is on the screen.

    One turn is enough when it finds the loop quiet, nothing under way, and an update of the screen that leads to nothing more.
    """
    app, loop = pilot.app, cast("Any", asyncio.get_running_loop())
    deadline = loop.time() + PATIENCE
    await quiet()
    while app.is_running and app._exception is None and not app._exit:
        left = under_way(app)
        assert loop.time() < deadline, f"still under way: {left or 'updates of the screen'}"
        if left:
            await asyncio.sleep(0.001)
        else:
            for screen in app._background_screens:
                if screen._update_timer._active.is_set():
                    screen._on_timer_update()
            app.screen._on_timer_update()
            if not loop._ready:
                return
        await quiet()


def screen_text(app: Console) -> str:
    """What the screen shows, as lines of text without trailing space."""
    width, height = app.size
    console = RichConsole(width=width, height=height, file=io.StringIO(), record=True, force_terminal=True, legacy_windows=False)
    console.print(app.screen._compositor.render_update(full=True, screen_stack=app._background_screens))
    return "\n".join(line.rstrip() for line in console.export_text().splitlines())


def piloted(workspace: Workspace, flow: Callable[[Pilot[Any], Console], Awaitable[None]], size: tuple[int, int] = SIZE) -> None:
    """Run `flow(pilot, app)` on a console of a size, settled before it starts."""

    async def run() -> None:
        asyncio.get_running_loop().set_default_executor(Threads())
        app = Console(workspace)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await flow(pilot, app)
            await settle(pilot)

    asyncio.run(run())


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one by one, settling after each."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def write(pilot: Pilot[Any], text: str) -> None:
    """Type into what has the focus; settled once, when all of it is there."""
    await pilot.press(*({" ": "space", "\n": "enter"}.get(char, char) for char in text))
    await settle(pilot)
