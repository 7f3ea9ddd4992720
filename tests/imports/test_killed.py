"""kill -9 in the middle of an import: afterwards it is resumed, or taken back whole, and its record says where it stands."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cio_tui import Workspace
from cio_tui.store.digest import digest

ROOT = Path(__file__).resolve().parents[2]
T = 1718000000
ROWS = 3_000
IMPORT = """
import sys
from cio_tui import Workspace
from cio_tui.workspace import import_run
import_run.SLICE = 100
with Workspace.open(sys.argv[1]) as ws:
    review = ws.imports.inspect(__import__("pathlib").Path(sys.argv[2]), sys.argv[3])
    print("checked", flush=True)
    ws.imports.run(review, progress=lambda at: print(at.done, flush=True))
"""


def _files(folder: Path) -> dict[str, Path]:
    events, people = folder / "events.csv", folder / "people.csv"
    rows = (f"e{n % 7},{'nobody' if n % 50 == 3 else 42},,{n}\n" for n in range(ROWS))
    events.write_text("_cio_name,_cio_customer_id,_cio_timestamp,n\n" + "".join(rows), encoding="utf-8")
    rows = (f"p{n % 900},,{n},{n % 3}\n" if n % 50 != 3 else ",,,\n,,9,9\n" for n in range(ROWS))
    people.write_text("id,email,n,plan\n" + "".join(rows), encoding="utf-8")
    return {"events": events, "people": people}


def _content(ws: Workspace) -> str:
    return digest(ws.database.storage, leave_out=("imports", "import_problems"))


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str, str]]:
    """For each kind the file, and the digests before and after a straight import."""
    folder = tmp_path_factory.mktemp("files")
    known = {}
    for kind, file in _files(folder).items():
        with _shop(folder / f"{kind}.cio") as ws:
            before = _content(ws)
            ws.imports.bring_in(file, kind)  # type: ignore[arg-type]
            known[kind] = (file, before, _content(ws))
    return known


def _shop(path: Path) -> Workspace:
    ws = Workspace.open(path, seed=1, now=T)
    ws.identify("42")
    definition = (
        "name: many\nconditions:\n  - {event: e1, performed: at least 20 times}\n  - {attribute: plan, is: '1'}\nmatch: any\n"
    )
    assert ws.save_segment(definition).ok
    return ws


@pytest.mark.parametrize("kind", ["events", "people"])
def test_resumed_or_taken_back_whole(
    worlds: dict[str, tuple[Path, str, str]], tmp_path: Path, kind: str, request: pytest.FixtureRequest, record_property
) -> None:
    file, before, after = worlds[kind]
    half = 0
    kills = max(6, request.config.getoption("--kills", 30) // 5)
    for kill in range(kills):
        path = tmp_path / f"{kill}.cio"
        _shop(path).close()
        done = _kill(path, file, kind, random.Random(kill))
        with Workspace.open(path) as ws:
            assert ws.check() == []
            unfinished = ws.imports.unfinished()
            if not unfinished:
                assert _content(ws) == (after if done else before)
                continue
            half += 1
            [record] = unfinished
            assert done <= record.rows_done < record.rows_to_import
            assert record.stands.startswith("stopped half-way")
            if kill % 2:
                assert ws.imports.resume(record.number).state == "imported"
                assert _content(ws) == after
                ws.undo()
            else:
                assert ws.imports.take_back(record.number).state == "canceled"
            assert _content(ws) == before
            assert ws.check() == []
    assert half >= 2
    record_property("cases: imports killed half-way", half)


def _kill(path: Path, file: Path, kind: str, chance: random.Random) -> int:
    """Kill an import after some slice, at some moment of the next; how many rows it had said it had done."""
    child = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(path), str(file), kind],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    said = ""
    for _ in range(chance.randrange(1, 20)):
        said = child.stdout.readline()
    time.sleep(chance.uniform(0, 0.02))
    child.send_signal(signal.SIGKILL)
    rest, _ = child.communicate(timeout=60)
    lines = [line for line in (said + rest).splitlines() if line.isdecimal()]
    return int(lines[-1]) if lines else 0


def test_two_processes_one_import(worlds: dict[str, tuple[Path, str, str]], tmp_path: Path) -> None:
    """While one imports, another sends: both are whole, and the record is told as running."""
    file, _, _ = worlds["events"]
    path = tmp_path / "shop.cio"
    with _shop(path) as ws:
        child = subprocess.Popen(
            [sys.executable, "-c", IMPORT, str(path), str(file), "events"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "checked\n"
        assert child.stdout.readline() == "100\n"
        [record] = ws.imports.all()
        assert (record.running, ws.imports.unfinished()) == (True, [])
        sent = [ws.track("theirs", person="42").id for _ in range(20)]
        assert child.wait(timeout=60) == 0
        child.stdout.close()
        assert (ws.imports.get(1).state, ws.imports.get(1).rows_imported) == ("imported", ROWS - ROWS // 50)
        stored = [document["id"] for document in ws.database.documents("activity") if document.get("name") == "theirs"]
        assert sorted(stored) == sorted(sent)
        assert ws.check() == []
