"""A workspace as the JSON that stock TinyDB opens, and back (storage of design.md 5)."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import tinydb
from hypothesis import given
from worlds import T, patient, run, scripts

from cio_tui import Workspace
from cio_tui.model.commands import Command
from cio_tui.model.errors import InputError, StoreError
from cio_tui.store.exchange import export_json, import_json


@pytest.fixture
def file(shop: Workspace, tmp_path: Path) -> Path:
    """The export of a workspace with a little of everything."""
    shop.track("order", person="42", data={"items": [{"type": "é"}], "n\0": 1, "big": 2**64 - 1, "a.b": -(2**63)})
    shop.track("seen", anonymous_id="a")
    shop.add_device("42", "token", "ios")
    shop.identify("44", {"anonymous_id": "a"})
    shop.suppress("43")
    shop.export_json(tmp_path / "shop.json")
    return tmp_path / "shop.json"


def test_stock_tinydb_opens_it_and_finds_the_same(shop: Workspace, file: Path) -> None:
    with tinydb.TinyDB(file) as stock:
        names = shop.database.storage.table_names()
        assert stock.tables() == set(names)
        for name in names:
            ours = [(document.doc_id, dict(document)) for document in shop.database.documents(name)]
            assert [(document.doc_id, dict(document)) for document in stock.table(name)] == ours


def test_a_fresh_workspace_takes_it_in_and_is_equal(shop: Workspace, file: Path, fresh: Callable[..., Workspace]) -> None:
    other = fresh(seed=99, now=T - 5)
    count = other.import_json(file)
    assert count == sum(len(shop.database.documents(name)) for name in shop.database.storage.table_names())
    assert (other.digest(), other.check(), other.history.reach()) == (shop.digest(), [], (0, 0))
    for ws in (shop, other):
        ws.track("later", person="42")
        ws.advance(60)
    assert other.digest() == shop.digest()


@patient
@given(scripts)
def test_there_and_back_for_any_workspace(script: list[Command]) -> None:
    with Workspace.in_memory(now=T) as one, Workspace.in_memory(now=T, seed=5) as other, tempfile.TemporaryDirectory() as folder:
        run(one, script)
        export_json(one.database, Path(folder) / "x.json")
        import_json(other.database, Path(folder) / "x.json")
        assert other.digest() == one.digest()


def test_what_is_there_is_replaced_only_when_told(shop: Workspace, file: Path) -> None:
    exported = shop.digest()
    shop.track("later", person="42")
    before = shop.digest()
    with pytest.raises(InputError, match="already"):
        shop.import_json(file)
    assert shop.digest() == before
    shop.import_json(file, replace=True)
    assert shop.digest() == exported


PERSON = {"cio_id": "x", "added_at": T, "attributes": {}, "changed_at": {}, "devices": []}
EVENT = {"id": "A", "type": "event", "timestamp": T, "received_at": T, "data": {}}
WRONG: list[tuple[object, tuple[str, ...]]] = [
    ("{", ("not valid JSON", "line 1")),
    ("[]", ("must be a JSON object", "array")),
    ({"people": []}, ("table 'people'", "must be an object")),
    ({"people": {"x": {}}}, ("table 'people'", "'x' is not a document's id")),
    ({"people": {"0": {}}}, ("table 'people'", "'0' is not")),
    ({"people": {"1": 7}}, ("document 1 of table 'people'", "must be an object")),
    ({"people": {"1": {**PERSON, "id": 7}}}, ("people.id must be text", "number")),
    ({"people": {"1": {**PERSON, "id": "a\0"}}}, ("people.id has a NUL",)),
    ({"people": {"1": PERSON, "2": PERSON}}, ("UNIQUE", "people")),
    ({"activity": {"1": {**EVENT, "timestamp": 1.5}}}, ("activity.timestamp must be integer",)),
    ({"_history": {}}, ("'_history' cannot be a table's name",)),
    ({"sqlite_x": {"1": {}}}, ("'sqlite_x' cannot be a table's name",)),
    ({"settings": {"1": {"seed": 1}}}, ("settings",)),
    ({"settings": {"1": {"seed": 1, "instant": T, "colour": "red"}}}, ("settings",)),
    ({"people": {"1": {"name": "Ada"}}}, ("people",)),
    ({"people": {"1": {**PERSON, "colour": "red"}}}, ("people",)),
    ({"activity": {"1": {**EVENT, "colour": "red"}}}, ("activity",)),
    ({"activity": {"1": {"id": "A"}}}, ("activity",)),
    ({"claims": {"1": {"anonymous_id": "a"}}}, ("claim",)),
]


@pytest.mark.parametrize(("content", "words"), WRONG, ids=[str(content)[:50] for content, _ in WRONG])
def test_a_wrong_file_is_refused_with_where_and_what(
    ws: Workspace, tmp_path: Path, content: object, words: tuple[str, ...]
) -> None:
    """And nothing is changed."""
    path = tmp_path / "wrong.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    before = ws.digest()
    with pytest.raises(InputError) as error:
        ws.import_json(path)
    assert [word for word in (*words, "wrong.json") if word not in str(error.value)] == []
    assert ws.digest() == before
    assert ws.check() == []


def test_a_file_that_cannot_be_read_or_written(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        ws.import_json(tmp_path / "missing.json")
    with pytest.raises(StoreError, match="cannot be written"):
        ws.export_json(tmp_path / "no folder" / "x.json")
    assert list(tmp_path.iterdir()) == []
