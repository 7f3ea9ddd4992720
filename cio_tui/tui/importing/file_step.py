"""The first step: which file, what is in it, and how it is to be read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from cio_tui.imports.options import DELIMITERS, ImportKind
from cio_tui.model.errors import CioError
from cio_tui.tui.actions import bindings
from cio_tui.tui.choice import Choice
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.importing.files import FileEntry, Folder, completed, folder_of, typed
from cio_tui.tui.importing.lines import Lines
from cio_tui.tui.importing.words import size_text
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.rows import Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible

COLUMNS: Final = (Column("file", 0, sortable=False), Column("size", 9, right=True, sortable=False))
KINDS: Final[Sequence[ImportKind | None]] = (None, "people", "events")
_EMPTY: Final = "No folders and no .csv, .tsv, .txt or .jsonl here: go on typing, or paste a path"


class PathInput(PlainInput):
    """The path, completed by tab."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("import-path")

    class Wanted(Message):
        """A key asks for something: `complete`, or `down` to the list."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def action_want(self, what: str) -> None:
        """Pass a key on."""
        self.post_message(self.Wanted(what))


class FileStep(Vertical):
    """Folders and files below a line for the path; what kind of import; encoding and delimiter, unless they are found out."""

    DEFAULT_CSS = """
    FileStep {
        & Horizontal { height: 1; }
        & .label { width: 13; color: $text-muted; }
        & .encoding { width: 1fr; }
        & .where { height: 1; margin: 1 0 0 0; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & VirtualTable { height: 1fr; }
        & .earlier { height: auto; color: $text-muted; }
    }
    """

    class Picked(Message):
        """A file was chosen."""

    class Listed(Message):
        """A folder was looked into, or could not be."""

        def __init__(self, text: str, folder: Folder | None, problem: str) -> None:
            super().__init__()
            self.text = text
            self.folder = folder
            self.problem = problem

    def __init__(self, kind: ImportKind | None, path: Path | None, **options: Any) -> None:
        super().__init__(**options)
        self._kind = kind
        self._start = path
        self._folder: Folder | None = None

    def compose(self) -> ComposeResult:
        """The line, the choices, the list."""
        with Horizontal():
            yield Static("File", classes="label")
            yield PathInput("" if self._start is None else str(self._start), placeholder="a path, or choose below")
        with Horizontal():
            yield Static("What", classes="label")
            yield Choice(("found out", "people", "events"), id="import-kind")
        with Horizontal():
            yield Static("Encoding", classes="label")
            yield PlainInput("", placeholder="found out", classes="encoding")
        with Horizontal():
            yield Static("Delimiter", classes="label")
            yield Choice(("found out", *DELIMITERS), id="import-delimiter")
        yield Static("", classes="where")
        yield VirtualTable(COLUMNS, empty=_EMPTY)
        yield Static("", classes="earlier")
        buttons = {
            "next": ("import.next", "Next"),
            "records": ("import.records", "Earlier imports"),
            "close": ("dialog.close", "Close"),
        }
        yield Lines("", classes="answered -none")
        yield FormFoot(buttons)

    def on_mount(self) -> None:
        """What is known already is chosen."""
        self.query_one("#import-kind", Choice).choose(KINDS.index(self._kind))
        self.query_one("#import-delimiter", Choice).choose(0)
        self._look_into(self.line.value)

    def focus_first(self) -> None:
        """Where one begins."""
        self.line.focus()

    @property
    def line(self) -> PathInput:
        """The path's line."""
        return self.query_one(PathInput)

    @property
    def table(self) -> VirtualTable:
        """The folder."""
        return self.query_one(VirtualTable)

    @property
    def path(self) -> Path | None:
        """The file, when one is named."""
        text = self.line.value.strip()
        return Path(text).expanduser() if text else None

    @property
    def kind(self) -> ImportKind | None:
        """What was said that it is; None is to be found out."""
        return KINDS[self.query_one("#import-kind", Choice).index]

    @property
    def encoding(self) -> str | None:
        """The encoding that was said."""
        return self.query_one(".encoding", PlainInput).value.strip() or None

    @property
    def delimiter(self) -> str | None:
        """The delimiter that was said."""
        place = self.query_one("#import-delimiter", Choice).index
        return None if place == 0 else [*DELIMITERS][place - 1]

    def take(self, path: Path) -> None:
        """Name a file."""
        self.line.value = str(path)
        self.line.cursor_position = len(self.line.value)

    def say_found(self, encoding: str) -> None:
        """Say in the empty field which encoding was found."""
        self.query_one(".encoding", PlainInput).placeholder = f"found out: {visible(encoding)}"

    def say_earlier(self, text: str) -> None:
        """Say that there were imports before."""
        self.query_one(".earlier", Static).update(plain(text))

    @on(Input.Changed, "PathInput")
    def _path_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._look_into(event.value)

    def _look_into(self, text: str) -> None:
        self.run_worker(lambda: self._list(text), thread=True, exclusive=True, group="folders", exit_on_error=False)

    def _list(self, text: str) -> None:
        worker = get_current_worker()
        try:
            listed = self.Listed(text, folder_of(text), "")
        except CioError as error:
            listed = self.Listed(text, None, str(error))
        if not worker.is_cancelled:
            self.post_message(listed)

    @on(Listed)
    def _listed(self, event: Listed) -> None:
        event.stop()
        if event.text != self.line.value:
            return
        self._folder = event.folder
        entries = () if event.folder is None else event.folder.entries
        self.table.replace_rows(HeldRows(tuple(entries), lambda entry: entry.name, _shown), stay=False)
        said = event.problem
        if event.folder is not None:
            here = event.folder.path == Path()
            said = "In the folder where the console was started" if here else f"In {event.folder.path}"
        self.query_one(".where", Static).update(plain(said))

    @on(PathInput.Wanted)
    def _wanted(self, event: PathInput.Wanted) -> None:
        event.stop()
        if event.what == "list":
            self.table.focus()
            return
        text = self.line.value if self._folder is None else completed(self.line.value, self._folder)
        if text == self.line.value:
            self.screen.focus_next()
        else:
            self.line.value = text
            self.line.cursor_position = len(text)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        only = self._folder.entries if self._folder is not None else ()
        path = self.path
        if event.input is self.line and path is not None and not path.exists() and len(only) == 1:
            self._choose(only[0])
        else:
            self.post_message(self.Picked())

    @on(VirtualTable.Highlighted)
    @on(VirtualTable.SortAsked)
    def _nothing_more(self, event: VirtualTable.Highlighted | VirtualTable.SortAsked) -> None:
        event.stop()

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        entries = () if self._folder is None else self._folder.entries
        entry = next((one for one in entries if one.name == event.key), None)
        if entry is not None:
            self._choose(entry)

    def _choose(self, entry: FileEntry) -> None:
        if self._folder is not None:
            self.take(Path(typed(self._folder.path, entry)))
            if entry.is_folder:
                self.line.value = typed(self._folder.path, entry)
                self.line.cursor_position = len(self.line.value)
            else:
                self.post_message(self.Picked())


def _shown(entry: FileEntry) -> ShownRow:
    name = visible(entry.name)
    return ShownRow((f"{name}/", "") if entry.is_folder else (name, size_text(entry.size or 0)))
