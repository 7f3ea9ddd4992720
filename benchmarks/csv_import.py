"""Event CSVs in rows a second, beside reading the same file with `csv` alone and beside `csv` into a plain SQLite table."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Line, Plan, multiple, timed
from benchmarks.sends import BARE_INSERT, bare_database
from benchmarks.world import NOW, copy_of, event_csv, people, slices, workspace_file
from cio_tui.workspace.workspace import Workspace


def run(plan: Plan) -> list[Line]:
    """Into a workspace that has people but no events, and into the largest one."""
    rows, people_count = (10_000, 2_000) if plan.quick else (200_000, 20_000)
    path = event_csv(plan.folder, rows, people_count)
    reading, plain, empty = [], [], []
    for _ in range(3):
        reading.append(rows / timed(lambda: _read(path)))
        plain.append(rows / timed(lambda: _into_plain_table(path, plan.folder / "import.db")))
        empty.append(rows / _into(_with_people(plan.folder / "import.cio", people_count), path, rows))
    largest = copy_of(workspace_file(plan.folder, plan.largest), plan.folder, "import-large.cio")
    full = rows / _into(largest, path, rows)
    alone, beside, ours = (sorted(rates)[1] for rates in (reading, plain, empty))
    other = f"`csv` alone {_rate(alone)}, `csv` and plain SQLite {_rate(beside)}"
    return [
        Line(f"event CSV of {rows:,} rows into {what}", _rate(rate), other,
             f"{multiple(rate, alone)}, {multiple(rate, beside)}", "20,000 rows/s")
        for what, rate in (("an empty workspace", ours), (f"{plan.largest:,} events", full))
    ]  # fmt: skip


def _rate(rows: float) -> str:
    return f"{round(rows, -2):,.0f} rows/s"


def _read(path: Path) -> None:
    for _ in _rows(path):
        pass


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def _into_plain_table(path: Path, target: Path) -> None:
    for old in target.parent.glob(f"{target.name}*"):
        old.unlink()
    connection = bare_database(target)
    rows = _rows(path)
    keys = next(rows)[3:]
    with connection:
        connection.executemany(
            BARE_INSERT, ((row[0], int(row[2]), json.dumps(dict(zip(keys, row[3:], strict=True)))) for row in rows)
        )
    connection.close()


def _with_people(path: Path, count: int) -> Path:
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    with Workspace.open(path, seed=1, now=NOW, durable=False) as workspace:
        for piece in slices(people(count)):
            workspace.engine.run_all(piece, kind="benchmark", summary="people")
        workspace.history.clear()
    return path


def _into(workspace_path: Path, path: Path, rows: int) -> float:
    with Workspace.open(workspace_path) as workspace:
        seconds = timed(lambda: workspace.import_events(path))
        assert len(workspace.database.documents("activity")) >= rows
    return seconds
