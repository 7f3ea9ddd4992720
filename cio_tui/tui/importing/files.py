"""Choosing a file: what is in a folder, and what a typed path can become. Reads folders, so it runs in a worker."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cio_tui.model.errors import InputError
from cio_tui.tui.importing.pasted import SUFFIXES

UP = ".."


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A folder, or a file with its size in bytes."""

    name: str
    path: Path
    size: int | None

    @property
    def is_folder(self) -> bool:
        """Whether one can go into it."""
        return self.size is None


@dataclass(frozen=True, slots=True)
class Folder:
    """What a typed text asks for: the folder it is in, and the entries that go on as it does."""

    path: Path
    entries: Sequence[FileEntry]


def folder_of(text: str) -> Folder:
    """The folder that a typed path is in, and what is in it with the last part of the path in its name. Raises InputError."""
    typed = os.path.expanduser(text.strip())
    head, part = os.path.split(typed)
    path = Path(head or os.curdir)
    try:
        found = sorted(_entries(path, part.casefold()), key=lambda one: (not one.is_folder, one.name.casefold(), one.name))
    except (OSError, ValueError) as error:
        said = (getattr(error, "strerror", None) or str(error)).lower()
        raise InputError(f"{path} cannot be looked into: {said}") from None
    above = [] if part else [FileEntry(UP, path / UP, None)]
    return Folder(path, (*above, *found))


def _entries(folder: Path, part: str) -> Iterator[FileEntry]:
    with os.scandir(folder) as scan:
        for entry in scan:
            wanted = part in entry.name.casefold() and (part.startswith(".") or not entry.name.startswith("."))
            if not wanted:
                continue
            if entry.is_dir():
                yield FileEntry(entry.name, folder / entry.name, None)
            elif Path(entry.name).suffix.lower() in SUFFIXES:
                yield FileEntry(entry.name, folder / entry.name, entry.stat().st_size)


def typed(folder: Path, entry: FileEntry) -> str:
    """What stands in the line when an entry is chosen: a folder ends in a separator."""
    if entry.name == UP:
        path = os.path.normpath(folder / UP) if folder.is_absolute() else os.path.normpath(os.path.join(folder, UP))
        return "" if path == os.curdir else os.path.join(path, "")
    plain = os.path.normpath(entry.path)
    return os.path.join(plain, "") if entry.is_folder else plain


def completed(text: str, folder: Folder) -> str:
    """The text as far as all entries that begin with its last part agree."""
    head, part = os.path.split(text)
    names = [entry.name + (os.sep if entry.is_folder else "") for entry in folder.entries if entry.name.startswith(part)]
    common = os.path.commonprefix(names)  # noqa: RUF071  # signs, not folders: the name is not typed whole yet
    return os.path.join(head, common) if len(common) > len(part) else text
