"""A workspace file with wrong bytes in it: every call works or raises a StoreError, never anything else."""

import random

import pytest
from tinydb import where

from cio_tui.model.errors import DamagedWorkspace, StoreError
from cio_tui.store import Database, Index, TableSchema

SCHEMA = {"events": TableSchema({"name": "text", "at": "integer"}, (Index(("name", "at")),))}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The bytes of a workspace with 800 events."""
    path = tmp_path_factory.mktemp("whole") / "shop.cio"
    with Database(path, schema=SCHEMA) as database:
        database.table("events").insert_multiple(
            {"name": f"event {n % 7}", "at": n, "data": {"text": f"{n} …" * 30}} for n in range(800)
        )
    return path.read_bytes()


def use(path):
    """Read by every way there is, and write; the faults that were reported."""
    faults = []
    try:
        with Database(path, schema=SCHEMA) as database:
            events = database.table("events")
            for call in (
                events.all,
                lambda: len(events),
                lambda: events.search((where("name") == "event 3") & (where("at") > 100)),
                lambda: events.count(where("data")["text"] == "x"),
                lambda: events.get(doc_id=400),
                lambda: list(database.storage.read()["events"]),
                lambda: events.insert({"name": "more", "at": 1}),
                lambda: events.update({"seen": True}, where("at") < 50),
                lambda: events.remove(where("at") > 780),
            ):
                try:
                    call()
                except StoreError as fault:
                    faults.append(fault)
    except StoreError as fault:
        faults.append(fault)
    return faults


@pytest.mark.parametrize("seed", range(4))
def test_overwritten_blocks(whole, tmp_path, seed, record_property):
    chance = random.Random(seed)
    path = tmp_path / "shop.cio"
    reported = 0
    for case in range(15):
        content = bytearray(whole)
        start = 0 if case == 0 else chance.randrange(100, len(content) - 512)
        content[start : start + 512] = chance.randbytes(512)
        path.write_bytes(content)
        reported += bool(use(path))
        for rest in tmp_path.glob("shop.cio-*"):
            rest.unlink()
    assert reported >= 8
    record_property("cases: damaged files", 15)


@pytest.mark.parametrize("seed", range(2))
def test_cut_off_files(whole, tmp_path, seed, record_property):
    chance = random.Random(seed)
    path = tmp_path / "shop.cio"
    reported = 0
    for length in [16, 99, 100, 4096, len(whole) - 1, *(chance.randrange(1, len(whole)) for _ in range(7))]:
        path.write_bytes(whole[:length])
        reported += bool(use(path))
        for rest in tmp_path.glob("shop.cio-*"):
            rest.unlink()
    assert reported >= 11
    record_property("cases: damaged files", 12)


@pytest.mark.parametrize("text", ["'{\"a\": 1'", "'5'", "''", "x'00'", "CAST(x'7b22ff223a317d' AS TEXT)", "7"])
def test_a_document_that_is_no_longer_one(tmp_path, text):
    with Database(tmp_path / "shop.cio", schema=SCHEMA) as database:
        events = database.table("events")
        events.insert_multiple([{"name": "good"}, {"name": "bad"}])
        database.storage.connection.execute(f"UPDATE events SET doc = {text} WHERE doc_id = 2")
        assert events.get(doc_id=1) == {"name": "good"}
        for read in (events.all, lambda: events.get(doc_id=2), lambda: events.search(where("name") == "bad")):
            with pytest.raises(DamagedWorkspace, match="damaged"):
                read()
        events.remove(doc_ids=[1])
        assert len(events) == 1


def test_errors_of_the_callers_own_code_are_not_called_damage(ours):
    def undecodable():
        yield {"a": 1}
        yield {"a": b"\xff".decode()}

    with pytest.raises(UnicodeDecodeError):
        ours.insert_multiple(undecodable())
    ours.insert({"a": 1})
    with pytest.raises(UnicodeDecodeError):
        ours.search(where("a").test(lambda _: b"\xff".decode()))
    assert len(ours) == 1
