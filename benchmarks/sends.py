"""One event sent, on disk when the call returns: ours with all effects, a bare SQLite insert, and stock TinyDB.

Ours and SQLite take turns in short rounds, so that whatever else the machine does meets each of them. TinyDB comes after them:
the megabytes that it leaves to be written would be in the way of their flushes.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

import apsw
from tinydb import TinyDB

from benchmarks.measuring import Line, Plan, milliseconds, multiple, quantile, timed
from benchmarks.world import copy_of, document, events, owner_of, people_of, workspace_file
from cio_tui.model.commands import Track
from cio_tui.workspace.workspace import Workspace

_WARM: Final = 1_200
"""Sends before the measured ones: the history is full then, and each send also drops its oldest command."""


@dataclass(slots=True)
class Contestant:
    """One way to send. It has `each_round` turns in every `every`-th round."""

    send: Callable[[Track], object]
    stream: Iterator[Track]
    each_round: int
    every: int = 1
    warm: int = 0
    taken: list[float] = field(default_factory=list)

    def turn(self, number: int) -> None:
        """The sends of one round."""
        if number % self.every == 0:
            self.taken += [timed(partial(self.send, event)) for event in islice(self.stream, self.each_round)]

    def p(self, share: float) -> float:
        """A quantile of the seconds taken."""
        return quantile(self.taken, share)

    def spread(self) -> str:
        """p50 and p99; the whole tail when there is enough of it."""
        text = f"{milliseconds(self.p(0.5))} / {milliseconds(self.p(0.99))}"
        return f"{text} (p99.9 {milliseconds(self.p(0.999))})" if len(self.taken) >= 2_000 else text


def run(plan: Plan) -> list[Line]:
    """p50 and p99 by size."""
    rounds = 5 if plan.quick else 25
    ours = {size: _ours(plan, size) for size in plan.sizes}
    bare = {size: _bare(plan, size) for size in plan.sizes}
    tiny = {size: _tiny(plan, size) for size in ((1_000, 10_000) if plan.quick else (1_000, 10_000, 100_000))}
    for together in ([*ours.values(), *bare.values()], list(tiny.values())):
        os.sync()
        for one in together:
            for event in islice(one.stream, one.warm):
                one.send(event)
        for number in range(rounds):
            for one in together:
                one.turn(number)
    return list(_lines(ours, bare, tiny))


def _lines(ours: dict[int, Contestant], bare: dict[int, Contestant], tiny: dict[int, Contestant]) -> Iterator[Line]:
    for size, one in ours.items():
        other = bare[size]
        yield Line(
            f"send at {size:,} events, p50 / p99",
            one.spread(),
            f"bare SQLite insert {other.spread()}",
            multiple(one.p(0.5), other.p(0.5)),
            "p99 < 5 ms",
        )
    for size, other in tiny.items():
        near = ours[min(ours, key=lambda known: abs(known - size))]
        yield Line(
            f"send, beside stock TinyDB at {size:,}",
            near.spread(),
            f"TinyDB insert, not flushed, {other.spread()}",
            multiple(near.p(0.5), other.p(0.5)),
        )
    (small, first), (large, last) = min(ours.items()), max(ours.items())
    yield Line(
        f"send at {large:,} beside {small:,}, p50",
        milliseconds(last.p(0.5)),
        milliseconds(first.p(0.5)),
        multiple(last.p(0.5), first.p(0.5)),
        "1.5 x",
    )
    yield Line(
        f"send at {large:,} beside {small:,}, p99",
        milliseconds(last.p(0.99)),
        milliseconds(first.p(0.99)),
        multiple(last.p(0.99), first.p(0.99)),
        "1.5 x",
    )


def _stream(size: int) -> Iterator[Track]:
    """Fresh events of people who are there."""
    return (event for event in events(1_000_000, people_of(size), seed=9) if not owner_of(event).startswith("nobody"))


def _ours(plan: Plan, size: int) -> Contestant:
    path = copy_of(workspace_file(plan.folder, size), plan.folder, f"sends-{size}.cio")
    workspace = Workspace.open(path)

    def send(event: Track) -> None:
        receipt = workspace.track(event.name, person=event.person, data=event.data)
        assert receipt.status == "accepted", receipt

    return Contestant(send, _stream(size), 200, warm=_WARM)


def _bare(plan: Plan, size: int) -> Contestant:
    source = plan.folder / f"bare-{size}.db"
    if not source.exists():
        part = source.with_suffix(".part")
        part.unlink(missing_ok=True)
        connection = bare_database(part)
        rows = (bare_row(event, number) for number, event in enumerate(events(size, people_of(size))))
        with connection:
            connection.executemany(BARE_INSERT, rows)
        connection.close()
        part.rename(source)
    connection = bare_database(copy_of(source, plan.folder, f"sends-{size}.db"))
    numbers = iter(range(size, 2 * size + 1_000_000))

    def send(event: Track) -> None:
        connection.execute(BARE_INSERT, bare_row(event, next(numbers)))

    return Contestant(send, _stream(size), 200, warm=_WARM)


BARE_INSERT: Final = "INSERT INTO events (name, ts, doc) VALUES (?, ?, ?)"


def bare_database(path: Path) -> apsw.Connection:
    """One table, one index, as durable as ours."""
    connection = apsw.Connection(str(path))
    connection.set_busy_timeout(10_000)
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", "full")
    connection.execute("CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, name TEXT, ts INTEGER, doc TEXT)")
    connection.execute("CREATE INDEX IF NOT EXISTS by_name ON events (name, ts)")
    return connection


def bare_row(event: Track, number: int) -> tuple[str, int | None, str]:
    """The event as a row of that table."""
    return event.name, event.timestamp, json.dumps(document(event, number), separators=(",", ":"))


def _tiny(plan: Plan, size: int) -> Contestant:
    database = TinyDB(tiny_file(plan, size))
    numbers = iter(range(size, 2 * size))

    def send(event: Track) -> None:
        database.insert(document(event, next(numbers)))

    return Contestant(send, _stream(size), 10 if size <= 1_000 else 2 if size <= 10_000 else 1, 1 if size < 100_000 else 5)


def tiny_file(plan: Plan, size: int) -> Path:
    """Stock TinyDB's JSON file with that many events, fresh."""
    path = plan.folder / f"tiny-{size}.json"
    found = enumerate(events(size, people_of(size)), 1)
    path.write_text(json.dumps({"_default": {str(number): document(event, number) for number, event in found}}), encoding="utf-8")
    return path
