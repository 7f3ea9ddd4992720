"""A segment's condition as one SQL statement over a workspace's own tables `people` and `activity`.

It answers what evaluate.py does. One thing differs: `contains`, asked of a number so large or small that it is written with an
exponent, sees the engine's spelling (`1e22`), not Python's (`1e+22`). The instant is written into the statement. Letters are
folded as far as the wanted text needs (letter_case.py), and numbers are compared digit by digit, so no engine's idea of letters
or of floating point shows.
"""

from collections.abc import Callable, Collection
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Final

from cio_tui.model.activity import EVENT_TYPES
from cio_tui.model.comparing import as_decimal, as_text, fold
from cio_tui.model.limits import FIRST_TIMESTAMP
from cio_tui.model.paths import PropertyPath, Step
from cio_tui.segments.conditions import (
    AttributeIs,
    Condition,
    DataFilter,
    DataGroup,
    DeviceIs,
    Frame,
    Group,
    InSegment,
    MessageDone,
    Operand,
    Performed,
    SameElement,
    Test,
)
from cio_tui.segments.dialects import EXPONENT_ZERO, Body, Dialect

Resolve = Callable[[str | int], "Condition | Collection[str]"]
"""What a segment is: its condition, or the cio_ids of a manual segment's members."""
Root = Callable[[str], str]
"""The node of a key of the document that a path begins at."""
TRUE: Final = "TRUE"
FALSE: Final = "FALSE"
_FAR: Final = 2**60
_IDENTIFIERS: Final = ("id", "email", "cio_id")
_DEVICE_FIELDS: Final = ("id", "platform", "last_used")


def statement(condition: Condition, now: int, dialect: Dialect, segments: Resolve | None = None) -> str:
    """The statement that selects the cio_ids of the people for whom a condition holds at an instant, in their order."""
    where = _Writer(now, dialect, segments or (lambda _: ())).condition(condition)
    return f"SELECT p.cio_id FROM people AS p\nWHERE {where}\nORDER BY p.cio_id"


def number_key(number: Decimal) -> str:
    """A text for a number: `a` for a negative one, `b` for zero, `c` for a positive one, then exponent and digits.

    Of two numbers with one sign the larger has the larger magnitude's key, compared as text, or the smaller's when negative.
    """
    sign, digits, exponent = number.as_tuple()
    text = "".join(map(str, digits)).lstrip("0")
    if not text:
        return "b"
    return f"{'a' if sign else 'c'}{EXPONENT_ZERO + int(exponent) + len(text):07d}{text.rstrip('0')}"


class _Writer:
    """One statement in the making."""

    def __init__(self, now: int, dialect: Dialect, segments: Resolve) -> None:
        self._now = now
        self._dialect = dialect
        self._segments = segments
        self._numbers = count(1)

    def condition(self, condition: Condition) -> str:
        """Whether it holds for the person `p`."""
        if isinstance(condition, Group):
            return self._group(condition)
        if isinstance(condition, AttributeIs):
            return self._test(self._attribute, condition.path, condition.test)
        if isinstance(condition, DeviceIs):
            return self._device(condition)
        if isinstance(condition, InSegment):
            return _not(self._in_segment(condition), condition.inverse)
        return self._done(condition)

    def _group(self, group: Group) -> str:
        if not group.members:
            return FALSE
        word = " AND " if group.match == "all" else " OR "
        joined = f"({word.join(map(self.condition, group.members))})"
        return _not(joined, group.match == "none")

    def _in_segment(self, condition: InSegment) -> str:
        found = self._segments(condition.segment)
        if isinstance(found, Collection):
            listed = ", ".join(map(self._dialect.literal, sorted(found)))
            return f"(p.cio_id IN ({listed}))" if listed else FALSE
        return self.condition(found)

    def _done(self, leaf: Performed | MessageDone) -> str:
        met = self._counted(leaf)
        if not leaf.inverse:
            return met
        return f"(NOT {met}{self._age(leaf.frame)})" if leaf.frame.within > 0 and isinstance(leaf, Performed) else _not(met)

    def _age(self, frame: Frame) -> str:
        start = self._now - frame.within
        types = ", ".join(map(self._dialect.literal, EVENT_TYPES))
        earlier = f"SELECT 1 FROM activity AS k WHERE k.person = p.cio_id AND k.timestamp <= {start} AND k.type IN ({types})"
        return f" AND (p.added_at <= {start} OR EXISTS ({earlier}))"

    def _counted(self, leaf: Performed | MessageDone) -> str:
        how, times = (leaf.how, leaf.times) if isinstance(leaf, Performed) else ("at_least", leaf.times)
        least = times + 1 if how == "at_most" else times
        if how == "at_most":
            return FALSE if times < 0 else _not(self._several(leaf, f">= {least}"))
        if times <= 0:
            return TRUE if how == "at_least" else _not(self._several(leaf, ">= 1")) if times == 0 else FALSE
        return self._several(leaf, f"{'>=' if how == 'at_least' else '='} {times}")

    def _several(self, leaf: Performed | MessageDone, how_many: str) -> str:
        """Whether the person has so many occurrences of a leaf; `how_many` does not include none."""
        literal = self._dialect.literal
        where = ["a.person IS NOT NULL", *self._frame(leaf.frame)]
        if isinstance(leaf, MessageDone):
            where.append(f"a.type = {literal(leaf.action)}")
            where += [f"a.name = {literal(leaf.name)}"] if leaf.name else []
        else:
            data = self._dialect.member("a.doc", "data")
            where.append(f"a.type = {literal(leaf.type)}")
            if leaf.type == "attribute_change":
                data = self._dialect.member(data, leaf.name)
                where += ["a.name IS NULL", self._dialect.is_object(data)]
            else:
                where.append(f"a.name = {literal(leaf.name)}")
            if leaf.filters.members:
                where.append(self._data(leaf.filters, partial(self._dialect.member, data)))
        having = "" if how_many == ">= 1" else f" HAVING count(*) {how_many}"
        return f"(p.cio_id IN (SELECT a.person FROM activity AS a WHERE {' AND '.join(where)} GROUP BY a.person{having}))"

    def _frame(self, frame: Frame) -> list[str]:
        where = [f"a.timestamp <= {self._now if frame.until is None else min(frame.until, self._now)}"]
        if frame.within > 0:
            where.append(f"a.timestamp >= {self._now - frame.within}")
        if frame.since is not None:
            where.append(f"a.timestamp >= {frame.since}")
        return where

    def _data(self, member: DataFilter | SameElement | DataGroup, root: Root) -> str:
        if isinstance(member, DataFilter):
            return self._test(root, member.path, member.test)
        if isinstance(member, SameElement):
            return self._found(root, member.path, partial(self._some_element, member))
        if not member.members:
            return TRUE
        word = " AND " if member.match == "all" else " OR "
        return f"({word.join(self._data(one, root) for one in member.members)})"

    def _some_element(self, member: SameElement, node: str) -> str:
        return self._dialect.some_element(node, self._alias(), partial(self._element, member))

    def _element(self, member: SameElement, node: str) -> str:
        root = partial(self._dialect.member, node)
        tests = [
            _not(self._scalar(one.test, node), one.test.inverse) if one.path is None else self._test(root, one.path, one.test)
            for one in member.filters
        ]
        return " AND ".join(tests) or TRUE

    def _attribute(self, key: str) -> str:
        if key in _IDENTIFIERS:
            return self._dialect.quote(f"p.{key}")
        return self._dialect.member(self._dialect.member("p.doc", "attributes"), key)

    def _device(self, condition: DeviceIs) -> str:
        def at(node: str) -> str:
            def root(key: str) -> str:
                holder = node if key in _DEVICE_FIELDS else self._dialect.member(node, "attributes")
                return self._dialect.member(holder, key)

            return self._found(root, condition.path, partial(self._scalar, condition.test))

        found = self._dialect.some_element(self._dialect.member("p.doc", "devices"), self._alias(), at)
        return _not(found, condition.test.inverse)

    def _test(self, root: Root, path: PropertyPath, test: Test) -> str:
        return _not(self._found(root, path, partial(self._scalar, test)), test.inverse)

    def _found(self, root: Root, path: PropertyPath, body: Body) -> str:
        """Whether the body is true of something that the path finds."""
        first, rest = path.steps[0], path.steps[1:]
        along = self._along(root(first), rest, body) if isinstance(first, str) else FALSE
        if path.explicit or path.steps == (path.text,):
            return along
        flat = root(path.text)
        return f"CASE WHEN {flat} IS NULL THEN {along} ELSE {body(flat)} END"

    def _along(self, node: str, steps: tuple[Step, ...], body: Body) -> str:
        if not steps:
            return body(node)
        step, rest = steps[0], steps[1:]
        if isinstance(step, str):
            return self._along(self._dialect.member(node, step), rest, body)
        if isinstance(step, int):
            return self._along(self._dialect.element(node, step), rest, body)
        return self._dialect.some_element(node, self._alias(), lambda element: self._along(element, rest, body))

    def _scalar(self, test: Test, node: str) -> str:
        """Whether a node meets a test, its inverse left aside; never NULL."""
        return f"coalesce({self._meets(test, node)}, FALSE)"

    def _meets(self, test: Test, node: str) -> str:
        if test.operator == "exists":
            return f"CAST({node} AS VARCHAR) NOT IN ('null', '\"\"')"
        text = self._dialect.text(node)
        if test.operator in ("eq", "contains"):
            return self._dialect.let(text, self._alias(), partial(self._text, test))
        kind = self._dialect.number if test.operator in ("gt", "lt", "bw") else self._dialect.seconds
        number = self._dialect.let(text, self._alias(), lambda bound: kind(bound, self._alias()))
        return self._dialect.let(
            number, self._alias(), partial(self._number if kind == self._dialect.number else self._seconds, test)
        )

    def _text(self, test: Test, text: str) -> str:
        wanted = as_text(test.value)
        if wanted is None:
            return FALSE
        folded = self._dialect.folded(text, fold(wanted), whole=test.operator == "eq")
        if test.operator == "contains":
            return self._dialect.contains(folded, fold(wanted))
        equal = f"{folded} = {self._dialect.literal(fold(wanted))}"
        number = as_decimal(test.value)
        if number is None:
            return equal
        return f"({equal} OR coalesce({self._dialect.number(text, self._alias())} = '{number_key(number)}', FALSE))"

    def _number(self, test: Test, key: str) -> str:
        low, high = as_decimal(test.value), as_decimal(test.second)
        if low is None or (test.operator == "bw" and high is None):
            return FALSE
        if test.operator == "bw":
            return f"(NOT {_less(key, low)} AND NOT {_more(key, high or Decimal())})"
        return _more(key, low) if test.operator == "gt" else _less(key, low)

    def _seconds(self, test: Test, seconds: str) -> str:
        valid = f"{seconds} > {FIRST_TIMESTAMP}"
        if test.operator == "is_timestamp":
            return valid
        low, high = _whole(test.value), _whole(test.second)
        if low is None or (test.operator == "timestamp_bw" and high is None):
            return FALSE
        if test.operator == "timestamp_bw":
            return f"({valid} AND {seconds} BETWEEN {low} AND {high})"
        instant = low if test.operator in ("timestamp_lta", "timestamp_gta") else self._now + low
        return f"({valid} AND {seconds} {'<' if test.operator in ('timestamp_lt', 'timestamp_lta') else '>'} {instant})"

    def _alias(self) -> str:
        return f"v{next(self._numbers)}"


def _not(condition: str, inverse: bool = True) -> str:
    return f"NOT {condition}" if inverse else condition


def _more(key: str, number: Decimal) -> str:
    """Whether the number of a key is larger."""
    wanted = number_key(number)
    return f"({key} >= 'b' OR {key} < '{wanted}')" if number < 0 else f"({key} > '{wanted}')"


def _less(key: str, number: Decimal) -> str:
    wanted = number_key(number)
    return f"({key} < 'b' AND {key} > '{wanted}')" if number < 0 else f"({key} < '{wanted}')"


def _whole(operand: Operand) -> int | None:
    """An operand in seconds, no further off than an engine's whole numbers go."""
    number = as_decimal(operand)
    return None if number is None else max(-_FAR, min(_FAR, int(number)))
