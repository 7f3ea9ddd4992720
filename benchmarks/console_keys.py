"""The console without a terminal, in a process of its own: `python -m benchmarks.console_keys TASK FILE` prints what it measured.

The log shows what the product hides, so that all rows are in the list.
"""

import asyncio
import json
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from textual import events
from textual.pilot import Pilot

from benchmarks.confirmation import LAST, message
from benchmarks.world import HEAVY_PERSON, event_csv
from cio_tui.tui import app as app_module
from cio_tui.tui.app import Console
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.previewing.trial import EventsTrial
from cio_tui.tui.screens.message_trial import MessageTrial
from cio_tui.tui.views.activity import ActivityView
from cio_tui.workspace import Workspace

FILTER: Final = "data.total>500"
IMPORTED: Final = 50_000
"""Rows of the file that is imported while keys are pressed."""
NO_KEY: Final = "f20"
"""Bound to nothing: what is left is what a press costs the pilot."""

_SIZE: Final = (160, 45)
_PRESSES: Final = 20
_PATIENCE: Final = 60.0


class WatchedConsole(Console):
    """A console that tells what waits for it when a frame is drawn."""

    CSS_PATH = str(Path(app_module.__file__).with_name(Console.CSS_PATH))

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.until: Callable[[], bool] | None = None
        self.reached = threading.Event()

    def expect(self, until: Callable[[], bool]) -> None:
        """From now on, look after each frame whether something is so."""
        self.reached.clear()
        self.until = until

    def post_display_hook(self) -> None:
        """A frame was drawn."""
        if self.until is not None and self.until():
            self.until = None
            self.reached.set()


@asynccontextmanager
async def _console(path: Path) -> AsyncIterator[tuple[Pilot[Any], WatchedConsole, ActivityView]]:
    with Workspace.open(path, create=False) as workspace:
        app = WatchedConsole(workspace)
        async with app.run_test(size=_SIZE) as pilot:
            await _settled(pilot)
            view = app.query_one(ActivityView)
            view.action_beyond()
            await _settled(pilot)
            assert len(view.table.rows) == view.total
            yield pilot, app, view
            await _settled(pilot)


async def _settled(pilot: Pilot[Any]) -> None:
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def keys(path: Path) -> dict[str, list[float]]:
    """CPU seconds of each press, by key."""
    async with _console(path) as (pilot, _, view):
        taken: dict[str, list[float]] = {}
        for key in (NO_KEY, "down", "pagedown") * 2:
            view.table.cursor = 0
            await pilot.pause()
            for _ in range(_PRESSES):
                start = time.process_time()
                await pilot.press(key)
                taken.setdefault(key, []).append(time.process_time() - start)
        return taken


async def filtering(path: Path) -> dict[str, list[float]]:
    """Seconds from a key to the frame that shows it: while nothing else goes on, and while a filter goes over all rows."""
    async with _console(path) as (pilot, app, view):
        idle = await asyncio.to_thread(_latencies, app, view, lambda taken: len(taken) < 3 * _PRESSES)
        busy: list[float] = []
        for _ in range(3):
            view.show_filter(FILTER)
            busy += await asyncio.to_thread(_latencies, app, view, lambda _: any(not one.is_finished for one in app.workers))
            view.show_filter("")
            await _settled(pilot)
        return {"idle": idle, "busy": busy}


def _latencies(app: WatchedConsole, view: ActivityView | EventsTrial, more: Callable[[list[float]], bool]) -> list[float]:
    """Keys from a thread, as a terminal's come, 30 ms apart."""
    taken: list[float] = []
    table = view.table
    while more(taken):
        key, before = ("down", "up")[len(taken) % 2], table.cursor
        app.expect(lambda before=before: table.cursor != before)  # type: ignore[misc]
        start = time.perf_counter()
        app.post_message(events.Key(key, None))
        if not app.reached.wait(_PATIENCE):
            raise TimeoutError(f"{key} was not handled")
        taken.append(time.perf_counter() - start)
        time.sleep(0.03)
    return taken


async def appending(path: Path) -> dict[str, list[float]]:
    """Seconds from a `track` on another connection until its row is drawn, and until the list is whole; CPU seconds of all."""
    taken: dict[str, list[float]] = {"seen": [], "whole": [], "cpu": []}
    async with _console(path) as (pilot, app, view):
        view.action_follow()
        with Workspace.open(path, create=False) as other:
            for number in range(8):
                await _settled(pilot)
                await asyncio.to_thread(_append, app, view, other, f"appended_{number}", taken)
    return {name: values[1:] for name, values in taken.items()}


def _append(app: WatchedConsole, view: ActivityView, other: Workspace, name: str, taken: dict[str, list[float]]) -> None:
    rows = view.table.rows
    before, cpu = len(rows), time.process_time()
    app.expect(lambda: view.table.rows is not rows and any(name in cell for cell in view.table.rows.show(0).cells))
    start = time.perf_counter()
    receipt = other.track(name, person=HEAVY_PERSON)
    if not app.reached.wait(_PATIENCE):
        raise TimeoutError(f"{name} was not shown: {receipt}")
    taken["seen"].append(time.perf_counter() - start)
    while len(view.table.rows) <= before:
        time.sleep(0.001)
    taken["whole"].append(time.perf_counter() - start)
    taken["cpu"].append(time.process_time() - cpu)


async def previews(path: Path) -> dict[str, list[float]]:
    """Seconds from a key to the frame that shows it: while nothing else goes on, and while a message is tried on 1,000 events."""
    async with _console(path) as (pilot, app, view):
        idle = await asyncio.to_thread(_latencies, app, view, lambda taken: len(taken) < 3 * _PRESSES)
        await app.push_screen(MessageTrial(message()))
        await _settled(pilot)
        trial = app.screen.query_one(EventsTrial)
        app.screen.query_one(".last", PlainInput).value = str(LAST)
        trial.start()
        while len(trial.table.rows) < 2:
            await pilot.pause(0.05)
        trial.table.focus()
        busy = await asyncio.to_thread(_latencies, app, trial, lambda _: trial.running)
        return {"idle": idle, "busy": busy}


async def importing(path: Path) -> dict[str, list[float]]:
    """Seconds from a key to the frame that shows it: while nothing else goes on, and while an event CSV is checked and run."""
    async with _console(path) as (_, app, view):
        idle = await asyncio.to_thread(_latencies, app, view, lambda taken: len(taken) < 3 * _PRESSES)
        file = event_csv(path.parent, IMPORTED, 1_000)
        worker = app.run_worker(lambda: app.workspace.import_events(file), thread=True)
        busy = await asyncio.to_thread(_latencies, app, view, lambda _: not worker.is_finished)
        return {"idle": idle, "busy": busy}


TASKS: Final = {"keys": keys, "filter": filtering, "append": appending, "previews": previews, "import": importing}

if __name__ == "__main__":
    print(json.dumps(asyncio.run(TASKS[sys.argv[1]](Path(sys.argv[2])))))
