"""Every public method of TinyDB and Table: the same outcome from stock TinyDB and from our database."""

import pytest
from tinydb import Query, operations, where
from tinydb.table import Document

from cio_tui.store import Database

FRUIT = [{"name": "apple", "n": 1}, {"name": "pear", "n": 2}, {"name": "plum", "n": 3}]


@pytest.fixture
def fruit(db):
    """A table of three documents with the ids 1, 2 and 3."""
    table = db.table("fruit")
    table.insert_multiple(FRUIT)
    return table


def test_insert_gives_ids_from_one_on(db):
    assert [db.insert({"a": 1}), db.insert({"a": 2}), db.insert({})] == [1, 2, 3]


def test_a_document_brings_its_own_id(db):
    assert db.insert(Document({"a": 1}, doc_id=12)) == 12
    assert db.get(doc_id=12) == {"a": 1}
    assert db.insert({"a": 2}) == 13


def test_an_id_that_is_taken_is_refused(db):
    db.insert(Document({"a": 1}, doc_id=5))
    with pytest.raises(ValueError, match=r"^Document with ID 5 already exists$"):
        db.insert(Document({"a": 2}, doc_id=5))
    assert db.all() == [{"a": 1}]


@pytest.mark.parametrize("wrong", [None, 1, "text", [1], {1}])
def test_only_mappings_are_documents(db, wrong):
    with pytest.raises(ValueError, match=r"^Document is not a Mapping$"):
        db.insert(wrong)
    with pytest.raises(ValueError, match=r"^Document is not a Mapping$"):
        db.insert_multiple([{"a": 1}, wrong])
    assert len(db) == 0


def test_insert_multiple_takes_any_iterable(db):
    assert db.insert_multiple({"n": n} for n in range(3)) == [1, 2, 3]
    assert db.insert_multiple([]) == []
    assert [document["n"] for document in db] == [0, 1, 2]


def test_insert_multiple_is_all_or_nothing(db):
    db.insert(Document({"first": True}, doc_id=2))
    with pytest.raises(ValueError, match="Document with ID 2 already exists"):
        db.insert_multiple([Document({}, doc_id=7), Document({}, doc_id=2)])
    assert db.all() == [{"first": True}]


def test_all_and_iteration_give_documents_with_ids(fruit):
    assert fruit.all() == FRUIT
    assert [(type(document), document.doc_id) for document in fruit] == [(Document, 1), (Document, 2), (Document, 3)]


def test_search(fruit):
    found = fruit.search(where("n") >= 2)
    assert [(document.doc_id, document["name"]) for document in found] == [(2, "pear"), (3, "plum")]
    assert fruit.search(where("n") > 9) == []


def test_get_by_condition_id_and_ids(fruit):
    assert fruit.get(where("n") > 1).doc_id == 2
    assert fruit.get(where("n") > 9) is None
    assert fruit.get(doc_id=3) == {"name": "plum", "n": 3}
    assert fruit.get(doc_id=9) is None
    assert [document.doc_id for document in fruit.get(doc_ids=[3, 1, 9, 1])] == [1, 3]
    assert fruit.get(doc_ids=[]) == []


def test_get_and_contains_without_a_question_are_refused(fruit):
    with pytest.raises(RuntimeError, match="You have to pass either cond or doc_id or doc_ids"):
        fruit.get()
    with pytest.raises(RuntimeError, match="You have to pass either cond or doc_id"):
        fruit.contains()


def test_contains_and_count(fruit):
    assert fruit.contains(where("name") == "pear")
    assert not fruit.contains(where("name") == "fig")
    assert fruit.contains(doc_id=1)
    assert not fruit.contains(doc_id=9)
    assert fruit.count(where("n") < 3) == 2
    assert fruit.count(where("n") < 0) == 0


def test_what_is_read_is_a_copy(ours):
    ours.insert({"tags": ["a"]})
    ours.get(doc_id=1)["tags"].append("b")
    assert ours.get(doc_id=1) == {"tags": ["a"]}


def test_update_with_a_mapping(fruit):
    assert fruit.update({"ripe": True}) == [1, 2, 3]
    assert fruit.update({"n": 0, "ripe": False}, where("name") == "pear") == [2]
    assert fruit.get(doc_id=2) == {"name": "pear", "n": 0, "ripe": False}
    assert fruit.update({"n": 7}, doc_ids=[3, 9]) == [3]
    assert fruit.update({"n": 7}, doc_ids=[]) == []
    assert fruit.update({"n": 7}, where("n") == 99) == []
    assert [document["n"] for document in fruit] == [1, 0, 7]


def test_update_with_a_function(fruit):
    def double(document):
        document["n"] *= 2

    assert fruit.update(double, doc_ids=[3, 3]) == [3, 3]
    assert fruit.update(double, where("n") <= 2) == [1, 2]
    assert [document["n"] for document in fruit] == [2, 4, 12]


@pytest.mark.parametrize(
    ("operation", "after"),
    [
        (operations.delete("n"), {"name": "pear"}),
        (operations.add("n", 5), {"name": "pear", "n": 7}),
        (operations.add("name", "s"), {"name": "pears", "n": 2}),
        (operations.subtract("n", 0.5), {"name": "pear", "n": 1.5}),
        (operations.set("n", [None]), {"name": "pear", "n": [None]}),
        (operations.increment("n"), {"name": "pear", "n": 3}),
        (operations.decrement("n"), {"name": "pear", "n": 1}),
    ],
)
def test_update_with_an_operation(fruit, operation, after):
    assert fruit.update(operation, where("name") == "pear") == [2]
    assert fruit.get(doc_id=2) == after
    assert fruit.get(doc_id=1) == FRUIT[0]


def test_an_operation_on_a_missing_field_fails_as_in_tinydb(fruit):
    with pytest.raises(KeyError, match="weight"):
        fruit.update(operations.increment("weight"))


def test_update_multiple(fruit):
    changes = [({"small": True}, where("n") < 3), (operations.increment("n"), where("name") == "pear")]
    assert fruit.update_multiple(changes) == [1, 2, 2]
    assert fruit.all() == [
        {"name": "apple", "n": 1, "small": True},
        {"name": "pear", "n": 3, "small": True},
        {"name": "plum", "n": 3},
    ]
    assert fruit.update_multiple([]) == []


def test_a_later_pair_of_update_multiple_sees_what_an_earlier_one_did(fruit):
    assert fruit.update_multiple([({"n": 50}, where("n") == 3), ({"many": True}, where("n") == 50)]) == [3, 3]
    assert fruit.get(doc_id=3) == {"name": "plum", "n": 50, "many": True}


def test_upsert_by_condition_updates_all_or_inserts_one(fruit):
    assert fruit.upsert({"kind": "pome"}, where("n") < 3) == [1, 2]
    assert fruit.upsert({"name": "fig", "n": 4}, where("name") == "fig") == [4]
    assert [document.get("kind") for document in fruit] == ["pome", "pome", None, None]


def test_upsert_by_document_id(fruit):
    assert fruit.upsert(Document({"n": 10}, doc_id=1)) == [1]
    assert fruit.get(doc_id=1) == {"name": "apple", "n": 10}
    assert fruit.upsert(Document({"name": "kiwi"}, doc_id=20)) == [20]
    assert fruit.get(doc_id=20) == {"name": "kiwi"}


def test_upsert_without_a_question_is_refused(fruit):
    with pytest.raises(ValueError, match="you must specify a doc_id"):
        fruit.upsert({"n": 1})


def test_remove_by_condition_and_by_ids(fruit):
    assert fruit.remove(where("name") == "pear") == [2]
    assert fruit.remove(doc_ids=[3, 9]) == [3]
    assert fruit.remove(where("n") == 99) == []
    assert fruit.all() == [FRUIT[0]]


def test_remove_without_a_question_is_refused(fruit):
    with pytest.raises(RuntimeError, match=r"^Use truncate\(\) to remove all documents$"):
        fruit.remove()


def test_an_id_in_the_middle_is_not_given_twice(fruit):
    fruit.remove(doc_ids=[1, 2])
    assert fruit.insert({}) == 4


def test_truncate_starts_ids_again(fruit):
    fruit.truncate()
    assert (len(fruit), fruit.all(), fruit.insert({})) == (0, [], 1)


def test_length(fruit):
    assert len(fruit) == 3
    fruit.remove(doc_ids=[1])
    assert len(fruit) == 2


def test_a_table_knows_its_name_and_storage(db):
    table = db.table("fruit")
    assert table.name == "fruit"
    assert table.storage is db.storage
    assert db.table("fruit") is table


def test_tables_are_there_once_they_were_written(db):
    db.insert({})
    db.table("b").insert({})
    db.table("only looked at").all()
    assert db.tables() == {"_default", "b"}


def test_persist_empty_makes_a_table_at_once(db):
    assert len(db.table("kept", persist_empty=True)) == 0
    assert db.tables() == {"kept"}


@pytest.mark.parametrize("size", [0, 1, 10])
def test_any_cache_size_gives_true_answers(db, size):
    table = db.table("fruit", cache_size=size)
    table.insert({"n": 1})
    assert table.count(where("n") == 1) == 1
    table.update({"n": 2})
    assert (table.count(where("n") == 1), table.count(where("n") == 2)) == (0, 1)
    table.clear_cache()


def test_drop_table(db):
    db.table("a").insert({"kept": False})
    db.table("b").insert({"kept": True})
    db.drop_table("a")
    db.drop_table("never there")
    assert db.tables() == {"b"}
    assert db.table("a").all() == []
    assert db.table("a").insert({}) == 1
    assert db.table("b").all() == [{"kept": True}]


def test_drop_tables(db):
    db.table("a").insert({})
    db.insert({})
    db.drop_tables()
    assert (db.tables(), len(db), len(db.table("a"))) == (set(), 0, 0)


def test_the_database_answers_for_its_default_table(db):
    db.insert_multiple(FRUIT)
    assert db.table("_default").all() == db.all() == list(db) == FRUIT
    assert db.name == "_default"
    assert (len(db), db.count(where("n") > 1), db.contains(doc_id=2)) == (3, 2, True)
    db.update(operations.increment("n"))
    db.remove(where("n") == 2)
    assert [document["n"] for document in db.search(Query().n.exists())] == [3, 4]
    db.truncate()
    assert db.all() == []


def test_unknown_names_are_attribute_errors(db):
    with pytest.raises(AttributeError):
        db.no_such_method()


def test_the_database_is_a_context_manager(tmp_path):
    with Database(tmp_path / "shop.cio") as database:
        database.insert({"kept": True})
    with Database(tmp_path / "shop.cio") as database:
        assert database.all() == [{"kept": True}]
    database.close()


def test_a_subclass_chooses_its_default_table(tmp_path):
    class Shop(Database):
        default_table_name = "orders"

    with Shop(tmp_path / "shop.cio") as shop:
        shop.insert({})
        assert shop.tables() == {"orders"}
