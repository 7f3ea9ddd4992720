"""A message that is being written over the last events: verdicts, branches that none of them reached, values that they lack."""

from collections.abc import Mapping
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import TabbedContent, TabPane

from cio_tui.messages.definition import Message
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.previewing.coverage import CoverageView
from cio_tui.tui.previewing.over_events import OverEvents
from cio_tui.tui.previewing.trial import EventsTrial
from cio_tui.tui.previewing.usage import UsageView
from cio_tui.tui.screens.dialog import Dialog
from cio_tui.tui.text import plain

_TABS: Final[Mapping[str, type[OverEvents]]] = {"events": EventsTrial, "coverage": CoverageView, "usage": UsageView}


class MessageTrial(Dialog[str]):
    """It answers with the id of an event that is to be previewed."""

    SCOPED_CSS: ClassVar[bool] = False
    DEFAULT_CSS = """
    MessageTrial {
        & .frame { width: 100%; max-width: 180; height: 100%; max-height: 50; }
        & FormFoot { margin: 0; }
    }
    """

    def __init__(self, message: Message) -> None:
        super().__init__()
        self._message = message

    def compose(self) -> ComposeResult:
        """Three tabs."""
        with Vertical(classes="frame") as frame:
            frame.border_title = plain(f"{self._message.name or 'New message'} over the last events")
            with TabbedContent(initial="events"):
                for name, view in _TABS.items():
                    with TabPane(name.capitalize(), id=name):
                        yield view()
            yield FormFoot({"close": ("dialog.close", "Close")})

    def on_mount(self) -> None:
        """Every tab is about the message."""
        for view in _TABS.values():
            self.query_one(view).show(self._message)

    @on(TabbedContent.TabActivated)
    def _turned(self, event: TabbedContent.TabActivated) -> None:
        """Each is run when it is looked at."""
        event.stop()
        view = self.query_one(_TABS[self.query_one(TabbedContent).active])
        view.catch_up()
        view.table.focus()

    @on(OverEvents.Wanted)
    def _wanted(self, event: OverEvents.Wanted) -> None:
        event.stop()
        self.dismiss(event.activity_id)

    def action_close(self) -> None:
        """Stop what is under way; or close."""
        stopped = [self.query_one(view).stop() for view in _TABS.values()]
        if not any(stopped):
            self.dismiss(None)
