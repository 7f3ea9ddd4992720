"""Databases to test with."""

from collections.abc import Iterator

import pytest
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from cio_tui.store import Database


@pytest.fixture(params=["stock", "file", "memory"])
def db(request: pytest.FixtureRequest, tmp_path) -> Iterator[TinyDB]:
    """Stock TinyDB and ours, in a file and in memory: what is asserted of one holds for all three."""
    made = {
        "stock": lambda: TinyDB(storage=MemoryStorage),
        "file": lambda: Database(tmp_path / "shop.cio"),
        "memory": Database,
    }[request.param]()
    with made:
        yield made


@pytest.fixture
def ours(tmp_path) -> Iterator[Database]:
    """Our database in a file."""
    with Database(tmp_path / "shop.cio") as database:
        yield database
