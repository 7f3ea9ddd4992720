"""Importing people files: one identify a row (domain.md 7.2; C4)."""

from pathlib import Path

import pytest
from worlds import activities, ulid

from cio_tui import Workspace
from cio_tui.model.errors import InputError
from cio_tui.workspace import import_run
from cio_tui.workspace.import_report import ImportReport


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def imported(ws: Workspace, path: Path, content: str, **options: object) -> ImportReport:
    path.write_text(content, encoding="utf-8")
    return ws.import_people(path, **options)  # type: ignore[arg-type]


def attributes(ws: Workspace, reference: str) -> dict:
    return ws.directory.person(reference).person.attributes


def test_people_are_added_and_updated(shop: Workspace, file: Path) -> None:
    report = imported(shop, file, "id,email,plan,Id\n42,,Free,x\n7,new@shop.example,basic,\n")
    assert (report.rows, report.imported, report.young) == (2, 2, 0)
    assert attributes(shop, "42") == {"first_name": "Ada", "plan": "Free", "score": 9, "Id": "x"}
    assert attributes(shop, "new@shop.example") == {"plan": "basic"}
    assert shop.directory.person("new@shop.example").person.id == "7"
    assert shop.check() == []


@pytest.mark.parametrize(("empty", "left"), [("ignore", {"first_name": "Ada", "plan": "Pro"}), ("clear", {"plan": "Pro"})])
def test_c4_an_empty_cell_is_ignored_or_clears(shop: Workspace, file: Path, empty: str, left: dict) -> None:
    """An identifier is never cleared."""
    shop.identify("42", {"score": None})
    imported(shop, file, "id,email,first_name,plan\n42,,,Pro\n", empty=empty)
    assert attributes(shop, "42") == left
    assert shop.directory.person("42").person.email == "ada@shop.example"


def test_c4_id_and_Id_are_different_attributes(ws: Workspace, file: Path) -> None:  # noqa: N802
    imported(ws, file, "id,Id,ID\n1,2,3\n")
    assert attributes(ws, "1") == {"Id": "2", "ID": "3"}


@pytest.mark.parametrize(
    ("identifier", "found"),
    [(None, ["42", "bo@shop.example"]), ("id", ["42"]), ("email", ["ada@shop.example", "bo@shop.example"])],
)
def test_who_a_row_is_about(shop: Workspace, file: Path, identifier: str | None, found: list[str]) -> None:
    """By id where the row has one and else by email, or by the one that is said."""
    report = imported(shop, file, "id,email,note\n42,ada@shop.example,x\n,BO@shop.example,x\n,,x\n", identifier=identifier)
    assert (report.imported, report.failed) == (len(found), 3 - len(found))
    assert all(attributes(shop, reference)["note"] == "x" for reference in found)
    assert shop.directory.count() == 2
    assert report.problems[-1].to_json() == {
        "row": 4,
        "column": identifier or "id",
        "problem": "the row says nobody: the cell is empty",
        "severity": "error",
        "kind": "identifier",
    }


def test_an_identifier_that_is_set_is_not_changed(shop: Workspace, file: Path) -> None:
    """domain.md 7.2: the attribute fails, the rest of the row applies."""
    imported(shop, file, "id,email,plan\n42,new@shop.example,Free\n")
    assert shop.directory.person("42").person.email == "ada@shop.example"
    assert attributes(shop, "42")["plan"] == "Free"
    assert [failed.name for failed in activities(shop, "failed_attribute_change")] == ["email"]


def test_an_anonymous_id_column_merges(ws: Workspace, file: Path) -> None:
    """domain.md 2.4: any write that sets the attribute does."""
    ws.track("seen", anonymous_id="a", id=ulid(1))
    imported(ws, file, "id,anonymous_id\n1,a\n")
    assert activities(ws, "event")[0].person == ws.directory.person("1").person.cio_id


@pytest.mark.parametrize(
    ("content", "identifier"),
    [("name,plan\na,b\n", None), ("id\n1\n", "email"), ("Id,Email\n1,2\n", None), ("", None), ("id,id\n", None)],
)
def test_a_file_without_an_identifier_is_refused(ws: Workspace, file: Path, content: str, identifier: str | None) -> None:
    before = ws.digest()
    with pytest.raises(InputError):
        imported(ws, file, content, identifier=identifier)
    assert ws.digest() == before


def test_rows_that_cannot_be_taken(shop: Workspace, file: Path) -> None:
    shop.suppress("43")
    rows = ["1,a@b.example,x", "2,no address,x", "3,,x,y", "43,,x", "4,," + "x" * 1001, "5,,x"]
    report = imported(shop, file, "\n".join(["id,email,plan", *rows]))
    assert [problem.row for problem in report.problems] == [3, 4, 5, 6]
    assert report.imported == 2
    assert shop.check() == []


def test_a_dry_run_and_one_step(shop: Workspace, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_run, "SLICE", 2)
    content = "id,plan\n" + "".join(f"p{number},x\n" for number in range(7))
    before = shop.digest()
    assert imported(shop, file, content, dry_run=True).imported == 7
    assert shop.digest() == before
    imported(shop, file, content)
    after = shop.digest()
    assert shop.directory.count() == 9
    assert {entry.summary for entry in shop.undo()} == {"import people from people.csv"}
    assert shop.digest() == before
    shop.redo()
    assert shop.digest() == after
