"""The demo's segments: who is in each when the story ends, and that they tell what they are there for."""

from collections.abc import Iterator

import pytest

from cio_tui import Workspace
from cio_tui.model.activity import ENTERED_SEGMENT, LEFT_SEGMENT
from cio_tui.workspace.demo import build_demo

DAY = 86400
MEMBERS = {
    "Signed up": 55,
    "Have not logged in recently": 26,
    "Bought a monitor lately": 6,
    "Big spenders": 14,
    "VIP": 3,
    "At risk": 3,
    "Went pro": 6,
}


@pytest.fixture(scope="module")
def demo() -> Iterator[Workspace]:
    with build_demo(None) as workspace:
        yield workspace


def labels(demo: Workspace, segment: str) -> list[str]:
    return [demo.directory.label(person) for person in demo.segments.members(segment)]


def test_each_segment_has_some_of_the_people(demo: Workspace) -> None:
    assert {row.segment.name: row.members for row in demo.segments.all()} == MEMBERS
    assert all(0 < count < demo.directory.count() for count in MEMBERS.values())


def test_a_segment_of_segments(demo: Workspace) -> None:
    assert demo.segments.get("At risk").uses == ("VIP", "Big spenders")
    assert labels(demo, "VIP") == ["ada@shop.example", "ingrid.solberg@fjordpost.example", "marta.quill@quill.example"]
    assert {"marta.quill@quill.example", *labels(demo, "At risk")} <= set(labels(demo, "Big spenders"))
    assert "marta.quill@quill.example" not in labels(demo, "At risk")


def test_only_people_put_in_by_hand_are_in_the_activity(demo: Workspace) -> None:
    by_type = demo.engine.queries.by_type()
    assert (by_type[ENTERED_SEGMENT], by_type.get(LEFT_SEGMENT, 0)) == (MEMBERS["VIP"], 0)


def test_time_alone_moves_people() -> None:
    with build_demo(None) as demo:
        [ada] = [person for person in demo.segments.members("VIP") if demo.directory.label(person) == "ada@shop.example"]
        demo.advance(30 * DAY)
        assert ada not in demo.segments.members("Bought a monitor lately")
        moved = [one for one in demo.segments.movements(person=ada) if not one.entered]
        assert demo.segments.get("Bought a monitor lately").segment.number in {one.segment for one in moved}
        assert {one.cause for one in moved} == {None}
