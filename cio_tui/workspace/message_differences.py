"""Two versions of a message over the same events: what differs in what comes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any, Final

from cio_tui.messages.definition import PARTS, TITLES, Part
from cio_tui.messages.rendering import Rendered, Verdict
from cio_tui.model.activity import Activity

_MOST: Final = 1_000_000
"""Above so many pairs of lines, texts are not compared line by line: that may take the product of both."""


@dataclass(frozen=True, slots=True)
class PartDifference:
    """A part that came out otherwise."""

    part: Part
    before: str
    after: str

    def lines(self) -> list[str]:
        """A unified diff, without its two lines of names."""
        one, other = self.before.splitlines(), self.after.splitlines()
        if len(one) * len(other) > _MOST:
            return [f"@@ {len(one):,} lines, {len(other):,} lines: too many to compare @@"]
        return list(unified_diff(one, other, lineterm="", n=2))[2:]


@dataclass(frozen=True, slots=True)
class Difference:
    """An event for which the two differ: their verdicts and reasons, and the parts that came out otherwise."""

    activity: str
    name: str
    timestamp: int
    person: str | None
    before: Rendered
    after: Rendered

    def parts(self) -> Iterator[PartDifference]:
        """The parts whose texts differ."""
        for part in PARTS:
            one, other = self.before.text(part), self.after.text(part)
            if one != other:
                yield PartDifference(part, one, other)

    @property
    def verdicts(self) -> tuple[Verdict, Verdict]:
        """Before and after."""
        return self.before.verdict, self.after.verdict

    def lines(self) -> list[str]:
        """All of it: the verdict and its reason when they changed, then each part under its title."""
        lines = []
        if _essence(self.before) != _essence(self.after):
            lines += [f"- {_said(self.before)}", f"+ {_said(self.after)}"]
        for part in self.parts():
            lines += [TITLES[part.part], *part.lines()]
        return lines

    def to_json(self) -> dict[str, Any]:
        """Whose and which event, verdicts and reasons, and a diff by part."""
        return {
            "activity": self.activity,
            "name": self.name,
            "timestamp": self.timestamp,
            "person": self.person,
            "before": {"verdict": self.before.verdict, "reasons": list(self.before.reasons)},
            "after": {"verdict": self.after.verdict, "reasons": list(self.after.reasons)},
            "parts": {part.part: part.lines() for part in self.parts()},
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """The events for which two messages differ, newest first, and how many were looked at."""

    differences: tuple[Difference, ...]
    looked: int


def difference(activity: Activity, person: str | None, before: Rendered, after: Rendered) -> Difference | None:
    """What differs for one event; None when everything is the same."""
    if _essence(before) == _essence(after) and all(before.text(part) == after.text(part) for part in PARTS):
        return None
    return Difference(activity.id, activity.name or "", activity.timestamp, person, before, after)


def _essence(rendered: Rendered) -> tuple[object, ...]:
    """The verdict and what is wrong, without its places: an error that only moved to another line is no difference."""
    errors = ((part, problem.message) for part, problem in rendered.problems if problem.severity == "error")
    return (rendered.verdict, *errors)


def _said(rendered: Rendered) -> str:
    return f"{rendered.verdict}: {rendered.reason}" if rendered.reason else rendered.verdict
