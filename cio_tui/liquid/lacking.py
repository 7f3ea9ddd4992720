"""Which of the paths that a template reads a set of samples lacks: for which of them would the message have failed?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cio_tui.liquid.places import Place, Use, look_up
from cio_tui.liquid.scope import Scope

LABELS: Final = 5
"""So many samples are named for each path; the others are counted."""


@dataclass(slots=True)
class PathUse:
    """One path with every place that reads it, and the samples in which it is missing or null.

    `missing` and `null` count samples, `missing_in` and `null_in` name the first of them. Null prints nothing and does not fail.
    """

    path: str
    uses: tuple[Use, ...]
    missing: int = 0
    null: int = 0
    missing_in: list[str] = field(default_factory=list)
    null_in: list[str] = field(default_factory=list)

    @property
    def guarded(self) -> bool:
        """Whether every place is ready for it to be missing."""
        return all(use.guarded for use in self.uses)

    @property
    def fails(self) -> bool:
        """Whether a sample lacks it where the template is not ready for that."""
        return self.missing > 0 and not self.guarded

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints."""
        return {
            "path": self.path,
            "guarded": self.guarded,
            "missing": self.missing,
            "missing_in": list(self.missing_in),
            "null": self.null,
            "null_in": list(self.null_in),
            "uses": [use.to_json() for use in self.uses],
        }


@dataclass(frozen=True, slots=True)
class Usage:
    """What a template reads, beside what `samples` samples have; none of them when nobody gave any."""

    paths: tuple[PathUse, ...]
    samples: int = 0

    def failing(self) -> tuple[PathUse, ...]:
        """The paths that would have failed a message: unguarded somewhere, and missing in a sample."""
        return tuple(path for path in self.paths if path.fails)

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints."""
        return {"samples": self.samples, "paths": [path.to_json() for path in self.paths]}


def lacking(uses: Sequence[Use], samples: Iterable[tuple[str, Scope]] = ()) -> Usage:
    """Each path once, in the order of the text, with the samples that lack it. Samples are taken one at a time and not kept.

    A sample is a label (an activity id, say) and the scope in which the template would be rendered for it.
    """
    grouped: dict[str, list[Use]] = {}
    for use in uses:
        grouped.setdefault(use.text, []).append(use)
    paths = tuple(PathUse(text, tuple(several)) for text, several in grouped.items())
    count = 0
    for label, scope in samples:
        count += 1
        for path in paths:
            _tally(path, label, _found(scope, path.uses[0].path))
    return Usage(paths, count)


def _found(scope: Scope, place: Place) -> str:
    if place[0] == "snippets" and len(place) == 2:
        return "present" if place[1] in scope.partials else look_up(scope.data, place)
    return look_up(scope.data, place)


def _tally(path: PathUse, label: str, found: str) -> None:
    if found == "missing":
        path.missing += 1
        labels = path.missing_in
    elif found == "null":
        path.null += 1
        labels = path.null_in
    else:
        return
    if len(labels) < LABELS:
        labels.append(label)
