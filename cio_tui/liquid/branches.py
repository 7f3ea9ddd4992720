"""The ways that a rendering can take through a template: found in its tree, each with a probe that tells when it is taken."""

import re
from bisect import bisect_right
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, Literal, TextIO, cast

from liquid import RenderContext
from liquid.ast import BlockNode, Node
from liquid.builtin.expressions import FilteredExpression, LoopExpression
from liquid.builtin.expressions.filtered import Filter
from liquid.builtin.tags.case_tag import CaseNode, MultiExpressionBlockNode
from liquid.builtin.tags.for_tag import ForNode
from liquid.builtin.tags.if_tag import IfNode
from liquid.builtin.tags.tablerow_tag import TablerowNode
from liquid.builtin.tags.unless_tag import UnlessNode
from liquid.expression import Expression
from liquid.token import Token

from cio_tui.liquid.markup import Block, blocks_of, markup_of
from cio_tui.liquid.template import Template
from cio_tui.liquid.usage_walk import Walk

Kind = Literal["if", "unless", "elsif", "when", "else", "none", "empty", "one", "many", "fallback", "value"]
"""What a branch is.

`none`: no branch of an `if`, `unless` or `case` without `else` was taken. `empty`, `one`, `many`: a loop over no item, one, more;
with an `else`, `empty` is that. A loop in a condition that asks for items has no `empty`. `fallback`, `value`: `default` put its
own value, or kept the other one.
"""

WORDS: Final[dict[Kind, str]] = {
    "if": "condition holds",
    "unless": "condition does not hold",
    "elsif": "condition holds, none before",
    "when": "value fits",
    "else": "nothing before fits",
    "none": "nothing fits, nothing printed",
    "empty": "no item",
    "one": "exactly one item",
    "many": "more than one item",
    "fallback": "fallback printed",
    "value": "value printed",
}

Span = tuple[int, int]
"""Offsets in the source, the second one not included."""

hits: ContextVar[set[int] | None] = ContextVar("hits", default=None)
"""The branches taken by the rendering under way in this thread or task."""


@dataclass(frozen=True, slots=True)
class Way:
    """A branch as it stands in the source, with the tag or value that decides as `text`.

    `body` is what runs on this way, empty where nothing does.
    """

    tag: str
    kind: Kind
    span: Span
    text: str
    body: Span = (0, 0)


class _Probe(Node):
    """A node that prints nothing and notes that it was reached."""

    __slots__ = ("number",)

    def __init__(self, token: Token, number: int) -> None:
        super().__init__(token)
        self.number = number

    def render_to_output(self, _: RenderContext, __: TextIO) -> int:
        """Note the branch."""
        _hit(self.number)
        return 0


class _LoopProbe(Expression):
    """What a loop goes over, counted: `numbers` are its branches for no item, one, and more. All else is the loop's own."""

    __slots__ = ("loop", "numbers")

    def __init__(self, loop: Expression, numbers: tuple[int | None, int, int]) -> None:
        super().__init__(loop.token)
        self.loop = loop
        self.numbers = numbers

    def __getattr__(self, name: str) -> Any:
        return getattr(self.loop, name)

    def __str__(self) -> str:
        return str(self.loop)

    def evaluate(self, context: Any) -> object:
        """The items. A loop over a missing value is none over no item: it fails."""
        missed = context.missed
        items: Any = self.loop.evaluate(context)
        if context.missed == missed:
            number = self.numbers[min(len(items), 2) if items else 0]
            if number is not None:
                _hit(number)
        return items

    def children(self) -> Any:
        """The expressions of the loop."""
        return self.loop.children()


class _DefaultProbe(Filter):
    """`default`, with a note whether it put its fallback."""

    __slots__ = ("inner", "number")

    def __init__(self, inner: Filter, number: int) -> None:
        super().__init__(inner.token, inner.name, inner.args)
        self.inner = inner
        self.number = number

    def evaluate(self, left: object, context: Any) -> object:
        """The value or the fallback."""
        result = self.inner.evaluate(left, context)
        function: Callable[..., object] | None = getattr(self.inner, "function", None)
        if function is not None and hits.get() is not None:
            options = {each.name: each.value.evaluate(context) for each in getattr(self.inner, "named", ())}
            _hit(self.number + (function(left, _FALLBACK, **options) is not _FALLBACK))
        return result


_FALLBACK: Final = object()
_NO_CONTEXT: Final[Any] = None  # only partials would look at it, and these are not visited
_NEXT_FILTER: Final = re.compile(r"\"[^\"]*\"|'[^']*'|\|")
_LONGEST_TEXT: Final = 120
_BODIES: Final[tuple[Kind, Kind]] = ("one", "many")


def _hit(number: int) -> None:
    taken = hits.get()
    if taken is not None:
        taken.add(number)


class Survey:
    """Finds the branches of a tree and puts a probe on each. The tree must be nobody else's."""

    def __init__(self, template: Template) -> None:
        self.ways: list[Way] = []
        self._source = source = template.source
        self._markup = markup_of(source)
        self._starts = [one.start for one in self._markup]
        self._blocks = {block.parts[0].name_start: block for block in blocks_of(self._markup)[0]}
        walk = Walk(template, {})
        walk.read()
        self._never_empty = walk.never_empty
        for node in template.tree.nodes if template.tree else ():
            self._visit(node)

    def _visit(self, node: Node) -> None:
        for expression in node.expressions():
            self._defaults(expression)
        if isinstance(node, IfNode | UnlessNode):
            self._choice(node)
        elif isinstance(node, CaseNode):
            self._case(node)
        elif isinstance(node, ForNode | TablerowNode):
            self._loop(node)
        for child in node.children(_NO_CONTEXT, include_partials=False):
            self._visit(child)

    def _choice(self, node: IfNode | UnlessNode) -> None:
        spans = self._spans(node.token)
        tag: Literal["if", "unless"] = "if" if isinstance(node, IfNode) else "unless"
        self._probe(node.consequence, Way(tag, tag, *spans.part(0)))
        for position, alternative in enumerate(node.alternatives, 1):
            self._probe(alternative.block, Way(tag, "elsif", *spans.part(position)))
        if node.default:
            self._probe(node.default, Way(tag, "else", *spans.part(len(node.alternatives) + 1)))
        else:
            node.default = cast(BlockNode, self._nothing(node.token, tag, spans))

    def _case(self, node: CaseNode) -> None:
        spans = self._spans(node.token)
        arms = list(node.blocks)
        for position, arm in enumerate(arms, 1):
            if isinstance(arm, MultiExpressionBlockNode):
                self._probe(arm.block, Way("case", "when", *spans.part(position)))
            else:
                self._probe(arm, Way("case", "else", *spans.part(position)))
        if all(isinstance(arm, MultiExpressionBlockNode) for arm in arms):
            node.blocks.append(cast(BlockNode, self._nothing(node.token, "case", spans)))

    def _loop(self, node: ForNode | TablerowNode) -> None:
        spans = self._spans(node.token)
        tag = "for" if isinstance(node, ForNode) else "tablerow"
        opener, text = spans.opener, spans.text(0)
        body = spans.part(0)[0]
        empty = None
        if isinstance(node, ForNode) and node.default:
            self._probe(node.default, Way(tag, "empty", *spans.part(1)))
        elif node.token.start_index not in self._never_empty:
            empty = self._add(Way(tag, "empty", opener, text))
        one, many = (self._add(Way(tag, kind, opener, text, body)) for kind in _BODIES)
        node.expression = cast(LoopExpression, _LoopProbe(node.expression, (empty, one, many)))

    def _defaults(self, expression: Expression) -> None:
        filters = expression.filters if isinstance(expression, FilteredExpression) else None
        for position, each in enumerate(filters or ()):
            if filters and each.name == "default":
                span = (each.token.start_index, self._end_of_filter(each.token.start_index))
                text = _in_one_line(self._source[expression.token.start_index : span[1]])
                number = self._add(Way("default", "fallback", span, text))
                self._add(Way("default", "value", span, text))
                filters[position] = _DefaultProbe(each, number)
        for child in expression.children():
            self._defaults(child)

    def _add(self, way: Way) -> int:
        self.ways.append(way)
        return len(self.ways) - 1

    def _probe(self, block: BlockNode, way: Way) -> None:
        block.nodes.insert(0, _Probe(block.token, self._add(way)))

    def _nothing(self, token: Token, tag: str, spans: "_Spans") -> Node:
        return _Probe(token, self._add(Way(tag, "none", spans.end, spans.text(0))))

    def _spans(self, token: Token) -> "_Spans":
        return _Spans(self._source, token.start_index, self._blocks.get(token.start_index))

    def _end_of_filter(self, start: int) -> int:
        """Where a filter with its arguments ends: before the next filter, or with the expression."""
        position = bisect_right(self._starts, start) - 1
        end = self._markup[position].inner_end if position >= 0 else len(self._source)
        for found in _NEXT_FILTER.finditer(self._source, start, end):
            if found.group() == "|":
                end = found.start()
                break
        return start + len(self._source[start:end].rstrip())


class _Spans:
    """Where the parts of one block stand. A tag inside `liquid` has no delimiters: there a span is the rest of its line."""

    def __init__(self, source: str, start: int, block: Block | None) -> None:
        self._source = source
        self._block = block
        line_end = source.find("\n", start)
        self._line = (start, line_end if line_end >= 0 else len(source))

    @property
    def opener(self) -> Span:
        """The tag that opens the block."""
        return (self._block.parts[0].start, self._block.parts[0].end) if self._block else self._line

    @property
    def end(self) -> Span:
        """The tag that ends the block."""
        end = self._block.end if self._block else None
        return (end.start, end.end) if end else self.opener

    def part(self, position: int) -> tuple[Span, str, Span]:
        """A part of the block with its tag, that tag's text, and the span again as what runs there."""
        if self._block is None or position >= len(self._block.parts):
            return self._line, self.text(0), (0, 0)
        span = self._block.span(position)
        return span, self.text(position), span

    def text(self, position: int) -> str:
        """What a part's tag says, without its delimiters."""
        if self._block is None:
            return _in_one_line(self._source[slice(*self._line)])
        tag = self._block.parts[position]
        return _in_one_line(self._source[tag.name_start : tag.inner_end])


def _in_one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TEXT else f"{line[: _LONGEST_TEXT - 1]}…"
