"""Array filters: order, parts, sums and sets of items. What picks items by a property is in `picking`."""

import math
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final

from cio_tui.liquid.filters import javascript as js
from cio_tui.liquid.filters import ruby
from cio_tui.liquid.filters.calling import Filter, refused
from cio_tui.liquid.filters.members import found_at, has_members, ruby_member
from cio_tui.liquid.filters.plain import bounded_items
from cio_tui.liquid.filters.values import Values
from cio_tui.liquid.paths import ABSENT


def join(value: object, glue: object = None) -> str:
    """The items' texts with the glue between them, a space when there is none."""
    return js.comma_joined(js.to_list(value), " " if glue is None else js.to_text(glue))


def first(value: object) -> object:
    """The first item of an array, or character of a text."""
    return _at_end(value, 0)


def last(value: object) -> object:
    """The last item of an array, or character of a text."""
    return _at_end(value, -1)


def _at_end(value: object, place: int) -> object:
    if isinstance(value, str):
        return js.cut(value, 0, 1) if place == 0 else js.cut(value, js.length(value) - 1, js.length(value))
    if not isinstance(value, list):
        return ""
    return value[place] if value else ABSENT


def size(value: object) -> int:
    """How many items an array has, or UTF-16 units a text; 0 for everything else."""
    if isinstance(value, str):
        return js.length(value)
    return len(value) if isinstance(value, list) else 0


def reverse(value: object) -> list[object]:
    """The items from the last to the first."""
    return js.to_list(value)[::-1]


def compact(value: object) -> list[object]:
    """The items that are not nil."""
    return [item for item in js.to_list(value) if item is not None]


def concat(value: object, others: object = None) -> list[object]:
    """The items of both arrays."""
    return _sized(js.to_list(value) + js.to_list(others))


def push(value: object, item: object = None) -> list[object]:
    """The array with an item behind it."""
    return _sized([*js.to_list(value), item])


def unshift(value: object, item: object = None) -> list[object]:
    """The array with an item before it."""
    return _sized([item, *js.to_list(value)])


def pop(value: object) -> list[object]:
    """The array without its last item."""
    return js.to_list(value)[:-1]


def shift(value: object) -> list[object]:
    """The array without its first item."""
    return js.to_list(value)[1:]


def _sized(items: list[object]) -> list[object]:
    bounded_items(len(items))
    return items


def map_(value: object, name: object = None) -> list[object]:
    """Of each item the property of that name; nil where there is none, which is no error."""
    return [found_at(item, name) for item in js.to_list(value)]


def sum_(value: object, name: object = None) -> float:
    """The sum of the items, or of a property of theirs; what is no number counts as 0."""
    numbers = [js.to_number(found_at(item, name) if js.given(name) else item) for item in js.to_list(value)]
    return js.tidy(sum(numbers))


def sort(value: object, name: object = None) -> list[object]:
    """In order of the items or of a property of theirs; capitals before small letters, nil last."""
    return sorted(js.to_list(value), key=lambda item: js.by_order(found_at(item, name) if js.given(name) else item))


def sort_natural(value: object, name: object = None) -> list[object]:
    """In order of the texts without regard to case, nil last."""

    def key(item: object) -> tuple[bool, bytes]:
        found = found_at(item, name) if js.given(name) else item
        return found is None, js.units(js.to_text(found).lower())

    return sorted(js.to_list(value), key=key)


def uniq(value: object) -> list[object]:
    """Each item once. Arrays and objects are only the same when they are one and the same."""
    kept: dict[Hashable, object] = {}
    for item in js.to_list(value):
        kept.setdefault(identity(item), item)
    return list(kept.values())


def identity(item: object) -> Hashable:
    """What two items share when JavaScript's `Set` holds them for the same."""
    if isinstance(item, bool) or item is None:
        return (bool, item)
    if isinstance(item, (int, float)):
        number = js.to_double(item)
        return (float, "NaN" if math.isnan(number) else number)
    return item if isinstance(item, str) else (list, id(item))


LATEST: Final[Mapping[str, Filter]] = {
    "compact": compact,
    "concat": concat,
    "first": first,
    "join": join,
    "last": last,
    "map": map_,
    "pop": pop,
    "push": push,
    "reverse": reverse,
    "shift": shift,
    "size": size,
    "sort": sort,
    "sort_natural": sort_natural,
    "sum": sum_,
    "uniq": uniq,
    "unshift": unshift,
}


def own(values: Values) -> dict[str, Filter]:
    """Customer.io's own, in either profile."""

    def limit(value: object, count: object) -> list[object]:
        """The first so many items."""
        return values.items(value)[: max(js.index(count), 0)]

    return {"limit": limit}


def _ruby_join(value: object, glue: object = " ") -> str:
    return ruby.joined(ruby.to_list(value), ruby.to_text(glue))


def _ruby_first(value: object) -> object:
    if isinstance(value, Mapping):
        return next(([name, item] for name, item in value.items()), None)
    return value[0] if isinstance(value, (list, range)) and value else None


def _ruby_last(value: object) -> object:
    return value[-1] if isinstance(value, (list, range)) and value else None


def _ruby_size(value: object) -> int:
    if isinstance(value, (str, list, range, Mapping)):
        return len(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return 8 if -(2**62) <= value < 2**62 else 8 * math.ceil(abs(value).bit_length() / 64)
    return 0


def _ruby_concat(value: object, others: object) -> list[object]:
    if not isinstance(others, list):
        raise refused("concat filter requires an array argument")
    return _sized(ruby.to_list(value) + others)


def _ruby_map(value: object, name: object) -> list[object]:
    return [ruby_member(item, name) if has_members(item) else None for item in ruby.to_list(value)]


def _ruby_sort(value: object, name: object = None) -> list[object] | None:
    return _ruby_sorted(value, name, ruby.by_order)


def _ruby_sort_natural(value: object, name: object = None) -> list[object] | None:
    return _ruby_sorted(value, name, lambda item: (item is None, ruby.lowered(ruby.to_text(item))))


def _ruby_sorted(value: object, name: object, order: Callable[[Any], Any]) -> list[object] | None:
    items = ruby.to_list(value)
    if name is not None and not all(map(has_members, items)):
        return None
    if name is None or len(items) < 2:
        return sorted(items, key=order)
    return sorted(items, key=lambda item: order(ruby_member(item, name)))


def ruby_identity(item: object) -> Hashable:
    """What two items share when Ruby's `uniq` holds them for the same: 1 and 1.0 differ, equal arrays and objects do not."""
    if isinstance(item, (list, Mapping)):
        return (list, ruby.inspect(item))
    return (type(item), item)


def _ruby_uniq(value: object, name: object = None) -> list[object] | None:
    items = ruby.to_list(value)
    if len(items) < 2:
        return items
    seen: dict[Hashable, object] = {}
    for item in items:
        if name is not None and not has_members(item):
            return None
        seen.setdefault(ruby_identity(item if name is None else ruby_member(item, name)), item)
    return list(seen.values())


def _ruby_compact(value: object, name: object = None) -> list[object] | None:
    items = ruby.to_list(value)
    if name is None:
        return [item for item in items if item is not None]
    kept: list[object] = []
    for item in items:
        if not has_members(item):
            return None
        kept += [item] if ruby_member(item, name) is not None else []
    return kept


def _ruby_sum(value: object) -> object:
    """Customer.io's own of old: it adds numbers, and what follows a text is written behind it."""
    items = [item for item in ruby.to_list(value) if item is not None]
    if any(isinstance(item, str) for item in items):
        return ruby.joined(items, "")
    return ruby.sized(sum(items)) if all(isinstance(item, int) for item in items) else sum(map(ruby.to_number, items))  # type: ignore[arg-type]


LEGACY: Final[Mapping[str, Filter]] = {
    "compact": _ruby_compact,
    "concat": _ruby_concat,
    "first": _ruby_first,
    "join": _ruby_join,
    "last": _ruby_last,
    "map": _ruby_map,
    "reverse": lambda value: ruby.to_list(value)[::-1],
    "size": _ruby_size,
    "sort": _ruby_sort,
    "sort_natural": _ruby_sort_natural,
    "sum": _ruby_sum,
    "uniq": _ruby_uniq,
}
