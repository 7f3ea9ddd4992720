"""Calling a filter as a template does, and what a case of a table looks like."""

from typing import Any

from liquid.exceptions import FilterArgumentError

from cio_tui.liquid.draws import Draws
from cio_tui.liquid.filters.registry import filters_of
from cio_tui.liquid.filters.values import to_text
from cio_tui.liquid.profiles import Profile
from cio_tui.liquid.scope import Rendering, Scope
from cio_tui.liquid.template import parse

REFUSED = "(refused)"
NOW = 1_782_898_200
"""1 July 2026, 09:30:00 UTC."""


class Rendered:
    """What a filter asks of a rendering: its clock and its source of random numbers."""

    def __init__(self, seed: int = 0) -> None:
        self.now = NOW
        self.draws = Draws(seed)


def called(profile: Profile, name: str, value: Any, *arguments: Any, **options: Any) -> Any:
    """The result of one filter."""
    function = filters_of(profile)[name]
    if function.with_context:
        options.setdefault("context", Rendered())
    return function(value, *arguments, **options)


def printed(profile: Profile, name: str, value: Any, *arguments: Any, **options: Any) -> str:
    """What `{{ value | name: arguments }}` writes, REFUSED when the filter says no."""
    try:
        return to_text(called(profile, name, value, *arguments, **options), profile)
    except FilterArgumentError:
        return REFUSED


def rendered(source: str, profile: Profile = "latest", **data: Any) -> Rendering:
    """A whole template."""
    return parse(source, profile).render(Scope(data=data, now=NOW, seed=7))
