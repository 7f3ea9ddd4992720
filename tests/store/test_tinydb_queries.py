"""Every kind of TinyDB query: the same documents from stock TinyDB and from our database."""

import re

import pytest
from tinydb import Query, where

PEOPLE = [
    {"name": "Ann", "age": 31, "address": {"city": "Bern", "zip": "3000"}, "tags": ["a", "b"], "ok": True},
    {"name": "bob", "age": 25, "address": {"city": "Basel"}, "tags": [], "ok": False},
    {"name": "Çem", "age": 40.5, "address": None, "tags": ["b"], "orders": [{"total": 5}, {"total": 50}]},
    {"name": None, "a b": {"c.d": 1}, "orders": [{"total": 50}], "tags": "ab"},
]
person = Query()

ANSWERS = {
    "equal": (person.name == "Ann", [1]),
    "equal to null": (person.name == None, [4]),  # noqa: E711
    "equal to a list": (person.tags == ["b"], [3]),
    "equal to an object": (person.address == {"city": "Basel"}, [2]),
    "equal to true": (person.ok == True, [1]),  # noqa: E712
    "true is one": (person.ok == 1, [1]),
    "a whole float is an integer": (person.age == 31.0, [1]),
    "text is no number": (person.address.zip == 3000, []),
    "different": (person.name != "Ann", [2, 3, 4]),
    "different needs the field": (person.ok != True, [2]),  # noqa: E712
    "less": (person.age < 31, [2]),
    "at most": (person.age <= 31, [1, 2]),
    "more": (person.age > 31, [3]),
    "at least": (person.age >= 31, [1, 3]),
    "more than a fraction": (person.age > 40.4, [3]),
    "exists": (person.address.exists(), [1, 2, 3]),
    "exists below": (person.address.city.exists(), [1, 2]),
    "matches from the start": (person.name.matches("A"), [1]),
    "matches with flags": (person.name.matches("B", re.IGNORECASE), [2]),
    "matches text only": (person.age.matches("3"), []),
    "search anywhere": (person.name.search("[em]$"), [3]),
    "test": (person.age.test(lambda age: age % 2 == 1), [1, 2]),
    "test with arguments": (person.age.test(lambda age, low, high: low < age < high, 30, 41), [1, 3]),
    "any of a list": (person.tags.any(["a", "z"]), [1, 4]),
    "any of nothing": (person.tags.any([]), []),
    "any by a query": (person.orders.any(person.total > 10), [3, 4]),
    "all of a list": (person.tags.all(["a", "b"]), [1, 4]),
    "all of nothing": (person.tags.all([]), [1, 2, 3, 4]),
    "all by a query": (person.orders.all(person.total > 10), [4]),
    "one of": (person.name.one_of(["Ann", "bob", "Zoe"]), [1, 2]),
    "one of numbers": (person.age.one_of([25, 40.5]), [2, 3]),
    "one of nothing": (person.name.one_of([]), []),
    "one of a text's parts": (person.address.city.one_of("Bern, Basel"), [1, 2]),
    "one of a range": (person.age.one_of(range(100_000)), [1, 2]),
    "one of very many": (person.age.one_of(list(range(40_000))), [1, 2]),
    "one of a set": (person.name.one_of({"Ann", "Çem"}), [1, 3]),
    "fragment": (person.fragment({"name": "bob", "age": 25}), [2]),
    "fragment below": (person["a b"].fragment({"c.d": 1}), [4]),
    "noop": (person.noop(), [1, 2, 3, 4]),
    "map": (person.name.map(str).map(len) == 4, [4]),
    "map then below": (person.address.map(lambda address: address or {}).city == "Basel", [2]),
    "and": ((person.age > 20) & (person.tags.any(["b"])), [1, 3]),
    "or": ((person.name == "bob") | (person.orders.exists()), [2, 3, 4]),
    "not": (~(person.age > 30), [2, 4]),
    "not not": (~~(person.age > 30), [1, 3]),
    "not exists": (~person.age.exists(), [4]),
    "not and": (~((person.age > 20) & (person.ok == True)), [2, 3, 4]),  # noqa: E712
    "and noop": (person.noop() & (person.age > 30), [1, 3]),
    "nested path": (person.address.city == "Bern", [1]),
    "item path": (person["a b"]["c.d"] == 1, [4]),
    "where": (where("address")["zip"] == "3000", [1]),
    "a name that is also a method": (where("test") == 1, []),
    "beyond ASCII": (person.name == "Çem", [3]),
    "apostrophe": (person["it's"] == "it's", []),
    "quote in a path": (person['a"b'].exists(), []),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_kind(db, kind):
    query, ids = ANSWERS[kind]
    table = db.table("people", cache_size=0)
    table.insert_multiple(PEOPLE)
    assert [document.doc_id for document in table.search(query)] == ids
    assert table.count(query) == len(ids)
    assert table.contains(query) is bool(ids)


def test_a_hundred_conditions(db):
    db.insert_multiple({"n": n} for n in range(10))
    either = where("n") == 3
    for n in range(100, 200):
        either |= where("n") == n
    assert [document["n"] for document in db.search(either)] == [3]


@pytest.mark.parametrize("query", [where("n") > 0, where("n") >= "a", where("n").test(lambda n: n + 1 > 0)])
def test_comparing_text_with_a_number_is_a_type_error(db, query):
    db.insert_multiple([{"n": 1}, {"n": "a"}])
    with pytest.raises(TypeError):
        db.search(query)
    assert len(db) == 2


def test_a_candidate_that_another_condition_rules_out_is_not_compared(ours):
    """Stock stops at the first condition that fails, in the order written; SQL rules out in any order."""
    ours.insert_multiple([{"kind": "a", "n": 1}, {"kind": "b", "n": "text"}])
    assert ours.search((where("kind") == "a") & (where("n") > 0)) == [{"kind": "a", "n": 1}]
    assert ours.search((where("n") > 0) & (where("kind") == "a")) == [{"kind": "a", "n": 1}]


def test_a_query_without_a_condition_is_refused(db):
    db.insert({"a": 1})
    with pytest.raises(RuntimeError, match="Empty query was evaluated"):
        db.search(where("a"))
    with pytest.raises(ValueError, match="Query has no path"):
        Query().exists()


def test_a_plain_function_is_a_query(ours):
    ours.insert_multiple([{"n": 1}, {"n": 2}])
    assert ours.search(lambda document: document["n"] == 2) == [{"n": 2}]
    assert ours.update({"n": 3}, lambda document: document["n"] == 2) == [2]


def test_a_failing_condition_leaves_the_database_usable(ours):
    ours.insert_multiple([{"n": 1}, {"n": 0}])
    with pytest.raises(ZeroDivisionError):
        ours.search(where("n").test(lambda n: 1 / n))
    assert not ours.storage.connection.in_transaction
    assert ours.insert({}) == 3
