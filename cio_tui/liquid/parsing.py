"""Tokens into a tree, with every mistake on the way written down instead of the first one thrown.

A tag's `parse` begins at its own token and leaves the stream behind the last one that belongs to it. When a block's end is wrong
or missing the block ends where an outer block's end shows that it must have, so that one slip is one problem.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from liquid.ast import IllegalNode, Node
from liquid.builtin.content import Literal as TreeContent
from liquid.builtin.expressions import Identifier
from liquid.builtin.output import Output as TreeOutput
from liquid.stream import TokenStream
from liquid.tag import Tag as TreeTag
from liquid.token import TOKEN_CONTENT, TOKEN_EOF, TOKEN_EXPRESSION, TOKEN_OUTPUT, TOKEN_TAG, Token

from cio_tui.liquid.comparing import Condition, Nil
from cio_tui.liquid.filtered import Filtered
from cio_tui.liquid.limits import BLOCK_DEPTH
from cio_tui.liquid.nodes import Block, Content, Output
from cio_tui.liquid.problems import Opened
from cio_tui.liquid.reading import Reader, Unreadable
from cio_tui.liquid.sheet import Sheet
from cio_tui.liquid.suggesting import suggestion
from cio_tui.liquid.tokens import RAW


class Stream(TokenStream):
    """The tokens of one text, with the sheet that its problems go to and the blocks that are open."""

    def __init__(self, tokens: Sequence[Token], sheet: Sheet, env: Any, opened: list[tuple[str, Token]] | None = None) -> None:
        super().__init__(iter(tokens))
        self.sheet = sheet
        self.env = env
        self.opened: list[tuple[str, Token]] = [] if opened is None else opened
        self.deepest = len(self.opened)
        self.strangers: set[str] = set()
        self.told: set[int] = set()  # openers of blocks whose end is known to be wrong

    def expression(self) -> Token | None:
        """The expression of the tag that was just read, or None when it has none."""
        return self.next() if self.current.kind == TOKEN_EXPRESSION else None

    def reader(self, tag: Token) -> Reader:
        """A reader of the tag's expression; of an empty one when there is none."""
        token = self.expression()
        end = tag.start_index + len(tag.value)
        return Reader(token or Token(TOKEN_EXPRESSION, "", end, tag.source), self.sheet, self.env.filters)

    def condition(self, tag: Token, syntax: str) -> Condition:
        """The condition behind a tag; nil when it cannot be read. `syntax` is what the tag should look like."""
        reader = self.reader(tag)
        try:
            if reader.done:
                raise reader.fail(
                    f"Syntax Error in tag '{tag.value}' - Valid syntax: {syntax}", "", tag.start_index, len(tag.value)
                )
            return reader.condition()
        except Unreadable:
            return Condition(tag, Nil(tag))

    def value(self, tag: Token, *, lenient: bool = False) -> Filtered:
        """The value with filters behind a tag; nil when it cannot be read."""
        try:
            return self.reader(tag).filtered(lenient=lenient)
        except Unreadable:
            return Filtered(tag, Nil(tag), [])

    def block(self, opener: Token, *stops: str) -> Block:
        """The nodes up to one of the tags named or to the opener's end, which is then the current token."""
        name, ends = opener.value, f"end{opener.value}"
        if len(self.opened) >= BLOCK_DEPTH:
            if not self.sheet.stopped:
                words = f"Blocks stand more than {BLOCK_DEPTH} deep in one another"
                self.sheet.report("limit", words, opener.start_index, len(name))
            self.pos = len(self.tokens)
            return Block(opener, [])
        self.opened.append((name, opener))
        self.deepest = max(self.deepest, len(self.opened))
        nodes = list(self._until(opener, {ends, *stops}))
        self.opened.pop()
        return Block(opener, nodes)

    def close(self, opener: Token) -> None:
        """Go past the end of the opener's block, if it is there."""
        if self.current.is_tag(f"end{opener.value}"):
            self.next()
            rest = self.expression()
            if rest is not None and self.sheet.profile == "latest" and opener.value in ("if", "for"):
                self.sheet.report("syntax", f"Unexpected {rest.value!r}", rest.start_index, len(rest.value))

    def nodes(self) -> list[Node]:
        """Every node of the text."""
        return list(self._until(None, set()))

    def _until(self, opener: Token | None, stops: set[str]) -> Iterator[Node]:
        tags = self.env.tags
        while True:
            token = self.current
            kind = token.kind
            if kind == TOKEN_EOF or self.sheet.full:
                if opener is not None:
                    self.never_closed(opener)
                return
            if kind != TOKEN_TAG:
                yield from self._text(token)
                continue
            if token.value in stops:
                return
            tag = tags.get(token.value)
            if tag is not None:
                yield tag.get_node(self)
            elif self._ends_block(token, opener):
                return

    def _text(self, token: Token) -> Iterator[Node]:
        self.next()
        if token.kind in (TOKEN_CONTENT, RAW):
            yield Content(token, token.value)
        elif token.kind == TOKEN_OUTPUT:
            expression = self.expression()
            if expression is None or (not expression.value and self.sheet.profile == "legacy"):
                return
            try:
                value = Reader(expression, self.sheet, self.env.filters).filtered()
            except Unreadable:
                yield IllegalNode(token)
                return
            yield Output(token, value, self.sheet.profile)

    def never_closed(self, opener: Token) -> None:
        start = beginning(opener)
        if not self.sheet.stopped and opener.start_index not in self.told:
            hint = f"Write {{% end{opener.value} %}} where it ends."
            length = opener.start_index + len(opener.value) - start
            self.sheet.report("unclosed", f"{opener.value} tag was never closed", start, length, hint)

    def _ends_block(self, token: Token, opener: Token | None) -> bool:
        """A tag that nobody knows here. True when it ends a block further out, so that this one must end before it."""
        name, at, length = token.value, token.start_index, len(token.value)
        outer = [opened for opened, _ in self.opened]
        if name[:3] == "end" and opener is not None and (name == "end" or f"{name[3:]}" in outer or name[3:] in self.env.blocks):
            words = f"'{name}' is not a valid delimiter for {opener.value} tags. use end{opener.value}"
            opened = Opened(opener.value, *self.sheet.places.of(beginning(opener)))
            self.sheet.report("syntax", words, at, length, opened.hint, opened=opened)
            self.told.add(opener.start_index)
            if name[3:] in outer[:-1]:
                return True
        elif name in ("else", "elsif", "when"):
            where = f"{opener.value} tag does not expect {name} tag" if opener is not None else f"Unexpected outer '{name}' tag"
            self.sheet.report("syntax", where, at, length)
        elif name[:3] == "end" and name[3:] in self.env.blocks:
            self.sheet.report("syntax", f"'{name}' closes nothing: no {name[3:]} tag is open", at, length)
        elif name[:3] != "end" or name[3:] not in self.strangers:
            self.strangers.add(name)
            self.sheet.report("unknown-tag", f"Unknown tag '{name}'", at, length, self._tag_hint(token))
        self.next()
        self.expression()
        return False

    def _tag_hint(self, token: Token) -> str:
        if token.value == "snippet":
            named = self.peek.value.strip("\"' ") if self.peek.kind == TOKEN_EXPRESSION else "name"
            return f"There is no snippet tag: write {{{{ snippets.{named} }}}}."
        if token.value == "elseif":
            return "Did you mean elsif?"
        known = [name for name in self.env.tags if name not in (TOKEN_CONTENT, TOKEN_OUTPUT)]
        return suggestion(token.value, [*known, "elsif", "else", "when"], self.env.tags_elsewhere, self.sheet.profile) or (
            f"Write {{{{ {token.value} }}}} to print a value." if self.sheet.profile else ""
        )


def beginning(token: Token) -> int:
    """Where the markup of a tag begins, at its `{%`; inside `{% liquid %}` at its name."""
    before = token.source[: token.start_index].rstrip("- \t\r\n")
    return len(before) - 2 if before.endswith("{%") else token.start_index


class Tag(TreeTag):
    """A tag of ours: what cannot be read becomes a node that prints nothing, and the problem is on the sheet."""

    profiles: ClassVar[tuple[str, ...]] = ("latest", "legacy")

    def get_node(self, stream: TokenStream) -> Node:
        """The tag's node."""
        token = stream.current
        try:
            return self.parse(stream)
        except Unreadable:
            return IllegalNode(token)

    def parse(self, stream: TokenStream) -> Node:
        """Read the tag from a stream of ours."""
        assert isinstance(stream, Stream)  # noqa: S101  no other stream ever reads our tags
        return self.read(stream, stream.next())

    @abstractmethod
    def read(self, stream: Stream, token: Token) -> Node:
        """Read what follows the tag's token."""


class ContentTag(TreeContent):
    """Registered so that python-liquid's own walks find it; streams read content themselves."""


class OutputTag(TreeOutput):
    """Registered as `ContentTag` is."""


def identifier(token: Token) -> Identifier:
    """A name that a tag defines."""
    return Identifier(token.value, token=token)
