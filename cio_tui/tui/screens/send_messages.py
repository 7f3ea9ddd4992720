"""What the workers of the send form post."""

from collections.abc import Sequence

from textual.message import Message

from cio_tui.model.errors import CioError
from cio_tui.model.receipts import Receipt
from cio_tui.tui.sending.drafts import Draft
from cio_tui.tui.sending.judging import Verdict
from cio_tui.workspace.index_reader import EventRow


class Judged(Message):
    """The workspace has said what it thinks of the fields."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict


class Known(Message):
    """The data index was read."""

    def __init__(self, events: Sequence[EventRow]) -> None:
        super().__init__()
        self.events = events


class Sent(Message):
    """What sending came to."""

    def __init__(self, draft: Draft, receipt: Receipt) -> None:
        super().__init__()
        self.draft = draft
        self.receipt = receipt


class Failed(Message):
    """The workspace could not be asked."""

    def __init__(self, error: CioError) -> None:
        super().__init__()
        self.error = error
