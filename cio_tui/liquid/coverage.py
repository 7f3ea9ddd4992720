"""Which branches of a template a set of samples reaches: what no event has ever printed, nobody has ever seen."""

import threading
from dataclasses import dataclass
from typing import Any, Final

from cio_tui.liquid.branches import WORDS, Kind, Span, Survey, hits
from cio_tui.liquid.problems import Problem
from cio_tui.liquid.profiles import Profile
from cio_tui.liquid.scope import Rendering, Scope
from cio_tui.liquid.sheet import Places
from cio_tui.liquid.template import parse_anew

LABELS: Final = 5
"""So many samples are named for each branch; the others are counted."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One way through a template, and the samples that took it. Lines and columns count from 1; the end is the place after it.

    `start` and `end` are the same places as offsets in the source. `tag` is the tag, or `default`; `text` is what decides.
    """

    tag: str
    kind: Kind
    text: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    hits: int
    labels: tuple[str, ...]

    @property
    def words(self) -> str:
        """What this way is: `exactly one item`."""
        return WORDS[self.kind]

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints."""
        names = ("tag", "kind", "text", "line", "column", "end_line", "end_column", "hits")
        return {name: getattr(self, name) for name in names} | {"labels": list(self.labels)}


class Coverage:
    """Renders one text for one sample after the other and keeps what was reached; what a rendering prints is not touched by that.

    Branches are those of the text itself. A snippet sees the same data and nothing else, so a `Coverage` of its own text,
    run with the same scopes, covers it. A branch that a rendering reached before it failed counts. Threads may run side by side.

    There is no branch for `break` and `continue`: a loop goes past them only through an `if`, which has its own.
    """

    def __init__(self, source: str, profile: Profile = "latest") -> None:
        self._template = parse_anew(source, profile)
        self._ways = Survey(self._template).ways
        self._counts = [0] * len(self._ways)
        self._labels: list[list[str]] = [[] for _ in self._ways]
        self._places = Places(source)
        self._lock = threading.Lock()
        self.runs = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the text itself; a text that does not parse has no branches."""
        return self._template.problems

    def run(self, label: str, scope: Scope) -> Rendering:
        """Render for one sample. The label names it where it is the first to reach a branch."""
        taken: set[int] = set()
        token = hits.set(taken)
        try:
            rendering = self._template.render(scope)
        finally:
            hits.reset(token)
        with self._lock:
            self.runs += 1
            for number in taken:
                self._counts[number] += 1
                if len(self._labels[number]) < LABELS:
                    self._labels[number].append(label)
        return rendering

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Every branch as it stands now, in the order of the text."""
        order = sorted(range(len(self._ways)), key=lambda number: (self._ways[number].span[0], number))
        return tuple(self._branch(number) for number in order)

    def _branch(self, number: int) -> Branch:
        way = self._ways[number]
        start, end = way.span
        return Branch(
            way.tag,
            way.kind,
            way.text,
            *self._places.of(start),
            *self._places.of(end),
            start,
            end,
            self._counts[number],
            tuple(self._labels[number]),
        )

    def missed(self) -> tuple[Branch, ...]:
        """The branches that no sample has reached."""
        return tuple(branch for branch in self.branches if not branch.hits)

    def unreached(self) -> tuple[Span, ...]:
        """The parts of the source that never ran, as offsets, in order and apart: what an editor greys out."""
        ran = {way.body for number, way in enumerate(self._ways) if self._counts[number]}
        found: list[Span] = []
        for start, end in sorted({way.body for way in self._ways} - ran):
            if end and (not found or start >= found[-1][1]):
                found.append((start, end))
        return tuple(found)

    def percent(self) -> float:
        """How many of a hundred branches were reached; 100 where there are none."""
        reached = sum(count > 0 for count in self._counts)
        return 100 * reached / len(self._ways) if self._ways else 100.0

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints."""
        branches = self.branches
        return {
            "runs": self.runs,
            "branches": len(branches),
            "reached": sum(branch.hits > 0 for branch in branches),
            "percent": round(self.percent(), 1),
            "missed": [branch.to_json() for branch in branches if not branch.hits],
            "hit": [branch.to_json() for branch in branches if branch.hits],
        }
