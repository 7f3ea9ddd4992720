"""`preview`, `try` and `compare`: messages rendered for people and events."""

from collections import Counter
from dataclasses import replace
from typing import Any, Final

import click

from cio_tui.cli.definitions import instant
from cio_tui.cli.face import EXIT_NO, Face, moment, read_object, talk, verb, written
from cio_tui.cli.liquid_text import put_out, say_problem, whole_text
from cio_tui.cli.templates import Meant, meant
from cio_tui.liquid.problems import Problem
from cio_tui.liquid.profiles import PROFILES, Profile
from cio_tui.messages.definition import PARTS, TITLES, Part
from cio_tui.messages.linting import problems_of
from cio_tui.messages.rendering import RenderedPart
from cio_tui.workspace.previews import LAST, Preview

_AT = click.option("--at", metavar="T", help="What now means: 2024-06-10T09:00Z, Unix seconds, '2d ago', +3d.")
_PROFILE = click.option("--profile", type=click.Choice(PROFILES), help="The other engine than the message's own.")
_EVENTS = click.option("--events", "line", metavar="FILTER", default="", help="Which events; else those that start the message.")
_LIMIT = click.option("--limit", type=click.IntRange(1), default=LAST, show_default=True, help="How many events at the most.")
_TITLE_WIDTH: Final = 10


@click.command("preview")
@click.argument("message", metavar="MESSAGE")
@click.option("--person", metavar="REF", help="id, email or cio_…; else the event's own person.")
@click.option("--event", metavar="ACTIVITY_ID", help="An event of the log; the beginning of its id is enough.")
@click.option("--data", metavar="JSON|@FILE|-", help="The data of an event that nobody has sent.")
@click.option("--name", metavar="EVENT", help="That event's name; else the message's own event.")
@click.option("--journey", metavar="JSON|@FILE|-", help="Journey attributes.")
@_AT
@_PROFILE
@click.option("--part", type=click.Choice(PARTS), help="This part, and nothing else.")
@click.option("--text/--source", "as_text", default=None, help="An HTML body as readable text, or as it is. On its own: as text.")
@verb
def preview_command(
    face: Face,
    message: str,
    person: str | None,
    event: str | None,
    data: str | None,
    name: str | None,
    journey: str | None,
    at: str | None,
    profile: Profile | None,
    part: Part | None,
    as_text: bool | None,
) -> None:
    """A message as it would go out: to whom, its headers and its body, or every reason why it fails.

    MESSAGE is a saved message's name or number, NAME@N for a version of it, or a FILE. Leaves with 1 when the message fails.

    \b
    cio-tui preview Receipt --event 01J8Z3
    cio-tui preview receipt.liquid --person 42 --data '{"total": 215}' --name order_placed
    """
    with face.workspace(needed=False) as workspace:
        found = meant(face, workspace, message)
        known = workspace.previews.preview(
            found.named,
            person=person,
            event=event,
            data=read_object(data),
            name=name,
            journey=read_object(journey, "--journey"),
            at=instant(workspace, at),
            profile=profile,
        )
        if face.json:
            face.line(_clean(known.to_json()))
        elif part is None:
            _say(face, known, as_text=as_text is not False)
        else:
            put_out(_content(known, part, as_text=bool(as_text)))
        if not face.json:
            _say_verdict(found, known)
        if known.rendered.verdict == "failed":
            raise click.exceptions.Exit(EXIT_NO)


def _clean(shape: Any) -> Any:
    """With texts that JSON can carry."""
    if isinstance(shape, str):
        return whole_text(shape)
    if isinstance(shape, dict):
        return {key: _clean(value) for key, value in shape.items()}
    return [_clean(value) for value in shape] if isinstance(shape, list) else shape


def _say(face: Face, known: Preview, *, as_text: bool) -> None:
    from cio_tui.messages.readable import as_read

    for one in known.rendered.parts:
        if one.part != "body" and (one.text or one.source):
            face.say(f"{one.title:<{_TITLE_WIDTH}} {as_read(one.text)}{_origin(one)}")
    face.say()
    face.say(_content(known, "body", as_text=as_text).rstrip("\n"))


def _origin(one: RenderedPart) -> str:
    if not one.override:
        return ""
    return f"  (from {one.override}{f', in place of {one.source}' if one.source else ''})"


def _content(known: Preview, part: Part, *, as_text: bool) -> str:
    text = known.rendered.text(part)
    if part != "body" or not as_text:
        return text if part == "body" else f"{text}\n"
    from cio_tui.messages.readable import as_read, readable

    return f"{readable(text)}\n" if known.message.format == "html" else as_read(text)


def _say_verdict(found: Meant, known: Preview) -> None:
    """What is wrong at its place in the file, or by part; then the verdict and what else to know."""
    for one in known.rendered.parts:
        for problem in one.problems:
            _say_problem(found, one.part, problem)
    for note in known.rendered.notes:
        talk(f"note: {note}")
    engine = f"profile {known.profile}, at {moment(known.sample.now)}"
    talk(f"{known.rendered.verdict}{f': {known.rendered.reason}' if known.rendered.reason else ''}  ({engine})")


def _say_problem(found: Meant, part: Part, problem: Problem) -> None:
    if found.file.places:
        say_problem(found.label, found.file.place(part).of(problem))
    else:
        say_problem(f"{found.label} {TITLES[part].lower()}", problem)


@click.command("try")
@click.argument("message", metavar="MESSAGE")
@_EVENTS
@_LIMIT
@_AT
@_PROFILE
@verb
def try_command(face: Face, message: str, line: str, limit: int, at: str | None, profile: Profile | None) -> None:
    """A message over the last events, each for its own person: ok, failed or empty, and why.

    FILTER is a line as `cio-tui activity` takes it. Leaves with 1 when the message fails for one of the events.

    \b
    cio-tui try Receipt --events 'name:order_placed since:7d'
    """
    with face.workspace() as workspace:
        found = meant(face, workspace, message)
        _say_doubts(found, profile)
        rows = workspace.previews.over_events(found.named, line, limit=limit, at=instant(workspace, at), profile=profile)
        counts = Counter(row.verdict for row in rows)
        if face.json:
            for row in rows:
                face.line(_clean(row.to_json()))
        else:
            shown = (
                (moment(row.timestamp), row.activity, row.name, row.person or "—", row.verdict, row.reason or row.subject)
                for row in rows
            )
            face.table(("time", "activity", "event", "person", "verdict", "what"), shown, "no events match")
            talk(", ".join(f"{counts[verdict]:,} {verdict}" for verdict in ("ok", "failed", "empty")))
        if counts["failed"]:
            raise click.exceptions.Exit(EXIT_NO)


def _say_doubts(found: Meant, profile: Profile | None) -> None:
    """What is not confirmed of the message, whatever the event."""
    message = found.message if profile is None else replace(found.message, profile=profile)
    for part in PARTS:
        for problem in problems_of(message, part):
            if problem.severity == "note":
                _say_problem(found, part, problem)


@click.command("compare")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@_EVENTS
@_LIMIT
@_AT
@verb
def compare_command(face: Face, before: str, after: str, line: str, limit: int, at: str | None) -> None:
    """What differs with B in the place of A, over the last events; each is a MESSAGE, a version NAME@N, or a FILE.

    Leaves with 1 when something differs.

    \b
    cio-tui compare Receipt@1 Receipt
    cio-tui compare Receipt receipt.liquid --events 'person:ada@shop.example'
    """
    with face.workspace() as workspace:
        one, other = meant(face, workspace, before), meant(face, workspace, after)
        found = workspace.previews.compare(one.named, other.named, line, limit=limit, at=instant(workspace, at))
        for difference in found.differences:
            if face.json:
                face.line(_clean(difference.to_json()))
                continue
            owner = difference.person or "nobody"
            face.say(f"{difference.activity}  {moment(difference.timestamp)}  {difference.name}  {owner}")
            for text in difference.lines():
                face.say(f"  {text}")
        talk(f"{written(len(found.differences), 'event')} of {found.looked:,} would come out otherwise")
        if found.differences:
            raise click.exceptions.Exit(EXIT_NO)
