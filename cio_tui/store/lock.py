"""A fair lock between processes, for commits and checkpoints.

SQLite's own waiting polls with growing pauses, so a process that writes without a pause starves the others. Two `flock`
files make a turnstile: whoever waits for the write lock holds the queue lock, so one who has just written has to queue
behind. The kernel wakes waiters at once and frees the locks of a killed process. Correctness never rests on this lock
(`BEGIN IMMEDIATE` guards it); where `fcntl` is missing, SQLite's own waiting has to be enough.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import IO

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:
    fcntl = None


class FairLock:
    """First come, first served, among the threads of this process and among processes; re-entrant within a thread."""

    def __init__(self, workspace: Path | None) -> None:
        self._threads = threading.RLock()
        self._depth = 0
        self._waiting = 0
        self._files: tuple[IO[bytes], IO[bytes]] | None = None
        if workspace is not None and fcntl is not None:
            queue, write = (workspace.with_name(f"{workspace.name}-{part}.lock") for part in ("queue", "write"))
            self._files = (queue.open("ab"), write.open("ab"))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the turn, and keep it for the body."""
        self._wait_for_threads()
        try:
            self._depth += 1
            try:
                if self._depth == 1:
                    self._acquire()
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._release()
        finally:
            self._threads.release()

    def _wait_for_threads(self) -> None:
        if not self._threads.acquire(blocking=False):
            self._waiting += 1
            try:
                self._threads.acquire()
            finally:
                self._waiting -= 1

    def _acquire(self) -> None:
        if self._files and fcntl:
            queue, write = self._files
            fcntl.flock(queue, fcntl.LOCK_EX)
            try:
                fcntl.flock(write, fcntl.LOCK_EX)
            finally:
                fcntl.flock(queue, fcntl.LOCK_UN)

    def _release(self) -> None:
        if self._files and fcntl:
            fcntl.flock(self._files[1], fcntl.LOCK_UN)

    def awaited(self) -> bool:
        """Whether another thread or process waits for us to finish: long work ends its transaction then."""
        if self._waiting:
            return True
        if not (self._files and fcntl):
            return False
        try:
            fcntl.flock(self._files[0], fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        fcntl.flock(self._files[0], fcntl.LOCK_UN)
        return False

    def close(self) -> None:
        """Give the files back."""
        for file in self._files or ():
            file.close()
        self._files = None


class Claim:
    """Something that one at a time may do on a workspace, for longer than a transaction: whoever is killed gives it back.

    Where `fcntl` is missing, or in memory, it holds among the threads that share this object only.
    """

    def __init__(self, workspace: Path | None, what: str) -> None:
        self._path = None if workspace is None or fcntl is None else workspace.with_name(f"{workspace.name}-{what}.lock")
        self._threads = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Have it for the body, without waiting; false when another one has it."""
        if not self._threads.acquire(blocking=False):
            yield False
            return
        try:
            if self._path is None or fcntl is None:
                yield True
                return
            with self._path.open("ab") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    yield False
                    return
                yield True
        finally:
            self._threads.release()

    def taken(self) -> bool:
        """Whether somebody has it."""
        if self._path is None or fcntl is None or not self._path.exists() or self._threads.locked():
            return self._threads.locked()
        with self._path.open("ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False
