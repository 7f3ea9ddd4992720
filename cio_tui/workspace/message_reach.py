"""What a message reads and which of its branches run, part by part, over the events of a workspace."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from cio_tui.liquid.coverage import Branch, Coverage
from cio_tui.liquid.problems import Problem
from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import Template, parse
from cio_tui.liquid.usage import PathUse, Tally, Usage, uses
from cio_tui.messages.definition import PARTS, Message, Part
from cio_tui.messages.scopes import Sample, scope_of
from cio_tui.model.activity import Activity

Samples = Iterable[tuple[Activity, Sample]]
"""Activity, each with what the message is rendered for."""


@dataclass(frozen=True, slots=True)
class MessageUsage:
    """What each part reads, and how many events were asked whether they have it. Parts that read nothing are left out."""

    parts: tuple[tuple[Part, Usage], ...]
    samples: int

    def paths(self) -> Iterator[tuple[Part, PathUse]]:
        """Every path of every part."""
        return ((part, path) for part, usage in self.parts for path in usage.paths)

    def failing(self) -> tuple[tuple[Part, PathUse], ...]:
        """The paths for want of which a message would have failed."""
        return tuple((part, path) for part, path in self.paths() if path.fails)

    def to_json(self) -> dict[str, Any]:
        """How many samples, and the paths by part."""
        return {
            "samples": self.samples,
            "parts": {part: [path.to_json() for path in usage.paths] for part, usage in self.parts},
        }


@dataclass(frozen=True, slots=True)
class MessageCoverage:
    """The branches of each part that has Liquid, and how many events were rendered."""

    parts: tuple[tuple[Part, Coverage], ...]
    samples: int

    def missed(self) -> Iterator[tuple[Part, Branch]]:
        """The branches that no event has reached."""
        return ((part, branch) for part, coverage in self.parts for branch in coverage.missed())

    def percent(self) -> float:
        """How many of a hundred branches of all parts were reached; 100 where there are none."""
        branches = [branch for _, coverage in self.parts for branch in coverage.branches]
        return 100 * sum(branch.hits > 0 for branch in branches) / len(branches) if branches else 100.0

    def to_json(self) -> dict[str, Any]:
        """How many samples, percent, and the coverage of each part."""
        return {
            "samples": self.samples,
            "percent": round(self.percent(), 1),
            "parts": {part: coverage.to_json() for part, coverage in self.parts},
        }


def usage_of(message: Message, samples: Samples, snippets: dict[str, str]) -> MessageUsage:
    """What all parts read, snippets included, which samples lack it, and which of them fail over it."""
    tallies: dict[Part, Tally] = {}
    for part in PARTS:
        template = parse(message.part(part), message.profile)
        if read := uses(template, snippets):
            tallies[part] = Tally(read, partial(_problems, template))
    count = 0
    for activity, sample in samples:
        count += 1
        scope = scope_of(message, sample)
        for tally in tallies.values():
            tally.add(activity.id, scope)
    return MessageUsage(tuple((part, tally.usage()) for part, tally in tallies.items()), count)


def _problems(template: Template, scope: Scope) -> tuple[Problem, ...]:
    return template.render(scope).problems


def coverage_of(message: Message, samples: Samples) -> MessageCoverage:
    """Render all parts for all samples; a header that the event overrides is rendered too, for its branches count."""
    parts = [(part, Coverage(text, message.profile)) for part in PARTS if (text := message.part(part))]
    count = 0
    for activity, sample in samples:
        count += 1
        scope = scope_of(message, sample)
        for _, coverage in parts:
            coverage.run(activity.id, scope)
    return MessageCoverage(tuple(parts), count)
