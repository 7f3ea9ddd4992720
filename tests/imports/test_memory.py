"""A file of any size takes the same memory, to check and to import."""

import tracemalloc
from pathlib import Path

import pytest

from cio_tui import Workspace
from cio_tui.imports import problems, scan
from cio_tui.workspace import import_check, import_run

T = 1718000000


def _peak(ws: Workspace, path: Path) -> int:
    tracemalloc.start()
    try:
        report = ws.import_events(path)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        assert report.failed == report.rows // 10


@pytest.mark.parametrize("kind", ["different rows", "the same row"])
def test_ten_times_the_rows_take_the_same_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """What grows is a bit for each row."""
    monkeypatch.setattr(import_run, "SLICE", 500)
    monkeypatch.setattr(import_run, "PIECE", 100)
    monkeypatch.setattr(import_check, "PIECE", 100)
    monkeypatch.setattr(scan, "_PIECE", 1 << 14)
    monkeypatch.setattr(problems, "KEPT_OF_A_KIND", 20)
    peaks = []
    for rows in (1_000, 1_000, 10_000):
        path = tmp_path / f"{rows}.csv"
        lines = (
            f"e,{42 if n % 10 else 'nobody'},1717990000,{'x' * 100}{n if kind == 'different rows' else ''}\n" for n in range(rows)
        )
        path.write_text("_cio_name,_cio_customer_id,_cio_timestamp,note\n" + "".join(lines), encoding="utf-8")
        with Workspace.open(tmp_path / f"{len(peaks)}.cio", seed=1, now=T, durable=False) as ws:
            ws.identify("42")
            peaks.append(_peak(ws, path))
    assert peaks[2] < peaks[1] * 1.5
