"""`render` and `lint`: Liquid without a workspace."""

import json
import sys
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import click

from cio_tui.cli.face import EXIT_NO, Face, read_object, talk, verb, written
from cio_tui.cli.liquid_text import problem_line, put_out, say_problem, whole_text
from cio_tui.cli.render_requests import MISSING, Missing, Request, read_request, request
from cio_tui.cli.templates import read_file
from cio_tui.liquid.problems import Severity
from cio_tui.liquid.profiles import PROFILES, Profile
from cio_tui.liquid.scope import Rendering
from cio_tui.messages.linting import lint
from cio_tui.messages.reading import Place
from cio_tui.model.errors import InputError

_TEMPLATE: Final = "<template>"


@click.command("render")
@click.argument("file", required=False)
@click.option("--json-stdin", is_flag=True, help="Read one JSON object: template, data, partials, now, missing, profile.")
@click.option("--jsonl", is_flag=True, help='The same, one object a line; {"output": …} or {"error": …} a line comes out.')
@click.option("--data", metavar="JSON|@FILE|-", help="The data of a FILE: an object of namespaces, like event and customer.")
@click.option("--partials", metavar="JSON|@FILE|-", help="Snippets and partials of a FILE: texts by name.")
@click.option("--now", metavar="T", help="The instant that now means: Unix seconds or ISO 8601.")
@click.option("--missing", type=click.Choice(MISSING), help="What a missing value does: fail, or print nothing.")
@click.option("--profile", type=click.Choice(PROFILES), help="latest behaves as LiquidJS, legacy as Ruby's Liquid.")
@verb
def render_command(
    face: Face,
    file: str | None,
    json_stdin: bool,
    jsonl: bool,
    data: str | None,
    partials: str | None,
    now: str | None,
    missing: Missing | None,
    profile: Profile | None,
) -> None:
    """Render a template with data of your own. No workspace is needed.

    The rendering goes to stdout as it is. A template that fails prints nothing there: every problem goes to stderr, and the
    program leaves with 1. Of a FILE with front matter, the body is rendered; - reads it from stdin.

    \b
    cio-tui render receipt.liquid --data '{"event": {"total": 215}}'
    echo '{"template": "{{ event.total }}", "data": {"event": {"total": 215}}}' | cio-tui render --json-stdin
    """
    if (file is not None) + json_stdin + jsonl != 1:
        raise click.UsageError("give a FILE, --json-stdin or --jsonl")
    given = {"now": now, "missing": missing, "profile": profile}
    chosen = {name: value for name, value in given.items() if value is not None}
    if jsonl:
        _render_lines(face, chosen)
    elif file is None:
        _answer(face, read_request(sys.stdin.buffer.read(), chosen, talk), _TEMPLATE, Place())
    else:
        found = read_file(file)
        fields: dict[str, Any] = {"template": found.message.body, "profile": found.message.profile}
        objects = {"data": read_object(data), "partials": read_object(partials, "--partials")}
        fields |= {key: value for key, value in objects.items() if value is not None}
        _answer(face, request({**fields, **chosen}), "<stdin>" if file == "-" else file, found.place("body"))


def _answer(face: Face, asked: Request, name: str, place: Place) -> None:
    rendering = asked.render()
    problems = [place.of(problem) for problem in rendering.problems]
    for problem in problems:
        say_problem(name, problem)
    if face.json:
        face.line({**_outcome(rendering), "problems": [problem.to_json() for problem in problems]})
    elif rendering.ok:
        put_out(rendering.text)
    if not rendering.ok:
        raise click.exceptions.Exit(EXIT_NO)


def _render_lines(face: Face, chosen: Mapping[str, Any]) -> None:
    """Answer each line before the next is read; a line that cannot be read is answered too."""
    failed = False
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        problems: list[dict[str, Any]] = []
        try:
            rendering = read_request(line, chosen, partial(_warn, number)).render()
            answer = _outcome(rendering)
            problems = [problem.to_json() for problem in rendering.problems]
        except InputError as error:
            answer = {"error": str(error)}
        failed = failed or "error" in answer
        shape = {**answer, "problems": problems} if face.json else answer
        click.echo(whole_text(json.dumps(shape, ensure_ascii=False)).encode())
    if failed:
        raise click.exceptions.Exit(EXIT_NO)


def _warn(number: int, said: str) -> None:
    talk(f"line {number}: {said}")


def _outcome(rendering: Rendering) -> dict[str, Any]:
    if rendering.ok:
        return {"output": whole_text(rendering.text)}
    return {"error": "; ".join(str(problem) for problem in rendering.problems if problem.severity == "error")}


@click.command("lint")
@click.argument("files", metavar="FILE", nargs=-1, required=True)
@verb
def lint_command(face: Face, files: tuple[str, ...]) -> None:
    """What is wrong with messages and templates, whatever the data: file:line:column: severity: words.

    Leaves with 1 when there is an error; a warning is none. A note says where it is not confirmed that Customer.io does as we do.
    No workspace is needed. - reads from stdin.

    \b
    cio-tui lint messages/*.liquid
    """
    counts: Counter[Severity] = Counter()
    for file in files:
        name = "<stdin>" if file == "-" else file
        for part, problem in lint(read_file(file)):
            counts[problem.severity] += 1
            if face.json:
                face.line({"file": name, "part": part, **problem.to_json()})
            else:
                face.say(problem_line(name, problem))
    notes = f", {written(counts['note'], 'note')}" if counts["note"] else ""
    talk(f"{written(counts['error'], 'error')}, {written(counts['warning'], 'warning')}{notes} in {written(len(files), 'file')}")
    if counts["error"]:
        raise click.exceptions.Exit(EXIT_NO)
