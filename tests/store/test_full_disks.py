"""No room left, or no permission to write: one clear error, every acknowledged document readable, and work goes on afterwards."""

import shutil
import subprocess

import pytest
from children import output, start

from cio_tui.model.errors import DiskFull, ReadOnlyWorkspace, StoreError
from cio_tui.store import Database


def event(number):
    return {"number": number, "text": "x" * 300}


def numbers(database):
    return [document["number"] for document in database]


def integrity(database):
    return database.storage.fetch("PRAGMA integrity_check")


@pytest.fixture
def volume(tmp_path):
    """Mounts a small file system in memory: `volume("3m")` is its folder, `volume("20m")` makes it larger, `ro` read-only."""
    folder = tmp_path / "volume"
    folder.mkdir()
    mounted = False

    def mount(options):
        nonlocal mounted
        command = ["mount", "-t", "tmpfs", "-o", f"{'remount,' * mounted}{options}", "tmpfs", str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            pytest.skip("there is no mount command here")
        if done.returncode:
            pytest.skip(f"a tmpfs cannot be mounted here: {done.stderr.strip()}")
        mounted = True
        return folder

    yield mount
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk(volume):
    path = volume("size=3m") / "shop.cio"
    acknowledged = []
    with Database(path) as database:
        with pytest.raises(DiskFull) as full:
            acknowledged.extend(number for number in range(100_000) if database.insert(event(number)))
        assert full.value.message == f"the disk is full: nothing was written to {path}"
        assert full.value.hint == "free some room and try again"
        assert len(acknowledged) > 100
        assert numbers(database) == acknowledged
        volume("size=20m")
        assert database.insert(event(-1)) == len(acknowledged) + 1
    with Database(path) as database:
        assert numbers(database) == [*acknowledged, -1]
        assert integrity(database) == [("ok",)]


def test_a_batch_that_does_not_fit_leaves_nothing(volume):
    path = volume("size=3m") / "shop.cio"
    with Database(path) as database:
        database.insert(event(1))
        with pytest.raises(DiskFull):
            database.insert_multiple(event(number) for number in range(100_000))
        assert numbers(database) == [1]
        assert not database.storage.in_transaction
        volume("size=90m")
        assert database.insert(event(2)) == 2


def test_no_room_for_a_new_workspace(volume):
    folder = volume("size=64k")
    (folder / "filler").write_bytes(b"x" * 65536)
    with pytest.raises(StoreError, match=r"full|cannot be opened|nothing was changed"):
        Database(folder / "shop.cio")
    (folder / "filler").unlink()
    volume("size=3m")
    with Database(folder / "shop.cio") as database:
        assert database.insert(event(1)) == 1


FILL = """
import resource, sys
from cio_tui.model.errors import StoreError
from cio_tui.store import Database, storage
path, limit, storage._CHECKPOINT_PAGES = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with Database(path) as database:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    acknowledged = 0
    try:
        while True:
            database.insert({"number": acknowledged, "text": "x" * 3000})
            acknowledged += 1
    except StoreError as error:
        print(error, file=sys.stderr)
    print(acknowledged, len(database), database.all()[-1]["number"])
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    print(database.insert({"number": acknowledged}))
"""


@pytest.mark.parametrize(("kibibytes", "pages"), [(200, 4000), (1500, 4000), (1500, 50)])
def test_a_limit_on_the_size_of_files(tmp_path, kibibytes, pages):
    """With 50 pages it is first the file that cannot grow, when the log is folded in after a commit."""
    pytest.importorskip("resource")
    path = tmp_path / "shop.cio"
    acknowledged, readable, last, after = map(int, output(start(FILL, path, kibibytes * 1024, pages)).split())
    assert (readable, last, after) == (acknowledged, acknowledged - 1, acknowledged + 1)
    assert acknowledged > kibibytes / 20
    with Database(path) as database:
        assert numbers(database) == list(range(acknowledged + 1))
        assert integrity(database) == [("ok",)]


def test_a_read_only_file_system(volume):
    folder = volume("size=3m")
    with Database(folder / "shop.cio") as database:
        database.insert(event(1))
    (folder / "empty.cio").touch()
    volume("ro")
    with Database(folder / "shop.cio") as database:
        assert database.storage.read_only
        assert numbers(database) == [1]
        for write in (lambda: database.insert(event(2)), database.truncate, lambda: database.update({}), database.drop_tables):
            with pytest.raises(ReadOnlyWorkspace, match="can only be read"):
                write()
    for name in ("empty.cio", "new.cio"):
        with pytest.raises(ReadOnlyWorkspace):
            Database(folder / name)


def test_a_read_only_file_whose_log_was_not_folded_in(volume):
    folder = volume("size=3m")
    with Database(folder / "shop.cio") as database:
        database.insert(event(1))
        for suffix in ("", "-wal"):
            shutil.copy(folder / f"shop.cio{suffix}", folder / f"left.cio{suffix}")
    volume("ro")
    with pytest.raises(ReadOnlyWorkspace) as refused:
        Database(folder / "left.cio")
    assert refused.value.message == f"{folder / 'left.cio'} cannot be written, and its last changes are still in left.cio-wal"
    assert refused.value.hint == "copy both files to where you may write, and open the copy"
