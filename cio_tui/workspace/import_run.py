"""Running an import: rows as commands, in slices that are one step to undo, each with the record of where the import stands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from cio_tui.imports.plan import Plan
from cio_tui.imports.problems import KEPT_OF_A_KIND, Problem, RowRefused
from cio_tui.model.activity import PROFILE_CREATE
from cio_tui.model.commands import Command, Identify, NoteImport, Track
from cio_tui.model.errors import CioError
from cio_tui.model.limits import CAMPAIGN_WINDOW
from cio_tui.model.receipts import Receipt
from cio_tui.workspace.engine import Engine
from cio_tui.workspace.import_progress import Pace
from cio_tui.workspace.import_records import ImportRecord, ImportRecords

SLICE: Final = 10_000
"""Rows of one transaction at the most: large enough to be quick. It ends early when somebody waits to write."""
LEAST: Final = 250
"""Rows that a slice has before it gives way, and between two looks at who waits."""


class TakenBack(CioError):
    """An import's record is not as its run left it: somebody undid it."""


class Stopped(CioError):
    """Somebody stopped an import."""


@dataclass(slots=True)
class Pending:
    """A row on its way: its place in the file from 0, its line, and what it asks for or why it cannot."""

    place: int
    line: int
    cells: list[str]
    command: Track | Identify | None
    problem: Problem | None


Late = Callable[[Pending, Problem], bool]
"""Told of each row that is refused; whether it comes as a surprise after the check, and is to be kept with the record."""


class Run:
    """One import on its way, from the row where its record stands."""

    def __init__(
        self, engine: Engine, records: ImportRecords, plan: Plan, record: ImportRecord, pace: Pace, is_late: Late
    ) -> None:
        self.engine = engine
        self.records = records
        self.record = record
        self.is_late = is_late
        self._plan = plan
        self._pace = pace

    def run(self, problems: tuple[Problem, ...] = ()) -> None:
        """Import all rows that are left; `problems` of the check are kept with the first slice.

        Raises Stopped when somebody wants it to end, TakenBack when somebody took it back. What is committed until then stays,
        and the record says how far it is.
        """
        rows = self._pending(self.record.rows_done)
        while piece := list(islice(rows, SLICE)):
            while piece:
                if self._pace.stopped():
                    raise Stopped(f"stopped before row {piece[0].line:,}")
                done = self._slice(piece, problems)
                problems, piece = (), piece[done:]
                self._pace.tell(self.record.rows_done, self.record.rows_to_import)

    def _pending(self, first: int) -> Iterator[Pending]:
        for place, (line, cells) in islice(enumerate(self._plan.file.rows()), first, None):
            try:
                yield Pending(place, line, cells, self._plan.rows.command(cells), None)
            except RowRefused as error:
                yield Pending(place, line, cells, None, Problem(line, error.column, str(error), "error", error.kind))

    def _slice(self, piece: list[Pending], problems: tuple[Problem, ...]) -> int:
        """Import as many rows as nobody else waits for; how many."""
        one = Slice(self, piece, problems)
        self.engine.run_slice(
            one.commands(),
            one.hear,
            ahead=[pending.command for pending in piece if pending.command is not None],
            summary=f"import {self.record.type} from {self.record.name}"[:120],
            step=self.record.step,
        )
        self.record = self.records.get(one.number, running=True)
        return one.done


class Slice:
    """The rows of one transaction, and what became of them."""

    def __init__(self, run: Run, piece: list[Pending], problems: tuple[Problem, ...]) -> None:
        self._run = run
        self._record = run.record
        self._piece = piece
        self._problems = [problem.to_json() for problem in problems]
        self._now = run.engine.now()
        self._at: Pending | None = None
        self.number = run.record.number
        self.done = 0

    def commands(self) -> Iterator[Command]:
        """The rows' commands, and last where the import stands then."""
        engine, record = self._run.engine, self._record
        if record.number and self._run.records.standing(record.number) != record.rows_done:
            raise TakenBack("somebody took the import back while it ran")
        record = self._record = replace(record, step=record.step or engine.history.next_number(), slices=record.slices + 1)
        lock = engine.database.storage.lock
        for pending in self._piece:
            if self.done and self.done % LEAST == 0 and lock.awaited():
                break
            self._at = pending
            if pending.command is not None:
                yield pending.command
            elif pending.problem is not None:
                self._refuse(pending, pending.problem)
            self.done += 1
        self._at = None
        yield NoteImport(self._after().to_document(), record.number or None, tuple(self._problems))

    def _after(self) -> ImportRecord:
        record = self._record
        done = record.rows_done + self.done
        if done < record.rows_to_import:
            return replace(record, rows_done=done)
        if record.failed < done:
            return replace(record, rows_done=done, state="imported")
        return replace(record, rows_done=done, state="failed", error="no row could be taken")

    def hear(self, receipt: Receipt) -> None:
        """Count what became of a row."""
        pending, record = self._at, self._record
        if pending is None:
            self.number = int(receipt.id or 0)
        elif not receipt.ok:
            self._refuse(pending, Problem(pending.line, "", "; ".join(receipt.reasons), "error", "refused"))
        elif receipt.status == "skipped":
            self._record = replace(record, skipped=record.skipped + 1)
        elif receipt.status == "duplicate":
            self._record = replace(record, duplicates=record.duplicates + 1)
        elif isinstance(pending.command, Track):
            at = pending.command.timestamp
            young = at is None or self._now - at <= CAMPAIGN_WINDOW
            self._record = replace(record, rows_imported=record.rows_imported + 1, young=record.young + young)
        else:
            added = any(effect.kind == PROFILE_CREATE for effect in receipt.effects)
            self._record = replace(
                record,
                rows_imported=record.rows_imported + 1,
                added=record.added + added,
                updated=record.updated + (not added),
            )

    def _refuse(self, pending: Pending, problem: Problem) -> None:
        self._record = replace(self._record, failed=self._record.failed + 1)
        if self._run.is_late(pending, problem) and len(self._problems) < KEPT_OF_A_KIND:
            self._problems.append(problem.to_json())
