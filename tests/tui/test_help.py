"""Help: everything in it, what works here first, searchable; and a person's own keys."""

from cio_tui import filters
from cio_tui.tui.actions import ACTIONS
from cio_tui.tui.screens.help import sections
from tests.tui.conftest import piloted, press, screen_text, write


def test_every_action_and_every_filter_atom_is_in_it():
    shown = {row[1] for _, rows in sections([], {}) for row in rows}
    assert {action.title for action in ACTIONS} <= shown
    for name in filters.LISTS:
        assert {text for _, text in filters.help_for(name)} <= shown


def test_what_works_here_stands_first(demo):
    async def flow(pilot, app):
        await press(pilot, "4", "f1")
        text = screen_text(app)
        assert text.index("Anonymous ids") < text.index("Identify as") < text.index("What if")

    piloted(demo, flow, size=(100, 40))


def test_searching_and_scrolling(demo):
    async def flow(pilot, app):
        await press(pilot, "question_mark")
        assert "Activity" in screen_text(app)
        await press(pilot, "pagedown", "pagedown")
        assert "type to search" in screen_text(app)
        below = screen_text(app)
        await press(pilot, "up")
        assert screen_text(app) != below
        await write(pilot, "only marked")
        assert "Only marked" in screen_text(app)
        assert "Half a page" not in screen_text(app)
        await write(pilot, "zzz")
        assert "nothing about only markedzzz" in screen_text(app)
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1

    piloted(demo, flow)


def test_the_filter_language_is_searchable_by_its_title(demo):
    async def flow(pilot, app):
        await press(pilot, "f1")
        await write(pilot, "filter line of people")
        assert "attr." in screen_text(app)

    piloted(demo, flow, size=(100, 40))


def test_own_keys_are_shown():
    rows = dict(sections(["activity"], {"activity.send": "f6"})[0][1])
    assert rows["f6"] == "Send"


def test_over_a_form(demo):
    async def flow(pilot, app):
        await press(pilot, "s", "f1")
        text = screen_text(app)
        assert text.index("Forms") < text.index("Dry run")
        await press(pilot, "escape")
        assert len(app.screen_stack) == 2

    piloted(demo, flow)
