"""`if`, `unless` and `case`."""

from typing import Any, Final

from liquid.ast import Node
from liquid.builtin.tags.case_tag import CaseNode, MultiExpressionBlockNode, _AnyExpression
from liquid.builtin.tags.if_tag import IfNode
from liquid.builtin.tags.unless_tag import UnlessNode
from liquid.expression import Expression
from liquid.token import TOKEN_TAG, Token

from cio_tui.liquid.comparing import equal_of
from cio_tui.liquid.nodes import Block, Elsif
from cio_tui.liquid.parsing import Stream, Tag
from cio_tui.liquid.profiles import Profile
from cio_tui.liquid.reading import Unreadable


class If(IfNode):
    """`if`: the first branch whose condition holds."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the branch."""
        if self.condition.evaluate(context):
            return self.consequence.render_to_output(context, buffer)
        return _rest(self, context, buffer)


class Unless(UnlessNode):
    """`unless`: the branch when the condition does not hold, else as `if`."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the branch."""
        if not self.condition.evaluate(context):
            return self.consequence.render_to_output(context, buffer)
        return _rest(self, context, buffer)


def _rest(node: Any, context: Any, buffer: Any) -> int:
    for alternative in node.alternatives:
        if alternative.expression.evaluate(context):
            return int(alternative.block.render_to_output(context, buffer))
    return int(node.default.render_to_output(context, buffer)) if node.default else 0


class IfTag(Tag):
    """Reads `if … elsif … else … endif`."""

    name = "if"
    end = "endif"
    node_class: type[IfNode] | type[UnlessNode] = If

    def read(self, stream: Stream, token: Token) -> Node:
        """The whole chain of branches."""
        syntax = f"{token.value} [expression]"
        condition = stream.condition(token, syntax)
        consequence = stream.block(token, "elsif", "else")
        alternatives: list[Any] = []
        default: Block | None = None
        while (current := stream.current).kind == TOKEN_TAG and current.value in ("elsif", "else"):
            stream.next()
            if current.value == "elsif":
                branch = Elsif(current, stream.condition(current, syntax), stream.block(token, "elsif", "else"))
                if default is None:
                    alternatives.append(branch)
                else:
                    _superfluous(stream, token, current, "unexpected elsif after else", "Put it before the else.")
                continue
            else_of(stream, token, current)
            block = stream.block(token, "elsif", "else")
            if default is None:
                default = block
            else:
                _superfluous(stream, token, current, "duplicated else", "Only the first else is ever printed.")
        stream.close(token)
        node = self.node_class(token, condition, consequence, alternatives, default)
        if stream.sheet.profile == "legacy" and node.blank:
            for drained in (consequence, default, *(branch.block for branch in alternatives)):
                if isinstance(drained, Block):
                    drained.drop_blanks()
        return node


class UnlessTag(IfTag):
    """Reads `unless … elsif … else … endunless`."""

    name = "unless"
    end = "endunless"
    node_class = Unless


def _superfluous(stream: Stream, opener: Token, token: Token, message: str, hint: str) -> None:
    """A branch that can never be printed: an error for LiquidJS's `if`, overlooked elsewhere."""
    if stream.sheet.profile == "latest" and opener.value == "if":
        stream.sheet.report("syntax", message, token.start_index, len(token.value), hint)
    else:
        stream.sheet.warn(message, token.start_index, len(token.value), hint)


def else_of(stream: Stream, opener: Token, token: Token) -> None:
    """`else` takes no expression. `{% else if %}` is no Liquid: LiquidJS's `if` refuses it, the rest take it for `else`."""
    extra = stream.expression()
    if extra is None:
        return
    length = extra.start_index + len(extra.value) - token.start_index
    hint = "Write {% elsif … %} for another condition." if extra.value.startswith("if") else "An else has no condition."
    if stream.sheet.profile == "latest" and opener.value in ("if", "for"):
        stream.sheet.report("syntax", f"Unexpected {extra.value!r} behind else", token.start_index, length, hint)
    else:
        stream.sheet.warn(f"{extra.value!r} behind else is not looked at", token.start_index, length, hint)


class AnyOf(_AnyExpression):
    """The values of a `when`: which of them are what the `case` is about."""

    __slots__ = ("equal",)

    def __init__(self, token: Token, left: Expression, expressions: list[Expression], profile: Profile) -> None:
        super().__init__(token, left, expressions)
        self.equal = equal_of(profile)

    def evaluate(self, context: Any) -> list[bool]:
        """One answer for each value."""
        left = self.left.evaluate(context)
        return [self.equal(left, right.evaluate(context)) for right in self.expressions]


class When(MultiExpressionBlockNode):
    """One `when` and its block."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the block once for each value that fits in Ruby, once at all in LiquidJS; −1 when none fits."""
        fits = self.expression.evaluate(context).count(True)
        if not fits:
            return -1
        for _ in range(fits if context.profile == "legacy" else 1):
            self.block.render_to_output(context, buffer)
        return 0


class Case(CaseNode):
    """`case`: every `when` that fits, and `else` when none did."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print what fits."""
        found = False
        for block in self.blocks:
            if isinstance(block, When):
                found = block.render_to_output(context, buffer) >= 0 or found
            elif not found:
                block.render_to_output(context, buffer)
        return 0


class CaseTag(Tag):
    """Reads `case … when … else … endcase`. What stands before the first `when` is not printed."""

    name = "case"
    end = "endcase"

    def read(self, stream: Stream, token: Token) -> Node:
        """The whole of it."""
        left = stream.value(token, lenient=True)
        subject: Expression = left if left.filters else left.left
        stream.block(token, "when", "else")
        blocks: list[Any] = []
        default: Block | None = None
        while (current := stream.current).kind == TOKEN_TAG and current.value in ("when", "else"):
            stream.next()
            if current.value == "when":
                values = self._values(stream, current)
                block = stream.block(token, "when", "else")
                if default is None or stream.sheet.profile == "legacy":
                    blocks.append(When(current, block, AnyOf(current, subject, values, stream.sheet.profile)))
                else:
                    stream.sheet.warn("This when stands behind the else: it is read as part of it", current.start_index, 4)
                    default.nodes.extend(block.nodes)
                    default.weight += block.weight
                continue
            else_of(stream, token, current)
            block = stream.block(token, "when", "else")
            if default is None or stream.sheet.profile == "legacy":
                default = block
                blocks.append(block)
        stream.close(token)
        node = Case(token, subject, blocks)
        if stream.sheet.profile == "legacy" and node.blank:
            for drained in blocks:
                getattr(drained, "block", drained).drop_blanks()
        return node

    def _values(self, stream: Stream, token: Token) -> list[Expression]:
        reader = stream.reader(token)
        values: list[Expression] = []
        try:
            if reader.done:
                raise reader.fail(
                    "Syntax Error in tag 'case' - Valid when conditions: {% when [condition] [or condition2...] %}",
                    "",
                    token.start_index,
                    len(token.value),
                )
            while not reader.done:
                value = reader.must()
                if hasattr(value, "strict"):
                    value.strict = False
                values.append(value)
                if not reader.take(",") and not reader.word("or"):
                    if not reader.done:
                        raise reader.fail(f"Expected `or` or a comma, found {reader.rest()!r}")
                    break
        except Unreadable:
            pass
        return values


TAGS: Final = (IfTag, UnlessTag, CaseTag)
