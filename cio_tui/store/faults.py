"""What the embedded database says when it cannot do something, in our words."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType

import apsw

from cio_tui.model.errors import (
    DamagedWorkspace,
    DiskFull,
    NotAWorkspace,
    ReadOnlyWorkspace,
    StoreError,
    WorkspaceBusy,
)

_DAMAGED_HINT = "use a copy from before, or save what can still be read with `cio-tui workspace export-json`"


def explain(error: apsw.Error, path: str) -> StoreError:
    """The error that a person should see for one of the driver's."""
    if isinstance(error, apsw.FullError):
        return DiskFull(f"the disk is full: nothing was written to {path}", hint="free some room and try again")
    if isinstance(error, apsw.ReadOnlyError):
        return ReadOnlyWorkspace(f"{path} can only be read", hint="copy it to where you may write, and use the copy")
    if isinstance(error, apsw.NotADBError):
        return NotAWorkspace(f"{path} is not a workspace file")
    if isinstance(error, apsw.CorruptError):
        return DamagedWorkspace(f"{path} is damaged ({error})", hint=_DAMAGED_HINT)
    if isinstance(error, apsw.BusyError):
        return WorkspaceBusy(f"another process holds {path}", hint="try again when it has finished")
    if isinstance(error, apsw.CantOpenError):
        return StoreError(f"{path} cannot be opened", hint="is the folder there, and may you write to it?")
    if isinstance(error, apsw.IOError):
        return StoreError(f"reading or writing {path} failed ({error}): nothing was changed", hint="is the disk full or failing?")
    return StoreError(f"{path}: {error}")


class _Faults:
    """A class, as every read passes through one: a generator costs four times as much."""

    __slots__ = ("_path", "_reading")

    def __init__(self, path: str, *, reading: bool) -> None:
        self._path = path
        self._reading = reading

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _where: TracebackType | None) -> None:
        if error is None or isinstance(error, apsw.ConstraintError):
            return
        if isinstance(error, apsw.Error):
            raise explain(error, self._path) from error
        if self._reading and isinstance(error, UnicodeDecodeError):
            raise DamagedWorkspace(f"{self._path} is damaged (text that is not UTF-8)", hint=_DAMAGED_HINT) from error


def faults_of(path: str) -> AbstractContextManager[None]:
    """Turn the driver's errors of the body into ours. Constraint errors pass: they are answers, not faults."""
    return _Faults(path, reading=False)


def reading_faults_of(path: str) -> AbstractContextManager[None]:
    """`faults_of`, where the body does nothing but read rows: text there that is not UTF-8 is damage."""
    return _Faults(path, reading=True)


@contextmanager
def system_faults_of(path: str) -> Iterator[None]:
    """Turn what the operating system says about a file into ours."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise StoreError(f"{path} cannot be opened ({getattr(error, 'strerror', None) or error})") from error
