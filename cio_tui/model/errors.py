"""What can go wrong, as one family: every error says what was wrong, where, and what to do."""


class CioError(Exception):
    """Base of all errors that a person may see. `str(error)` is one clear line; `hint` says what to do, or is empty."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(CioError):
    """Something that was given cannot be taken: a value, a path, a time, a filter, a file's content."""


class UnknownPerson(InputError):
    """No person answers to a reference."""


class UnknownActivity(InputError):
    """No activity has that id."""


class StoreError(CioError):
    """The workspace file cannot be used as asked. Nothing was changed by the call that raised it."""


class NotAWorkspace(StoreError):
    """The file is something else. It was left untouched."""


class NewerWorkspace(StoreError):
    """A later version of this program wrote the file. It was left untouched."""


class DamagedWorkspace(StoreError):
    """The file's content contradicts itself."""


class ReadOnlyWorkspace(StoreError):
    """Writing was asked of a file that can only be read."""


class DiskFull(StoreError):
    """There is no room to write; the transaction was rolled back."""


class WorkspaceBusy(StoreError):
    """Another process held the workspace for longer than we wait."""


class UndoConflict(StoreError):
    """The workspace was changed past its commands, so a changeset no longer fits."""
