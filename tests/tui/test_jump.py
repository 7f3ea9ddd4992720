"""Jump mode: a letter on everything that takes the focus."""

import pytest

from cio_tui.tui.filter_line import FilterInput
from cio_tui.tui.screens.help import HelpScreen
from cio_tui.tui.screens.jump import JumpScreen, Letter
from tests.tui.conftest import piloted, press, settle


def test_by_key(demo):
    async def flow(pilot, app):
        await press(pilot, "ctrl+o")
        assert isinstance(app.screen, JumpScreen)
        assert len(app.screen.query(Letter)) >= 4
        await press(pilot, "a")
        assert isinstance(app.focused, FilterInput)

    piloted(demo, flow)


def test_by_mouse(demo):
    async def flow(pilot, app):
        await press(pilot, "ctrl+o")
        letter = app.screen.query(Letter)[0]
        assert (letter.region.x, letter.region.y) == (app.view.query_one(FilterInput).region.x, 2)
        await pilot.click(offset=(letter.region.x + 1, letter.region.y))
        await settle(pilot)
        assert isinstance(app.focused, FilterInput)

    piloted(demo, flow)


def test_leaving_without_a_choice(demo):
    async def flow(pilot, app):
        await press(pilot, "ctrl+o", "escape")
        assert app.focused is app.view.table
        await press(pilot, "ctrl+o")
        await pilot.click(offset=(50, 28))
        await settle(pilot)
        assert len(app.screen_stack) == 1

    piloted(demo, flow)


def test_over_a_form(demo):
    async def flow(pilot, app):
        await press(pilot, "s", "ctrl+o")
        letters = app.screen.query(Letter)
        assert len(letters) > 6
        before = app.screen_stack[-2].focused
        await press(pilot, "g")
        assert len(app.screen_stack) == 2
        assert app.focused is not before

    piloted(demo, flow)


@pytest.mark.parametrize("key", ["ctrl+t", "x", "c", "y", "f2", "f1"])
def test_help_and_jump_in_dialogs_open_once(demo, key):
    async def flow(pilot, app):
        await press(pilot, key)
        dialog = app.screen
        await press(pilot, "f2", "ctrl+o", "ctrl+o", "f1", "f2")
        assert isinstance(app.screen, JumpScreen)
        assert len(app.screen_stack) == 3
        await press(pilot, "escape", "f1", "f1", "f2")
        assert isinstance(app.screen, HelpScreen)
        assert len(app.screen_stack) == (2 if key == "f1" else 3)
        await press(pilot, *([] if key == "f1" else ["escape"]))
        assert app.screen is dialog

    piloted(demo, flow)


def test_in_a_dialog_a_letter_goes_to_its_place(demo):
    async def flow(pilot, app):
        await press(pilot, "ctrl+t", "ctrl+o", "s")
        assert app.focused.name == "1h"

    piloted(demo, flow)


def test_two_presses_at_once_open_one(demo):
    async def flow(pilot, app):
        app.action_jump()
        app.action_jump()
        app.action_help()
        await settle(pilot)
        assert [type(screen) for screen in app.screen_stack[1:]] == [JumpScreen]

    piloted(demo, flow)
