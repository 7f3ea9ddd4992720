"""A file that was dropped on the terminal or whose path was pasted: terminals write both as text, each in its own way."""

import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

SUFFIXES: Final = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson")
"""The endings of files that may hold an import."""


def path_in(text: str) -> Path | None:
    """The file that a pasted text names: bare, quoted, with backslashes before odd signs, or as a `file://` address.

    None for any other text, and for one that names no such file.
    """
    line = text.strip("\0 \t\r\n")
    if not line or "\n" in line:
        return None
    for candidate in _readings(line):
        with suppress(OSError, ValueError, RuntimeError):  # too long, a NUL, nobody's home
            path = Path(candidate).expanduser()
            if path.suffix.lower() in SUFFIXES and path.is_file():
                return path
    return None


def _readings(line: str) -> Iterator[str]:
    yield line
    words = [line]
    with suppress(ValueError):  # a quotation mark is not closed
        words = [word for word in shlex.split(line) if word != "&"]  # PowerShell calls what is dropped
    if len(words) == 1:
        yield words[0]
        if words[0].lower().startswith("file:"):
            yield unquote(urlsplit(words[0]).path)
