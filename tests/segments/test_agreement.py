"""All readers of one condition agree for random trees and people: evaluate, explain, compile, and the SQL of both dialects."""

from collections.abc import Callable, Collection, Iterator

import duckdb
import pytest

from cio_tui import Workspace
from cio_tui.segments.compile import Everybody
from cio_tui.segments.conditions import Condition, InSegment, leaves
from cio_tui.segments.dialects import DIALECTS
from cio_tui.segments.evaluate import evaluate
from cio_tui.segments.explain import explain
from cio_tui.segments.sql import statement
from cio_tui.segments.stored_facts import PersonFacts
from cio_tui.store.segment_queries import SegmentQueries
from tests.segments.random_worlds import INSTANTS, RandomWorld, T

WORLDS, TREES = 20, 105


class Readers:
    """A random workspace, two more segments beside it, and what each reader says."""

    def __init__(self, world: RandomWorld, ws: Workspace) -> None:
        self.queries = SegmentQueries(ws.database.storage)
        self.people = [cio_id for cio_id, _ in self.queries.people()]
        self.segments: dict[str | int, Condition | Collection[str]] = {
            "few": set(self.people[::4]),
            "manual": set(self.people[1:4]),
            7: without_segments(world),
        }
        self._facts = {cio_id: PersonFacts(self.queries, cio_id, T, self.is_member) for cio_id in self.people}
        self._everybody = Everybody(self.queries, self.members_of)
        self._storage = ws.database.storage
        self._duck = in_duckdb(ws)

    def segment(self, name: str | int) -> Condition | Collection[str]:
        return self.segments.get(name, ())

    def is_member(self, cio_id: str, name: str | int, now: int) -> bool:
        found = self.segment(name)
        return cio_id in found if isinstance(found, Collection) else evaluate(found, self._facts[cio_id].facts_at(now))

    def members_of(self, name: str | int, now: int) -> Iterator[str]:
        return (cio_id for cio_id in self.people if self.is_member(cio_id, name, now))

    def evaluated(self, tree: Condition, now: int) -> set[str]:
        return {cio_id for cio_id in self.people if evaluate(tree, self._facts[cio_id].facts_at(now))}

    def others(self, tree: Condition, now: int) -> dict[str, Callable[[], set[str]]]:
        lite, duck = (statement(tree, now, DIALECTS[name], self.segment) for name in ("sqlite", "duckdb"))
        return {
            "explain": lambda: {one for one in self.people if explain(tree, self._facts[one].facts_at(now)).member},
            "compile": lambda: self._everybody.cio_ids(self._everybody.members(tree, now)),
            "sqlite": lambda: {cio_id for (cio_id,) in self._storage.fetch(lite)},
            "duckdb": lambda: {cio_id for (cio_id,) in self._duck.execute(duck).fetchall()},
        }


def without_segments(world: RandomWorld) -> Condition:
    tree = world.tree()
    while any(isinstance(leaf, InSegment) for _, leaf in leaves(tree)):
        tree = world.tree()
    return tree


def in_duckdb(ws: Workspace) -> duckdb.DuckDBPyConnection:
    """The same two tables in DuckDB."""
    duck = duckdb.connect(config={"threads": 1})
    for table, columns in (
        ("people", "cio_id VARCHAR, id VARCHAR, email VARCHAR, added_at BIGINT, doc JSON"),
        ("activity", "type VARCHAR, name VARCHAR, person VARCHAR, timestamp BIGINT, doc JSON"),
    ):
        duck.execute(f"CREATE TABLE {table} ({columns})")
        names = ", ".join(column.split()[0] for column in columns.split(", "))
        rows = ws.database.storage.fetch(f"SELECT {names} FROM {table}")
        duck.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?)", rows)
    return duck


def test_readers_agree(record_property: Callable[[str, object], None], capsys: pytest.CaptureFixture[str]) -> None:
    """Odd data and odd paths among them, at several instants, after merges and a deletion."""
    pairs = telling = 0
    for seed in range(WORLDS):
        world = RandomWorld(seed)
        with world.workspace() as ws:
            readers = Readers(world, ws)
            for _ in range(TREES):
                tree, now = world.tree(), world.pick(*INSTANTS)
                expected = readers.evaluated(tree, now)
                for name, reader in readers.others(tree, now).items():
                    assert reader() == expected, f"{name} disagrees in world {seed} at {now} about {tree}"
                pairs += 1
                telling += 0 < len(expected) < len(readers.people)
    record_property("pairs", pairs)
    with capsys.disabled():
        print(f"\n{pairs:,} pairs of tree and population compared; {telling:,} trees have some of the people")  # noqa: T201
    assert pairs >= 2_000
    assert telling >= 400
