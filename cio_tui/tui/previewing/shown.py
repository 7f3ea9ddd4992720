"""What a preview shows, without a screen: asked of the workspace in a thread, and put into words.

What renders is only loaded there: it takes a moment, which the first frame is not to wait for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from cio_tui.liquid.problems import Problem, Severity
from cio_tui.liquid.profiles import Profile
from cio_tui.messages.definition import TITLES, Message, Part
from cio_tui.workspace import Workspace
from cio_tui.workspace.directory import PersonRow

if TYPE_CHECKING:
    from cio_tui.messages.rendering import Rendered, Verdict


SIGNS_OF: Final[Mapping[Severity, tuple[str, str]]] = {
    "error": ("×", "text-error"),
    "warning": ("!", "text-warning"),
    "note": ("·", "text-muted"),
}
"""The sign of a problem and its colour."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message, for whom, and with which event: a past one by its id, or `data` that nobody has sent, under the message's event.

    `person` is a cio_id; None means whose the event is. `name` is the event's name when it is not the message's own.
    """

    message: Message
    person: str | None = None
    event: str | None = None
    data: Mapping[str, Any] | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """One header as it would go out; `replaced_by` is the path of the event that replaced what the message says."""

    title: str
    text: str
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One problem, and where: in which part, or in which other text (`source`)."""

    part: Part
    problem: Problem

    @property
    def severity(self) -> Severity:
        """Whether it fails the message."""
        return self.problem.severity

    @property
    def place(self) -> str:
        """The place in a few characters."""
        one = self.problem
        where = one.source or TITLES[self.part]
        return f"{where} {one.line}:{one.column}" if one.line else where

    @property
    def told(self) -> str:
        """The place and the problem."""
        return f"{self.place}  {self.problem.message}"

    @property
    def key(self) -> str:
        """What its row is called."""
        one = self.problem
        return f"{self.part} {one.source} {one.line}:{one.column} {one.message}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it would go out, or why it would not."""

    verdict: "Verdict"
    said: str
    headers: tuple[Header, ...]
    text: str
    source: str
    html: bool
    profile: Profile
    problems: tuple[Told, ...] = ()
    notes: tuple[str, ...] = ()


def answer(workspace: Workspace, asked: Asked) -> Shown:
    """Render it. Raises CioError for a person or event that is gone."""
    whom = _anybody(workspace, asked)
    person = asked.person if whom is None else whom.person.cio_id
    preview = workspace.previews.preview(
        asked.message,
        person=None if person is None else {"cio_id": person},
        event=asked.event,
        data=asked.data,
        name=asked.name,
    )
    found = shown(preview.rendered, preview.profile)
    return found if whom is None else replace(found, notes=(*found.notes, f"for {whom.person.label}, as nobody is chosen"))


def _anybody(workspace: Workspace, asked: Asked) -> PersonRow | None:
    """For whom a message is rendered when nobody was chosen and no event says whose it is."""
    with_event = asked.event is not None or asked.data is not None
    if asked.person is not None or (asked.message.trigger == "event" and with_event):
        return None
    return next(iter(workspace.directory.search("", 1)), None)


def problems_of_text(text: str) -> list[Problem]:
    """What is wrong with a text, whatever the data."""
    from cio_tui.liquid.template import parse

    return list(parse(text).problems)


def shown(rendered: "Rendered", profile: Profile) -> Shown:
    """A rendering as it is shown."""
    from cio_tui.messages.readable import as_read, readable

    message = rendered.message
    body = rendered.text("body")
    html = message.format == "html"
    replaced = tuple(f"{part.title} is {part.override}" for part in rendered.parts if part.override)
    headers = tuple(Header(part.title, as_read(part.text), part.override) for part in rendered.parts if part.part != "body")
    return Shown(
        rendered.verdict,
        _said(rendered),
        headers,
        readable(body) if html else as_read(body),
        body,
        html,
        profile,
        tuple(Told(part, problem) for part, problem in rendered.problems),
        tuple(note for note in rendered.notes if not note.startswith(replaced)),
    )


def _said(rendered: "Rendered") -> str:
    if rendered.verdict == "failed":
        errors = sum(problem.severity == "error" for _, problem in rendered.problems)
        return f"would be Failed: {errors:,} {'reason' if errors == 1 else 'reasons'}"
    to = rendered.text("to")
    return f"would be sent to {to}" if rendered.verdict == "ok" else f"would be sent to {to}, with nothing to read"
