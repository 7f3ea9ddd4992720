"""The one place that reads the wall clock."""

import time


def wall_seconds() -> int:
    """Now, in whole Unix seconds."""
    return int(time.time())


def wait(seconds: float) -> None:
    """Let real time pass, for whoever follows a live workspace."""
    time.sleep(seconds)


def ticks() -> float:
    """Seconds that only ever go up, to tell how long something took; they say nothing of when."""
    return time.monotonic()
