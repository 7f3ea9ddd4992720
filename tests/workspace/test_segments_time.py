"""Time alone moves people at their exact instants, however the clock gets there."""

from collections.abc import Callable

import pytest
from segment_worlds import history, inside, saved
from worlds import DAY, HOUR, MINUTE, T

from cio_tui import Workspace
from cio_tui.model import commands
from cio_tui.store.digest import digest

MONTH = 30 * DAY
NAMES = ("Lately", "Lapsed", "Trial", "Both", "Often")


def small_world(ws: Workspace) -> None:
    """Three people whom a month takes through five segments."""
    for number in range(3):
        ws.identify({"id": str(number)}, {"trial_ends": T + (4 + 7 * number) * DAY + 61 * number})
        for visit in range(3):
            ws.track("order", person={"id": str(number)}, timestamp=T - 6 * DAY + (visit * 5 + number) * 32_768 + 17)
        ws.track("order", person={"id": str(number)}, timestamp=T + (9 + number) * DAY + 29)
    saved(ws, "Lately", "event: order, performed: true, within: 7 days")
    saved(ws, "Often", "event: order, performed: at least 2 times, within: 5 days")
    saved(ws, "Lapsed", "event: order, performed: never, within: 10 days")
    saved(ws, "Trial", "attribute: trial_ends, is a timestamp before: 3 days from now")
    saved(ws, "Both", "in segment: Trial", "not in segment: Lately")


def test_thirty_days_at_once_or_by_the_minute(
    fresh: Callable[..., Workspace], record_property: Callable[[str, object], None]
) -> None:
    """43,200 commands of a minute each give the movements and the memberships of one command of 30 days."""
    jump, walk = fresh(), fresh()
    for ws in (jump, walk):
        small_world(ws)
    assert jump.advance(MONTH).ok
    minute = commands.AdvanceClock(MINUTE)
    for _ in range(MONTH // MINUTE):
        walk.engine.run(minute)
    assert walk.now() == jump.now() == T + MONTH
    found = history(jump, NAMES)
    assert (history(walk, NAMES), len(found) >= 25) == (found, True)
    assert any(at % MINUTE != T % MINUTE for _, _, at, _ in found)
    for table in ("memberships", "movements", "activity"):
        left_out = {name for name in jump.database.storage.table_names() if name != table}
        assert digest(walk.database.storage, leave_out=left_out) == digest(jump.database.storage, leave_out=left_out), table
    record_property("cases: steps of a minute beside one jump", MONTH // MINUTE)


def test_entries_and_exits_at_their_exact_instants(ws: Workspace) -> None:
    small_world(ws)
    ws.advance(MONTH)
    person = ws.directory.person({"id": "0"}).person.cio_id
    mine = reversed(ws.segments.movements(person=person))
    found: dict[str, list[tuple[int, bool]]] = {}
    for one in mine:
        found.setdefault(ws.segments.get(one.segment).segment.name, []).append((one.at, one.entered))
    last = T - 6 * DAY + 10 * 32_768 + 17
    again = T + 9 * DAY + 29
    assert found["Lately"] == [(T, True), (last + 7 * DAY + 1, False), (again, True), (again + 7 * DAY + 1, False)]
    assert found["Often"] == [(T, True), (last - 5 * 32_768 + 5 * DAY + 1, False)]
    assert found["Trial"] == [(T + DAY + 1, True)]
    assert found["Both"] == [(last + 7 * DAY + 1, True), (again, False), (again + 7 * DAY + 1, True)]
    assert found["Lapsed"] == [(last + 10 * DAY + 1, True), (again, False), (again + 10 * DAY + 1, True)]


def test_members_as_of_an_instant(ws: Workspace) -> None:
    """One second before each movement the membership is another."""
    small_world(ws)
    ws.advance(MONTH)
    moved = [one for one in ws.segments.movements(segment="Both", limit=1000) if one.at > T]
    assert moved
    for one in moved:
        assert (one.person in ws.segments.members("Both", at=one.at)) == one.entered
        assert (one.person in ws.segments.members("Both", at=one.at - 1)) != one.entered


@pytest.mark.parametrize("moved", ["saved", "entered"])
def test_the_clock_does_not_go_back_before_a_segment_or_a_movement(ws: Workspace, moved: str) -> None:
    ws.identify("42", {"trial_ends": T + 4 * DAY})
    if moved == "entered":
        saved(ws, "Trial", "attribute: trial_ends, is a timestamp before: 3 days from now")
    ws.advance(2 * DAY)
    if moved == "saved":
        saved(ws, "Trial", "attribute: trial_ends, is a timestamp before: 3 days from now")
    before = ws.digest()
    receipt = ws.hold(T + HOUR)
    assert (receipt.status, ws.digest()) == ("rejected", before)
    assert "the clock cannot go back" in receipt.reasons[0]
    assert ("segment Trial was saved" in receipt.reasons[0]) == (moved == "saved")


def test_back_to_where_nothing_moved(ws: Workspace) -> None:
    """Everybody's next instant is as true there, so going forward again moves them at the same one."""
    ws.identify("42", {"trial_ends": T + 4 * DAY})
    saved(ws, "Trial", "attribute: trial_ends, is a timestamp before: 3 days from now")
    ws.advance(DAY)
    assert ws.hold(T + HOUR).ok
    assert (ws.check(), inside(ws, "Trial")) == ([], [])
    ws.advance(DAY)
    assert (inside(ws, "Trial"), ws.segments.movements(segment="Trial")[0].at) == (["42"], T + DAY + 1)
