"""Running an import: one step, stopped, undone, resumed, taken back, beside others."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cio_tui import Workspace
from cio_tui.imports.options import Options
from cio_tui.model.errors import InputError, WorkspaceBusy
from cio_tui.store import history
from cio_tui.workspace import import_run
from cio_tui.workspace.import_progress import ImportCancelled, ImportProgress
from cio_tui.workspace.import_review import Review
from cio_tui.workspace.importer import Imports

HEAD = "_cio_name,_cio_customer_id,_cio_timestamp,total\n"


@pytest.fixture(autouse=True)
def _small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_run, "SLICE", 10)
    monkeypatch.setattr(import_run, "PIECE", 4)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """45 rows: every ninth names nobody."""
    path = tmp_path / "events.csv"
    rows = (f"e{n % 3},{'nobody' if n % 9 == 8 else 42},1717990000,{n}\n" for n in range(45))
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def reviewed(shop: Workspace, path: Path) -> Review:
    return shop.imports.inspect(path, "events")


def content(shop: Workspace) -> str:
    """All but the records of imports."""
    from cio_tui.store.digest import digest

    return digest(shop.database.storage, leave_out=("imports", "import_problems"))


def test_the_record_of_an_import(shop: Workspace, path: Path) -> None:
    """domain.md 7.1: the product's fields and states."""
    options = Options(name="June", description="backfill")
    report = shop.imports.run(shop.imports.inspect(path, "events", options))
    assert (report.rows, report.imported, report.failed, report.number) == (45, 40, 5, 1)
    record = shop.imports.get(1)
    assert (record.name, record.description, record.type, record.identifier) == ("June", "backfill", "events", "id")
    assert (record.data_to_process, record.state) == ("only_existing", "imported")
    assert (record.rows_to_import, record.rows_imported, record.rows_done, record.failed) == (45, 40, 45, 5)
    assert (record.created_at, record.updated_at, record.error) == (shop.now(), shop.now(), "")
    assert (record.size, Path(record.file)) == (path.stat().st_size, path)
    assert [problem.row for problem in shop.imports.problems(1)] == [10, 19, 28, 37, 46]
    assert shop.imports.unfinished() == []
    assert shop.check() == []


def test_an_import_of_which_no_row_can_be_taken_failed(shop: Workspace, path: Path) -> None:
    path.write_text(HEAD + "e,nobody,,1\n", encoding="utf-8")
    report = shop.import_events(path)
    assert (report.state, report.error) == ("failed", "no row could be taken")
    with pytest.raises(InputError, match="import 1 is failed: there is nothing to take back"):
        shop.imports.take_back(1)


def test_the_same_content_is_recognised(shop: Workspace, path: Path, tmp_path: Path) -> None:
    shop.import_events(path)
    other = tmp_path / "other.csv"
    other.write_bytes(path.read_bytes())
    assert [record.number for record in reviewed(shop, other).earlier] == [1]
    other.write_bytes(path.read_bytes() + b"e,42,,1\n")
    assert reviewed(shop, other).earlier == ()


def test_undo_and_redo(shop: Workspace, path: Path) -> None:
    before = shop.digest()
    shop.import_events(path)
    after = shop.digest()
    assert len(shop.undo()) == 5
    assert (shop.digest(), shop.imports.all()) == (before, [])
    shop.redo()
    assert (shop.digest(), shop.imports.get(1).state) == (after, "imported")


def test_half_a_step_is_never_forgotten(shop: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More slices than the history keeps commands, and commands after it: all of its slices stay, or none."""
    monkeypatch.setattr(history, "KEPT_COMMANDS", 3)
    before = shop.digest()
    shop.import_events(path)
    assert len(shop.undo()) == 5
    assert shop.digest() == before
    shop.redo()
    for number in range(8):
        shop.track(f"later{number}", person="42")
        kept = sum(entry.kind == "import" for entry in shop.history.entries())
        assert kept in (0, 5)
    assert kept == 0


class Stop:
    """Stops when it was asked so many times; remembers what was told."""

    def __init__(self, after: int) -> None:
        self.asked = 0
        self.after = after
        self.told: list[ImportProgress] = []

    def __call__(self) -> bool:
        self.asked += 1
        return self.asked > self.after


@pytest.mark.parametrize("after", range(5))
def test_a_stopped_import_leaves_nothing(shop: Workspace, path: Path, after: int) -> None:
    before, review = content(shop), reviewed(shop, path)
    report = shop.imports.run(review, cancelled=Stop(after))
    assert report.state == "canceled"
    assert content(shop) == before
    assert shop.check() == []
    assert [record.state for record in shop.imports.all()] == (["canceled"] if after else [])
    assert shop.redo() == []
    assert shop.imports.unfinished() == []
    assert shop.imports.run(review).imported == 40


def test_a_stopped_check(shop: Workspace, path: Path, tmp_path: Path) -> None:
    with pytest.raises(ImportCancelled, match="nothing was written"):
        shop.imports.inspect(path, "events", errors=tmp_path / "bad.csv", cancelled=Stop(0))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["events.csv"]


def test_progress_has_rate_and_time_left(shop: Workspace, path: Path) -> None:
    """Ten seconds for ten rows: one a second."""
    seconds: Iterator[int] = iter(range(0, 1000, 10))
    imports = Imports(shop.engine, ticks=lambda: next(seconds))
    told: list[ImportProgress] = []
    imports.run(imports.inspect(path, "events"), progress=told.append)
    assert [(at.phase, at.done, at.total) for at in told] == [("importing", done, 45) for done in (10, 20, 30, 40, 45)]
    assert told[-1].share == 1.0
    assert [at.rate for at in told] == [1.0, 1.0, 1.0, 1.0, 0.9]
    assert [at.seconds_left for at in told] == [35.0, 25.0, 15.0, 5.0, 0.0]


def test_strict_takes_all_or_nothing(shop: Workspace, path: Path) -> None:
    before = shop.digest()
    with pytest.raises(InputError, match="5 rows cannot be taken"):
        shop.import_events(path, strict=True)
    assert shop.digest() == before


def test_a_file_that_changed_after_the_check(shop: Workspace, path: Path) -> None:
    review = reviewed(shop, path)
    path.write_text(HEAD, encoding="utf-8")
    with pytest.raises(InputError, match="has changed since it was checked: nothing was imported"):
        shop.imports.run(review)
    assert shop.imports.all() == []


def test_rows_that_became_bad_after_the_check_are_told(shop: Workspace, path: Path, tmp_path: Path) -> None:
    """Somebody is removed in between: the file of bad rows and the record have those rows as well."""
    bad = tmp_path / "bad.csv"
    review = shop.imports.inspect(path, "events", errors=bad)
    assert len(bad.read_text(encoding="utf-8").splitlines()) == 6
    shop.delete("42")
    report = shop.imports.run(review)
    assert (report.state, report.failed) == ("failed", 45)
    lines = bad.read_text(encoding="utf-8").splitlines()
    assert (len(lines), lines[-1]) == (46, "e1,42,1717990000,43,person 42 was not found")
    assert len(shop.imports.problems(1)) == 45


def test_one_at_a_time(shop: Workspace, path: Path) -> None:
    """A second import is refused while one runs; checking is not."""
    review = reviewed(shop, path)
    seen: list[str] = []

    def meanwhile(at: ImportProgress) -> None:
        if seen:
            return
        with pytest.raises(WorkspaceBusy, match="another import runs"):
            shop.imports.run(review)
        with pytest.raises(WorkspaceBusy):
            shop.imports.take_back(1)
        seen.append(shop.imports.get(1).stands)
        seen.append(str(shop.imports.unfinished()))
        reviewed(shop, path)

    assert shop.imports.run(review, progress=meanwhile).state == "imported"
    assert seen == ["running: 10 of 45 rows", "[]"]


def test_a_record_stands_soon(shop: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a short first slice there is something to resume or to take back, should the process be killed."""
    monkeypatch.setattr(import_run, "FIRST_SLICE", 3)
    monkeypatch.setattr(import_run, "SLICE", 40)
    seen: list[str] = []
    review = reviewed(shop, path)
    assert "its 3 slices stay together" in review.undoing
    shop.imports.run(review, progress=lambda _: seen.append(shop.imports.get(1).stands))
    assert seen == ["running: 3 of 45 rows", "running: 43 of 45 rows", "imported: 40 of 45 rows"]
    assert shop.imports.get(1).slices == 3


def test_others_write_between_slices(shop: Workspace, path: Path) -> None:
    """Taking the import back takes them too, so it asks; stopping it then leaves it unfinished, and says so."""
    before, review = content(shop), reviewed(shop, path)
    stop = Stop(6)

    def meanwhile(at: ImportProgress) -> None:
        if at.done == 10:
            shop.track("theirs", person="43")

    report = shop.imports.run(review, progress=meanwhile, cancelled=stop)
    assert report.state == "importing"
    [record] = shop.imports.unfinished()
    assert record.stands == "stopped half-way: 20 of 45 rows"
    assert [entry.summary for entry in shop.imports.in_between(1)] == ["event theirs of 43"]
    with pytest.raises(InputError, match="would be taken back with it \\(1\\): event theirs of 43"):
        shop.imports.take_back(1)
    assert shop.imports.take_back(1, later=True).state == "canceled"
    assert content(shop) == before


def test_an_import_that_is_undone_while_it_runs_stops(shop: Workspace, path: Path) -> None:
    before, review = shop.digest(), reviewed(shop, path)

    def meanwhile(at: ImportProgress) -> None:
        if at.done == 20:
            shop.undo()

    report = shop.imports.run(review, progress=meanwhile)
    assert (report.state, report.error) == ("canceled", "somebody took the import back while it ran")
    assert shop.digest() == before


def test_a_slice_gives_way_to_who_waits(shop: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread that waits for the lock gets it after the piece at hand, not after the slice."""
    monkeypatch.setattr(import_run, "SLICE", 1_000)
    review, lock = reviewed(shop, path), shop.database.storage.lock
    began, told = threading.Event(), []

    def write() -> None:
        began.set()
        shop.track("theirs", person="43")

    waiter = threading.Thread(target=write)
    record = import_run.Slice.hear

    def hear(self: import_run.Slice, receipt: object) -> None:
        if not began.is_set():
            waiter.start()
            began.wait(10)
            while not lock.awaited():
                pass
        record(self, receipt)  # type: ignore[arg-type]

    monkeypatch.setattr(import_run.Slice, "hear", hear)
    report = shop.imports.run(review, progress=lambda at: told.append(at.done))
    waiter.join()
    assert (told[0], told[-1], report.imported) == (4, 45, 40)
    assert shop.check() == []


@pytest.mark.parametrize("at", [10, 20, 40])
def test_resumed_is_the_same_as_straight(shop: Workspace, path: Path, at: int) -> None:
    """The same bytes as an import that never stopped; and one step, as it is."""
    before, review = shop.digest(), reviewed(shop, path)
    shop.imports.run(review)
    straight = content(shop)
    shop.undo()
    _break_off(shop, review, at)
    [record] = shop.imports.unfinished()
    assert (record.rows_done, record.stands) == (at, f"stopped half-way: {at} of 45 rows")
    report = shop.imports.resume(record.number)
    assert (report.state, report.imported, report.failed) == ("imported", 40, 5)
    assert content(shop) == straight
    assert [problem.row for problem in shop.imports.problems(1)] == [10, 19, 28, 37, 46]
    with pytest.raises(InputError, match="there is nothing to resume"):
        shop.imports.resume(record.number)
    shop.undo()
    assert shop.digest() == before


def _break_off(shop: Workspace, review: Review, at: int) -> None:
    """Stop an import as a crash does: nothing is taken back."""

    def crash(progress: ImportProgress) -> None:
        if progress.done == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shop.imports.run(review, progress=crash)


def test_taken_back_after_a_crash(shop: Workspace, path: Path) -> None:
    before, review = content(shop), reviewed(shop, path)
    _break_off(shop, review, 20)
    record = shop.imports.take_back(1)
    assert (content(shop), record.state, record.error, record.rows_done) == (before, "canceled", "taken back", 0)
    assert shop.redo() == []
    with pytest.raises(InputError, match="import 1 is canceled"):
        shop.imports.take_back(1)


def test_undo_takes_a_half_import_back_whole(shop: Workspace, path: Path) -> None:
    before, review = shop.digest(), reviewed(shop, path)
    _break_off(shop, review, 20)
    shop.undo()
    assert shop.digest() == before


def test_a_file_that_changed_is_not_resumed(shop: Workspace, path: Path) -> None:
    _break_off(shop, reviewed(shop, path), 20)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"e0", b"e9"))
    with pytest.raises(InputError, match="is not the file that import 1 began with"):
        shop.imports.resume(1)
    path.unlink()
    with pytest.raises(InputError, match="cannot be read"):
        shop.imports.resume(1)
    path.write_bytes(whole)
    assert shop.imports.resume(1).state == "imported"


def test_without_history_it_can_be_resumed_only(shop: Workspace, path: Path) -> None:
    _break_off(shop, reviewed(shop, path), 20)
    shop.history.clear()
    with pytest.raises(InputError, match="cannot be taken back: its history is gone"):
        shop.imports.take_back(1)
    assert shop.imports.resume(1).imported == 40
    assert shop.check() == []


def test_bad_rows_of_an_earlier_import(shop: Workspace, path: Path, tmp_path: Path) -> None:
    shop.import_events(path)
    review = shop.imports.write_bad_rows(1, tmp_path / "bad.csv")
    assert review.bad == 5
    lines = (tmp_path / "bad.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith(",_cio_error")
    assert lines[1] == "e2,nobody,1717990000,8,_cio_customer_id: person nobody was not found"


def test_mended_bad_rows_are_imported_as_they_are(shop: Workspace, path: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    shop.import_events(path, errors=bad)
    bad.write_text(bad.read_text(encoding="utf-8").replace(",nobody,", ",43,"), encoding="utf-8")
    report = shop.import_events(bad)
    assert (report.imported, report.failed) == (5, 0)


def test_the_file_itself_is_no_place_for_bad_rows(shop: Workspace, path: Path) -> None:
    with pytest.raises(InputError, match="is the file that is imported"):
        shop.import_events(path, errors=path)
