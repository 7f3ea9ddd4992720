"""Writing what a list shows to a file: the rows and columns as they stand, of the log its whole entries."""

from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, RadioSet, Static
from textual.worker import Worker, get_current_worker

from cio_tui.exports.csv_file import write_csv
from cio_tui.exports.json_lines import write_json_lines
from cio_tui.model.errors import CioError
from cio_tui.tui.actions import bindings
from cio_tui.tui.choice import Choice
from cio_tui.tui.exporting import Cancelled, exported_columns, exported_rows
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.list_view import ListView
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.screens.dialog import Dialog
from cio_tui.tui.text import notify_plain, plain

FORMATS: Final = {".csv": "CSV", ".jsonl": "JSON lines"}


class ExportScreen(Dialog[None]):
    """Takes a file name and a format. Escape stops what is under way, and closes when nothing is."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("export")
    DEFAULT_CSS = """
    ExportScreen PlainInput { margin: 1 0; }
    """

    class Told(Message):
        """How far it is."""

        def __init__(self, rows: int) -> None:
            super().__init__()
            self.rows = rows

    class Ended(Message):
        """It was written, could not be written, or was stopped."""

        def __init__(self, said: str, *, written: bool) -> None:
            super().__init__()
            self.said = said
            self.written = written

    def __init__(self, view: ListView) -> None:
        super().__init__()
        self._view = view
        self._rows = view.table.rows  # as they stand now, whatever arrives meanwhile
        self._columns = exported_columns(view)
        self._worker: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """What is written, where to, and as what."""
        with Vertical(classes="frame") as frame:
            frame.border_title = "Export"
            yield Static(plain(f"What is shown: {len(self._rows):,} rows, {len(self._columns)} columns"))
            yield PlainInput(f"{self._view.id}.csv", placeholder="a file name")
            yield Choice(FORMATS.values(), id="format")
            yield FormFoot({"write": ("export.write", "Write"), "close": ("dialog.close", "Close")})

    def on_mount(self) -> None:
        """Ready for another name, as CSV."""
        self.query_one(Choice).choose(0)
        self.query_one(PlainInput).focus()

    def _say(self, text: str, style: str = "") -> None:
        self.query_one(FormFoot).answer(text, style)

    @on(RadioSet.Changed)
    def _format_chosen(self, event: RadioSet.Changed) -> None:
        """The ending of the name goes with the format."""
        event.stop()
        line = self.query_one(PlainInput)
        stem = line.value
        for ending in FORMATS:
            stem = stem.removesuffix(ending)
        line.value = stem + list(FORMATS)[event.index]

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_write()

    @property
    def _under_way(self) -> bool:
        return self._worker is not None and not self._worker.is_finished

    def action_write(self) -> None:
        """Write, in a worker."""
        name = self.query_one(PlainInput).value.strip()
        lines = self.query_one(Choice).index == 1
        if not name:
            self._say("× a file name is missing", "$text-error")
        elif not self._under_way:
            self._say("writing")
            path = Path(name).expanduser()
            self._worker = self.run_worker(lambda: self._write(path, lines), thread=True, group="export", exit_on_error=False)

    def _write(self, path: Path, lines: bool) -> None:
        worker = get_current_worker()

        def tell(count: int) -> None:
            if worker.is_cancelled:
                raise Cancelled
            self.post_message(self.Told(count))

        rows = exported_rows(self._view.workspace, self._view, self._rows, tell)
        try:
            count = write_json_lines(path, rows) if lines else write_csv(path, self._columns, rows)
        except Cancelled:
            self.post_message(self.Ended("stopped, nothing was written", written=False))
        except CioError as error:
            self.post_message(self.Ended(f"× {error}", written=False))
        else:
            self.post_message(self.Ended(f"{count:,} rows written to {path.resolve()}", written=True))

    @on(Told)
    def _told(self, event: Told) -> None:
        if self._under_way:
            self._say(f"{event.rows:,} of {len(self._rows):,} rows, esc stops")

    @on(Ended)
    def _ended(self, event: Ended) -> None:
        if event.written:
            notify_plain(self.app, event.said, title="Exported")
            self.dismiss(None)
        else:
            self._say(event.said, "$text-error")

    def action_close(self) -> None:
        """Stop what is under way; when nothing is, close."""
        if self._under_way and self._worker is not None:
            self._worker.cancel()
            self._say("stopping")
        else:
            self.dismiss(None)
