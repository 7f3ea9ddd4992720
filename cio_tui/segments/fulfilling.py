"""Values and data that meet a test or a filter, or that do not: what a change may be made of.

What is made here is a proposal. Whoever uses it puts it to the operators.
"""

import math
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from cio_tui.model.comparing import as_decimal
from cio_tui.model.errors import InputError
from cio_tui.model.paths import AnyElement, PropertyPath, Step
from cio_tui.segments.conditions import DataFilter, DataGroup, SameElement, Test
from cio_tui.segments.operators import holds

_SOME: Final = "other"
_WHOLE: Final = 2**53
_MOST_ELEMENTS: Final = 100
_INSTANTS: Final = {"timestamp_lta": -1, "timestamp_gta": 1, "timestamp_bw": 0}
_DISTANCES: Final = {"timestamp_lt": -1, "timestamp_gt": 1}


def proposals(tests: Iterable[Test], now: int) -> list[Any]:
    """Values among which some meet each of the tests, and some do not, if such there are; the plainest first."""
    given, found = list(tests), list[Any]()
    numbers: set[Decimal] = set()
    for test in given:
        found.extend(_meeting(test, now))
        numbers.update(number for number in (as_decimal(test.value), as_decimal(test.second)) if number is not None)
    found.extend(number for low, high in pairwise(sorted(numbers)) for number in _number((low + high) / 2))
    found += [_SOME, now, 0, True, *(f"{test.value} or {_SOME}" for test in given if test.operator in ("eq", "contains"))]
    return [value for number, value in enumerate(found) if not _same_in(value, found[:number])]


def _same_in(value: Any, others: list[Any]) -> bool:
    return any(type(other) is type(value) and other == value for other in others)


def _meeting(test: Test, now: int) -> Iterator[Any]:
    operator, low = test.operator, as_decimal(test.value)
    if operator in ("eq", "contains"):
        if test.value not in (None, ""):
            yield test.value
    elif operator in ("gt", "lt", "bw") and low is not None:
        for distance in (0,) if operator == "bw" else (1, -1):
            yield from _number(low + distance)
        yield from _number(low * 2)
        yield from _number(low / 2)
    elif operator in _DISTANCES and low is not None:
        yield now + int(low) + _DISTANCES[operator]
        yield now + int(low)
    elif operator in _INSTANTS and low is not None:
        yield int(low) + _INSTANTS[operator]
        yield int(low)


def _number(number: Decimal) -> Iterator[int | float]:
    if number == number.to_integral_value() and abs(number) < _WHOLE:
        yield int(number)
    elif math.isfinite(float(number)):
        yield float(number)


def placed(path: PropertyPath, document: dict[str, Any], value: Any) -> dict[str, Any] | None:
    """A document in which the path finds the value: the given one changed, else one with what is on the way made anew."""
    try:
        changed = path.assign(document, value)
        if path.values(changed):
            return changed
    except InputError:
        pass
    first = path.steps[0]
    if not isinstance(first, str):
        return None if path.explicit else {**document, path.text: value}
    return {**document, first: _nested(path.steps[1:], value)}


def _nested(steps: tuple[Step, ...], value: Any) -> Any:
    for step in reversed(steps):
        if isinstance(step, str):
            value = {step: value}
        elif isinstance(step, AnyElement):
            value = [value]
        else:
            value = [None] * min(step, _MOST_ELEMENTS) + [value]
    return value


def data_for(group: DataGroup, now: int) -> Iterator[dict[str, Any]]:
    """Data that should meet the filters, a few tries of them."""
    for wanted in _ways(group):
        data: dict[str, Any] | None = {}
        for path, tests, elements in _by_path(wanted):
            value = _element(elements, now) if elements is not None else _value(tests, now)
            if value is not None and data is not None:
                data = placed(path, data, [value] if elements is not None else value)
        if data is not None:
            yield data


Wanted = list[DataFilter | SameElement]


def _ways(member: DataFilter | SameElement | DataGroup, most: int = 16) -> list[Wanted]:
    """The sets of filters each of which is enough for a group; not all of them where there are many."""
    if not isinstance(member, DataGroup):
        return [[member]]
    if not member.members:
        return [[]]
    if member.match == "any":
        return [way for inner in member.members for way in _ways(inner)][:most]
    ways: list[Wanted] = [[]]
    for inner in member.members:
        ways = [[*way, *more] for way in ways for more in _ways(inner)][:most]
    return ways


def _by_path(wanted: Wanted) -> Iterator[tuple[PropertyPath, list[Test], SameElement | None]]:
    tests: dict[PropertyPath, list[Test]] = {}
    for one in wanted:
        if isinstance(one, SameElement):
            yield one.path, [], one
        else:
            tests.setdefault(one.path, []).append(one.test)
    for path, of_path in tests.items():
        yield path, of_path, None


def _value(tests: list[Test], now: int) -> Any:
    """A value that meets all the tests; None when nothing needs to be there, or nothing is found."""
    if all(holds(test, (), now) for test in tests):
        return None
    return next((value for value in proposals(tests, now) if all(holds(test, (value,), now) for test in tests)), None)


def _element(one: SameElement, now: int) -> Any:
    """An element that should meet the filters of one."""
    itself = [inner.test for inner in one.filters if inner.path is None]
    paths: dict[PropertyPath, list[Test]] = {}
    for inner in one.filters:
        if inner.path is not None:
            paths.setdefault(inner.path, []).append(inner.test)
    element: dict[str, Any] = {}
    for path, tests in paths.items():
        value = _value(tests, now)
        element = (placed(path, element, value) or element) if value is not None else element
    if element or not itself:
        return element
    value = _value(itself, now)
    return _SOME if value is None else value
