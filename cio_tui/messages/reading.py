"""A message's file: YAML between two lines of `---`, then the body. A file without them is a bare template: all body.

    ---
    name: Receipt
    subject: "Your order {{ event.order_id }}"
    ---
    <p>Thank you!</p>

Every value is the text that stands there. Problems keep their places: lines and columns are those of the file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, Final

import yaml
from rapidfuzz import process

from cio_tui.liquid.problems import Problem
from cio_tui.messages.definition import CHOICES, KEYS, PARTS, Format, Message, Part

FENCE: Final = "---"
FRONT_KEYS: Final = tuple(key for key in KEYS if key != "body")
_FRONT_LENGTH: Final = 100_000
_MOST_EVENTS: Final = 100
_COMMENT: Final = re.compile(r"[ \t]+#.*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part's text begins in its file: line and column from 1, and the column of its further lines."""

    line: int = 1
    column: int = 1
    margin: int = 1

    def of(self, problem: Problem) -> Problem:
        """A problem of the part's text, at its place in the file. One of a snippet stays where it is."""
        return problem if problem.source else problem.moved(self.at)

    def at(self, line: int, column: int) -> tuple[int, int]:
        """A line and column of the part's text, as the file's."""
        return self.line + line - 1, (self.column if line == 1 else self.margin) + column - 1


@dataclass(frozen=True, slots=True)
class MessageFile:
    """A file that was read: the message, what is wrong with the file itself, and where each part stands."""

    message: Message
    problems: tuple[Problem, ...] = ()
    places: Mapping[Part, Place] = field(default_factory=dict)
    bare: bool = False

    def place(self, part: Part) -> Place:
        """Where a part stands; a part that the file does not have is at its beginning."""
        return self.places.get(part, Place())


def read(text: str, file: str = "") -> MessageFile:
    """Read a file's text; never raises. A name that is not given is the file's own, and `.txt` makes it text."""
    text = text.removeprefix("\ufeff")
    path = PurePath(file)
    format_: Format = "text" if path.suffix.lower() == ".txt" else "html"
    start = Message(name=path.stem.removesuffix(".html"), format=format_)
    first, _, rest = text.partition("\n")
    if first.rstrip() != FENCE:
        return MessageFile(replace(start, body=text), places={"body": Place()}, bare=True)
    front, body_line, body = _split(rest)
    if body_line is None:
        problem = _problem(1, 1, f"the {FENCE} of the first line is never closed", f"end the front matter with a line of {FENCE}")
        return MessageFile(replace(start, body=text), (problem,))
    reader = _FrontMatter(front)
    fields = reader.read()
    values: dict[str, Any] = {KEYS[key]: value for key, value in fields.items()}
    found = tuple(sorted(dict.fromkeys(reader.problems), key=lambda one: (one.line, one.column)))
    places: dict[Part, Place] = {**reader.places, "body": Place(body_line)}
    return MessageFile(replace(start, **{**values, "body": body}), found, places)


def _split(rest: str) -> tuple[str, int | None, str]:
    """The front matter, the line at which the body begins, and the body; None when nothing closes it."""
    at = 0
    for number, line in enumerate(rest.split("\n")):
        if line.rstrip() == FENCE:
            return rest[:at], number + 3, rest[at + len(line) + 1 :]
        at += len(line) + 1
    return rest, None, ""


def _problem(line: int, column: int, message: str, hint: str = "", length: int = 1) -> Problem:
    return Problem("syntax", message, line, column, length, hint)


class _FrontMatter:
    """Reads the fields one by one from PyYAML's events: no value is more than a text, so nothing nests."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = text.split("\n")
        self.problems: list[Problem] = []
        self.places: dict[Part, Place] = {}

    def read(self) -> dict[str, str]:
        """Key and value of all fields that could be read."""
        if len(self._text) > _FRONT_LENGTH:
            self.problems.append(_problem(2, 1, f"the front matter is longer than {_FRONT_LENGTH:,} characters"))
            return {}
        fields: dict[str, str] = {}
        try:
            for key, value in self._pairs():
                self._take(fields, key, value)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (2, 1) if mark is None else (mark.line + 2, mark.column + 1)
            reason = error.problem or error.context or "it cannot be parsed"
            self.problems.append(_problem(line, column, f"this is not valid YAML: {reason}", self._hint(line - 2)))
        except yaml.YAMLError as error:
            self.problems.append(_problem(2, 1, f"this is not valid YAML: {str(error).splitlines()[0]}"))
        except (ValueError, OverflowError):
            self.problems.append(_problem(2, 1, "this is not valid YAML: a broken escape"))
        return fields

    def _hint(self, line: int) -> str:
        text = self._lines[line] if line < len(self._lines) else ""
        if "\t" in text[: len(text) - len(text.lstrip())]:
            return "indent with spaces"
        return 'put the value into quotes, like subject: "Order {{ event.id }}: thanks"' if ":" in text else ""

    def _pairs(self) -> Iterator[tuple[Any, Any]]:
        """Scalar events of keys and values; what is neither is noted and passed over."""
        events = yaml.parse(self._text, Loader=yaml.SafeLoader)
        for event in events:
            if isinstance(event, yaml.MappingStartEvent) and not event.flow_style:
                break
            if isinstance(event, (yaml.StreamEndEvent, yaml.NodeEvent)):
                if isinstance(event, yaml.NodeEvent):
                    self._note(event, "the front matter is made of lines like name: Receipt")
                return
        for key in events:
            if isinstance(key, yaml.MappingEndEvent):
                break
            if not isinstance(key, yaml.ScalarEvent):
                self._note(key, "a key must be a text")
                return
            value = next(events)
            if isinstance(value, yaml.ScalarEvent):
                yield key, value
            else:
                self._note(value, f"{key.value} must be a text", 'put it into quotes, like to: "{{ event.email }}"')
                if not _pass_over(value, events):
                    return

    def _take(self, fields: dict[str, str], key: Any, value: Any) -> None:
        name = key.value
        if value.anchor or value.tag or key.anchor or key.tag:
            self._note(value, "front matter has no anchors and tags", "put the value into quotes")
        elif name in fields:
            self._note(key, f"{name} stands here a second time", length=len(name))
        elif name == "body":
            self._note(key, "the body is what follows the second ---", length=len(name))
        elif name not in KEYS:
            close = process.extractOne(name, FRONT_KEYS, score_cutoff=60)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(FRONT_KEYS)}"
            self._note(key, f"a message has no {name}", hint, length=len(name))
        elif name in CHOICES and value.value not in CHOICES[name]:
            self._note(value, f"{name} is one of {', '.join(CHOICES[name])}, not {value.value!r}", length=len(value.value))
        else:
            self._refuse_comment(value)
            fields[name] = _whole_characters(value.value)
            for part in PARTS:
                if part == name:
                    self.places[part] = self._place(value)

    def _refuse_comment(self, value: Any) -> None:
        """In `subject: Order #5` YAML would take `#5` for a comment."""
        if value.style is not None:
            return
        line, column = value.end_mark.line, value.end_mark.column
        text = self._lines[line] if line < len(self._lines) else ""
        if _COMMENT.match(text, column):
            at = text.index("#", column)
            self.problems.append(
                _problem(line + 2, at + 1, "what follows # is a comment in YAML, and would be lost", "put the value into quotes")
            )

    def _place(self, value: Any) -> Place:
        """The value's first character. In a block (`|`, `>`) that is the first character of its first line of text."""
        mark = value.start_mark
        if value.style in ("|", ">"):
            lines = self._lines[mark.line + 1 : value.end_mark.line + 1]
            text = next((line for line in lines if line.strip()), "")
            margin = len(text) - len(text.lstrip()) + 1
            return Place(mark.line + 3, margin, margin)
        column = mark.column + (2 if value.style else 1)
        return Place(mark.line + 2, column, column)

    def _note(self, event: Any, message: str, hint: str = "", length: int = 1) -> None:
        mark = event.start_mark
        self.problems.append(_problem(mark.line + 2, mark.column + 1, message, hint, length))


def _pass_over(event: Any, events: Iterator[Any]) -> bool:
    """Go on to the end of what an event begins; False when that is far off, for PyYAML is slow with what is nested deep."""
    depth = 1 if isinstance(event, yaml.CollectionStartEvent) else 0
    for _ in range(_MOST_EVENTS):
        if not depth:
            return True
        event = next(events)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
    return False


def _whole_characters(text: str) -> str:
    r"""The text with halves that JSON escapes as `\ud83d\ude00` put together."""
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return text
