"""What all benchmarks share: what a run was asked for, timing, and one line of the table."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.world import LARGE, MIDDLE, SMALL


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the data is kept, and whether a short look at small data is enough."""

    folder: Path
    quick: bool = False

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many events the workspaces have, the largest last."""
        return (SMALL, 20_000) if self.quick else (SMALL, MIDDLE, LARGE)

    @property
    def largest(self) -> int:
        """The events of the largest workspace."""
        return self.sizes[-1]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what was measured, ours, what stands beside it, and ours as a multiple of it."""

    what: str
    ours: str
    beside: str = ""
    ratio: str = ""
    target: str = ""


COLUMNS: Final = ("what", "cio_tui", "beside it, in the same run", "ratio", "target")


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def processor_time(work: Callable[[], object]) -> float:
    """Seconds of the processor that the work takes in this process: other work on the machine hardly changes it."""
    start = time.process_time()
    work()
    return time.process_time() - start


def repeated(work: Callable[[], object], times: int = 15, patience: float = 6.0) -> float:
    """The median of several runs after a first one that does not count; fewer runs when they are slow."""
    work()
    taken: list[float] = []
    while len(taken) < times and (len(taken) < 3 or sum(taken) < patience):
        taken.append(timed(work))
    return quantile(taken, 0.5)


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def milliseconds(seconds: float) -> str:
    """`0.83 ms`, `12 ms`, `1,340 ms`: as many digits as mean something."""
    value = seconds * 1000
    return f"{value:.2f} ms" if value < 10 else f"{value:,.0f} ms"


def multiple(one: float, other: float) -> str:
    """`6.5 x`: one as a multiple of the other."""
    value = one / other
    return f"{value:,.0f} x" if value >= 100 else f"{value:.2g} x" if value < 10 else f"{value:.0f} x"
