"""Array filters that pick items by a property or by an expression: `where`, `find`, `group_by` and their kin.

LiquidJS reads the property of each item as a path, strictly: an item that has no such property is a missing value, and fails the
message. A variable that is set to what `find` did not find is missing too. `map`, `sort` and `sum` (see `arrays`) forgive. What
goes by an expression gets the expression as text; its paths are as strict as anywhere, and it is read once, however many items
there are.
"""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Final

from liquid.builtin.expressions.primitive import Blank, Empty

from cio_tui.liquid.filters import javascript as js
from cio_tui.liquid.filters import ruby
from cio_tui.liquid.filters.arrays import identity
from cio_tui.liquid.filters.calling import Filter, takes_words
from cio_tui.liquid.filters.members import has_members, path_of, ruby_member, strictly_at
from cio_tui.liquid.filters.plain import Walk
from cio_tui.liquid.filters.values import Values
from cio_tui.liquid.paths import ABSENT

Judged = Iterator[tuple[object, object]]
_ANY: Final[Any] = object()
"""No value to compare with: any that is true will do."""


def _valued(items: list[object], name: object, context: Any) -> Judged:
    """Each item with its property; one that lacks it is reported, once."""
    path, written = path_of(name), js.to_text(name)
    for item in items:
        found = strictly_at(item, path) if path else None
        if found is ABSENT:
            context.lacking(written)
            found = None
        yield item, found


def _matches(found: object, wanted: object) -> bool:
    if wanted is _ANY:
        return js.truthy(found)
    if isinstance(wanted, Empty):
        return isinstance(found, (str, list, Mapping)) and not found
    if isinstance(wanted, Blank):
        return found in (None, False, "") or (isinstance(found, str) and not found.strip(js.SPACES)) or found in ([], {})
    return js.equal(found, js.data(wanted))


@takes_words
def where(value: object, name: object = None, wanted: object = _ANY, *, context: Any) -> list[object]:
    """The items whose property is true, or equals a value."""
    return [item for item, found in _valued(js.to_list(value), name, context) if _matches(found, wanted)]


@takes_words
def reject(value: object, name: object = None, wanted: object = _ANY, *, context: Any) -> list[object]:
    """The items that `where` leaves out; Customer.io calls it `where_not`."""
    return [item for item, found in _valued(js.to_list(value), name, context) if not _matches(found, wanted)]


@takes_words
def find(value: object, name: object = None, wanted: object = _ANY, *, context: Any) -> object:
    """The first item that `where` would keep, nil when there is none."""
    return next((item for item, found in _valued(js.to_list(value), name, context) if _matches(found, wanted)), ABSENT)


@takes_words
def find_index(value: object, name: object = None, wanted: object = _ANY, *, context: Any) -> object:
    """The place of the first item that `where` would keep, counted from 0; nil when there is none."""
    valued = enumerate(_valued(js.to_list(value), name, context))
    return next((place for place, (_, found) in valued if _matches(found, wanted)), ABSENT)


@takes_words
def has(value: object, name: object = None, wanted: object = _ANY, *, context: Any) -> bool:
    """Whether `where` would keep an item."""
    return any(_matches(found, wanted) for _, found in _valued(js.to_list(value), name, context))


def group_by(value: object, name: object = None, *, context: Any) -> list[dict[str, object]]:
    """The items in groups of one property's value: objects with `name` and `items`."""
    return _groups(_valued(_enumerable(value), name, context))


def _enumerable(value: object) -> list[object]:
    """What LiquidJS groups: an array's items, an object's pairs, a text as one; of anything else nothing."""
    if isinstance(value, dict):
        return [[name, item] for name, item in value.items()]
    return js.to_list(value) if isinstance(value, list) or (isinstance(value, str) and value) else []


def _groups(judged: Judged) -> list[dict[str, object]]:
    groups: dict[Hashable, tuple[object, list[object]]] = {}
    for item, found in judged:
        groups.setdefault(identity(found), (found, []))[1].append(item)
    return [{"name": name, "items": items} for name, items in groups.values()]


def _judged(value: object, name: object, source: object, context: Any) -> Judged:
    """Each item with what the expression says of it."""
    expression = context.env.expression(js.to_text(source))
    variable = js.to_text(name)
    with context.inside(variable) as names:
        for item in js.to_list(value):
            names[variable] = item
            yield item, js.data(expression.evaluate(context))


def where_exp(value: object, name: object = None, source: object = None, *, context: Any) -> list[object]:
    """The items of which the expression is `true`, and nothing else that counts as true."""
    return [item for item, found in _judged(value, name, source, context) if found is True]


def reject_exp(value: object, name: object = None, source: object = None, *, context: Any) -> list[object]:
    """The items of which the expression is `false`."""
    return [item for item, found in _judged(value, name, source, context) if found is False]


def find_exp(value: object, name: object = None, source: object = None, *, context: Any) -> object:
    """The first item of which the expression holds, nil when there is none; 0 and empty text do not hold."""
    judged = list(_judged(value, name, source, context))
    return next((item for item, found in judged if js.given(found)), ABSENT)


def find_index_exp(value: object, name: object = None, source: object = None, *, context: Any) -> object:
    """The place of that item, counted from 0."""
    judged = list(_judged(value, name, source, context))
    return next((place for place, (_, found) in enumerate(judged) if js.given(found)), ABSENT)


def has_exp(value: object, name: object = None, source: object = None, *, context: Any) -> bool:
    """Whether there is such an item."""
    return any(js.given(found) for _, found in list(_judged(value, name, source, context)))


def group_by_exp(value: object, name: object = None, source: object = None, *, context: Any) -> list[dict[str, object]]:
    """The items in groups of what the expression gives."""
    return _groups(_judged(_enumerable(value), name, source, context))


LATEST: Final[Mapping[str, Filter]] = {
    "find": find,
    "find_exp": find_exp,
    "find_index": find_index,
    "find_index_exp": find_index_exp,
    "group_by": group_by,
    "group_by_exp": group_by_exp,
    "has": has,
    "has_exp": has_exp,
    "reject": reject,
    "reject_exp": reject_exp,
    "where": where,
    "where_exp": where_exp,
    "where_not": reject,
}


def _ruby_where(value: object, name: object, wanted: object = None) -> list[object] | None:
    return _ruby_picked(value, name, wanted, keep=True)


def _ruby_where_not(value: object, name: object, wanted: object = None) -> list[object] | None:
    return _ruby_picked(value, name, wanted, keep=False)


def _ruby_picked(value: object, name: object, wanted: object, *, keep: bool) -> list[object] | None:
    kept: list[object] = []
    for item in ruby.to_list(value):
        if not has_members(item):
            return None
        found = ruby_member(item, name)
        kept += [item] if (ruby.truthy(found) if wanted is None else ruby.equal(found, wanted)) is keep else []
    return kept


LEGACY: Final[Mapping[str, Filter]] = {"where": _ruby_where, "where_not": _ruby_where_not}


def own(values: Values) -> dict[str, Filter]:
    """Customer.io's own: only `latest` has it."""

    def json_array_uniq(value: object, name: object = None) -> list[object]:
        """Each object once, or the first of each value of a property; what is alike counts as the same."""
        path, walk = path_of(name), Walk()
        kept: dict[Hashable, object] = {}
        for item in js.to_list(value):
            found = strictly_at(item, path) if path else item
            kept.setdefault(_likeness(None if found is ABSENT else found, walk), item)
        return list(kept.values())

    return {"json_array_uniq": json_array_uniq} if values.profile == "latest" else {}


def _likeness(value: object, walk: Walk) -> Hashable:
    text = ruby.inspect(value) if isinstance(value, (list, Mapping)) else None
    walk.visit(len(text or ""))
    return (list, text) if text is not None else identity(value)
