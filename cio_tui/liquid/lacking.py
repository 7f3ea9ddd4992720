"""Which of the paths that a template reads a set of samples lacks: for which of them would the message have failed?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cio_tui.liquid.places import Found, Use, look_up
from cio_tui.liquid.problems import Problem
from cio_tui.liquid.scope import Scope

LABELS: Final = 5
"""So many samples are named for each path; the others are counted."""

Complaints = Callable[[Scope], Iterable[Problem]]
"""What a rendering of a scope complains about. A problem's `source` is that of the uses in the same text."""


@dataclass(slots=True)
class PathUse:
    """One path with every place that reads it, and the samples that have nothing there.

    `missing` and `null` count samples, `missing_in` and `null_in` name the first of them. Null prints nothing and does not fail.
    `failed` counts the samples that really failed over it: one may lack a value that only a branch reads which it does not take.
    It is None when nothing was rendered.
    """

    path: str
    uses: tuple[Use, ...]
    missing: int = 0
    null: int = 0
    failed: int | None = None
    missing_in: list[str] = field(default_factory=list)
    null_in: list[str] = field(default_factory=list)
    failed_in: list[str] = field(default_factory=list)

    @property
    def guarded(self) -> bool:
        """Whether every place is ready for it to be missing."""
        return all(use.guarded for use in self.uses)

    @property
    def fails(self) -> bool:
        """Whether it failed a sample; as far as can be told without rendering, when nothing was rendered."""
        return self.failed > 0 if self.failed is not None else self.missing > 0 and not self.guarded

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints; `failed` is left out when nothing was rendered."""
        shape = {
            "path": self.path,
            "guarded": self.guarded,
            "missing": self.missing,
            "missing_in": list(self.missing_in),
            "null": self.null,
            "null_in": list(self.null_in),
        }
        if self.failed is not None:
            shape |= {"failed": self.failed, "failed_in": list(self.failed_in)}
        return shape | {"uses": [use.to_json() for use in self.uses]}

    def note(self, found: Found, label: str) -> None:
        """What one sample has here."""
        if found == "missing":
            self.missing += 1
            _keep(self.missing_in, label)
        elif found == "null":
            self.null += 1
            _keep(self.null_in, label)

    def note_failure(self, label: str) -> None:
        """One sample failed over it."""
        self.failed = (self.failed or 0) + 1
        _keep(self.failed_in, label)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a template reads, beside what `samples` samples have; none of them when nobody gave any."""

    paths: tuple[PathUse, ...]
    samples: int = 0

    def failing(self) -> tuple[PathUse, ...]:
        """The paths over which samples fail."""
        return tuple(path for path in self.paths if path.fails)

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints."""
        return {"samples": self.samples, "paths": [path.to_json() for path in self.paths]}


class Tally:
    """Takes samples one at a time, keeps none, and says what they lack.

    A sample is a label (an activity id, say) and the scope in which the template would be rendered for it. With `complaints` each
    is rendered, and counted where it fails.
    """

    def __init__(self, uses: Sequence[Use], complaints: Complaints | None = None) -> None:
        grouped: dict[str, list[Use]] = {}
        self._places: dict[tuple[str, int, int], list[Use]] = {}
        for use in uses:
            grouped.setdefault(use.text, []).append(use)
            self._places.setdefault((use.source, use.line, use.column), []).append(use)
        failed = None if complaints is None else 0
        self._paths = {text: PathUse(text, tuple(several), failed=failed) for text, several in grouped.items()}
        self._complaints = complaints
        self._count = 0

    def add(self, label: str, scope: Scope) -> None:
        """One more sample."""
        self._count += 1
        for path in self._paths.values():
            path.note(_found(scope, path.uses[0]), label)
        if self._complaints is not None:
            failed = {_path_of(problem, self._places) for problem in self._complaints(scope) if problem.kind == "missing"}
            for text in failed & self._paths.keys():
                self._paths[text].note_failure(label)

    def usage(self) -> Usage:
        """Each path once, in the order of the text."""
        return Usage(tuple(self._paths.values()), self._count)


def lacking(uses: Sequence[Use], samples: Iterable[tuple[str, Scope]] = (), complaints: Complaints | None = None) -> Usage:
    """What a `Tally` says of these samples."""
    tally = Tally(uses, complaints)
    for label, scope in samples:
        tally.add(label, scope)
    return tally.usage()


def _found(scope: Scope, use: Use) -> Found:
    if use.path[0] == "snippets" and len(use.path) == 2 and use.path[1] in scope.partials:
        return "present"
    return look_up(scope.data, use.path)


def _path_of(problem: Problem, places: Mapping[tuple[str, int, int], list[Use]]) -> str:
    """The path that a rendering missed: the one that is read at that place. Of several the one that ends as the problem says.

    The address of `cio_link` is a text of its own to a rendering; what it misses has no place here, but its path as written.
    """
    there = places.get((problem.source, problem.line, problem.column), [])
    last = problem.path.rpartition(".")[2]
    matching = [use for use in there if use.text.endswith(last)] or there
    return matching[0].text if matching else problem.path


def _keep(labels: list[str], label: str) -> None:
    if len(labels) < LABELS:
        labels.append(label)
