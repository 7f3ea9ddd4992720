"""Writing a list as JSON lines."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cio_tui.exports.whole_file import whole_file
from cio_tui.model.json_values import dumps


def write_json_lines(path: Path, shapes: Iterable[Any]) -> int:
    """Write one JSON line each, the file whole or not at all; how many lines. Raises StoreError."""
    count = 0
    with whole_file(path, newline="\n") as file:
        for shape in shapes:
            file.write(dumps(shape) + "\n")
            count += 1
    return count
