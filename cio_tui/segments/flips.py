"""When the passing of time alone changes a verdict (domain.md 4.4, 4.5): exact to the second.

A leaf's verdict is constant between its turning points: an occurrence that arrives or leaves its frame, a timestamp that passes,
the age at which a person counts. The tree is decided anew at each until its verdict differs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter

from cio_tui.segments.conditions import Condition, Performed
from cio_tui.segments.facts import Facts, Occurrence
from cio_tui.segments.operators import is_relative, turning_points
from cio_tui.segments.prepared import (
    Ready,
    ReadyCount,
    ReadyLeaf,
    ReadyTest,
    data_turning_points,
    decided,
    prepare,
    ready_leaves,
)


def next_change(condition: Condition, facts: Facts) -> int | None:
    """The first instant after now at which the verdict is another if nothing else happens; None when it stays.

    Other segments pass for constant.
    """
    return next_change_of(prepare(condition), facts)


def next_change_of(ready: Ready, facts: Facts) -> int | None:
    """`next_change` of a condition made ready."""
    turns = {leaf.place: flips for leaf in ready_leaves(ready) if (flips := leaf_flips(leaf, facts))}
    if not turns:
        return None
    verdicts = {leaf.place: leaf.holds(facts, facts.now) for leaf in ready_leaves(ready)}
    before = decided(ready, verdicts)
    instants = merge(*([(instant, place) for instant in flips] for place, flips in turns.items()))
    for instant, flipped in groupby(instants, key=itemgetter(0)):
        for _, place in flipped:
            verdicts[place] = not verdicts[place]
        if decided(ready, verdicts) != before:
            return int(instant)
    return None


def leaf_flips(leaf: ReadyLeaf, facts: Facts) -> list[int]:
    """Every instant after now at which a leaf's verdict turns, in order."""
    if isinstance(leaf, ReadyCount):
        return _count_flips(leaf, facts)
    if isinstance(leaf, ReadyTest) and is_relative(leaf.leaf.test):
        return _test_flips(leaf, facts)
    return []


def _test_flips(leaf: ReadyTest, facts: Facts) -> list[int]:
    now, flips = facts.now, []
    before = leaf.holds(facts, now)
    for instant in _later(turning_points(leaf.leaf.test, leaf.values(facts)), now):
        if leaf.holds(facts, instant) != before:
            before = not before
            flips.append(instant)
    return flips


def _count_flips(leaf: ReadyCount, facts: Facts) -> list[int]:
    now, count, flips = facts.now, 0, []
    steps: dict[int, int] = defaultdict(int)
    for one in _that_matter(leaf, facts):
        for start, end in _spans(leaf, one, now):
            if start <= now:
                count += 1
            else:
                steps[start] += 1
            if end is not None:
                steps[end] -= 1
    if leaf.aged:
        steps[facts.known_since + leaf.leaf.frame.within] += 0
    before = leaf.verdict(facts, now, count)
    for instant in _later(steps, now):
        count += steps[instant]
        if leaf.verdict(facts, instant, count) != before:
            before = not before
            flips.append(instant)
    return flips


def _that_matter(leaf: ReadyCount, facts: Facts) -> Iterator[Occurrence]:
    """The occurrences that may decide from now on: those to come, and of those that count now the newest.

    Older ones leave a frame before these do, so that beyond the number that is asked for they never decide.
    """
    frame, now = leaf.leaf.frame, facts.now
    if not leaf.varies:
        yield from islice(leaf.counted(facts, now), leaf.cap)
    for one in reversed(leaf.occurrences(facts)):
        if one.timestamp <= now and (not leaf.varies or (frame.within > 0 and one.timestamp < now - frame.within)):
            return
        in_frame = (frame.since is None or one.timestamp >= frame.since) and (frame.until is None or one.timestamp <= frame.until)
        if in_frame and (leaf.varies or leaf.meets is None or leaf.meets(one.data, now)):
            yield one


def _spans(leaf: ReadyCount, one: Occurrence, now: int) -> Iterator[tuple[int, int | None]]:
    """From when until before when an occurrence counts, as far as that is not past."""
    within = leaf.leaf.frame.within
    end = one.timestamp + within + 1 if within > 0 else None
    if not leaf.varies or leaf.meets is None or not isinstance(leaf.leaf, Performed):
        yield one.timestamp, end
        return
    first = max(one.timestamp, now)
    start = first if leaf.meets(one.data, first) else None
    for instant in _later(data_turning_points(leaf.leaf.filters, one.data), first):
        if end is not None and instant >= end:
            break
        if leaf.meets(one.data, instant) != (start is not None):
            if start is not None:
                yield start, instant
            start = instant if start is None else None
    if start is not None:
        yield start, end


def _later(instants: Iterable[int], now: int) -> list[int]:
    return sorted({instant for instant in instants if instant > now})
