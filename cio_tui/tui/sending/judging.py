"""All that the right side of the form shows, in one go: made in a worker, whenever a field has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cio_tui.model.errors import CioError
from cio_tui.model.instants import format_instant
from cio_tui.model.json_values import dumps
from cio_tui.model.receipts import Effect, Receipt
from cio_tui.tui.sending.changes import Change, changes
from cio_tui.tui.sending.checks import Check, check, check_problems
from cio_tui.tui.sending.drafts import Draft
from cio_tui.tui.sending.reading import Problem, Sending, problems_of, read
from cio_tui.workspace import Workspace
from cio_tui.workspace.index_reader import EventRow
from cio_tui.workspace.log import LogEntry


@dataclass(frozen=True, slots=True)
class Verdict:
    """The checks, the dry run's receipt with its effects in words, and the difference from the original.

    `receipt` is None while the form cannot be read, or when the workspace could not be asked (`error`).
    """

    draft: Draft
    problems: list[Problem] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    receipt: Receipt | None = None
    effects: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    error: str = ""

    @property
    def notes(self) -> list[str]:
        """The receipt's notes that no check has said."""
        said = {line.text for line in self.checks}
        return [] if self.receipt is None else [note for note in self.receipt.notes if note not in said]


def judge(workspace: Workspace, draft: Draft, original: LogEntry | None, events: Sequence[EventRow]) -> Verdict:
    """Read, check, run dry, compare. Nothing is written. What keeps the workspace from answering is told, not raised."""
    try:
        sending = read(draft, workspace.now(), original)
        if not isinstance(sending, Sending):
            return Verdict(draft, sending, check_problems(sending))
        checks = check(workspace, sending, events)
        receipt = sending.run(workspace, dry_run=True)
        effects = [effect_line(workspace, effect) for effect in receipt.effects] if receipt.ok else []
        return Verdict(draft, problems_of(receipt), checks, receipt, effects, changes(sending))
    except CioError as error:
        return Verdict(draft, error=f"{error}. {error.hint}".rstrip(". "))


def effect_line(workspace: Workspace, effect: Effect) -> str:
    """One effect in words: what, of whom, and what is particular to it."""
    detail = dict(effect.detail)
    parts = [effect.kind.replace("_", " "), str(detail.pop("name", ""))]
    if effect.person is not None:
        parts.append(f"for {workspace.directory.label(effect.person)}")
    parts += [f"{key} {_value(key, value)}" for key, value in detail.items() if value not in (None, {}, [])]
    return " ".join(part for part in parts if part)


def _value(key: str, value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and (key.endswith("_at") or key in ("from", "to", "timestamp")):
        return format_instant(value)
    if isinstance(value, Mapping | list):
        return dumps(value)
    return str(value)
