"""Sending and resending on the screen: by keys alone, by mouse alone, refused, as drafts, in the editor."""

import json
from contextlib import contextmanager

import pytest
from textual.widgets import OptionList, TextArea

from cio_tui.tui.person_picker import Hits
from cio_tui.tui.screens import send
from cio_tui.tui.screens.send import SendScreen
from cio_tui.tui.screens.send_form import SendForm
from tests.tui.conftest import piloted, press, screen_text, settle

HOSTILE = ["items[/].type [bold", "\x1b[31mred", "a\u202eb\u200b", "👩‍👩‍👧 ß", "x" * 10_000, "a\tb\nc", "]", "\\", "$x"]


def newest(workspace, line="", hidden=True):
    return max(
        (entry for entry in workspace.log.page(line, limit=10_000, hidden=hidden).entries), key=lambda one: one.position[1]
    )


def form(app):
    assert isinstance(app.screen, SendScreen)
    return app.screen.query_one(SendForm)


def toasts(app):
    return "\n".join(toast.message for toast in app._notifications)


async def write(pilot, text):
    """Type into what has the focus; settled once."""
    await pilot.press(*({" ": "space", "\n": "enter"}.get(char, char) for char in text))
    await settle(pilot)


def test_by_keys_alone_for_a_person(demo):
    async def flow(pilot, app):
        count = demo.log.last_row()
        app.send()
        await settle(pilot)
        await write(pilot, "ingrid.solberg")
        await press(pilot, "enter", "tab")
        await write(pilot, "order_pl")
        assert "order_placed" in screen_text(app)
        await press(pilot, "down", "enter", "tab", "tab")
        await write(pilot, "-2h")
        await press(pilot, "tab", "tab")
        await write(pilot, '"total": 215')
        await press(pilot, "f5")
        text = screen_text(app)
        assert "✓ accepted" in text
        assert "→ event order_placed for" in text
        assert "2024-06-10 04:13:20Z" in text
        assert demo.log.last_row() == count
        await press(pilot, "ctrl+s")
        assert not isinstance(app.screen, SendScreen)
        sent = newest(demo).activity
        assert (sent.name, sent.data, sent.timestamp) == ("order_placed", {"total": 215}, demo.now() - 7200)
        assert demo.directory.label(sent.person).startswith("ingrid.solberg")
        assert app.view.id == "activity"
        assert app.view.table.key == sent.id

    piloted(demo, flow)


def test_by_mouse_alone(demo):
    async def flow(pilot, app):
        original = newest(demo, "name:order_placed")
        app.resend(original.activity.id)
        await settle(pilot)
        await pilot.click("#owner-kind ChoiceButton:last-of-type")
        await settle(pilot)
        assert form(app).draft.owner == "invite"
        await pilot.click("#owner-kind ChoiceButton:first-of-type")
        await pilot.click("PickerInput", offset=(3, 0))
        form(app).query_one("PickerInput").value = ""
        await settle(pilot)
        await pilot.click(Hits, offset=(3, 2))
        await settle(pilot)
        chosen = form(app).draft.person
        form(app).query_one("#name").value = "order"
        await pilot.click("#name")
        await settle(pilot)
        await press(pilot, "down")
        await pilot.click(OptionList, offset=(2, 1))
        await settle(pilot)
        name = form(app).draft.name
        assert name.startswith("order")
        await pilot.click("#dry_run")
        await settle(pilot)
        assert "✓ ready" in screen_text(app)
        await pilot.click("#submit")
        await settle(pilot)
        sent = newest(demo).activity
        assert (f"cio_{sent.person}", sent.name, sent.cause) == (chosen, name, original.activity.id)

    piloted(demo, flow)


def test_the_close_button_and_the_editor_button_are_clickable(demo):
    async def flow(pilot, app):
        app.send()
        await settle(pilot)
        await pilot.click("#external_editor")
        await settle(pilot)
        assert "no editor is set: set VISUAL or EDITOR" in toasts(app)
        await pilot.click("#close")
        await settle(pilot)
        assert not isinstance(app.screen, SendScreen)

    piloted(demo, flow)


def test_resend_with_a_change_leaves_the_original(demo):
    async def flow(pilot, app):
        original = newest(demo, "name:order_placed")
        before = original.activity.to_document()
        app.resend(original.activity.id)
        await settle(pilot)
        changed = {**original.activity.data, "total": 1_000_001}
        form(app).editor.text = json.dumps(changed)
        await press(pilot, "f5")
        text = screen_text(app)
        assert "Changed from the original" in text
        assert "→ 1000001" in text
        await press(pilot, "ctrl+s")
        copy = newest(demo).activity
        assert copy.id != original.activity.id
        assert (copy.data, copy.cause, copy.person) == (changed, original.activity.id, original.activity.person)
        assert demo.log.get(original.activity.id).activity.to_document() == before

    piloted(demo, flow)


def test_r_in_the_log_opens_a_copy(demo):
    async def flow(pilot, app):
        key = app.view.table.key
        await press(pilot, "r")
        assert f"copy of {key}" in screen_text(app)
        assert form(app).draft.original == key
        await press(pilot, "escape")

    piloted(demo, flow)


def test_keeping_the_id_makes_a_duplicate(demo):
    async def flow(pilot, app):
        original = newest(demo, "name:order_placed")
        count = demo.log.last_row()
        app.resend(original.activity.id)
        await settle(pilot)
        form(app).query_one("#id").value = original.activity.id
        await press(pilot, "f5")
        assert "a duplicate: it would be dropped" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert demo.log.last_row() == count
        assert demo.log.get(original.activity.id).activity.duplicates == original.activity.duplicates + 1
        assert app.view.table.key == original.activity.id

    piloted(demo, flow)


def test_refused_input_stays_in_the_form(demo):
    async def flow(pilot, app):
        app.send(person="135", name="x" * 101)
        await settle(pilot)
        await press(pilot, "ctrl+s")
        text = screen_text(app)
        assert "× the event name is 101 bytes long" in text
        assert app.screen.focused.id == "name"
        assert newest(demo).activity.type == "failed_event"
        form(app).query_one("#name").value = ""
        count = demo.log.last_row()
        await press(pilot, "ctrl+s")
        assert "× an event needs a name" in screen_text(app)
        form(app).query_one("#name").value = "fine"
        form(app).query_one("PickerInput").value = "nobody@nowhere"
        await press(pilot, "ctrl+s")
        assert "person nobody@nowhere was not" in screen_text(app)
        assert demo.log.last_row() == count + 1
        assert form(app).draft.name == "fine"

    piloted(demo, flow)


def test_a_timestamp_in_words_is_resolved_or_refused(demo):
    async def flow(pilot, app):
        app.send(person="135", name="fine")
        await settle(pilot)
        stamp = form(app).query_one("#timestamp")
        stamp.value = "1717900000"
        await settle(pilot)
        assert "2024-06-09 02:26:40Z" in screen_text(app)
        stamp.value = "soon"
        await settle(pilot)
        assert "× not a time" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert "write Unix seconds" in screen_text(app)
        assert app.screen.focused is stamp

    piloted(demo, flow)


def test_dry_runs_write_nothing(demo, monkeypatch):
    monkeypatch.setattr(send, "PAUSE", 0.01)

    async def flow(pilot, app):
        before = demo.digest()
        await press(pilot, "r")
        form(app).query_one("#name").value = "another"
        await pilot.pause(0.05)
        await settle(pilot)
        assert "first time: no event of this name" in screen_text(app).replace("\n", " ")
        await press(pilot, "f5", "escape")
        assert demo.digest() == before

    piloted(demo, flow)


def test_a_draft_is_kept_restored_and_dropped(demo):
    async def flow(pilot, app):
        app.send()
        await settle(pilot)
        form(app).query_one("#name").value = "half_written"
        form(app).editor.text = '{"half": '
        await press(pilot, "escape")
        assert "the draft is kept" in toasts(app)
        app.send(person="135")
        await settle(pilot)
        assert "draft restored" in screen_text(app)
        assert "starts empty" in screen_text(app)
        draft = form(app).draft
        assert (draft.name, draft.data) == ("half_written", '{"half": ')
        assert draft.person.startswith("cio_")
        await press(pilot, "ctrl+n")
        assert form(app).draft == app.screen.initial
        assert "draft restored" not in screen_text(app)
        await press(pilot, "escape")
        assert app.drafts.kept == {}

    piloted(demo, flow)


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


@pytest.mark.parametrize("size", [(80, 24), (60, 14), (140, 40)])
def test_every_size_can_be_used(demo, size):
    async def flow(pilot, app):
        await press(pilot, "r", "f5")
        assert "Send ^s" in screen_text(app)
        await press(pilot, "tab")
        assert "Would do" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert not isinstance(app.screen, SendScreen)

    piloted(demo, flow, size)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_crashes_nothing(demo, text):
    demo.track(text[:90], person="135", data={text: text, "deep": [{text: [text]}]}, timestamp=demo.now())
    sent = newest(demo)

    async def flow(pilot, app):
        app.resend(sent.activity.id)
        await settle(pilot)
        assert form(app).draft.name == sent.activity.name
        await press(pilot, "f5")
        assert "\x1b" not in screen_text(app)
        await press(pilot, "ctrl+s")
        if sent.activity.is_event:
            copy = newest(demo).activity
            assert (copy.name, copy.data, copy.cause) == (sent.activity.name, sent.activity.data, sent.activity.id)
            app.send()
            await settle(pilot)
        for name in ("#name", "#timestamp", "#id", "#anonymous", "#invite", "PickerInput"):
            form(app).query_one(name).value = text
        form(app).query_one("#name").focus()
        await press(pilot, "down")
        form(app).editor.text = text
        for _ in range(3):
            await press(pilot, "f5", "ctrl+s")
            form(app).query_one("#owner-kind").focus()
            await press(pilot, "right")
        assert "\x1b" not in screen_text(app)
        await press(pilot, "escape")
        app.send()
        await settle(pilot)
        assert form(app).draft.timestamp == text.split("\n")[0] or form(app).draft.timestamp == text

    piloted(demo, flow)


def test_what_is_no_event_cannot_be_sent_again(demo):
    async def flow(pilot, app):
        change = newest(demo, "type:attribute_change")
        app.resend(change.activity.id)
        await settle(pilot)
        assert not isinstance(app.screen, SendScreen)
        assert "only events, pages and screens" in toasts(app)

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


def test_an_anonymous_id_and_an_invite(demo):
    async def flow(pilot, app):
        app.push_screen(SendScreen(anonymous="anon-9", name="seen"), app._sent)
        await settle(pilot)
        assert form(app).draft.owner == "anonymous"
        await press(pilot, "ctrl+s")
        assert newest(demo).activity.anonymous_id == "anon-9"
        app.send(name="invited")
        await settle(pilot)
        form(app).query_one("#owner-kind").focus()
        await press(pilot, "right", "right", "tab")
        await write(pilot, "new@example.com")
        await press(pilot, "ctrl+s")
        assert newest(demo).activity.data == {"recipient": "new@example.com"}

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
