"""The lists of messages and of snippets without a screen: their columns, their rows, and what can be copied of one.

What parses a template is only loaded when it is needed: that takes a moment, which the first frame is not to wait for.
"""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from cio_tui import filters
from cio_tui.liquid.problems import Problem
from cio_tui.messages.definition import PARTS, Message
from cio_tui.model.instants import format_instant
from cio_tui.model.json_values import dumps
from cio_tui.tui.rows import FAILED, Column, HeldRows, Question, Rows, ShownRow
from cio_tui.tui.text import visible
from cio_tui.workspace import Workspace
from cio_tui.workspace.message_book import SavedMessage, Snippet

Kind = Literal["messages", "snippets"]
COLUMNS: Final[dict[Kind, tuple[Column, ...]]] = {
    "messages": (
        Column("name", 0, weight=3),
        Column("subject", 0, weight=3, least=64),
        Column("starts by", 0, weight=2, least=34),
        Column("profile", 7, least=84),
        Column("problems", 8),
        Column("saved", 11, least=50),
    ),
    "snippets": (
        Column("name", 0),
        Column("text", 0, weight=2, sortable=False),
        Column("bytes", 6, right=True),
        Column("problems", 8),
        Column("saved", 11, least=50),
    ),
}


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A saved message, and what is wrong with it whatever the data: errors fail it."""

    saved: SavedMessage
    errors: int
    warnings: int

    def to_json(self) -> dict[str, Any]:
        """The message's own fields, and the counts."""
        return {**self.saved.to_json(), "errors": self.errors, "warnings": self.warnings}


@dataclass(frozen=True, slots=True)
class SnippetRow:
    """A snippet, and what is wrong with it."""

    snippet: Snippet
    errors: int
    warnings: int

    def to_json(self) -> dict[str, Any]:
        """The snippet's own fields, and the counts."""
        return {**self.snippet.to_json(), "errors": self.errors, "warnings": self.warnings}


_MESSAGE_ORDER: Final[dict[str, Callable[[MessageRow], Any]]] = {
    "name": lambda row: row.saved.name.casefold(),
    "subject": lambda row: row.saved.message.subject.casefold(),
    "starts by": lambda row: starts_by(row.saved.message).casefold(),
    "profile": lambda row: row.saved.message.profile,
    "problems": lambda row: (row.errors, row.warnings),
    "saved": lambda row: row.saved.updated_at,
}
_SNIPPET_ORDER: Final[dict[str, Callable[[SnippetRow], Any]]] = {
    "name": lambda row: row.snippet.name.casefold(),
    "bytes": lambda row: len(row.snippet.text.encode()),
    "problems": lambda row: (row.errors, row.warnings),
    "saved": lambda row: row.snippet.updated_at,
}


def starts_by(message: Message) -> str:
    """The event that starts it, or what else does."""
    return (message.event or "any event") if message.trigger == "event" else message.trigger


def row_key(row: MessageRow | SnippetRow) -> str:
    """A message is called by its number, a snippet by its name."""
    return str(row.saved.number) if isinstance(row, MessageRow) else row.snippet.name


def message_row(saved: SavedMessage) -> MessageRow:
    """A message with what is wrong with it."""
    from cio_tui.liquid.template import parse

    message = saved.message
    problems = [problem for part in PARTS for problem in parse(message.part(part), message.profile).problems]
    return MessageRow(saved, *_counts(problems))


def snippet_row(snippet: Snippet) -> SnippetRow:
    """A snippet with what is wrong with it."""
    from cio_tui.liquid.template import parse

    return SnippetRow(snippet, *_counts(parse(snippet.text).problems))


def _counts(problems: Sequence[Problem]) -> tuple[int, int]:
    errors = sum(problem.severity == "error" for problem in problems)
    return errors, sum(problem.severity == "warning" for problem in problems)


def message_rows(workspace: Workspace, kind: Kind, question: Question) -> Rows:
    """The answer to a question, in the order of names unless it asks for another. Raises FilterError."""
    context = filters.FilterContext(now=workspace.now(), people=lambda _: [])
    condition = filters.parse(question.filter, kind).compile(context)
    column, down = ("name", False) if question.sort is None else (question.sort.column, question.sort.descending)
    if kind == "snippets":
        snippets = [row for row in map(snippet_row, workspace.messages.snippets()) if not condition or condition(_text_of(row))]
        snippets.sort(key=_SNIPPET_ORDER.get(column, _SNIPPET_ORDER["name"]), reverse=down)
        return HeldRows(snippets, row_key, _shown_snippet)
    messages = [row for row in map(message_row, workspace.messages.all()) if not condition or condition(_document(row))]
    messages.sort(key=_MESSAGE_ORDER.get(column, _MESSAGE_ORDER["name"]), reverse=down)
    return HeldRows(messages, row_key, _shown_message)


def _document(row: MessageRow) -> dict[str, Any]:
    one = row.saved.message
    return {
        "name": one.name,
        "subject": one.subject,
        "trigger": starts_by(one),
        "body": one.body,
        "profile": one.profile,
        "errors": row.errors,
        "warnings": row.warnings,
        "updated_at": row.saved.updated_at,
    }


def _text_of(row: SnippetRow) -> dict[str, Any]:
    one = row.snippet
    counts = {"errors": row.errors, "warnings": row.warnings}
    return {"name": one.name, "body": one.text, **counts, "updated_at": one.updated_at}


def in_signs(errors: int, warnings: int) -> str:
    """How many are wrong: `×` fail the message, `!` do not."""
    return "  ".join(f"{sign} {count}" for sign, count in (("×", errors), ("!", warnings)) if count)


def _shown_message(row: MessageRow) -> ShownRow:
    one = row.saved.message
    cells = (
        visible(one.name),
        visible(one.subject),
        visible(starts_by(one)),
        one.profile,
        in_signs(row.errors, row.warnings),
        format_instant(row.saved.updated_at)[5:16],
    )
    return ShownRow(cells, FAILED if row.errors else "")


def _shown_snippet(row: SnippetRow) -> ShownRow:
    one = row.snippet
    size = f"{len(one.text.encode()):,}"
    saved = format_instant(one.updated_at)[5:16]
    cells = (visible(one.name), visible(one.text), size, in_signs(row.errors, row.warnings), saved)
    return ShownRow(cells, FAILED if row.errors else "")


def copies_of(row: MessageRow | SnippetRow) -> list[tuple[str, str]]:
    """Name, file or text, JSON, and the line that works with it; of a snippet how a message puts it in."""
    from cio_tui.messages.writing import write

    if isinstance(row, SnippetRow):
        one = row.snippet
        plain = one.name.isidentifier() and one.name.isascii()
        liquid = f"{{{{ snippets.{one.name} }}}}" if plain else f"{{{{ snippets[{dumps(one.name)}] }}}}"
        return [("Name", one.name), ("Liquid", liquid), ("Text", one.text), ("JSON", dumps(row.to_json()))]
    message = row.saved.message
    dashed = ["--"] if message.name.startswith("-") else []
    found = [("Name", message.name), ("File", write(message)), ("Body", message.body), ("JSON", dumps(row.to_json()))]
    return [*found, ("Command line", shlex.join(["cio-tui", "preview", *dashed, message.name]))]
