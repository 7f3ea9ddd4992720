"""The palette: what works here, people, events, themes; by keys and by mouse."""

from textual.command import CommandList

from cio_tui.tui.views.people import PeopleView
from tests.tui.conftest import piloted, press, screen_text, settle, write


def test_an_action_of_the_view_runs_where_the_person_was(demo):
    async def flow(pilot, app):
        await press(pilot, "ctrl+p")
        await write(pilot, "follow")
        await press(pilot, "enter")
        assert app.view.following

    piloted(demo, flow)


def test_actions_of_other_views_are_not_offered(demo):
    async def flow(pilot, app):
        await press(pilot, "ctrl+p")
        await write(pilot, "suppress")
        assert "Suppress" not in screen_text(app)
        await press(pilot, "escape", "1", "ctrl+p")
        await write(pilot, "suppress")
        assert "Suppress" in screen_text(app)

    piloted(demo, flow)


def test_list_actions_move_the_list(demo):
    async def flow(pilot, app):
        await press(pilot, "colon")
        await write(pilot, "last row")
        await press(pilot, "enter")
        assert app.view.table.cursor == len(app.view.table.rows) - 1

    piloted(demo, flow)


def test_a_person_is_opened_in_people(demo):
    async def flow(pilot, app):
        await press(pilot, "ctrl+p")
        await write(pilot, "ada@shop.example")
        await press(pilot, "enter")
        assert app.view.id == "people"
        assert app.query_one(PeopleView).person.person.email == "ada@shop.example"

    piloted(demo, flow)


def test_an_event_is_opened_in_the_index(demo):
    async def flow(pilot, app):
        await press(pilot, "ctrl+p")
        await write(pilot, "order_placed")
        await press(pilot, "enter")
        assert app.view.id == "index"
        assert app.view.table.key == "event order_placed"

    piloted(demo, flow)


def test_an_event_while_the_index_shows_attributes(demo):
    async def flow(pilot, app):
        await press(pilot, "3", "t", "ctrl+p")
        await write(pilot, "order_placed")
        await press(pilot, "enter")
        assert app.view.kind == "events"
        assert app.view.table.key == "event order_placed"

    piloted(demo, flow)


def test_themes_by_keys_and_by_mouse(demo):
    async def flow(pilot, app):
        await press(pilot, "ctrl+p")
        await write(pilot, "theme: cio-light")
        await press(pilot, "enter")
        assert app.theme == "cio-light"
        await press(pilot, "ctrl+p")
        await write(pilot, "theme: nord")
        await pilot.click(CommandList, offset=(5, 1))
        await settle(pilot)
        assert app.theme == "nord"

    piloted(demo, flow)


def test_nothing_found_and_odd_letters(demo):
    demo.track("[/] [b", anonymous_id="[/]")

    async def flow(pilot, app):
        await press(pilot, "ctrl+p")
        await write(pilot, "[/] [b")
        assert "[/] [b" in screen_text(app)
        await write(pilot, "qqqq")
        assert "[b" not in screen_text(app).replace("[bqqqq", "")
        await press(pilot, "escape")

    piloted(demo, flow)
