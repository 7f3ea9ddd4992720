"""Membership kept current: a send that 50 segments look at, saving a segment over everybody, and a day that passes.

The sends take turns in short rounds, as in sends.py. What stands beside them is a workspace without segments, a bare SQLite
insert, and a program that counts all segments anew after each event.
"""

import os
from collections.abc import Iterator
from itertools import count, islice
from typing import Final

from benchmarks.measuring import Line, Plan, milliseconds, multiple, repeated, timed
from benchmarks.segments import SEGMENT
from benchmarks.sends import BARE_INSERT, Contestant, bare_database, bare_row
from benchmarks.world import copy_of, events, owner_of, people_of, workspace_file
from cio_tui.model.commands import Track
from cio_tui.segments.definition import Definition
from cio_tui.workspace.workspace import Workspace

SEGMENTS: Final = 50
_DAY: Final = 86_400
_FRAME: Final = """
name: Orders {number}
conditions:
  - event: order_placed
    performed: at least {times} times
    within: {days} days
    where:
      - items[].type: {goods}
      - total: {{greater than: {total}}}
  - attribute: plan
    is not: nobody's
  - any:
      - event: signed_in
        performed: never
        within: {days} days
      - attribute: score
        greater than: {total}
"""
_GOODS: Final = ("monitor", "dock", "cable", "keyboard", "webcam")


def run(plan: Plan) -> list[Line]:
    """Sends, saving, and a day."""
    return [*_sends(plan), *_saving(plan)]


def _sends(plan: Plan) -> Iterator[Line]:
    size = plan.sizes[1]
    bought = _with_segments(plan, size)
    ours, plain, bare = _ours(size, bought), _ours(size, _copy(plan, size, "plain")), _bare(plan, size)
    os.sync()
    for number in range(5 if plan.quick else 25):
        for one in (ours, plain, bare):
            one.turn(number)
    definitions = [row.segment.definition for row in bought.segments.all()]
    instants = count(bought.now())
    anew = repeated(lambda: [bought.segments.count(one, at=next(instants)) for one in definitions], times=3)
    what = f"send that {SEGMENTS} segments look at, {people_of(size):,} people, p50 / p99"
    for name, beside, seconds in (
        ("the same without segments", plain.spread(), plain.p(0.5)),
        ("a bare SQLite insert", bare.spread(), bare.p(0.5)),
        (f"counting {SEGMENTS} segments anew", milliseconds(anew), anew),
    ):
        yield Line(f"{what}, beside {name}", ours.spread(), beside, multiple(ours.p(0.5), seconds))
    added = max(0.0, ours.p(0.5) - plain.p(0.5))
    yield Line(f"{SEGMENTS} segments re-evaluated for one event", milliseconds(added), target="5 ms")
    before = bought.now()
    day = timed(lambda: bought.advance(_DAY))
    moved = sum(one.at > before for one in bought.segments.movements(limit=1_000_000))
    yield Line(f"a day that passes, {SEGMENTS} segments, {moved:,} movements", milliseconds(day))


def _saving(plan: Plan) -> Iterator[Line]:
    with _copy(plan, plan.largest, "saving") as workspace:
        what = f"{people_of(plan.largest):,} people, {plan.largest:,} events"
        saving = timed(lambda: workspace.save_segment(Definition("Three", condition=SEGMENT)))
        yield Line(f"a segment of 3 conditions saved, {what}", milliseconds(saving))


def _copy(plan: Plan, size: int, name: str) -> Workspace:
    path = copy_of(workspace_file(plan.folder, size), plan.folder, f"live-{name}-{size}.cio")
    return Workspace.open(path)


def _with_segments(plan: Plan, size: int) -> Workspace:
    workspace = _copy(plan, size, "segments")
    for number in range(SEGMENTS):
        goods = _GOODS[number % len(_GOODS)]
        text = _FRAME.format(number=number, times=1 + number % 3, days=7 + number, goods=goods, total=20 * number)
        receipt = workspace.save_segment(text)
        assert receipt.ok, receipt
    return workspace


def _stream(size: int) -> Iterator[Track]:
    """Orders of people who are there."""
    found = events(1_000_000, people_of(size), seed=9)
    return (one for one in found if one.name == "order_placed" and not owner_of(one).startswith("nobody"))


def _ours(size: int, workspace: Workspace) -> Contestant:
    def send(event: Track) -> None:
        receipt = workspace.track(event.name, person=event.person, data=event.data)
        assert receipt.ok, receipt

    return _warmed(Contestant(send, _stream(size), 40))


def _bare(plan: Plan, size: int) -> Contestant:
    connection = bare_database(plan.folder / "live.db")
    numbers = count()
    return _warmed(Contestant(lambda event: connection.execute(BARE_INSERT, bare_row(event, next(numbers))), _stream(size), 40))


def _warmed(one: Contestant) -> Contestant:
    for event in islice(one.stream, 50):
        one.send(event)
    return one
