"""Limits that were documented once and not confirmed since are told, not enforced (domain.md 7.1)."""

from pathlib import Path

import pytest

from cio_tui import Workspace
from cio_tui.imports import plan


def test_many_columns_are_told(shop: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(f"id,{','.join(f'a{n}' for n in range(100))}\n7{',x' * 100}\n", encoding="utf-8")
    review = shop.imports.inspect(path, "people")
    assert "101 columns; the product took at most 100" in review.notes[0]
    assert shop.imports.run(review).imported == 1
    assert len(shop.directory.person("7").person.attributes) == 100


def test_large_files_are_told(shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "LARGE", 10)
    path = tmp_path / "large.csv"
    path.write_text("id,plan\n7,x\n", encoding="utf-8")
    assert "the product took at most 100 MB" in shop.imports.inspect(path, "people").notes[0]


def test_columns_are_shown_with_what_they_hold(shop: Workspace, tmp_path: Path) -> None:
    """What a column is for, what its cells look like, and which attributes nobody has yet."""
    path = tmp_path / "people.csv"
    path.write_text("id,plan,score,seen,left\n7,pro,1,2024-06-09,\n8,,2.5,2024-06-10,\n", encoding="utf-8")
    look = shop.imports.look(path, "people")
    assert [(one.name, one.use, one.kind, one.filled, one.is_new) for one in look.columns] == [
        ("id", "id", "whole number", 2, False),
        ("plan", "attribute", "text", 1, False),
        ("score", "attribute", "number", 2, True),
        ("seen", "attribute", "time", 2, True),
        ("left", "attribute", "empty", 0, True),
    ]
    assert look.columns[2].samples == ["1", "2.5"]
    assert shop.imports.kind_of(path) == "people"
    assert shop.imports.inspect(path, "people").new_attributes == ("score", "seen", "left")


def test_columns_are_mapped_and_left_out(shop: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Customer,E-mail,Plan,note\n7,z@x.example,pro,x\n", encoding="utf-8")
    report = shop.import_people(path, mapping={"Customer": "id", "E-mail": "email", "Plan": "plan", "note": ""})
    assert (report.imported, report.added) == (1, 1)
    person = shop.directory.person("z@x.example").person
    assert (person.id, person.attributes) == ("7", {"plan": "pro"})


@pytest.mark.parametrize(("only", "people"), [("all", {"42", "7"}), ("new", {"7"}), ("existing", {"42"})])
def test_whose_rows_are_imported(shop: Workspace, tmp_path: Path, only: str, people: set[str]) -> None:
    """The product's data_to_process; rows that are passed over are no errors."""
    path = tmp_path / "people.csv"
    path.write_text("id,seen\n42,x\n7,x\n7,x\n", encoding="utf-8")
    report = shop.import_people(path, only=only)
    changed = {row.person.id for row in shop.directory.people() if "seen" in row.person.attributes}
    assert (changed, report.failed) == (people, 0)
    assert report.imported + report.skipped == report.rows == 3
    assert shop.imports.get(1).data_to_process == {"all": "all", "new": "only_new", "existing": "only_existing"}[only]
