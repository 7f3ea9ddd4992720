"""`for`, `tablerow`, `break` and `continue`."""

from typing import Any, Final

from liquid.ast import Node
from liquid.builtin.tags.for_tag import BreakNode, ContinueNode, ForNode
from liquid.builtin.tags.tablerow_tag import TablerowNode
from liquid.exceptions import BreakLoop, ContinueLoop, LiquidInterrupt
from liquid.expression import Expression
from liquid.token import Token

from cio_tui.liquid.filters import javascript
from cio_tui.liquid.literals import Text
from cio_tui.liquid.nodes import Block
from cio_tui.liquid.parsing import Stream, Tag, identifier
from cio_tui.liquid.paths import ABSENT, Path
from cio_tui.liquid.reading import Reader, Unreadable
from cio_tui.liquid.tags.conditions import else_of
from cio_tui.liquid.tags.loop_facts import ForLoop, RowLoop
from cio_tui.liquid.tags.loop_items import NOTHING, Loop


class For(ForNode):
    """`for`: the block once for each item, or the `else` when there is none."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the block for each item."""
        loop: Any = self.expression
        missed = context.missed
        items = loop.evaluate(context)
        if context.missed != missed:
            return 0
        if items is NOTHING or (context.profile == "legacy" and not len(items)):
            return self.default.render_to_output(context, buffer) if self.default else 0
        parent = context.names.get("forloop", None) if context.profile == "legacy" else ABSENT
        forloop = ForLoop(loop.name, len(items), parent if isinstance(parent, ForLoop) or parent is ABSENT else None)
        variable, block, turn = str(loop.identifier), self.block, context.meter.turn
        with context.bound({"forloop": forloop, variable: None}) as names:
            for item in items:
                turn()
                names[variable] = item
                try:
                    block.render_to_output(context, buffer)
                except ContinueLoop:
                    pass
                except BreakLoop:
                    break
                forloop.i += 1
        return 0


class Tablerow(TablerowNode):
    """`tablerow`: the cells of a table. LiquidJS writes no line breaks between them, Ruby does."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the rows."""
        loop: Any = self.expression
        missed = context.missed
        legacy = context.profile == "legacy"
        items = loop.evaluate(context)
        if items is NOTHING:
            return 0
        columns = len(items)
        if loop.cols is not None:
            given = loop.cols.evaluate(context)
            columns = javascript.index(given) or len(items) if not legacy else javascript.index(given)
        if context.missed != missed:
            return 0
        row = RowLoop(loop.name, len(items), columns)
        if legacy:
            buffer.write('<tr class="row1">\n')
        try:
            self._cells(items, row, context, buffer, legacy=legacy)
        finally:
            if legacy or len(items):
                buffer.write("</tr>\n" if legacy else "</tr>")
        return 0

    def _cells(self, items: Any, row: RowLoop, context: Any, buffer: Any, *, legacy: bool) -> None:
        """Print the cells. LiquidJS goes on after a `break`, with the first node of each cell, and then ends the loop around."""
        variable = str(self.expression.identifier)
        interrupted: LiquidInterrupt | None = None
        with context.bound({"tablerowloop": row, variable: None}) as names:
            for item in items:
                context.meter.turn()
                names[variable] = item
                if not legacy and row.column == 0:
                    buffer.write(f'</tr><tr class="row{row.get("row")}">' if row.i else '<tr class="row1">')
                buffer.write(f'<td class="col{row.column + 1}">')
                try:
                    if interrupted is None:
                        self.block.render_to_output(context, buffer)
                    elif self.block.nodes:
                        self.block.nodes[0].render_to_output(context, buffer)
                except LiquidInterrupt as interrupt:
                    interrupted = interrupt
                buffer.write("</td>")
                if legacy:
                    if isinstance(interrupted, BreakLoop):
                        break
                    interrupted = None
                if legacy and row.get("col_last") and row.i + 1 < row.length:
                    buffer.write(f'</tr>\n<tr class="row{row.get("row") + 1}">')
                row.i += 1
        if interrupted is not None and not legacy:
            raise interrupted


class ForTag(Tag):
    """Reads `for … else … endfor`."""

    name = "for"
    end = "endfor"

    def read(self, stream: Stream, token: Token) -> Node:
        """The loop and its blocks."""
        loop = self.loop(stream, token)
        block = stream.block(token, "else")
        default: Block | None = None
        while stream.current.is_tag("else"):
            else_of(stream, token, stream.next())
            more = stream.block(token, "else")
            default = more if default is None or stream.sheet.profile == "legacy" else default
        stream.close(token)
        if loop is None:
            return block
        node = For(token, loop, block, default)
        if stream.sheet.profile == "legacy" and node.blank:
            for drained in (block, default):
                if drained is not None:
                    drained.drop_blanks()
        return node

    def loop(self, stream: Stream, token: Token) -> Loop | None:
        """What the loop goes over, or None when it cannot be read."""
        reader = stream.reader(token)
        try:
            variable = reader.name()
            word = reader.word("in")
            start = reader.at
            iterable = reader.value() if variable is not None and word else None
            if variable is None or not word or iterable is None:
                words = f"Syntax Error in '{token.value} loop' - Valid syntax: {token.value} [item] in [collection]"
                raise reader.fail(words, "", token.start_index, len(token.value))
            text = reader.source[start : reader.at].strip()
            return Loop(
                token, identifier(variable), iterable, self._options(reader), f"{variable.value}-{text}", stream.sheet.profile
            )
        except Unreadable:
            return None

    def _options(self, reader: Reader) -> dict[str, Expression]:
        found: dict[str, Expression] = {}
        for position, option in enumerate(reader.options()):
            value: Expression = option.value
            if option.name not in ("limit", "offset", "reversed", "cols"):
                reader.sheet.warn(
                    f"`{option.name}` is not looked at",
                    option.token.start_index,
                    len(option.name),
                    "for knows limit, offset and reversed.",
                )
                continue
            if option.name == "reversed" and position and not reader.latest:
                reader.sheet.warn(
                    "`reversed` is not looked at here", option.token.start_index, 8, "Write it right behind the list."
                )
                continue
            if option.name == "offset" and isinstance(value, Path) and value.path == ["continue"]:
                value = Text(value.token, "continue")
            found[option.name] = value
        return found


class TablerowTag(ForTag):
    """Reads `tablerow … endtablerow`."""

    name = "tablerow"
    end = "endtablerow"

    def read(self, stream: Stream, token: Token) -> Node:
        """The table."""
        loop = self.loop(stream, token)
        block = stream.block(token)
        stream.close(token)
        return block if loop is None else Tablerow(token, loop, block)


class Break(BreakNode):
    """`break`. A block that holds it is not blank."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.blank = False

    def render_to_output(self, _: Any, __: Any) -> int:
        """Leave the loop."""
        raise BreakLoop("break")


class Continue(ContinueNode):
    """`continue`. A block that holds it is not blank."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.blank = False

    def render_to_output(self, _: Any, __: Any) -> int:
        """Go to the next item."""
        raise ContinueLoop("continue")


class BreakTag(Tag):
    """Reads `break`."""

    name = "break"
    block = False
    node_class: type[BreakNode] | type[ContinueNode] = Break

    def read(self, stream: Stream, token: Token) -> Node:
        """The tag has nothing behind it, and stands in a loop."""
        stream.expression()
        if not any(name in ("for", "tablerow") for name, _ in stream.opened):
            words = f"This {token.value} stands in no loop: the text ends here"
            stream.sheet.warn(words, token.start_index, len(token.value))
        return self.node_class(token)


class ContinueTag(BreakTag):
    """Reads `continue`."""

    name = "continue"
    node_class = Continue


TAGS: Final = (ForTag, TablerowTag, BreakTag, ContinueTag)
