"""Every filter of each profile, as python-liquid calls them."""

from collections.abc import Mapping
from functools import cache

from cio_tui.liquid.filters import (
    arrays,
    choosing,
    dates,
    hashing,
    json_values,
    markup,
    money,
    numbers,
    picking,
    text,
    values,
    words,
)
from cio_tui.liquid.filters.calling import Filter, called
from cio_tui.liquid.profiles import Profile

_ROOMS = (arrays, choosing, dates, hashing, json_values, markup, money, numbers, picking, text, words)


@cache
def filters_of(profile: Profile) -> Mapping[str, Filter]:
    """The filters that a profile knows, by name. What is not in it is unknown to that profile."""
    table: dict[str, Filter] = {}
    answers = values.values_of(profile)
    for room in _ROOMS:
        if hasattr(room, "own"):
            table.update(room.own(answers))
        table.update(getattr(room, profile.upper(), {}))
    return {name: called(name, function, profile) for name, function in sorted(table.items())}
