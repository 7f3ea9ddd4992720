"""What a segment is defined by."""

from dataclasses import dataclass, field
from typing import Literal

from cio_tui.segments.conditions import Group

Kind = Literal["data", "manual"]


@dataclass(frozen=True, slots=True)
class Definition:
    """One segment. A manual one has no conditions; `id` is the product's number, by which other definitions may mean it.

    The name is empty where a tree came without one.
    """

    name: str = ""
    description: str = ""
    kind: Kind = "data"
    condition: Group = field(default_factory=Group)
    id: int | None = None
