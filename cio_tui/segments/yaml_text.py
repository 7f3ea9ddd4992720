"""YAML text as nodes with their places.

PyYAML scans and parses; what a scalar means is decided here, by YAML 1.2's JSON rules, because YAML 1.1 reads `no` as false and
`2024-06-01` as a date: only `true`, `false`, `null`, `~`, nothing, and numbers as JSON writes them are no text; `007` is.
Anchors, aliases and tags are refused, and so is a key that stands twice.
"""

import re
from typing import Any, Final

import yaml

from cio_tui.segments.conditions import Operand
from cio_tui.segments.errors import Problems, Where
from cio_tui.segments.nodes import MAX_DEPTH, MAX_NODES, TOO_DEEP, TOO_MANY, Array, Node, Object, Scalar, check_scalar

_WORDS: Final[dict[str, bool | None]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.ASCII)
_DIGITS: Final = 400
"""Longer numbers are text."""


def compose_yaml(text: str, problems: Problems) -> Node:
    """Read YAML. Raises Refused after noting why it is none."""
    if odd := yaml.reader.Reader.NON_PRINTABLE.search(text):
        reason = f"the character U+{ord(odd.group()):04X} cannot stand in a definition as it is"
        problems.refuse(odd.start(), (), reason, 'write it with an escape in double quotes: "\\u0007"')
    loader = yaml.SafeLoader(text)
    composer = _Composer(loader, problems)
    try:
        return composer.document()
    except yaml.MarkedYAMLError as error:
        marks = [mark.index for mark in (error.problem_mark, error.context_mark) if mark]
        start = marks[0] if marks else 0
        if start >= len(text.rstrip()):
            start = min([*marks, *composer.brackets[-1:]], default=0)
        reason = error.problem or error.context or "it cannot be parsed"
        hint = "indent with spaces" if "'\\t'" in reason else ""
        context = f" {error.context}" if error.context and error.problem else ""
        problems.refuse(start, (), f"this is not valid YAML: {reason}{context}", hint)
    except (ValueError, OverflowError):
        problems.refuse(loader.get_mark().index, (), "this is not valid YAML: a broken escape or version")
    finally:
        loader.dispose()


def plain_value(text: str) -> Operand:
    """What an unquoted scalar means."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= _DIGITS and _NUMBER.fullmatch(text):
        return int(text) if _INTEGER.fullmatch(text) else float(text)
    return text


class _Composer:
    def __init__(self, loader: Any, problems: Problems) -> None:
        self._loader = loader
        self._problems = problems
        self._count = 0
        self.brackets: list[int] = []
        """Where brackets and braces open that are not closed yet."""

    def document(self) -> Node:
        self._loader.get_event()
        event = self._loader.get_event()
        if isinstance(event, yaml.StreamEndEvent):
            self._problems.refuse(0, (), "the definition is empty", "write a name and conditions")
        node = self._node(self._loader.get_event(), (), 0)
        self._loader.get_event()
        event = self._loader.get_event()
        if not isinstance(event, yaml.StreamEndEvent):
            self._problems.refuse(event.start_mark.index, (), "a second document begins here", "one file defines one segment")
        return node

    def _node(self, event: Any, where: Where, depth: int) -> Node:
        start = event.start_mark.index
        self._count += 1
        if depth > MAX_DEPTH:
            self._problems.refuse(start, (), TOO_DEEP)
        if self._count > MAX_NODES:
            self._problems.refuse(start, (), TOO_MANY)
        self._check_event(event, where)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, where)
        if not event.flow_style:
            return self._collection(event, where, depth)
        self.brackets.append(start)
        node = self._collection(event, where, depth)
        self.brackets.pop()
        return node

    def _collection(self, event: Any, where: Where, depth: int) -> Node:
        start = event.start_mark.index
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(item := self._loader.get_event(), yaml.SequenceEndEvent):
                items.append(self._node(item, (*where, len(items)), depth + 1))
            return Array(tuple(items), start, where)
        return self._object(start, where, depth)

    def _object(self, start: int, where: Where, depth: int) -> Object:
        fields: dict[str, Node] = {}
        keys: dict[str, int] = {}
        while not isinstance(event := self._loader.get_event(), yaml.MappingEndEvent):
            at = event.start_mark.index
            self._check_event(event, where)
            if not isinstance(event, yaml.ScalarEvent):
                self._problems.refuse(at, where, "a key must be a text")
            key = _whole_characters(event.value)
            check_scalar(self._problems, key, at, where)
            node = self._node(self._loader.get_event(), (*where, key), depth + 1)
            if key in keys:
                self._problems.add(at, (*where, key), "the key stands here a second time")
            keys[key], fields[key] = at, node
        return Object(fields, keys, start, where)

    def _scalar(self, event: Any, where: Where) -> Scalar:
        start, text = event.start_mark.index, _whole_characters(event.value)
        value = plain_value(text) if event.style is None else text
        check_scalar(self._problems, value, start, where)
        return Scalar(value, start, where, text if event.style is None and value is not None else None)

    def _check_event(self, event: Any, where: Where) -> None:
        start = event.start_mark.index
        if isinstance(event, yaml.AliasEvent):
            self._problems.refuse(
                start, where, f"*{event.anchor} is an alias, which definitions do not have", "quote a text with *"
            )
        if event.anchor:
            self._problems.refuse(
                start, where, f"&{event.anchor} is an anchor, which definitions do not have", "quote a text with &"
            )
        if event.tag:
            self._problems.refuse(start, where, f"{event.tag} is a tag, which definitions do not have", "quote a text with !")


def _whole_characters(text: str) -> str:
    r"""The text with halves that JSON escapes as `\ud83d\ude00` put together."""
    if text.isascii():
        return text
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return text
