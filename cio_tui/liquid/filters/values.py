"""What the two engines make of a value: its text, its number, its list, whether it is true, and what equals it.

`Values` is one engine's set of answers; `LATEST` is LiquidJS's and `LEGACY` is Ruby's. Filters that both profiles share are
written once against it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cio_tui.liquid.filters import javascript, ruby
from cio_tui.liquid.profiles import Profile


@dataclass(frozen=True, slots=True)
class Values:
    """How one engine reads values.

    `text` is what a filter sees of a value as text, `printed` is what `{{ value }}` writes (they differ in Ruby: an array).
    `number` never fails: what is no number is 0. `items` is the list that an array filter works on. `equal` and `truthy` are
    those of conditions.
    """

    profile: Profile
    text: Callable[[object], str]
    printed: Callable[[object], str]
    number: Callable[[object], float]
    items: Callable[[object], list[object]]
    equal: Callable[[object, object], bool]
    truthy: Callable[[object], bool]


LATEST: Final = Values(
    profile="latest",
    text=javascript.to_text,
    printed=javascript.to_text,
    number=javascript.to_number,
    items=javascript.to_list,
    equal=javascript.equal,
    truthy=javascript.truthy,
)
LEGACY: Final = Values(
    profile="legacy",
    text=ruby.to_text,
    printed=ruby.printed,
    number=ruby.to_number,
    items=ruby.to_list,
    equal=ruby.equal,
    truthy=ruby.truthy,
)


def values_of(profile: Profile) -> Values:
    """The answers of a profile's engine."""
    return LATEST if profile == "latest" else LEGACY


def to_text(value: object, profile: Profile) -> str:
    """What `{{ value }}` prints."""
    return values_of(profile).printed(value)
