"""What a condition proves: the places that are certain to be there in the branch it opens (domain.md 8.2).

Only what holds for every data counts; but what has a size, or is not blank and looped over, is taken for a list. In the latest
profile a missing value is not `== ""`, not `== empty`, and compares as 0, so `!= ""`, `!= empty` and `< 5` prove nothing, while
`!= blank`, `!= nil`, `== "x"` and `> 0` do.
"""

from collections.abc import Callable
from typing import Final

from liquid.builtin.expressions import BooleanExpression, Nil
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
from liquid.builtin.expressions.primitive import Blank, FloatLiteral, IntegerLiteral, Literal
from liquid.expression import Expression

from cio_tui.liquid.paths import Path
from cio_tui.liquid.places import SOME, Place

Facts = frozenset[Place]
PlaceOf = Callable[[Path], Place | None]
"""The one place that a path of the template stands for, or None when it has none or several."""

_NOTHING: Final[Facts] = frozenset()
_ENDS: Final = (SOME, "first", "last", 0)
_MIRRORED: Final[dict[type[Expression], type[Expression]]] = {
    GtExpression: LtExpression,
    LtExpression: GtExpression,
    GeExpression: LeExpression,
    LeExpression: GeExpression,
}


def proven(condition: Expression, place_of: PlaceOf, *, holds: bool) -> Facts:
    """The places that exist when the condition is true, or when it is false."""
    if isinstance(condition, BooleanExpression):
        return proven(condition.expression, place_of, holds=holds)
    if isinstance(condition, LogicalNotExpression):
        return proven(condition.right, place_of, holds=not holds)
    if isinstance(condition, LogicalAndExpression | LogicalOrExpression):
        left, right = (proven(side, place_of, holds=holds) for side in (condition.left, condition.right))
        both = isinstance(condition, LogicalAndExpression) is holds
        return left | right if both else left & right
    if isinstance(condition, Path):
        return place_and_around(place_of(condition)) if holds else _NOTHING
    return _compared(condition, place_of, holds=holds)


def equal_to(path: Expression, values: list[Expression], place_of: PlaceOf) -> Facts:
    """The places that exist in a `when` of these values."""
    if isinstance(path, Path) and all(_is_value(value) for value in values):
        return place_and_around(place_of(path))
    return _NOTHING


def _compared(condition: Expression, place_of: PlaceOf, *, holds: bool) -> Facts:
    left, right = getattr(condition, "left", None), getattr(condition, "right", None)
    kind = _kind(condition)
    if kind is ContainsExpression:
        return place_and_around(place_of(left)) if holds and isinstance(left, Path) else _NOTHING
    if isinstance(right, Path) and not isinstance(left, Path):
        left, right, kind = right, left, _MIRRORED.get(kind, kind)
    if not isinstance(left, Path) or not isinstance(right, Expression):
        return _NOTHING
    if kind is EqExpression:
        proves = _is_value(right) if holds else isinstance(right, Nil | Blank)
    elif kind is NeExpression:
        proves = isinstance(right, Nil | Blank) if holds else _is_value(right)
    else:
        proves = holds and _beyond_zero(kind, right)
    if not proves:
        return _NOTHING
    place = place_of(left)
    facts = place_and_around(place)
    if place and isinstance(right, Blank):
        return facts | {(*place, SOME)}
    if place and place[-1] == "size" and kind in (GtExpression, GeExpression):
        return facts.union((*place[:-1], end) for end in _ENDS)
    return facts


def _kind(condition: Expression) -> type[Expression]:
    """The comparison it is; an environment may render it by a class of its own."""
    kinds = (ContainsExpression, EqExpression, NeExpression, GtExpression, GeExpression, LtExpression, LeExpression)
    return next((kind for kind in kinds if isinstance(condition, kind)), type(condition))


def _is_value(expression: Expression) -> bool:
    return isinstance(expression, Literal)


def _beyond_zero(kind: type[Expression], right: Expression) -> bool:
    """Whether 0, which a missing value compares as, fails this comparison."""
    if not isinstance(right, IntegerLiteral | FloatLiteral):
        return False
    number = right.value
    return (
        (kind is GtExpression and number >= 0)
        or (kind is GeExpression and number > 0)
        or (kind is LtExpression and number <= 0)
        or (kind is LeExpression and number < 0)
    )


def has_element(place: Place | None, facts: Facts) -> bool:
    """Whether the list at a place is proven not to be empty."""
    return place is not None and any((*place, end) in facts for end in _ENDS)


def place_and_around(place: Place | None) -> Facts:
    """A place, and all that it stands in; nothing for no place."""
    return frozenset(place[:length] for length in range(1, len(place) + 1)) if place else _NOTHING
