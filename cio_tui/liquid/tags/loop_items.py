"""What a loop goes over: the items behind `in`, and its `limit`, `offset` and `reversed`."""

from collections.abc import Mapping
from typing import Any, Final

from liquid.builtin.expressions import LoopExpression
from liquid.exceptions import FilterArgumentError
from liquid.expression import Expression
from liquid.token import Token

from cio_tui.liquid.filters import javascript, ruby
from cio_tui.liquid.literals import Range, Text
from cio_tui.liquid.profiles import Profile

NOTHING: Final = ()
"""What a loop goes over when there is nothing: no list, or in LiquidJS an empty one. A `limit` of 0 leaves an empty list."""


class OneText(list[str]):
    """A text, which is the one item of its loop. Ruby's Liquid pays no heed to limit and offset then."""


class Loop(LoopExpression):
    """What a loop goes over: `item in items limit:2 offset:1 reversed`."""

    __slots__ = ("name", "profile")

    def __init__(
        self, token: Token, variable: Any, iterable: Expression, options: dict[str, Expression], name: str, profile: Profile
    ) -> None:
        super().__init__(
            token,
            variable,
            iterable,
            limit=options.get("limit"),
            offset=options.get("offset"),
            reversed_="reversed" in options,
            cols=options.get("cols"),
        )
        self.name = name
        self.profile = profile

    def items(self, context: Any) -> Any:
        """All items, before any limit, as a list or range; None of nil."""
        value = self.iterable.span(context) if isinstance(self.iterable, Range) else self.iterable.evaluate(context)
        if isinstance(value, (list, range)):
            return value
        if isinstance(value, str):
            return OneText([value]) if value else []
        if isinstance(value, Mapping):
            pairs = [[name, value[name]] for name in (ordered_keys(value) if self.profile == "latest" else value)]
            context.meter.weigh(pairs)
            return pairs
        return None if value is None else []

    def evaluate(self, context: Any) -> Any:
        """The items that the loop goes over, in their order; `NOTHING` when there was nothing to take them from."""
        items = self.items(context)
        if items is None or (self.profile == "latest" and not len(items)):
            return NOTHING
        start = self._offset(context)
        limit = None if self.limit is None else self._limit(self.limit, context)
        if self.profile == "legacy" and isinstance(items, OneText):
            pass
        elif self.profile == "legacy":
            items = items[max(start, 0) :] if limit is None else items[max(start, 0) : max(start + limit, 0)]
        else:
            items = items[start:]
            items = items if limit is None else items[:limit]
        if self.name:
            context.stops[self.name] = start + len(items)
        return items[::-1] if self.reversed else items

    def _limit(self, limit: Expression, context: Any) -> int | None:
        value = limit.evaluate(context)
        return None if value is None and self.profile == "legacy" else self._count(value, context, limit)

    def _offset(self, context: Any) -> int:
        if self.offset is None:
            return 0
        if isinstance(self.offset, Text) and self.offset.token.value == "continue":
            return int(context.stops.get(self.name, 0))
        return self._count(self.offset.evaluate(context), context, self.offset)

    def _count(self, value: Any, context: Any, at: Expression) -> int:
        if self.profile == "latest":
            return javascript.index(value)
        if value is None:
            return 0
        try:
            return ruby.to_integer(value)
        except FilterArgumentError:
            context.refused(at.token, "invalid integer")
            return 0


def ordered_keys(value: Mapping[str, Any]) -> list[str]:
    """The keys in JavaScript's order: whole numbers first."""
    keys = list(value)
    numbers = [
        key for key in keys if isinstance(key, str) and key.isascii() and key.isdecimal() and (key == "0" or key[0] != "0")
    ]
    if not numbers:
        return keys
    return sorted(numbers, key=int) + [key for key in keys if key not in set(numbers)]
