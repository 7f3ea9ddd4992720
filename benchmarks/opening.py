"""Opening a workspace in a fresh process and reading the first page of its log: time, and the memory it takes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from benchmarks.measuring import Line, Plan, milliseconds, multiple, quantile
from benchmarks.sends import tiny_file
from benchmarks.world import workspace_file

_HEAD: Final = """
import json, sys, time
def mebibytes(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(name))
path = sys.argv[1]
"""
_TAIL: Final = """
print(json.dumps([time.perf_counter() - start, mebibytes("VmHWM") - before]))
"""
_OURS: Final = """
from cio_tui.workspace import Workspace
import cio_tui.filters
before, start = mebibytes("VmRSS"), time.perf_counter()
workspace = Workspace.open(path, create=False)
assert workspace.log.page(hidden=True).entries
"""
_BARE: Final = """
import apsw
before, start = mebibytes("VmRSS"), time.perf_counter()
connection = apsw.Connection(path)
assert connection.execute("SELECT doc FROM activity ORDER BY timestamp DESC LIMIT 51").fetchall()
"""
_TINY: Final = """
from tinydb import TinyDB
before, start = mebibytes("VmRSS"), time.perf_counter()
assert sorted(TinyDB(path).all(), key=lambda one: -one["timestamp"])[:50]
"""


def run(plan: Plan) -> list[Line]:
    """Time and memory of ours, of SQLite alone on the same file, and of stock TinyDB at a size it can stand."""
    small = 10_000 if plan.quick else 100_000
    scripts = {
        "ours": (_OURS, workspace_file(plan.folder, plan.largest)),
        "SQLite": (_BARE, workspace_file(plan.folder, plan.largest)),
        "TinyDB": (_TINY, tiny_file(plan, small)),
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in scripts}
    for number in range(6 if plan.quick else 16):
        for name, (script, path) in scripts.items():
            answer = _in_fresh_process(script, path)
            if number:  # the first round warms the file cache
                taken[name].append(answer)
    seconds = {name: quantile([one for one, _ in pairs], 0.5) for name, pairs in taken.items()}
    memory = {name: quantile([two for _, two in pairs], 0.5) for name, pairs in taken.items()}
    what = f"{plan.largest:,} events"
    tiny = f"stock TinyDB at {small:,}"
    return [
        Line(
            f"open {what} and read the first page",
            milliseconds(seconds["ours"]),
            f"SQLite alone {milliseconds(seconds['SQLite'])}, {tiny} {milliseconds(seconds['TinyDB'])}",
            f"{multiple(seconds['ours'], seconds['SQLite'])}, {multiple(seconds['ours'], seconds['TinyDB'])}",
            "< 500 ms",
        ),
        Line(
            f"memory that opening {what} takes at its most",
            f"{memory['ours']:.1f} MiB",
            f"SQLite alone {memory['SQLite']:.1f} MiB, {tiny} {memory['TinyDB']:,.0f} MiB",
            f"{multiple(memory['ours'], memory['SQLite'])}, {multiple(memory['ours'], memory['TinyDB'])}",
        ),
    ]


def _in_fresh_process(script: str, path: Path) -> tuple[float, float]:
    command = [sys.executable, "-c", _HEAD + script + _TAIL, str(path)]
    seconds, mebibytes = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return seconds, mebibytes
