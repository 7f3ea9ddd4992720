"""Several processes, and several threads, on one workspace."""

import threading
import time

import pytest
from children import output, start
from tinydb import where

from cio_tui.store import Database
from cio_tui.store.lock import FairLock

INCREMENT = """
import sys
from cio_tui.store import Database
with Database(sys.argv[1]) as database:
    for _ in range(int(sys.argv[2])):
        database.update(lambda document: document.update(n=document["n"] + 1), doc_ids=[1])
"""

UPSERT = """
import sys
from tinydb import where
from cio_tui.store import Database
sys.stdin.readline()
with Database(sys.argv[1]) as database:
    for n in range(100):
        database.upsert({"key": n}, where("key") == n)
"""

HOLD = """
import sys
from pathlib import Path
from cio_tui.store.lock import FairLock
lock = FairLock(Path(sys.argv[1]))
with lock.held():
    print("held", flush=True)
    sys.stdin.readline()
print("free", flush=True)
"""

WRITE_WITHOUT_A_PAUSE = """
import sys
from cio_tui.store import Database
with Database(sys.argv[1]) as database:
    print("started", flush=True)
    while True:
        database.insert({"busy": True})
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "shop.cio"


@pytest.fixture
def child():
    """Starts children that must not outlive the test."""
    started = []

    def begin(code, *arguments):
        started.append(start(code, *arguments))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def until(condition, seconds=10):
    """Wait for something that happens in another process or thread."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.002)


def test_no_update_is_lost(path):
    with Database(path) as database:
        database.insert({"n": 0})
        children = [start(INCREMENT, path, 200) for _ in range(3)]
        for one in children:
            output(one)
        assert database.all() == [{"n": 600}]


def test_upserts_of_one_key_make_one_document(path, child):
    with Database(path) as database:
        children = [child(UPSERT, path) for _ in range(2)]
        for one in children:
            one.stdin.write("go\n")
            one.stdin.flush()
        for one in children:
            output(one)
        assert [document["key"] for document in database] == list(range(100))


def test_data_version_tells_of_every_commit(path):
    with Database(path) as here, Database(path) as there:
        assert here.storage.data_version() == here.storage.data_version()
        for write in (
            lambda: there.insert({"n": 1}),
            lambda: there.update({"n": 2}),
            lambda: here.insert({"n": 3}),
            lambda: there.drop_table("_default"),
        ):
            before = here.storage.data_version()
            write()
            assert here.storage.data_version() != before
        before = here.storage.data_version()
        there.all()
        here.count(where("n") == 1)
        assert here.storage.data_version() == before


def test_another_connection_sees_a_commit_at_once_and_nothing_before_it(path):
    with Database(path) as here, Database(path) as there:
        with here.storage.transaction():
            here.insert({"n": 1})
            assert (len(here), len(there)) == (1, 0)
        assert (len(here), len(there)) == (1, 1)


def test_a_snapshot_sees_one_state(path):
    with Database(path) as here, Database(path) as there:
        here.insert({"n": 1})
        with here.storage.snapshot():
            assert len(here) == 1
            there.insert({"n": 2})
            assert (len(here), len(here.all()), here.count(where("n") > 0)) == (1, 1, 1)
        assert len(here) == 2


def test_a_table_dropped_elsewhere_is_empty_here(path):
    with Database(path) as here, Database(path) as there:
        here.insert({"n": 1})
        there.drop_tables()
        assert (here.all(), len(here), here.tables()) == ([], 0, set())
        assert here.insert({"n": 2}) == 1


def test_the_lock_knows_who_waits(path, child):
    lock = FairLock(path)
    with lock.held():
        with lock.held():
            assert not lock.awaited()
        waiter = child(HOLD, path)
        until(lock.awaited)
    assert waiter.stdout.readline() == "held\n"
    assert not lock.awaited()
    output(waiter)
    lock.close()


def test_a_killed_holder_frees_the_lock(path, child):
    lock = FairLock(path)
    holder = child(HOLD, path)
    assert holder.stdout.readline() == "held\n"
    waiter = child(HOLD, path)
    until(lock.awaited)
    holder.kill()
    assert waiter.stdout.readline() == "held\n"
    waiter.kill()
    with lock.held():
        assert not lock.awaited()
    lock.close()


def test_the_lock_is_re_entrant(path):
    lock = FairLock(path)
    with lock.held(), lock.held():
        pass
    other = FairLock(path)
    with other.held(), pytest.raises(RuntimeError):
        raise RuntimeError
    with lock.held():
        assert not other.awaited()
    lock.close()
    other.close()


def test_one_who_writes_without_a_pause_does_not_starve_others(path, child):
    writer = child(WRITE_WITHOUT_A_PAUSE, path)
    writer.stdout.readline()
    with Database(path) as database:
        waits = []
        for _ in range(40):
            before = time.monotonic()
            database.insert({"busy": False})
            waits.append(time.monotonic() - before)
        assert sorted(waits)[len(waits) // 2] < 0.25
        assert database.count(where("busy") == True) > 20  # noqa: E712


def test_threads_have_connections_of_their_own(path):
    with Database(path) as database:
        database.insert({"n": 0})
        connections, failures = set(), []

        def work():
            try:
                for _ in range(50):
                    database.update(lambda document: document.update(n=document["n"] + 1), doc_ids=[1])
                    database.insert({"thread": True})
                connections.add(id(database.storage.connection))
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert len(connections | {id(database.storage.connection)}) == 5
        assert (database.get(doc_id=1), len(database)) == ({"n": 200}, 201)


def test_a_transaction_of_one_thread_is_not_seen_by_another(path):
    with Database(path) as database:
        seen = []
        with database.storage.transaction():
            database.insert({"n": 1})
            reader = threading.Thread(target=lambda: seen.extend([len(database), database.storage.in_transaction]))
            reader.start()
            reader.join()
        assert seen == [0, False]


def test_transactions_join_the_outermost(path):
    with Database(path) as database:

        def fail_late():
            with database.storage.transaction():
                database.insert_multiple([{"n": 1}, {"n": 2}])
                database.table("made").insert({})
                assert database.storage.in_transaction
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail_late()
        assert (len(database), database.tables(), database.storage.in_transaction) == (0, set(), False)
