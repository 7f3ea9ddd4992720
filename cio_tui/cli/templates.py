"""What MESSAGE and FILE mean on the command line: a saved message, one of its versions, or a file that nobody has saved."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cio_tui.cli.face import EXIT_REFUSED, Face, read_text
from cio_tui.cli.liquid_text import say_problem
from cio_tui.messages.definition import Message
from cio_tui.messages.reading import MessageFile, read
from cio_tui.model.errors import InputError
from cio_tui.model.receipts import Receipt

if TYPE_CHECKING:
    from cio_tui.workspace import Workspace

_FILES: Final = (".liquid", ".html", ".txt", ".md", ".mjml")


@dataclass(frozen=True, slots=True)
class Meant:
    """A message that an argument means: what to say of it, its number if it is saved, and the file it was read from."""

    message: Message
    label: str
    number: int | None = None
    file: MessageFile = field(default_factory=lambda: MessageFile(Message()))

    @property
    def named(self) -> Message | int:
        """As the workspace's readers take it; a version that is not the latest goes as a message of its own."""
        return self.message if self.number is None else self.number


def read_file(path: str) -> MessageFile:
    """Read FILE, or stdin for `-`. Raises InputError for one that cannot be read; what is wrong in it is among its problems."""
    content = read_text(path if path == "-" else f"@{path}", "the template")
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 at byte {error.start + 1}") from None
    return read(text, "" if path == "-" else path)


def message_in(face: Face, path: str) -> MessageFile:
    """The message in a file. One whose front matter cannot be read is refused, every problem on a line of its own."""
    found = read_file(path)
    if found.problems:
        name = "<stdin>" if path == "-" else path
        for problem in found.problems:
            say_problem(name, problem)
        if face.json:
            reasons = tuple(f"{name}:{problem.line}:{problem.column}: {problem.message}" for problem in found.problems)
            face.line(Receipt("rejected", reasons=reasons).to_json())
        raise click.exceptions.Exit(EXIT_REFUSED)
    return found


def meant(face: Face, workspace: "Workspace", text: str) -> Meant:
    """What MESSAGE means: a saved message where one has the name or number, NAME@N for a version of it, else a file."""
    saved = workspace.messages.find(text)
    if saved is not None:
        return Meant(saved.message, saved.name, saved.number)
    name, at, version = text.rpartition("@")
    if at and version.isascii() and version.isdecimal() and workspace.messages.find(name) is not None:
        one = workspace.messages.version(name, int(version[:9]))
        return Meant(one.message, f"{one.name}@{one.version}")
    if text == "-" or text.lower().endswith(_FILES) or Path(text).is_file():
        found = message_in(face, text)
        return Meant(found.message, "<stdin>" if text == "-" else text, file=found)
    return Meant(workspace.messages.get(text).message, text)
