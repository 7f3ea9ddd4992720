"""The session: what was shown is shown again; a broken file is said and ignored."""

import asyncio
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

import pytest

from cio_tui.tui.app import Console
from cio_tui.tui.filter_line import FilterInput
from cio_tui.tui.rows import Sort
from cio_tui.tui.session import Session, SessionError, ViewState, read_session, session_path, write_session
from tests.tui.conftest import piloted, press, settle

STATE = ViewState("type:event", False, ("name", True), "anonymous", True, ("name",), True)


def test_there_and_back(tmp_path):
    path = tmp_path / "deep" / "session.json"
    write_session(path, "/a.cio", Session("people", {"activity": STATE}))
    write_session(path, "/b.cio", Session())
    assert read_session(path, "/a.cio") == Session("people", {"activity": STATE})
    assert read_session(path, "/b.cio") == Session()
    assert read_session(path, "/c.cio") is None


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"/a": {}}', '{"/a": {"view": 3, "views": {}}}', '{"/a": {"view": "x", "views": {"y": {"line": 3}}}}']
)
def test_a_broken_file_is_an_error(tmp_path, text):
    path = tmp_path / "session.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SessionError):
        read_session(path, "/a")


def leave(demo):
    """Use a console, and leave it by its key."""

    async def flow(pilot, app: Console):
        await press(pilot, "slash", *"name:order*", "enter", "w", "b", "f")
        await press(pilot, "right", "right", "right", "equals_sign", "equals_sign")
        await press(pilot, "3", "t", "slash", *"plan", "enter")
        await press(pilot, "1", "c", "down", "space", "ctrl+s")
        await pilot.press("ctrl+q")

    piloted(demo, flow)


def test_what_was_left_is_shown_again(demo):
    leave(demo)

    async def flow(pilot, app: Console):
        assert app.view.id == "people"
        assert [column.name for column in app.view.table.columns] == ["id", "events", "last"]
        assert [view.id for view in app.views] == ["people"]
        await press(pilot, "3")
        index = app.view
        assert (index.kind, index.question.line, index.list_name) == ("attributes", "plan", "attributes")
        assert [index.table.rows.key(place) for place in range(len(index.table.rows))] == ["plan"]
        await press(pilot, "2")
        question = app.view.question
        assert (question.line, question.filtering, question.who, question.beyond) == ("name:order*", True, "identified", True)
        assert question.sort == Sort("name", descending=False)
        assert app.view.following
        assert app.view.query_one("FilterInput").value == "name:order*"
        assert not app.said

    piloted(demo, flow)


def test_no_clock_and_no_data_but_the_lines_are_kept(demo):
    leave(demo)
    [state] = json.loads(session_path().read_text(encoding="utf-8")).values()
    assert set(state) == {"view", "views"}
    assert set(state["views"]) == {"people", "activity", "index"}


def test_a_view_that_is_not_shown_keeps_how_it_was_asked(demo):
    leave(demo)
    before = read_session(session_path(), str(demo.path.resolve()))

    async def flow(pilot, app: Console):
        assert [view.id for view in app.views] == ["people"]
        await pilot.press("ctrl+q")

    piloted(demo, flow)
    assert read_session(session_path(), str(demo.path.resolve())) == before


def test_a_view_is_made_when_it_is_first_shown(demo):
    async def flow(pilot, app: Console):
        assert [view.id for view in app.views] == ["activity"]
        app.show_view("segments")
        app.show_view("people")
        app.show_view("segments")
        await settle(pilot)
        assert app.view.id == "segments"
        assert app.focused is app.view.table
        assert [view.id for view in app.views] == ["activity", "segments", "people"]
        await press(pilot, "2", "5", "1")
        assert [view.id for view in app.views] == ["activity", "segments", "people"]

    piloted(demo, flow)


def test_a_broken_file_is_said_and_ignored(demo):
    session_path().parent.mkdir(parents=True, exist_ok=True)
    session_path().write_text("{nonsense", encoding="utf-8")

    async def flow(pilot, app):
        assert app.view.id == "activity"
        assert "cannot be read" in app.said[0].message

    piloted(demo, flow)


def test_names_that_are_gone_are_ignored(demo):
    state = ViewState(sort=("gone", True), who="nobody", columns=("gone",))
    write_session(session_path(), str(demo.path.resolve()), Session("gone", {"activity": state, "gone": state}))

    async def flow(pilot, app):
        assert app.view.id == "activity"
        assert app.view.question.who == "all"
        assert app.view.table.columns
        await settle(pilot)

    piloted(demo, flow)


def test_a_folder_that_cannot_be_written_does_not_keep_anybody(demo):
    session_path().parent.parent.mkdir(parents=True, exist_ok=True)
    session_path().parent.write_text("a file where the folder should be", encoding="utf-8")

    async def flow(pilot, app):
        await pilot.press("ctrl+q")
        assert app._exit

    piloted(demo, flow)


def test_it_is_kept_once_however_the_console_is_left(demo, monkeypatch):
    kept = []
    monkeypatch.setattr("cio_tui.tui.app.keep", kept.append)

    async def flow(pilot, app):
        app.exit()
        app.exit(return_code=3)
        assert kept == [app]
        assert app.return_code == 3

    piloted(demo, flow)


def test_a_key_that_is_pressed_while_a_view_is_made_is_for_that_view(demo):
    async def flow(pilot, app: Console):
        app.simulate_key("5")
        while not app._adding:
            await asyncio.sleep(0)
        app.simulate_key("slash")
        await settle(pilot)
        assert app.view.id == "segments"
        assert app.focused is app.view.query_one(FilterInput)

    piloted(demo, flow)


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_it_is_kept_when_the_process_is_told_to_end(demo_file, tmp_path, name):
    import pty

    path = tmp_path / "demo.cio"
    shutil.copy(demo_file, path)
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    program = [sys.executable, "-c", "from cio_tui.cli import main; main()", "-w", str(path)]
    child = subprocess.Popen(program, stdin=slave, stdout=slave, stderr=slave, env=environment, close_fds=True)
    os.close(slave)
    try:
        seen = b""
        while b"workshop_booked" not in seen and select.select([master], [], [], 30)[0]:
            seen += os.read(master, 65536)
        assert not session_path().exists()
        child.send_signal(getattr(signal, name))
        if name == "SIGHUP":
            os.close(master)  # the terminal is gone, too
        else:
            while child.poll() is None and select.select([master], [], [], 30)[0]:
                with suppress(OSError):
                    seen += os.read(master, 65536)
            assert b"\x1b[?1049l" in seen  # the terminal was given back
        assert child.wait(timeout=30) == 128 + getattr(signal, name)
        assert read_session(session_path(), str(path.resolve())).view == "activity"
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
        with suppress(OSError):
            os.close(master)


STUCK = """
import asyncio, threading
from cio_tui.tui import starting
class App:
    is_headless = False
    def leave(self, code): pass
async def run():
    starting.end_with_signals(App())
    print("ready", flush=True)
    threading.Event().wait()
starting._GRACE = 0.01
asyncio.run(run())
"""


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
def test_it_ends_when_nothing_else_moves():
    """A terminal that is gone keeps whoever writes to it waiting: the process must not stay behind for ever."""
    child = subprocess.Popen([sys.executable, "-c", STUCK], stdout=subprocess.PIPE)
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        child.terminate()
        assert child.wait(timeout=30) == 128 + signal.SIGTERM
