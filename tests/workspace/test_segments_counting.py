"""Counting for a condition that is being written: many questions, from whatever thread, one reading."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from cio_tui.segments.compile import Cancelled
from cio_tui.segments.reading import read
from cio_tui.workspace import Workspace

PLACED = read("conditions:\n  - event: order_placed\n    where:\n      - total: {greater than: 10}\n")


@pytest.fixture
def workspace(tmp_path):
    with Workspace.open(tmp_path / "shop.cio", now=1_718_000_000) as workspace:
        for number in range(20):
            workspace.identify(str(number), {"plan": "pro"})
            workspace.track("order_placed", person=str(number), data={"total": number})
        yield workspace


def test_threads_share_what_was_read(workspace, monkeypatch):
    read_rows = []
    happened = workspace.engine.segment_queries.occurrences
    monkeypatch.setattr(
        workspace.engine.segment_queries, "occurrences", lambda *given, **more: read_rows.append(1) or happened(*given, **more)
    )
    with ThreadPoolExecutor(3) as threads:
        counts = list(threads.map(lambda _: workspace.segments.count(PLACED), range(9)))
    assert counts == [9] * 9
    assert len(read_rows) == 1
    workspace.track("order_placed", person="1", data={"total": 99})
    assert workspace.segments.count(PLACED) == 10


def test_a_condition_on_another_segment_asks_from_within(workspace):
    workspace.advance(100)
    workspace.save_segment("name: Placed\nconditions:\n  - event: order_placed\n    where:\n      - total: {greater than: 10}\n")
    before = workspace.now() - 50
    assert workspace.segments.count(read("conditions:\n  - in segment: Placed\n"), at=before) == 9


def test_what_is_no_longer_wanted_ends(workspace):
    with pytest.raises(Cancelled):
        workspace.segments.count(PLACED, cancelled=lambda: True)
    assert workspace.segments.count(PLACED) == 9


def test_a_closed_workspace_leaves_no_thread(tmp_path):
    workspace = Workspace.open(tmp_path / "shop.cio", now=1_718_000_000)
    workspace.segments.count(PLACED)
    thread = next(iter(workspace.segments._counter._threads._threads))
    workspace.close()
    assert not thread.is_alive()
