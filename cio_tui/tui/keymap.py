"""A person's own keys: checked against the table of actions before they are used, so that no action loses its key unnoticed."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final

from textual.keys import REPLACED_KEYS, Keys, key_to_character

from cio_tui.model.errors import InputError
from cio_tui.tui.actions import ACTIONS, INSIDE, Action

FORBIDDEN: Final[Mapping[str, str]] = {
    "ctrl+i": "terminals send it for tab",
    "ctrl+j": "terminals send it for enter",
    "ctrl+m": "terminals send it for enter",
    "ctrl+h": "terminals send it for backspace",
    "ctrl+left_square_bracket": "terminals send it for escape",
    "f10": "terminals open their menu with it",
    "f11": "terminals fill the screen with it",
    "ctrl+z": "it stops the program",
    "ctrl+c": "it copies what is selected",
}
"""Keys that do not arrive, and why."""


class KeysError(InputError):
    """A key map that cannot be used; the message names the action and the key."""


def checked_keys(given: Mapping[str, str]) -> dict[str, str]:
    """A key map as Textual takes it. Raises KeysError, with every problem, for unknown actions, impossible keys and clashes."""
    known = {action.id: action for action in ACTIONS}
    problems = [f"keys.{name}: there is no such action; docs/keys.md lists them" for name in given if name not in known]
    keymap = {name: ",".join(key.strip() for key in keys.split(",")) for name, keys in given.items() if name in known}
    for name, keys in keymap.items():
        problems += [f"keys.{name}: {problem}" for key in keys.split(",") if (problem := impossible(key))]
    for key, one, other in clashes(keymap):
        if one.id in keymap or other.id in keymap:
            problems.append(f"keys: {key} would do both {one.id} and {other.id}")
    if problems:
        raise KeysError("; ".join(problems))
    return keymap


def impossible(key: str) -> str:
    """Why a key cannot be used; nothing when it can."""
    if not key:
        return "an empty key"
    if key in FORBIDDEN:
        return f"{key} cannot be used: {FORBIDDEN[key]}"
    *held, last = key.split("+")
    if "alt" in held:
        return f"{key} cannot be used: alt does not arrive everywhere"
    if set(held) - {"ctrl", "shift"} or not (len(last) == 1 or last in _NAMED or _character(last)):
        return f"{key} is no key"
    return ""


def clashes(keymap: Mapping[str, str]) -> Iterator[tuple[str, Action, Action]]:
    """Keys that two actions have where both can work."""
    for one, other in combinations(ACTIONS, 2):
        if together(one.context, other.context):
            for key in sorted(set(_keys(one, keymap)) & set(_keys(other, keymap))):
                yield key, one, other


def together(one: str, other: str) -> bool:
    """Whether the actions of two contexts can work at the same time: one context is the other, or lies inside it."""
    return one == other or other in around(one) or one in around(other)


def around(context: str) -> set[str]:
    """All contexts that a context can lie in."""
    found: set[str] = set()
    waiting = list(INSIDE.get(context, ()))
    while waiting:
        outer = waiting.pop()
        if outer not in found:
            found.add(outer)
            waiting += INSIDE.get(outer, ())
    return found


def _keys(action: Action, keymap: Mapping[str, str]) -> Iterable[str]:
    return (_character(key) or key for key in keymap.get(action.id, action.keys).split(","))  # ? is question_mark


def _character(key: str) -> str | None:
    return key_to_character(REPLACED_KEYS.get(key, key))


_NAMED: Final = {key.value for key in Keys}
