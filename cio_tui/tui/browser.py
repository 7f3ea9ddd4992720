"""A page in the person's own browser: written to a file of its own that stays, so that the browser can read it when it will."""

import tempfile
import webbrowser
from collections.abc import Callable
from pathlib import Path

from cio_tui.model.errors import InputError

Opener = Callable[[str], bool]


def open_page(html: str, opener: Opener | None = None) -> Path:
    """Write a page and have it opened; where it is. Raises InputError when no file can be written.

    Whether a browser came up cannot be known everywhere (over ssh there may be none): the file's name is for telling.
    """
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="cio-tui-", suffix=".html", delete=False) as file:
            file.write(html.encode("utf-8", "replace").decode("utf-8"))
    except OSError as error:
        raise InputError(f"no file could be written: {error.strerror}") from None
    path = Path(file.name)
    (opener or webbrowser.open)(path.as_uri())
    return path
