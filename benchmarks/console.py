"""The console: its first frame and its memory in a terminal of its own, its keys without one (console_keys.py)."""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.console_keys import FILTER, NO_KEY
from benchmarks.measuring import Line, Plan, milliseconds, multiple, quantile
from benchmarks.world import copy_of, workspace_file

_ROWS, _COLUMNS = 45, 160
_PATIENCE: Final = 60.0
_MAIN: Final = "from cio_tui.cli import main; main()"
_BARE: Final = """
from textual.app import App
from textual.widgets import Footer, Static, TextArea
class Bare(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Static("a bare app")
        yield TextArea("text")
        yield Footer()
Bare().run()
"""


def run(plan: Plan) -> list[Line]:
    """First frame, keys, keys under a filter, a row that comes, memory."""
    small, large = plan.sizes[0], plan.largest
    paths = {size: copy_of(workspace_file(plan.folder, size), plan.folder, f"console-{size}.cio") for size in (small, large)}
    lines = [
        *_first_frames(plan, paths[large], large),
        *_keys(plan, paths, small, large),
        _under_a_filter(plan, paths[large], large),
        *_appended(plan, paths, small, large),
        _memory(plan, paths[large], large),
    ]
    for path in paths.values():
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
    return lines


def _first_frames(plan: Plan, path: Path, large: int) -> Iterator[Line]:
    """In turns: the first round compiles and warms."""
    bare, ours, filled = [], [], []
    for number in range(4 if plan.quick else 16):
        with _terminal(plan, ["-c", _BARE]) as terminal:
            one = terminal.until("a bare app")
        with _terminal(plan, ["-c", _MAIN, "-w", str(path)]) as terminal:
            two, three = terminal.until("TIMESTAMP"), terminal.until("1/")
        if number:
            bare.append(one)
            ours.append(two)
            filled.append(three)
    beside = quantile(bare, 0.5)
    for what, taken, target in (("first frame", ours, "1.3 x"), (f"rows of {large:,} events drawn", filled, "")):
        seconds = quantile(taken, 0.5)
        text = f"bare Textual app with Static, TextArea, Footer {milliseconds(beside)}"
        yield Line(f"console, start to {what}", milliseconds(seconds), text, multiple(seconds, beside), target)


def _keys(plan: Plan, paths: dict[int, Path], small: int, large: int) -> Iterator[Line]:
    taken: dict[int, dict[str, list[float]]] = {size: {} for size in paths}
    for _ in range(1 if plan.quick else 3):
        for size, path in paths.items():
            for key, values in measured(plan, "keys", path).items():
                taken[size].setdefault(key, []).extend(values)
    for key in ("down", "pagedown"):
        ours, beside = (quantile(taken[size][key], 0.5) - quantile(taken[size][NO_KEY], 0.5) for size in (large, small))
        what = f"console, CPU of `{key}` in a log of {large:,} events"
        yield Line(what, milliseconds(ours), f"{small:,} events {milliseconds(beside)}", multiple(ours, beside), "2 x")


def _under_a_filter(plan: Plan, path: Path, large: int) -> Line:
    taken = measured(plan, "filter", path)
    (idle, idle_most), (busy, busy_most) = ((quantile(taken[name], 0.5), max(taken[name])) for name in ("idle", "busy"))
    return Line(
        f"console, a key to its frame while `{FILTER}` goes over {large:,} events, p50 / most",
        f"{milliseconds(busy)} / {milliseconds(busy_most)}",
        f"no filter at work {milliseconds(idle)} / {milliseconds(idle_most)}",
        multiple(busy, idle),
    )


def _appended(plan: Plan, paths: dict[int, Path], small: int, large: int) -> Iterator[Line]:
    taken = {size: measured(plan, "append", path) for size, path in paths.items()}
    for name, what in (("seen", "until it is drawn"), ("cpu", "CPU until the list is whole")):
        ours, beside = (quantile(taken[size][name], 0.5) for size in (large, small))
        text = f"console, an event sent by another connection into {large:,}, {what}"
        yield Line(text, milliseconds(ours), f"{small:,} events {milliseconds(beside)}", multiple(ours, beside))


def _memory(plan: Plan, path: Path, large: int) -> Line:
    with _terminal(plan, ["-c", _BARE]) as terminal:
        terminal.until("a bare app")
        beside = terminal.memory()
    with _terminal(plan, ["-c", _MAIN, "-w", str(path)]) as terminal:
        terminal.until("1/")
        terminal.write("b")
        terminal.until("beyond 30 d")
        terminal.rest()
        now, most = terminal.memory("VmRSS"), terminal.memory("VmHWM")
    what = f"console, memory with all rows of {large:,} events, at its most"
    return Line(what, f"{now:.0f} MiB, {most:.0f} MiB", f"bare Textual app {beside:.0f} MiB", multiple(now, beside), "< 250 MB")


def measured(plan: Plan, task: str, path: Path) -> dict[str, list[float]]:
    """What a task of console_keys.py measured, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.console_keys", task, str(path)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=_surroundings(plan))
    found: dict[str, list[float]] = json.loads(answer.stdout)
    return found


def keys_meanwhile(plan: Plan, task: str, path: Path, what: str) -> Line:
    """A key to its frame while a task of console_keys.py is at work, beside the same when nothing is."""
    taken = measured(plan, task, path)
    (idle, idle_most), (busy, busy_most) = ((quantile(taken[name], 0.5), max(taken[name])) for name in ("idle", "busy"))
    return Line(
        f"console, a key to its frame while {what}, p50 / most",
        f"{milliseconds(busy)} / {milliseconds(busy_most)} of {len(taken['busy'])}",
        f"nothing at work {milliseconds(idle)} / {milliseconds(idle_most)}",
        multiple(busy, idle),
    )


def _surroundings(plan: Plan) -> dict[str, str]:
    """No settings and no session of anybody's; a terminal with all colours."""
    home = str(plan.folder / "home")
    homes = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), home)
    return {**os.environ, **homes, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}


@dataclass(slots=True)
class _Terminal:
    """A process in a terminal of its own, and what it has written there."""

    process: int
    file: int
    start: float
    text: bytes = b""

    def until(self, words: str) -> float:
        """Seconds from the start until words are on the screen."""
        wanted = words.encode()
        while wanted not in self.text:
            if not self._read(_PATIENCE):
                raise TimeoutError(f"{words!r} was not drawn")
        return time.perf_counter() - self.start

    def rest(self) -> None:
        """Wait until nothing more is drawn."""
        while self._read(2.0):
            pass

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.file], [], [], seconds)
        if ready:
            self.text += os.read(self.file, 65_536)
        return bool(ready)

    def write(self, keys: str) -> None:
        """Press keys."""
        os.write(self.file, keys.encode())

    def memory(self, name: str = "VmRSS") -> float:
        """MiB of the process."""
        status = Path(f"/proc/{self.process}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(name))


@contextmanager
def _terminal(plan: Plan, arguments: Sequence[str]) -> Iterator[_Terminal]:
    surroundings = _surroundings(plan)
    start = time.perf_counter()
    process, file = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
        os.execve(sys.executable, [sys.executable, *arguments], surroundings)
    try:
        yield _Terminal(process, file, start)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(file)
