"""The import wizard, by keys, by mouse and by a dropped file: each step, its errors, stopping, and taking back."""

import csv
import threading

import pytest
from textual import events

from cio_tui.imports.plan import Plan
from cio_tui.tui.choice import Choice
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.importing.file_step import FileStep, PathInput
from cio_tui.tui.importing.lines import LineInput
from cio_tui.tui.importing.map_step import MapStep
from cio_tui.tui.importing.review_step import ReviewStep
from cio_tui.tui.importing.run_step import RunStep
from cio_tui.tui.screens.export import ExportScreen
from cio_tui.tui.screens.import_records import ImportRecordsScreen
from cio_tui.tui.screens.import_wizard import ImportWizard
from tests.tui.conftest import piloted, screen_text, settle

PEOPLE = "id,email,Full Name,plan\n901,zoe@new.example,Zoë,=pro\n,nobody,,\n42,,Ada,basic\n"
EVENTS = (
    "_cio_name,_cio_customer_id,_cio_timestamp,total,a.b\n"
    "import_one,42,1717990000,12.5,x\nimport_one,nobody,1717990000,1,y\n two ,43,yesterday,3,z\n"
)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Files to import, in the current folder."""
    folder = tmp_path / "files"
    (folder / "sub").mkdir(parents=True)
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "events.csv").write_text(EVENTS, encoding="utf-8")
    (folder / "wide.csv").write_bytes(PEOPLE.replace(",", ";").encode("utf-16"))
    (folder / "sub" / "wrong.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    monkeypatch.chdir(folder)


async def press(pilot, *steps):
    """Press keys; what comes after `=` is put into the field that has the focus."""
    for step in steps:
        if step[0] == "=":
            pilot.app.focused.value = step[1:]
        else:
            await pilot.press(step)
        await settle(pilot)


async def paste(pilot, text):
    pilot.app.post_message(events.Paste(text))
    await settle(pilot)


def names(demo):
    return {row.person.id for row in demo.directory.people()}


def answer(app):
    return str(app.screen.query_one(f"#{app.screen.step} .answered").render())


def test_people_by_keys(demo):
    async def flow(pilot, app):
        await press(pilot, "1", "i", "=peo", "enter")
        screen = app.screen
        assert isinstance(screen, ImportWizard)
        assert (screen.step, screen.query_one(MapStep).plan.kind) == ("map", "people")
        assert "new attribute" in screen_text(app)
        await press(pilot, "enter")
        review = screen.query_one(ReviewStep).review
        assert (review.good, review.bad, review.added, review.updated) == (2, 1, 1, 1)
        assert "'nobody' is not an email address" in screen_text(app)
        assert "901" not in names(demo)
        await press(pilot, "enter")
        assert screen.query_one(RunStep).report.imported == 2
        assert demo.directory.person("901").person.attributes == {"Full Name": "Zoë", "plan": "=pro"}
        await press(pilot, "u")
        assert "901" not in names(demo)
        assert app.screen is not screen
        assert "import 1 is taken back" in app.said[-1].message

    piloted(demo, flow)


def offered(app):
    return [str(button.label) for button in app.screen.query_one(f"#{app.screen.step} FormFoot", FormFoot).offered]


def test_only_what_can_be_done_is_offered(demo, tmp_path):
    """And the report is read at once: no toast stands before it."""
    (tmp_path / "files" / "clean.csv").write_text("id,plan\n42,pro\n", encoding="utf-8")

    async def flow(pilot, app):
        await press(pilot, "1", "i", "=clean.csv", "enter", "ctrl+s")
        assert offered(app) == ["Import ^s", "Back b", "Close esc"]
        await press(pilot, "ctrl+s")
        assert offered(app) == ["Take it back u", "Close esc"]
        assert not app._notifications
        await press(pilot, "escape", "i", "=people.csv", "enter", "ctrl+s")
        assert offered(app) == ["Import ^s", "Write bad rows e", "Back b", "Close esc"]
        app.screen.query_one(ReviewStep).begin()
        assert offered(app) == ["Stop esc"]
        await press(pilot, "ctrl+s")

    piloted(demo, flow)


def test_a_problem_is_told_whole_in_the_report(demo):
    async def flow(pilot, app):
        await press(pilot, "2", "i", "=events.csv", "enter", "ctrl+s", "ctrl+s", "down")
        assert "row 4, _cio_timestamp: 'yesterday' is not a time" in screen_text(app)

    piloted(demo, flow)


def test_events_by_mouse(demo):
    async def flow(pilot, app):
        await press(pilot, "3", "i")
        screen = app.screen
        table = screen.query_one(FileStep).table
        place = next(place for place in range(len(table.rows)) if table.rows.key(place) == "events.csv")
        await pilot.click(table, offset=(5, place + 1))
        await pilot.click(table, offset=(5, place + 1))
        await settle(pilot)
        assert screen.query_one(MapStep).plan.kind == "events"
        for step in ("map", "review"):
            await pilot.click(screen.query(f"#{step} FormFoot Button").first())
            await settle(pilot)
        report = screen.query_one(RunStep).report
        assert (report.imported, report.failed, report.young) == (1, 2, 1)
        assert "1 row at most 72 h old: campaigns may start" in screen_text(app)
        await pilot.click(screen.query("#run FormFoot Button").last())
        await settle(pilot)
        assert len(app.screen_stack) == 1

    piloted(demo, flow)


@pytest.mark.parametrize("text", ["{here}/people.csv", "'{here}/people.csv'", "file://{here}/people.csv"])
def test_a_dropped_file_opens_at_its_columns(demo, tmp_path, text):
    async def flow(pilot, app):
        await paste(pilot, text.replace("{here}", str(tmp_path / "files")))
        assert app.screen.step == "map"
        assert "Import people · 1 File  ▸2 Map" in screen_text(app)

    piloted(demo, flow)


def test_a_file_dropped_on_the_open_wizard_is_taken(demo):
    async def flow(pilot, app):
        await press(pilot, "1", "i", "down")
        await paste(pilot, "people.csv")
        assert app.screen.step == "map"
        assert len(app.screen_stack) == 2
        await paste(pilot, "events.csv")
        assert app.screen.query_one(MapStep).plan.file.path.name == "people.csv"

    piloted(demo, flow)


def test_other_pastes_are_nothing(demo):
    async def flow(pilot, app):
        await paste(pilot, "order_placed")
        assert len(app.screen_stack) == 1
        await press(pilot, "ctrl+t")
        await press(pilot, "tab")
        await paste(pilot, "people.csv")
        assert not any(isinstance(screen, ImportWizard) for screen in app.screen_stack)

    piloted(demo, flow)


def test_a_paste_into_an_input_stays_there(demo):
    async def flow(pilot, app):
        await press(pilot, "slash")
        await paste(pilot, "people.csv")
        assert len(app.screen_stack) == 1
        assert app.focused.value == "people.csv"

    piloted(demo, flow)


def test_utf_16_and_semicolons_are_found_out_and_said(demo):
    async def flow(pilot, app):
        await press(pilot, "1", "i", "=wide.csv", "enter")
        assert "UTF-16, semicolon" in screen_text(app)
        await press(pilot, "b")
        assert app.screen.step == "file"
        assert "found out: UTF-16" in screen_text(app)

    piloted(demo, flow)


def test_the_delimiter_and_the_encoding_can_be_said(demo):
    async def flow(pilot, app):
        await press(pilot, "2", "i", "=events.csv", "tab", "tab", "=latin-1", "tab", "right", "right", "ctrl+s")
        step = app.screen.query_one(FileStep)
        assert (step.encoding, step.delimiter) == ("latin-1", "semicolon")
        assert "the first two columns must be" in answer(app)
        await press(pilot, "left", "ctrl+s")
        assert app.screen.step == "map"
        assert "iso8859-1, comma" in screen_text(app)

    piloted(demo, flow)


def test_what_is_wrong_with_a_file_is_said_where_one_is(demo):
    async def flow(pilot, app):
        await press(pilot, "2", "i", "ctrl+s")
        assert answer(app) == "× choose a file"
        await press(pilot, "=none.csv", "enter")
        assert "none.csv cannot be read: no such file" in answer(app)
        await press(pilot, "=sub/wrong.csv", "enter")
        assert "the first two columns must be" in answer(app)
        assert app.screen.step == "file"

    piloted(demo, flow)


def test_folders_are_walked_and_tab_completes(demo):
    async def flow(pilot, app):
        await press(pilot, "1", "i", "=su", "tab")
        line = app.screen.query_one(PathInput)
        assert line.value == "sub/"
        await press(pilot, "tab")
        assert app.focused is not line
        await press(pilot, "shift+tab", "down")
        assert app.focused is app.screen.query_one(FileStep).table
        await press(pilot, "enter")
        assert line.value == ""
        await press(pilot, "down", "enter")
        assert line.value == "sub/"

    piloted(demo, flow)


def test_columns_are_named_left_out_and_taken_in(demo):
    async def flow(pilot, app):
        await press(pilot, "1", "i", "=people.csv", "enter", "down", "down", "n")
        step = app.screen.query_one(MapStep)
        assert isinstance(app.focused, LineInput)
        await press(pilot, "=first_name", "enter")
        assert [column.target for column in step.plan.columns] == ["id", "email", "first_name", "plan"]
        assert app.focused is step.table
        await press(pilot, "down", "d")
        assert [column.target for column in step.plan.columns] == ["id", "email", "first_name", ""]
        await press(pilot, "d")
        assert step.plan.columns[3].target == "plan"
        await press(pilot, "n", "=email", "enter")
        assert "would both be 'email'" in answer(app)
        assert step.plan.columns[3].target == "plan"
        await press(pilot, "n", "=xyz", "escape")
        assert step.naming.value == "plan"
        await press(pilot, "ctrl+s", "ctrl+s")
        assert demo.directory.person("901").person.attributes == {"first_name": "Zoë", "plan": "=pro"}

    piloted(demo, flow)


def test_a_column_is_named_so_that_it_identifies(demo, tmp_path):
    (tmp_path / "files" / "mails.csv").write_text("E-mail,plan\nzoe@new.example,pro\n", encoding="utf-8")

    async def flow(pilot, app):
        await press(pilot, "1", "i", "=mails.csv", "enter")
        assert "a column id or email is needed" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert app.screen.step == "map"
        assert "a column id or email is needed" in answer(app)
        await press(pilot, "n", "=email", "enter", "ctrl+s", "ctrl+s")
        assert demo.directory.person("zoe@new.example").person.attributes == {"plan": "pro"}

    piloted(demo, flow)


def test_what_rows_do_is_chosen(demo):
    async def flow(pilot, app):
        await press(pilot, "1", "i", "=people.csv", "enter")
        for name, place in (("import-empty", 1), ("import-only", 2)):
            await pilot.click(app.screen.query(f"#{name} ChoiceButton")[place])
            await settle(pilot)
        assert app.screen.query_one("#import-only", Choice).index == 2
        await press(pilot, "ctrl+s")
        review = app.screen.query_one(ReviewStep).review
        assert (review.options.empty, review.options.only) == ("clear", "existing")
        assert (review.good, review.skipped) == (1, 1)
        assert "1 passed over" in screen_text(app)

    piloted(demo, flow)


def test_the_first_columns_of_an_event_file_are_fixed(demo):
    async def flow(pilot, app):
        await press(pilot, "2", "i", "=events.csv", "enter", "d", "n")
        step = app.screen.query_one(MapStep)
        assert app.focused is step.table
        assert step.plan.columns[0].target == "the event's name"
        await press(pilot, "end", "n", "=ab", "enter", "ctrl+s", "ctrl+s")
        [entry] = demo.log.page("name:import_one").entries
        assert entry.activity.data == {"total": "12.5", "ab": "x"}

    piloted(demo, flow)


def test_problems_are_filtered_and_told_whole(demo):
    async def flow(pilot, app):
        await press(pilot, "2", "i", "=events.csv", "enter", "enter")
        table = app.screen.query_one(ReviewStep).table
        assert len(table.rows) == 2
        await press(pilot, "slash", "=YESTERDAY", "enter")
        assert (len(table.rows), app.focused) == (1, table)
        assert "row 4, _cio_timestamp: 'yesterday' is not a time" in screen_text(app)
        await press(pilot, "slash", "=zzz")
        assert "No problem has these words" in screen_text(app)
        await press(pilot, "escape", "b")
        assert app.screen.step == "map"

    piloted(demo, flow)


def test_bad_rows_are_written_and_can_be_mended(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "2", "i", "=events.csv", "enter", "enter", "e")
        assert isinstance(app.screen, ExportScreen)
        assert "2 rows cannot be taken" in screen_text(app)
        await press(pilot, "ctrl+s")
        with (tmp_path / "files" / "events-bad-rows.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        assert [row["_cio_customer_id"] for row in found] == ["nobody", "43"]
        assert "not found" in found[0]["_cio_error"]
        assert isinstance(app.screen, ImportWizard)

    piloted(demo, flow)


def test_a_repeated_file_is_said(demo):
    async def flow(pilot, app):
        await press(pilot, "1", "i", "=people.csv", "enter", "enter", "enter", "escape", "i")
        assert "1 earlier import: o lists them" in screen_text(app)
        await press(pilot, "=people.csv", "enter", "enter")
        assert "This file was imported before: import 1" in screen_text(app)
        await press(pilot, "b", "b", "tab", "o")
        assert isinstance(app.screen, ImportRecordsScreen)

    piloted(demo, flow)


def test_nothing_to_import(demo, tmp_path):
    (tmp_path / "files" / "bad.csv").write_text("id\n\x01\n", encoding="utf-8")

    async def flow(pilot, app):
        await press(pilot, "1", "i", "=bad.csv", "enter", "enter", "enter")
        assert answer(app) == "× there is no row to import"
        assert app.screen.step == "review"

    piloted(demo, flow)


def test_a_file_that_changes_between_check_and_import(demo, tmp_path):
    async def flow(pilot, app):
        await press(pilot, "1", "i", "=people.csv", "enter", "enter")
        (tmp_path / "files" / "people.csv").write_text(PEOPLE + "905,,X,\n", encoding="utf-8")
        await press(pilot, "enter")
        assert "has changed since it was checked" in answer(app)
        assert "901" not in names(demo)

    piloted(demo, flow)


def test_json_lines_have_nothing_to_map(demo, tmp_path):
    count = demo.exports.people("42", form="jsonl").write(tmp_path / "files" / "people.jsonl")

    async def flow(pilot, app):
        await press(pilot, "1", "i", "=people.jsonl", "enter")
        assert "JSON lines say themselves what everything is" in screen_text(app)
        await press(pilot, "n", "d", "ctrl+s")
        assert app.screen.query_one(ReviewStep).review.good == count

    piloted(demo, flow)


def held(monkeypatch, owner, name):
    """A verb that waits for the test in its worker, once it has told its progress."""
    go, verb = threading.Event(), getattr(owner, name)

    def waiting(*arguments, progress, **options):
        def told(done):
            progress(done)
            go.wait(20)

        return verb(*arguments, progress=told, **options)

    monkeypatch.setattr(owner, name, waiting)
    return go


async def until(pilot, true):
    for _ in range(400):
        if true():
            return
        await pilot.pause(0.02)
    raise AssertionError("it did not come to that")


@pytest.mark.parametrize("key", ["escape", "b"])
def test_a_check_is_stopped(demo, monkeypatch, key):
    monkeypatch.setattr("cio_tui.imports.csv_rows._STEP_ROWS", 0)

    async def flow(pilot, app):
        await press(pilot, "1", "i", "=people.csv", "enter")
        go = held(monkeypatch, demo.imports, "inspect")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "esc stops" in screen_text(app))
        await pilot.press(key)
        go.set()
        await settle(pilot)
        assert (app.screen.step, answer(app)) == ("map", "the check was stopped")

    piloted(demo, flow)


def test_an_import_that_is_stopped_leaves_nothing(demo, tmp_path, monkeypatch):
    monkeypatch.setattr("cio_tui.workspace.import_run.SLICE", 5)
    lines = "".join(f"import_one,42,1717990000,{number}\n" for number in range(20))
    (tmp_path / "files" / "many.csv").write_text(f"_cio_name,_cio_customer_id,_cio_timestamp,n\n{lines}", encoding="utf-8")
    before = demo.content_digest()

    async def flow(pilot, app):
        await press(pilot, "2", "i", "=many.csv", "enter", "enter")
        go = held(monkeypatch, demo.imports, "run")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "importing 5 of 20 rows" in screen_text(app))
        assert demo.content_digest() != before
        await pilot.press("escape")
        await until(pilot, lambda: "stopping" in screen_text(app))
        go.set()
        await settle(pilot)
        assert "everything it had written was taken back" in screen_text(app)
        assert demo.content_digest() == before
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1
        assert demo.imports.get(1).state == "canceled"

    piloted(demo, flow)


def test_keys_answer_while_rows_are_imported(demo, tmp_path, monkeypatch):
    monkeypatch.setattr("cio_tui.workspace.import_run.SLICE", 1)

    async def flow(pilot, app):
        await press(pilot, "1", "i", "=people.csv", "enter", "enter")
        go = held(monkeypatch, demo.imports, "run")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "importing 1 of 3 rows" in screen_text(app))
        await pilot.press("f1")
        await until(pilot, lambda: "Import" in screen_text(app) and len(app.screen_stack) == 3)
        await pilot.press("escape")
        go.set()
        await settle(pilot)
        assert app.screen.query_one(RunStep).report.imported == 2

    piloted(demo, flow)


def test_leaving_the_console_while_rows_are_imported_takes_them_back(demo, monkeypatch):
    monkeypatch.setattr("cio_tui.workspace.import_run.SLICE", 1)
    before = demo.content_digest()

    async def flow(pilot, app):
        await press(pilot, "1", "i", "=people.csv", "enter", "enter")
        go = held(monkeypatch, demo.imports, "run")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "importing 1 of 3 rows" in screen_text(app))
        screen = app.screen
        screen.dismiss(None)
        await until(pilot, screen._stop.is_set)
        go.set()
        await settle(pilot)

    piloted(demo, flow)
    assert demo.content_digest() == before


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
def test_hostile_columns_and_cells_are_shown_as_they_are(demo, tmp_path, size):
    nasty = "items[/].type [bold"
    (tmp_path / "files" / "[b]x.csv").write_text(f'id,{nasty},"a\x1b[31m"\n1,[/],\u202e\n\x1b[2J,x,y\n', encoding="utf-8")

    async def flow(pilot, app):
        await press(pilot, "1", "i", "=[b]x", "enter")
        assert isinstance(app.screen.query_one(MapStep).plan, Plan)
        assert "items[/].type" in screen_text(app)
        await press(pilot, "down", "n", "enter", "ctrl+s")
        assert "\x1b" not in screen_text(app)
        await press(pilot, "ctrl+s", "escape", "I")
        assert "[b]x.csv" in screen_text(app)

    piloted(demo, flow, size=size)
