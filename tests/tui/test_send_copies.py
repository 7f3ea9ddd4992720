"""Copies of what was sent: changed, unchanged, under the same id, and what cannot be sent again."""

import json

from cio_tui.tui.screens.send import SendScreen
from tests.tui.conftest import piloted, press, screen_text, settle
from tests.tui.sending import form, newest, toasts


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
        copy = newest(demo, "name:order_placed").activity
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


def test_what_is_no_event_cannot_be_sent_again(demo):
    async def flow(pilot, app):
        change = newest(demo, "type:attribute_change")
        app.resend(change.activity.id)
        await settle(pilot)
        assert not isinstance(app.screen, SendScreen)
        assert "only events, pages and screens" in toasts(app)

    piloted(demo, flow)
