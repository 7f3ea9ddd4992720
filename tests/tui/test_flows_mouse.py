"""The same flows by mouse alone: clicks, and text typed into what was clicked; no key does anything else."""

import csv
import json

import pytest

from cio_tui.model.errors import UnknownPerson
from cio_tui.tui.filter_line import FilterInput
from cio_tui.tui.json_area import JsonArea
from cio_tui.tui.person_picker import Hits, PickerInput
from cio_tui.tui.top_bar import ClockSign
from tests.tui.conftest import screen_text, settle
from tests.tui.flows import (
    click,
    click_button,
    click_command,
    click_key,
    click_row,
    click_toasts_away,
    lived,
    named,
    shown_keys,
    write,
)
from tests.tui.test_flows_keys import holder


async def filtered(pilot, line):
    await click(pilot, pilot.app.view.query_one(FilterInput))
    await write(pilot, line)
    await click_row(pilot)


async def send(pilot):
    await click_row(pilot, 2)
    await click_key(pilot, "Send")
    await click(pilot, "#name")
    await write(pilot, "parcel_lost")
    await click(pilot, pilot.app.screen.query_one(JsonArea), offset=(20, 1))
    await write(pilot, '"total": 5')
    await click_button(pilot, "submit")


async def send_again(pilot):
    await click_key(pilot, "Resend")
    await click(pilot, pilot.app.screen.query_one(JsonArea), offset=(30, 1))
    await write(pilot, "0")
    await click_button(pilot, "submit")


async def choose(pilot, text):
    await click(pilot, PickerInput)
    await write(pilot, text)
    await click(pilot, Hits, offset=(4, 1))


async def look_at_merge(pilot):
    await click(pilot, "#name-people")
    await filtered(pilot, "cy@shop.example")
    await click_key(pilot, "Merge")
    await choose(pilot, "ingrid")


async def merge(pilot):
    await look_at_merge(pilot)
    await click_button(pilot, "submit")


async def look_at_claim(pilot):
    await click(pilot, "#name-anonymous")
    await filtered(pilot, "anon-7f3")
    await click_key(pilot, "Identify as")
    await choose(pilot, "dee@shop")


async def claim(pilot):
    await look_at_claim(pilot)
    await click_button(pilot, "identify")


async def delete(pilot):
    await click(pilot, "#name-people")
    await click_command(pilot, "Delete")
    await click_button(pilot, "yes")


async def suppress(pilot):
    await click(pilot, "#name-people")
    await click_command(pilot, "Suppress")
    await click_button(pilot, "yes")


async def advance(pilot):
    await click(pilot, ClockSign)
    await click_button(pilot, "3d")


def test_a_person_is_found_in_the_log(demo):
    async def flow(pilot, app):
        await click(pilot, "#name-people")
        await click(pilot, "#name-activity")
        await filtered(pilot, "person:ingrid")
        ingrid = demo.directory.person("101").person
        assert {demo.log.get(key).activity.person for key in shown_keys(app)} == {ingrid.cio_id}
        shown = screen_text(app)
        assert "ingrid.solberg@fjordpost.example" in shown
        assert "maeve.roche" not in shown

    lived(demo, flow)


def test_an_event_is_sent_and_sent_again_with_a_change(demo):
    async def flow(pilot, app):
        await send(pilot)
        [first] = named(demo, "parcel_lost")
        assert first.activity.data == {"total": 5}
        assert app.view.table.key == first.activity.id
        before = first.activity.to_document()
        await click_toasts_away(pilot)
        await send_again(pilot)
        await settle(pilot)
        original, copy = named(demo, "parcel_lost")
        assert (copy.activity.data, copy.activity.cause) == ({"total": 50}, first.activity.id)
        assert original.activity.to_document() == before
        shown = screen_text(app)
        assert sum("● " in line and "parcel_lost" in line.split("││")[0] for line in shown.splitlines()) == 2
        assert '"total": 50' in shown
        await click(pilot, app.view.query_one("#--content-tab-effects"))
        assert "↑" in screen_text(app)
        effects = app.view.query_one("#effects VirtualTable")
        await click(pilot, effects, offset=(6, 1))
        assert app.view.table.key == original.activity.id
        assert "↳" in screen_text(app)
        await click(pilot, effects, offset=(6, 1))
        assert app.view.table.key == copy.activity.id

    lived(demo, flow, size=(140, 40))


def test_two_people_are_merged_after_a_look(demo):
    async def flow(pilot, app):
        before = demo.digest()
        await look_at_merge(pilot)
        assert "67 events of the last 30 days, 1 device" in screen_text(app)
        assert demo.digest() == before
        await click_button(pilot, "submit")
        with pytest.raises(UnknownPerson):
            demo.directory.person("101")
        shown = screen_text(app)
        assert "Merged" in shown
        assert "Solberg" in shown

    lived(demo, flow)


def test_an_anonymous_id_is_given_to_a_person(demo):
    async def flow(pilot, app):
        await look_at_claim(pilot)
        assert "→ 2 events would go to dee@shop.example" in screen_text(app)
        assert holder(demo, "anon-7f3") is None
        await click_button(pilot, "identify")
        assert holder(demo, "anon-7f3") == "dee@shop.example"
        assert "claimed  by dee@shop.example" in screen_text(app)

    lived(demo, flow)


def test_the_filter_is_switched_on_off_and_on(demo):
    async def flow(pilot, app):
        everything = len(shown_keys(app))
        await filtered(pilot, "name:order_placed")
        some = shown_keys(app)
        assert f"{everything - len(some):,} hidden by filter" in screen_text(app)
        await click_command(pilot, "Filter off and on")
        assert len(shown_keys(app)) == everything
        assert "filter off" in screen_text(app)
        await click_command(pilot, "Filter off and on")
        assert shown_keys(app) == some

    lived(demo, flow)


def test_a_list_is_exported_as_csv_and_as_json_lines(demo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    async def flow(pilot, app):
        await filtered(pilot, "name:order_placed")
        await click_command(pilot, "Export")
        await click_button(pilot, "write")
        assert "Exported" in screen_text(app)
        with (tmp_path / "activity.csv").open(encoding="utf-8", newline="") as file:
            assert [row["id"] for row in csv.DictReader(file)] == shown_keys(app)
        await click_command(pilot, "Export")
        await click(pilot, "#format ChoiceButton:last-of-type")
        assert "activity.jsonl" in screen_text(app)
        await click_button(pilot, "write")
        lines = (tmp_path / "activity.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["id"] for line in lines] == shown_keys(app)

    lived(demo, flow)


@pytest.mark.parametrize("act", [send, send_again, merge, claim, delete, suppress, advance])
def test_every_write_is_undone_and_redone(demo, act):
    async def flow(pilot, app):
        before = demo.digest()
        await act(pilot)
        after = demo.digest()
        assert after != before
        await click_key(pilot, "Undo")
        assert demo.digest() == before
        assert "Undone" in screen_text(app)
        await click_command(pilot, "Redo")
        assert demo.digest() == after
        assert "Redone" in screen_text(app)

    lived(demo, flow)


def test_the_clock_goes_on_and_what_is_due_is_purged(demo):
    async def flow(pilot, app):
        before = demo.now()
        await advance(pilot)
        assert demo.now() == before + 3 * 86400
        shown = screen_text(app)
        assert "2024-06-13 06:13:20 held" in shown
        assert "anonymous events purged" in app.said[-1].message
        assert "purged" in shown

    lived(demo, flow)


def test_following_sorting_and_marking(demo):
    async def flow(pilot, app):
        await click_key(pilot, "Follow")
        assert "follow on" in screen_text(app)
        demo.track("arrived", person="42", timestamp=demo.now() + 3 * 86400)
        app.look()
        await settle(pilot)
        assert "arrived · " in screen_text(app)
        header = screen_text(app).splitlines()[3]
        await click(pilot, app.view.table, offset=(header.index("NAME") - app.view.table.region.x, 0))
        assert "NAME↓" in screen_text(app)
        names = [demo.log.get(key).activity.name or "" for key in shown_keys(app)]
        await click(pilot, app.view.table, offset=(header.index("NAME") - app.view.table.region.x, 0))
        assert "NAME↑" in screen_text(app)
        assert [demo.log.get(key).activity.name or "" for key in shown_keys(app)] != names
        await click_row(pilot, 2)
        chosen = app.view.table.key
        await click_command(pilot, "Mark")
        assert app.view.table.marks == {chosen}
        assert "1 marked" in screen_text(app)
        await click_command(pilot, "Only marked")
        assert shown_keys(app) == [chosen]
        await click_command(pilot, "Only marked")
        assert len(shown_keys(app)) == len(names)

    lived(demo, flow, size=(140, 40))
