"""Which values of the data a template reads, where, and whether it is ready for them to be missing (domain.md 8.2).

Loops, assignments and filters are followed: `{{ item.price }}` in a loop over `event.items` reads `event.items[].price`, and so
does `event.items | map: "price"`. Nothing is rendered and no data is needed.
"""

from collections.abc import Mapping

from cio_tui.liquid.lacking import PathUse, Tally, Usage, lacking
from cio_tui.liquid.places import Use
from cio_tui.liquid.template import Template
from cio_tui.liquid.usage_walk import Walk

__all__ = ["PathUse", "Tally", "Usage", "Use", "lacking", "uses"]


def uses(template: Template, partials: Mapping[str, str] | None = None) -> tuple[Use, ...]:
    """Every reading of data in a template, in the order of the text; nothing for a template that does not parse.

    `partials` are the texts of snippets and of what `include` and `render` find; what they read is added, under their own source.
    """
    return tuple(Walk(template, partials or {}).read())
