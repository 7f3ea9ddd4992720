"""How far a check or an import is, how fast, and how long it will still take."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from cio_tui.model.errors import CioError

Phase = Literal["checking", "importing", "taking back"]


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """`done` of `total` bytes while a file is checked, rows while it is imported. `rate` is `done` a second, `seconds_left` None
    until there is one.
    """

    phase: Phase
    done: int
    total: int
    rate: float = 0.0
    seconds_left: float | None = None

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return min(self.done / self.total, 1.0) if self.total else 1.0


Told = Callable[[ImportProgress], None]
Cancelled = Callable[[], bool]


class ImportCancelled(CioError):
    """Somebody stopped a check: nothing was written."""


class Pace:
    """Tells progress with its rate, and asks whether to go on. `ticks` gives seconds that only go up; `first` was done before."""

    def __init__(
        self, phase: Phase, told: Told | None, cancelled: Cancelled | None, ticks: Callable[[], float], first: int = 0
    ) -> None:
        self._phase: Phase = phase
        self._told = told
        self._cancelled = cancelled
        self._ticks = ticks
        self._start = ticks()
        self._first = first

    def tell(self, done: int, total: int) -> None:
        """Say how far it is."""
        if self._told is None:
            return
        passed = self._ticks() - self._start
        rate = (done - self._first) / passed if passed > 0 else 0.0
        self._told(ImportProgress(self._phase, done, total, rate, (total - done) / rate if rate > 0 else None))

    def stopped(self) -> bool:
        """Whether somebody wants it to end."""
        return self._cancelled is not None and self._cancelled()

    def step(self, done: int, total: int) -> None:
        """`tell`, for work that is dropped when it is stopped. Raises ImportCancelled."""
        self.tell(done, total)
        self.go_on()

    def go_on(self, *_: int) -> None:
        """Raises ImportCancelled when somebody wants it to end."""
        if self.stopped():
            raise ImportCancelled("stopped: nothing was written")
