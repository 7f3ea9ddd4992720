"""Undo, redo, dry runs, and other processes: nobody works with segments that are no longer there, or not yet."""

from pathlib import Path

import pytest
from segment_worlds import definition, inside, moves, saved
from worlds import DAY, T, start

from cio_tui import Workspace

PRO = "attribute: plan, is: pro"
OTHER_PROCESS = """
import sys
from cio_tui import Workspace
with Workspace.open(sys.argv[1], create=False) as workspace:
    receipt = workspace.save_segment(sys.argv[2])
    assert receipt.ok, receipt
"""


@pytest.fixture
def moved(shop: Workspace) -> Workspace:
    """Segments that look at each other, people in them, and an event that moved one through all of them."""
    saved(shop, "Payers", PRO)
    saved(shop, "Buyers", "event: order, performed: true, within: 7 days")
    shop.save_segment("name: Hand\nkind: manual\n")
    saved(shop, "All", "in segment: Payers", "in segment: Buyers", "in segment: Hand")
    return shop


def test_every_step_back_and_forth(moved: Workspace) -> None:
    """Saving, changing, renaming, deleting, putting in, taking out, and what people and the clock did between."""
    steps = [
        lambda: moved.add_to_segment("Hand", ["42", "43"]),
        lambda: moved.track("order", person="42"),
        lambda: moved.save_segment(definition("Payers", PRO, "attribute: plan, is: basic", match="any")),
        lambda: moved.save_segment(definition("Who pays", PRO), number=1),
        lambda: moved.advance(8 * DAY),
        lambda: moved.remove_from_segment("Hand", ["43"]),
        lambda: moved.delete_segment("All"),
        lambda: moved.merge("43", "42"),
    ]
    states = [(moved.digest(), [(row.segment.name, row.members) for row in moved.segments.all()])]
    for step in steps:
        assert step().ok
        states.append((moved.digest(), [(row.segment.name, row.members) for row in moved.segments.all()]))
        assert moved.check() == []
    for state in reversed(states[:-1]):
        moved.undo()
        assert (moved.digest(), [(row.segment.name, row.members) for row in moved.segments.all()]) == state
    for state in states[1:]:
        moved.redo()
        assert (moved.digest(), [(row.segment.name, row.members) for row in moved.segments.all()]) == state
        assert moved.check() == []


def test_since_when_after_redo(moved: Workspace) -> None:
    moved.advance(DAY)
    moved.track("order", person="42")
    person = moved.directory.person("42").person.cio_id
    moved.undo()
    moved.redo()
    assert {(segment.name, since) for segment, since in moved.segments.of_person(person)} == {
        ("Payers", T),
        ("Buyers", T + DAY),
    }
    assert moves(moved.advance(7 * DAY + 1)) == [("left", "Buyers")]


def test_what_was_undone_moves_nobody(moved: Workspace) -> None:
    moved.save_segment(definition("Payers", "attribute: plan, is: basic"))
    moved.undo()
    assert moves(moved.identify("43", {"plan": "Pro"})) == [("entered", "Payers")]
    moved.undo()
    moved.delete_segment("All")
    moved.delete_segment("Payers")
    assert moves(moved.identify("43", {"plan": "pro"})) == []


def test_a_dry_run_writes_nothing(moved: Workspace) -> None:
    before = moved.digest(), inside(moved, "Payers")
    receipt = moved.save_segment(definition("Payers", "attribute: plan, is: basic"), dry_run=True)
    assert receipt.effects[-1].detail == {"segment": 1, "name": "Payers", "entered": 1, "left": 1, "members": 1}
    assert moves(moved.add_to_segment("Hand", ["42"], dry_run=True)) == [("entered", "Hand")]
    assert moves(moved.track("order", person="42", dry_run=True)) == [("entered", "Buyers")]
    assert moved.delete_segment("All", dry_run=True).ok
    assert (moved.digest(), inside(moved, "Payers")) == before
    assert moves(moved.identify("43", {"plan": "pro"})) == [("entered", "Payers")]


def test_a_second_workspace_on_the_file(tmp_path: Path) -> None:
    """Its next command, and its next look, know what the first one saved, changed and took back."""
    path = tmp_path / "shop.cio"
    with Workspace.open(path, now=T, seed=1, durable=False) as one, Workspace.open(path, durable=False) as other:
        one.identify("42", {"plan": "basic"})
        saved(one, "Payers", "attribute: plan, is: gold")
        assert moves(other.identify("42", {"plan": "gold"})) == [("entered", "Payers")]
        other.undo()
        one.undo()
        saved(one, "Payers", "attribute: plan, is: silver")
        assert moves(other.identify("42", {"plan": "gold"})) == []
        assert moves(other.identify("42", {"plan": "silver"})) == [("entered", "Payers")]
        assert inside(one, "Payers") == ["42"]
        one.delete_segment("Payers")
        assert other.segments.all() == []
        assert moves(other.identify("42", {"plan": "gold"})) == []
        assert one.check() == []


def test_another_process(tmp_path: Path) -> None:
    path = tmp_path / "shop.cio"
    with Workspace.open(path, now=T, seed=1, durable=False) as ws:
        ws.identify("42", {"plan": "pro"})
        process = start(OTHER_PROCESS, path, definition("Payers", "attribute: plan, is: gold"))
        said = process.communicate(timeout=60)
        assert process.returncode == 0, said
        assert moves(ws.identify("42", {"plan": "gold"})) == [("entered", "Payers")]
