"""Properties of items, as array filters read them by name: `map: "price"`, `where: "address.city", "Rome"`."""

import re
from collections.abc import Mapping

from cio_tui.liquid.filters import javascript as js
from cio_tui.liquid.filters import ruby
from cio_tui.liquid.filters.calling import refused
from cio_tui.liquid.paths import ABSENT

_PATH_PART = re.compile(r"""\s*(?:\.?([^\s.\[\]|"'(){},:]+)|\[\s*(?:"([^"]*)"|'([^']*)'|(-?\d+))\s*\])""")


def member(holder: object, key: object) -> object:
    """What LiquidJS finds in a value under one name, or ABSENT."""
    name = js.to_text(key)
    if isinstance(holder, Mapping):
        found = holder.get(name, ABSENT)
        return len(holder) if found is ABSENT and name == "size" else found
    if not isinstance(holder, (list, str)):
        return ABSENT
    if name in ("size", "length"):
        return js.length(holder) if isinstance(holder, str) else len(holder)
    if isinstance(holder, list) and name in ("first", "last"):
        return (holder[0] if name == "first" else holder[-1]) if holder else ABSENT
    if name.isascii() and name.isdecimal() and len(name) < 10:
        place = int(name)
        if isinstance(holder, str):
            return js.cut(holder, place, place + 1) or ABSENT
        return holder[place] if place < len(holder) else ABSENT
    return ABSENT


def found_at(item: object, name: object) -> object:
    """What `map`, `sort` and `sum` read: names with dots between them; whatever is not there is nil."""
    value = js.data(item)
    for key in js.to_text(name).split("."):
        value = member(value, key)
        if value is ABSENT:
            return None
    return value


def path_of(name: object) -> tuple[str | int, ...]:
    """The parts of the path that `where`, `find` and `group_by` read: a path as templates write it, such as `a.b[0]["c d"]`."""
    text, place = js.to_text(name), 0
    parts: list[str | int] = []
    while (found := _PATH_PART.match(text, place)) is not None and (not parts or not found[0][0].isspace()):
        dotted, double, single, number = found.groups()
        if dotted is not None and parts and found[0].lstrip()[0] != ".":
            break
        parts.append(int(number) if number is not None else next(part for part in (dotted, double, single) if part is not None))
        place = found.end()
    return tuple(parts)


def strictly_at(item: object, path: tuple[str | int, ...]) -> object:
    """The value at a path, ABSENT when it is not there; below null everything is null."""
    value = js.data(item)
    for depth, key in enumerate(path):
        if value is None and depth:
            return None
        if isinstance(value, list) and isinstance(key, int):
            value = value[key] if -len(value) <= key < len(value) else ABSENT
        else:
            value = ABSENT if depth == 0 and isinstance(value, (str, list)) and not str(key).isdecimal() else member(value, key)
        if value is ABSENT:
            return ABSENT
    return value


def has_members(item: object) -> bool:
    """Whether Ruby can ask the item for `[]`: nil, booleans and floats cannot be asked."""
    return isinstance(item, (str, list, Mapping)) or (isinstance(item, int) and not isinstance(item, bool))


def ruby_member(item: object, name: object) -> object:
    """Ruby's `item[name]`: nil when it is not there; an error when it is no such name."""
    if isinstance(item, Mapping):
        return item.get(name) if isinstance(name, str) else None
    if isinstance(item, str) and isinstance(name, str):
        return name if name in item else None
    if isinstance(name, (int, float)) and not isinstance(name, bool) and abs(name) < 10**9:
        name = int(name)
        if isinstance(item, (str, list)):
            return item[name] if -len(item) <= name < len(item) else None
        if isinstance(item, int):
            return (item >> name) & 1 if 0 <= name < ruby.MAX_DIGITS else 0
    raise refused(f"cannot select the property '{ruby.to_text(name)}'")
