"""What is wrong with a filter line, and where."""

from cio_tui.model.errors import InputError


class FilterError(InputError):
    """A filter line that cannot be read. `position` is the 0-based character, `reason` the message without it."""

    def __init__(self, reason: str, position: int, *, hint: str = "") -> None:
        super().__init__(f"{reason} (at character {position + 1})", hint=hint)
        self.reason = reason
        self.position = position
