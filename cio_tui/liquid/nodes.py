"""The tree's nodes that print, decide and loop, for both profiles.

Each is a python-liquid node, so that its analysis, our usage and our coverage can walk the tree; only rendering is ours. Blocks
count their work before they do it and give a limit that is reached its place.
"""

from typing import Any

from liquid.ast import BlockNode, ConditionalBlockNode, Node
from liquid.builtin.content import ContentNode
from liquid.builtin.output import OutputNode
from liquid.exceptions import LiquidError
from liquid.expression import Expression
from liquid.token import Token

from cio_tui.liquid.filtered import weigh
from cio_tui.liquid.filters.values import to_text
from cio_tui.liquid.limits import LimitReached
from cio_tui.liquid.paths import Path
from cio_tui.liquid.profiles import Profile
from cio_tui.liquid.tokens import RAW


class Content(ContentNode):
    """Text between the markup."""

    __slots__ = ()

    def __init__(self, token: Token, text: str) -> None:
        super().__init__(token, text)
        self.blank = self.blank and token.kind != RAW

    def render_to_output(self, _: Any, buffer: Any) -> int:
        """Print the text."""
        return int(buffer.write(self.text))


class Output(OutputNode):
    """`{{ … }}` and `echo`. It prints nothing when a value in it is missing or a filter refuses (L1)."""

    __slots__ = ("fast", "profile")

    def __init__(self, token: Token, expression: Any, profile: Profile) -> None:
        super().__init__(token, expression)
        self.profile = profile
        self.fast: Expression = expression
        if not expression.filters and isinstance(expression.left, Path):
            self.fast = expression.left

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the value."""
        missed = context.missed
        value = self.fast.evaluate(context)
        if context.missed != missed or value is None:
            return 0
        if type(value) is not str:
            if type(value) is dict:
                context.prints_object(self.expression.token)
            try:
                value = to_text(getattr(value, "printed", value), self.profile)
            except LiquidError as error:
                context.refused(self.expression.token, str(error.args[0]))
                return 0
        return int(buffer.write(value))


class Block(BlockNode):
    """Nodes in a row."""

    __slots__ = ("weight",)

    def __init__(self, token: Token, nodes: list[Node]) -> None:
        super().__init__(token, nodes)
        self.weight = sum(map(weight_of, nodes))

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the nodes one after the other."""
        render_nodes(self.nodes, self.weight, context, buffer)
        return 0

    def drop_blanks(self) -> None:
        """Ruby prints no white space of a block that has nothing else."""
        self.nodes = [node for node in self.nodes if not isinstance(node, ContentNode) or not node.blank]


def render_nodes(nodes: list[Node], weight: int, context: Any, buffer: Any) -> None:
    """Print nodes one after the other; a limit that is reached gets the place of the node that reached it."""
    meter = context.meter
    meter.work -= weight
    node = None
    try:
        if meter.work < 0:
            meter.spend(0)
        for node in nodes:
            node.render_to_output(context, buffer)
    except LimitReached as limit:
        if limit.token is None:
            limit.token = node.token if node is not None else nodes[0].token
        if limit.sheet is None:
            limit.sheet = context.sheet
        raise


def weight_of(node: Node) -> int:
    """What a node costs each time it is printed, as far as its text tells: one for itself and for each value in it."""
    return 1 + sum(map(weigh, node.expressions()))


class Elsif(ConditionalBlockNode):
    """An `elsif` with its condition."""

    __slots__ = ()
