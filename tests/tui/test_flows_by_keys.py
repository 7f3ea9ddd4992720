"""Every flow of the console, by keys alone: what the workspace holds afterwards, and what the screen says."""

import csv
import json

import pytest

from cio_tui.model.errors import UnknownPerson
from cio_tui.tui.filter_line import FilterInput
from cio_tui.tui.screens.send_form import SendForm
from cio_tui.workspace import Workspace
from tests.tui.conftest import press, screen_text, settle
from tests.tui.flows import (
    BO,
    CY,
    HANNE,
    ORDERS,
    VISITOR,
    events_of,
    first_line,
    newest,
    shown_keys,
    shown_orders,
    status,
    stored,
    toasted,
    toasts,
    write,
)

DAY = 86_400


async def fill(pilot, text):
    """Put a text into the field that has the focus, where the typing itself is not the point."""
    pilot.app.screen.focused.value = text
    await settle(pilot)


async def filtered(pilot, line):
    """Fill the filter line, and go to the list."""
    await press(pilot, "slash")
    await fill(pilot, line)
    await press(pilot, "enter")


async def press_button(pilot, app, name):
    """Open the clock's dialog, go to a button, and press it."""
    await press(pilot, "ctrl+t", "tab")
    for _ in app.screen.focus_chain:
        if app.screen.focused.name != name:
            await press(pilot, "tab")
    await press(pilot, "enter")


async def new_row(pilot, app, workspace, name, days):
    """An event comes in that is newer than all others."""
    workspace.track(name, person="42", timestamp=workspace.now() + days * DAY)
    app.look()
    await settle(pilot)


def test_send(demo):
    rows = demo.log.last_row()

    async def flow(pilot, app):
        await press(pilot, "s", "shift+tab", "ctrl+u")
        await write(pilot, "ingrid.sol")
        await press(pilot, "enter", "tab")
        await write(pilot, "basket_saved")
        await press(pilot, "tab", "tab", "tab", "tab")
        await write(pilot, '"total": 215')
        await press(pilot, "ctrl+s")
        sent = newest(demo)
        assert demo.log.last_row() == rows + 1
        assert (sent.type, sent.name, sent.data) == ("event", "basket_saved", {"total": 215})
        assert demo.directory.label(sent.person).startswith("ingrid.solberg@")
        assert sent.processed_at == demo.now()
        assert app.view.table.key == sent.id
        said = await toasts(pilot, app)
        assert "accepted" in said
        assert "1 effect" in said
        text = screen_text(app)
        assert f"─ basket_saved · {sent.id[:12]}" in text
        assert "person     ingrid.solberg@" in text
        assert '"total": 215' in text

    toasted(demo, flow)


def test_resend_with_a_changed_value(demo):
    async def flow(pilot, app):
        await filtered(pilot, ORDERS)
        key = app.view.table.key
        before, original = stored(demo, key), demo.log.get(key).activity
        await press(pilot, "r")
        assert f"copy of {key}" in screen_text(app)
        app.screen.query_one(SendForm).editor.text = json.dumps({**original.data, "total": 1_000_001})
        await press(pilot, "f5")
        text = screen_text(app)
        assert "Changed from the original" in text
        assert f"total  {original.data['total']} → 1000001" in text
        assert f"id  {key} → new" in text
        await press(pilot, "ctrl+s")
        copy = newest(demo)
        assert copy.id != key
        assert copy.cause == key
        assert (copy.name, copy.person, copy.data) == (original.name, original.person, {**original.data, "total": 1_000_001})
        assert stored(demo, key) == before
        assert app.view.table.key == copy.id
        assert "accepted" in await toasts(pilot, app)
        assert '"total": 1000001' in screen_text(app)

    toasted(demo, flow)


def test_merge_of_two_people(demo):
    bo, cy = (demo.directory.person(email) for email in (BO, CY))
    events = [entry.activity.id for entry in demo.log.page(f"person:{CY}").entries if entry.activity.is_event]

    async def flow(pilot, app):
        await press(pilot, "1")
        await filtered(pilot, BO)
        await press(pilot, "m")
        await fill(pilot, CY)
        await press(pilot, "enter")
        text = screen_text(app)
        assert f"Merge into {BO}" in text
        assert f"1 event of the last 30 days, 0 devices, 0 anonymous ids move. {CY} is deleted." in text
        await press(pilot, "ctrl+s")
        with pytest.raises(UnknownPerson):
            demo.directory.person(CY)
        merged = demo.directory.person(BO)
        assert merged.person.cio_id == bo.person.cio_id
        assert merged.events == bo.events + cy.events
        assert merged.person.attributes == {**cy.person.attributes, **bo.person.attributes}
        assert {demo.log.get(one).activity.person for one in events} == {bo.person.cio_id}
        assert app.view.table.key == bo.person.cio_id
        assert "Merged" in await toasts(pilot, app)
        text = screen_text(app)
        assert f"events  {merged.events}, " in text
        await press(pilot, "slash", "ctrl+u", "enter")
        assert CY not in screen_text(app)

    toasted(demo, flow)


def test_anonymous_merge(demo):
    before = demo.digest()
    assert {(one.person, one.processed_at) for one in events_of(demo, VISITOR)} == {(None, None)}

    async def flow(pilot, app):
        await press(pilot, "4")
        assert app.view.table.key == VISITOR
        await press(pilot, "v")
        await fill(pilot, "hanne")
        await press(pilot, "enter")
        assert f"3 events would go to {HANNE}" in screen_text(app)
        await press(pilot, "escape")
        assert "what if  ? 3 would go to" in screen_text(app)
        assert demo.digest() == before
        await press(pilot, "m")
        await fill(pilot, "hanne")
        await press(pilot, "enter", "ctrl+s")
        hanne = demo.directory.person(HANNE).person.cio_id
        now = demo.now()
        assert [(one.person, one.processed_at) for one in events_of(demo, VISITOR)] == [(hanne, now)] * 3
        assert "accepted" in await toasts(pilot, app)
        text = screen_text(app)
        assert "● +17m40s" in text
        assert "what if" not in text
        await press(pilot, "s")
        app.screen.query_one(SendForm).query_one("#name").value = "came_late"
        await press(pilot, "ctrl+s")
        late = newest(demo)
        assert (late.name, late.anonymous_id) == ("came_late", VISITOR)
        assert (late.person, late.processed_at) == (hanne, now)
        await toasts(pilot, app)
        assert "person     hanne.vikstad@" in screen_text(app)

    toasted(demo, flow)


def test_filter(demo):
    async def flow(pilot, app):
        every, orders = len(app.view.table.rows), shown_orders(demo)
        assert 0 < orders < every
        assert f"1/{every:,} " in status(app)
        await press(pilot, "slash")
        await write(pilot, ORDERS)
        await press(pilot, "enter")
        assert {demo.log.get(key).activity.name for key in shown_keys(app)} == {"order_placed"}
        assert len(shown_keys(app)) == orders
        assert f"1/{orders} " in status(app)
        assert f"{every - orders:,} hidden by filter" in status(app)
        await press(pilot, "backslash")
        assert f"/{every:,} " in status(app)
        assert "filter off" in status(app)
        assert "hidden by filter" not in status(app)
        await press(pilot, "backslash")
        assert f"/{orders} " in status(app)
        assert f"{every - orders:,} hidden by filter" in status(app)
        await press(pilot, "slash", "ctrl+u", "enter")
        assert f"/{every:,} " in status(app)
        assert "filter" not in status(app)

    toasted(demo, flow)


def test_filter_survives_all_that_is_done_to_the_list(demo):
    async def flow(pilot, app):
        await filtered(pilot, ORDERS)
        orders, every = set(shown_keys(app)), demo.log.row_ids("", hidden=False)
        hidden = f"{len(every) - len(orders):,} hidden by filter"
        steps = {
            "sort": ("greater_than_sign", "equals_sign"),
            "follow": ("f",),
            "columns": ("c", "down", "down", "space", "ctrl+s"),
            "marks": ("space", "M", "M"),
            "other views": ("1", "3", "4", "2"),
        }
        for step, keys in steps.items():
            await press(pilot, *keys)
            assert set(shown_keys(app)) == orders, step
            assert app.view.query_one(FilterInput).value == ORDERS, step
            assert hidden in status(app), step
        assert "sort timestamp ↑" in status(app)
        assert "follow on" in status(app)
        assert "1 marked" in status(app)
        assert " LAG " not in screen_text(app)

    toasted(demo, flow)


def test_export_as_csv(demo, tmp_path):
    path = tmp_path / "orders.csv"

    async def flow(pilot, app):
        await filtered(pilot, ORDERS)
        keys = shown_keys(app)
        await press(pilot, "x")
        assert f"What is shown: {len(keys)} rows" in screen_text(app)
        await fill(pilot, str(path))
        await press(pilot, "ctrl+s")
        assert f"{len(keys)} rows written to" in screen_text(app)
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["id"] for row in rows] == keys
        assert [json.loads(row["data"]) for row in rows] == [demo.log.get(key).activity.data for key in keys]

    toasted(demo, flow)


def test_export_as_json_lines(demo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    async def flow(pilot, app):
        await filtered(pilot, ORDERS)
        keys = shown_keys(app)
        await press(pilot, "x", "tab", "right")
        assert "○ CSV  ● JSON lines" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert f"{len(keys)} rows written to" in screen_text(app)
        lines = (tmp_path / "activity.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == [demo.log.get(key).to_json() for key in keys]

    toasted(demo, flow)


def test_undo_and_redo(demo):
    before = demo.digest()

    async def flow(pilot, app):
        await press(pilot, "s")
        app.screen.query_one(SendForm).query_one("#name").value = "taken_back"
        await press(pilot, "ctrl+s")
        sent, after = newest(demo), demo.digest()
        assert after != before
        await toasts(pilot, app)
        assert f"─ taken_back · {sent.id[:12]}" in screen_text(app)
        await press(pilot, "u")
        assert demo.digest() == before
        assert demo.log.find(sent.id) is None
        assert "Undone" in await toasts(pilot, app)
        assert " taken_back   " not in screen_text(app)
        assert sent.id not in shown_keys(app)
        await press(pilot, "ctrl+r")
        assert demo.digest() == after
        assert "Redone" in await toasts(pilot, app)
        assert " taken_back   " in screen_text(app)
        assert sent.id in shown_keys(app)

    toasted(demo, flow)


def test_clock(demo):
    start = demo.now()

    async def flow(pilot, app):
        assert first_line(app).endswith("2024-06-10 06:13:20 held")
        await press(pilot, "ctrl+t")
        await write(pilot, "1d2h")
        assert "2024-06-11 08:13:20Z held, 1d2h from now" in screen_text(app)
        assert demo.now() == start
        await press(pilot, "enter")
        assert demo.now() == start + DAY + 2 * 3600
        assert first_line(app).endswith("2024-06-11 08:13:20 held")
        await press(pilot, "ctrl+t")
        await fill(pilot, "2024-06-12 09:00")
        await press(pilot, "enter")
        assert (demo.now(), demo.settings().mode) == (1_718_182_800, "held")
        assert first_line(app).endswith("2024-06-12 09:00:00 held")
        await press_button(pilot, app, "live")
        assert demo.settings().mode == "live"
        assert first_line(app).endswith(" live")
        await press_button(pilot, app, "hold")
        assert demo.settings().mode == "held"
        assert first_line(app).endswith(" held")

    toasted(demo, flow)


def test_follow(demo):
    async def flow(pilot, app):
        table = app.view.table
        top = table.key
        await new_row(pilot, app, demo, "unfollowed", 3)
        assert (table.cursor, table.key) == (1, top)
        await press(pilot, "f")
        assert "follow on" in status(app)
        assert table.cursor == 0
        await new_row(pilot, app, demo, "followed", 4)
        assert (table.cursor, table.key) == (0, newest(demo).id)
        assert "─ followed · " in screen_text(app)
        await press(pilot, "down", "down")
        key = table.key
        await new_row(pilot, app, demo, "not_looked_at", 5)
        assert (table.cursor, table.key) == (3, key)
        assert "─ not_looked_at · " not in screen_text(app)
        assert " not_looked_at " in screen_text(app)

    toasted(demo, flow)


def test_sort_by_the_column_under_the_cursor(demo):
    async def flow(pilot, app):
        await filtered(pilot, "type:event")
        await press(pilot, "greater_than_sign", "greater_than_sign", "greater_than_sign", "equals_sign")
        names = [demo.log.get(key).activity.name for key in shown_keys(app)]
        assert len(set(names)) > 10
        assert names == sorted(names, reverse=True)
        assert " NAME↓ " in screen_text(app)
        assert "sort name ↓" in status(app)
        await press(pilot, "equals_sign")
        assert [demo.log.get(key).activity.name for key in shown_keys(app)] == sorted(names)
        assert " NAME↑ " in screen_text(app)
        assert "sort name ↑" in status(app)

    toasted(demo, flow)


def test_marks_and_only_marked(demo):
    async def flow(pilot, app):
        keys = shown_keys(app)
        await press(pilot, "space", "down", "space")
        assert screen_text(app).count("▎") == 2
        assert "2 marked" in status(app)
        await press(pilot, "M")
        assert shown_keys(app) == [keys[0], keys[2]]
        assert "/2 " in status(app)
        assert "2 marked, only these" in status(app)
        await press(pilot, "M")
        assert shown_keys(app) == keys
        assert "only these" not in status(app)
        await press(pilot, "g", "space")
        assert screen_text(app).count("▎") == 1
        assert "1 marked" in status(app)

    toasted(demo, flow)


def test_what_another_writes_appears_by_itself(demo):
    async def flow(pilot, app):
        await press(pilot, "down", "down")
        table = app.view.table
        key, count = table.key, len(table.rows)
        with Workspace.open(demo.path) as other:
            other.track("from_elsewhere", person="42", timestamp=other.now() + 5 * DAY)
        for _ in range(100):
            if len(table.rows) > count:
                break
            await pilot.pause(0.05)
        await settle(pilot)
        assert len(table.rows) == count + 1
        assert (table.cursor, table.key) == (3, key)
        assert " from_elsewhere " in screen_text(app)
        assert f"4/{count + 1:,} " in status(app)

    toasted(demo, flow)
