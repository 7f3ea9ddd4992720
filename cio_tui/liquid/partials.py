"""Texts inside a text: snippets, partials and stored Liquid.

Each is rendered from the same cache of templates as the message itself. Its problems carry its name and its own lines and
columns. A snippet sees the data and none of the message's variables, and the message sees none of the snippet's; a snippet that
is a JSON array is a list and is not rendered.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from liquid.exceptions import LiquidInterrupt
from liquid.token import Token

from cio_tui.liquid.limits import PARTIAL_WORK, TEXT_LENGTH, Buffer
from cio_tui.liquid.nodes import render_nodes
from cio_tui.liquid.paths import ABSENT


def render_text(
    text: str, name: str, context: Any, buffer: Any, token: Token, *, names: Mapping[str, Any] | None = None, shared: bool = False
) -> None:
    """Print a text inside another: with the variables of the text around it (`shared`), or with `names` only."""
    context.meter.spend(PARTIAL_WORK)
    template = context.parse(text)
    sheet = context.sheet_of(name, template)
    if template.tree is None:
        context.missed += 1
        return
    with context.partial(template.nesting, token):
        if not shared:
            render_nodes(template.tree.nodes, template.weight, context.inner(template.tree, sheet, names), buffer)
            return
        around, context.sheet = context.sheet, sheet
        try:
            render_nodes(template.tree.nodes, template.weight, context, buffer)
        finally:
            context.sheet = around


class Snippets(Mapping[str, Any]):
    """The namespace `snippets`. A snippet is rendered when it is read, and once only: it cannot change within a message."""

    __slots__ = ("_context", "_done", "_given")

    def __init__(self, context: Any, given: Mapping[str, Any]) -> None:
        self._context = context
        self._given = given
        self._done: dict[str, Any] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def __getitem__(self, key: str) -> Any:
        found = self.get(key, ABSENT)
        if found is ABSENT:
            raise KeyError(key)
        return found

    def get(self, key: Any, default: Any = None) -> Any:
        """The snippet as its place prints it: rendered text, or the items of a JSON array."""
        if key not in self._given:
            return default
        if key not in self._done:
            self._done[key] = self._rendered(key, self._given[key])
        return self._done[key]

    def _rendered(self, key: str, text: Any) -> Any:
        if not isinstance(text, str):
            return text
        items = _array(text)
        if items is not None:
            self._context.meter.weigh(items)
            return items
        if "{" not in text:
            return text
        buffer = Buffer(TEXT_LENGTH, "A snippet of more than {:,} bytes is too long")
        with suppress(LiquidInterrupt):  # `break` in no loop ends the snippet
            render_text(text, f"snippets.{key}", self._context, buffer, Token("word", key, 0, text))
        self._context.meter.spend(buffer.limit - buffer.left >> 2)
        return buffer.getvalue()


def _array(text: str) -> list[Any] | None:
    """The items of a snippet that is a JSON array, None of any other."""
    if not text.lstrip().startswith("["):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None
