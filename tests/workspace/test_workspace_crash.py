"""Killed at any moment: what was acknowledged is there, and nothing is half there (design.md 11)."""

import random
import signal
import time
from pathlib import Path

import pytest
from worlds import start

from cio_tui import Workspace

SEND = """
import sys
from cio_tui import Workspace
with Workspace.open(sys.argv[1]) as workspace:
    number = 0
    while True:
        number += 1
        workspace.identify("42", {"seen": number})
        data = {"number": number, "items": [{"type": "a"}, {"type": number}], "who": {"deep": {"er": None}}}
        print(workspace.track(f"e{number % 5}", person="42", data=data).id, flush=True)
        print(workspace.track("seen", anonymous_id=f"a{number % 3}", data=data).id, flush=True)
"""


def test_nothing_acknowledged_is_lost_and_nothing_is_half_written(
    tmp_path: Path, request: pytest.FixtureRequest, record_property
) -> None:
    path = tmp_path / "shop.cio"
    kills = max(2, request.config.getoption("--kills", 30) // 5)
    acknowledged: set[str] = set()
    for kill in range(kills):
        child = start(SEND, path)
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(random.Random(kill).uniform(0, 0.15))
        child.send_signal(signal.SIGKILL)
        rest, complaints = child.communicate(timeout=60)
        assert child.returncode == -signal.SIGKILL, complaints
        acknowledged |= {line.strip() for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")}
        with Workspace.open(path) as ws:
            stored = {document["id"] for document in ws.database.documents("activity")}
            assert acknowledged <= stored
            assert ws.check() == []
            before = ws.digest()
            ws.undo()
            assert ws.check() == []
            ws.redo()
            assert ws.digest() == before
    assert len(acknowledged) > kills
    record_property("cases: workspaces killed while sending", kills)
    record_property("cases: acknowledged events found again", len(acknowledged))
