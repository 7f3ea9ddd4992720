"""What can be said of a template without any data: names that no message has, and traps that both engines let pass.

Only what can never be right is an error. A namespace that some other kind of message has is a warning, because it prints empty
(L2).
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from liquid.ast import Node
from liquid.builtin.expressions import FilteredExpression
from liquid.builtin.expressions import Path as TreePath
from liquid.builtin.expressions.logical import (
    GeExpression,
    GtExpression,
    LeExpression,
    LogicalAndExpression,
    LogicalOrExpression,
    LtExpression,
)
from liquid.builtin.expressions.primitive import FloatLiteral, IntegerLiteral, StringLiteral
from liquid.expression import Expression
from liquid.token import TOKEN_TAG, Token

from cio_tui.liquid.confidence import TAGS
from cio_tui.liquid.confidence import of_filter as doubt_of_filter
from cio_tui.liquid.filters.strftime import foreign_directives
from cio_tui.liquid.hints import LINK_TAGS
from cio_tui.liquid.paths import Path
from cio_tui.liquid.scopes import NAMESPACES
from cio_tui.liquid.sheet import Sheet
from cio_tui.liquid.suggesting import nearest

_ALWAYS: Final = frozenset({"forloop", "tablerowloop", "continue"})
_ORDERS: Final = (LtExpression, GtExpression, LeExpression, GeExpression)
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_ARITHMETIC: Final = frozenset(
    {"plus", "minus", "times", "divided_by", "modulo", "round", "ceil", "floor", "abs", "at_least", "at_most"}
)
_MAKING: Final = (
    _ARITHMETIC
    | {"append", "prepend", "capitalize", "upcase", "downcase", "titlecase", "escape", "truncate", "truncatewords"}
    | {"currency", "rounded_currency", "format_number", "url_encode", "pluralize", "replace", "remove", "strip"}
)
"""Filters that make text or a number of anything."""
_FORMATTING: Final = frozenset({"currency", "rounded_currency", "format_number", "money"})


def lint(tree: Any, sheet: Sheet) -> None:
    """Write down what the tree shows."""
    walk = _Walk(sheet)
    for node in tree.nodes:
        walk.collect(node)
    for path in walk.paths:
        walk.judge(path)
    for filtered in walk.chains:
        _judge_chain(filtered, sheet)
        _judge_default(filtered, sheet)
        _tell_doubts(filtered, sheet)


class _Walk:
    """One walk over a tree: its paths, its filter chains and the names that it defines."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.paths: list[Any] = []
        self.chains: list[FilteredExpression] = []
        self.own: set[str] = set()
        self.reads_event = False

    def collect(self, node: Node) -> None:
        doubt = TAGS.get(node.token.value) if node.token.kind == TOKEN_TAG else None
        if doubt is not None:
            self.sheet.doubt(node.token.value, doubt, node.token.start_index)
        self.own.update(map(str, node.template_scope()))
        self.own.update(map(str, node.block_scope()))
        for expression in node.expressions():
            self._expression(expression)
        for child in _children(node):
            self.collect(child)

    def _expression(self, expression: Expression) -> None:
        if isinstance(expression, TreePath):
            self.paths.append(expression)
            self.reads_event = self.reads_event or expression.path[0] == "event"
        elif isinstance(expression, FilteredExpression) and expression.filters:
            self.chains.append(expression)
        elif isinstance(expression, (LogicalAndExpression, LogicalOrExpression, *_ORDERS)):
            _judge_operands(expression, self.sheet)
        for child in expression.children():
            self._expression(child)

    def judge(self, path: Any) -> None:
        head, at = path.path[0], path.token.start_index
        if not isinstance(head, str) or head in self.own or head in _ALWAYS:
            return
        if head == "event" and len(path.path) > 1 and path.path[1] == "data":
            rest = path.token.value[len("event.data") :]
            self.sheet.warn(
                "`event` is the event's data itself",
                at,
                len(path.token.value),
                f"Write event{rest} unless the data has a key `data`.",
                "scope",
            )
        elif head in LINK_TAGS:
            self.sheet.report("scope", f"`{head}` is a tag, not a variable", at, len(head), f"Write {{% {head} %}}.")
        elif head == "object":
            self.sheet.warn(
                "There is no namespace `object`: it prints empty",
                at,
                len(head),
                "Did you mean objects.<plural>[0]?",
                "scope",
                head,
            )
        elif head == "trigger" and self.reads_event:
            self.sheet.warn(
                "`trigger` is empty in a campaign that an event triggers", at, len(head), "The event's data is `event`.", "scope"
            )
        elif head not in NAMESPACES and len(path.path) > 1:
            near = nearest(head, NAMESPACES)
            hint = f"Did you mean {near}?" if near else "An event's data is `event`, whatever the event is called."
            self.sheet.warn(f"`{head}` is no namespace that a message has", at, len(head), hint, "scope", head)


def _children(node: Node) -> Iterable[Node]:
    return node.children(None, include_partials=False)  # type: ignore[arg-type]  # our nodes need no context to name their children


def _judge_chain(chain: FilteredExpression, sheet: Sheet) -> None:
    formatted: Token | None = None
    for step in chain.filters or ():
        if step.name in _ARITHMETIC and formatted is not None:
            words = f"`{step.name}` works on the text that `{formatted.value}` made, not on the number"
            sheet.warn(words, step.token.start_index, len(step.name), "Format the number last.")
        if step.name in _FORMATTING:
            formatted = step.token
        if step.name == "date" and len(step.args) > 1:
            _judge_zone(step.args[1].value, sheet)
        if step.name == "date" and step.args and sheet.profile == "latest":
            _judge_pattern(step.args[0].value, sheet)
        if step.name == "default" and sheet.profile == "legacy":
            sheet.warn("`default` is there in latest Liquid only", step.token.start_index, 7, "Use {% if … != blank %}.")


def _judge_default(chain: FilteredExpression, sheet: Sheet) -> None:
    """A filter that always makes text or a number leaves nothing for `default` to do but fail before it (L1)."""
    path = chain.left
    if sheet.profile != "latest" or not isinstance(path, Path) or not path.strict or path.root not in NAMESPACES:
        return
    before: Token | None = None
    for step in chain.filters or ():
        if step.name == "default" and before is not None:
            words = f"`default` comes too late: a missing value fails before `{before.value}`"
            sheet.warn(words, step.token.start_index, len(step.name), "Write it first, right behind the value.")
        if step.name not in _MAKING:
            return
        before = step.token


def _tell_doubts(chain: FilteredExpression, sheet: Sheet) -> None:
    steps: Any = chain.filters or ()
    for place, step in enumerate(steps):
        doubt = doubt_of_filter(steps, place, sheet.profile)
        if doubt is not None:
            sheet.doubt(step.name, doubt, step.token.start_index)


def _judge_pattern(pattern: Expression, sheet: Sheet) -> None:
    """Directives of Ruby's that LiquidJS prints as they stand."""
    if not isinstance(pattern, StringLiteral) or len(pattern.token.value) != len(pattern.value) + 2:
        return
    for at, directive, means in foreign_directives(pattern.value):
        hint = f"Write {means}." if means else ""
        sheet.warn(f"{directive} is printed as it stands", pattern.token.start_index + 1 + at, len(directive), hint)


def _judge_operands(expression: Any, sheet: Sheet) -> None:
    """`x == 1 or 2` is always true, and `x > "18"` compares letters."""
    for operand in (expression.left, expression.right):
        at, written = operand.token.start_index, operand.token.value
        if isinstance(expression, _ORDERS):
            if isinstance(operand, StringLiteral) and _NUMBER.fullmatch(operand.value):
                sheet.warn(f"{written} is compared as text, letter by letter", at, len(written), "Leave the quotation marks out.")
        elif isinstance(operand, (StringLiteral, IntegerLiteral, FloatLiteral)):
            word = "and" if isinstance(expression, LogicalAndExpression) else "or"
            hint = "Write the whole comparison again, as in x == 1 or x == 2."
            sheet.warn(f"{written} is always true beside `{word}`", at, len(written), hint)


def _judge_zone(zone: Expression, sheet: Sheet) -> None:
    """Numbers as zones: minutes west of UTC in latest Liquid, hours east of it in legacy Liquid."""
    if not isinstance(zone, (IntegerLiteral, FloatLiteral)):
        return
    at, length = zone.token.start_index, len(zone.token.value)
    hint = "Name the zone, as in 'America/New_York': then summer time is right too."
    if sheet.profile == "latest" and abs(zone.value) <= 14 and zone.value != 0:
        sheet.warn(f"{zone.value} is read as minutes west of UTC, not as hours", at, length, hint)
    elif sheet.profile == "latest" and zone.value != 0:
        sheet.warn(f"{zone.value} is minutes west of UTC: a positive number is behind it", at, length, hint)
