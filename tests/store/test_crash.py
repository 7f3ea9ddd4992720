"""Processes killed while they write: what was acknowledged is there, and a batch is there whole or not at all."""

import random
import time

import pytest
from children import start
from tinydb import where

from cio_tui.store import Database

TESTS = 3
BATCH = 20

WRITER = """
import random, sys
from cio_tui.store import Database, storage
storage._CHECKPOINT_PAGES = 50  # so that some are killed while they fold the log in
path, seed = sys.argv[1], int(sys.argv[2])
chance = random.Random(seed)
database = Database(path)
number = len(database)
print("started", flush=True)
while True:
    kind = chance.random()
    text = "x" * chance.randrange(3000)
    if kind < 0.6:
        print("one", database.insert({"writer": seed, "text": text}), flush=True)
    elif kind < 0.9:
        documents = ({"batch": [seed, number], "text": text} for _ in range(20))
        print("batch", *database.insert_multiple(documents), flush=True)
    else:
        database.upsert({"newest": number}, database_newest)
        print("newest", number, flush=True)
    number += 1
""".replace("database_newest", '(lambda document: "newest" in document)')


def killed(path, seed, chance):
    """What a writer had printed when it was killed: lines of words. Only whole lines count as acknowledged.

    One in three is killed about the time when it opens the workspace, the others while they write.
    """
    writer = start(WRITER, path, seed)
    if seed % 3:
        assert writer.stdout.readline() == "started\n"
        time.sleep(chance.uniform(0, 0.15))
    else:
        time.sleep(chance.uniform(0.05, 0.15))
    writer.kill()
    printed, complaints = writer.communicate()
    assert writer.returncode == -9, complaints
    lines = [line.split() for line in printed.splitlines(keepends=True) if line.endswith("\n")]
    return [line for line in lines if line != ["started"]]


@pytest.mark.parametrize("test", range(TESTS))
def test_kill(test, tmp_path, request, record_property):
    path = tmp_path / "shop.cio"
    chance = random.Random(test)
    kills = request.config.getoption("--kills") // TESTS
    ids, newest, count = set(), -1, 0
    for kill in range(kills):
        for kind, *numbers in killed(path, 1000 * test + kill, chance):
            if kind == "newest":
                newest = int(numbers[0])
            else:
                assert ids.isdisjoint(map(int, numbers))
                ids.update(map(int, numbers))
        with Database(path) as database:
            found = database.all()
            assert ids <= {document.doc_id for document in found}
            assert len(found) >= count
            batches = [tuple(document["batch"]) for document in found if "batch" in document]
            assert all(batches.count(batch) == BATCH for batch in set(batches))
            marked = database.get(where("newest").exists())
            assert newest <= (marked["newest"] if marked else -1)
            assert database.storage.fetch("PRAGMA integrity_check") == [("ok",)]
            count = len(found)
    assert len(ids) > kills * 5
    record_property("cases: kill -9", kills)
    record_property("cases: acknowledged writes before a kill", len(ids))


@pytest.mark.parametrize("damage", ["cut", "garbled"])
def test_a_torn_log_keeps_every_commit_before_the_tear(damage, tmp_path, record_property):
    """As after a loss of power: the tail of the log may be missing, or be rubbish."""
    chance = random.Random(damage)
    ends = []
    with Database(tmp_path / "shop.cio") as database:
        log_path = tmp_path / "shop.cio-wal"
        for number in range(60):
            database.insert_multiple({"number": number, "text": "x" * chance.randrange(800)} for _ in range(3))
            ends.append(log_path.stat().st_size)
        file, log = (tmp_path / "shop.cio").read_bytes(), log_path.read_bytes()
    assert len(ends) == len(set(ends))
    for case in range(20):
        tear = chance.choice(ends) + chance.choice([-1, 0, 1]) if case % 4 == 0 else chance.randrange(len(log))
        tail = b"" if damage == "cut" else chance.randbytes(len(log[tear:]))
        torn = tmp_path / f"torn {case}"
        torn.mkdir()
        (torn / "shop.cio").write_bytes(file)
        (torn / "shop.cio-wal").write_bytes(log[:tear] + tail)
        with Database(torn / "shop.cio") as database:
            complete = sum(end <= tear for end in ends)
            assert [document["number"] for document in database] == [number for number in range(complete) for _ in range(3)]
            assert database.storage.fetch("PRAGMA integrity_check") == [("ok",)]
            database.insert({})
    record_property("cases: torn log", 20)
