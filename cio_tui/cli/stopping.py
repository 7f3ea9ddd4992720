"""Ctrl-c while something long is done: the first asks it to stop and to leave nothing half-way, the second ends it there."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event
from types import FrameType
from typing import Final

from cio_tui.cli.face import talk

EXIT_STOPPED: Final = 130
"""What a shell expects of a program that ctrl-c ended."""


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Gives what tells whether to stop. Where ctrl-c is ignored, as in a job of the background, it stays so."""
    stopped = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        stopped.set()
        with suppress(RuntimeError):  # it came in the middle of another line
            talk("stopping: what was imported is taken back; ctrl-c again leaves it half-way")

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, stop)
    try:
        yield stopped.is_set
    except KeyboardInterrupt:
        talk("left as it stands: `cio-tui imports` says how far it is")
        raise
    finally:
        signal.signal(signal.SIGINT, before)
