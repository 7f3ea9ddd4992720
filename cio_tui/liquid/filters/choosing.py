"""`default`: the one filter that a missing value may reach."""

from collections.abc import Mapping
from typing import Final

from cio_tui.liquid.filters import javascript as js
from cio_tui.liquid.filters import ruby
from cio_tui.liquid.filters.calling import Filter
from cio_tui.liquid.paths import ABSENT


def default(value: object, other: object = ABSENT, *, allow_false: object = False) -> object:
    """The other value instead of nil, false, and text or an array with nothing in it. Objects and 0 are kept."""
    if value is False and js.truthy(allow_false):
        return value
    return other if not js.truthy(value) or (isinstance(value, (str, list)) and not value) else value


def _ruby_default(value: object, other: object = "", _more: object = None, *, allow_false: object = False) -> object:
    if value is False and ruby.truthy(allow_false):
        return value
    return other if not ruby.truthy(value) or (isinstance(value, (str, list, Mapping)) and not value) else value


LATEST: Final[Mapping[str, Filter]] = {"default": default}
LEGACY: Final[Mapping[str, Filter]] = {"default": _ruby_default}
