"""Importing event files (domain.md 7.1, 7.3; C1, C2, C3, C5)."""

from pathlib import Path

import pytest
from worlds import DAY, HOUR, T, activities

from cio_tui import Workspace
from cio_tui.imports import problems as problems_module
from cio_tui.model.errors import InputError
from cio_tui.workspace import import_run
from cio_tui.workspace.import_progress import ImportProgress
from cio_tui.workspace.import_report import ImportReport

SAMPLE = """_cio_name,_cio_customer_id,_cio_timestamp,total,property.subproperty
order_placed,42,1717990000,12.5,x
order_placed,nobody,1717990000,1,y
 padded ,43,2024-06-09T10:00:00Z,3,z
bad_time,43,1717990000000,4,w
"""
"""The event CSV of domain.md 14."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


def imported(shop: Workspace, path: Path, content: str | bytes, **options: object) -> ImportReport:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return shop.import_events(path, **options)  # type: ignore[arg-type]


def problems(report: ImportReport) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in report.problems]


def test_the_sample_file(shop: Workspace, file: Path) -> None:
    """C1, C2, C5: unknown people are row errors, columns are flat keys of text, young rows are counted."""
    report = shop.import_events(file)
    first, second = activities(shop, "event")
    assert (first.name, first.timestamp, first.data) == (
        "order_placed",
        1717990000,
        {"total": "12.5", "property.subproperty": "x"},
    )
    assert (second.name, second.timestamp, second.data["total"]) == ("padded", 1717927200, "3")
    assert [one.person for one in (first, second)] == [shop.directory.person(who).person.cio_id for who in ("42", "43")]
    assert (report.rows, report.imported, report.failed, report.young, report.warned) == (4, 2, 2, 2, 1)
    assert [str(problem) for problem in report.problems] == [
        "row 3, _cio_customer_id: person nobody was not found",
        "row 4, _cio_name: the name is sent as 'padded': outer spaces are trimmed (imported)",
        "row 5, _cio_timestamp: timestamp 1717990000000 is in milliseconds: divide it by 1000: 1717990000",
    ]
    assert activities(shop, "failed_event") == []
    assert shop.check() == []


def test_a_dry_run_says_the_same_and_writes_nothing(shop: Workspace, file: Path) -> None:
    before = shop.digest(), shop.history.reach()
    dry = shop.import_events(file, dry_run=True)
    assert (shop.digest(), shop.history.reach()) == before
    real = shop.import_events(file)
    assert dry.to_json() == real.to_json() | {"dry_run": True, "id": None, "state": "validated"}


@pytest.mark.parametrize(
    "header",
    [
        "name,_cio_customer_id",
        "_cio_customer_id,_cio_name",
        "_cio_name",
        "_CIO_NAME,_cio_customer_id",
        "_cio_name,x,_cio_customer_id",
        "",
    ],
)
def test_c3_wrong_first_columns_refuse_the_file(shop: Workspace, file: Path, header: str) -> None:
    before = shop.digest()
    with pytest.raises(InputError) as error:
        imported(shop, file, header + SAMPLE[SAMPLE.index("\n") :])
    assert "row 1" in str(error.value)
    assert shop.digest() == before


def test_c5_only_rows_of_at_most_72_hours_are_young(shop: Workspace, file: Path) -> None:
    ages = (0, 72 * HOUR, 72 * HOUR + 1, 31 * DAY, -5)
    rows = "".join(f"e,42,{T - age}\n" for age in ages)
    report = imported(shop, file, f"_cio_name,_cio_customer_id,_cio_timestamp\n{rows}e,42,\n")
    assert (report.imported, report.young) == (6, 4)
    assert activities(shop, "event")[-1].timestamp == T


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1717990000", 1717990000),
        (" 1717990000 ", 1717990000),
        ("", T),
        ("2024-06-09T10:00:00+02:00", 1717920000),
        ("2024-06-09T10:00:00", 1717927200),
        ("2024-06-09", 1717891200),
        ("1717990000000", "in milliseconds"),
        ("1717990000.5", "is not a time"),
        ("-5", "not a time after"),
        ("09/06/2024", "is not a time"),
        ("now", "is not a time"),
        ("\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660", "is not a time"),
    ],
)
def test_times(shop: Workspace, file: Path, cell: str, expected: int | str) -> None:
    """domain.md 7.3: Unix seconds or ISO 8601, UTC without a zone; an empty cell is the time of processing."""
    report = imported(shop, file, f"_cio_name,_cio_customer_id,_cio_timestamp\ne,42,{cell}\n")
    if isinstance(expected, int):
        assert [activity.timestamp for activity in activities(shop, "event")] == [expected]
    else:
        assert expected in report.problems[0].problem
        assert problems(report) == [(2, "_cio_timestamp")]


def test_without_a_time_column_the_third_is_data(shop: Workspace, file: Path) -> None:
    imported(shop, file, "_cio_name,_cio_customer_id,total,_cio_timestamp\ne,42,1,2\n")
    [activity] = activities(shop, "event")
    assert (activity.timestamp, activity.data) == (T, {"total": "1", "_cio_timestamp": "2"})


def test_json_in_a_cell_stays_text_and_empty_cells_say_nothing(shop: Workspace, file: Path) -> None:
    imported(shop, file, '_cio_name,_cio_customer_id,items,empty\ne,42,"[{""type"":1}]",\n')
    assert activities(shop, "event")[0].data == {"items": '[{"type":1}]'}


def test_rows_are_numbered_as_an_editor_shows_them(shop: Workspace, file: Path) -> None:
    """Quoted newlines, blank lines and Windows line ends included; the number is where the row begins."""
    report = imported(
        shop,
        file,
        '\ufeff_cio_name,_cio_customer_id,note\r\ne,42,"a\r\nb"\r\ne,nobody,x\r\n\r\n,,\r\n"e\r\n",nobody,y\r\ne,42,z\r\n',
    )
    assert problems(report) == [(4, "_cio_customer_id"), (7, "_cio_customer_id")]
    assert (report.rows, report.imported) == (4, 2)
    assert [activity.data["note"] for activity in activities(shop, "event")] == ["a\r\nb", "z"]


def test_ragged_rows_are_row_errors(shop: Workspace, file: Path) -> None:
    report = imported(shop, file, "_cio_name,_cio_customer_id,a\ne,42\ne,42,1,2\ne,42,1\n")
    assert problems(report) == [(2, ""), (3, "")]
    assert report.problems[0].problem == "2 cells where the header has 3"
    assert report.imported == 1


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (",42", "the event name is empty"),
        ("  ,42", "the event name is empty"),
        ("é" * 51 + ",42", "102 bytes"),
        ("e,", "id is empty"),
        ("e," + "x" * 151, "151 bytes"),
        ("e\0,42", "NUL"),
        ("e,4\0", "cannot be printed"),
    ],
    ids=lambda value: value[:12].encode("ascii", "replace").decode(),
)
def test_limits_are_row_errors(shop: Workspace, file: Path, row: str, complaint: str) -> None:
    """Importing is one track a row (domain.md 7.1), but the report says what failed, not the log."""
    report = imported(shop, file, f"_cio_name,_cio_customer_id\n{row}\n e ,42\n")
    assert (report.imported, report.failed, report.problems[0].row) == (1, 1, 2)
    assert complaint in report.problems[0].problem
    assert activities(shop, "failed_event") == []


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is empty: a header line is expected"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"_cio_name,_cio_customer_id,a,a\n", "the column 'a' stands 2 times"),
        (b"_cio_name,_cio_customer_id,,a\n", "column 3 has no name"),
        (b'_cio_name,_cio_customer_id\ne,42\n"e,42\n', "row 3"),
        (b'_cio_name,_cio_customer_id\n"e"x,42\n', "row 2"),
    ],
    ids=["empty", "only a mark", "twice", "no name", "open quote", "text after quote"],
)
def test_a_file_that_is_none_is_refused_before_any_row(
    shop: Workspace, file: Path, content: bytes, complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the fault is far behind rows that are good."""
    monkeypatch.setattr(import_run, "SLICE", 1)
    before = shop.digest()
    with pytest.raises(InputError) as error:
        imported(shop, file, content)
    assert complaint in str(error.value)
    assert shop.digest() == before


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_read(shop: Workspace, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        shop.import_events(tmp_path / name)


def test_a_header_alone_imports_nothing(shop: Workspace, file: Path) -> None:
    before = shop.digest()
    assert imported(shop, file, "_cio_name,_cio_customer_id\n").rows == 0
    assert shop.digest() == before


@pytest.mark.parametrize("by_setting", [True, False])
def test_people_by_email(shop: Workspace, file: Path, by_setting: bool) -> None:
    """One kind of identifier for the whole file: the workspace's, or the one that is said."""
    if by_setting:
        shop.set("identifier", "email")
    content = "_cio_name,_cio_customer_id\ne,ADA@shop.example\ne,42\n"
    report = imported(shop, file, content, identifier=None if by_setting else "email")
    assert (report.imported, problems(report)) == (1, [(3, "_cio_customer_id")])
    assert "not an email" in report.problems[0].problem


def test_an_import_of_several_slices_is_one_step(shop: Workspace, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_run, "SLICE", 2)
    before = shop.digest()
    seen: list[ImportProgress] = []
    content = "_cio_name,_cio_customer_id\ne,nobody\ne,nobody\n" + "e,42\n" * 5
    report = imported(shop, file, content, progress=seen.append)
    after = shop.digest()
    assert (report.imported, report.failed) == (5, 2)
    assert [at.done for at in seen if at.phase == "importing"] == [2, 4, 6, 7]
    assert shop.history.reach()[0] == 3
    taken = shop.undo()
    assert (shop.digest(), len(taken), {entry.summary for entry in taken}) == (before, 4, {"import events from events.csv"})
    shop.redo()
    assert shop.digest() == after


def test_problems_are_kept_up_to_a_limit(shop: Workspace, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each kind, so that many of one do not hide a single one of another."""
    monkeypatch.setattr(problems_module, "KEPT_OF_A_KIND", 2)
    report = imported(shop, file, "_cio_name,_cio_customer_id\n" + "e,nobody\n" * 5 + ",42\n")
    errors = [problem for problem in report.problems if problem.severity == "error"]
    assert (report.failed, [problem.row for problem in errors]) == (6, [2, 3, 7])
