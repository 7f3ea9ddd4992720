"""The console: views over one workspace. It turns keys into verbs and shows what comes back."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import Provider
from textual.widgets import ContentSwitcher

from cio_tui.model.errors import CioError
from cio_tui.model.receipts import Receipt
from cio_tui.tui.actions import CONTEXTS, actions_of, bindings
from cio_tui.tui.key_line import KeyLine
from cio_tui.tui.list_view import ListView
from cio_tui.tui.sending.drafts import Drafts
from cio_tui.tui.session import Session
from cio_tui.tui.settings import Settings
from cio_tui.tui.starting import (
    add_view,
    ask_about_imports,
    end_with_signals,
    first_view,
    keep,
    read_views,
    session_of,
    start,
    take_up,
)
from cio_tui.tui.theme import THEMES
from cio_tui.tui.top_bar import ClockSign, TopBar, ViewName
from cio_tui.tui.verb_app import VerbApp
from cio_tui.tui.views.activity_inspector import ActivityInspector
from cio_tui.workspace import Workspace
from cio_tui.workspace.index_reader import EventRow

LOOK_SECONDS = 0.25
"""How often the console looks whether anybody wrote."""
TIME_SECONDS = 1
"""How often a live workspace is asked to handle what has fallen due: nobody else does while nothing is written."""


def _actions() -> type[Provider]:
    from cio_tui.tui.palette import ActionCommands

    return ActionCommands


def _data() -> type[Provider]:
    from cio_tui.tui.palette import DataCommands

    return DataCommands


class Console(VerbApp):
    """The app."""

    TITLE = "cio_tui"
    CSS_PATH = "console.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("console")
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # Textual's own declaration
        (0, "-narrow"),
        (100, "-medium"),
        (140, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-short"),
        (20, "-tall"),
    ]
    COMMANDS: ClassVar = {_actions, _data}

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.drafts = Drafts()
        self.settings = Settings()
        self.session: Session | None = None
        self._adding = False
        self._leaving: int | None = None
        self._version = workspace.database.storage.data_version()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "cio-dark"

    def compose(self) -> ComposeResult:
        """The line of views, the view that was shown last, the keys. Each other view comes when it is first shown."""
        self.session = session_of(self)
        view = first_view(self.session)
        yield TopBar()
        with ContentSwitcher(initial=view.id, id="views"):
            yield view
        yield KeyLine()

    def on_mount(self) -> None:
        """Say where and when we are, and begin to look for changes."""
        self.settings = start(self)
        take_up(self, self.view)
        self.show_view(self.view.id or "")
        self.say_clock()
        end_with_signals(self)
        self.call_after_refresh(self._started)
        self.set_interval(LOOK_SECONDS, self.look)
        self.set_interval(TIME_SECONDS, self._pass_time)

    def _started(self) -> None:
        self.run_worker(read_views, thread=True, group="views", exit_on_error=False)
        ask_about_imports(self)

    @property
    def views(self) -> list[ListView]:
        """The views that are there: those that were shown."""
        return [view for view in self.query_one("#views").children if isinstance(view, ListView) and view.is_mounted]

    @property
    def view(self) -> ListView:
        """The view that is shown."""
        return cast(ListView, self.query_one("#views", ContentSwitcher).visible_content)

    def show_view(self, name: str, then: Callable[[Any], None] | None = None) -> None:
        """Show a view, with the focus in its list, and then do something with it.

        One that was not shown yet is made first; keys that are pressed meanwhile wait.
        """
        if name not in {view.id for view in self.views}:
            self.call_next(self._add_view, name, then)
            return
        self.query_one("#views", ContentSwitcher).current = name
        self.query_one(TopBar).show_view(name)
        self.view.catch_up()
        self.view.screen.set_focus(self.view.table)  # at once: the next key is for this view
        if then is not None:
            then(self.view)

    async def _add_view(self, name: str, then: Callable[[Any], None] | None) -> None:
        self._adding = True
        await add_view(self, name)
        self._adding = False
        if self._leaving is not None:
            self.exit(return_code=self._leaving)
        elif self.query_one_optional(TopBar) is not None:  # the console was not closed meanwhile
            self.show_view(name, then)

    def action_view(self, name: str) -> None:
        """Show a view."""
        self.show_view(name)

    @on(ViewName.Clicked)
    def _view_clicked(self, event: ViewName.Clicked) -> None:
        self.show_view(event.view)

    def send(self, *, person: str | None = None, name: str | None = None, anonymous: str | None = None) -> None:
        """Open the form that sends an event, filled with what is known."""
        from cio_tui.tui.screens.send import SendScreen

        self.push_screen(SendScreen(person=person, name=name, anonymous=anonymous), self._sent)

    def resend(self, activity_id: str) -> None:
        """Open the same form with a copy of an event."""
        from cio_tui.tui.screens.send import SendScreen

        self.push_screen(SendScreen(original=self.workspace.log.get(activity_id)), self._sent)

    def _sent(self, receipt: Receipt | None) -> None:
        if receipt is not None and receipt.ok:
            self.say_receipt(receipt)
            if receipt.id is not None:
                self.go_to_activity(receipt.id)

    def go_to_person(self, cio_id: str) -> None:
        """Show a person."""
        self.show_view("people", lambda view: view.go_to(cio_id))

    def go_to_event(self, row: EventRow) -> None:
        """Show an event of the data index."""
        self.show_view("index", lambda view: view.go_to(row))

    def go_to_segment(self, number: int, person: str | None = None) -> None:
        """Show a segment; with a cio_id, why that person is in it or is not."""
        self.show_view("segments", lambda view: view.go_to(number, person))

    def go_to_message(self, number: int) -> None:
        """Show a message."""
        self.show_view("messages", lambda view: view.go_to_message(number))

    def action_help(self) -> None:
        """All keys, those of the focused part first; help has no help of its own, and jumping has its letters."""
        from cio_tui.tui.screens.help import HelpScreen
        from cio_tui.tui.screens.jump import JumpScreen

        if not isinstance(self.screen, HelpScreen | JumpScreen):
            self.push_screen(HelpScreen(self.focused_contexts(), self.settings.keys))

    def focused_contexts(self) -> list[str]:
        """The contexts whose keys work now, the innermost first."""
        known = {active.binding.id for active in self.screen.active_bindings.values()}
        return [context for context in reversed(list(CONTEXTS)) if any(action.id in known for action in actions_of(context))]

    def action_jump(self) -> None:
        """A letter on everything that can have the focus; nothing where that is nothing."""
        from cio_tui.tui.screens.jump import JumpScreen

        targets = [widget for widget in self.screen.focus_chain if widget.region]
        if targets:
            self.push_screen(JumpScreen(targets), lambda widget: None if widget is None else widget.focus())

    @on(ClockSign.Clicked)
    def action_clock(self) -> None:
        """Hold, move or release the clock."""
        from cio_tui.tui.screens.clock import ClockScreen

        if not isinstance(self.screen, ClockScreen):
            self.push_screen(ClockScreen())

    def action_import(self) -> None:
        """Import a CSV."""
        from cio_tui.tui.importing.opening import open_wizard

        open_wizard(self)

    def action_imports(self) -> None:
        """The imports that were made."""
        from cio_tui.tui.screens.import_records import ImportRecordsScreen

        self.push_screen(ImportRecordsScreen())

    def on_paste(self, event: events.Paste) -> None:
        """A file that is dropped on the terminal comes as its path."""
        from cio_tui.tui.importing.opening import open_pasted

        open_pasted(self, event.text)

    def action_notifications(self) -> None:
        """The toasts that were shown."""
        from cio_tui.tui.screens.notifications import NotificationsScreen

        self.push_screen(NotificationsScreen(self.said))

    def say_clock(self) -> None:
        """The workspace and its clock, in the first line."""
        path = self.workspace.path
        name = "in memory" if path is None else Path(path).name
        self.query_one(TopBar).show_workspace(name, self.workspace.now(), self.workspace.settings().mode)

    def look(self) -> None:
        """Did anybody write, or is the clock running? Microseconds when nothing happened."""
        if not self.is_running or self.query_one_optional(TopBar) is None:
            return
        version = self.workspace.database.storage.data_version()
        if version != self._version:
            self._version = version
            self.say_clock()
            for view in self.views:
                view.behind = True
            self.view.catch_up()
        elif self.workspace.settings().mode == "live":
            self.say_clock()

    def _pass_time(self) -> None:
        """Who enters or leaves a segment because time passes does so while one looks on."""
        if self.workspace.settings().mode == "live" and not any(one.group == "time" for one in self.workers):
            self.run_worker(self._time_passed, thread=True, group="time", exit_on_error=False)

    def _time_passed(self) -> None:
        with suppress(CioError):  # another process is writing: the next time will do
            self.workspace.engine.pass_time()

    @on(ActivityInspector.Wanted)
    def _wanted(self, event: ActivityInspector.Wanted) -> None:
        self.go_to_activity(event.activity_id)

    def go_to_activity(self, activity_id: str) -> None:
        """Show an entry of the log."""
        self.show_view("activity", lambda view: view.go_to(activity_id))

    def leave(self, code: int = 0) -> None:
        """Leave, and remember how things stood; a view that is just being added is let finish."""
        self._leaving = code
        if not self._adding:
            self.exit(return_code=code)

    def exit(self, *answer: Any, **options: Any) -> None:
        """Whatever ends the console, how things stood is remembered once."""
        if not self._exit:
            keep(self)
        super().exit(*answer, **options)

    async def action_quit(self) -> None:
        """Leave."""
        self.leave()

    def action_zoom(self) -> None:
        """The list or the inspector alone, and both again."""
        self.view.toggle_class("-zoomed")

    def action_redraw(self) -> None:
        """Draw the screen anew."""
        self.refresh(layout=True)
