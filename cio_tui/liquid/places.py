"""Places in the data that a template is rendered with: how they are written, where they are read, and what a sample has there.

A place is a tuple of steps: keys, indexes, `EACH` for any element of a list, `COMPUTED` for a key that only a rendering knows.
An `Each` is the element of one particular loop, so that two loops over one list are not confused; it is written like `EACH`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Literal


class Each:
    """The element that one loop, or one filter such as `first`, has in hand."""

    __slots__ = ()


class Mark(Enum):
    """Steps that are neither key nor index. `SOME` is only in what conditions prove: that a list has an element."""

    EACH = "[]"
    COMPUTED = "[?]"
    SOME = "[+]"


EACH: Final = Mark.EACH
COMPUTED: Final = Mark.COMPUTED
SOME: Final = Mark.SOME
Step = str | int | Mark | Each
Place = tuple[Step, ...]
Found = Literal["present", "null", "missing"]

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\??")
_WORST: Final[tuple[Found, ...]] = ("missing", "null", "present")


@dataclass(frozen=True, slots=True)
class Use:
    """One place of a template where a path is read. Line and column count from 1.

    `guarded` says that a missing value there does not fail the message: `default` comes first, a condition only asks for it, or a
    condition around it proves that it is there. `source` names the text, as `snippets.footer`, and is empty for the template.
    """

    path: Place
    text: str
    line: int
    column: int
    guarded: bool
    source: str = ""

    def to_json(self) -> dict[str, Any]:
        """The place, as the command line prints it under its path."""
        shape: dict[str, Any] = {"line": self.line, "column": self.column, "guarded": self.guarded}
        return shape | ({"source": self.source} if self.source else {})


def spell(place: Place) -> str:
    """The place as Liquid writes it, with `[]` for any element: `event.items[].name`, `event["sign up date"]`."""
    text = ""
    for step in place:
        if isinstance(step, str):
            text += (f".{step}" if text else step) if _NAME.fullmatch(step) or not text else _bracketed(step)
        elif isinstance(step, int):
            text += f"[{step}]"
        else:
            text += step.value if isinstance(step, Mark) else EACH.value
    return text


def _bracketed(key: str) -> str:
    quote = "'" if '"' in key else '"'
    return f"[{quote}{key}{quote}]"


def at_element(place: Place, element: Step) -> Place:
    """The place with `element` for the last `EACH` in it; `(..., EACH)` when it has none."""
    for position in range(len(place) - 1, -1, -1):
        if place[position] is EACH:
            return (*place[:position], element, *place[position + 1 :])
    return (*place, element)


def plain(place: Place) -> Place:
    """The place without the identity of loops, as `look_up` takes it."""
    return tuple(EACH if isinstance(step, Each) else step for step in place)


def look_up(data: Any, place: Place) -> Found:
    """What the data has at a place; of several elements the worst counts.

    Where a list is empty, or not there at all, its elements are `present`: no rendering reaches them, and what is wrong with the
    list itself is said of the list. A computed key counts as `present`, and so does everything in it.
    """
    if not place:
        return "null" if data is None else "present"
    step, rest = place[0], place[1:]
    unreached = any(one is EACH for one in rest)
    if step is COMPUTED:
        return "present"
    if step is EACH:
        found = {look_up(element, rest) for element in _elements(data)}
        return next((one for one in _WORST if one in found), "present")
    if data is None:
        return "present" if unreached else "null"
    child = _child(data, step)
    if child is _ABSENT:
        return "present" if unreached else "missing"
    return look_up(child, rest)


_ABSENT: Final = object()


def _elements(data: Any) -> Sequence[Any]:
    if isinstance(data, Mapping):
        return [[key, value] for key, value in data.items()]
    if isinstance(data, str):
        return [data] if data else []
    return data if isinstance(data, Sequence) else []


def _child(data: Any, step: Step) -> Any:
    if isinstance(data, Mapping):
        if str(step) in data:
            return data[str(step)]
        return len(data) if step == "size" else _ABSENT
    if isinstance(data, Sequence) and step == "size":
        return len(data)
    if isinstance(data, Sequence) and not isinstance(data, str):
        index = {"first": 0, "last": -1}.get(step, step) if isinstance(step, str) else step
        if isinstance(index, int) and -len(data) <= index < len(data):
            return data[index]
    return _ABSENT
