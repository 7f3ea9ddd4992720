"""The workspace's clock: held, live, moved by command (design.md 4)."""

from collections.abc import Iterator

import pytest
from worlds import DAY, HOUR, T, activities

from cio_tui import Workspace
from cio_tui.workspace import clock


class Wall:
    """A wall clock that stands where a test puts it."""

    now = T


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    wall = Wall()
    monkeypatch.setattr(clock, "wall_seconds", lambda: wall.now)
    return wall


@pytest.fixture
def live(wall: Wall) -> Iterator[Workspace]:
    """A workspace that follows the wall clock."""
    with Workspace.in_memory() as workspace:
        yield workspace


def test_a_held_clock_stands(ws: Workspace, wall: Wall) -> None:
    wall.now += DAY
    assert (ws.now(), ws.settings().mode) == (T, "held")
    ws.track("x", anonymous_id="a")
    assert activities(ws)[0].timestamp == T


def test_a_live_clock_follows_the_wall(live: Workspace, wall: Wall) -> None:
    wall.now += 5
    assert (live.now(), live.settings().mode) == (T + 5, "live")
    live.track("x", anonymous_id="a")
    assert activities(live)[0].timestamp == T + 5


def test_a_live_clock_never_goes_back(live: Workspace, wall: Wall) -> None:
    wall.now += 100
    live.track("x", anonymous_id="a")
    wall.now -= 50
    assert live.now() == T + 100


@pytest.mark.parametrize("seconds", [0, 1, 31 * DAY])
def test_advance_goes_forward_and_stands_there(ws: Workspace, wall: Wall, seconds: int) -> None:
    receipt = ws.advance(seconds)
    assert receipt.effects[-1].detail == {"instant": T + seconds, "mode": "held"}
    assert ws.now() == T + seconds


def test_advance_from_live_holds(live: Workspace, wall: Wall) -> None:
    wall.now += 10
    live.advance(HOUR)
    wall.now += 10
    assert (live.now(), live.settings().mode) == (T + 10 + HOUR, "held")


@pytest.mark.parametrize("seconds", [-1, 10**13, 2**70, 1.5])
def test_where_the_clock_cannot_go(ws: Workspace, seconds: object) -> None:
    before = ws.digest()
    assert not ws.advance(seconds).ok  # type: ignore[arg-type]
    assert ws.digest() == before


@pytest.mark.parametrize("instant", [0, -5, T * 1000, 1.5])
def test_what_is_no_instant(ws: Workspace, instant: object) -> None:
    assert not ws.hold(instant).ok  # type: ignore[arg-type]
    assert ws.now() == T


def test_hold_goes_back_while_nothing_was_received(ws: Workspace) -> None:
    assert ws.hold(T - 100 * DAY).ok
    ws.track("x", anonymous_id="a")
    assert activities(ws)[0].received_at == T - 100 * DAY


def test_hold_does_not_go_back_past_what_was_received(ws: Workspace) -> None:
    ws.advance(10)
    ws.track("x", anonymous_id="a", timestamp=T - DAY)
    ws.advance(10)
    before = ws.digest()
    receipt = ws.hold(T + 9)
    assert "cannot go back" in receipt.reasons[0]
    assert "undo what came after" in receipt.reasons[0]
    assert ws.digest() == before
    assert ws.hold(T + 10).ok
    assert ws.now() == T + 10


def test_hold_at_a_later_instant_does_what_falls_due(ws: Workspace) -> None:
    ws.track("x", anonymous_id="a")
    ws.hold(T + 31 * DAY)
    assert activities(ws) == []
    assert ws.check() == []


def test_release_follows_the_wall_and_does_what_fell_due(ws: Workspace, wall: Wall) -> None:
    ws.track("x", anonymous_id="a")
    wall.now += 31 * DAY
    receipt = ws.live()
    assert (ws.now(), ws.settings().mode, receipt.notes) == (T + 31 * DAY, "live", ())
    assert activities(ws) == []


def test_release_ahead_of_the_wall_stands_until_it_has_caught_up(ws: Workspace, wall: Wall) -> None:
    ws.advance(HOUR)
    assert "until the wall clock gets there" in ws.live().notes[0]
    assert ws.now() == T + HOUR
    wall.now += HOUR + 1
    assert ws.now() == T + HOUR + 1


def test_live_catches_up_by_itself_and_undo_passes_over_it(live: Workspace, wall: Wall) -> None:
    """Looking handles what fell due, as an automatic command that goes with the step before it."""
    before = live.digest()
    live.track("x", anonymous_id="a")
    assert not live.engine.pass_time()
    wall.now += 30 * DAY + 1
    assert live.engine.pass_time()
    assert not live.engine.pass_time()
    assert activities(live) == []
    after = live.digest()
    assert [(entry.kind, entry.automatic) for entry in live.history.entries()] == [("time", True), ("track", False)]
    assert live.history.reach() == (1, 0)
    assert [entry.kind for entry in live.undo()] == ["time", "track"]
    assert live.digest() == before
    assert [entry.kind for entry in live.redo()] == ["track", "time"]
    assert live.digest() == after


def test_live_catches_up_before_the_next_command(live: Workspace, wall: Wall) -> None:
    live.track("x", anonymous_id="a")
    wall.now += 40 * DAY
    receipt = live.identify("1", {"anonymous_id": "a"})
    assert "anon_merge" not in [effect.kind for effect in receipt.effects]
    assert [entry.kind for entry in live.history.entries()] == ["identify", "time", "track"]
    assert [entry.kind for entry in live.undo()] == ["identify"]
    assert [entry.kind for entry in live.undo()] == ["time", "track"]
    assert live.undo() == []


def test_a_held_clock_never_catches_up(ws: Workspace, wall: Wall) -> None:
    ws.track("x", anonymous_id="a")
    wall.now += 40 * DAY
    assert not ws.engine.pass_time()
    assert len(activities(ws)) == 1


def test_the_instant_stays_when_the_workspace_is_closed(tmp_path, wall: Wall) -> None:
    with Workspace.open(tmp_path / "shop.cio", now=T, durable=False) as ws:
        ws.advance(HOUR)
    with Workspace.open(tmp_path / "shop.cio", now=T + 99 * DAY) as ws:
        assert (ws.now(), ws.settings().mode) == (T + HOUR, "held")
