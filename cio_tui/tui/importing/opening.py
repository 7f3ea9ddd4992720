"""When the wizard opens: by a key, by a file that is dropped or pasted, and when an import was found that stopped half-way."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cio_tui.imports.options import ImportKind
from cio_tui.model.errors import CioError
from cio_tui.tui.importing.pasted import path_in
from cio_tui.tui.screens.import_records import ImportRecordsScreen
from cio_tui.tui.screens.import_wizard import ImportWizard

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

_KINDS: Final[dict[str, ImportKind]] = {"people": "people", "activity": "events", "index": "events"}
"""What is imported from a view."""


def open_wizard(console: "Console", path: Path | None = None) -> None:
    """Open the wizard, for what the view is about; the kind of a file that was dropped is found out."""
    kind = None if path is not None else _KINDS.get(console.view.id or "")
    console.push_screen(ImportWizard(kind, path))


def open_pasted(console: "Console", text: str) -> None:
    """Open the wizard for a file whose path was pasted; other texts, and pastes into other dialogs, are nothing."""
    path = path_in(text)
    if path is None:
        return
    if isinstance(console.screen, ImportWizard):
        console.screen.take_path(path)
    elif len(console.screen_stack) == 1:
        open_wizard(console, path)


def is_any_unfinished(console: "Console") -> bool:
    """Whether an import stopped half-way; runs in a worker."""
    with suppress(CioError):
        return not console.workspace.database.storage.read_only and bool(console.workspace.imports.unfinished())
    return False


def ask_about_unfinished(console: "Console", found: bool) -> None:
    """Ask what is to become of it."""
    if found and len(console.screen_stack) == 1:
        console.push_screen(ImportRecordsScreen(asking=True))
