"""The export dialog and what it writes, by keys and by mouse."""

import csv
import json
from pathlib import Path

import pytest

from cio_tui.tui.exporting import FIELDS
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.screens.export import ExportScreen
from cio_tui.workspace.log import ENTRY_FIELDS
from tests.tui.conftest import piloted, press, screen_text, settle


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Files are written into a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


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
        assert tuple(found[0]) == ENTRY_FIELDS
        assert {row["name"] for row in found} == {"order_placed"}
        assert found[0]["id"] == app.view.table.rows.key(0)

    piloted(demo, flow)


def test_the_columns_of_an_exported_log_are_those_of_an_entry(demo):
    assert tuple(demo.log.page(limit=1).entries[0].to_json()) == ENTRY_FIELDS


def test_export_of_the_log_as_json_lines_by_mouse(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "x")
        await pilot.click(app.screen.query("#format ChoiceButton")[1])
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
        assert f"{tmp_path}/none/x.csv cannot be written: no such file" in str(app.screen.query_one(".said").render())
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


def objects(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def listed(demo):
    """The lists other than the log: the keys that lead there, and its rows as JSON in any order."""
    people = [row.to_json() for row in demo.directory.people()]
    events = [row.to_json() for row in demo.index.events()]
    attributes = [row.to_json() for row in demo.index.attributes()]
    anonymous = [row.to_json() for row in demo.anonymous()]
    segments = [row.to_json() for row in demo.segments.all()]
    return {"1": people, "3": events, "3t": attributes, "4": anonymous, "5": segments}


@pytest.mark.parametrize("keys", ["1", "3", "3t", "4", "5"])
@pytest.mark.parametrize("marked", [False, True])
def test_json_lines_hold_the_objects_of_any_list(demo, tmp_path, keys, marked):
    wanted = listed(demo)[keys]

    async def flow(pilot, app):
        await press(pilot, *keys, *(["space", "space", "M"] if marked else []), "x", "tab", "right", "ctrl+s")
        found = objects(tmp_path / f"{app.view.id}.jsonl")
        assert len(found) == (2 if marked else len(wanted))
        assert all(one in wanted for one in found)
        assert tuple(found[0]) == FIELDS[app.view.list_name]

    piloted(demo, flow)


def test_export_of_marked_entries_as_objects(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "space", "space", "M", "x", "tab", "right", "ctrl+s")
        keys = [app.view.table.rows.key(place) for place in range(2)]
        assert objects(tmp_path / "activity.jsonl") == [demo.log.get(key).to_json() for key in keys]

    piloted(demo, flow)


def test_a_long_list_is_read_page_by_page(demo, tmp_path, monkeypatch):
    monkeypatch.setattr("cio_tui.tui.exporting.TOLD_EVERY", 10)
    pages = []
    rows = demo.directory.rows

    def read(ids):
        pages.append(len(ids))
        return rows(ids)

    async def flow(pilot, app):
        await press(pilot, "1")
        monkeypatch.setattr(demo.directory, "rows", read)
        await press(pilot, "x", "tab", "right", "ctrl+s")
        assert len(objects(tmp_path / "people.jsonl")) == len(app.view.table.rows) > 20
        assert pages[0] == 10

    piloted(demo, flow)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
def test_a_long_file_name_and_a_long_reason_are_shown_whole(demo, tmp_path, size):
    name = f"{'a' * 70}/{'b' * 70}.csv"

    async def flow(pilot, app):
        await press(pilot, "x")
        app.screen.query_one(PlainInput).value = name
        await settle(pilot)
        shown = "".join(str(one.render()) for one in app.screen.query(".where"))
        assert shown == f"{tmp_path}/{name}"
        assert all(one.region.height >= len(shown) // one.region.width for one in app.screen.query(".where"))
        await press(pilot, "enter")
        said = app.screen.query_one(".said")
        assert "cannot be written: no such file or directory" in str(said.render())
        assert said.region.height * said.region.width >= len(str(said.render()))
        foot = app.screen.query_one("FormFoot").region
        assert app.screen.query_one(".frame").region.contains_region(foot)
        assert "Write ^s" in screen_text(app)

    piloted(demo, flow, size=size)


def test_a_name_that_is_nobodys_home_or_cannot_be_printed(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "x")
        app.screen.query_one(PlainInput).value = "~nobody-of-that-name/x.csv"
        await press(pilot, "enter")
        assert "cannot be written" in str(app.screen.query_one(".said").render())
        app.screen.query_one(PlainInput).value = "a\0b.csv"
        await press(pilot, "enter")
        assert "cannot be printed" in str(app.screen.query_one(".said").render())

    piloted(demo, flow)


def test_a_file_that_is_there_is_pointed_out(demo, tmp_path):
    (tmp_path / "old.csv").write_text("old", encoding="utf-8")

    async def flow(pilot, app):
        await press(pilot, "x", "ctrl+u", *"new.csv")
        assert "will be replaced" not in screen_text(app)
        await press(pilot, "ctrl+u", *"old.csv")
        assert "will be replaced" in screen_text(app)

    piloted(demo, flow)


@pytest.mark.parametrize(("digit", "verb"), [("1", "import_people"), ("2", "import_events")])
def test_people_and_events_are_written_as_csvs_that_import_again(demo, tmp_path, digit, verb):
    async def flow(pilot, app):
        await press(pilot, digit, "x", "tab", "left", "ctrl+s")
        path = tmp_path / f"{app.view.id}.csv"
        report = getattr(demo, verb)(path, dry_run=True)
        assert report.imported > 50
        assert report.failed == 0

    piloted(demo, flow)


def test_only_the_marked_people_are_written_as_a_people_csv(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "1", "space", "space", "M", "x", "tab", "left", "ctrl+s")
        with (tmp_path / "people.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        keys = [app.view.table.rows.key(place) for place in range(2)]
        known = [demo.directory.person(f"cio_{key}").person for key in keys]
        assert [(row["id"] or None, row["email"]) for row in found] == [(one.id, one.email) for one in known]

    piloted(demo, flow)


@pytest.mark.parametrize("keys", [["3"], ["3", "t"]])
def test_the_data_index_is_written_with_what_uses_it(demo, tmp_path, keys):
    async def flow(pilot, app):
        await press(pilot, *keys, "space", "space", "M", "x", "tab", "left", "ctrl+s")
        listing = demo.exports.index_attributes() if "t" in keys else demo.exports.index_events()
        with (tmp_path / "index.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        assert len(found) == 2
        assert tuple(found[0]) == listing.columns
        assert {row["name"] for row in found} <= {row["name"] for row in listing.rows}

    piloted(demo, flow)


def test_what_was_left_out_is_said(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "x", "tab", "left", "ctrl+s")
        assert "left out: " in app.said[-1].message
        assert "page and screen views" in app.said[-1].message

    piloted(demo, flow)


def test_a_persons_profile_data(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "1", "slash", *"ada@shop", "enter", "X")
        name = app.screen.query_one(PlainInput).value
        assert name.startswith("export-")
        assert "profile.json, events.csv, attribute_changes.csv, messages.csv" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert sorted(path.suffix for path in (tmp_path / name).iterdir()) == [".csv", ".csv", ".csv", ".json"]
        assert f"written to {tmp_path / name}" in app.said[-1].message
        await press(pilot, "X")
        assert "choose another name" in str(app.screen.query_one(".where").render())
        await press(pilot, "ctrl+s")
        assert "is there already" in screen_text(app)
        await press(pilot, "tab", "right", "ctrl+s")
        assert json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))["email"] == "ada@shop.example"

    piloted(demo, flow)
