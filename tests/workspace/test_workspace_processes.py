"""Two processes on one workspace: an id is received once (E3)."""

import json
from collections import Counter
from pathlib import Path

from worlds import T, activities, start, ulid

from cio_tui import Workspace

SEND = """
import json, sys, time
from pathlib import Path
from cio_tui import Workspace
path, upper = Path(sys.argv[1]), sys.argv[2] == "upper"
ids = json.loads(sys.argv[3])
with Workspace.open(path / "shop.cio") as workspace:
    (path / sys.argv[2]).touch()
    while not (path / "go").exists():
        time.sleep(0.001)
    for number, id in enumerate(ids):
        spelt = id if upper == (number % 2 == 0) else id.lower()
        receipt = workspace.track("order", person="42", id=spelt, data={"by": sys.argv[2]})
        print(receipt.status, receipt.id)
"""
ONCE = """
import sys
from cio_tui import Workspace
with Workspace.open(sys.argv[1]) as workspace:
    for number in range(60):
        assert workspace.track("order", anonymous_id="a", data={"number": number}).ok
        assert workspace.identify(sys.argv[2], {f"a{number}": number}).ok
"""


def test_the_same_ids_from_two_processes(tmp_path: Path) -> None:
    """Exactly one activity each; the other process is told duplicate, whichever letter case it used."""
    ids = [ulid(number) for number in range(100)]
    with Workspace.open(tmp_path / "shop.cio", now=T, seed=1) as ws:
        ws.identify("42")
        children = [start(SEND, tmp_path, name, json.dumps(ids)) for name in ("upper", "lower")]
        while not all(
            (tmp_path / name).exists() or child.poll() for name, child in zip(("upper", "lower"), children, strict=True)
        ):
            pass
        (tmp_path / "go").touch()
        answers: Counter[tuple[str, ...]] = Counter()
        for child in children:
            printed, complaints = child.communicate(timeout=60)
            assert child.returncode == 0, complaints
            answers.update(tuple(line.split()) for line in printed.splitlines())
        assert answers == Counter({(status, one): 1 for one in ids for status in ("accepted", "duplicate")})
        events = activities(ws, "event")
        assert sorted(event.id for event in events) == ids
        assert {event.duplicates for event in events} == {1}
        assert [(row.count, row.name) for row in ws.index.events()] == [(100, "order")]
        assert ws.check() == []


def test_made_ids_never_meet(tmp_path: Path) -> None:
    """Two processes draw ids from one sequence."""
    path = tmp_path / "shop.cio"
    with Workspace.open(path, now=T, seed=1) as ws:
        children = [start(ONCE, path, name) for name in ("1", "2")]
        for child in children:
            _, complaints = child.communicate(timeout=60)
            assert child.returncode == 0, complaints
        events = activities(ws, "event")
        assert len({event.id for event in events}) == 120
        assert [len(row.person.attributes) for row in ws.directory.people()] == [60, 60]
        assert ws.check() == []
