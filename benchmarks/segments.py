"""How many people a segment of three conditions has, beside DuckDB over the same rows and a Python loop over all documents.

The instant moves on by a second with every run, as it does in a live workspace, so no answer can be kept.
"""

from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any, Final

import duckdb
import orjson

from benchmarks.measuring import Line, Plan, milliseconds, multiple, repeated, timed
from benchmarks.world import NOW, people_of, workspace_file
from cio_tui.model.paths import PropertyPath
from cio_tui.segments.columns import Columns
from cio_tui.segments.compile import Everybody
from cio_tui.segments.conditions import AttributeIs, DataFilter, DataGroup, Frame, Group, Performed, Test
from cio_tui.store.segment_queries import SegmentQueries
from cio_tui.workspace.workspace import Workspace

_DAY: Final = 86_400
_MONITORS: Final = DataGroup(
    members=(
        DataFilter(PropertyPath.parse("items[].type"), Test("eq", "monitor")),
        DataFilter(PropertyPath.parse("total"), Test("gt", 100)),
    )
)
SEGMENT: Final = Group(
    "all",
    (
        Performed("order_placed", filters=_MONITORS, frame=Frame(within=30 * _DAY)),
        Performed("signed_in", frame=Frame(within=7 * _DAY), inverse=True),
        AttributeIs(PropertyPath.parse("plan"), Test("eq", "pro")),
    ),
)
"""On the plan `pro`, ordered a monitor in the last 30 days for more than 100, and has not signed in for 7 days."""
_REST: Final = """
    AND p.cio_id NOT IN (SELECT person FROM activity WHERE type = 'event' AND name = 'signed_in' AND person IS NOT NULL
                         AND timestamp BETWEEN $now - 604800 AND $now)
    AND (p.added_at <= $now - 604800 OR p.cio_id IN (SELECT person FROM activity WHERE timestamp <= $now - 604800))"""
_JSON: Final = f"""SELECT count(*) FROM people p WHERE json_extract_string(p.doc, '$.attributes.plan') = 'pro' AND p.cio_id IN (
    SELECT person FROM activity WHERE type = 'event' AND name = 'order_placed' AND timestamp BETWEEN $now - 2592000 AND $now
    AND list_contains(json_extract_string(doc, '$.data.items[*].type'), 'monitor')
    AND CAST(json_extract(doc, '$.data.total') AS DOUBLE) > 100){_REST}"""
_TYPED: Final = f"""SELECT count(*) FROM profiles p WHERE p.plan = 'pro' AND p.cio_id IN (
    SELECT person FROM orders WHERE timestamp BETWEEN $now - 2592000 AND $now
    AND list_contains(types, 'monitor') AND total > 100){_REST}"""


def run(plan: Plan) -> list[Line]:
    """The first count, a count with columns at hand beside the others, and the memory that the columns take."""
    lines = []
    with Workspace.open(workspace_file(plan.folder, plan.largest), create=False) as workspace:
        queries = SegmentQueries(workspace.database.storage)
        everybody = Everybody(queries, columns=Columns(queries))
        first = timed(lambda: everybody.count(SEGMENT, NOW))
        members = everybody.count(SEGMENT, NOW)
        instants = count(NOW)
        ours = repeated(lambda: everybody.count(SEGMENT, next(instants)))
        people, events = f"{people_of(plan.largest):,} people", f"{plan.largest:,} events"
        what = f"segment of 3 conditions, {people}, {events}, {members} members"
        lines.append(Line(f"{what}: first count", milliseconds(first)))
        for name, other in _others(plan.folder, workspace, members).items():
            lines.append(Line(f"{what}, beside {name}", milliseconds(ours), milliseconds(other), multiple(ours, other), "200 ms"))
        size = everybody.columns.size() / 2**20
        lines.append(Line("memory of that segment's columns", f"{size:.1f} MiB"))
    return lines


def _others(folder: Path, workspace: Workspace, members: int) -> dict[str, float]:
    """Seconds of each other way, once it has given the same answer."""
    duck = _duck(folder, workspace)
    people = {
        cio_id: (added_at, orjson.loads(doc))
        for cio_id, added_at, doc in _rows(workspace, "SELECT cio_id, added_at, doc FROM people")
    }
    documents = [
        {"person": person, "timestamp": timestamp, "type": kind, "name": name, **orjson.loads(doc)}
        for person, timestamp, kind, name, doc in _rows(workspace, "SELECT person, timestamp, type, name, doc FROM activity")
    ]
    ways = {
        "DuckDB over the same JSON": lambda: duck.execute(_JSON, {"now": NOW}).fetchall()[0][0],
        "DuckDB over typed columns": lambda: duck.execute(_TYPED, {"now": NOW}).fetchall()[0][0],
        "a Python loop over the documents in memory": lambda: _loop(people, documents),
    }
    for name, way in ways.items():
        if (found := way()) != members:
            raise AssertionError(f"{name} finds {found} members, we {members}")
    return {name: repeated(way, times=7) for name, way in ways.items()}


def _loop(people: dict[str, tuple[int, dict[str, Any]]], documents: list[dict[str, Any]]) -> int:
    bought: Counter[str] = Counter()
    signed_in, earliest = set(), dict.fromkeys(people, NOW)
    for one in documents:
        person, timestamp = one["person"], one["timestamp"]
        if person is None or one["type"] not in ("event", "page", "screen") or timestamp > NOW:
            continue
        earliest[person] = min(earliest.get(person, NOW), timestamp)
        if one["name"] == "signed_in":
            if timestamp >= NOW - 7 * _DAY:
                signed_in.add(person)
        elif one["name"] == "order_placed" and timestamp >= NOW - 30 * _DAY:
            data = one["data"]
            if data["total"] > 100 and any(item["type"] == "monitor" for item in data["items"]):
                bought[person] += 1
    return sum(
        person in people
        and people[person][1]["attributes"].get("plan") == "pro"
        and person not in signed_in
        and min(people[person][0], earliest[person]) <= NOW - 7 * _DAY
        for person in bought
    )


def _rows(workspace: Workspace, sql: str) -> list[Any]:
    return workspace.database.storage.fetch(sql)


def _duck(folder: Path, workspace: Workspace) -> duckdb.DuckDBPyConnection:
    """A DuckDB database with both tables, their rows as they are, and the paths of the segment as typed columns beside them."""
    path = folder / f"segments-{_rows(workspace, 'SELECT count(*) FROM activity')[0][0]}.duckdb"
    if path.exists():
        return duckdb.connect(str(path), config={"threads": 2})
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    duck = duckdb.connect(str(part))
    for table, columns in (
        ("people", {"cio_id": "VARCHAR", "id": "VARCHAR", "email": "VARCHAR", "added_at": "BIGINT", "doc": "VARCHAR"}),
        ("activity", {"type": "VARCHAR", "name": "VARCHAR", "person": "VARCHAR", "timestamp": "BIGINT", "doc": "VARCHAR"}),
    ):
        lines = part.with_suffix(".jsonl")
        with lines.open("wb") as file:
            for row in workspace.database.storage.stream(f"SELECT {', '.join(columns)} FROM {table}"):
                file.write(orjson.dumps(dict(zip(columns, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE))
        typed = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
        duck.execute(f"CREATE TABLE {table} AS FROM read_json('{lines}', format = 'newline_delimited', columns = {{{typed}}})")
        lines.unlink()
    duck.execute(
        "CREATE TABLE orders AS SELECT person, timestamp, json_extract_string(doc, '$.data.items[*].type') AS types, "
        "CAST(json_extract(doc, '$.data.total') AS DOUBLE) AS total FROM activity WHERE type = 'event' AND name = 'order_placed'"
    )
    duck.execute(
        "CREATE TABLE profiles AS SELECT cio_id, added_at, json_extract_string(doc, '$.attributes.plan') AS plan FROM people"
    )
    duck.close()
    part.rename(path)
    return duckdb.connect(str(path), config={"threads": 2})
