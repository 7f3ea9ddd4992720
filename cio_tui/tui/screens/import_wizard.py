"""Importing a CSV: file, map, review, run (domain.md 7.1). Everything slow is done in a worker, and can be stopped."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import ContentSwitcher

from cio_tui.imports.options import ImportKind, Options
from cio_tui.imports.plan import Plan
from cio_tui.model.errors import CioError
from cio_tui.tui.actions import bindings
from cio_tui.tui.importing.file_step import FileStep
from cio_tui.tui.importing.lines import LineInput, Lines
from cio_tui.tui.importing.map_step import MapStep
from cio_tui.tui.importing.review_step import ReviewStep
from cio_tui.tui.importing.run_step import RunStep
from cio_tui.tui.screens.dialog import Dialog
from cio_tui.tui.text import notify_plain, plain, visible
from cio_tui.workspace import Workspace
from cio_tui.workspace.import_progress import ImportCancelled, ImportProgress
from cio_tui.workspace.import_records import ImportRecord
from cio_tui.workspace.import_report import ImportReport
from cio_tui.workspace.import_review import Review

STEPS: Final = ("file", "map", "review", "run")


class ImportWizard(Dialog[None]):
    """The four steps. Enter goes on from lists and lines, `b` goes back; escape stops what is under way, else closes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("import")
    DEFAULT_CSS = """
    ImportWizard {
        & .frame { width: 140; max-width: 100%; height: 44; max-height: 100%; overflow: hidden; }
        & ContentSwitcher { height: 1fr; }
        & ContentSwitcher > * { height: 1fr; }
        &.-short .where, &.-short MapStep VirtualTable, &.-short .kinds, &.-short .whole, &.-short .said { margin: 0; }
        &.-short .summary { max-height: 5; }
        &.-narrow .samples { display: block; }
        &.-narrow .samples.-none { display: none; }
    }
    """

    class Told(Message):
        """How far a check or an import is."""

        def __init__(self, progress: ImportProgress) -> None:
            super().__init__()
            self.progress = progress

        def can_replace(self, message: Message) -> bool:
            """The latest says it all."""
            return isinstance(message, ImportWizard.Told)

    class Worked(Message):
        """Something was done in a worker."""

        def __init__(self, answer: Any, then: Callable[[Any], None], *, stopped: bool = False) -> None:
            super().__init__()
            self.answer = answer
            self.then = then
            self.stopped = stopped

    class Failed(Message):
        """Something could not be done."""

        def __init__(self, error: CioError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, kind: ImportKind | None = None, path: Path | None = None) -> None:
        super().__init__()
        self._kind = kind
        self._start = path
        self._stop = Event()
        self._working = False
        self._plan: Plan | None = None

    def compose(self) -> ComposeResult:
        """One step at a time."""
        with Vertical(classes="frame"), ContentSwitcher(initial="file"):
            yield FileStep(self._kind, self._start, id="file")
            yield MapStep(id="map")
            yield ReviewStep(id="review")
            yield RunStep(id="run")

    def on_mount(self) -> None:
        """At the file; with one that was dropped, at its columns."""
        self._say_step()
        self.query_one(FileStep).focus_first()
        self._work(lambda: len(self._workspace.imports.all()), self._say_earlier)
        if self._start is not None:
            self.call_after_refresh(self.action_next)

    def on_unmount(self) -> None:
        """Whatever closes it, nothing goes on behind one's back."""
        self._stop.set()

    @property
    def _workspace(self) -> Workspace:
        return self.app.workspace  # type: ignore[attr-defined,no-any-return]

    @property
    def step(self) -> str:
        """Which step is shown."""
        return self.query_one(ContentSwitcher).current or "file"

    def _go(self, step: str) -> None:
        self.query_one(ContentSwitcher).current = step
        self._say_step()
        self._answer("")

    def _say_step(self) -> None:
        what = self._plan.kind if self._plan is not None and self.step != "file" else None
        names = "  ".join(f"{'▸' if name == self.step else ''}{place} {name.title()}" for place, name in enumerate(STEPS, 1))
        self.query_one(".frame").border_title = plain(f"Import{f' {what}' if what else ''} · {names}")

    def _answer(self, text: str, style: str = "") -> None:
        self.query_one(f"#{self.step} .answered", Lines).say([(visible(text), style)] if text else [])

    def _say_earlier(self, count: int) -> None:
        said = f"{count:,} earlier import{'' if count == 1 else 's'}: o lists them" if count else ""
        self.query_one(FileStep).say_earlier(said)

    def _work(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Do something in a worker; `then` gets its answer."""

        def run() -> None:
            try:
                self.post_message(self.Worked(work(), then))
            except ImportCancelled:
                self.post_message(self.Worked(None, then, stopped=True))
            except CioError as error:
                self.post_message(self.Failed(error))

        self.run_worker(run, thread=True, group="import", exit_on_error=False)

    def _begin(self, work: Callable[[], Any], then: Callable[[Any], None], said: str) -> None:
        """The same for what one waits for, one thing at a time; escape stops it."""
        if self._working:
            return
        self._working = True
        self._stop.clear()
        self._answer(said)
        self._work(work, then)

    @on(Worked)
    def _worked(self, event: Worked) -> None:
        if event.then != self._say_earlier:
            self._working = False
        if event.stopped:
            self._go("map")
            self.query_one(MapStep).focus_first()
            self._answer("the check was stopped")
        else:
            event.then(event.answer)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self._working = False
        hint = _for_the_screen(event.error.hint)
        if self.step == "run":
            self.query_one(RunStep).fail()
        elif self.step == "review":
            self._go("map")
        elif self.step == "map" and self._plan is not None:
            self.query_one(MapStep).take_back_naming(self._plan)
        self._answer(f"× {event.error}{hint}", "$text-error")

    @on(Told)
    def _told(self, event: Told) -> None:
        if not self._working:
            return
        if self.step == "review":
            self.query_one(ReviewStep).tell(event.progress)
        elif self.step == "run":
            self.query_one(RunStep).tell(event.progress, stopping=self._stop.is_set())

    def _tell(self, progress: ImportProgress) -> None:
        self.post_message(self.Told(progress))

    @on(FileStep.Picked)
    @on(MapStep.Done)
    @on(ReviewStep.Done)
    def action_next(self) -> None:
        """On to the next step."""
        {"file": self._look, "map": self._check, "review": self._run, "run": self.action_close}[self.step]()

    def _options(self) -> Options:
        file = self.query_one(FileStep)
        return Options(encoding=file.encoding, delimiter=file.delimiter)

    def _look(self) -> None:
        file, imports = self.query_one(FileStep), self._workspace.imports
        path, kind, options = file.path, file.kind, self._options()
        if path is None:
            self._answer("× choose a file", "$text-error")
            return
        self.query_one(MapStep).begin()
        self._begin(lambda: imports.look(path, kind or imports.kind_of(path, options), options), self._looked, "reading")

    def _looked(self, plan: Plan) -> None:
        self._plan = plan
        self.query_one(FileStep).say_found(plan.file.dialect.encoding.spoken)
        self.query_one(MapStep).show(plan, self._workspace.settings().identifier)
        if self.step == "file":
            self._go("map")
            self.query_one(MapStep).focus_first()
        self._answer("")

    @on(MapStep.Changed)
    def _map_changed(self) -> None:
        plan = self._plan
        if plan is not None and self.step == "map":
            options = self.query_one(MapStep).options(self._options())
            self._begin(lambda: self._workspace.imports.look(plan.file.path, plan.kind, options), self._looked, "reading")

    def _check(self) -> None:
        plan = self._plan
        if plan is None or self._working:
            return
        options = self.query_one(MapStep).options(self._options())
        self._go("review")
        self.query_one(ReviewStep).begin()
        inspect, stopped = self._workspace.imports.inspect, self._stop.is_set
        work = lambda: inspect(plan.file.path, plan.kind, options, progress=self._tell, cancelled=stopped)  # noqa: E731
        self._begin(work, self._checked, "")

    def _checked(self, review: Review) -> None:
        self.query_one(ReviewStep).show(review)
        self.query_one(ReviewStep).focus_first()

    def _run(self) -> None:
        review = self.query_one(ReviewStep).review
        if review is None:
            return
        if not review.good:
            self._answer("× there is no row to import", "$text-error")
            return
        self._go("run")
        self.query_one(RunStep).begin()
        run, stopped = self._workspace.imports.run, self._stop.is_set
        self._begin(lambda: run(review, progress=self._tell, cancelled=stopped), self._ran, "")

    def _ran(self, report: ImportReport) -> None:
        self.query_one(RunStep).show(report)

    def action_back(self) -> None:
        """One step back; a check that is under way is stopped."""
        if self.step == "review" and self._working:
            self._stop.set()
        elif self.step in ("map", "review") and not self._working:
            if self.step == "map":
                self._go("file")
                self.query_one(FileStep).focus_first()
            else:
                self._go("map")
                self.query_one(MapStep).focus_first()

    def action_bad_rows(self) -> None:
        """Write the rows that cannot be taken to a file of their own, each with its reasons."""
        review = self.query_one(ReviewStep).review
        if self.step not in ("review", "run") or review is None or self._working:
            return
        if not review.bad:
            self._answer("every row can be taken")
            return
        from cio_tui.tui.importing.bad_rows import ask_for_bad_rows

        ask_for_bad_rows(self.app, self._workspace, review)

    def action_take_back(self) -> None:
        """Take the import back that was just made."""
        report = self.query_one(RunStep).report
        if self.step == "run" and report is not None and report.number is not None and report.state == "imported":
            number = report.number
            self.query_one(RunStep).taking_back()
            self._begin(lambda: self._workspace.imports.take_back(number), self._taken_back, "taking it back")

    def _taken_back(self, record: ImportRecord) -> None:
        notify_plain(self.app, f"import {record.number} is taken back", title="Undone")
        self.dismiss(None)

    def action_records(self) -> None:
        """The imports that were made before."""
        from cio_tui.tui.screens.import_records import ImportRecordsScreen

        if self.step == "file" and not self._working:
            self.app.push_screen(ImportRecordsScreen())

    def action_filter(self) -> None:
        """Filter the problems."""
        if self.step == "review":
            self.query_one(ReviewStep).edit_filter()

    def action_name(self) -> None:
        """Name the column under the cursor otherwise."""
        if self.step == "map":
            self.query_one(MapStep).name_column()

    def action_leave_out(self) -> None:
        """Leave the column under the cursor out, or take it in again."""
        if self.step == "map":
            self.query_one(MapStep).leave_out()

    def take_path(self, path: Path) -> None:
        """A file was dropped while this is open: take it, at the first step."""
        if self.step == "file":
            self.query_one(FileStep).take(path)
            self.action_next()

    def action_close(self) -> None:
        """Out of a line to its list; stop what is under way; when nothing is, close."""
        if isinstance(self.focused, LineInput):
            self.focused.action_leave(taken=False)
        elif self._working and self.step == "run" and self.query_one(RunStep).report is not None:
            self._answer("it is being taken back: that cannot be stopped")
        elif self._working and self.step in ("review", "run"):
            self._stop.set()
            self._answer("stopping")
        else:
            self.dismiss(None)


def _for_the_screen(hint: str) -> str:
    """A hint without the command line's options: what they say is said in the fields here."""
    said = hint.replace(" with --encoding", "").replace("--encoding", "encoding").split(", and --quote")[0]
    return f"; {said}" if said and "--" not in said else ""
