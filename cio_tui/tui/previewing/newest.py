"""One job at a time in a thread, and always for the newest question: what is asked while it runs replaces what waits."""

from collections.abc import Callable
from typing import Generic, TypeVar

from textual.widget import Widget

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Newest(Generic[Question, Answer]):
    """Answers questions for a widget. Nothing is started while a job runs, so that typing never piles up threads.

    `tell` runs in the widget's own thread, for every answer: what is shown follows somebody who types without a pause. A job that
    breaks is told as None.
    """

    def __init__(
        self, widget: Widget, group: str, job: Callable[[Question], Answer], tell: Callable[[Question, Answer | None], None]
    ) -> None:
        self._widget = widget
        self._group = group
        self._job = job
        self._tell = tell
        self._waiting: list[Question] = []
        self._running = False

    @property
    def busy(self) -> bool:
        """Whether an answer is on its way."""
        return self._running

    def ask(self, question: Question) -> None:
        """Ask as soon as the job before is done; a question that still waits is forgotten."""
        self._waiting = [question]
        if not self._running:
            self._start()

    def forget(self) -> None:
        """Want no answer any more to what waits."""
        self._waiting = []

    def _start(self) -> None:
        question = self._waiting.pop()
        self._running = True

        def work() -> None:
            answer: Answer | None = None
            try:
                answer = self._job(question)
            finally:
                self._widget.call_later(self._ended, question, answer)

        self._widget.run_worker(work, thread=True, group=self._group, exit_on_error=False)

    def _ended(self, question: Question, answer: Answer | None) -> None:
        self._running = False
        if not self._widget.is_attached:
            return
        if self._waiting:
            self._start()
        self._tell(question, answer)
