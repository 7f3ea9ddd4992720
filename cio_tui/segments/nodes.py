"""JSON values that know where they were written; what texts and Python objects become before they are read as conditions."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cio_tui.model.errors import InputError
from cio_tui.model.json_values import check
from cio_tui.segments.conditions import Operand
from cio_tui.segments.errors import Problems, Where

MAX_DEPTH: Final = 50
"""Levels of arrays and objects."""
MAX_NODES: Final = 20_000
"""Values in one definition, keys not counted."""
TOO_DEEP: Final = f"the definition is nested deeper than {MAX_DEPTH} levels"
TOO_MANY: Final = f"the definition has more than {MAX_NODES:,} values"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, number, boolean or null. `written` is the source of an unquoted YAML scalar: `2024`, `true`, `no`."""

    value: Operand
    start: int
    where: Where
    written: str | None = None


@dataclass(frozen=True, slots=True)
class Array:
    """Values in their order."""

    items: "tuple[Node, ...]"
    start: int
    where: Where


@dataclass(frozen=True, slots=True)
class Object:
    """Values by key, and where each key was written."""

    fields: "dict[str, Node]"
    keys: dict[str, int]
    start: int
    where: Where


Node = Scalar | Array | Object


def kind_of(node: Node) -> str:
    """What a node is, in words."""
    if isinstance(node, Object):
        return "an object"
    if isinstance(node, Array):
        return "an array"
    if node.value is None:
        return "null"
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return "a text" if isinstance(node.value, str) else "a number"


def check_scalar(problems: Problems, value: Operand, start: int, where: Where) -> None:
    """Note a scalar that cannot be stored, such as half of a character."""
    if isinstance(value, float) and not math.isfinite(value):
        problems.add(start, where, "the number is too large")
        return
    try:
        check(value)
    except InputError as error:
        problems.add(start, where, error.message, error.hint)


def from_object(problems: Problems, value: Any) -> Node:
    """The nodes of a Python object made of JSON's types. Notes what is none and raises Refused for what is too deep."""
    return _Objects(problems).node(value, (), 0)


class _Objects:
    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._count = 0

    def node(self, value: Any, where: Where, depth: int) -> Node:
        self._count += 1
        if depth > MAX_DEPTH:
            self._problems.refuse(0, (), TOO_DEEP)
        if self._count > MAX_NODES:
            self._problems.refuse(0, (), TOO_MANY)
        if isinstance(value, Mapping):
            fields: dict[str, Node] = {}
            for key, item in value.items():
                if type(key) is not str:
                    self._problems.add(0, where, f"a key is of type {type(key).__name__}, not text")
                else:
                    check_scalar(self._problems, key, 0, where)
                    fields[key] = self.node(item, (*where, key), depth + 1)
            return Object(fields, dict.fromkeys(fields, 0), 0, where)
        if isinstance(value, (list, tuple)):
            return Array(tuple(self.node(item, (*where, at), depth + 1) for at, item in enumerate(value)), 0, where)
        if value is not None and type(value) not in (str, int, float, bool):
            self._problems.add(0, where, f"a {type(value).__name__} is not a JSON value")
            return Scalar(None, 0, where)
        check_scalar(self._problems, value, 0, where)
        return Scalar(value, 0, where)
