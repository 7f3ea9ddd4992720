"""Whether a condition holds for one person, and what about a person it looks at."""

from dataclasses import dataclass

from cio_tui.segments.conditions import AttributeIs, Condition, DeviceIs, InSegment, MessageDone, Performed, leaves
from cio_tui.segments.facts import Facts
from cio_tui.segments.flips import next_change_of
from cio_tui.segments.prepared import prepare


class Evaluator:
    """A condition made ready for many people."""

    def __init__(self, condition: Condition) -> None:
        self.condition = condition
        self._ready = prepare(condition)

    def holds(self, facts: Facts) -> bool:
        """Whether it holds for a person. Whatever the data look like, nothing is raised (S8)."""
        return self._ready.holds(facts, facts.now)

    def next_change(self, facts: Facts) -> int | None:
        """The first instant after now at which that changes if nothing else happens; None when it never does."""
        return next_change_of(self._ready, facts)


def evaluate(condition: Condition, facts: Facts) -> bool:
    """Whether a condition holds for one person."""
    return Evaluator(condition).holds(facts)


@dataclass(frozen=True, slots=True)
class Interests:
    """What a condition looks at: whatever else changes about a person, its verdict stays.

    `events` are types and names of activity, messages' among them; a name of "" is any. `attributes` are names of whole
    attributes. `age` says that it asks how long a person is known (4.5), which any earlier event may change.
    """

    events: frozenset[tuple[str, str]] = frozenset()
    attributes: frozenset[str] = frozenset()
    segments: frozenset[str | int] = frozenset()
    devices: bool = False
    age: bool = False


def looks_at(condition: Condition) -> Interests:
    """What a condition looks at."""
    found = [leaf for _, leaf in leaves(condition)]
    done = [leaf for leaf in found if isinstance(leaf, Performed)]
    messages = [leaf for leaf in found if isinstance(leaf, MessageDone)]
    return Interests(
        events=frozenset([*((leaf.type, leaf.name) for leaf in done), *((leaf.action, leaf.name) for leaf in messages)]),
        attributes=frozenset(name for leaf in found if isinstance(leaf, AttributeIs) for name in _names(leaf)),
        segments=frozenset(leaf.segment for leaf in found if isinstance(leaf, InSegment)),
        devices=any(isinstance(leaf, DeviceIs) for leaf in found),
        age=any(leaf.inverse and leaf.frame.within > 0 for leaf in done),
    )


def _names(leaf: AttributeIs) -> set[str]:
    """The attributes that a path may begin at: its first key, and its whole text as a flat key."""
    first = leaf.path.steps[0]
    return ({first} if isinstance(first, str) else set()) | (set() if leaf.path.explicit else {leaf.path.text})
