"""Sending on the screen: by keys alone, by mouse alone, for everyone, at every size."""

import pytest
from textual.widgets import OptionList

from cio_tui.tui.person_picker import Hits
from cio_tui.tui.screens.send import SendScreen
from tests.tui.conftest import piloted, press, screen_text, settle, write
from tests.tui.sending import button, form, newest, toasts


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
        await pilot.click(button(app, "dry_run"))
        await settle(pilot)
        assert "✓ ready" in screen_text(app)
        await pilot.click(button(app, "submit"))
        await settle(pilot)
        sent = newest(demo).activity
        assert (f"cio_{sent.person}", sent.name, sent.cause) == (chosen, name, original.activity.id)

    piloted(demo, flow)


def test_the_close_button_and_the_editor_button_are_clickable(demo):
    async def flow(pilot, app):
        app.send()
        await settle(pilot)
        await pilot.click(button(app, "external_editor"))
        await settle(pilot)
        assert "no editor is set: set VISUAL or EDITOR" in toasts(app)
        await pilot.click(button(app, "close"))
        await settle(pilot)
        assert not isinstance(app.screen, SendScreen)

    piloted(demo, flow)


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
def test_a_long_answer_is_read_to_its_end(demo, size):
    """It has lines of its own: the buttons leave no room beside them."""

    async def flow(pilot, app):
        app.send(person="135", name="fine")
        await settle(pilot)
        form(app).query_one("#timestamp").value = "soon"
        await press(pilot, "ctrl+s")
        foot = "".join(line.strip("│ ") + " " for line in screen_text(app).splitlines()[-4:-1])
        assert "'soon' is not a time; write Unix seconds, 2024-06-10T06:13:20Z, or -2h for two hours ago" in foot
        assert "Send ^s" in foot
        assert "Preview f6" in foot

    piloted(demo, flow, size=size)


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
