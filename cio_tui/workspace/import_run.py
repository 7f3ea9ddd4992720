"""Running an import: rows as commands, in slices that are one step to undo, each with the record of where the import stands."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from cio_tui.imports.plan import Plan
from cio_tui.imports.problems import KEPT_OF_A_KIND, Problem, RowRefused
from cio_tui.model.commands import Command, Identify, NoteImport, Track
from cio_tui.model.errors import CioError, InputError
from cio_tui.model.limits import CAMPAIGN_WINDOW
from cio_tui.model.receipts import Receipt
from cio_tui.workspace.engine import Engine
from cio_tui.workspace.import_progress import Pace
from cio_tui.workspace.import_records import ImportRecord, ImportRecords

SLICE: Final = 50_000
"""Rows of one transaction at the most: small ones write the same pages of the indexes again and again. It ends early when
somebody waits to write.
"""
FIRST_SLICE: Final = 1_000
"""Rows of the first slice at the most: from then on there is a record, should the process be killed."""
PIECE: Final = 200
"""Rows whose people are looked up at once, and between two looks at who waits."""
_TOLD: Final = 2_000
"""Rows between two words on how far it is."""


def slices_of(rows: int) -> int:
    """How many slices so many rows take when nobody else writes."""
    first = min(SLICE, FIRST_SLICE)
    return 1 + max(0, -(-(rows - first) // SLICE))


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
        self.rows: Iterator[Pending] = iter(())
        self.pace = pace
        self._plan = plan

    def run(self, problems: tuple[Problem, ...] = ()) -> None:
        """Import all rows that are left; `problems` of the check are kept with the first slice.

        Raises Stopped when somebody wants it to end, TakenBack when somebody took it back. What is committed until then stays,
        and the record says how far it is.
        """
        self.rows = self._pending(self.record.rows_done)
        while self.record.rows_done < self.record.rows_to_import:
            if self.pace.stopped():
                raise Stopped(f"stopped after {self.record.rows_done:,} of {self.record.rows_to_import:,} rows")
            self._slice(problems)
            problems = ()
            self.pace.tell(self.record.rows_done, self.record.rows_to_import)

    def _pending(self, first: int) -> Iterator[Pending]:
        for place, (line, cells) in islice(enumerate(self._plan.file.rows()), first, None):
            try:
                yield Pending(place, line, cells, self._plan.rows.command(cells), None)
            except RowRefused as error:
                yield Pending(place, line, cells, None, Problem(line, error.column, str(error), "error", error.kind))

    def _slice(self, problems: tuple[Problem, ...]) -> None:
        """Import as many rows as nobody else waits for."""
        one = Slice(self, problems)
        summary = f"import {self.record.type} from {self.record.name}"[:120]
        self.engine.run_slice(one.pieces(), one.hear, summary=summary, step=self.record.step)
        self.record = self.records.get(one.number, running=True)


class Slice:
    """The rows of one transaction, and what became of them."""

    def __init__(self, run: Run, problems: tuple[Problem, ...]) -> None:
        self._run = run
        self._record = run.record
        self._problems = [problem.to_json() for problem in problems]
        self._now = run.engine.now()
        self._asked: Iterator[Pending] = iter(())
        self._imported = self._added = self._skipped = self._duplicates = self._failed = self._young = 0
        self.number = run.record.number
        self.done = 0

    def pieces(self) -> Iterator[Sequence[Command]]:
        """The rows' commands, and last where the import stands then."""
        engine, record = self._run.engine, self._record
        if record.number and self._run.records.standing(record.number) != record.rows_done:
            raise TakenBack("somebody took the import back while it ran")
        record = self._record = replace(record, step=record.step or engine.history.next_number(), slices=record.slices + 1)
        most = min(SLICE, record.rows_to_import - record.rows_done, SLICE if record.number else FIRST_SLICE)
        told = 0
        while self.done < most and not (self.done and self._wanted_to_end()):
            piece = list(islice(self._run.rows, min(PIECE, most - self.done)))
            if not piece:
                raise InputError(f"{record.file} has fewer rows than when it was checked", hint="it has changed: put it back")
            for pending in piece:
                if pending.problem is not None:
                    self._refuse(pending, pending.problem)
            self._asked = (pending for pending in piece if pending.command is not None)
            yield [pending.command for pending in piece if pending.command is not None]
            self.done += len(piece)
            if self.done - told >= _TOLD and self.done < most:
                told = self.done
                self._run.pace.tell(record.rows_done + self.done, record.rows_to_import)
        yield [NoteImport(self._after().to_document(), record.number or None, tuple(self._problems))]

    def _wanted_to_end(self) -> bool:
        return self._run.engine.database.storage.lock.awaited() or self._run.pace.stopped()

    def _after(self) -> ImportRecord:
        before = self._record
        is_people = before.type == "people"
        record = replace(
            before,
            rows_done=before.rows_done + self.done,
            rows_imported=before.rows_imported + self._imported,
            added=before.added + self._added,
            updated=before.updated + (self._imported - self._added if is_people else 0),
            skipped=before.skipped + self._skipped,
            duplicates=before.duplicates + self._duplicates,
            failed=before.failed + self._failed,
            young=before.young + self._young,
        )
        if record.rows_done < record.rows_to_import:
            return record
        if record.failed < record.rows_done:
            return replace(record, state="imported")
        return replace(record, state="failed", error="no row could be taken")

    def hear(self, receipt: Receipt) -> None:
        """Count what became of a row."""
        pending = next(self._asked, None)
        if pending is None:
            self.number = int(receipt.id or 0)
        elif receipt.status == "accepted":
            self._imported += 1
            if isinstance(pending.command, Track):
                at = pending.command.timestamp
                self._young += at is None or self._now - at <= CAMPAIGN_WINDOW
            else:
                self._added += receipt.created
        elif receipt.status == "skipped":
            self._skipped += 1
        elif receipt.status == "duplicate":
            self._duplicates += 1
        else:
            self._refuse(pending, Problem(pending.line, "", "; ".join(receipt.reasons), "error", "refused"))

    def _refuse(self, pending: Pending, problem: Problem) -> None:
        self._failed += 1
        if self._run.is_late(pending, problem) and len(self._problems) < KEPT_OF_A_KIND:
            self._problems.append(problem.to_json())
