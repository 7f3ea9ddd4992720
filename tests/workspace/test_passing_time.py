"""One long jump leaves the same workspace as many short steps (design.md 4)."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import DAY, HOUR, SPANS, T, activities, others, patient, run, tracks

from cio_tui import Workspace
from cio_tui.model.commands import Command, Track
from cio_tui.store.digest import digest

Play = list[tuple[int, Command]]
plays = st.lists(st.tuples(st.sampled_from(SPANS), tracks | others), max_size=15)


def played(play: Play, steps: Callable[[int], list[int]]) -> tuple[str, list[str]]:
    """What a world looks like after each command was given at its distance from the one before."""
    with Workspace.in_memory(now=T) as ws:
        for distance, command in play:
            for step in steps(distance):
                assert ws.advance(step).ok
            ws.engine.run(command)
        return digest(ws.database.storage, leave_out=("settings",)), ws.check()


@patient
@given(plays, st.lists(st.floats(0, 1), max_size=6))
def test_one_jump_or_many_steps(play: Play, cuts: list[float]) -> None:
    def in_pieces(distance: int) -> list[int]:
        places = [0, *sorted(int(cut * distance) for cut in cuts), distance]
        return [after - before for before, after in pairwise(places)]

    whole, complaints = played(play, lambda distance: [distance])
    assert (whole, complaints) == (played(play, in_pieces)[0], [])


def test_thirty_days_by_the_hour(fresh: Callable[..., Workspace]) -> None:
    def world(step: int) -> str:
        ws = fresh()
        for hour in range(20):
            ws.track("seen", anonymous_id=f"a{hour % 3}", data={"hour": hour})
            ws.advance(HOUR)
        ws.identify("1", {"anonymous_id": "a1"})
        for _ in range(30 * DAY // step):
            ws.advance(step)
        assert len(activities(ws, "event")) == 7
        return digest(ws.database.storage, leave_out=("settings",))

    assert world(HOUR) == world(30 * DAY)


def test_what_falls_due_is_done_in_order_at_its_own_instant(fresh: Callable[..., Workspace]) -> None:
    ws = fresh()
    for visitor in ("a", "b", "c"):
        ws.track("seen", anonymous_id=visitor)
        ws.advance(DAY if visitor == "a" else 0)
    due = T + 30 * DAY + 1
    receipt = ws.advance(90 * DAY)
    assert [effect.detail for effect in receipt.effects[:-1]] == [{"count": 1, "at": due}, {"count": 2, "at": due + DAY}]
    assert ws.now() == T + 91 * DAY


@pytest.mark.parametrize("script", [[], [Track("x", id="no ULID")]], ids=["no command", "a refused one"])
def test_what_falls_due_counts_though_no_command_does(fresh: Callable[..., Workspace], script: list[Command]) -> None:
    """A purge on the way is in the data index as well."""
    ws = fresh()
    run(ws, [Track("seen", anonymous_id="a")])
    ws.engine.run_all(script, kind="import", summary="nothing", at=T + 31 * DAY)
    assert activities(ws) == []
    assert ws.check() == []
