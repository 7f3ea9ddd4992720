"""Random queries on random documents: our table answers as stock TinyDB does, and the SQL beneath never loses a match.

Where stock raises because it compares text with a number, ours may answer: SQL ruled that document out. The answer must then be
the documents that match by themselves.
"""

import random

import pytest
from random_documents import document, query
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from cio_tui.store import Database, Index, TableSchema
from cio_tui.store.pushdown import Narrowing

ROUNDS, DOCUMENTS, QUERIES = 40, 30, 30
DECLARED = {"t": TableSchema({"name": "text", "n": "integer"}, (Index(("name", "n")), Index(("n",))))}


def answer(ask):
    """The ids and documents found, or the type of the error."""
    try:
        return [(found.doc_id, found) for found in ask()]
    except Exception as error:
        return type(error)


def matching(documents, condition):
    """The ids of the documents for which a condition holds; a document on which it raises is left out."""
    found = set()
    for candidate in documents:
        try:
            if condition(candidate):
                found.add(candidate.doc_id)
        except Exception:
            continue
    return found


@pytest.mark.parametrize("layout", ["declared columns", "plain"])
@pytest.mark.parametrize("seed", range(12))
def test_answers_are_those_of_stock_tinydb(seed, layout, record_property):
    chance = random.Random(f"{seed} {layout}")
    asked = raised = narrowed = candidates = 0
    for _ in range(ROUNDS):
        documents = [document(chance, declared=layout != "plain") for _ in range(DOCUMENTS)]
        stock = TinyDB(storage=MemoryStorage).table("t", cache_size=0)
        with Database(schema=DECLARED if layout != "plain" else None) as database:
            ours = database.documents("t")
            stock.insert_multiple(documents)
            ours.insert_multiple(documents)
            assert ours.all() == stock.all() == documents
            for _ in range(QUERIES):
                condition = query(chance)
                asked += 1
                expected, given = answer(lambda: stock.search(condition)), answer(lambda: ours.search(condition))  # noqa: B023
                narrowing = Narrowing(condition, database.storage.rows("t"))
                matches = matching(stock, condition)
                if isinstance(expected, type) and not isinstance(given, type):
                    raised += 1
                    assert {row_id for row_id, _ in given} == matches, condition
                else:
                    assert given == expected, condition
                if narrowing.sql:
                    narrowed += 1
                    rows = database.storage.fetch(f"SELECT doc_id FROM t WHERE {narrowing.sql}", tuple(narrowing.arguments))
                    kept = {row_id for (row_id,) in rows}
                    candidates += len(kept)
                    assert kept >= matches, (condition, narrowing.sql)
    assert narrowed > asked * 0.25
    assert candidates < narrowed * DOCUMENTS * 0.6
    assert raised < asked * 0.25
    record_property("cases: query fuzz", asked)
    record_property("cases: query fuzz, narrowed by SQL", narrowed)
