"""Undo and redo: back to the byte, and forth again (design.md 5)."""

import pytest
from hypothesis import given
from worlds import DAY, T, patient, scripts, ulid

from cio_tui import Message, Workspace
from cio_tui.model import commands
from cio_tui.model.commands import Command
from cio_tui.model.errors import UndoConflict
from cio_tui.store import history
from cio_tui.workspace import clock
from cio_tui.workspace.engine import HANDLERS

ONE_OF_EACH: dict[type[Command], Command] = {
    commands.Track: commands.Track("order", person="42", data={"total": 1}),
    commands.Identify: commands.Identify("42", {"plan": "x", "anonymous_id": "anon-1"}),
    commands.MergePeople: commands.MergePeople("42", "43"),
    commands.DeletePerson: commands.DeletePerson("43"),
    commands.SuppressPerson: commands.SuppressPerson("43"),
    commands.UnsuppressPerson: commands.UnsuppressPerson("blocked"),
    commands.AddDevice: commands.AddDevice("43", "new", "ios"),
    commands.RemoveDevice: commands.RemoveDevice("43", "token"),
    commands.HoldClock: commands.HoldClock(T + 31 * DAY),
    commands.AdvanceClock: commands.AdvanceClock(31 * DAY),
    commands.ReleaseClock: commands.ReleaseClock(),
    commands.ChangeSetting: commands.ChangeSetting("anonymous_event_merge", "off"),
    commands.SaveSegment: commands.SaveSegment({"name": "Payers", "conditions": [{"attribute": "plan", "exists": True}]}),
    commands.DeleteSegment: commands.DeleteSegment("Buyers"),
    commands.ChangeMembers: commands.ChangeMembers("By hand", ("42", "43")),
    commands.SaveMessage: commands.SaveMessage({"name": "Receipt", "subject": "Thanks", "body": "Hi", "event": "order"}),
    commands.DeleteMessage: commands.DeleteMessage("Welcome"),
    commands.SaveSnippet: commands.SaveSnippet("footer", "Bergen"),
    commands.DeleteSnippet: commands.DeleteSnippet("header"),
}


@pytest.fixture
def full(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace in which every kind of command has something to do."""
    monkeypatch.setattr(clock, "wall_seconds", lambda: T + 31 * DAY)
    shop.track("seen", anonymous_id="anon-1", id=ulid(1))
    shop.track("order", person="43")
    shop.add_device("43", "token", "ios")
    shop.suppress("blocked")
    shop.save_segment("name: Payers\nconditions:\n  - attribute: plan\n    is: pro\n")
    shop.save_segment("name: Buyers\nconditions:\n  - event: order\n    performed: true\n    within: 7 days\n")
    shop.save_segment("name: By hand\nkind: manual\n")
    shop.save_segment("name: Chosen\nconditions:\n  - in segment: By hand\n  - in segment: Payers\n")
    shop.save_message(Message("Receipt", subject="Thank you"))
    shop.save_message(Message("Welcome"))
    shop.save_snippet("footer", "Oslo")
    shop.save_snippet("header", "Fjord & Field")
    return shop


def test_every_kind_of_command_is_tried() -> None:
    """PassTime runs by itself only (test_clock.py), NoteImport with an import (tests/imports)."""
    assert set(ONE_OF_EACH) == set(HANDLERS) - {commands.PassTime, commands.NoteImport}


@pytest.mark.parametrize("command", ONE_OF_EACH.values(), ids=lambda command: command.kind)
def test_undo_and_redo_of_every_kind(full: Workspace, command: Command) -> None:
    before = full.digest()
    receipt = full.engine.run(command)
    after = full.digest()
    assert receipt.ok
    assert after != before
    assert [entry.number for entry in full.undo()] == [receipt.command]
    assert full.digest() == before
    assert [entry.kind for entry in full.redo()] == [command.kind]
    assert full.digest() == after
    full.undo()
    assert full.digest() == before
    again = full.engine.run(command)
    assert (again.effects, full.digest()) == (receipt.effects, after)


@pytest.mark.parametrize("command", ONE_OF_EACH.values(), ids=lambda command: command.kind)
def test_a_dry_run_of_every_kind_changes_nothing_and_tells_the_same(full: Workspace, command: Command) -> None:
    before = full.digest(), full.history.entries()
    dry = full.engine.run(command, dry_run=True)
    assert (full.digest(), full.history.entries()) == before
    assert (dry.dry_run, dry.command) == (True, None)
    real = full.engine.run(command)
    assert (real.status, real.id, real.effects, real.notes) == (dry.status, dry.id, dry.effects, dry.notes)


@patient
@given(scripts)
def test_all_the_way_back_and_forth(script: list[Command]) -> None:
    """Each step back gives the digest from before it, each step forth the one from after."""
    with Workspace.in_memory(now=T) as ws:
        digests = [ws.digest()]
        for command in script:
            receipt = ws.engine.run(command)
            if receipt.command is None:
                assert ws.digest() == digests[-1]
            else:
                digests.append(ws.digest())
        for digest in reversed(digests[:-1]):
            assert len(ws.undo()) == 1
            assert ws.digest() == digest
            assert ws.check() == []
        assert ws.undo() == []
        for digest in digests[1:]:
            assert len(ws.redo()) == 1
            assert ws.digest() == digest
        assert ws.redo() == []


def test_a_new_command_discards_what_was_undone(full: Workspace) -> None:
    full.track("a", person="42")
    full.undo()
    assert full.history.reach()[1] == 1
    full.track("b", person="42")
    after = full.digest()
    assert full.history.reach()[1] == 0
    assert full.redo() == []
    assert full.digest() == after


def test_neither_a_dry_run_nor_a_refused_command_discards_it(full: Workspace) -> None:
    full.track("a", person="42")
    after = full.digest()
    full.undo()
    full.track("b", person="42", dry_run=True)
    full.track("b", person="42", id="no ULID")
    full.redo()
    assert full.digest() == after


def test_history_is_bounded(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "KEPT_COMMANDS", 3)
    digests = []
    for number in range(6):
        ws.track(f"e{number}", anonymous_id="a")
        digests.append(ws.digest())
    assert [entry.number for entry in ws.history.entries()] == [6, 5, 4]
    while ws.undo():
        pass
    assert ws.digest() == digests[2]


def test_a_row_changed_past_the_commands_is_a_conflict(full: Workspace) -> None:
    """Nothing is taken back then, and redo conflicts alike."""
    full.identify("42", {"plan": "x"})
    people = full.database.documents("people")
    row = next(iter(people)).doc_id
    changed = people.update(lambda document: document["attributes"].update(plan="past the commands"), doc_ids=[row])
    assert changed == [row]
    before = full.digest(), full.history.entries()
    with pytest.raises(UndoConflict, match="past its commands") as conflict:
        full.undo()
    assert "identify 42" in str(conflict.value)
    assert (full.digest(), full.history.entries()) == before


def test_a_conflict_of_a_step_with_several_commands_takes_none_back(shop: Workspace) -> None:
    first, second = (commands.Track(name, person="42", id=ulid(number)) for number, name in enumerate("ab"))
    [receipt] = shop.engine.run_all([first], kind="import", summary="first slice")
    shop.engine.run_all([second], kind="import", summary="second slice", step=receipt.command)
    found = shop.database.documents("activity")
    found.update({"duplicates": 7}, doc_ids=[one.doc_id for one in found if one["id"] == ulid(0)])
    before = shop.digest()
    with pytest.raises(UndoConflict, match="first slice"):
        shop.undo()
    assert shop.digest() == before


def test_what_the_history_tells(shop: Workspace) -> None:
    shop.track("order", person="42")
    shop.advance(60)
    shop.merge("42", "43")
    newest, clock_moved, tracked, *_ = shop.history.entries()
    assert [entry.summary for entry in (newest, clock_moved, tracked)] == [
        "merge 43 into 42",
        "clock-advance",
        "event order of 42",
    ]
    assert [entry.at for entry in (newest, clock_moved, tracked)] == [T + 60, T + 60, T]
    shop.undo()
    assert shop.history.entries()[0].undone
    assert shop.history.reach() == (4, 1)
    shop.history.clear()
    assert (shop.undo(), shop.redo(), shop.history.reach()) == ([], [], (0, 0))


def test_history_outlives_closing(tmp_path) -> None:
    with Workspace.open(tmp_path / "shop.cio", now=T, seed=1, durable=False) as ws:
        before = ws.digest()
        ws.identify("1", {"plan": "pro"})
        after = ws.digest()
    with Workspace.open(tmp_path / "shop.cio", durable=False) as ws:
        ws.undo()
        assert ws.digest() == before
    with Workspace.open(tmp_path / "shop.cio", durable=False) as ws:
        ws.redo()
        assert ws.digest() == after
