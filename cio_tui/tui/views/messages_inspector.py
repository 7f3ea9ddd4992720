"""One message: what it becomes for a person and an event, what is wrong, over many events, and as it was. Or one snippet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message as Posted
from textual.widgets import Label, TabbedContent, TabPane

from cio_tui.model.instants import format_instant
from cio_tui.tui.actions import bindings
from cio_tui.tui.liquid_area import LiquidArea
from cio_tui.tui.list_view import ListView
from cio_tui.tui.person_picker import PersonPicker
from cio_tui.tui.previewing.coverage import CoverageView
from cio_tui.tui.previewing.newest import Newest
from cio_tui.tui.previewing.over_events import OverEvents
from cio_tui.tui.previewing.panel import PreviewPanel
from cio_tui.tui.previewing.problems import ProblemsView
from cio_tui.tui.previewing.shown import Asked, Told
from cio_tui.tui.previewing.stepping import EventLine, Sought
from cio_tui.tui.previewing.trial import EventsTrial
from cio_tui.tui.previewing.usage import UsageView
from cio_tui.tui.previewing.versions import VersionsView
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible
from cio_tui.tui.views.facts import Facts
from cio_tui.tui.views.messages_rows import MessageRow, SnippetRow
from cio_tui.workspace import Workspace
from cio_tui.workspace.message_book import Snippet

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

TABS: Final = ("preview", "problems", "events", "coverage", "usage", "versions")
_RUN: Final[tuple[type[OverEvents], ...]] = (EventsTrial, CoverageView, UsageView)
"""The tabs that try the message on events; each runs when it is looked at."""


class MessageInspector(Vertical):
    """The inspector. The person who was chosen stays when another message is looked at."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("message")
    SCOPED_CSS: ClassVar[bool] = False  # or else no rule could begin with the screen
    DEFAULT_CSS = """
    MessageInspector {
        & .whom { height: auto; padding: 0 1; & Label { width: 5; color: $text-muted; } }
        & .message { height: 1fr; }
        & .snippet { height: 1fr; display: none; }
        &.-snippet .message { display: none; }
        &.-snippet .snippet { display: block; }
        &.-without-event EventLine { display: none; }
        & Tab { padding: 0 1 0 0; }
    }
    """

    def __init__(self) -> None:
        super().__init__(classes="inspector pane")
        self.row: MessageRow | SnippetRow | None = None
        self._readers: Newest[Snippet, str] = Newest(self, "readers", self._read_by, self._tell_readers)

    def compose(self) -> ComposeResult:
        """Whom and which event, the tabs; or the snippet."""
        with Vertical(classes="message"):
            with Horizontal(classes="whom"):
                yield Label("for")
                yield PersonPicker(id="whom")
            yield EventLine()
            with TabbedContent(initial="preview"):
                with TabPane("Preview", id="preview"):
                    yield PreviewPanel()
                with TabPane("Problems", id="problems"):
                    yield ProblemsView()
                with TabPane("Events", id="events"):
                    yield EventsTrial()
                with TabPane("Coverage", id="coverage"):
                    yield CoverageView()
                with TabPane("Usage", id="usage"):
                    yield UsageView()
                with TabPane("Versions", id="versions"):
                    yield VersionsView()
        with Vertical(classes="snippet"):
            yield Facts()
            yield LiquidArea(classes="snippet-text")

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return cast("Console", self.app).workspace

    @property
    def picker(self) -> PersonPicker:
        """For whom."""
        return self.query_one(PersonPicker)

    @property
    def line(self) -> EventLine:
        """Which event."""
        return self.query_one(EventLine)

    @property
    def panel(self) -> PreviewPanel:
        """The rendering."""
        return self.query_one(PreviewPanel)

    @property
    def event_id(self) -> str | None:
        """The event that it is previewed with."""
        entry = self.line.entry
        return None if entry is None or self.has_class("-without-event") else entry.activity.id

    @property
    def active(self) -> str:
        """The tab that is shown."""
        return self.query_one(TabbedContent).active

    def show(self, row: MessageRow | SnippetRow | None) -> None:
        """Show a message, a snippet, or nothing."""
        self.row = row
        self.set_class(row is None, "-nothing")
        self.set_class(isinstance(row, SnippetRow), "-snippet")
        if isinstance(row, SnippetRow):
            self._show_snippet(row)
        elif row is not None:
            self._show_message(row)
        else:
            self.border_title = plain("")

    def _show_snippet(self, row: SnippetRow) -> None:
        one = row.snippet
        self.border_title = plain(one.name)
        self._show_facts(one, "…")
        self._readers.ask(one)
        area = self.query_one(".snippet-text", LiquidArea)
        if area.text != one.text:
            area.load_text(one.text)

    def _show_facts(self, one: Snippet, readers: str) -> None:
        facts = [("bytes", f"{len(one.text.encode()):,}"), ("saved", format_instant(one.updated_at)), ("read by", readers)]
        self.query_one(".snippet Facts", Facts).show(facts)

    def _read_by(self, one: Snippet) -> str:
        return ", ".join(self.workspace.previews.readers().snippets.get(one.name, ())) or "no message"

    def _tell_readers(self, one: Snippet, found: str | None) -> None:
        if isinstance(self.row, SnippetRow) and self.row.snippet == one and found is not None:
            self._show_facts(one, visible(found))

    def _show_message(self, row: MessageRow) -> None:
        message = row.saved.message
        self.border_title = plain(row.saved.name)
        self.set_class(message.trigger != "event", "-without-event")
        for view in _RUN:
            self.query_one(view).show(message)
        self.query_one(VersionsView).show(row.saved.number)
        self._run_shown()
        self._seek()

    def _seek(self, at: str | None = None) -> None:
        row = self.row
        if not isinstance(row, MessageRow):
            return
        if row.saved.message.trigger == "event":
            self.line.seek(Sought(row.saved.message.event, self._person, at))
        else:
            self._preview()

    @property
    def _person(self) -> str | None:
        chosen = self.picker.chosen
        return None if chosen is None else chosen.person.cio_id

    def _preview(self) -> None:
        row, entry = self.row, self.line.entry
        if not isinstance(row, MessageRow):
            return
        message = row.saved.message
        if message.trigger != "event" or entry is None:
            self.panel.ask(Asked(message, self._person))
        else:
            self.panel.ask(Asked(message, self._person or entry.activity.person, event=entry.activity.id))

    @on(EventLine.Chosen)
    def _event_chosen(self, event: EventLine.Chosen) -> None:
        event.stop()
        self._preview()

    @on(PersonPicker.Chosen)
    @on(PersonPicker.Cleared)
    def _person_chosen(self, event: Posted) -> None:
        event.stop()
        self._seek()
        if isinstance(event, PersonPicker.Chosen):
            self.take_focus()

    def step(self, step: int) -> None:
        """Preview with a later event, or with an earlier one: -1."""
        self.line.step(step)

    @on(PreviewPanel.Answered)
    def _answered(self, event: PreviewPanel.Answered) -> None:
        event.stop()
        problems: Sequence[Told] = event.shown.problems
        self.query_one(ProblemsView).show(problems)
        count = sum(told.severity != "note" for told in problems)
        self.query_one(TabbedContent).get_tab("problems").label = Content(f"Problems {count}" if count else "Problems")

    @on(OverEvents.Wanted)
    def _event_wanted(self, event: OverEvents.Wanted) -> None:
        """Preview that event."""
        event.stop()
        self.show_tab("preview")
        self.take_focus()
        self._seek(event.activity_id)

    @on(TabbedContent.TabActivated)
    def _turned(self, event: TabbedContent.TabActivated) -> None:
        event.stop()
        self._run_shown()

    def _run_shown(self) -> None:
        for view in _RUN:
            if self.active == view.NAME:
                self.query_one(view).catch_up()

    def show_tab(self, name: str) -> None:
        """Show a tab."""
        self.query_one(TabbedContent).active = name

    def take_focus(self) -> None:
        """Go to what the shown tab holds."""
        if self.has_class("-snippet"):
            self.query_one(".snippet-text", LiquidArea).focus()
        elif self.active == "preview":
            self.screen.set_focus(self.panel.body)
        else:
            self.screen.set_focus(self.query_one(f"#{self.active} VirtualTable", VirtualTable))

    def action_tab(self, step: int) -> None:
        """The next tab, or the one before; the focus goes along at once, before Textual looks for another place for it."""
        if not self.has_class("-snippet"):
            self.show_tab(TABS[(TABS.index(self.active) + step) % len(TABS)])
            self.take_focus()

    def action_back(self) -> None:
        """Stop what is under way; or go back to the list."""
        stopped = [self.query_one(view).stop() for view in _RUN]
        if not any(stopped):
            self.query_ancestor(ListView).action_back()  # type: ignore[type-abstract]

    @on(VirtualTable.Highlighted)
    @on(VirtualTable.Chosen)
    @on(VirtualTable.SortAsked)
    def _of_a_tab(self, event: Posted) -> None:
        event.stop()
