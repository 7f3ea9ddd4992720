"""The command line of imports."""

import pytest

from cio_tui.workspace import import_run
from cio_tui.workspace.import_run import Run


@pytest.fixture
def files(shop, tmp_path):
    """A file of events with bad rows in it, and one of people."""
    (tmp_path / "events.csv").write_text(
        "_cio_name;_cio_customer_id;_cio_timestamp;total\norder;42;1717990000;5\norder;nobody;;5\nnew sign up;42;yesterday;1\n"
    )
    (tmp_path / "people.csv").write_text("Customer,plan,note\n42,pro,x\n50,basic,y\n")
    return shop


def test_what_is_said(files, tmp_path):
    """What was found out, the counts, the bad rows; then the record."""
    answer = files(
        "import", "events", "events.csv", "--errors", "bad.csv", "--name", "June", "--description", "backfill", "--progress"
    )
    assert answer.code == 1
    assert "events.csv: UTF-8, semicolon, 3 rows, all checked" in answer.err
    assert "importing: 100% of 3 rows" in answer.err
    assert answer.out.splitlines() == [
        "import 1: 3 rows: 1 imported, 2 refused",
        "  note: 1 are at most 72 h old and can start campaigns",
        "  row 3, _cio_customer_id: person nobody was not found",
        "  row 4, _cio_timestamp: 'yesterday' is not a time",
    ]
    assert (tmp_path / "bad.csv").read_text().splitlines()[1] == "order;nobody;;5;_cio_customer_id: person nobody was not found"
    assert "imported: 1 of 3 rows" in files("imports").out
    shown = files("imports", "show", "1", "--json").line
    assert (shown["name"], shown["description"], shown["state"], shown["rows_imported"]) == ("June", "backfill", "imported", 1)
    assert [problem["row"] for problem in files("imports", "errors", "1", "--json").lines] == [3, 4]
    assert files("imports", "errors", "1", "--to", "again.csv").code == 0
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "bad.csv").read_bytes()
    assert "the same content was imported before: import 1" in files("import", "events", "events.csv", "--dry-run").err


def test_people_are_mapped(files):
    answer = files("import", "people", "people.csv", "--map", "Customer=id", "--map", "note=", "--only", "existing", "--json")
    assert (answer.code, answer.line["imported"], answer.line["skipped"], answer.line["updated"]) == (0, 1, 1, 1)
    assert files("person", "42", "--json").line["attributes"]["plan"] == "pro"
    assert files("import", "people", "people.csv").code == 3
    assert "must be COLUMN=NAME" in files("import", "people", "people.csv", "--map", "x").err


def test_strict_imports_nothing(files):
    answer = files("import", "events", "events.csv", "--strict", "--json")
    assert (answer.code, answer.line["state"]) == (1, "failed")
    assert files("imports", "--json").lines == []


def test_an_import_that_stopped_half_way(files, monkeypatch):
    """It is told, resumed, and taken back."""
    monkeypatch.setattr(import_run, "SLICE", 1)
    once = Run._slice

    def crash(run, problems):
        if run.record.rows_done == 1:
            raise KeyboardInterrupt
        once(run, problems)

    monkeypatch.setattr(Run, "_slice", crash)
    assert files("import", "events", "events.csv").code == 130
    monkeypatch.setattr(Run, "_slice", once)
    listed = files("imports", "list")
    assert "stopped half-way: 1 of 3 rows" in listed.out
    assert "import 1 stopped half-way: `imports resume` goes on with it" in listed.err
    assert files("workspace", "info", "--json").line["unfinished_imports"] == [1]
    assert "stopped half-way: `imports resume 1` or `imports take-back 1`" in files("workspace", "info").out
    assert files("imports", "resume", "1", "--progress").code == 1
    files("send", "later", "--person", "42")
    assert "event later of 42" in files("imports", "take-back", "1").err
    assert files("imports", "take-back", "1", "--with-later", "--json").line["state"] == "canceled"
    assert files("activity", "type:event", "--json").lines == []
    assert files("imports", "resume", "9").code == 3
