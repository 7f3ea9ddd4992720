"""A file that is there whole, or not at all."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from cio_tui.model.errors import StoreError


def write_text(path: Path, pieces: Iterable[str]) -> int:
    """Write pieces of text as they are, the file whole or not at all; how many. Raises StoreError."""
    count = 0
    with whole_file(path) as file:
        for count, piece in enumerate(pieces, 1):  # noqa: B007  # the last number is the answer
            file.write(piece)
    return count


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Text is written beside the file, which takes its place at the end; whatever goes wrong, nothing is left of it.

    Raises StoreError when the file cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
        os.replace(part, path)
    except OSError as error:
        _drop(part)
        raise StoreError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from None
    except BaseException:
        _drop(part)
        raise


def _drop(part: Path) -> None:
    with suppress(OSError):  # what went wrong first is what is said
        part.unlink(missing_ok=True)
