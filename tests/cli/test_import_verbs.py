"""The command line of imports."""

import os
import signal

import pytest

from cio_tui.model.errors import InputError
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
        "  note: 1 event at most 72 h old: campaigns may start",
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


@pytest.fixture
def interrupted(monkeypatch):
    """`interrupted(times)`: slices of a row, and ctrl-c so often before the second of them."""

    once = Run._slice

    def arrange(times):
        monkeypatch.setattr(import_run, "SLICE", 1)

        def slice_(run, problems):
            for _ in range(times if run.record.rows_done == 1 else 0):
                signal.raise_signal(signal.SIGINT)
            once(run, problems)

        monkeypatch.setattr(Run, "_slice", slice_)

    return arrange


def test_ctrl_c_takes_back(files, interrupted):
    """All of it, with the exit code that a shell expects; the record stays."""
    interrupted(1)
    before = signal.getsignal(signal.SIGINT)
    answer = files("import", "events", "events.csv")
    assert (answer.code, signal.getsignal(signal.SIGINT)) == (130, before)
    assert answer.out == "import 1: stopped after 2 of 3 rows; all of it is taken back\n"
    assert "stopping: what was imported is taken back" in answer.err
    assert files("activity", "type:event", "--json").lines == []
    assert "canceled: stopped after 2 of 3 rows" in files("imports").out
    again = files("import", "events", "events.csv", "--json")
    assert (again.code, again.line["state"], again.line["id"]) == (130, "canceled", 2)


def test_ctrl_c_twice_leaves_it_half_way(files, interrupted):
    """At once, and says where to look; a resumed one can be stopped, too, and is taken back then."""
    interrupted(2)
    answer = files("import", "events", "events.csv")
    assert (answer.code, answer.out) == (130, "")
    assert "left as it stands: `cio-tui imports` says how far it is" in answer.err
    assert "stopped half-way: 1 of 3 rows" in files("imports").out
    interrupted(1)
    assert files("imports", "resume", "1").code == 130
    assert "canceled" in files("imports").out


def test_ctrl_c_while_it_is_checked(files, monkeypatch):
    """Nothing is written, not even a record."""

    def check(*given):
        signal.raise_signal(signal.SIGINT)
        step = given[-1]
        step(1, 2)

    monkeypatch.setattr("cio_tui.workspace.importer.check_rows", check)
    answer = files("import", "events", "events.csv")
    assert (answer.code, answer.out) == (130, "")
    assert "stopped: nothing was written" in answer.err
    assert "no imports yet" in files("imports").err


def test_ctrl_c_where_others_wrote_meanwhile(files, interrupted, monkeypatch):
    """What is theirs is not taken back: the import stands half-way, and says so."""
    interrupted(1)
    monkeypatch.setattr("cio_tui.workspace.importer.take_back", _others_wrote)
    answer = files("import", "events", "events.csv")
    assert answer.code == 130
    assert "import 1 stands half-way, as others wrote since it began" in answer.err


def _others_wrote(*_, **__):
    raise InputError("others wrote")


def test_a_job_of_the_background_is_not_stopped_by_ctrl_c(files, interrupted):
    interrupted(1)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert files("import", "events", "events.csv").code == 1
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_dry_run_makes_no_workspace(cli, tmp_path):
    """And events have nobody to belong to where there is none."""
    (tmp_path / "people.csv").write_text("id\n42\n")
    answer = cli("import", "people", "people.csv", "--dry-run")
    assert (answer.code, answer.out) == (0, "1 row: 1 would be imported (1 added, 0 updated), 0 refused\n")
    answer = cli("import", "events", "people.csv")
    assert answer.code == 3
    assert "import people first" in answer.err
    assert not (tmp_path / "test.cio").exists()


def test_more_bad_rows_than_are_listed(shop, tmp_path):
    """Each list says that there are more, and what shows them."""
    (tmp_path / "bad.csv").write_text("id,email\n" + "".join(f"{place},nowhere\n" for place in range(250)))
    assert (
        "… 230 more rows refused, 180 more problems with --json; --errors FILE writes" in shop("import", "people", "bad.csv").err
    )
    assert "`imports errors 1 --to FILE` writes them" in shop("imports", "show", "1").err
    listed = shop("imports", "errors", "1")
    assert (len(listed.out.splitlines()), listed.err) == (200, "the first 200 of 250 rows: --to FILE writes them all\n")
    assert shop("imports", "errors", "1", "--to", "x.csv", "--json").line == {"file": "x.csv", "rows": 250}
    (tmp_path / "good.csv").write_text("id\n42\n")
    assert shop("import", "people", "good.csv").err == "good.csv: UTF-8, comma, 1 row, all checked\n"
    assert shop("imports", "errors", "2").err == "import 2 refused no row\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_what_can_be_read_only_once(shop, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for file in ("-", "pipe"):
        answer = shop("import", "people", file)
        assert answer.code == 3
        assert "a file is read three times" in answer.err
        assert "write it to a file first" in answer.err


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
