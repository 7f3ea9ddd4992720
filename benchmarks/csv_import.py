"""Event CSVs in rows a second, beside reading the same file with `csv` alone and beside `csv` into a plain SQLite table."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.console import keys_meanwhile
from benchmarks.console_keys import IMPORTED
from benchmarks.measuring import Line, Plan, multiple, timed
from benchmarks.sends import BARE_INSERT, bare_database
from benchmarks.world import NOW, copy_of, event_csv, people, slices, workspace_file
from cio_tui.workspace.workspace import Workspace

_CHILD: Final = """
import json, sys, time
from pathlib import Path
from cio_tui.workspace import Workspace
import cio_tui.workspace.importer
def mebibytes(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(name))
with Workspace.open(sys.argv[1]) as workspace:
    before, start = mebibytes("VmRSS"), time.perf_counter()
    review = workspace.imports.inspect(Path(sys.argv[2]), "events")
    checked = time.perf_counter()
    workspace.imports.run(review)
    print(json.dumps([review.rows, checked - start, time.perf_counter() - checked, mebibytes("VmHWM") - before]))
"""


def run(plan: Plan) -> list[Line]:
    """Into a workspace that has people but no events, and into the largest one; and how memory grows with ten times the rows."""
    people_count = 2_000 if plan.quick else 20_000
    rows = plan.largest
    path = event_csv(plan.folder, rows, people_count)
    alone = rows / timed(lambda: _read(path))
    plain = rows / timed(lambda: _into_plain_table(path, plan.folder / "import.db"))
    other = f"`csv` alone {_rate(alone)}, `csv` and plain SQLite {_rate(plain)}"
    small = event_csv(plan.folder, rows // 10, people_count)
    _, _, _, little = _into(_with_people(plan.folder / "import.cio", people_count), small)
    _, checking, running, memory = _into(_with_people(plan.folder / "import.cio", people_count), path)
    largest = copy_of(workspace_file(plan.folder, plan.largest), plan.folder, "import-large.cio")
    added, _, full, _ = _into(largest, small)
    rates = (
        (f"every row of an event CSV of {rows:,} rows checked", rows / checking),
        (f"event CSV of {rows:,} rows into an empty workspace, once checked", rows / running),
        (f"event CSV of {added:,} rows into {plan.largest:,} events, once checked", added / full),
    )
    lines = [
        Line(what, _rate(rate), other, f"{multiple(rate, alone)}, {multiple(rate, plain)}", "20,000 rows/s")
        for what, rate in rates
    ]
    growth = f"the import of {rows // 10:,} rows {little:.0f} MiB"
    workspace = copy_of(workspace_file(plan.folder, plan.sizes[0]), plan.folder, "import-keys.cio")
    lines.append(keys_meanwhile(plan, "import", workspace, f"it imports {IMPORTED:,} rows"))
    return [*lines, Line(f"memory that the import of {rows:,} rows takes at its most", f"{memory:.0f} MiB", growth,
                         multiple(memory, little), "constant")]  # fmt: skip


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


def _into(workspace_path: Path, path: Path) -> tuple[int, float, float, float]:
    """Rows, seconds to check them, seconds to import them, MiB at the most; in a fresh process."""
    command = [sys.executable, "-c", _CHILD, str(workspace_path), str(path)]
    rows, checking, running, memory = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return rows, checking, running, memory
