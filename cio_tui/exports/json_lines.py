"""Writing a list as JSON lines."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cio_tui.model.errors import StoreError
from cio_tui.model.json_values import dumps


def write_json_lines(path: Path, shapes: Iterable[Any]) -> int:
    """Write one JSON line each, the file whole or not at all; how many lines. Raises StoreError."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            count = 0
            for shape in shapes:
                file.write(dumps(shape) + "\n")
                count += 1
        os.replace(part, path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return count
