"""Writing a list, or a person, to a file in one of its forms."""

import os.path
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, RadioSet, Static
from textual.worker import Worker, get_current_worker

from cio_tui.model.errors import CioError
from cio_tui.tui.actions import bindings
from cio_tui.tui.choice import Choice
from cio_tui.tui.exporting import Cancelled, ExportForm
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.screens.dialog import Dialog
from cio_tui.tui.text import notify_plain, plain, visible


class ExportScreen(Dialog[None]):
    """Takes a file name and a format. Escape stops what is under way, and closes when nothing is."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("export")
    DEFAULT_CSS = """
    ExportScreen {
        & .frame { width: 100; }
        & PlainInput { margin: 1 0 0 0; }
        & .where, & .said { height: auto; color: $text-muted; }
        & .said { display: none; margin: 1 0 0 0; &.-shown { display: block; } }
        & Choice { margin: 1 0 0 0; }
        & .fields { height: auto; max-height: 6; color: $text-muted; scrollbar-size-vertical: 1; & Static { height: auto; } }
        &.-short .fields { display: none; }
        &.-short PlainInput, &.-short Choice, &.-short .said { margin: 0; }
    }
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

    def __init__(self, what: str, stem: str, forms: Sequence[ExportForm], rows: int | None = None, unit: str = "rows") -> None:
        super().__init__()
        self._what = what
        self._stem = stem
        self._forms = forms
        self._rows = rows
        self._unit = unit
        self._worker: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """What is written, where to, and as what."""
        with Vertical(classes="frame") as frame:
            frame.border_title = "Export"
            yield Static(plain(self._what))
            yield PlainInput(f"{self._stem}{self._forms[0].ending}", placeholder="a file name")
            yield Static("", classes="where")
            yield Choice((form.title for form in self._forms), id="format")
            with VerticalScroll(classes="fields", can_focus=False):
                yield Static("")
            yield Static("", classes="said")
            yield FormFoot({"write": ("export.write", "Write"), "close": ("dialog.close", "Close")})

    def on_mount(self) -> None:
        """Ready for another name, in the first form."""
        self.query_one(Choice).choose(0)
        self.query_one(PlainInput).focus()
        self._say_fields()

    @property
    def _form(self) -> ExportForm:
        return self._forms[self.query_one(Choice).index]

    @property
    def _path(self) -> str:
        """The whole path of the file; nothing without a name."""
        name = self.query_one(PlainInput).value.strip()
        return os.path.abspath(os.path.expanduser(name)) if name else ""

    def _say(self, text: str, style: str = "") -> None:
        said = self.query_one(".said", Static)
        said.update(Content.styled(visible(text), style))
        said.set_class(bool(text), "-shown")

    def _say_fields(self) -> None:
        self.query_one(".fields Static", Static).update(plain(self._form.holds))

    @on(Input.Changed)
    def _named(self, event: Input.Changed) -> None:
        """Say where the file will be, all of it, however long."""
        event.stop()
        path = self._path
        name = os.path.basename(path)
        where = path
        if name == event.value.strip():
            hidden = cell_len(name) >= event.input.size.width > 0
            where = f"{f'{name}, ' if hidden else ''}in the folder where the console was started"
        self.query_one(".where", Static).update(plain(f"{where}{self._in_the_way(path)}" if path else ""))
        if not self._under_way:
            self._say("")

    def _in_the_way(self, path: str) -> str:
        """What is there already: a file gives way to a file, and nothing to a folder."""
        if os.path.isfile(path) and self._form.ending:
            return ". It is there already, and will be replaced"
        return ". It is there already: choose another name" if os.path.exists(path) else ""

    @on(RadioSet.Changed)
    def _format_chosen(self, event: RadioSet.Changed) -> None:
        """The ending of the name goes with the format."""
        event.stop()
        line = self.query_one(PlainInput)
        stem = line.value
        for form in self._forms:
            stem = stem.removesuffix(form.ending)
        line.value = stem + self._forms[event.index].ending
        self._say_fields()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_write()

    @property
    def _under_way(self) -> bool:
        return self._worker is not None and not self._worker.is_finished

    def action_write(self) -> None:
        """Write, in a worker."""
        name, form = self._path, self._form
        if self._under_way:
            return
        if not name:
            self._say("× a file name is missing", "$text-error")
        elif not name.isprintable():
            self._say("× the file name has signs that cannot be printed", "$text-error")
        else:
            self._say("writing")
            path = Path(name)
            self._worker = self.run_worker(lambda: self._write(path, form), thread=True, group="export", exit_on_error=False)

    def _write(self, path: Path, form: ExportForm) -> None:
        worker = get_current_worker()

        def tell(count: int) -> None:
            if worker.is_cancelled:
                raise Cancelled
            self.post_message(self.Told(count))

        try:
            said = form.write(path, tell)
        except Cancelled:
            self.post_message(self.Ended("stopped, nothing was written", written=False))
        except CioError as error:
            self.post_message(self.Ended(f"× {error}", written=False))
        else:
            self.post_message(self.Ended(said, written=True))

    @on(Told)
    def _told(self, event: Told) -> None:
        if self._under_way:
            of = "" if self._rows is None else f" of {self._rows:,}"
            self._say(f"{event.rows:,}{of} {self._unit}, esc stops")

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
