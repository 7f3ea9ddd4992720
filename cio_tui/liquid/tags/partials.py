"""`include`, `render` and `render_liquid`."""

from collections.abc import Mapping
from typing import Any, Final

from liquid.ast import Node
from liquid.builtin.expressions import Identifier, KeywordArgument
from liquid.builtin.tags.include_tag import IncludeNode
from liquid.builtin.tags.render_tag import RenderNode
from liquid.exceptions import LiquidInterrupt
from liquid.expression import Expression
from liquid.token import Token

from cio_tui.liquid.filters.values import to_text
from cio_tui.liquid.parsing import Stream, Tag, identifier
from cio_tui.liquid.partials import render_text
from cio_tui.liquid.paths import ABSENT
from cio_tui.liquid.reading import Reader
from cio_tui.liquid.suggesting import nearest
from cio_tui.liquid.tags.loop_facts import ForLoop


class Include(IncludeNode):
    """`include`: a partial that shares the variables of the text."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the partial; in Ruby once for each item when it is given an array."""
        found = _partial(self.name, context)
        if found is None:
            return 0
        name, text = found
        names = {argument.name: argument.value.evaluate(context) for argument in self.args}
        values: list[Any] = [ABSENT]
        key = str(self.alias or name.rpartition("/")[2])
        if self.var is not None or context.profile == "legacy":
            value = self.var.evaluate(context) if self.var is not None else context.names.get(key, ABSENT)
            values = value if isinstance(value, list) and context.profile == "legacy" else [value]
        for value in values:
            if value is not ABSENT:
                names[key] = value
            if len(values) > 1:
                context.meter.turn()
            with context.bound(names):
                render_text(text, name, context, buffer, self.token, shared=True)
        return 0


class Render(RenderNode):
    """`render`: a partial that sees the data and its own arguments, nothing else."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the partial, once for each item behind `for`."""
        found = _partial(self.name, context)
        if found is None:
            return 0
        name, text = found
        names = {argument.name: argument.value.evaluate(context) for argument in self.args}
        key = str(self.alias or name.rpartition("/")[2])
        if self.var is None:
            return _isolated(text, name, context, buffer, self.token, names)
        value = self.var.evaluate(context)
        if not self.loop or not isinstance(value, (list, range)):
            return _isolated(text, name, context, buffer, self.token, {**names, key: value})
        forloop = ForLoop(key, len(value), ABSENT)
        for item in value:
            context.meter.turn()
            _isolated(text, name, context, buffer, self.token, {**names, key: item, "forloop": forloop})
            forloop.i += 1
        return 0


def _isolated(text: str, name: str, context: Any, buffer: Any, token: Token, names: Mapping[str, Any]) -> int:
    try:
        render_text(text, name, context, buffer, token, names=names)
    except LiquidInterrupt:
        return 0
    return 0


def _partial(named: Any, context: Any) -> tuple[str, str] | None:
    """The partial's name and text; None, and a problem, when there is no such partial."""
    missed = context.missed
    name = to_text(named.evaluate(context), context.profile) if isinstance(named, Expression) else str(named)
    if context.missed != missed:
        return None
    partials = context.scope_given.partials
    text = partials.get(name)
    if isinstance(text, str):
        return name, text
    near = nearest(name, partials)
    hint = f"Did you mean {near!r}?" if near else "The partials of this preview are its snippets."
    token: Any = getattr(named, "token", None)
    context.missed += 1
    context.sheet.report("missing", f"There is no partial named {name!r}", token.start_index, len(token.value), hint, path=name)
    return None


class IncludeTag(Tag):
    """Reads `include "name" with value as alias, key: value`."""

    name = "include"
    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The partial's name and what it is given."""
        reader = stream.reader(token)
        named = _name_of(reader, token)
        _, value, alias = _binding(reader, aliased=not reader.latest)
        return Include(token, named, value, alias, _arguments(reader))


class RenderTag(Tag):
    """Reads `render "name" for items as item, key: value`."""

    name = "render"
    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The partial's name and what it is given."""
        reader = stream.reader(token)
        named: Any = _name_of(reader, token)
        word, value, alias = _binding(reader)
        return Render(token, named, var=value, loop=word == "for", alias=alias, args=_arguments(reader))


def _name_of(reader: Reader, token: Token) -> Expression:
    value = reader.value()
    if value is None:
        words = f"Syntax Error in tag '{token.value}' - Valid syntax: {token.value} '[name]'"
        raise reader.fail(words, "", token.start_index, len(token.value))
    return value


def _binding(reader: Reader, *, aliased: bool = True) -> tuple[str, Expression | None, Identifier | None]:
    """What stands behind `with` or `for`: the word, the value and its alias."""
    reader.take(",")
    start = reader.at
    word = reader.word("with", "for")
    if not word or reader.take(":"):
        reader.at = start
        return "", None, None
    value = reader.value()
    alias = reader.name() if aliased and reader.word("as") else None
    return word, value, identifier(alias) if alias is not None else None


def _arguments(reader: Reader) -> list[KeywordArgument]:
    return reader.options()


class RenderStored(Node):
    """`render_liquid`: Liquid that is stored in a value, printed as a text of its own."""

    __slots__ = ("expression",)

    def __init__(self, token: Token, expression: Expression) -> None:
        super().__init__(token)
        self.expression = expression
        self.blank = False

    def __str__(self) -> str:
        return f"{{% render_liquid {self.expression} %}}"

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the stored text."""
        missed = context.missed
        value = self.expression.evaluate(context)
        if context.missed != missed or value is None:
            return 0
        name = getattr(self.expression, "token", self.token).value
        return _isolated(to_text(value, context.profile), name, context, buffer, self.token, {})

    def expressions(self) -> list[Expression]:
        """The value."""
        return [self.expression]


class RenderLiquidTag(Tag):
    """Reads `render_liquid journey.body`."""

    name = "render_liquid"
    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The value that holds the Liquid."""
        reader = stream.reader(token)
        if reader.done:
            raise reader.fail(
                "render_liquid needs a value", "As in {% render_liquid journey.body %}.", token.start_index, len(token.value)
            )
        value = reader.filtered()
        return RenderStored(token, value if value.filters else value.left)


TAGS: Final = (IncludeTag, RenderTag, RenderLiquidTag)
