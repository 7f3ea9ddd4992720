"""What the embedded database says when it cannot do something, in our words."""

from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def faults_of(path: str) -> Iterator[None]:
    """Turn the driver's errors of the body into ours. Constraint errors pass: they are answers, not faults."""
    try:
        yield
    except apsw.ConstraintError:
        raise
    except apsw.Error as error:
        raise explain(error, path) from error


@contextmanager
def reading_faults_of(path: str) -> Iterator[None]:
    """`faults_of`, where the body does nothing but read rows: text there that is not UTF-8 is damage."""
    try:
        with faults_of(path):
            yield
    except UnicodeDecodeError as error:
        raise DamagedWorkspace(f"{path} is damaged (text that is not UTF-8)", hint=_DAMAGED_HINT) from error


@contextmanager
def system_faults_of(path: str) -> Iterator[None]:
    """Turn what the operating system says about a file into ours."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise StoreError(f"{path} cannot be opened ({getattr(error, 'strerror', None) or error})") from error
