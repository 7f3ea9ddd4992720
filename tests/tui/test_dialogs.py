"""The dialogs around the views, by keys and by mouse: confirm, clock, columns, copy, export, notifications."""

import csv
import json
from pathlib import Path

import pytest
from textual.widgets import Button, OptionList

from cio_tui.tui.exporting import ENTRY
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.screens.clock import ClockScreen
from cio_tui.tui.screens.columns import Boxes
from cio_tui.tui.screens.confirm import ConfirmScreen
from cio_tui.tui.screens.export import ExportScreen
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


def test_export_of_the_log_as_csv(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "slash", *"name:order_placed", "enter", "x")
        assert "What is shown" in screen_text(app)
        rows = len(app.view.table.rows)
        await press(pilot, "ctrl+s")
        assert len(app.screen_stack) == 1
        assert f"{rows} rows written to {tmp_path / 'activity.csv'}" in app.said[-1].message
        with (tmp_path / "activity.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        assert len(found) == rows > 3
        assert tuple(found[0]) == ENTRY
        assert {row["name"] for row in found} == {"order_placed"}
        assert found[0]["id"] == app.view.table.rows.key(0)

    piloted(demo, flow)


def test_the_columns_of_an_exported_log_are_those_of_an_entry(demo):
    assert tuple(demo.log.page(limit=1).entries[0].to_json()) == ENTRY


def test_export_of_the_log_as_json_lines_by_mouse(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "x")
        await pilot.click("#format ChoiceButton:last-of-type")
        await settle(pilot)
        assert app.screen.query_one(PlainInput).value == "activity.jsonl"
        await pilot.click(app.screen.query("FormFoot Button").first())
        await settle(pilot)
        lines = (tmp_path / "activity.jsonl").read_text(encoding="utf-8").splitlines()
        assert len(lines) == len(app.view.table.rows) > 1000
        entry = demo.log.get(app.view.table.rows.key(0))
        assert json.loads(lines[0]) == entry.to_json()

    piloted(demo, flow)


@pytest.mark.parametrize("digit", ["1", "3", "4"])
def test_export_of_a_list_holds_what_it_shows(demo, tmp_path, digit):
    async def flow(pilot, app):
        await press(pilot, digit, "x", "enter")
        table = app.view.table
        with (tmp_path / f"{app.view.id}.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.reader(file))
        assert found[0] == [column.name for column in table.columns]
        assert len(found) - 1 == len(table.rows)
        assert found[1][0].lstrip("'") == table.rows.show(0).cells[0].lstrip("'")

    piloted(demo, flow)


def test_export_of_the_marked_only(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "space", "space", "M", "x", "enter")
        with (tmp_path / "activity.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.reader(file))) == 3

    piloted(demo, flow)


def test_export_that_cannot_be_written_is_said_in_the_dialog(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "x", "ctrl+u", "enter")
        assert "a file name is missing" in screen_text(app)
        await press(pilot, *"none/x.csv", "enter")
        assert "cannot be written" in screen_text(app)
        assert isinstance(app.screen, ExportScreen)
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1

    piloted(demo, flow)


def test_export_is_stopped_by_escape_and_leaves_nothing(demo, tmp_path, monkeypatch):
    async def flow(pilot, app):
        await press(pilot, "x")
        screen = app.screen
        monkeypatch.setattr("cio_tui.tui.exporting.TOLD_EVERY", 1)
        told = screen.post_message

        def cancel_soon(message):
            if isinstance(message, ExportScreen.Told) and message.rows == 50:
                screen.action_close()
            return told(message)

        monkeypatch.setattr(screen, "post_message", cancel_soon)
        await press(pilot, "enter")
        assert "nothing was written" in screen_text(app)
        assert list(Path(tmp_path).glob("activity*")) == []
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1

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
