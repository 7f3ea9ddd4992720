"""What the inspectors of the data index and of anonymous ids share: they read in a worker, and show what is still wanted."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.worker import get_current_worker

from cio_tui.model.errors import CioError
from cio_tui.tui.actions import bindings
from cio_tui.tui.list_view import ListView
from cio_tui.tui.table import VirtualTable
from cio_tui.workspace import Workspace


class GatheringInspector(Vertical):
    """An inspector whose content may take long to read. `wanted` is the key of what it shows."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("inspector")

    class Gathered(Message):
        """A worker has read what belongs to a key; None when it is gone meanwhile."""

        def __init__(self, key: str, found: Any) -> None:
            super().__init__()
            self.key = key
            self.found = found

    def __init__(self) -> None:
        super().__init__(classes="inspector pane")
        self.wanted: str | None = None

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return cast(Workspace, self.app.workspace)  # type: ignore[attr-defined]

    def gather(self, key: str, read: Callable[[], Any]) -> None:
        """Read in a worker; the reading before is not waited for."""
        self.wanted = key

        def work() -> None:
            worker = get_current_worker()
            try:
                found = read()
            except CioError:
                found = None
            if not worker.is_cancelled:
                self.post_message(self.Gathered(key, found))

        self.run_worker(work, thread=True, exclusive=True, group="gathering", exit_on_error=False)

    @on(Gathered)
    def _gathered(self, event: Gathered) -> None:
        event.stop()
        if event.key == self.wanted and event.found is not None:
            self.show_found(event.found)

    @abstractmethod
    def show_found(self, found: Any) -> None:
        """Show what a worker read for `wanted`."""

    def action_back(self) -> None:
        """Back to the list."""
        for view in self.ancestors:
            if isinstance(view, ListView):
                view.action_back()

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()

    @on(VirtualTable.SortAsked)
    def _sort_asked(self, event: VirtualTable.SortAsked) -> None:
        event.stop()
