"""Conditions: equality, order, `contains`, truth and `empty`/`blank`, as each of the two engines answers them.

The nodes are python-liquid's, so that whoever walks the tree knows them; only their answers are given here. What defect 1 of
liquid.md section 2 is about (`x == blank` must be true of nil, false and missing values) follows from the tables below.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from liquid.builtin.expressions import BooleanExpression
from liquid.builtin.expressions.logical import (
    ContainsExpression,
    EqExpression,
    GeExpression,
    GtExpression,
    LeExpression,
    LogicalAndExpression,
    LogicalNotExpression,
    LogicalOrExpression,
    LtExpression,
    NeExpression,
)
from liquid.builtin.expressions.primitive import Blank as TreeBlank
from liquid.builtin.expressions.primitive import Empty as TreeEmpty
from liquid.builtin.expressions.primitive import Nil as TreeNil
from liquid.exceptions import LiquidError, LiquidTypeError
from liquid.expression import Expression
from liquid.token import Token

from cio_tui.liquid.filters import javascript, ruby
from cio_tui.liquid.profiles import Profile
from cio_tui.liquid.tokens import BLANKS

Answer = Callable[[Any, Any], bool]


class Empty(TreeEmpty):
    """The word `empty`: a value of its own in comparisons, no text anywhere else."""

    __slots__ = ()


class Blank(TreeBlank):
    """The word `blank`."""

    __slots__ = ()


class Nil(TreeNil):
    """The words `nil` and `null`."""

    __slots__ = ()


class Nothing(TreeNil):
    """The value that an operator lacks, as in `{% if a == %}`. Both engines go on with nil."""

    __slots__ = ()


def is_empty(value: Any) -> bool:
    """`x == empty`: text, arrays and objects with nothing in them. Nil is not empty."""
    return isinstance(value, (str, list, Mapping, range)) and not len(value)


def is_blank(value: Any) -> bool:
    """`x == blank`: nil, false, white space, and whatever is empty."""
    return value is None or value is False or is_empty(value) or (isinstance(value, str) and not value.strip(BLANKS))


def _latest_equal(left: Any, right: Any) -> bool:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, (Empty, Blank)):
            if isinstance(other, (Empty, Blank)):
                return False
            return is_blank(other) if isinstance(one, Blank) else is_empty(other)
    return javascript.equal(left, right)


def _legacy_equal(left: Any, right: Any) -> bool:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, (Empty, Blank)):
            if isinstance(other, (Empty, Blank)):
                return type(one) is type(other)
            return is_blank(other) if isinstance(one, Blank) else is_empty(other)
    return ruby.equal(left, right)


def _latest_less(left: Any, right: Any) -> bool:
    if isinstance(left, (Empty, Blank)) or isinstance(right, (Empty, Blank)):
        return False
    return javascript.less(left, right)


def _latest_at_most(left: Any, right: Any) -> bool:
    if isinstance(left, (Empty, Blank)) or isinstance(right, (Empty, Blank)):
        return False
    left, right = javascript.primitive(left), javascript.primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        return not javascript.less(right, left)
    return javascript.coerced(left) <= javascript.coerced(right)


def _legacy_order(left: Any, right: Any) -> tuple[Any, Any] | None:
    """The two as Ruby compares them, None when one of them is nothing that has an order; different kinds are an error."""
    kinds = tuple("text" if isinstance(v, str) else "number" if _is_number(v) else "" for v in (left, right))
    if not kinds[0] or not kinds[1]:
        return None
    if kinds[0] != kinds[1]:
        raise LiquidTypeError(f"comparison of {_ruby_class(left)} with {_ruby_class(right)} failed", token=None)
    return left, right


def _legacy_less(left: Any, right: Any) -> bool:
    pair = _legacy_order(left, right)
    return pair is not None and bool(pair[0] < pair[1])


def _legacy_at_most(left: Any, right: Any) -> bool:
    pair = _legacy_order(left, right)
    return pair is not None and bool(pair[0] <= pair[1])


def _latest_contains(left: Any, right: Any) -> bool:
    if isinstance(left, (list, range)):
        return any(_latest_equal(item, right) for item in left)
    text = "null" if right is None else javascript.to_text(javascript.primitive(right))
    return isinstance(left, str) and text in left


def _legacy_contains(left: Any, right: Any) -> bool:
    if left is None or right is None or right is False or left is False:
        return False
    if isinstance(left, str):
        return ruby.to_text(right) in left
    if isinstance(left, Mapping):
        return isinstance(right, str) and right in left
    return isinstance(left, (list, range)) and any(ruby.equal(item, right) for item in left)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _ruby_class(value: Any) -> str:
    return "String" if isinstance(value, str) else "Float" if isinstance(value, float) else "Integer"


def _is_nil_left(_: Any, right: Any) -> bool:
    """`nil == right` with the word: LiquidJS asks whether the right side is nil, and `blank` is not."""
    return right is None


def _is_nil_right(left: Any, _: Any) -> bool:
    """`left == nil` with the word: `blank` says yes."""
    return left is None or isinstance(left, Blank)


def _never(_: Any, __: Any) -> bool:
    """Nothing is more or less than the word `nil`, or is anything to a value that is not there."""
    return False


_EQUAL: Final[Mapping[Profile, Answer]] = {"latest": _latest_equal, "legacy": _legacy_equal}
_LESS: Final[Mapping[Profile, Answer]] = {"latest": _latest_less, "legacy": _legacy_less}
_AT_MOST: Final[Mapping[Profile, Answer]] = {"latest": _latest_at_most, "legacy": _legacy_at_most}
_CONTAINS: Final[Mapping[Profile, Answer]] = {"latest": _latest_contains, "legacy": _legacy_contains}


def _answer(tables: Mapping[Profile, Answer], left: Expression, right: Expression, profile: Profile) -> Answer:
    """How two expressions compare. LiquidJS answers for the word `nil` otherwise than for a value that is nil."""
    if profile == "latest" and (isinstance(left, Nothing) or isinstance(right, Nothing)) and not isinstance(left, Nil):
        return _never
    if profile == "latest" and tables is not _CONTAINS:
        if isinstance(left, Nil):
            return _is_nil_left if tables is _EQUAL else _never
        if isinstance(right, Nil):
            return _is_nil_right if tables is _EQUAL else _never
    return tables[profile]


def equal_of(profile: Profile) -> Answer:
    """`==` of a profile, which `case` uses too."""
    return _EQUAL[profile]


def is_true(value: Any) -> bool:
    """Whether a condition takes a value for true: everything but nil and false."""
    return value is not None and value is not False


class Condition(BooleanExpression):
    """A whole condition: true or false."""

    __slots__ = ()

    def evaluate(self, context: Any) -> bool:
        """Whether the condition holds."""
        value = self.expression.evaluate(context)
        return value is not None and value is not False


def _comparison(base: type, tables: Mapping[Profile, Answer], *, turned: bool = False, negated: bool = False) -> type:
    """A node class of python-liquid with the answers of our two engines."""

    class Comparison(base):  # type: ignore[misc]
        __slots__ = ("answer",)

        def __init__(self, token: Token, left: Expression, right: Expression, profile: Profile) -> None:
            super().__init__(token, left, right)
            self.answer = _answer(tables, left, right, profile)

        def evaluate(self, context: Any) -> bool:
            left, right = self.left.evaluate(context), self.right.evaluate(context)
            try:
                found = self.answer(right, left) if turned else self.answer(left, right)
            except LiquidError as error:
                context.refused(self.token, str(error.args[0]))
                return False
            return found is not negated

    Comparison.__name__ = Comparison.__qualname__ = base.__name__
    return Comparison


class And(LogicalAndExpression):
    """`and`. LiquidJS looks at both sides, so a missing value on the right is told too; Ruby's Liquid stops at the first no."""

    __slots__ = ("stops",)

    def __init__(self, token: Token, left: Expression, right: Expression, profile: Profile) -> None:
        super().__init__(token, left, right)
        self.stops = profile == "legacy"

    def evaluate(self, context: Any) -> bool:
        """Whether both are true."""
        left = is_true(self.left.evaluate(context))
        return False if self.stops and not left else is_true(self.right.evaluate(context)) and left


class Or(LogicalOrExpression):
    """`or`. LiquidJS looks at both sides; Ruby's Liquid stops at the first yes."""

    __slots__ = ("stops",)

    def __init__(self, token: Token, left: Expression, right: Expression, profile: Profile) -> None:
        super().__init__(token, left, right)
        self.stops = profile == "legacy"

    def evaluate(self, context: Any) -> bool:
        """Whether one of them is true."""
        left = is_true(self.left.evaluate(context))
        return True if self.stops and left else is_true(self.right.evaluate(context)) or left


class Beside(Expression):
    """Values beside one another with no operator between them: LiquidJS looks at all of them and goes on with the first."""

    __slots__ = ("values",)

    def __init__(self, values: list[Expression]) -> None:
        super().__init__(values[0].token)
        self.values = values

    def __str__(self) -> str:
        return " ".join(map(str, self.values))

    def evaluate(self, context: Any) -> Any:
        """The first value."""
        first, *_ = [value.evaluate(context) for value in self.values]
        return first

    def children(self) -> list[Expression]:
        """All values."""
        return self.values


class Not(LogicalNotExpression):
    """`not`, which only LiquidJS has."""

    __slots__ = ()

    def evaluate(self, context: Any) -> bool:
        """The opposite."""
        value = self.right.evaluate(context)
        return value is None or value is False


OPERATORS: Final[Mapping[str, tuple[int, type]]] = {
    "==": (2, _comparison(EqExpression, _EQUAL)),
    "!=": (2, _comparison(NeExpression, _EQUAL, negated=True)),
    "<>": (2, _comparison(NeExpression, _EQUAL, negated=True)),
    "<": (2, _comparison(LtExpression, _LESS)),
    ">": (2, _comparison(GtExpression, _LESS, turned=True)),
    "<=": (2, _comparison(LeExpression, _AT_MOST)),
    ">=": (2, _comparison(GeExpression, _AT_MOST, turned=True)),
    "contains": (2, _comparison(ContainsExpression, _CONTAINS)),
    "not": (1, Not),
    "and": (0, And),
    "or": (0, Or),
}
"""How tightly each operator binds, and its node. Equal ones are read from the right, in both engines."""
