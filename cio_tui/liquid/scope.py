"""What a template is rendered with, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from cio_tui.liquid.problems import Problem


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything that one rendering may look at; the same scope gives the same text, byte for byte.

    `data` maps namespaces (`customer`, `event`, …) to plain JSON values. A namespace that this kind of message cannot have is
    None there and prints empty (L2); one that is not there at all is missing (L1). `now` is in Unix seconds. `seed` is what
    `random` and `generate_uuid` draw from. `partials` are texts by name: what `snippets.name`, `include` and `render` find.
    `missing` says what a missing value does: it fails the message (`error`), or it prints nothing (`empty`).
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0
    seed: int = 0
    partials: Mapping[str, str] = field(default_factory=dict)
    missing: Literal["error", "empty"] = "error"


@dataclass(frozen=True, slots=True)
class Rendering:
    """The text that came out and what was wrong. A failed rendering keeps what printed before and after its failures."""

    text: str
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the message would be sent: no problem of it is an error."""
        return all(problem.severity != "error" for problem in self.problems)
