"""A text in the person's own editor, `$VISUAL` or `$EDITOR`, while the console steps aside."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from textual.app import App, SuspendNotSupported

from cio_tui.model.errors import InputError


def edit_outside(app: App[None], text: str, suffix: str) -> str:
    """The text as the editor left it. Raises InputError when there is no editor, or it cannot be run, or it failed."""
    command = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    if not command:
        raise InputError("no editor is set", hint="set VISUAL or EDITOR, as in EDITOR=nano, and start the console again")
    with tempfile.TemporaryDirectory(prefix="cio-tui-") as folder:
        path = Path(folder) / f"event{suffix}"
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                ended = subprocess.run([*shlex.split(command), str(path)], check=False)  # noqa: S603  # the person's own choice
        except SuspendNotSupported:
            raise InputError("this terminal cannot be handed to an editor") from None
        except (OSError, ValueError) as error:
            raise InputError(f"the editor {command!r} cannot be started: {error}") from None
        if ended.returncode:
            raise InputError(f"the editor {command!r} ended with {ended.returncode}; the text is as it was")
        try:
            return path.read_text(encoding="utf-8").rstrip("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"what the editor left cannot be read: {error}") from None
