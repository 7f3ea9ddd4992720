"""`export`: each list to stdout and to a file, in both forms; a person as a folder, one JSON and a CSV."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

CLOCK = 1718000000


@pytest.fixture
def sold(shop):
    """Ada with two orders, one of them 45 days old, a page view, and a formula."""
    shop("send", "order", "--person", "42", "--data", '{"total": 215, "note": "=1+1", "items": [{"type": "hdmi"}]}')
    shop("send", "order", "--person", "42", "--timestamp", str(CLOCK - 45 * 86400))
    shop("send", "/", "--type", "page", "--person", "42")
    return shop


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_people(sold):
    result = sold("export", "people")
    assert (result.code, result.err) == (0, "")
    assert rows(result.out) == [{"id": "42", "email": "ada@shop.example", "first_name": "Ada", "score": "9"}]
    assert result.out.startswith("id,email,first_name,score\r\n")
    assert [line["attributes"] for line in sold("export", "people", "--format", "jsonl").lines] == [
        {"first_name": "Ada", "score": 9}
    ]


def test_events_to_stdout_with_what_is_left_out_on_stderr(sold):
    result = sold("export", "events")
    assert [(row["_cio_timestamp"], row["note"], row["items"]) for row in rows(result.out)] == [
        (str(CLOCK - 45 * 86400), "", ""),
        (str(CLOCK), "'=1+1", '[{"type":"hdmi"}]'),
    ]
    assert "left out: 1 page and screen views" in result.err
    assert sold("export", "events", "--identifier", "email").out.count("ada@shop.example") == 2


def test_json_is_json_lines(sold):
    assert [line["name"] for line in sold("export", "events", "--json").lines] == ["order", "order", "/"]
    result = sold("export", "events", "--json", "--format", "csv")
    assert (result.code, result.out) == (2, "")
    assert "name a file with --output" in result.err


def test_a_file_says_its_form_by_its_name(sold, tmp_path):
    assert sold("export", "events", "-o", "x.jsonl").out == "3 rows written to x.jsonl\n"
    assert len((tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()) == 3
    said = sold("export", "events", "-o", "x.csv", "--json").line
    assert said == {
        "file": "x.csv",
        "rows": 2,
        "left_out": {"page and screen views, which an event CSV cannot tell from events": 1},
    }
    assert (tmp_path / "x.csv").read_bytes() == sold("export", "events").out.encode()


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_was_exported_is_imported_into_an_empty_workspace(sold, form):
    sold("export", "people", "-o", f"people.{form}")
    sold("export", "events", "-o", f"events.{form}")
    before = sold("workspace", "check", "--json").line["people_and_events"]
    other = ("-w", "other.cio")
    assert sold(*other, "clock", "hold", str(CLOCK)).code == 0
    assert sold(*other, "import", "people", f"people.{form}").code == 0
    assert sold(*other, "import", "events", f"events.{form}").code == 0
    after = sold(*other, "workspace", "check", "--json").line["people_and_events"]
    assert (after == before) is (form == "jsonl")  # a CSV knows no kinds and no pages
    assert rows(sold(*other, "export", "events").out) == rows(sold("export", "events").out)
    assert rows(sold(*other, "export", "people").out) == rows(sold("export", "people").out)


def test_activity(sold):
    assert [row["name"] for row in rows(sold("export", "activity", "type:event").out)] == ["order"]
    assert len(rows(sold("export", "activity", "type:event", "--hidden").out)) == 2
    [entry] = sold("export", "activity", "type:event", "--json").lines
    assert entry == sold("activity", "type:event", "--json").line
    assert sold("export", "activity", "nope:1").code == 3


def test_index(sold, tmp_path):
    assert [row["name"] for row in rows(sold("export", "index", "events").out)] == ["/", "order"]
    assert sold("export", "index", "attributes", "-o", "x.csv").out == "2 rows written to x.csv\n"
    assert [row["people_with_attribute"] for row in rows((tmp_path / "x.csv").read_text(encoding="utf-8"))] == ["1", "1"]
    assert [line["last_updated"] for line in sold("export", "index", "attributes", "--json").lines] == [CLOCK, CLOCK]


def test_cells_are_no_formulas(sold):
    sold("send", "=SUM(A1)", "--person", "42")
    assert "'=SUM(A1),event," in sold("export", "index", "events").out


def test_segment(sold, tmp_path):
    (tmp_path / "pro.yaml").write_text(
        "name: High scores\nconditions:\n  - attribute: score\n    greater than: 5\n", encoding="utf-8"
    )
    assert sold("segment", "save", "pro.yaml").code == 0
    assert [row["id"] for row in rows(sold("export", "segment", "high scores").out)] == ["42"]
    assert [line["id"] for line in sold("export", "segment", "1", "--as-of", "+1d", "--json").lines] == ["42"]
    assert sold("export", "segment", "nobody").code == 3


def test_a_person_as_a_folder(sold, tmp_path):
    result = sold("export", "person", "ada@shop.example")
    [folder] = tmp_path.glob("export-*-20240610T061320Z")
    assert result.out == f"7 rows written to {folder.name}\n"
    assert str(CLOCK - 45 * 86400) in [row["timestamp"] for row in rows((folder / "events.csv").read_text(encoding="utf-8"))]
    assert json.loads((folder / "profile.json").read_text(encoding="utf-8"))["id"] == "42"
    again = sold("export", "person", "42")
    assert again.code == 3
    assert "is there already" in again.err
    (tmp_path / "out").mkdir()
    assert sold("export", "person", "42", "-o", "out", "--json").line["file"] == f"out/{folder.name}"


def test_a_person_as_one_json_and_as_a_csv(sold, tmp_path):
    found = json.loads(sold("export", "person", "42", "--format", "json").out)
    assert [event["name"] for event in found["events"]] == ["order", "order", "/"]
    assert sold("export", "person", "42", "--format", "json", "-o", "x.json").code == 0
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8")) == found
    log = rows(sold("export", "person", "42", "--format", "csv").out)
    assert {row["type"] for row in log} == {"profile_create", "attribute_change", "event", "page"}
    assert sold("export", "person", "nobody").code == 3


def test_a_person_in_the_form_that_the_name_says(sold, tmp_path):
    """As a list's; `--json` without a file prints the one JSON."""
    found = sold("export", "person", "42", "--json").line
    assert sold("export", "person", "42", "-o", "x.json").code == 0
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8")) == found
    assert sold("export", "person", "42", "-o", "x.csv", "--json").line["rows"] == len(rows((tmp_path / "x.csv").read_text()))
    assert sold("export", "person", "42", "-o", "folder").code == 0
    assert [path.name.split("-")[0] for path in (tmp_path / "folder").iterdir()] == ["export"]


def test_the_workspace_is_never_written_over(sold, tmp_path):
    result = sold("export", "people", "-o", "test.cio")
    assert result.code == 3
    assert "it is a workspace" in result.err
    assert sold("workspace", "check").code == 0


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this system has no full device")
def test_a_full_disk_behind_stdout(sold, tmp_path):
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "cio_tui", "-w", str(tmp_path / "test.cio"), "export", "people"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 3
    assert "error: what is printed cannot be written: no space left on device\n" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "what", [("people",), ("events",), ("activity",), ("index", "events"), ("person", "42", "--format", "json")]
)
def test_a_file_that_cannot_be_written(sold, tmp_path, what):
    result = sold("export", *what, "-o", "none/x.csv")
    assert result.code == 3
    assert "cannot be written: no such file" in result.err
    assert not (tmp_path / "none").exists()
