"""Where our database differs from stock TinyDB, on purpose: one test each, with what stock does beside it."""

import threading
from contextlib import suppress

import pytest
from tinydb import TinyDB, operations, where
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from cio_tui.model.errors import InputError
from cio_tui.store import Database, TableSchema

NAMED = {"fruit": TableSchema({"name": "text", "n": "integer"})}


@pytest.fixture
def stock():
    with TinyDB(storage=MemoryStorage) as database:
        yield database


def test_documents_come_in_the_order_of_their_ids(ours, stock):
    for database in (ours, stock):
        database.insert_multiple([Document({"n": 1}, doc_id=9), Document({"n": 2}, doc_id=4)])
    assert [document.doc_id for document in ours] == [4, 9]
    assert [document.doc_id for document in stock] == [9, 4]


def test_the_newest_id_is_given_again_once_its_document_is_gone(ours, stock):
    """Stock remembers the last id while a table object lives, and forgets it at the next opening."""
    for database in (ours, stock):
        database.insert_multiple([{}, {}])
        database.remove(doc_ids=[2])
    assert (ours.insert({}), stock.insert({})) == (2, 3)


def test_a_given_id_moves_the_next_one_within_a_batch_too(ours, stock):
    """Stock gives the id of the batch's first document to the second, which then replaces it."""
    batch = [Document({"n": 1}, doc_id=1), {"n": 2}]
    assert (ours.insert_multiple(batch), len(ours)) == ([1, 2], 2)
    assert (stock.insert_multiple(batch), len(stock)) == ([1, 1], 1)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (float("nan"), "a.b: nan is not a JSON number"),
        (float("inf"), "a.b: inf is not a JSON number"),
        (2**64, "a.b: the number 18446744073709551616… does not fit 64 bits"),
        ({1: 2}, "a.b: the key 1 is not text"),
        ("\ud800", "a.b: the text has a lone surrogate (U+D800) at character 1"),
        ({1, 2}, "a.b: a set is not a JSON value"),
    ],
)
def test_what_json_cannot_carry_is_refused(ours, stock, value, message):
    with pytest.raises(InputError) as refused:
        ours.insert({"a": {"b": value}})
    assert refused.value.message == message
    assert len(ours) == 0
    assert stock.insert({"a": {"b": value}}) == 1


def test_a_refused_document_takes_its_batch_with_it(ours):
    with pytest.raises(InputError):
        ours.insert_multiple([{"n": 1}, {"n": float("nan")}])
    ours.insert_multiple([{"n": 1}, {"n": 2}])
    with pytest.raises(InputError):
        ours.update(lambda document: document.update(n=document["n"] / 0.0 if document["n"] == 0 else 2**70))
    assert [document["n"] for document in ours] == [1, 2]


def test_a_failing_change_leaves_every_document_as_it_was(ours, stock):
    """Stock's memory storage keeps what was changed before the failure."""
    for database in (ours, stock):
        database.insert_multiple([{"n": 1}, {"m": 1}])
        with pytest.raises(KeyError):
            database.update(operations.increment("n"))
    assert (ours.get(doc_id=1), stock.get(doc_id=1)) == ({"n": 1}, {"n": 2})


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"name": 5}, "fruit.name must be text or absent, not number"),
        ({"name": ["a"]}, "fruit.name must be text or absent, not array"),
        ({"n": "5"}, "fruit.n must be integer or absent, not string"),
        ({"n": True}, "fruit.n must be integer or absent, not boolean"),
        ({"n": 1.0}, "fruit.n must be integer or absent, not number"),
        ({"n": 2**63}, "fruit.n must be integer or absent, not number"),
        ({"name": "a\0b"}, "fruit.name has a NUL character at position 2"),
    ],
)
def test_a_declared_field_has_its_type(document, message):
    with Database(schema=NAMED) as database, pytest.raises(InputError) as refused:
        database.table("fruit").insert(document)
    assert refused.value.message == message


def test_null_in_a_declared_field_is_absence(stock):
    with Database(schema=NAMED) as database:
        for table in (database.table("fruit"), stock.table("fruit")):
            table.insert({"name": None, "other": None})
        assert database.table("fruit").all() == [{"other": None}]
        assert not database.table("fruit").contains(where("name").exists())
    assert stock.table("fruit").contains(where("name").exists())


def test_persist_empty_keeps_what_a_table_holds(ours, stock):
    """Stock empties the table."""
    for database in (ours, stock):
        database.table("a").insert({})
    assert len(type(ours).table_class(ours.storage, "a", persist_empty=True)) == 1
    assert len(type(stock).table_class(stock.storage, "a", persist_empty=True)) == 0


def test_declared_tables_are_emptied_not_dropped():
    with Database(schema=NAMED) as database:
        database.table("fruit").insert({"name": "fig"})
        database.drop_table("fruit")
        assert database.tables() == {"fruit"}
        assert database.table("fruit").all() == []
        database.table("fruit").insert({"name": "fig"})
        database.drop_tables()
        assert (database.tables(), len(database.table("fruit"))) == ({"fruit"}, 0)


def test_two_queries_that_share_a_hash_have_their_own_answers(ours):
    """TinyDB's query cache takes these pairs for one query."""
    ours.insert({"name": "Fig", "pair": [1, 2]})
    assert [ours.count(where("name").matches("fig", flags)) for flags in (0, 2)] == [0, 1]
    assert [ours.count(where("pair") == pair) for pair in ((1, 2), [1, 2])] == [0, 1]


def test_a_view_of_a_table_can_be_stored_under_another_name_or_elsewhere(ours, tmp_path):
    ours.table("old").insert_multiple([{"n": 1}, {"n": 2}])
    with Database(tmp_path / "copy.cio") as copy:
        copy.storage.write(ours.storage.read())
        assert copy.table("old").all() == [{"n": 1}, {"n": 2}]
    tables = ours.storage.read()
    tables["new"] = tables.pop("old")
    ours.storage.write(tables)
    assert (ours.tables(), ours.table("new").all()) == ({"new"}, [{"n": 1}, {"n": 2}])


@pytest.mark.parametrize("name", ["_history", "sqlite_master", "sqlite_x", "FRUIT", "a\0b"])
def test_table_names_that_the_file_cannot_hold_are_refused(ours, name):
    ours.table("fruit").insert({"n": 1})
    with pytest.raises(InputError, match="table"):
        ours.table(name).insert({"n": 2})
    assert (ours.tables(), ours.table(name).all(), len(ours.table("fruit"))) == ({"fruit"}, [], 1)


@pytest.mark.parametrize("name", ["", "two words", 'a"b', "it's", "tëst", "doc_id", "select", "a.b", "fruit_by_name"])
def test_any_other_text_is_a_table_name(name, tmp_path):
    with Database(tmp_path / "shop.cio") as database:
        database.table(name).insert({"n": 1})
        assert (database.tables(), database.table(name).all()) == ({name}, [{"n": 1}])
        database.drop_table(name)
        assert database.tables() == set()


def test_threads_share_a_database_in_memory():
    """Readers see whole transactions only, also of one that is taken back."""
    with Database() as database:
        seen, done = set(), threading.Event()

        def write():
            for _ in range(100):
                with suppress(ZeroDivisionError), database.storage.transaction():
                    database.insert({})
                    database.insert({"bad": 1 / 0})
                database.insert_multiple([{}, {}])
            done.set()

        writer = threading.Thread(target=write)
        writer.start()
        while not done.is_set():
            seen.add(database.count(where("bad").exists() | ~where("bad").exists()))
        writer.join()
        assert len(database) == 200
        assert all(number % 2 == 0 for number in seen)
