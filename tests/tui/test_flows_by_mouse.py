"""Every flow of the console, by mouse alone: what the workspace holds afterwards, and what the screen says.

Only clicks; text goes into a field after the field was clicked.
"""

import csv
import json

import pytest
from textual.widgets import Input

from cio_tui.model.errors import UnknownPerson
from cio_tui.tui.filter_line import FilterInput
from cio_tui.tui.json_area import JsonArea
from cio_tui.tui.screens.send_form import SendForm
from tests.tui.conftest import screen_text, settle
from tests.tui.flows import (
    BO,
    CY,
    HANNE,
    ORDERS,
    VISITOR,
    click,
    click_button,
    click_footer,
    click_in_palette,
    click_person,
    click_row,
    events_of,
    first_line,
    newest,
    shown_keys,
    shown_orders,
    status,
    stored,
    toasted,
    toasts,
)

DAY = 86_400


async def fill(pilot, app, field, text):
    """Click into a field, and put a text into it."""
    await click(pilot, field, (2, 0))
    focused = app.screen.focused
    assert isinstance(focused, Input)
    focused.value = text
    await settle(pilot)


async def fill_data(pilot, app, data):
    """Click into the event's data, and put JSON into it."""
    await click(pilot, JsonArea, (8, 1))
    assert isinstance(app.screen.focused, JsonArea)
    app.screen.query_one(SendForm).editor.text = json.dumps(data)
    await settle(pilot)


async def filtered(pilot, app, line):
    """Click into the filter line, fill it, and click back into the list."""
    await fill(pilot, app, app.view.query_one(FilterInput), line)
    await click_row(pilot, app, 1)


def test_send(demo):
    rows = demo.log.last_row()

    async def flow(pilot, app):
        await click_footer(pilot, app, "Send")
        await click_person(pilot, app, "ingrid.sol")
        await fill(pilot, app, "#name", "basket_saved")
        await fill_data(pilot, app, {"total": 215})
        await click_button(pilot, app, "submit")
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
        await filtered(pilot, app, ORDERS)
        key = app.view.table.key
        before, original = stored(demo, key), demo.log.get(key).activity
        await click_footer(pilot, app, "Resend")
        assert f"copy of {key}" in screen_text(app)
        await fill_data(pilot, app, {**original.data, "total": 1_000_001})
        await click_button(pilot, app, "dry_run")
        text = screen_text(app)
        assert "Changed from the original" in text
        assert f"total  {original.data['total']} → 1000001" in text
        assert f"id  {key} → new" in text
        await click_button(pilot, app, "submit")
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
        await click(pilot, "#name-people")
        await click_row(pilot, app, shown_keys(app).index(bo.person.cio_id))
        await click_footer(pilot, app, "Merge")
        await click_person(pilot, app, CY)
        text = screen_text(app)
        assert f"Merge into {BO}" in text
        assert f"1 event of the last 30 days, 0 devices, 0 anonymous ids move. {CY} is deleted." in text
        await click_button(pilot, app, "submit")
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
        assert CY not in text

    toasted(demo, flow)


def test_anonymous_merge(demo):
    before = demo.digest()
    assert {(one.person, one.processed_at) for one in events_of(demo, VISITOR)} == {(None, None)}

    async def flow(pilot, app):
        await click(pilot, "#name-anonymous")
        await click_row(pilot, app, 3)
        await click_row(pilot, app, shown_keys(app).index(VISITOR))
        await click_footer(pilot, app, "What if")
        await click_person(pilot, app, "hanne")
        assert f"3 events would go to {HANNE}" in screen_text(app)
        await click_button(pilot, app, "close")
        assert "what if  ? 3 would go to" in screen_text(app)
        assert demo.digest() == before
        await click_footer(pilot, app, "Identify as")
        await click_person(pilot, app, "hanne")
        await click_button(pilot, app, "submit")
        hanne = demo.directory.person(HANNE).person.cio_id
        assert [(one.person, one.processed_at) for one in events_of(demo, VISITOR)] == [(hanne, demo.now())] * 3
        assert "accepted" in await toasts(pilot, app)
        text = screen_text(app)
        assert "● +17m40s" in text
        assert "what if" not in text
        await click_footer(pilot, app, "Send")
        await fill(pilot, app, "#name", "came_late")
        await click_button(pilot, app, "submit")
        late = newest(demo)
        assert (late.name, late.anonymous_id) == ("came_late", VISITOR)
        assert (late.person, late.processed_at) == (hanne, demo.now())
        await toasts(pilot, app)
        assert "person     hanne.vikstad@" in screen_text(app)

    toasted(demo, flow)


def test_filter(demo):
    async def flow(pilot, app):
        every, orders = len(app.view.table.rows), shown_orders(demo)
        await filtered(pilot, app, ORDERS)
        assert {demo.log.get(key).activity.name for key in shown_keys(app)} == {"order_placed"}
        assert len(shown_keys(app)) == orders
        assert f"2/{orders} " in status(app)
        assert f"{every - orders:,} hidden by filter" in status(app)
        await click_in_palette(pilot, app, "Filter off and on")
        assert f"/{every:,} " in status(app)
        assert "filter off" in status(app)
        assert "hidden by filter" not in status(app)
        await click_in_palette(pilot, app, "Filter off and on")
        assert f"/{orders} " in status(app)
        assert f"{every - orders:,} hidden by filter" in status(app)

    toasted(demo, flow)


def test_sort_by_a_click_on_a_header(demo):
    async def flow(pilot, app):
        await filtered(pilot, app, "type:event")
        for sign, descending in (("↓", True), ("↑", False)):
            await click(pilot, app.view.table, (30, 0))
            names = [demo.log.get(key).activity.name for key in shown_keys(app)]
            assert names == sorted(names, reverse=descending)
            assert len(set(names)) > 10
            assert f" NAME{sign} " in screen_text(app)
            assert f"sort name {sign}" in status(app)

    toasted(demo, flow)


def test_export_as_csv(demo, tmp_path):
    path = tmp_path / "orders.csv"

    async def flow(pilot, app):
        await filtered(pilot, app, ORDERS)
        keys = shown_keys(app)
        await click_in_palette(pilot, app, "Export")
        assert f"What is shown: {len(keys)} rows" in screen_text(app)
        await fill(pilot, app, "PlainInput", str(path))
        await click_button(pilot, app, "write")
        assert f"{len(keys)} rows written to" in screen_text(app)
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["id"] for row in rows] == keys
        assert [json.loads(row["data"]) for row in rows] == [demo.log.get(key).activity.data for key in keys]

    toasted(demo, flow)


def test_export_as_json_lines(demo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    async def flow(pilot, app):
        await filtered(pilot, app, ORDERS)
        keys = shown_keys(app)
        await click_in_palette(pilot, app, "Export")
        await click(pilot, app.screen.query("#format ChoiceButton")[1])
        assert "○ CSV  ● JSON lines" in screen_text(app)
        await click_button(pilot, app, "write")
        assert f"{len(keys)} rows written to" in screen_text(app)
        lines = (tmp_path / "activity.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == [demo.log.get(key).to_json() for key in keys]

    toasted(demo, flow)


def test_undo_and_redo(demo):
    before = demo.digest()

    async def flow(pilot, app):
        await click_footer(pilot, app, "Send")
        await fill(pilot, app, "#name", "taken_back")
        await click_button(pilot, app, "submit")
        sent, after = newest(demo), demo.digest()
        assert after != before
        await toasts(pilot, app)
        assert f"─ taken_back · {sent.id[:12]}" in screen_text(app)
        await click_footer(pilot, app, "Undo")
        assert demo.digest() == before
        assert demo.log.find(sent.id) is None
        assert "Undone" in await toasts(pilot, app)
        assert " taken_back   " not in screen_text(app)
        await click_in_palette(pilot, app, "Redo")
        assert demo.digest() == after
        assert "Redone" in await toasts(pilot, app)
        assert " taken_back   " in screen_text(app)
        assert sent.id in shown_keys(app)

    toasted(demo, flow)


def test_clock(demo):
    start = demo.now()

    async def flow(pilot, app):
        assert first_line(app).endswith("2024-06-10 06:13:20 held")
        await click(pilot, "#clock")
        await click_button(pilot, app, "1d")
        assert demo.now() == start + DAY
        assert first_line(app).endswith("2024-06-11 06:13:20 held")
        await click_footer(pilot, app, "Clock")
        await fill(pilot, app, "PlainInput", "2h")
        assert "2024-06-11 08:13:20Z held, 2h from now" in screen_text(app)
        await click_button(pilot, app, "do")
        assert demo.now() == start + DAY + 2 * 3600
        assert first_line(app).endswith("2024-06-11 08:13:20 held")
        await click_footer(pilot, app, "Clock")
        await click_button(pilot, app, "live")
        assert demo.settings().mode == "live"
        assert first_line(app).endswith(" live")
        await click(pilot, "#clock")
        await click_button(pilot, app, "hold")
        assert demo.settings().mode == "held"
        assert first_line(app).endswith(" held")

    toasted(demo, flow)
