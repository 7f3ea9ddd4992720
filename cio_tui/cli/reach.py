"""`usage` and `coverage`: what messages read, and which of their branches events reach."""

import click

from cio_tui.cli.face import EXIT_NO, Face, talk, verb, written
from cio_tui.cli.templates import Meant, meant
from cio_tui.liquid.coverage import Branch, Coverage
from cio_tui.messages.definition import TITLES, Part
from cio_tui.workspace.previews import LAST

_EVENTS = click.option("--events", "line", metavar="FILTER", default="", help="Which events; else those that start the message.")
_LIMIT = click.option("--limit", type=click.IntRange(1), default=LAST, show_default=True, help="How many events at the most.")
_UNREACHED = "!"


@click.command("usage")
@click.argument("message", metavar="MESSAGE")
@_EVENTS
@_LIMIT
@verb
def usage_command(face: Face, message: str, line: str, limit: int) -> None:
    """What a message reads, where, and how many of the last events lack it. Loops, assignments and filters are followed.

    `guarded` is a value that may be missing. Leaves with 1 when the message would have failed for one of the events.

    \b
    cio-tui usage receipt.liquid --events 'name:order_placed'
    """
    with face.workspace(needed=False) as workspace:
        found = meant(face, workspace, message)
        known = workspace.previews.usage(found.named, line, limit=limit)
        if face.json:
            face.line({"message": found.label, **known.to_json()})
        else:
            rows = (
                (
                    path.path,
                    TITLES[part],
                    ", ".join(_place(found, part, use.line, use.column, use.source) for use in path.uses),
                    "guarded" if path.guarded else "",
                    f"{path.failed:,}" if known.samples and path.failed is not None else "—",
                    f"{path.missing:,}" if known.samples else "—",
                    f"{path.null:,}" if known.samples else "—",
                    ", ".join(path.failed_in or path.missing_in),
                )
                for part, path in known.paths()
            )
            columns = ("path", "part", "line:column", "guarded", "failed", "missing", "null", "examples")
            face.table(columns, rows, "it reads no data")
            talk(f"{written(known.samples, 'event')}, {len(known.failing()):,} of the paths would have failed a message")
        if known.failing():
            raise click.exceptions.Exit(EXIT_NO)


def _place(found: Meant, part: Part, line: int, column: int, source: str) -> str:
    if source:
        return f"{source} {line}:{column}"
    if found.file.places and part not in found.file.places:
        return "default"
    line, column = found.file.place(part).at(line, column)
    return f"{line}:{column}"


@click.command("coverage")
@click.argument("message", metavar="MESSAGE")
@_EVENTS
@_LIMIT
@click.option("--fail-under", type=click.FloatRange(0, 100), metavar="PERCENT", help="Leave with 1 below this.")
@verb
def coverage_command(face: Face, message: str, line: str, limit: int, fail_under: float | None) -> None:
    """Which branches of a message the last events reach: the source, with ! where no event has ever been, and why.

    \b
    cio-tui coverage Receipt --events 'name:order_placed' --limit 1000 --fail-under 90
    """
    with face.workspace() as workspace:
        found = meant(face, workspace, message)
        known = workspace.previews.coverage(found.named, line, limit=limit)
        if face.json:
            face.line({"message": found.label, **known.to_json()})
        else:
            for part, coverage in known.parts:
                if coverage.branches:
                    face.say(f"{TITLES[part]}: {coverage.percent():.0f} %")
                    _say_source(face, found, part, coverage)
            missed = len(list(known.missed()))
            talk(f"{known.percent():.1f} % of the branches, {missed:,} missed, over {written(known.samples, 'event')}")
        if fail_under is not None and known.percent() < fail_under:
            raise click.exceptions.Exit(EXIT_NO)


def _say_source(face: Face, found: Meant, part: Part, coverage: Coverage) -> None:
    """Each line with its number; below a line the branches that begin there and were missed."""
    first = found.file.place(part).line
    missed: dict[int, list[Branch]] = {}
    for branch in coverage.missed():
        missed.setdefault(branch.line, []).append(branch)
    source = found.message.part(part)
    dead = _dead_lines(source, coverage)
    width = len(str(first + source.count("\n")))
    for number, text in enumerate(source.rstrip("\n").split("\n"), 1):
        sign = _UNREACHED if number in missed or number in dead else " "
        face.say(f"{sign} {first + number - 1:>{width}}  {text}")
        for branch in missed.get(number, ()):
            what = branch.text or branch.tag
            face.say(f"{_UNREACHED} {'':>{width}}  {' ' * (branch.column - 1)}^ {what}: {branch.words}, never")


def _dead_lines(source: str, coverage: Coverage) -> set[int]:
    """The lines that hold something and never ran as a whole."""
    dead: set[int] = set()
    for start, end in coverage.unreached():
        line = source.count("\n", 0, start) + 1
        for number, text in enumerate(source[start:end].split("\n"), line):
            if text.strip():
                dead.add(number)
    return dead
