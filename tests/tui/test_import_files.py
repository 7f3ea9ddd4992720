"""Finding the file of an import: what a terminal makes of a dropped one, what is in a folder, what tab completes."""

from pathlib import Path

import pytest

from cio_tui.model.errors import InputError
from cio_tui.tui.importing.files import completed, folder_of, typed
from cio_tui.tui.importing.pasted import path_in


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """A folder with files, the current one."""
    for name in ("people.csv", "PEOPLE old.CSV", "it's; 1.csv", "events.jsonl", "notes.md", ".hidden.csv"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    for name in ("archive", "art", ".git"):
        (tmp_path / name).mkdir()
    (tmp_path / "archive" / "é ü.csv").write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("people.csv", "people.csv"),
        ("  people.csv \n", "people.csv"),
        ("{here}/people.csv", "people.csv"),
        ("{here}/PEOPLE old.CSV", "PEOPLE old.CSV"),
        ("{here}/PEOPLE\\ old.CSV ", "PEOPLE old.CSV"),
        ("'{here}/PEOPLE old.CSV'", "PEOPLE old.CSV"),
        ('"{here}/PEOPLE old.CSV"', "PEOPLE old.CSV"),
        ("& '{here}/PEOPLE old.CSV'", "PEOPLE old.CSV"),
        ("{here}/it\\'s\\;\\ 1.csv", "it's; 1.csv"),
        ("'{here}/it'\\''s; 1.csv'", "it's; 1.csv"),
        ("{here}/it's; 1.csv", "it's; 1.csv"),
        ("file://{here}/PEOPLE%20old.CSV", "PEOPLE old.CSV"),
        ("file://localhost{here}/archive/%C3%A9%20%C3%BC.csv", "archive/é ü.csv"),
        ("'file://{here}/people.csv'", "people.csv"),
        ("~/people.csv", "people.csv"),
        ("events.jsonl", "events.jsonl"),
        ("notes.md", None),
        ("archive", None),
        ("missing.csv", None),
        ("people.csv\nevents.jsonl", None),
        ("", None),
        ("'people.csv", None),
        ("~nobody-of-that-name/people.csv", None),
        ("https://shop.example/people.csv", None),
        ("x\0y.csv", None),
        ("a" * 5000 + ".csv", None),
    ],
)
def test_what_a_terminal_pastes(tmp_path, text, path):
    found = path_in(text.replace("{here}", str(tmp_path)))
    assert (None if found is None else found.resolve()) == (None if path is None else tmp_path / path)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["..", "archive", "art", "events.jsonl", "it's; 1.csv", "PEOPLE old.CSV", "people.csv"]),
        ("peo", ["PEOPLE old.CSV", "people.csv"]),
        ("old", ["PEOPLE old.CSV"]),
        (".h", [".hidden.csv"]),
        ("ar", ["archive", "art"]),
        ("archive/", ["..", "é ü.csv"]),
        ("~/peo", ["PEOPLE old.CSV", "people.csv"]),
        ("zzz", []),
    ],
)
def test_a_folder_shows_what_may_be_meant(text, names):
    assert [entry.name for entry in folder_of(text).entries] == names


def test_a_folder_that_cannot_be_looked_into():
    with pytest.raises(InputError, match="none cannot be looked into: no such file"):
        folder_of("none/x")
    with pytest.raises(InputError, match="cannot be looked into"):
        folder_of("a\0b/x")


@pytest.mark.parametrize(
    ("text", "after"),
    [("ev", "events.jsonl"), ("ar", "ar"), ("arc", "archive/"), ("zzz", "zzz"), ("archive/é", "archive/é ü.csv")],
)
def test_tab_completes_as_far_as_names_agree(text, after):
    assert completed(text, folder_of(text)) == after


@pytest.mark.parametrize(
    ("text", "name", "after"),
    [
        ("", "people.csv", "people.csv"),
        ("", "archive", "archive/"),
        ("archive/", "é ü.csv", "archive/é ü.csv"),
        ("archive/", "..", ""),
        ("archive/../art/", "..", ""),
    ],
)
def test_what_choosing_puts_into_the_line(text, name, after):
    folder = folder_of(text)
    entry = next(one for one in folder.entries if one.name == name)
    assert typed(folder.path, entry) == after


def test_going_up_from_here_leaves_the_folder(tmp_path):
    folder = folder_of("")
    assert Path(typed(folder.path, folder.entries[0])).resolve() == tmp_path.parent
