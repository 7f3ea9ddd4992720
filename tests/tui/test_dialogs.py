"""The dialogs around the views, by keys and by mouse: confirm, clock, columns, copy, notifications."""

import asyncio
import json

import pytest
from textual.geometry import Region
from textual.widgets import Button, OptionList

from cio_tui.tui.app import Console
from cio_tui.tui.screens.clock import ClockScreen
from cio_tui.tui.screens.columns import Boxes, ColumnsScreen
from cio_tui.tui.screens.confirm import ConfirmScreen
from cio_tui.tui.screens.export import ExportScreen
from cio_tui.tui.screens.notifications import NotificationsScreen
from tests.tui.conftest import piloted, press, screen_text, settle


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Files are written into a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


async def click(pilot, selector):
    await pilot.click(selector)
    await settle(pilot)


async def click_option(pilot, place):
    await pilot.click(OptionList, offset=(3, place))
    await settle(pilot)


def asked(demo, answer, detail="What follows"):
    """Ask a question; what `answer(pilot, app)` answered."""
    answers = []

    async def flow(pilot, app):
        app.push_screen(ConfirmScreen("Really [/]?", detail, "y"), answers.append)
        await settle(pilot)
        assert "Really [/]?" in screen_text(app)
        await answer(pilot, app)
        await settle(pilot)
        assert len(app.screen_stack) == 1

    piloted(demo, flow)
    return bool(answers[0])


@pytest.mark.parametrize(("keys", "yes"), [(["y"], True), (["enter"], False), (["escape"], False), (["tab", "enter"], True)])
def test_confirm_by_keys(demo, keys, yes):
    async def answer(pilot, app):
        await pilot.press(*keys)

    assert asked(demo, answer) is yes


@pytest.mark.parametrize(("button", "yes"), [("#yes", True), ("#no", False)])
def test_confirm_by_mouse(demo, button, yes):
    assert asked(demo, lambda pilot, app: click(pilot, button)) is yes


def test_the_clock_is_advanced_and_says_what_goes(demo):
    before = demo.now()

    async def flow(pilot, app):
        await press(pilot, "ctrl+t", *"3d")
        text = screen_text(app)
        assert "3d from now" in text
        assert "1 anonymous event purged" in text
        assert demo.now() == before
        await press(pilot, "enter")
        assert demo.now() == before + 3 * 86400
        assert "anonymous events purged" in app.said[-1].message
        assert "06-13 06:13:20 held" in screen_text(app).splitlines()[0]
        await press(pilot, "u")
        assert demo.now() == before

    piloted(demo, flow)


def test_the_clock_is_held_at_an_instant(demo):
    async def flow(pilot, app):
        await press(pilot, "ctrl+t", *"2024-06-11")
        assert "2024-06-11 00:00:00Z held" in screen_text(app)
        await press(pilot, "enter")
        assert demo.now() == 1718064000
        assert demo.settings().mode == "held"

    piloted(demo, flow)


def test_what_is_no_time_is_said_and_does_nothing(demo):
    before = demo.now()

    async def flow(pilot, app):
        await press(pilot, "ctrl+t", *"[/]", "enter")
        assert isinstance(app.screen, ClockScreen)
        assert "× " in screen_text(app)
        await press(pilot, "ctrl+u", "enter")
        assert isinstance(app.screen, ClockScreen)
        await press(pilot, "escape")
        assert demo.now() == before

    piloted(demo, flow)


def test_the_clock_by_mouse(demo):
    before = demo.now()

    async def flow(pilot, app):
        await click(pilot, "ClockSign")
        await pilot.click(next(button for button in app.screen.query(Button) if button.name == "1d"))
        await settle(pilot)
        assert demo.now() == before + 86400
        await click(pilot, "ClockSign")
        await pilot.click(next(button for button in app.screen.query(Button) if button.name == "live"))
        await settle(pilot)
        assert demo.settings().mode == "live"

    piloted(demo, flow)


def test_a_button_says_beforehand_what_it_would_do(demo):
    async def flow(pilot, app):
        await press(pilot, "ctrl+t", "tab", "tab", "tab", "tab")
        assert "30d from now" in screen_text(app)
        assert "in all" in screen_text(app)

    piloted(demo, flow)


def test_columns_by_keys(demo):
    async def flow(pilot, app):
        await press(pilot, "c", "down", "down", "space", "ctrl+s")
        assert [column.name for column in app.view.table.columns] == ["", "timestamp", "name", "person"]
        await press(pilot, "c", "down", "space", "escape")
        assert [column.name for column in app.view.table.columns] == ["", "timestamp", "name", "person"]
        await press(pilot, "c", "down", "down", "space", "ctrl+s")
        assert [column.name for column in app.view.table.columns] == ["", "timestamp", "lag", "name", "person"]

    piloted(demo, flow)


def test_one_column_stays(demo):
    async def flow(pilot, app):
        await press(pilot, "c", "space", *["down", "space"] * 4, "ctrl+s")
        assert "one at least" in screen_text(app)
        assert "X" not in "".join(line[30:60] for line in screen_text(app).splitlines()[10:16])
        await press(pilot, "escape")
        assert len(app.view.table.columns) == 5

    piloted(demo, flow)


def test_columns_by_mouse(demo):
    async def flow(pilot, app):
        await press(pilot, "c")
        await pilot.click(Boxes, offset=(6, 2))
        await settle(pilot)
        await pilot.click(app.screen.query(Button).first())
        await settle(pilot)
        assert "lag" not in [column.name for column in app.view.table.columns]

    piloted(demo, flow)


def test_copy_by_digit_by_enter_and_by_mouse(demo):
    async def flow(pilot, app):
        key = app.view.table.key
        await press(pilot, "y", "1")
        assert app.clipboard == key
        assert "sent to the terminal's clipboard" in app.said[-1].message
        await press(pilot, "y", "down", "enter")
        assert json.loads(app.clipboard)["id"] == key
        await press(pilot, "y")
        await click_option(pilot, 0)
        assert app.clipboard == key
        assert len(app.screen_stack) == 1

    piloted(demo, flow)


def test_copy_into_a_file(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "y", "down", "f")
        [file] = tmp_path.glob("cio-tui-*.txt")
        assert json.loads(file.read_text(encoding="utf-8"))["id"] == app.view.table.key
        assert str(file) in app.said[-1].message

    piloted(demo, flow)


def test_notifications_newest_first_and_copied(demo):
    async def flow(pilot, app):
        await press(pilot, "f2")
        assert "Nothing was said yet" in screen_text(app)
        await press(pilot, "y", "escape")
        app.notify("first [/]", title="One", markup=False)
        app.notify("second", severity="error", markup=False)
        await press(pilot, "f2")
        text = screen_text(app)
        assert text.index("× second") < text.index("One: first [/]")
        await press(pilot, "down", "y")
        assert app.clipboard == "One: first [/]"

    piloted(demo, flow)


async def click_button(pilot, label):
    [button] = [one for one in pilot.app.screen.query(Button) if str(one.label).startswith(label)]
    assert await pilot.click(button)
    await settle(pilot)


def test_a_typed_time_is_done_by_mouse(demo):
    before = demo.now()

    async def flow(pilot, app):
        await click(pilot, "ClockSign")
        await press(pilot, *"3d")
        await click_button(pilot, "Do it")
        assert demo.now() == before + 3 * 86400
        assert len(app.screen_stack) == 1
        await click(pilot, "ClockSign")
        await press(pilot, *"3d")
        await click_button(pilot, "Close")
        assert demo.now() == before + 3 * 86400
        assert len(app.screen_stack) == 1

    piloted(demo, flow, size=(80, 24))


@pytest.mark.parametrize("size", [(80, 12), (80, 24)])
@pytest.mark.parametrize("key", ["ctrl+t", "f2", "f1", "c", "y", "x"])
def test_every_dialog_is_closed_by_a_button_in_sight(demo, key, size):
    async def flow(pilot, app):
        await press(pilot, key)
        assert len(app.screen_stack) == 2
        await click_button(pilot, "Cancel" if key == "c" else "Close")
        assert len(app.screen_stack) == 1

    piloted(demo, flow, size=size)


def test_copy_into_a_file_by_mouse(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "y")
        await click(pilot, "#target ChoiceButton:last-of-type")
        await click_option(pilot, 1)
        [file] = tmp_path.glob("cio-tui-*.txt")
        assert json.loads(file.read_text(encoding="utf-8"))["id"] == app.view.table.key
        assert app.clipboard == ""
        assert len(app.screen_stack) == 1

    piloted(demo, flow)


def test_a_notification_is_copied_by_mouse(demo):
    async def flow(pilot, app):
        app.notify("first", markup=False)
        app.notify("second", markup=False)
        await press(pilot, "f2")
        await click_option(pilot, 1)
        await click_button(pilot, "Copy")
        assert app.clipboard == "first"

    piloted(demo, flow)


def places_of(title, app):
    lines = enumerate(screen_text(app).splitlines())
    return [y for y, line in lines if line.strip(" │┃▌▐").startswith(f"{title} ")]


@pytest.mark.parametrize("title", ["Redo", "Notifications", "Zoom", "Export", "Columns"])
def test_the_palette_leads_everywhere_by_mouse(demo, title):
    async def flow(pilot, app):
        [key] = [one for one in app.query("FooterKey") if one.action.endswith("command_palette")]
        assert await pilot.click(key)
        await settle(pilot)
        commands = app.screen.query_one(OptionList)
        while not (rows := places_of(title, app)):
            at = commands.scroll_y
            commands.scroll_relative(y=3, animate=False)
            await settle(pilot)
            assert commands.scroll_y > at
        await pilot.click(offset=(commands.region.x + 4, rows[-1]))
        await settle(pilot)
        opened = {"Notifications": NotificationsScreen, "Export": ExportScreen, "Columns": ColumnsScreen}
        if title in opened:
            assert isinstance(app.screen, opened[title])
        else:
            assert app.view.has_class("-zoomed") if title == "Zoom" else app.said

    piloted(demo, flow, size=(80, 24))


def test_two_clicks_open_one_clock(demo):
    async def flow(pilot, app):
        sign = app.query_one("ClockSign")
        sign.on_click()
        sign.on_click()
        await settle(pilot)
        assert len(app.screen_stack) == 2

    piloted(demo, flow)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 50)])
def test_toasts_leave_the_cursor_and_the_submit_buttons_free(demo, size):
    async def run():
        app = Console(demo)
        async with app.run_test(size=size, notifications=True) as pilot:
            await settle(pilot)
            app.notify("1,227 rows written to /home/somebody/Documents/activity.csv", title="Exported", markup=False, timeout=600)
            await settle(pilot)
            toast = app.screen.query_one("Toast").region
            table = app.view.table.region
            cursor = Region(table.x, table.y + 1, table.width, 1)  # below its header
            assert toast.y == 1
            assert not toast.overlaps(cursor)
            app.notify("another one", title="Again", markup=False, timeout=600)
            for key in ("s", "x", "ctrl+t"):
                await press(pilot, key)
                toasts = [toast.region for toast in app.screen.query("Toast")]
                assert len(toasts) == 2
                for button in app.screen.query(Button):
                    assert not any(toast.overlaps(button.region) for toast in toasts), (key, button)
                await press(pilot, "escape")

    asyncio.run(run())
