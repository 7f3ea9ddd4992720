"""Asking for everybody, again and again, as one does while a condition is being written."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import get_ident
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from cio_tui.segments.compile import Everybody

Answer = TypeVar("Answer")


class Counter:
    """Puts questions to one `Everybody` in a thread of its own, one after the other.

    What was read for one question serves the next as long as nobody writes, and only the thread that read it can tell: each has
    its own connection.
    """

    def __init__(self, make: Callable[[], Everybody]) -> None:
        self._make = make
        self._everybody: Everybody | None = None
        self._threads: ThreadPoolExecutor | None = None
        self._thread = 0

    def ask(self, question: Callable[[Everybody], Answer]) -> Answer:
        """The answer, when all questions before it have theirs. A question may ask others."""
        if get_ident() == self._thread:
            return question(self._make())
        if self._threads is None:
            self._threads = ThreadPoolExecutor(1, "segments")
        return self._threads.submit(self._answer, question).result()

    def _answer(self, question: Callable[[Everybody], Answer]) -> Answer:
        self._thread = get_ident()
        if self._everybody is None:
            self._everybody = self._make()
        return question(self._everybody)

    def close(self) -> None:
        """Let the question that is being answered be the last."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None
