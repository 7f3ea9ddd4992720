"""The log on the screen: moving, filtering, sorting, following."""

from tests.tui.conftest import piloted, press, screen_text, settle, write


def test_the_log_is_shown_newest_first_with_its_entry(demo):
    async def flow(pilot, app):
        shown = screen_text(app)
        assert "workshop_booked" in shown
        assert "2024-06-10 06:13:20 held" in shown
        await press(pilot, "down", "down")
        assert "new sign up · " in screen_text(app)
        assert '"sign up date": 1717900000' in screen_text(app)

    piloted(demo, flow)


def test_filter_narrows_and_survives_sorting(demo):
    async def flow(pilot, app):
        await press(pilot, "slash")
        await write(pilot, "name:order")
        await press(pilot, "enter")
        await settle(pilot)
        assert "hidden by filter" in screen_text(app)
        count = len(app.view.table.rows)
        await press(pilot, "greater_than_sign", "equals_sign", "f", "backslash")
        assert "filter off" in screen_text(app)
        await press(pilot, "backslash")
        assert len(app.view.table.rows) == count

    piloted(demo, flow)


def test_follow_moves_only_a_cursor_on_the_newest_row(demo):
    async def flow(pilot, app):
        await press(pilot, "f", "down", "down")
        key = app.view.table.key
        demo.track("arrived", person="42", timestamp=demo.now() + 3 * 86400)
        app.look()
        await settle(pilot)
        assert app.view.table.key == key
        await press(pilot, "g")
        demo.track("arrived_too", person="42", timestamp=demo.now() + 4 * 86400)
        app.look()
        await settle(pilot)
        assert app.view.table.cursor == 0
        assert "arrived_too · " in screen_text(app)

    piloted(demo, flow)
