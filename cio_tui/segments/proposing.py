"""The smallest single change to a person that turns a verdict: an attribute set or removed, else as few events as possible.

Candidates come from the leaves; each is put to the whole tree, so what is told does turn it. Other segments pass for constant.
"""

from collections.abc import Callable, Iterator
from itertools import islice, product
from typing import Any, Final

from cio_tui.model.activity import ATTRIBUTE_CHANGE, EventType
from cio_tui.model.json_values import size
from cio_tui.model.limits import (
    ATTRIBUTE_NAME_BYTES,
    ATTRIBUTE_VALUE_BYTES,
    ATTRIBUTES_PER_PERSON,
    EVENT_NAME_BYTES,
    FIRST_TIMESTAMP,
)
from cio_tui.model.paths import PropertyPath
from cio_tui.segments.changes import Change, ChangedFacts, EventToSend, RemoveAttribute, SendEvents, SetAttribute
from cio_tui.segments.conditions import AttributeIs, Performed, Test
from cio_tui.segments.facts import Facts
from cio_tui.segments.fulfilling import data_for, placed, proposals
from cio_tui.segments.prepared import Ready, ReadyCount, ReadyGroup, ready_leaves

KEPT: Final = frozenset({"id", "email", "cio_id", "anonymous_id"})
"""Identifiers: they tell who somebody is, so no change of them is proposed."""
_MOST_EVENTS: Final = 1000
_MOST_TRIES: Final = 400
_MOST_WAYS: Final = 8
Plan = tuple[EventToSend, ...]


def smallest_change(ready: Ready, facts: Facts) -> Change | None:
    """The change that turns the verdict, if one is found."""
    before = ready.holds(facts, facts.now)

    def turns(change: Change) -> bool:
        return ready.holds(ChangedFacts(facts, change), facts.now) != before

    attribute = next((change for change in islice(_attribute_changes(ready, facts), _MOST_TRIES) if turns(change)), None)
    if attribute is not None:
        return attribute
    plans = sorted(_plans(ready, facts, want=not before), key=_cost)
    found = next((plan for plan in plans if plan and turns(SendEvents(plan))), None)
    return None if found is None else SendEvents(_fewest(found, lambda plan: turns(SendEvents(plan))))


def _cost(plan: Plan) -> tuple[int, int]:
    return len(plan), sum(size(one.data) for one in plan)


def _fewest(plan: Plan, turns: Callable[[Plan], bool]) -> Plan:
    """The plan without the events that it does not need."""
    if len(plan) > _MOST_WAYS:
        return plan
    for number in range(len(plan) - 1, -1, -1):
        shorter = plan[:number] + plan[number + 1 :]
        if shorter and turns(shorter):
            plan = shorter
    return plan


def _attribute_changes(ready: Ready, facts: Facts) -> Iterator[Change]:
    tests: dict[PropertyPath, list[Test]] = {}
    for leaf in ready_leaves(ready):
        if isinstance(leaf.leaf, AttributeIs):
            tests.setdefault(leaf.leaf.path, []).append(leaf.leaf.test)
        elif isinstance(leaf.leaf, Performed) and leaf.leaf.type == ATTRIBUTE_CHANGE:
            for data in data_for(leaf.leaf.filters, facts.now):
                yield from _set(facts, leaf.leaf.name, data.get("to", "other"))
            yield from _removed(facts, leaf.leaf.name)
    for path, of_path in tests.items():
        for value in proposals(of_path, facts.now):
            changed = placed(path, dict(facts.attributes), value)
            name = next((key for key in changed if changed[key] is not facts.attributes.get(key)), None) if changed else None
            if changed and name is not None:
                yield from _set(facts, name, changed[name])
        first = path.steps[0]
        for name in ((first,) if isinstance(first, str) else ()) + (() if path.explicit else (path.text,)):
            yield from _removed(facts, name)


def _set(facts: Facts, name: str, value: Any) -> Iterator[Change]:
    known = name in facts.attributes
    old = facts.attributes.get(name)
    if name in KEPT or not name or "\0" in name or value in (None, "") or (known and type(old) is type(value) and old == value):
        return
    fits = len(name.encode()) <= ATTRIBUTE_NAME_BYTES and size(value) <= ATTRIBUTE_VALUE_BYTES
    if fits and (known or len(facts.attributes) < ATTRIBUTES_PER_PERSON):
        yield SetAttribute(name, value)


def _removed(facts: Facts, name: str) -> Iterator[Change]:
    if name in facts.attributes and name not in KEPT:
        yield RemoveAttribute(name)


def _plans(ready: Ready, facts: Facts, *, want: bool) -> list[Plan]:
    """Events that may bring a condition to a verdict, a few ways; the empty one where it is so already."""
    if ready.holds(facts, facts.now) == want:
        return [()]
    if isinstance(ready, ReadyGroup):
        return _group_plans(ready, facts, want=want)
    return list(islice(_leaf_plans(ready, facts, want=want), _MOST_WAYS)) if isinstance(ready, ReadyCount) else []


def _group_plans(group: ReadyGroup, facts: Facts, *, want: bool) -> list[Plan]:
    each = want if group.match != "none" else not want
    together = (group.match == "all") == each
    ways = [sorted(_plans(member, facts, want=each), key=_cost)[:_MOST_WAYS] for member in group.members]
    if not together:
        return [plan for of_member in ways for plan in of_member]
    if not group.members or not all(ways):
        return []
    return sorted((joined for plans in islice(product(*ways), _MOST_TRIES) for joined in _joined(plans)), key=_cost)[:_MOST_TRIES]


def _joined(plans: tuple[Plan, ...]) -> Iterator[Plan]:
    """Several plans as one: events that one could be stand together, else each for itself."""
    merged: Plan = ()
    apart: Plan = ()
    for plan in plans:
        apart += plan
        merged = _merged(merged, plan)
    yield merged
    if merged != apart:
        yield apart


def _merged(first: Plan, second: Plan) -> Plan:
    left, result = list(second), []
    for one in first:
        alike = next((other for other in left if _stem(other) == _stem(one)), None)
        if alike is None:
            result.append(one)
        else:
            left.remove(alike)
            result.append(EventToSend(*_stem(one), {**one.data, **alike.data}))
    return (*result, *left)


def _stem(one: EventToSend) -> tuple[str, EventType, int]:
    return one.name, one.type, one.timestamp


def _leaf_plans(leaf: ReadyCount, facts: Facts, *, want: bool) -> Iterator[Plan]:
    condition = leaf.leaf
    if not isinstance(condition, Performed) or condition.type == ATTRIBUTE_CHANGE:
        return
    if not 0 < len(condition.name.encode()) <= EVENT_NAME_BYTES:
        return
    too_young = leaf.aged and facts.now - facts.known_since < condition.frame.within
    met = want != condition.inverse
    count = sum(1 for _ in islice(leaf.counted(facts, facts.now), _MOST_EVENTS))
    if want and too_young:
        before_frame = facts.now - condition.frame.within - 1
        if before_frame > FIRST_TIMESTAMP:
            yield (EventToSend(condition.name, condition.type, before_frame),)
    needed = _needed(leaf, count, met=met)
    instant = _instant(leaf, facts.now)
    if needed and instant is not None and needed <= _MOST_EVENTS:
        for data in data_for(condition.filters, facts.now):
            if leaf.meets is None or leaf.meets(data, facts.now):
                yield (EventToSend(condition.name, condition.type, instant, data),) * needed


def _needed(leaf: ReadyCount, count: int, *, met: bool) -> int:
    """How many more occurrences make the count what is wanted; 0 when more of them cannot."""
    times = leaf.leaf.times
    if leaf.how == "at_most":
        return 0 if met else times + 1 - count
    if leaf.how == "exactly" and not met:
        return 1 if count == times else 0
    return max(0, times - count) if met else 0


def _instant(leaf: ReadyCount, now: int) -> int | None:
    """The latest instant at which an occurrence counts now."""
    frame = leaf.leaf.frame
    last = now if frame.until is None else min(now, frame.until)
    earliest = max(frame.since or 0, now - frame.within if frame.within > 0 else 0, FIRST_TIMESTAMP + 1)
    return last if last >= earliest else None
