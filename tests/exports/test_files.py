"""Exported files: there whole or not at all, whatever goes wrong; what is said names the path and the reason."""

import csv
import errno
import json
import os
from pathlib import Path

import pytest

from cio_tui.exports.csv_file import write_csv
from cio_tui.exports.json_lines import write_json_lines
from cio_tui.model.errors import StoreError
from cio_tui.workspace import Workspace

ROWS = [{"a": "=1+1", "b": {"x": [1]}}, {"a": "ø", "b": None}]
WRITERS = {"csv": lambda path, rows: write_csv(path, ["a", "b"], rows), "lines": write_json_lines}


@pytest.fixture(params=WRITERS)
def write(request):
    return WRITERS[request.param]


def test_csv(tmp_path):
    path = tmp_path / "x.csv"
    assert write_csv(path, ["a", "b"], ROWS) == 2
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["a", "b"], ["'=1+1", '{"x":[1]}'], ["ø", ""]]


def test_json_lines(tmp_path):
    path = tmp_path / "x.jsonl"
    assert write_json_lines(path, ROWS) == 2
    assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == ROWS


def full_disk():
    yield ROWS[0]
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def stopped():
    yield ROWS[0]
    raise KeyError("stopped")


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, write):
    path = tmp_path / "x"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(StoreError, match=f"{path} cannot be written: no space left on device"):
        write(path, full_disk())
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_its_place(tmp_path, write):
    path = tmp_path / "x"
    path.mkdir()
    with pytest.raises(StoreError, match=f"{path} cannot be written: "):
        write(path, ROWS)
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_missing(tmp_path, write):
    with pytest.raises(StoreError, match="cannot be written: no such file"):
        write(tmp_path / "none" / "x", ROWS)
    assert list(tmp_path.iterdir()) == []


def test_stopping_leaves_nothing(tmp_path, write):
    with pytest.raises(KeyError):
        write(tmp_path / "x", stopped())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("beside", ["", "-wal"])
def test_a_workspace_is_never_replaced(tmp_path, write, beside):
    with Workspace.open(tmp_path / "shop.cio", create=True) as workspace:
        workspace.identify("42")
        path = tmp_path / f"shop.cio{beside}"
        with pytest.raises(StoreError, match=f"{path} cannot be written: it is a workspace"):
            write(path, ROWS)
        assert workspace.directory.person("42")
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_never_replaced(tmp_path, write):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(StoreError, match=f"{path} cannot be written: it is a device or a pipe"):
        write(path, ROWS)
    assert path.is_fifo()


def test_a_link_stays_a_link(tmp_path, write):
    (tmp_path / "elsewhere").mkdir()
    path, there = tmp_path / "x", tmp_path / "elsewhere" / "there"
    path.symlink_to(there)
    for _ in range(2):  # as it leads nowhere yet, and when it leads to the old file
        assert write(path, ROWS) == 2
        assert path.is_symlink()
        assert there.read_bytes()
        assert not there.is_symlink()


def test_no_name_at_all(write):
    with pytest.raises(StoreError, match="cannot be written: is a directory"):
        write(Path(), ROWS)
