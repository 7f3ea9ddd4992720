"""What the arguments of the segment verbs mean: FILE, NAME, and an instant."""

from pathlib import Path
from typing import Final, NoReturn

import click
from rapidfuzz import fuzz, process

from cio_tui.cli.face import EXIT_REFUSED, Face, read_text, talk
from cio_tui.model.comparing import fold
from cio_tui.model.errors import InputError
from cio_tui.model.instants import parse_instant
from cio_tui.model.receipts import Receipt
from cio_tui.segments.definition import Definition
from cio_tui.segments.errors import DefinitionError
from cio_tui.segments.reading import read
from cio_tui.workspace import Workspace
from cio_tui.workspace.segment_book import named_in

_FILES: Final = (".yaml", ".yml", ".json")


def definition_in(face: Face, path: str) -> Definition:
    """The definition in a file. One that cannot be read is refused, every problem on a line of its own as editors take them."""
    content = read_text(path if path == "-" else f"@{path}", "the definition")
    name = "<stdin>" if path == "-" else path
    try:
        return read(content if isinstance(content, str) else content.decode("utf-8-sig"), file=name)
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 at byte {error.start + 1}") from None
    except DefinitionError as error:
        _refuse(face, error)


def _refuse(face: Face, error: DefinitionError) -> NoReturn:
    reasons = []
    for one in error.problems:
        where, hint = one.where and f"{one.where}: ", one.hint and f" ({one.hint})"
        place = f"{one.line}:{one.column}: " if one.line else " "
        reasons.append(f"{error.file}:{place}{where}{one.reason}{hint}")
    for reason in reasons:
        talk(reason)
    if face.json:
        face.line(Receipt("rejected", reasons=tuple(reasons)).to_json())
    raise click.exceptions.Exit(EXIT_REFUSED)


def saved(workspace: Workspace, text: str) -> str:
    """The name or number of a segment that is there; else InputError, with the nearest name."""
    book = workspace.engine.book
    if book.find(text) is None:
        close = process.extractOne(text, [one.name for one in book.all()], scorer=fuzz.ratio, processor=fold, score_cutoff=60)
        raise InputError(
            f"there is no segment {text!r}", hint=f"did you mean {close[0]!r}?" if close else "`cio-tui segment list` names them"
        )
    return text


def meant(face: Face, workspace: Workspace, text: str) -> str | Definition:
    """What FILE-or-NAME means: a saved segment where one has the name, else the definition in a file."""
    file = text == "-" or text.lower().endswith(_FILES) or Path(text).is_file()
    if workspace.engine.book.find(text) is not None or not file:
        return saved(workspace, text)
    definition = definition_in(face, text)
    if definition.kind == "manual":
        raise InputError(f"{text} is a manual segment: only saved ones have members", hint="`cio-tui segment add` puts them in")
    for leaf in named_in(definition.condition):
        saved(workspace, str(leaf.segment))
    return definition


def instant(workspace: Workspace, text: str | None) -> int | None:
    """The instant that `--as-of` names, if any."""
    return None if text is None else parse_instant(text, workspace.now())
