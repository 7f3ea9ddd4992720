"""Calling a filter as a template does, and what a case of a table looks like."""

from typing import Any

from liquid.exceptions import FilterArgumentError

from cio_tui.liquid.filters.registry import filters_of
from cio_tui.liquid.filters.values import to_text
from cio_tui.liquid.profiles import Profile

REFUSED = "(refused)"


def called(profile: Profile, name: str, value: Any, *arguments: Any, **options: Any) -> Any:
    """The result of one filter."""
    return filters_of(profile)[name](value, *arguments, **options)


def printed(profile: Profile, name: str, value: Any, *arguments: Any, **options: Any) -> str:
    """What `{{ value | name: arguments }}` writes, REFUSED when the filter says no."""
    try:
        return to_text(called(profile, name, value, *arguments, **options), profile)
    except FilterArgumentError:
        return REFUSED
