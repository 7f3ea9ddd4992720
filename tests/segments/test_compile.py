"""Counting everybody: what is kept between counts, what makes it stale, and how a count is given up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cio_tui import Workspace
from cio_tui.model.paths import PropertyPath
from cio_tui.segments.compile import Cancelled, Everybody
from cio_tui.segments.conditions import AttributeIs, Condition, DataFilter, DataGroup, Frame, Group, InSegment, Performed
from cio_tui.segments.conditions import Test as Compare
from cio_tui.store.segment_queries import SegmentQueries

T = 1718000000
DAY = 86_400
TYPE, TOTAL, PLAN = (PropertyPath.parse(text) for text in ("items[].type", "total", "plan"))


@pytest.fixture
def ws() -> Iterator[Workspace]:
    """Three people, added a month ago; a bought a monitor today, b two things long ago."""
    with Workspace.in_memory(now=T - 30 * DAY) as workspace:
        for name, plan in (("a", "pro"), ("b", "Pro"), ("c", "free")):
            workspace.identify({"id": name}, {"plan": plan})
        workspace.hold(T)
        buy(workspace, "a", T, "monitor", 100)
        buy(workspace, "b", T - 20 * DAY, "cable", 5)
        buy(workspace, "b", T - 20 * DAY, "monitor", 300)
        yield workspace


def buy(ws: Workspace, person: str, timestamp: int, thing: str, total: int) -> None:
    ws.track("bought", person={"id": person}, data={"items": [{"type": thing}], "total": total}, timestamp=timestamp)


def everybody_in(ws: Workspace) -> Everybody:
    return Everybody(SegmentQueries(ws.database.storage))


def bought(path: PropertyPath | None = None, test: Compare | None = None, **given: object) -> Performed:
    filters = DataGroup() if path is None or test is None else DataGroup(members=(DataFilter(path, test),))
    return Performed("bought", filters=filters, **given)  # type: ignore[arg-type]


def ids(ws: Workspace, everybody: Everybody, condition: Condition, now: int = T) -> str:
    """The ids of those found, one letter each."""
    found = everybody.cio_ids(everybody.members(condition, now))
    return "".join(sorted(row.person.id or "?" for row in ws.directory.people() if row.person.cio_id in found))


def test_columns_reach_back_as_far_as_the_next_frame_asks(ws: Workspace) -> None:
    everybody = everybody_in(ws)
    assert ids(ws, everybody, bought(frame=Frame(within=DAY))) == "a"
    assert ids(ws, everybody, bought(TYPE, Compare("eq", "MONITOR"), frame=Frame(within=DAY))) == "a"
    assert ids(ws, everybody, bought(TYPE, Compare("eq", "MONITOR"), frame=Frame(within=20 * DAY))) == "ab"
    assert ids(ws, everybody, bought(TOTAL, Compare("gt", 100))) == "b"
    assert ids(ws, everybody, bought(times=2)) == "b"
    assert ids(ws, everybody, bought(), T - 1) == "b"


def test_what_is_written_is_seen(ws: Workspace) -> None:
    everybody, pro = everybody_in(ws), AttributeIs(PLAN, Compare("eq", "pro"))
    assert (ids(ws, everybody, pro), ids(ws, everybody, bought())) == ("ab", "ab")
    ws.identify({"id": "c"}, {"plan": "PRO"})
    buy(ws, "c", T, "lamp", 1)
    assert (ids(ws, everybody, pro), ids(ws, everybody, bought())) == ("abc", "abc")
    ws.merge({"id": "a"}, {"id": "b"})
    assert ids(ws, everybody, bought(times=3)) == "a"
    ws.undo()
    assert ids(ws, everybody, bought(times=2)) == "b"


def test_what_another_process_writes_is_seen(tmp_path: Path) -> None:
    """A second connection is as good as a second process."""
    path = tmp_path / "shop.cio"
    with Workspace.open(path, now=T) as one, Workspace.open(path) as other:
        one.identify({"id": "a"})
        everybody = everybody_in(one)
        assert ids(one, everybody, bought()) == ""
        buy(other, "a", T, "monitor", 1)
        assert ids(one, everybody, bought()) == "a"


def test_a_count_given_up_leaves_nothing_half_read(ws: Workspace) -> None:
    everybody = everybody_in(ws)
    tree = Group("all", (AttributeIs(PLAN, Compare("eq", "pro")), bought(TYPE, Compare("eq", "monitor"))))
    for asked in range(1, 3):
        answers = iter([False] * (asked - 1) + [True])
        with pytest.raises(Cancelled):
            everybody.members(tree, T, cancelled=lambda answers=answers: next(answers))
    assert ids(ws, everybody, tree) == "ab"


def test_progress_is_told_leaf_by_leaf(ws: Workspace) -> None:
    told: list[tuple[int, int]] = []
    tree = Group("any", (bought(), Group("none", (AttributeIs(PLAN, Compare("eq", "pro")),))))
    everybody_in(ws).members(tree, T, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_pages_in_an_order(ws: Workspace) -> None:
    everybody = everybody_in(ws)
    rows = everybody.members(Group("none", (Performed("never"),)), T)
    assert everybody.page(rows, order="id", descending=False, most=2) == [1, 2]
    assert everybody.page(rows, order="id", descending=False, most=2, after=2) == [3]


def test_not_performed_asks_for_people_who_are_old_enough(ws: Workspace) -> None:
    """S3, for everybody: a person added yesterday does not match, one whose earliest event is old enough does."""
    ws.identify({"id": "d"})
    ws.identify({"id": "e"})
    ws.track("visited", person={"id": "e"}, timestamp=T - 10 * DAY)
    everybody = everybody_in(ws)
    assert ids(ws, everybody, bought(frame=Frame(within=10 * DAY), inverse=True)) == "bce"
    assert ids(ws, everybody, bought(frame=Frame(within=10 * DAY + 1), inverse=True)) == "bc"
    assert ids(ws, everybody, bought(inverse=True)) == "cde"


def test_members_of_other_segments_may_be_counted_by_the_same_one(ws: Workspace) -> None:
    """Also while a count goes on; it can be given up there too."""
    other = AttributeIs(PLAN, Compare("eq", "pro"))

    def members_of(segment: str | int, now: int) -> set[str]:
        return everybody.cio_ids(everybody.members(other, now)) if segment == "pros" else set()

    everybody = Everybody(SegmentQueries(ws.database.storage), members_of)
    assert ids(ws, everybody, InSegment("pros")) == "ab"
    assert ids(ws, everybody, InSegment("pros", inverse=True)) == "c"
    assert ids(ws, everybody, InSegment("unknown")) == ""
    ws.identify({"id": "c"}, {"plan": "pro"})
    with pytest.raises(Cancelled):
        everybody.members(InSegment("pros"), T, cancelled=lambda: True)
