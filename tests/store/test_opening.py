"""Files that are not ours, not there, or not whole: one clear error each, and no byte of theirs changed."""

import os
import random
import sqlite3
import threading

import apsw
import pytest
from children import output, start
from tinydb import TinyDB

from cio_tui.model.errors import NewerWorkspace, NotAWorkspace, StoreError
from cio_tui.store import Database
from cio_tui.store.opening import refuse_version
from cio_tui.store.schema import APPLICATION_ID, SCHEMA_VERSION


def refusal(path, **options):
    """The error that opening a file ends with; what lies in the folder must be as before."""
    before = {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}
    with pytest.raises(StoreError) as refused:
        Database(path, **options)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()} == before
    return refused.value


@pytest.fixture
def path(tmp_path):
    return tmp_path / "shop.cio"


def test_tinydb_json_says_how_to_import_it(path):
    with TinyDB(path) as stock:
        stock.insert({"a": 1})
    error = refusal(path)
    assert type(error) is NotAWorkspace
    assert error.message == f"{path} is JSON, not a workspace file"
    assert error.hint == "make a workspace from it: cio-tui -w NEW workspace import-json shop.cio"


@pytest.mark.parametrize("size", [1, 100, 4095, 4096, 8192])
def test_zeros(path, size):
    path.write_bytes(bytes(size))
    error = refusal(path)
    assert (type(error), error.message) == (NotAWorkspace, f"{path} is not a workspace file")


@pytest.mark.parametrize("content", [b" ", b"SQLite format 4\0", b"name,ts\n", random.Random(1).randbytes(5000)], ids=len)
def test_other_bytes(path, content):
    path.write_bytes(content)
    error = refusal(path)
    assert (type(error), error.message) == (NotAWorkspace, f"{path} is not a workspace file")


@pytest.mark.parametrize("content", [b"SQLite format 3\0", b"SQLite format 3\0" + random.Random(2).randbytes(8176)])
def test_a_file_that_only_begins_like_a_database(path, content):
    path.write_bytes(content)
    assert type(refusal(path)) is NotAWorkspace


@pytest.mark.parametrize("settings", ["application_id = 7", "user_version = 1", "user_version = 0", "journal_mode = wal"])
def test_another_sqlite_database(path, settings):
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA {settings}")
        other.execute("CREATE TABLE t (a)")
    other.close()
    error = refusal(path)
    assert (type(error), error.message) == (NotAWorkspace, f"{path} is another program's SQLite database, not a workspace")


def make_newer(path):
    Database(path).close()
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", SCHEMA_VERSION + 1)
    return connection


def test_a_later_version(path):
    make_newer(path).close()
    error = refusal(path)
    assert type(error) is NewerWorkspace
    assert f"written by a later version (schema {SCHEMA_VERSION + 1}, this one knows {SCHEMA_VERSION})" in error.message
    assert error.hint == "upgrade with: python -m pip install --upgrade cio_tui"


def test_a_later_version_whose_log_was_not_folded_in(path):
    """As a killed process leaves it: the version is in the log only."""
    connection = make_newer(path)
    folder = path.parent / "left"
    folder.mkdir()
    parts = {name: (path.parent / name).read_bytes() for name in ("shop.cio", "shop.cio-wal")}
    connection.close()
    for name, content in parts.items():
        (folder / name).write_bytes(content)
    for _ in range(2):
        with pytest.raises(NewerWorkspace):
            Database(folder / "shop.cio")
        assert {name: (folder / name).read_bytes() for name in parts} == parts


def test_a_folder(tmp_path):
    with pytest.raises(NotAWorkspace, match="is a folder, not a workspace file"):
        Database(tmp_path)


def test_a_missing_folder(tmp_path):
    with pytest.raises(StoreError, match=r"there is no folder .*nowhere to put the workspace in"):
        Database(tmp_path / "nowhere" / "shop.cio")
    assert not (tmp_path / "nowhere").exists()


def test_a_missing_file_that_must_not_be_made(path):
    error = refusal(path, create=False)
    assert error.message == f"there is no workspace at {path}"
    assert error.hint == "any command that writes makes one"
    assert not path.exists()


@pytest.mark.parametrize("name", ["x" * 300, "nul\0.cio", "file.txt/shop.cio"])
@pytest.mark.parametrize("create", [True, False])
def test_names_that_no_file_can_have(tmp_path, name, create):
    (tmp_path / "file.txt").write_text("")
    with pytest.raises(StoreError):
        Database(tmp_path / name, create=create)


@pytest.mark.skipif(not hasattr(os, "setuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "shop.cio"
    Database(path).close()
    path.chmod(0)
    code = """
import os, sys
from cio_tui.model.errors import StoreError
from cio_tui.store import Database
os.setuid(65534)
try:
    Database(sys.argv[1])
except StoreError as error:
    print(error)
"""
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    assert "Permission denied" in output(start(code, path))


def test_an_empty_file_becomes_a_workspace(path):
    path.write_bytes(b"")
    with Database(path) as database:
        database.insert({"a": 1})
    assert path.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4)
    with Database(path, create=False) as database:
        assert database.all() == [{"a": 1}]


def test_a_closed_database_says_so(path):
    database = Database(path)
    database.close()
    for use in (database.all, lambda: database.insert({})):
        with pytest.raises(StoreError, match=r"shop\.cio was closed$"):
            use()


def test_nothing_but_the_file_and_its_locks_stays_after_closing(path):
    with Database(path) as database:
        database.insert({"a": 1})
    assert {file.name for file in path.parent.iterdir()} == {"shop.cio", "shop.cio-queue.lock", "shop.cio-write.lock"}


FIRST_OPENING = """
import sys
from cio_tui.store import WORKSPACE, Database
for path in sys.stdin:
    with Database(path.strip(), schema=WORKSPACE) as database:
        print(database.table("letters").insert({}), flush=True)
"""


def test_a_workspace_that_is_made_while_we_look_is_not_another_program_s(path):
    maker = threading.Thread(target=lambda: Database(path).close())

    class Watched(apsw.Connection):
        def pragma(self, name, *value):
            found = super().pragma(name, *value)
            if name == "application_id":
                maker.start()
                maker.join(0.2)
            return found

    looking = Watched(str(path))
    assert refuse_version(looking, path) is True, "still empty"
    maker.join()
    looking.close()
    with Database(path, create=False) as database:
        assert refuse_version(database.storage.connection, path) is False


def test_four_processes_that_open_a_new_file_at_once(tmp_path):
    children = [start(FIRST_OPENING) for _ in range(4)]
    for attempt in range(100):
        for child in children:
            child.stdin.write(f"{tmp_path / str(attempt)}.cio\n")
            child.stdin.flush()
        answers = sorted(child.stdout.readline() for child in children)
        if answers != ["1\n", "2\n", "3\n", "4\n"]:
            break
    for child in children:
        assert output(child) == ""
    assert answers == ["1\n", "2\n", "3\n", "4\n"]
