"""Imports of CSV files: look, check, run, and what became of earlier ones (domain.md 7)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from cio_tui.imports.bad_rows import add_late_rows, bad_rows
from cio_tui.imports.events import EventRows
from cio_tui.imports.options import FileIdentifier, ImportKind, Options
from cio_tui.imports.people import PeopleRows
from cio_tui.imports.plan import Plan, changed, kind_of_file, plan
from cio_tui.imports.problems import KEPT_OF_A_KIND, Problem
from cio_tui.imports.scan import content_of
from cio_tui.model.errors import InputError, StoreError, WorkspaceBusy
from cio_tui.store.history import Entry
from cio_tui.store.lock import Claim
from cio_tui.store.scratch import Scratch
from cio_tui.workspace import clock
from cio_tui.workspace.engine import Engine
from cio_tui.workspace.import_check import Counts, RowsCheck, check_rows
from cio_tui.workspace.import_check_events import EventsCheck
from cio_tui.workspace.import_check_people import PeopleCheck
from cio_tui.workspace.import_progress import Cancelled, Pace, Told
from cio_tui.workspace.import_records import DATA_TO_PROCESS, ImportRecord, ImportRecords
from cio_tui.workspace.import_report import ImportReport
from cio_tui.workspace.import_review import Review
from cio_tui.workspace.import_run import Pending, Run, Stopped, TakenBack, slices_of
from cio_tui.workspace.import_undoing import others_since, step_of, take_back

_BUSY_HINT: Final = "one import at a time: wait for it, or stop it"


class Imports:
    """The imports of one workspace. One at a time runs; checking writes nothing and may go on beside it.

    `ticks` gives seconds for rates. Callbacks are called in the thread that works; `cancelled` is asked between slices.
    """

    def __init__(self, engine: Engine, ticks: Callable[[], float] = clock.ticks) -> None:
        self._engine = engine
        self._records = ImportRecords(engine.database)
        self._claim = Claim(engine.database.storage.path, "import")
        self._ticks = ticks

    def kind_of(self, path: Path, options: Options = Options()) -> ImportKind:  # noqa: B008 -- never changes
        """What a file looks like from its header. Raises InputError."""
        return kind_of_file(path, options)

    def look(self, path: Path, kind: ImportKind, options: Options = Options()) -> Plan:  # noqa: B008
        """Dialect and columns with what their first 1,000 rows hold: quick, nothing is checked yet. Raises InputError, but
        not for a people file in which no column identifies yet: `notes` say so.
        """
        found = plan(path, kind, options, self._identifier(), unsaid=True)
        self._mark_new(found)
        return found

    def inspect(
        self,
        path: Path,
        kind: ImportKind,
        options: Options = Options(),  # noqa: B008
        *,
        errors: Path | None = None,
        progress: Told | None = None,
        cancelled: Cancelled | None = None,
    ) -> Review:
        """Check every row of a file; bad ones are written to `errors`.

        Raises InputError for a file that cannot be imported at all, ImportCancelled, StoreError when `errors` cannot be written.
        """
        pace = Pace("checking", progress, cancelled, self._ticks)
        found = plan(path, kind, options, self._identifier(), pace.go_on)
        new = self._mark_new(found)
        with Scratch() as scratch, bad_rows(errors, found.file) as sink:
            counts = check_rows(found, self._check(found, scratch), scratch, sink, pace.step)
        return Review(
            plan=found,
            rows=counts.rows,
            good=counts.good,
            bad=counts.findings.bad,
            skipped=counts.skipped,
            duplicates=counts.duplicates,
            warned=counts.findings.warned,
            added=counts.added,
            updated=counts.updated,
            young=counts.young,
            old=counts.old,
            future=counts.future,
            problems=counts.findings.by_row(),
            kinds=dict(counts.findings.kinds),
            new_attributes=new,
            earlier=tuple(self._records.of_content(found.file.scan.content, running=self._claim.taken())),
            notes=(*found.notes(), *_notes(found, counts)),
            undoing=_undoing(counts.rows),
            bad_rows=errors,
            marks=bytes(counts.bad),
        )

    def run(
        self,
        review: Review,
        *,
        strict: bool = False,
        progress: Told | None = None,
        cancelled: Cancelled | None = None,
    ) -> ImportReport:
        """Import the good rows of a file that was checked, as one step to undo. `strict` imports all rows or none.

        When it is stopped, all of it is taken back and the report says `canceled`. Raises InputError, before any row, for a file
        that has changed since, and with `strict` for one with bad rows; WorkspaceBusy while another import runs; StoreError when
        the workspace cannot be written: what was imported until then stays, and is told as an unfinished import.
        """
        if strict and review.bad:
            raise InputError(f"{review.bad:,} rows cannot be taken, and all or none were to be imported: nothing was imported")
        problem = changed(review.plan.file)
        if problem:
            raise InputError(f"{problem}: nothing was imported", hint="check it again")
        if not review.rows:
            return replace(ImportReport.foreseen(review), state="imported", dry_run=False)
        late: list[tuple[Pending, Problem]] = []

        def is_late(pending: Pending, problem: Problem) -> bool:
            if review.is_bad(pending.place):
                return False
            late.append((pending, problem))
            return True

        with self._claim.held() as free:
            self._refuse_second(free=free)
            pace = Pace("importing", progress, cancelled, self._ticks)
            run = Run(self._engine, self._records, review.plan, self._record(review), pace, is_late)
            record = self._carry_out(run, review.problems)
        if review.bad_rows is not None and late and record.state != "canceled":
            add_late_rows(review.bad_rows, review.plan.file, ((one.cells, str(why.problem)) for one, why in late))
        problems = sorted([*review.problems, *(problem for _, problem in late[:KEPT_OF_A_KIND])], key=lambda one: one.row)
        report = ImportReport.of(replace(record, warned=review.warned), tuple(problems), review.notes)
        return replace(report, bad_rows=review.bad_rows)

    def bring_in(
        self,
        path: str | Path,
        kind: ImportKind,
        options: Options | None = None,
        *,
        errors: Path | None = None,
        strict: bool = False,
        dry_run: bool = False,
        progress: Told | None = None,
        cancelled: Cancelled | None = None,
        **said: Any,
    ) -> ImportReport:
        """`inspect`, and `run` unless it is a dry run; `said` are options by name. Raises what they do."""
        options = replace(options or Options(), **said)
        review = self.inspect(Path(path), kind, options, errors=errors, progress=progress, cancelled=cancelled)
        if dry_run:
            return ImportReport.foreseen(review)
        return self.run(review, strict=strict, progress=progress, cancelled=cancelled)

    def all(self) -> list[ImportRecord]:
        """Every import, the newest first."""
        return self._records.all(running=self._claim.taken())

    def get(self, number: int) -> ImportRecord:
        """One import. Raises InputError."""
        return self._records.get(number, running=self._claim.taken())

    def unfinished(self) -> list[ImportRecord]:
        """Imports that stopped on their way, as after a crash, and that no process is at: resume them or take them back."""
        return [record for record in self.all() if record.unfinished]

    def problems(self, number: int) -> list[Problem]:
        """The problems that were kept of an import: the first of each kind. Raises InputError."""
        return self._records.problems(self.get(number).number)

    def write_bad_rows(
        self, number: int, target: Path, *, progress: Told | None = None, cancelled: Cancelled | None = None
    ) -> Review:
        """Check an import's file again as the workspace is now, and write the bad rows. Raises InputError when it has changed."""
        record = self.get(number)
        self._refuse_changed(record)
        options = record.said_options()
        return self.inspect(Path(record.file), record.type, options, errors=target, progress=progress, cancelled=cancelled)

    def resume(self, number: int, *, progress: Told | None = None, cancelled: Cancelled | None = None) -> ImportReport:
        """Go on with an import that stopped on its way, from the row where it stands; it stays one step.

        Raises InputError for one that is finished, and when the file is not the same one any more.
        """
        with self._claim.held() as free:
            self._refuse_second(free=free)
            record = self._records.get(number, running=False)
            if not record.unfinished:
                raise InputError(f"import {number} is {record.state}: there is nothing to resume")
            self._refuse_changed(record)
            found = plan(Path(record.file), record.type, record.said_options(), self._identifier())
            known = {problem.row for problem in self._records.problems(number)}
            pace = Pace("importing", progress, cancelled, self._ticks, record.rows_done)
            record = replace(record, step=step_of(self._engine, record))
            run = Run(self._engine, self._records, found, record, pace, lambda pending, _: pending.line not in known)
            done = self._carry_out(run, ())
        return ImportReport.of(done, tuple(self._records.problems(done.number)))

    def in_between(self, number: int) -> list[Entry]:
        """Commands of others that ran since an import began, newest first: taking it back takes these back too."""
        return others_since(self._engine, self.get(number))

    def take_back(self, number: int, *, later: bool = False, why: str = "taken back") -> ImportRecord:
        """Take an import back whole; its record stays and says `canceled`. `later` allows that commands of others that came after
        its beginning go with it.

        Raises InputError when there are such commands, when it is taken back already, and when its history is gone.
        """
        with self._claim.held() as free:
            self._refuse_second(free=free)
            return take_back(self._engine, self._records, self._records.get(number, running=False), later=later, why=why)

    def _carry_out(self, run: Run, problems: tuple[Problem, ...]) -> ImportRecord:
        try:
            run.run(problems)
        except TakenBack as error:
            return replace(run.record, state="canceled", error=str(error), running=False)
        except Stopped as stopped:
            if not run.record.number:
                return replace(run.record, state="canceled", error=str(stopped))
            return self._cancel(run.record, str(stopped))
        except StoreError as error:
            if run.record.number:
                error.hint = f"{error.hint}; import {run.record.number} stands at row {run.record.rows_done:,}".lstrip("; ")
            raise
        return self._records.get(run.record.number, running=False)

    def _cancel(self, record: ImportRecord, why: str) -> ImportRecord:
        """Take back what a stopped import did. Where others wrote meanwhile it stays unfinished, and says so: what is theirs is
        not taken back unasked.
        """
        with suppress(InputError):
            return take_back(self._engine, self._records, record, later=False, why=why)
        return self._records.get(record.number, running=False)

    def _record(self, review: Review) -> ImportRecord:
        options = review.options
        if isinstance(review.plan.rows, EventRows):
            options = replace(options, identifier=review.plan.rows.identifier)
        return ImportRecord(
            number=0,
            name=review.name,
            description=options.description,
            type=review.kind,
            identifier=review.plan.identifier,
            data_to_process="only_existing" if review.kind == "events" else DATA_TO_PROCESS[options.only],
            state="importing",
            rows_to_import=review.rows,
            rows_imported=0,
            error="",
            created_at=0,
            updated_at=0,
            file=str(review.path.absolute()),
            size=review.size,
            content=review.content,
            warned=review.warned,
            options=options.to_json(),
        )

    def _check(self, found: Plan, scratch: Scratch) -> RowsCheck:
        database, rows = self._engine.database, found.rows
        if found.kind == "people" and not isinstance(rows, EventRows):
            return PeopleCheck(database, self._engine.settings(), rows, scratch)
        assert not isinstance(rows, PeopleRows)  # noqa: S101 -- a plan of events
        return EventsCheck(database, rows, scratch, self._engine.now())

    def _identifier(self) -> FileIdentifier:
        return "email" if self._engine.settings().identifier == "email" else "id"

    def _mark_new(self, found: Plan) -> tuple[str, ...]:
        if found.kind == "events":
            return ()
        known = {row["name"] for row in self._engine.database.documents("attribute_index") if row["people"] > 0}
        for column in found.columns:
            column.is_new = column.use == "attribute" and column.target not in known
        return tuple(column.target for column in found.columns if column.is_new)

    @staticmethod
    def _refuse_changed(record: ImportRecord) -> None:
        if content_of(Path(record.file)) != record.content:
            raise InputError(
                f"{record.file} is not the file that import {record.number} began with",
                hint=f"put that one back, or take the import back: cio-tui imports take-back {record.number}",
            )

    @staticmethod
    def _refuse_second(*, free: bool) -> None:
        if not free:
            raise WorkspaceBusy("another import runs in this workspace", hint=_BUSY_HINT)


def _notes(found: Plan, counts: Counts) -> list[str]:
    said = []
    if counts.mixed:
        cells = "1 cell" if counts.mixed == 1 else f"{counts.mixed:,} cells"
        kind = "without" if found.identifier == "email" else "with"
        said.append(f"{cells} of _cio_customer_id {kind} an email address: a file has one kind of identifier")
    if counts.old:
        events = "1 event is" if counts.old == 1 else f"{counts.old:,} events are"
        said.append(f"{events} older than 30 days: the product's log hides them, segments count them")
    return said


def _undoing(rows: int) -> str:
    said, slices = "undo takes the whole import back", slices_of(rows)
    return f"{said}; its {slices:,} slices stay together in the history" if slices > 1 else said
