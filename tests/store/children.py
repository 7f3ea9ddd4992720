"""Starting other Python processes, for tests of what processes do to each other."""

import os
import subprocess
import sys
import threading
from pathlib import Path

_LONGEST_SECONDS = 60
_ROOT = Path(__file__).resolve().parents[2]


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python process that runs `code` with `arguments` as its sys.argv[1:], our package importable, its pipes open.

    It is killed after a minute, so that a test that waits for it fails instead of hanging.
    """
    child = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watchdog = threading.Timer(_LONGEST_SECONDS, child.kill)
    watchdog.daemon = True
    watchdog.start()
    return child


def output(child: subprocess.Popen[str]) -> str:
    """What a child printed, once it ended well."""
    printed, complaints = child.communicate()
    assert child.returncode == 0, complaints
    return printed
