"""A value with its filters, and the one place where filters are called."""

from collections.abc import Callable
from typing import Any

from liquid.builtin.expressions import FilteredExpression, KeywordArgument, PositionalArgument, StringLiteral
from liquid.builtin.expressions.filtered import Filter as TreeFilter
from liquid.exceptions import LiquidError
from liquid.expression import Expression
from liquid.token import Token

from cio_tui.liquid.limits import LimitReached
from cio_tui.liquid.paths import ABSENT


class Filter(TreeFilter):
    """One filter of a chain, bound to its function. Whatever the function does wrong becomes a problem at the filter's place."""

    __slots__ = ("function", "named", "values", "wants_context")

    def __init__(
        self, token: Token, name: str, arguments: list[KeywordArgument | PositionalArgument], function: Callable[..., Any] | None
    ) -> None:
        super().__init__(token, name, arguments)
        self.function = function
        self.values = [argument.value for argument in arguments if isinstance(argument, PositionalArgument)]
        self.named = [argument for argument in arguments if isinstance(argument, KeywordArgument)]
        self.wants_context = bool(getattr(function, "with_context", False))

    def within(self, token: Token) -> Token:
        """A token of the expression that the filter was given as its second argument, where it stands in the template."""
        text = self.values[1] if len(self.values) > 1 else None
        if not isinstance(text, StringLiteral) or len(text.token.value) != len(text.value) + 2:
            return self.token
        return Token(token.kind, token.value, text.token.start_index + 1 + token.start_index, self.token.source)

    def evaluate(self, left: object, context: Any) -> Any:
        """What the filter makes of a value; nil when it cannot. What goes in and what comes out is charged to the meter."""
        meter = context.meter
        function = self.function
        if function is None:
            return left
        values = [value.evaluate(context) for value in self.values]
        options = {argument.name: argument.value.evaluate(context) for argument in self.named}
        if self.wants_context:
            options["context"] = context
            context.caller = self
        try:
            meter.weigh(left)
            result = function(left, *values, **options)
            meter.weigh(result)
        except LimitReached as limit:
            limit.token = limit.token or self.token
            raise
        except LiquidError as error:
            context.refused(self.token, str(error.args[0]) if error.args else f"`{self.name}` failed")
            return None
        except Exception as error:
            why = "it is nested too deeply" if isinstance(error, RecursionError) else error
            context.refused(self.token, f"`{self.name}` cannot work with this value: {why}")
            return None
        return result


class Filtered(FilteredExpression):
    """A value and the filters it goes through."""

    __slots__ = ()

    def __init__(self, token: Token, left: Expression, filters: list[TreeFilter]) -> None:
        super().__init__(token, left, filters)

    def evaluate(self, context: Any) -> Any:
        """The value after its last filter."""
        value = self.found(context)
        return None if value is ABSENT else value

    def found(self, context: Any) -> Any:
        """As `evaluate`, but ABSENT when the last filter did not find anything: a variable that is set to it is missing."""
        value = self.left.evaluate(context)
        for step in self.filters or ():
            value = step.evaluate(value, context)
        return value


def weigh(expression: Expression) -> int:
    """How many values an expression writes, itself among them."""
    return 1 + sum(map(weigh, expression.children()))
