"""The imports that were made: their reports, and what is asked when one stopped half-way."""

import pytest

from cio_tui.tui.screens.confirm import ConfirmScreen
from cio_tui.tui.screens.export import ExportScreen
from cio_tui.tui.screens.import_records import ImportRecordsScreen
from tests.tui.conftest import piloted, press, screen_text, settle


class Killed(BaseException):
    """What a process that is killed looks like from inside."""


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Twelve rows, two of them bad."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cio_tui.workspace.import_run.SLICE", 4)
    rows = "".join(f"import_one,{'nobody' if number % 6 == 5 else 42},1717990000,{number}\n" for number in range(12))
    path = tmp_path / "events.csv"
    path.write_text(f"_cio_name,_cio_customer_id,_cio_timestamp,n\n{rows}", encoding="utf-8")
    return path


@pytest.fixture
def stopped(demo, file):
    """A workspace in which an import was killed after its first slice."""
    review = demo.imports.inspect(file, "events")

    def die(progress):
        raise Killed

    with pytest.raises(Killed):
        demo.imports.run(review, progress=die)
    assert demo.imports.get(1).unfinished
    return demo


def answer(app):
    return str(app.screen.query_one(".answered").render())


def test_nothing_was_imported_yet(demo):
    async def flow(pilot, app):
        await press(pilot, "I")
        assert isinstance(app.screen, ImportRecordsScreen)
        assert "Nothing was imported yet" in screen_text(app)
        await press(pilot, "r", "t", "e", "escape")
        assert len(app.screen_stack) == 1

    piloted(demo, flow)


def test_a_record_and_its_report(demo, file):
    demo.import_events(file)

    async def flow(pilot, app):
        await press(pilot, "I")
        shown = screen_text(app)
        assert "imported: 10 of 12 rows" in shown
        assert "person nobody was not found" in shown
        await press(pilot, "r")
        assert answer(app) == "× import 1 is imported: there is nothing to resume"
        await press(pilot, "enter", "down")
        assert "row 13, _cio_customer_id: person nobody was not found" in screen_text(app)
        await press(pilot, "e")
        assert isinstance(app.screen, ExportScreen)
        await press(pilot, "ctrl+s")
        assert file.with_name("events-bad-rows.csv").read_text(encoding="utf-8").count("nobody") == 4

    piloted(demo, flow)


def test_an_import_that_stopped_is_asked_about_and_resumed(stopped):
    async def flow(pilot, app):
        assert isinstance(app.screen, ImportRecordsScreen)
        assert "An import stopped half-way" in screen_text(app)
        assert "stopped half-way: 4 of 12 rows" in screen_text(app)
        await press(pilot, "r")
        assert stopped.imports.get(1).state == "imported"
        assert answer(app) == "import 1: 10 rows imported, 2 refused"
        assert "An import stopped half-way" not in screen_text(app)

    piloted(stopped, flow)


def test_an_import_that_stopped_is_taken_back_by_mouse(stopped):
    async def flow(pilot, app):
        await pilot.click(app.screen.query("FormFoot Button")[1])
        await settle(pilot)
        assert stopped.imports.get(1).state == "canceled"
        assert stopped.log.page("name:import_one").entries == []
        await press(pilot, "t")
        assert answer(app) == "× import 1 is taken back already"

    piloted(stopped, flow)


def test_later_it_is_left_as_it_is(stopped):
    async def flow(pilot, app):
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1
        assert stopped.imports.get(1).unfinished

    piloted(stopped, flow)


def test_steps_of_others_are_taken_back_only_when_that_is_answered(stopped):
    stopped.identify("777")

    async def flow(pilot, app):
        await press(pilot, "t")
        assert isinstance(app.screen, ConfirmScreen)
        assert "identify 777" in screen_text(app)
        await press(pilot, "escape")
        assert stopped.imports.get(1).unfinished
        await press(pilot, "t", "y")
        assert stopped.imports.get(1).state == "canceled"
        assert "777" not in {row.person.id for row in stopped.directory.people()}

    piloted(stopped, flow)


def test_a_file_that_is_another_one_now(stopped, file):
    file.write_text("_cio_name,_cio_customer_id\nx,42\n", encoding="utf-8")

    async def flow(pilot, app):
        await press(pilot, "r")
        assert "is not the file that import 1 began with" in str(app.screen.query_one(".answered").render())
        assert stopped.imports.get(1).unfinished

    piloted(stopped, flow)
