"""A file of an older version is brought up to date when it is opened, and a copy of it stays."""

import apsw
import pytest
from tinydb import where

from cio_tui.model.errors import ReadOnlyWorkspace
from cio_tui.store import Database
from cio_tui.store.history import History
from cio_tui.store.schema import Index, TableSchema

OLD = {"events": TableSchema({"name": "text"}, (Index(("name",)),))}
NEW = {
    "events": TableSchema({"name": "text", "cause": "text", "at": "integer"}, (Index(("name",)), Index(("cause",)))),
    "segments": TableSchema({"name": "text"}, (Index(("name",), unique=True),)),
}
DOCUMENTS = [
    {"name": "one", "cause": "x", "at": 3, "data": {"cause": "inner", "a'b": [1, None]}},
    {"name": "two", "at": 2**40},
    {"name": "three"},
]


@pytest.fixture
def older(tmp_path):
    path = tmp_path / "shop.cio"
    database = Database(path, schema=OLD)
    database.documents("events").insert_multiple(DOCUMENTS)
    with database.storage.transaction(), History(database.storage).recording() as session:
        database.documents("events").insert({"name": "four"})
        History(database.storage).add(session, kind="x", summary="x", at=1)
    database.close()
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", 1)
    connection.close()
    return path


def test_it_gets_what_it_lacks_and_loses_nothing(older):
    with Database(older, schema=NEW) as database:
        events = database.documents("events")
        assert [dict(one) for one in events] == [*DOCUMENTS, {"name": "four"}]
        assert [one["name"] for one in events.search(where("cause") == "x")] == ["one"]
        plan = database.storage.fetch("EXPLAIN QUERY PLAN SELECT 1 FROM events WHERE cause = 'x'")
        assert "events_by_cause" in plan[0][3]
        database.documents("segments").insert({"name": "new"})
        assert History(database.storage).undo() == []
    with Database(older, schema=NEW) as database:
        assert len(database.documents("events")) == 4
    assert [path.name for path in older.parent.glob("*.schema-*")] == ["shop.cio.schema-1"]


def test_the_copy_is_the_file_as_it_was(older):
    Database(older, schema=NEW).close()
    copy = apsw.Connection(str(older.with_name("shop.cio.schema-1")))
    assert copy.pragma("user_version") == 1
    assert [row[1] for row in copy.execute("PRAGMA table_info(events)")] == ["doc_id", "doc", "name"]


def test_one_that_cannot_be_written_is_refused(older, monkeypatch):
    monkeypatch.setattr("cio_tui.store.opening.may_write", lambda _: False)
    with pytest.raises(ReadOnlyWorkspace, match="older version"):
        Database(older, schema=NEW)
