"""How a template calls a filter: plain values in, the right number of arguments, and every refusal in words.

A filter is written as a plain function: the value first, then its arguments. `called` makes of it what python-liquid calls.
LiquidJS ignores arguments that a filter does not take; Ruby refuses them. Named arguments that a filter does not know are refused
in both: LiquidJS would take them for pairs, which no template means.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from liquid.exceptions import FilterArgumentError

from cio_tui.liquid.filters.javascript import data
from cio_tui.liquid.filters.plain import plain
from cio_tui.liquid.paths import ABSENT
from cio_tui.liquid.profiles import Profile

Filter = Callable[..., Any]
F = TypeVar("F", bound=Filter)

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def takes_missing(function: F) -> F:
    """The filter asks for itself whether its value is missing."""
    function.takes_missing = True  # type: ignore[attr-defined]
    return function


def exact(function: F) -> F:
    """The filter refuses arguments that it does not take in either profile."""
    function.exact = True  # type: ignore[attr-defined]
    return function


def takes_words(function: F) -> F:
    """The filter wants `empty` and `blank` as what they are, not as no text."""
    function.takes_words = True  # type: ignore[attr-defined]
    return function


def same(value: object) -> object:
    """The value as it is."""
    return value


def refused(words: str) -> FilterArgumentError:
    """The error of a filter that cannot do what it is asked; python-liquid adds the place."""
    return FilterArgumentError(words, token=None)


def called(name: str, function: Filter, profile: Profile) -> Filter:
    """The function as python-liquid calls it in one profile, under the name that templates know."""
    parameters = list(inspect.signature(function).parameters.values())
    positional = [parameter for parameter in parameters if parameter.kind in _POSITIONAL][1:]
    named = {parameter.name for parameter in parameters if parameter.kind is inspect.Parameter.KEYWORD_ONLY}
    least = sum(parameter.default is inspect.Parameter.empty for parameter in positional)
    variadic = any(parameter.kind is inspect.Parameter.VAR_POSITIONAL for parameter in parameters)
    most = 1_000 if variadic else len(positional)
    forgiving = profile == "latest" and not hasattr(function, "exact")
    read = data if profile == "latest" else plain
    read_argument = read if not hasattr(function, "takes_words") else same
    asks_itself = hasattr(function, "takes_missing")

    @functools.wraps(function)
    def call(value: object, *arguments: object, **options: object) -> object:
        if not least <= len(arguments) <= most:
            if len(arguments) < least or not forgiving:
                raise refused(f"`{name}` takes {_count(least, most)}, not {len(arguments)}")
            arguments = arguments[:most]
        if options and not named.issuperset(options):
            stranger = next(option for option in options if option not in named)
            raise refused(f"`{name}` takes no argument named `{stranger}`")
        try:
            result = function(value if asks_itself else read(value), *map(read_argument, arguments), **options)
        except FilterArgumentError as error:
            if error.token is None:
                error.args = (f"`{name}`: {error.message}",)
            raise
        return ABSENT if result is None and value is ABSENT else result

    call.with_context = "context" in named  # type: ignore[attr-defined]
    return call


def _count(least: int, most: int) -> str:
    if most == 0:
        return "no arguments"
    if least == most:
        return f"{most} argument{'s' if most > 1 else ''}"
    return f"{least} to {most} arguments" if most < 1_000 else f"at least {least} argument{'s' if least > 1 else ''}"
