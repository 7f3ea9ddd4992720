"""`for`, `tablerow` and what stands in them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from liquid.ast import Node
from liquid.builtin.expressions import LoopExpression
from liquid.builtin.tags.cycle_tag import CycleNode
from liquid.builtin.tags.for_tag import BreakNode, ContinueNode, ForNode
from liquid.builtin.tags.ifchanged_tag import IfChangedNode
from liquid.builtin.tags.tablerow_tag import TablerowNode
from liquid.exceptions import BreakLoop, ContinueLoop, LiquidInterrupt
from liquid.expression import Expression
from liquid.token import Token

from cio_tui.liquid.filters import javascript, ruby
from cio_tui.liquid.filters.values import to_text
from cio_tui.liquid.limits import TEXT_LENGTH, Buffer
from cio_tui.liquid.literals import Range, Text
from cio_tui.liquid.nodes import Block
from cio_tui.liquid.parsing import Stream, Tag, identifier
from cio_tui.liquid.paths import ABSENT, Path
from cio_tui.liquid.profiles import Profile
from cio_tui.liquid.reading import Reader, Unreadable
from cio_tui.liquid.tags.conditions import else_of

_LOOP: Final = frozenset({"index", "index0", "rindex", "rindex0", "first", "last", "length", "name", "parentloop"})
_ROW: Final = frozenset(
    {"index", "index0", "rindex", "rindex0", "first", "last", "length", "name", "row", "col", "col0", "col_first", "col_last"}
)


NOTHING: Final = ()
"""What a loop goes over when there is nothing: no list, or in LiquidJS an empty one. A `limit` of 0 leaves an empty list."""


class ForLoop(Mapping[str, Any]):
    """`forloop`: where the loop is."""

    __slots__ = ("i", "length", "name", "parent")

    def __init__(self, name: str, length: int, parent: Any) -> None:
        self.i = 0
        self.name = name
        self.length = length
        self.parent = parent

    def __getitem__(self, key: str) -> Any:
        found = self.get(key, ABSENT)
        if found is ABSENT:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(_LOOP - {"parentloop"}))

    def __len__(self) -> int:
        return len(_LOOP) - 1

    @property
    def printed(self) -> str:
        """What `{{ forloop }}` prints. Nobody needs it; LiquidJS does it so."""
        return f'{{"i":{self.i},"length":{self.length},"name":{javascript_string(self.name)}}}'

    def get(self, key: Any, default: Any = None) -> Any:
        """One of the loop's facts."""
        match key:
            case "index":
                return self.i + 1
            case "index0":
                return self.i
            case "first":
                return self.i == 0
            case "last":
                return self.i == self.length - 1
            case "length":
                return self.length
            case "rindex":
                return self.length - self.i
            case "rindex0":
                return self.length - self.i - 1
            case "name":
                return self.name
            case "parentloop":
                return default if self.parent is ABSENT else self.parent
        return default


class RowLoop(ForLoop):
    """`tablerowloop`: where the table is."""

    __slots__ = ("columns",)

    def __init__(self, name: str, length: int, columns: int) -> None:
        super().__init__(name, length, ABSENT)
        self.columns = columns

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(_ROW))

    def __len__(self) -> int:
        return len(_ROW)

    @property
    def column(self) -> int:
        """The column from 0."""
        return self.i % self.columns if self.columns > 0 else self.i

    def get(self, key: Any, default: Any = None) -> Any:
        """One of the table's facts."""
        match key:
            case "row":
                return (self.i // self.columns if self.columns > 0 else 0) + 1
            case "col":
                return self.column + 1
            case "col0":
                return self.column
            case "col_first":
                return self.column == 0
            case "col_last":
                return self.column + 1 == self.columns
        return super().get(key, default)


def javascript_string(text: str) -> str:
    """A name in quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


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
        except Exception:
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


TAGS: Final = (ForTag, TablerowTag, BreakTag, ContinueTag, CycleTag, IfChangedTag)
