"""A command line from start to exit, beside a Python that does nothing."""

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.measuring import Line, Plan, milliseconds, multiple, quantile, timed
from benchmarks.world import HEAVY_PERSON, copy_of, workspace_file

_MAIN: Final = "from cio_tui.cli import main; main()"


def run(plan: Plan) -> list[Line]:
    """`--version`, and one `send` into the largest workspace."""
    path = copy_of(workspace_file(plan.folder, plan.largest), plan.folder, "starting.cio")
    commands = {
        "python -c pass": ["-c", "pass"],
        "cio-tui --version": ["-c", _MAIN, "--version"],
        "cio-tui send": ["-c", _MAIN, *_send(path)],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(6 if plan.quick else 31):
        for name, arguments in commands.items():
            seconds = timed(partial(_python, arguments))
            if number:  # the first round compiles and warms
                taken[name].append(seconds)
    python, version, send = (quantile(seconds, 0.5) for seconds in taken.values())
    beside = f"`python -c pass` {milliseconds(python)}"
    return [
        Line("start of `cio-tui --version`", milliseconds(version), beside, multiple(version, python)),
        Line(f"start, one `cio-tui send` at {plan.largest:,} events, exit", milliseconds(send), beside, multiple(send, python)),
    ]


def _send(path: Path) -> list[str]:
    return ["-w", str(path), "send", "order_placed", "--person", HEAVY_PERSON, "--data", '{"total": 215}']


def _python(arguments: list[str]) -> None:
    answer = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    if answer.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed: {answer.stderr.strip()}")
