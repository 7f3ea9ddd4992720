"""What a name or an expression of a template stands for: which places of the data, followed through filters and assignments.

Nothing is evaluated. A value that filters made up (a text, a number) stands for no place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from liquid.builtin.expressions import Filter, FilteredExpression, StringLiteral
from liquid.expression import Expression

from cio_tui.liquid.paths import Path
from cio_tui.liquid.places import COMPUTED, EACH, Each, Place, Step, at_element

SAME_ELEMENTS: Final = frozenset(
    {"sort", "sort_natural", "reverse", "uniq", "compact", "where", "where_not", "where_exp", "reject", "reject_exp", "limit",
     "slice", "pop", "shift", "push", "unshift", "json_array_uniq", "concat"}
)  # fmt: skip
"""Filters after which a list holds elements that it held before."""
ONE_ELEMENT: Final = frozenset({"find", "find_exp"})
GROUPING: Final = frozenset({"group_by", "group_by_exp"})
LENIENT_KEYS: Final = frozenset({"map", "sum", "sort", "sort_natural", "uniq", "json_array_uniq"})
"""Filters whose first argument is a property of each element, and which take an element without it."""
STRICT_KEYS: Final = frozenset({"where", "where_not", "reject", "find", "find_index", "has", "group_by"})
"""The same, but in the latest profile an element without the property fails the message."""
BY_EXPRESSION: Final = frozenset({"where_exp", "reject_exp", "find_exp", "find_index_exp", "has_exp", "group_by_exp"})
"""Filters with a name for the element, and an expression in which it is read."""


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that an expression may stand for.

    `place` is where it stands in the data; `elements` where its elements do when filters made it a list. After `group_by` it is a
    list of groups with their members in `groups`, and one of these has its `members`; `key` is what they were grouped by. `sure`
    says that reading it never fails a message, whatever the data lacks; `exact` that it is there exactly when its place is.
    """

    place: Place | None = None
    elements: Place | None = None
    groups: Place | None = None
    members: Place | None = None
    key: Place | None = None
    sure: bool = False
    exact: bool = True


Values = tuple[Value, ...]
Names = dict[str, Values]
"""What names stand for at some point of a template; a name that is not there is a namespace of the data."""

_MOST: Final = 8
"""So many meanings of one name are followed; a template that gives it more is not one that people read."""
_DEEPEST: Final = 100
"""No data is nested deeper."""


def merged(*several: Values) -> Values:
    """All meanings, each once."""
    return tuple(dict.fromkeys(value for values in several for value in values))[:_MOST]


def names_after(before: Names, branches: list[Names]) -> Names:
    """What names stand for after one of these branches was taken, each of which began with the names before."""
    changed = {name for branch in branches for name, values in branch.items() if before.get(name) is not values}
    return {**before, **{name: merged(*(branch.get(name, ()) for branch in branches)) for name in sorted(changed)}}


def assigned(expression: Expression, names: Mapping[str, Values]) -> Values:
    """What a name stands for after `assign`, which takes nil for what is missing."""
    return tuple(replace(value, sure=True) for value in values_of(expression, names))


def values_of(expression: Expression, names: Mapping[str, Values]) -> Values:
    """What an expression may stand for."""
    if isinstance(expression, Path):
        return path_values(expression, names)
    if isinstance(expression, FilteredExpression):
        values = values_of(expression.left, names)
        for each in expression.filters or ():
            values = filtered(values, each, names)
        return values
    return ()


def path_values(path: Path, names: Mapping[str, Values]) -> Values:
    """What a path may stand for; every step that is not the first leads to a value that may be missing."""
    head = path.path[0]
    values = names.get(head, (Value((head,)),)) if isinstance(head, str) else (Value((_step(head),)),)
    for segment in path.path[1:]:
        values = tuple(inner for value in values if (inner := _inside(value, _step(segment))))
    return values


def _step(segment: str | int | Expression) -> Step:
    return COMPUTED if isinstance(segment, Expression) else segment


def _inside(value: Value, step: Step) -> Value | None:
    if value.members is not None:
        if step == "items":
            return Value(elements=value.members, sure=True)
        return Value(value.key, sure=True) if step == "name" else None
    if value.place is not None:
        return Value((*value.place, step), exact=value.exact) if len(value.place) < _DEEPEST else None
    one = isinstance(step, int) or step in ("first", "last")
    return _element(value, Each()) if one else None


def _element(value: Value, element: Step) -> Value | None:
    """One element of a value; it is missing only where `map` found nothing."""
    if value.groups is not None:
        return Value(members=value.groups, key=value.key, sure=True)
    elements = listed(value)
    return (
        None if elements is None or len(elements) > _DEEPEST else Value(at_element(elements, element), sure=elements[-1] is EACH)
    )


def listed(value: Value) -> Place | None:
    """Where the elements of a list stand, when it is one of data."""
    if value.elements is not None:
        return value.elements
    return (*value.place, EACH) if value.place is not None else None


def elements_of(values: Values, element: Step) -> Values:
    """What a loop over these values has in hand."""
    return tuple(found for value in values if (found := _element(value, element)))


def filtered(values: Values, applied: Filter, names: Mapping[str, Values]) -> Values:
    """What is left of the values after a filter."""
    name, key = applied.name, property_of(applied)
    if name == "default":
        return tuple(replace(value, sure=True, exact=False) for value in values)
    if name in ("first", "last"):
        return tuple(
            Value((*value.place, name), sure=True) if value.place is not None else replace(found, sure=True)
            for value in values
            if (found := _element(value, Each()))
        )
    if name in ONE_ELEMENT:
        return tuple(replace(found, sure=True) for found in elements_of(values, Each()))
    if name == "concat" and applied.args:
        values = (*values, *values_of(applied.args[0].value, names))
    if name in SAME_ELEMENTS:
        kept = (value if value.groups is not None else Value(elements=listed(value), sure=True) for value in values)
        return merged(tuple(value for value in kept if value.groups is not None or value.elements is not None))
    places = [place for value in values if (place := listed(value))]
    if name == "map" and key is not None:
        return tuple(Value(elements=(*place, *key), sure=True) for place in places if len(place) < _DEEPEST)
    if name in GROUPING:
        return tuple(Value(groups=place, key=(*place, *(key or (COMPUTED,))), sure=True) for place in places)
    return ()


def property_of(applied: Filter) -> Place | None:
    """The property that a filter's first argument names: `map: "price"`, `sum: "price.amount"`."""
    if applied.name not in LENIENT_KEYS | STRICT_KEYS or not applied.args:
        return None
    first = applied.args[0].value
    if not isinstance(first, StringLiteral) or not first.value:
        return None
    return tuple(int(step) if step.isdecimal() else step for step in first.value.split("."))
