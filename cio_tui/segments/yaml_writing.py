"""Nested dicts and lists as YAML that reads well: blocks, with small mappings and pairs on one line.

What another YAML reader might take for something else than text is quoted, so that a file means the same to all of them.
"""

import json
import re
from typing import Any, Final

_PLAIN: Final = re.compile(r"[^\W\d](?:[\w ./+()$€-]*[\w./+()$€])?")
_PATH: Final = re.compile(r"[^\W\d](?:[\w ./+()$€\[\]-]*[\w./+()$€\]])?")
_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_LONGEST_KEY: Final = 100
_LINE: Final = 100


class Phrase(str):
    """A text that needs no quotes wherever it stands."""

    __slots__ = ()


def dump(value: dict[str, Any]) -> str:
    """The text of a mapping."""
    return "\n".join(_mapping(value)) + "\n"


def fits_key(text: str) -> bool:
    """Whether a text can be a key; YAML wants short ones on one line."""
    return len(text) <= _LONGEST_KEY


def _mapping(value: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for key, item in value.items():
        name = _text(key)
        inline = _inline(item)
        if inline is not None:
            lines.append(f"{name}: {inline}")
        else:
            lines.append(f"{name}:")
            lines.extend(f"  {line}" for line in (_mapping(item) if isinstance(item, dict) else _list(item)))
    return lines


def _list(value: list[Any]) -> list[str]:
    lines: list[str] = []
    for item in value:
        first, *rest = _mapping(item)
        lines.append(f"- {first}")
        lines.extend(f"  {line}" for line in rest)
    return lines


def _inline(value: Any) -> str | None:
    """A scalar, an empty list, a pair or a mapping of one such value, on one line; None for what needs a block."""
    if isinstance(value, list):
        if any(isinstance(item, (dict, list)) for item in value):
            return None
        return f"[{', '.join(_scalar(item, flow=True) for item in value)}]"
    if isinstance(value, dict):
        if len(value) != 1:
            return None
        key, item = next(iter(value.items()))
        inner = _inline(item) if isinstance(item, list) else None if isinstance(item, dict) else _scalar(item, flow=True)
        return None if inner is None or len(key) + len(inner) > _LINE else f"{{{_text(key, flow=True)}: {inner}}}"
    return _scalar(value)


def _scalar(value: Any, *, flow: bool = False) -> str:
    if isinstance(value, str):
        return _text(value, flow=flow)
    return json.dumps(value)


def _text(text: str, *, flow: bool = False) -> str:
    if isinstance(text, Phrase):
        return text
    pattern = _PLAIN if flow else _PATH
    if pattern.fullmatch(text) and text.isprintable() and text.lower() not in _WORDS:
        return text
    return "".join(map(_escaped, json.dumps(text, ensure_ascii=False)))


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"
