"""What changes from turn to turn: `cycle` and `ifchanged`."""

from typing import Any, Final

from liquid.ast import Node
from liquid.builtin.tags.cycle_tag import CycleNode
from liquid.builtin.tags.ifchanged_tag import IfChangedNode
from liquid.expression import Expression
from liquid.token import Token

from cio_tui.liquid.filters.values import to_text
from cio_tui.liquid.limits import TEXT_LENGTH, Buffer
from cio_tui.liquid.parsing import Stream, Tag
from cio_tui.liquid.paths import Path


class Cycle(CycleNode):
    """`cycle`: its values in turn, one each time it is reached."""

    __slots__ = ("key",)

    def __init__(self, token: Token, group: Expression | None, values: list[Expression], key: object) -> None:
        super().__init__(token, group, values)
        self.key = key

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the next value."""
        missed = context.missed
        group = to_text(self.group.evaluate(context), context.profile) if self.group is not None else None
        key = group if context.profile == "legacy" and group is not None else (group, self.key)
        turn = context.cycles.get(key, 0)
        value = self.args[turn].evaluate(context) if turn < len(self.args) else None
        context.cycles[key] = turn + 1 if turn + 1 < len(self.args) else 0
        if (
            context.missed != missed
            or value is None
            or (context.profile == "latest" and not value and not isinstance(value, list))
        ):
            return 0  # LiquidJS prints no 0 and no false here, though everywhere else
        return int(buffer.write(to_text(value, context.profile)))


class CycleTag(Tag):
    """Reads `cycle "a", "b"` and `cycle group: "a", "b"`."""

    name = "cycle"
    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The group and the values."""
        reader = stream.reader(token)
        start = reader.at
        group = reader.value()
        if group is None or not reader.take(":"):
            group, reader.at = None, start
        values: list[Expression] = []
        first = reader.at
        while not reader.done:
            value: Expression = reader.filtered(whole=False) if reader.latest else reader.must()
            values.append(value)
            if not reader.take(","):
                break
        if not values:
            words = "Syntax Error in 'cycle' - Valid syntax: cycle [name :] var [, var2, var3 ...]"
            raise reader.fail(words, "", token.start_index, len(token.value))
        key: object = reader.source[first : reader.at].strip()
        if not reader.latest and any(isinstance(value, Path) for value in values):
            key = (token.start_index, key)
        return Cycle(token, group, values, key)


class IfChanged(IfChangedNode):
    """`ifchanged`, which only Ruby's Liquid has: its block unless it printed the same the last time."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print what changed."""
        inner: Any = Buffer(TEXT_LENGTH, "A text of more than {:,} bytes is too long")
        self.block.render_to_output(context, inner)
        text = inner.getvalue()
        if context.tag_namespace["ifchanged"] != text:
            context.tag_namespace["ifchanged"] = text
            buffer.write(text)
        return 0


class IfChangedTag(Tag):
    """Reads `ifchanged … endifchanged`."""

    name = "ifchanged"
    end = "endifchanged"
    profiles = ("legacy",)

    def read(self, stream: Stream, token: Token) -> Node:
        """The block."""
        stream.expression()
        block = stream.block(token)
        stream.close(token)
        return IfChanged(token, block)


TAGS: Final = (CycleTag, IfChangedTag)
