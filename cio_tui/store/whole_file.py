"""A file that is there whole, or not at all. A workspace, a folder, a device or a pipe never gives way to one."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TextIO

from cio_tui.model.errors import StoreError

_DATABASES: Final = (b"SQLite format 3\0", b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
"""How a workspace begins, and the log beside it."""


def write_text(path: Path, pieces: Iterable[str]) -> int:
    """Write pieces of text as they are, the file whole or not at all; how many. Raises StoreError."""
    count = 0
    with whole_file(path) as file:
        for count, piece in enumerate(pieces, 1):  # noqa: B007  # the last number is the answer
            file.write(piece)
    return count


@contextmanager
def whole_file(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Text is written beside the file, which takes its place at the end; whatever goes wrong, nothing is left of it. A link stays
    a link: what it leads to is written.

    Raises StoreError when the file cannot be written, or is one that must not be replaced.
    """
    place = Path(os.path.realpath(path))
    part = place.with_name(f"{place.name}.part")
    try:
        _refuse(path)
        with part.open("w", encoding=encoding, newline="") as file:
            yield file
        os.replace(part, place)
    except OSError as error:
        _drop(part)
        raise StoreError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from None
    except BaseException:
        _drop(part)
        raise


def _refuse(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path} cannot be written: is a directory")
    if not path.exists():
        return
    if not path.is_file():
        raise StoreError(f"{path} cannot be written: it is a device or a pipe, and no file")
    with path.open("rb") as file:
        begins = file.read(16)
    if begins.startswith(_DATABASES):
        raise StoreError(f"{path} cannot be written: it is a workspace, or another database", hint="name another file")


def _drop(part: Path) -> None:
    with suppress(OSError):  # what went wrong first is what is said
        part.unlink(missing_ok=True)
