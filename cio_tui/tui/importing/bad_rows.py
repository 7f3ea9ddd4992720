"""Writing the rows that cannot be taken to a file of their own: the rows are checked again, and the reasons stand behind them."""

from pathlib import Path
from typing import Any

from textual.app import App

from cio_tui.imports.options import ImportKind, Options
from cio_tui.tui.exporting import ExportForm, Tell
from cio_tui.tui.importing.words import rows_text
from cio_tui.tui.screens.export import ExportScreen
from cio_tui.workspace import Workspace
from cio_tui.workspace.import_review import Review

_HOLDS = "the rows as they are, and _cio_error with the reasons behind them: mend them, and import the file as it is"


def ask_for_bad_rows(app: App[Any], workspace: Workspace, review: Review) -> None:
    """Ask where to, and write."""
    _ask(app, workspace, review.path, review.kind, review.options, f"{rows_text(review.bad)} cannot be taken")


def ask_for_bad_rows_of(app: App[Any], workspace: Workspace, number: int) -> None:
    """The same for an import that was made before."""
    record = workspace.imports.get(number)
    said = f"Rows of {record.name} that cannot be taken as the workspace is now"
    _ask(app, workspace, Path(record.file), record.type, record.said_options(), said)


def _ask(app: App[Any], workspace: Workspace, path: Path, kind: ImportKind, options: Options, said: str) -> None:
    def write(target: Path, tell: Tell) -> str:
        inspect = workspace.imports.inspect
        found = inspect(path, kind, options, errors=target, progress=lambda progress: tell(progress.done))
        return f"{rows_text(found.bad)} written to {target}"

    app.push_screen(ExportScreen(said, f"{path.stem}-bad-rows", [ExportForm("CSV", ".csv", _HOLDS, write)], unit="bytes"))
