"""The one table of operators: what each means, how far that is known, and when the passing of time alone turns it.

How values compare is `model/comparing.py`'s; evaluate.py, compile.py and explain.py all ask here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

from cio_tui.model import comparing
from cio_tui.model.comparing import Comparison, as_decimal, as_text, as_timestamp, is_present
from cio_tui.segments.conditions import ElementFilter, How, Operator, Test
from cio_tui.segments.phrases import WORDINGS, Wording

Confidence = Literal["documented", "third party", "inferred", "our choice"]
"""How the product's behaviour is known; all but the first are shown as not confirmed."""
ValueTest = Callable[[Any, int], bool]
"""Whether one value satisfies an operator at an instant."""


@dataclass(frozen=True, slots=True)
class OperatorRule:
    """One operator. `prepare` takes the texts of its operands; `source` says what is known of it, and how.

    `turns` is there for operators relative to now: the instant at which a timestamp's verdict changes, given the distance.
    """

    token: Operator
    confidence: Confidence
    source: str
    prepare: Callable[[str | None, str | None], ValueTest]
    turns: Callable[[int, int], int] | None = None

    @property
    def wording(self) -> Wording:
        """Its labels, and what operands it takes."""
        return WORDINGS[self.token]


def _never(_value: Any, _now: int) -> bool:
    return False


def _compared(operator: comparing.Operator) -> Callable[[str | None, str | None], ValueTest]:
    def prepare(wanted: str | None, _second: str | None) -> ValueTest:
        if wanted is None:
            return _never
        comparison = Comparison(operator, wanted)
        return lambda value, _now: comparison.holds_for(value)

    return prepare


def _exists(_first: str | None, _second: str | None) -> ValueTest:
    return lambda value, _now: is_present(value)


def _between(low: str | None, high: str | None) -> ValueTest:
    if low is None or high is None:
        return _never
    from_low, to_high = Comparison(">=", low), Comparison("<=", high)
    return lambda value, _now: from_low.holds_for(value) and to_high.holds_for(value)


def _timed(holds: Callable[[int, int, int, int], bool], operands: int) -> Callable[[str | None, str | None], ValueTest]:
    """A test of a valid timestamp, which is told the operands and now."""

    def prepare(first: str | None, second: str | None) -> ValueTest:
        numbers = [as_decimal(text) for text in (first, second)[:operands]]
        if None in numbers:
            return _never
        low, high = (int(number or 0) for number in (*numbers, 0, 0)[:2])

        def test(value: Any, now: int) -> bool:
            timestamp = as_timestamp(value)
            return timestamp is not None and holds(timestamp, low, high, now)

        return test

    return prepare


_CASE: Final = "letter case does not count; whitespace, number format and boolean spelling do"
_NUMBERS: Final = "numbers kept as text count as numbers, other texts never match"
OPERATORS: Final[dict[Operator, OperatorRule]] = {
    rule.token: rule
    for rule in (
        OperatorRule("eq", "third party", _CASE, _compared("=")),
        OperatorRule(
            "exists",
            "our choice",
            "null and an empty text do not exist",
            _exists,
        ),
        OperatorRule("gt", "inferred", _NUMBERS, _compared(">")),
        OperatorRule("lt", "inferred", _NUMBERS, _compared("<")),
        OperatorRule("bw", "our choice", "both ends belong to it", _between),
        OperatorRule("contains", "our choice", "letter case does not count", _compared("~")),
        OperatorRule("is_timestamp", "documented", "Unix seconds, also in the future", _timed(lambda *_: True, 0)),
        OperatorRule(
            "timestamp_lt",
            "documented",
            "a rolling instant, not a calendar day",
            _timed(lambda timestamp, distance, _high, now: timestamp < now + distance, 1),
            lambda timestamp, distance: timestamp - distance + 1,
        ),
        OperatorRule(
            "timestamp_gt",
            "inferred",
            "the arithmetic of `before`, turned round",
            _timed(lambda timestamp, distance, _high, now: timestamp > now + distance, 1),
            lambda timestamp, distance: timestamp - distance,
        ),
        OperatorRule(
            "timestamp_lta",
            "third party",
            "known from stored trees",
            _timed(lambda timestamp, instant, _high, _now: timestamp < instant, 1),
        ),
        OperatorRule(
            "timestamp_gta",
            "third party",
            "known from stored trees",
            _timed(lambda timestamp, instant, _high, _now: timestamp > instant, 1),
        ),
        OperatorRule(
            "timestamp_bw",
            "third party",
            "known from stored trees; both ends belong to it",
            _timed(lambda timestamp, low, high, _now: low <= timestamp <= high, 2),
        ),
    )
}


@lru_cache(maxsize=4096)
def _prepared(operator: Operator, value: str | None, second: str | None) -> ValueTest:
    return OPERATORS[operator].prepare(value, second)


def value_test(test: Test) -> ValueTest:
    """The test of one value, made ready; its inverse left aside."""
    return _prepared(test.operator, as_text(test.value), as_text(test.second))  # by text, for Python takes True, 1 and 1.0 as one


def holds(test: Test, values: Iterable[Any], now: int) -> bool:
    """Whether some value satisfies the test at an instant, or none when it is inverse (4.3, 4.6)."""
    one = value_test(test)
    return any(one(value, now) for value in values) != test.inverse


def some_element(filters: Iterable[ElementFilter], arrays: Iterable[Any], now: int) -> bool:
    """*Where at least one*: whether an element of one of these values that are arrays meets all the filters (4.6)."""
    wanted = tuple(filters)
    return any(
        all(holds(one.test, [element] if one.path is None else one.path.values(element), now) for one in wanted)
        for array in arrays
        if isinstance(array, list)
        for element in array
    )


def enough(how: How, times: int, count: int) -> bool:
    """Whether something happened as often as wanted."""
    if how == "at_least":
        return count >= times
    return count == times if how == "exactly" else count <= times


def turning_points(test: Test, values: Iterable[Any]) -> Iterator[int]:
    """The instants at which the passing of time alone may turn the test's verdict on these values, in no order."""
    turns, distance = OPERATORS[test.operator].turns, as_decimal(test.value)
    if turns is not None and distance is not None:
        for value in values:
            timestamp = as_timestamp(value)
            if timestamp is not None:
                yield turns(timestamp, int(distance))


def is_relative(test: Test) -> bool:
    """Whether the test's verdict depends on now."""
    return OPERATORS[test.operator].turns is not None
