"""Writing a list as JSON lines."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cio_tui.model.json_values import dumps
from cio_tui.store.whole_file import write_text


def json_text(shapes: Iterable[Any]) -> Iterator[str]:
    """A line each."""
    return (dumps(shape) + "\n" for shape in shapes)


def write_json_lines(path: Path, shapes: Iterable[Any]) -> int:
    """Write one JSON line each, the file whole or not at all; how many lines. Raises StoreError."""
    return write_text(path, json_text(shapes))
