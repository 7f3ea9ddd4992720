"""`assign`, `capture`, counters, `echo`, `liquid` and comments."""

import re
from typing import Any, Final

from liquid.ast import Node
from liquid.builtin.tags.assign_tag import AssignNode
from liquid.builtin.tags.capture_tag import CaptureNode
from liquid.builtin.tags.comment_tag import CommentNode
from liquid.builtin.tags.decrement_tag import DecrementNode
from liquid.builtin.tags.increment_tag import IncrementNode
from liquid.builtin.tags.liquid_tag import LiquidNode
from liquid.token import TOKEN_EOF, TOKEN_EXPRESSION, TOKEN_TAG, Token

from cio_tui.liquid.filters.values import to_text
from cio_tui.liquid.limits import TEXT_LENGTH, Buffer
from cio_tui.liquid.nodes import Block, Output
from cio_tui.liquid.parsing import Stream, Tag, identifier
from cio_tui.liquid.sheet import Sheet
from cio_tui.liquid.tokens import BLANKS

_LINE: Final = re.compile(rf"[{BLANKS}]*(#|[\w?-]+)([^\n]*)")


class Assign(AssignNode):
    """`assign`. A missing value makes the variable nil, as LiquidJS has it."""

    __slots__ = ()

    def render_to_output(self, context: Any, _: Any) -> int:
        """Set the variable."""
        value: Any = self.expression
        context.assign(self.name, value.found(context))
        return 0


class AssignTag(Tag):
    """Reads `assign name = value | filters`."""

    name = "assign"
    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The name and the value."""
        reader = stream.reader(token)
        name = reader.name()
        if name is None or not reader.take("="):
            words = "Syntax Error in tag 'assign' - Valid syntax: assign [var] = [source]"
            raise reader.fail(words, "", token.start_index, len(token.value))
        return Assign(token, name=identifier(name), expression=reader.filtered(lenient=True))


class Capture(CaptureNode):
    """`capture`: a variable with what its block prints."""

    __slots__ = ()

    def render_to_output(self, context: Any, _: Any) -> int:
        """Set the variable, also when a `break` inside ends the block early."""
        inner: Any = Buffer(TEXT_LENGTH, "A text of more than {:,} bytes is too long")
        try:
            self.block.render_to_output(context, inner)
        finally:
            context.assign(self.name, inner.getvalue())
        context.meter.spend(inner.limit - inner.left >> 2)
        return 0


class CaptureTag(Tag):
    """Reads `capture name … endcapture`."""

    name = "capture"
    end = "endcapture"

    def read(self, stream: Stream, token: Token) -> Node:
        """The name, plain or quoted, and the block."""
        reader = stream.reader(token)
        name = reader.name()
        if name is None and not reader.done and reader.peek() in "\"'":
            value: Any = reader.must()
            name = Token("word", value.value, value.token.start_index, token.source)
        if name is None:
            words = "Syntax Error in 'capture' - Valid syntax: capture [var]"
            stream.sheet.report("syntax", words, token.start_index, len(token.value))
            name = token
        block = stream.block(token)
        stream.close(token)
        return Capture(token, identifier(name), block)


class Increment(IncrementNode):
    """`increment`: prints a counter and moves it on."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the count before the step."""
        return int(buffer.write(to_text(context.count(self.name, 1) - 1, context.profile)))


class Decrement(DecrementNode):
    """`decrement`: moves a counter back and prints it."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the count after the step."""
        return int(buffer.write(to_text(context.count(self.name, -1), context.profile)))


class IncrementTag(Tag):
    """Reads `increment name`."""

    name = "increment"
    block = False
    node_class: type[IncrementNode] | type[DecrementNode] = Increment

    def read(self, stream: Stream, token: Token) -> Node:
        """The counter's name."""
        reader = stream.reader(token)
        name = reader.name()
        if name is None:
            raise reader.fail(f"Expected the name of a counter behind {token.value}", "", token.start_index, len(token.value))
        return self.node_class(token, identifier(name))


class DecrementTag(IncrementTag):
    """Reads `decrement name`."""

    name = "decrement"
    node_class = Decrement


class EchoTag(Tag):
    """Reads `echo value | filters`, which is `{{ … }}` as a tag."""

    name = "echo"
    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The value; without one nothing is printed."""
        reader = stream.reader(token)
        if reader.done:
            return CommentNode(token, "")
        return Output(token, reader.filtered(), stream.sheet.profile)


class LiquidTag(Tag):
    """Reads `liquid`: tags without their braces, one a line."""

    name = "liquid"
    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The lines as a block."""
        text = stream.expression()
        inner = Stream(_lines(text, stream.sheet) if text is not None else [], stream.sheet, stream.env, stream.opened)
        block = Block(token, inner.nodes())
        stream.deepest = max(stream.deepest, inner.deepest)
        return LiquidNode(token, text, block)


def _lines(text: Token, sheet: Sheet) -> list[Token]:
    tokens: list[Token] = []
    at, end = text.start_index, text.start_index + len(text.value)
    while (found := _LINE.match(text.source, at, end)) is not None:
        tokens.append(Token(TOKEN_TAG, found[1], found.start(1), text.source))
        rest = found[2].strip(BLANKS)
        if rest:
            start = found.end() - len(found[2].lstrip(BLANKS))
            tokens.append(Token(TOKEN_EXPRESSION, rest, start, text.source))
        at = found.end()
    rest = text.source[at:end].strip(BLANKS)
    if rest:
        sheet.report(
            "syntax", f"Expected the name of a tag, found {rest[:32]!r}", at, end - at, "Each line of {% liquid %} is one tag."
        )
    return tokens


class CommentTag(Tag):
    """Reads `comment … endcomment`. LiquidJS ends it at the first `endcomment`, Ruby lets comments stand in one another."""

    name = "comment"
    end = "endcomment"

    def read(self, stream: Stream, token: Token) -> Node:
        """The comment's text, of which nothing is printed."""
        depth, parts = 1, list[str]()
        while stream.current.kind != TOKEN_EOF:
            current = stream.next()
            if current.is_tag("endcomment"):
                depth -= 1
                if not depth:
                    stream.expression()
                    return CommentNode(token, "".join(parts))
            elif current.is_tag("comment") and stream.sheet.profile == "legacy":
                depth += 1
            parts.append(current.value)
        stream.never_closed(token)
        return CommentNode(token, "")


class InlineCommentTag(Tag):
    """Reads `# words`."""

    name = "#"
    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The words; each further line needs its own #."""
        text = stream.expression()
        if text is not None and re.search(r"\n\s*[^#\s]", text.value):
            words = "every line of an inline comment must start with a '#' character"
            stream.sheet.report("syntax", words, token.start_index, 1)
        return CommentNode(token, text.value if text is not None else "")


TAGS: Final = (AssignTag, CaptureTag, IncrementTag, DecrementTag, EchoTag, LiquidTag, CommentTag, InlineCommentTag)
