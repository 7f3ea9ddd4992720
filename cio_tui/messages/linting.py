"""What is wrong with a message before any data is there: in its file, and in the Liquid of each part, at the file's places."""

from collections.abc import Iterator

from cio_tui.liquid.problems import Problem
from cio_tui.liquid.template import Template, parse
from cio_tui.liquid.usage import uses
from cio_tui.messages.definition import PARTS, Message, Part
from cio_tui.messages.reading import MessageFile
from cio_tui.messages.scopes import EVENT_FACTS, TRIGGERED


def lint(found: MessageFile) -> list[tuple[Part | None, Problem]]:
    """Every problem with the part in which it is, None for the front matter, in the order of the file."""
    told: list[tuple[Part | None, Problem]] = [(None, problem) for problem in found.problems]
    for part in PARTS:
        place = found.place(part)
        told += [(part, place.of(problem)) for problem in problems_of(found.message, part)]
    return sorted(told, key=lambda one: (one[1].source, one[1].line, one[1].column))


def problems_of(message: Message, part: Part) -> list[Problem]:
    """What is wrong with one part's Liquid, at the places of its text; what there is to read is the trigger's matter (8.3)."""
    template = parse(message.part(part), message.profile)
    if message.trigger == "event":
        return list(template.problems)
    lines = template.source.split("\n")
    known = [one for one in template.problems if not _takes_an_event_for_granted(one, lines)]
    return [*known, *_beyond(template, message)]


def _takes_an_event_for_granted(problem: Problem, lines: list[str]) -> bool:
    """Whether it is about `event` or `trigger`, of which a template alone can only say what holds in an event campaign."""
    meant = lines[problem.line - 1][problem.column - 1 :]
    return problem.kind == "scope" and problem.severity == "warning" and meant.startswith(("event", "trigger"))


def _beyond(template: Template, message: Message) -> Iterator[Problem]:
    """Readings of what a message without an event does not have."""
    for use in uses(template):
        root = str(use.path[0])
        what = f"`{root}` prints empty" if root in ("event", "trigger") else f"`{root}` is missing"
        if (
            root == "event"
            or (root == "trigger" and message.trigger not in TRIGGERED)
            or (root in EVENT_FACTS and not use.guarded)
        ):
            words = f"{what}: what starts this message is a {message.trigger}"
            yield Problem("scope", words, use.line, use.column, len(root), severity="warning", path=root)
