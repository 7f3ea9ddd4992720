"""Property paths as the product writes them (domain.md 4.6): `items[].type`, `items[0].type`, `tags[]`, `["sign up date"]`.

`[]` is any element of an array. A key that holds `.`, `[` or `]` goes in brackets with JSON quotes or single quotes; every
other key may stand as it is, spaces included. jsonpath-ng finds the values; its own text language is another one and is not used.
"""

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from cio_tui.model.errors import InputError
from cio_tui.model.json_values import MAX_DEPTH, kind_of

if TYPE_CHECKING:
    from jsonpath_ng.jsonpath import DatumInContext


class AnyElement(Enum):
    """The step `[]`."""

    ANY = "[]"


Step = str | int | AnyElement
ANY: Final = AnyElement.ANY
_MISSING: Final = object()
_NEEDS_QUOTES: Final = frozenset('.[]"\0')
_KEY: Final = re.compile(r"[^.\[\]]*")
_INDEX: Final = re.compile(r"([0-9]{1,9})\]")
_JSON: Final = json.JSONDecoder(strict=False)
_LIQUID_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


class PathError(InputError):
    """A text that is no property path. `position` is the 0-based character where it goes wrong, `reason` says why."""

    def __init__(self, reason: str, position: int, *, hint: str = "") -> None:
        super().__init__(f"{reason} at character {position + 1} of the path", hint=hint)
        self.reason = reason
        self.position = position


@dataclass(frozen=True, slots=True)
class PropertyPath:
    """A path as written and its steps: a key, an index, or `ANY`.

    Without quotes the whole text may also be one flat key of the document, as CSV columns make them (4.6 DECIDE); a path with a
    quoted key is `explicit` and means its steps only.
    """

    text: str
    steps: tuple[Step, ...]
    explicit: bool = False

    @classmethod
    def parse(cls, text: str) -> "PropertyPath":
        """Read a path. Raises PathError."""
        return _parse(text)

    def values(self, document: Any) -> list[Any]:
        """Everything the path finds: the exact flat key first, else along the steps. Never raises."""
        if not isinstance(document, dict):
            return []
        if not self.explicit and self.text in document:
            return [document[self.text]]
        return _values(self.steps, document)

    def assign(self, document: Mapping[str, Any], value: Any) -> dict[str, Any]:
        """A copy of the document with the value set where the path leads; what the path does not touch is shared.

        Missing objects and arrays are made, an index may be one past the end, `[]` sets every element, an existing flat key wins.
        Raises InputError saying what was found where the path cannot go.
        """
        if not self.explicit and self.text in document:
            return {**document, self.text: copy.deepcopy(value)}
        changed: dict[str, Any] = _assigned(dict(document), self.steps, 0, value)
        return changed


def spell(steps: tuple[Step, ...], is_plain: Callable[[str], bool] | None = None) -> str:
    """The text of these steps; keys for which `is_plain` is false are quoted."""
    plain, text = is_plain or _is_plain, ""
    for step in steps:
        if isinstance(step, str):
            text += _bracketed(step) if not plain(step) else f".{step}" if text else step
        else:
            text += "[]" if step is ANY else f"[{step}]"
    return text


def flatten(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every path of a JSON object with its value: containers, their elements (`items[]`) and scalars, parents first.

    Each text parses to a path whose `values(data)` include that value. Takes data that `json_values.check` accepts.
    """
    found: list[tuple[str, Any]] = []
    flat = [key for key in data if not _NEEDS_QUOTES.isdisjoint(key)]
    for key, value in data.items():
        text = key if key.isidentifier() or _is_plain(key) else _bracketed(key)
        found.append((text, value))
        if isinstance(value, (dict, list)):
            if flat and any(other.startswith((f"{key}.", f"{key}[")) for other in flat):
                text = _bracketed(key)  # else a flat key such as `a.b` would stand before the path a.b
            _flatten_into(found, text, value)
    return iter(found)


def _flatten_into(found: list[tuple[str, Any]], base: str, value: dict[str, Any] | list[Any]) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            text = f"{base}.{key}" if key.isidentifier() or _is_plain(key) else base + _bracketed(key)
            found.append((text, item))
            if isinstance(item, (dict, list)):
                _flatten_into(found, text, item)
    else:
        text = base + "[]"
        for item in value:
            found.append((text, item))
            if isinstance(item, (dict, list)):
                _flatten_into(found, text, item)


def liquid_path(namespace: str, text: str) -> str:
    """The path as Liquid writes it: `event.items[0].type`, `event["sign up date"]`; `[]` becomes the first element.

    Raises PathError.
    """
    written = namespace
    for step in PropertyPath.parse(text).steps:
        if isinstance(step, str) and _LIQUID_NAME.fullmatch(step):
            written += f".{step}"
        elif isinstance(step, str):
            quote = "'" if '"' in step else '"'
            written += f"[{quote}{step}{quote}]"
        else:
            written += "[0]" if step is ANY else f"[{step}]"
    return written


def _is_plain(key: str) -> bool:
    return key != "" and _NEEDS_QUOTES.isdisjoint(key)


def _bracketed(key: str) -> str:
    return f"[{json.dumps(key, ensure_ascii=False)}]"


@lru_cache(maxsize=4096)
def _parse(text: str) -> PropertyPath:
    if not text:
        raise PathError("a property is missing", 0, hint="write it like total or items[].type")
    steps: list[Step] = []
    position, explicit = 0, False
    while position < len(text):
        if text[position] == "[":
            step, position, quoted = _bracket(text, position + 1)
            explicit = explicit or quoted
        else:
            step, position = _key(text, position, first=not steps)
        steps.append(step)
        if len(steps) > MAX_DEPTH:
            raise PathError(f"the path is deeper than {MAX_DEPTH} levels", position)
    return PropertyPath(text, tuple(steps), explicit)


def _key(text: str, position: int, *, first: bool) -> tuple[str, int]:
    """The unquoted key at `position`, after its dot unless it is the first, and where it ends."""
    if not first:
        if text[position] != ".":
            raise PathError(f"{text[position]!r} where a dot or a bracket is expected", position)
        position += 1
    match = _KEY.match(text, position)
    key = match.group() if match else ""
    if not key:
        raise PathError("a key is missing", position, hint='write keys like a.b, or ["a.b"] for a key with a dot in it')
    return key, position + len(key)


def _bracket(text: str, position: int) -> tuple[Step, int, bool]:
    """The step after `[`, where it ends, and whether it was a quoted key."""
    opening = text[position : position + 1]
    if opening == "]":
        return ANY, position + 1, False
    if opening in ('"', "'"):
        key, end = _json_key(text, position) if opening == '"' else _single_quoted(text, position)
        if text[end : end + 1] != "]":
            raise PathError("the closing ] is missing", end)
        return key, end + 1, True
    if match := _INDEX.match(text, position):
        return int(match.group(1)), match.end(), False
    if opening == "-":
        raise PathError("an index counts from 0; negative ones are not allowed", position)
    raise PathError("a bracket holds nothing, an index or a quoted key", position, hint='like items[], items[0] or ["a.b"]')


def _json_key(text: str, position: int) -> tuple[str, int]:
    try:
        key, end = _JSON.raw_decode(text, position)
    except json.JSONDecodeError as error:
        raise PathError("the quoted key is not closed, or has a broken escape", min(error.pos, len(text))) from None
    return str(key), end


def _single_quoted(text: str, position: int) -> tuple[str, int]:
    match = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL).match(text, position)
    if not match:
        raise PathError("the quoted key is not closed", position)
    return re.sub(r"\\(['\\])", r"\1", match.group(1)), match.end()


def _values(steps: tuple[Step, ...], document: Any) -> list[Any]:
    from jsonpath_ng.jsonpath import DatumInContext  # noqa: PLC0415 -- 30 ms that most runs never need

    found = [DatumInContext(document)]
    for is_for, find in _finders(steps):
        found = [match for datum in found if isinstance(datum.value, is_for) for match in find(datum)]
    return [datum.value for datum in found]


Finder = Callable[["DatumInContext"], "list[DatumInContext]"]


@lru_cache(maxsize=4096)
def _finders(steps: tuple[Step, ...]) -> tuple[tuple[type, Finder], ...]:
    """For each step the container it applies to and jsonpath-ng's reading of it.

    The container is asked for because jsonpath-ng's releases differ on what an index or a slice finds in a scalar.
    """
    return tuple((dict if isinstance(step, str) else list, _finder(step)) for step in steps)


def _finder(step: Step) -> Finder:
    from jsonpath_ng.jsonpath import Fields, Index, Slice  # noqa: PLC0415

    if isinstance(step, int):
        return Index(step).find
    if isinstance(step, AnyElement):
        return Slice(0).find
    key = step

    def find_key(datum: "DatumInContext") -> "list[DatumInContext]":
        match = Fields.get_field_datum(datum, key, create=False)  # Fields("*").find would take every key
        return [] if match is None else [match]

    return find_key


def _assigned(node: Any, steps: tuple[Step, ...], depth: int, value: Any) -> Any:
    """`node` with the value set along `steps[depth:]`; the containers on the way are copies."""
    if depth == len(steps):
        return copy.deepcopy(value)
    step = steps[depth]
    if isinstance(step, str):
        if node is not _MISSING and not isinstance(node, dict):
            raise _cannot_go(node, steps, depth, "an object")
        fields = {} if not isinstance(node, dict) else dict(node)
        fields[step] = _assigned(fields.get(step, _MISSING), steps, depth + 1, value)
        return fields
    if not isinstance(node, list) and not (node is _MISSING and step == 0):
        raise _cannot_go(node, steps, depth, "an array")
    elements = list(node) if isinstance(node, list) else []
    if isinstance(step, AnyElement):
        return [_assigned(element, steps, depth + 1, value) for element in elements]
    if step > len(elements):
        raise InputError(
            f"{spell(steps[:depth])} has {len(elements)} elements, so there is no [{step}]",
            hint=f"[{len(elements)}] adds one at the end",
        )
    elements[step : step + 1] = [_assigned(elements[step] if step < len(elements) else _MISSING, steps, depth + 1, value)]
    return elements


def _cannot_go(node: Any, steps: tuple[Step, ...], depth: int, needed: str) -> InputError:
    found = "missing" if node is _MISSING else f"of type {kind_of(node)}"
    where = spell(steps[:depth]) or "the data"
    return InputError(f"{spell(steps)} cannot be set: {where} is {found}, not {needed}")
