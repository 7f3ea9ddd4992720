"""The JSON editor of the send form: its problems, its keys, its colours, and another editor in its place."""

from contextlib import contextmanager

from textual.widgets import TextArea

from cio_tui.tui.screens.send import SendScreen
from tests.tui.conftest import piloted, press, screen_text, settle, write
from tests.tui.sending import form, newest, toasts


def test_a_json_problem_is_shown_with_line_and_column(demo):
    async def flow(pilot, app):
        app.send(person="135", name="fine")
        await settle(pilot)
        form(app).editor.text = '{\n  "a": 1,\n  b\n}'
        await settle(pilot)
        assert "× line 3, column 3: expecting property name" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert app.screen.focused is form(app).editor.area
        assert isinstance(app.screen, SendScreen)
        form(app).editor.text = '{"a":[1,{"b":null}]}'
        await press(pilot, "f8")
        assert form(app).editor.text == '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ]\n}'
        assert "× line" not in screen_text(app)

    piloted(demo, flow)


def test_enter_indents_and_tab_leaves(demo):
    async def flow(pilot, app):
        app.send(person="135", name="fine")
        await settle(pilot)
        area = form(app).editor.area
        form(app).editor.text = ""
        area.focus()
        await write(pilot, "{}")
        await press(pilot, "left", "enter")
        await write(pilot, '"a": [],\n"b": 1')
        assert area.text == '{\n  "a": [],\n  "b": 1\n}'
        await press(pilot, "tab")
        assert app.screen.focused is not area

    piloted(demo, flow)


def test_json_is_coloured_and_masked(demo):
    async def flow(pilot, app):
        await press(pilot, "r")
        area = form(app).editor.area
        area.load_text('{"a": "\x1b[31m\u202e"}')
        await settle(pilot)
        assert area.get_line(0).plain == '{"a": "␛[31m�"}'
        assert isinstance(area, TextArea)
        assert area.text == '{"a": "\x1b[31m\u202e"}'
        assert area.get_line(0).spans

    piloted(demo, flow)


@contextmanager
def _aside(app):
    yield


def test_the_data_is_edited_outside(demo, tmp_path, monkeypatch):
    script = tmp_path / "my editor"
    script.write_text('#!/bin/sh\nprintf \'{"edited": true}\\n\' > "$1"\n')
    script.chmod(0o755)

    async def flow(pilot, app):
        monkeypatch.setattr(type(app), "suspend", _aside)
        app.send(person="135", name="fine")
        await settle(pilot)
        monkeypatch.setenv("VISUAL", f"'{script}'")
        await press(pilot, "f4")
        assert form(app).editor.text == '{"edited": true}'
        for editor, words in (("/no/such/editor", "cannot be started"), ("false", "ended with 1"), ("'", "cannot be started")):
            monkeypatch.setenv("VISUAL", editor)
            await press(pilot, "f4")
            assert words in toasts(app)
            assert form(app).editor.text == '{"edited": true}'
        await press(pilot, "ctrl+s")
        assert newest(demo).activity.data == {"edited": True}

    piloted(demo, flow)


def test_an_editor_needs_a_terminal(demo, monkeypatch):
    async def flow(pilot, app):
        monkeypatch.setenv("EDITOR", "true")
        app.send()
        await settle(pilot)
        await press(pilot, "f4")
        assert "this terminal cannot be handed to an editor" in toasts(app)

    piloted(demo, flow)
