"""What happens around the console's life: settings are applied and the session is taken up at the start, and kept at the end.

Nothing here stops the console: what is wrong becomes a toast, and the defaults are used.
"""

import asyncio
import os
import signal
import threading
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import ContentSwitcher, Input

from cio_tui.model.errors import CioError
from cio_tui.tui.filter_line import FilterInput
from cio_tui.tui.glyphs import AsciiGlyphs
from cio_tui.tui.keymap import checked_keys
from cio_tui.tui.list_view import ListView
from cio_tui.tui.rows import Question, Sort
from cio_tui.tui.session import Session, ViewState, read_session, session_path, write_session
from cio_tui.tui.settings import Settings, read_settings, settings_path
from cio_tui.tui.text import notify_plain
from cio_tui.tui.views.activity import WHO, ActivityView
from cio_tui.tui.views.index_rows import COLUMNS as INDEX_COLUMNS

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

_GRACE = 10.0
"""Seconds to leave in an orderly way. Where the terminal is gone, what still wants to write to it can wait for ever."""

_VIEWS = {
    "people": ("cio_tui.tui.views.people", "PeopleView"),
    "activity": ("cio_tui.tui.views.activity", "ActivityView"),
    "index": ("cio_tui.tui.views.index", "IndexView"),
    "anonymous": ("cio_tui.tui.views.anonymous", "AnonymousView"),
    "segments": ("cio_tui.tui.views.segments", "SegmentsView"),
    "messages": ("cio_tui.tui.views.messages", "MessagesView"),
}
"""Module and class of each view: read when the view is made, since together they need much."""
_WHO = {"activity": tuple(WHO), "index": tuple(INDEX_COLUMNS), "messages": ("messages", "snippets")}


def session_of(app: "Console") -> Session | None:
    """What was shown last, to be taken up again."""
    try:
        return read_session(session_path(), _name(app))
    except CioError as error:
        app.call_later(_complain, app, "Starting afresh", error)
        return None


def first_view(session: Session | None) -> ListView:
    """The view that was shown last, still empty."""
    return _view(Session().view if session is None else session.view)


def start(app: "Console") -> Settings:
    """Apply the settings; those that hold."""
    settings = _settings(app)
    _apply(app, settings)
    return settings


async def add_view(app: "Console", name: str) -> None:
    """Add a view that was not shown yet, asked as it was last."""
    if app.query(f"#views > #{name}"):
        return  # it was asked for twice
    view = _view(name)
    view.display = False
    await app.query_one("#views").mount(view)
    if view.is_attached:
        take_up(app, view)


def read_views() -> None:
    """Import what the views need that were not shown yet; in a worker, so that the first switch to one does not wait for it."""
    for module, _ in _VIEWS.values():
        import_module(module)


def _view(name: str) -> ListView:
    """A view by its name. Names that are gone stand for the activity."""
    module, kind = _VIEWS.get(name, _VIEWS[Session().view])
    view: ListView = getattr(import_module(module), kind)()
    return view


def take_up(app: "Console", view: ListView) -> None:
    """Ask a view as it was asked last; the log is followed if the settings say so."""
    state = None if app.session is None else app.session.views.get(view.id or "")
    if state is not None:
        _restore_view(view, state)
    if isinstance(view, ActivityView) and app.settings.follow and not view.following:
        view.action_follow()


def keep(app: "Console") -> None:
    """Remember what is shown. A folder that cannot be written is no reason to stay."""
    if not app.query("#views"):
        return
    kept = {} if app.session is None else app.session.views
    views = {**kept, **{view.id or "": _state(view) for view in app.views}}
    shown = app.query_one("#views", ContentSwitcher).current or "activity"
    try:
        write_session(session_path(), _name(app), Session(shown, views))
    except OSError as error:
        app.log.error(f"the session was not kept: {error}")


def end_with_signals(app: "Console") -> None:
    """Leave in an orderly way when the terminal is closed or the process is told to end, unless that is to be ignored."""
    if app.is_headless:
        return
    loop = asyncio.get_running_loop()

    def end(number: int, _: object) -> None:
        if loop.is_closed():
            os._exit(128 + number)
        last = threading.Timer(_GRACE, os._exit, (128 + number,))
        last.daemon = True
        last.start()
        loop.call_soon_threadsafe(app.leave, 128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, end)


def ask_about_imports(app: "Console") -> None:
    """An import that was killed half-way is not forgotten; what imports need is loaded after the first screen."""

    def look() -> bool:
        from cio_tui.tui.importing.opening import is_any_unfinished

        return is_any_unfinished(app)

    def ask(found: bool) -> None:
        from cio_tui.tui.importing.opening import ask_about_unfinished

        ask_about_unfinished(app, found)

    app.perform(look, ask)


def _settings(app: "Console") -> Settings:
    path = settings_path()
    try:
        settings = read_settings(path)
    except CioError as error:
        _complain(app, "Settings not used", error)
        return Settings()
    if settings.theme not in app.available_themes:
        notify_plain(app, f"{path}: theme: there is no {settings.theme!r}; the palette lists them", title="Theme", failed=True)
        settings = replace(settings, theme=Settings().theme)
    try:
        return replace(settings, keys=checked_keys(settings.keys))
    except CioError as error:
        notify_plain(app, f"{path}: {error}", title="Keys not used", failed=True)
        return replace(settings, keys={})


def _apply(app: "Console", settings: Settings) -> None:
    if settings.theme != app.theme:
        app.theme = settings.theme
    app.set_class(settings.spacing == "compact", "-compact")
    if settings.glyphs == "ascii":
        use_ascii(app)
    if settings.keys:
        app.set_keymap(settings.keys)


def use_ascii(app: "App[None]") -> None:
    """Draw signs and frames with ASCII from now on."""
    app._filters.append(AsciiGlyphs())  # noqa: SLF001  # Textual has no public way to add one


def _complain(app: "Console", title: str, error: CioError) -> None:
    notify_plain(app, str(error), title=title, failed=True)


def _name(app: "Console") -> str:
    path = app.workspace.path
    return "in memory" if path is None else str(Path(path).resolve())


def _state(view: ListView) -> ViewState:
    asked = view.question
    return ViewState(
        line=asked.line,
        filtering=asked.filtering,
        sort=None if asked.sort is None else (asked.sort.column, asked.sort.descending),
        who=asked.who,
        beyond=asked.beyond,
        columns=tuple(column.name for column in getattr(view, "shown_columns", ())),
        following=isinstance(view, ActivityView) and view.following,
    )


def _restore_view(view: ListView, state: ViewState) -> None:
    who = state.who if state.who in _WHO.get(view.id or "", ()) else view.question.who
    view.ask(Question(state.line, state.filtering, view.question.sort, who, state.beyond))
    sortable = {column.name for column in view.columns if column.sortable}
    if state.sort is not None and state.sort[0] in sortable:
        view.ask(replace(view.question, sort=Sort(state.sort[0], descending=state.sort[1])))
    line = view.query_one(FilterInput)
    with line.prevent(Input.Changed):
        line.value = state.line
    chosen = tuple(column for column in view.columns if column.name in state.columns)
    if chosen:
        view.shown_columns = chosen
        view.table.show_columns(chosen)
    if isinstance(view, ActivityView) and state.following != view.following:
        view.action_follow()
