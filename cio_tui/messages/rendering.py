"""A message's parts rendered together, for one person and one event: what would be sent, or why it would fail."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from cio_tui.liquid.problems import Problem, ProblemKind, Severity
from cio_tui.liquid.profiles import Profile
from cio_tui.liquid.scope import Rendering, Scope
from cio_tui.liquid.template import parse
from cio_tui.messages.definition import PARTS, TITLES, Message, Part
from cio_tui.messages.scopes import Sample, notes_of, scope_of
from cio_tui.model.json_values import kind_of

Verdict = Literal["ok", "failed", "empty"]

OVERRIDES: Final[dict[Part, str]] = {"to": "recipient", "from": "from_address", "reply_to": "reply_to"}
"""The event's reserved keys, and the header that each takes over (domain.md 1.4)."""
_HTML: Final = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5});")
_TAG: Final = re.compile(r"<[^<>]*>")
_IMAGE: Final = re.compile(r"<img\b", re.IGNORECASE)
_BREAK: Final = re.compile(r"[ \t]*[\r\n]\s*")


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """One part: what came out of its Liquid, `source`, and what is wrong. `override` is the event's path that gave it."""

    part: Part
    text: str
    source: str
    problems: tuple[Problem, ...] = ()
    override: str = ""

    @property
    def title(self) -> str:
        """`From`, `Subject`, …"""
        return TITLES[self.part]

    @property
    def failed(self) -> bool:
        """Whether it fails the message."""
        return any(problem.severity == "error" for problem in self.problems)

    def to_json(self) -> dict[str, Any]:
        """Text, problems, and what overrode it."""
        shape: dict[str, Any] = {"text": self.text, "problems": [problem.to_json() for problem in self.problems]}
        return shape | ({"override": self.override, "instead_of": self.source} if self.override else {})


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as it would go out. `reasons` say, a line each, why it failed or is empty; `notes` what else to know."""

    message: Message
    parts: tuple[RenderedPart, ...]
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def part(self, part: Part) -> RenderedPart:
        """One of the parts; all are there."""
        return self.parts[PARTS.index(part)]

    def text(self, part: Part = "body") -> str:
        """What came out of a part."""
        return self.part(part).text

    @property
    def reason(self) -> str:
        """Why, in one line that is cut at its end: what is wrong, in which part, and how much more is; empty when it is ok."""
        errors = (_briefly(one, problem) for one in self.parts for problem in one.problems if problem.severity == "error")
        first = next(errors, "") or next(iter(self.reasons), "")
        return f"{first} (and {len(self.reasons) - 1} more)" if len(self.reasons) > 1 else first

    @property
    def problems(self) -> list[tuple[Part, Problem]]:
        """Everything that is wrong, by part."""
        return [(one.part, problem) for one in self.parts for problem in one.problems]

    def to_json(self) -> dict[str, Any]:
        """Verdict, reasons, notes and the parts by name."""
        return {
            "verdict": self.verdict,
            "reasons": list(self.reasons),
            "notes": list(self.notes),
            "parts": {one.part: one.to_json() for one in self.parts},
        }


def render(message: Message, sample: Sample, *, profile: Profile | None = None) -> Rendered:
    """Render all parts; never raises for what is in the message or the data. `profile` goes before the message's own."""
    chosen = profile or message.profile
    subject = _subject(message, chosen, scope_of(message, sample))
    preheader = _header(message, "preheader", chosen, scope_of(message, sample, subject.text))
    scope = scope_of(message, sample, subject.text, preheader.text)
    known = {"subject": subject, "preheader": preheader}
    found = {part: known.get(part) or _part(message, part, sample, chosen, scope) for part in PARTS}
    parts = tuple(found.values())
    reasons = tuple(
        f"{one.title}: {problem.message if _is_whole(problem) else problem}"
        for one in parts
        for problem in one.problems
        if problem.severity == "error"
    )
    notes = (*notes_of(message, sample), *_overridden(parts), *_odd_overrides(message, sample))
    if reasons:
        return Rendered(message, parts, "failed", reasons, notes)
    if is_blank(found["body"].text, html=message.format == "html"):
        return Rendered(message, parts, "empty", ("Body: it has nothing to read",), notes)
    return Rendered(message, parts, "ok", (), notes)


def _subject(message: Message, profile: Profile, scope: Scope) -> RenderedPart:
    found = _header(message, "subject", profile, scope)
    if not found.text and not found.failed:
        return _with(found, "missing", "subject can not be blank", "error")
    html = _HTML.search(found.text)
    if html:
        return _with(found, "advice", f"HTML shows as text in a subject: {html.group()[:40]}", "warning")
    return found


def _part(message: Message, part: Part, sample: Sample, profile: Profile, scope: Scope) -> RenderedPart:
    if part == "body":
        rendering = parse(message.body, profile).render(scope)
        return RenderedPart(part, rendering.text, message.body, rendering.problems)
    if (override := _override(message, part, sample)) is not None:
        static = tuple(problem for problem in parse(message.part(part), profile).problems if problem.severity == "error")
        return RenderedPart(part, override, message.part(part), static, f"event.{OVERRIDES[part]}")
    found = _header(message, part, profile, scope)
    if found.text or found.failed:
        return found
    if part == "to":
        return _with(found, "missing", "there is nobody to send it to: To is empty", "error")
    return _with(found, "missing", "From is empty", "error") if part == "from" and found.source else found


def _header(message: Message, part: Part, profile: Profile, scope: Scope) -> RenderedPart:
    """A part of one line: breaks of lines, which no header can have, become blanks."""
    source = message.part(part)
    rendering = parse(source, profile).render(scope) if source else Rendering("", ())
    return RenderedPart(part, _BREAK.sub(" ", rendering.text.strip()), source, rendering.problems)


def _with(found: RenderedPart, kind: ProblemKind, message: str, severity: Severity) -> RenderedPart:
    """The part with one more problem, of all of it."""
    problem = Problem(kind, message, 1, 1, max(1, len(found.source.partition("\n")[0])), severity=severity)
    return replace(found, problems=(*found.problems, problem))


def _is_whole(problem: Problem) -> bool:
    """Whether a problem is of a part as a whole, so that its place says nothing."""
    return problem.kind == "missing" and not problem.path


def _briefly(one: RenderedPart, problem: Problem) -> str:
    """A problem without its place, which is only worth its room beside the text."""
    if _is_whole(problem):
        return problem.message
    words = f"{problem.path} is missing" if problem.kind == "missing" else problem.message
    return f"{words}, in {problem.source or one.title}"


def _override(message: Message, part: Part, sample: Sample) -> str | None:
    """What the event says in place of a header (E8): text that is not blank."""
    if message.trigger != "event" or sample.event is None or part not in OVERRIDES:
        return None
    value = sample.event.data.get(OVERRIDES[part])
    return _BREAK.sub(" ", value.strip()) if isinstance(value, str) and value.strip() else None


def _overridden(parts: tuple[RenderedPart, ...]) -> Iterator[str]:
    for one in parts:
        if one.override:
            yield f"{one.title} is {one.override}" + (f", in place of {one.source}" if one.source else "")


def _odd_overrides(message: Message, sample: Sample) -> Iterator[str]:
    if message.trigger != "event" or sample.event is None:
        return
    for part, key in OVERRIDES.items():
        if key in sample.event.data and _override(message, part, sample) is None:
            value = sample.event.data[key]
            what = "empty" if isinstance(value, str) else f"{'an' if kind_of(value)[0] in 'ao' else 'a'} {kind_of(value)}"
            yield f"event.{key} is {what}: it does not override {TITLES[part]}"


def is_blank(text: str, *, html: bool) -> bool:
    """Whether there is nothing to read: only white space, or in HTML only tags, and no image."""
    if not html:
        return not text.strip()
    return not _TAG.sub("", text).strip() and _IMAGE.search(text) is None
