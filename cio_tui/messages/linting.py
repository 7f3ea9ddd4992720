"""What is wrong with a message before any data is there: in its file, and in the Liquid of each part, at the file's places."""

from cio_tui.liquid.problems import Problem
from cio_tui.liquid.template import parse
from cio_tui.messages.definition import PARTS, Part
from cio_tui.messages.reading import MessageFile


def lint(found: MessageFile) -> list[tuple[Part | None, Problem]]:
    """Every problem with the part in which it is, None for the front matter, in the order of the file."""
    message = found.message
    told: list[tuple[Part | None, Problem]] = [(None, problem) for problem in found.problems]
    for part in PARTS:
        place = found.place(part)
        told += [(part, place.of(problem)) for problem in parse(message.part(part), message.profile).problems]
    return sorted(told, key=lambda one: (one[1].source, one[1].line, one[1].column))
