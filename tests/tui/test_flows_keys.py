"""Whole flows by keys alone, seen in the workspace and on the screen."""

import csv
import json

import pytest

from cio_tui.model.errors import UnknownPerson
from cio_tui.workspace import Workspace
from tests.tui.conftest import press, screen_text, settle
from tests.tui.flows import lived, named, shown_keys, write


async def filtered(pilot, line):
    await press(pilot, "slash")
    await write(pilot, line)
    await press(pilot, "enter")


async def send(pilot, name="parcel_lost", total="5"):
    await press(pilot, "s")
    await write(pilot, name)
    await press(pilot, *["tab"] * 4)
    await write(pilot, f'"total": {total}')
    await press(pilot, "ctrl+s")


async def send_again(pilot):
    await press(pilot, "r", "f7")
    await write(pilot, '{"total": 6}')
    await press(pilot, "ctrl+s")


async def add(pilot):
    await press(pilot, "1", "n")
    await write(pilot, "zoe@new.example")
    await press(pilot, "ctrl+s")


async def edit(pilot):
    await press(pilot, "1")
    await filtered(pilot, "cy@shop.example")
    await press(pilot, "e")
    await write(pilot, "99")
    await press(pilot, "ctrl+s")


async def merge(pilot):
    await press(pilot, "1")
    await filtered(pilot, "cy@shop.example")
    await press(pilot, "m")
    await write(pilot, "ingrid")
    await press(pilot, "enter")


async def claim(pilot):
    await press(pilot, "4")
    await filtered(pilot, "anon-7f3")
    await press(pilot, "m")
    await write(pilot, "dee@shop")
    await press(pilot, "enter")


def holder(workspace, anonymous_id):
    return next(row for row in workspace.anonymous() if row.anonymous_id == anonymous_id).claimed_by


def test_a_person_is_found_in_the_log(demo):
    async def flow(pilot, app):
        await press(pilot, "1", "2")
        await filtered(pilot, "person:ingrid")
        ingrid = demo.directory.person("101").person
        assert {demo.log.get(key).activity.person for key in shown_keys(app)} == {ingrid.cio_id}
        shown = screen_text(app)
        assert "ingrid.solberg@fjordpost.example" in shown
        assert "maeve.roche" not in shown
        assert app.view.table.has_focus

    lived(demo, flow)


def test_an_event_is_sent_and_sent_again_with_a_change(demo):
    async def flow(pilot, app):
        await filtered(pilot, "person:ingrid")
        await press(pilot, "backslash")
        await send(pilot)
        [first] = named(demo, "parcel_lost")
        assert first.activity.data == {"total": 5}
        assert app.view.table.key == first.activity.id
        assert '"total": 5' in screen_text(app)
        before = first.activity.to_document()
        await send_again(pilot)
        await settle(pilot)
        original, copy = named(demo, "parcel_lost")
        assert (copy.activity.data, copy.activity.cause) == ({"total": 6}, first.activity.id)
        assert original.activity.to_document() == before
        assert app.view.table.key == copy.activity.id
        shown = screen_text(app)
        assert sum("● " in line and "parcel_lost" in line.split("││")[0] for line in shown.splitlines()) == 2
        assert '"total": 6' in shown
        await press(pilot, "enter", "right_square_bracket")
        assert "↑" in screen_text(app)
        await press(pilot, "left_parenthesis")
        assert app.view.table.key == original.activity.id
        shown = screen_text(app)
        assert "↳" in shown
        assert "↑" not in shown
        await press(pilot, "right_parenthesis")
        assert app.view.table.key == copy.activity.id

    lived(demo, flow, size=(140, 40))


def test_an_event_goes_to_the_anonymous_id_of_the_row(demo):
    async def flow(pilot, app):
        await filtered(pilot, "anonymous:anon-7f3")
        await send(pilot)
        [sent] = named(demo, "parcel_lost")
        assert (sent.activity.anonymous_id, sent.activity.person) == ("anon-7f3", None)
        assert "parcel_lost · " in screen_text(app)

    lived(demo, flow)


def test_two_people_are_merged_after_a_look(demo):
    async def flow(pilot, app):
        before = demo.digest()
        await merge(pilot)
        shown = screen_text(app)
        assert "67 events of the last 30 days, 1 device" in shown
        assert "ingrid.solberg@fjordpost.example is deleted" in shown
        assert demo.digest() == before
        await press(pilot, "ctrl+s")
        with pytest.raises(UnknownPerson):
            demo.directory.person("101")
        shown = screen_text(app)
        assert "Merged" in shown
        assert "last_name" in shown
        assert "Solberg" in shown

    lived(demo, flow)


def test_an_anonymous_id_is_given_to_a_person(demo):
    async def flow(pilot, app):
        await claim(pilot)
        assert "→ 2 events would go to dee@shop.example" in screen_text(app)
        assert holder(demo, "anon-7f3") is None
        await press(pilot, "ctrl+s")
        assert holder(demo, "anon-7f3") == "dee@shop.example"
        shown = screen_text(app)
        assert "open until" in shown
        assert "claimed  by dee@shop.example" in shown
        await press(pilot, "2")
        await filtered(pilot, "person:dee name:pricing_viewed")
        assert {demo.log.get(key).activity.anonymous_id for key in shown_keys(app)} == {"anon-7f3"}

    lived(demo, flow)


def test_the_filter_is_switched_on_off_and_on(demo):
    async def flow(pilot, app):
        everything = len(shown_keys(app))
        await filtered(pilot, "name:order_placed")
        some = shown_keys(app)
        assert {demo.log.get(key).activity.name for key in some} == {"order_placed"}
        assert f"{everything - len(some):,} hidden by filter" in screen_text(app)
        await press(pilot, "backslash")
        assert len(shown_keys(app)) == everything
        assert "filter off" in screen_text(app)
        await press(pilot, "backslash")
        assert shown_keys(app) == some
        assert "filter off" not in screen_text(app)

    lived(demo, flow)


def test_a_list_is_exported_as_csv_and_as_json_lines(demo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    async def flow(pilot, app):
        await filtered(pilot, "name:order_placed")
        count = len(shown_keys(app))
        await press(pilot, "x", "ctrl+u")
        await write(pilot, "orders.csv")
        assert f"{count:,} rows" in screen_text(app)
        await press(pilot, "enter")
        assert "Exported" in screen_text(app)
        with (tmp_path / "orders.csv").open(encoding="utf-8", newline="") as file:
            assert [row["id"] for row in csv.DictReader(file)] == shown_keys(app)
        await press(pilot, "x", "ctrl+u")
        await write(pilot, "orders.csv")
        await press(pilot, "tab", "right")
        assert "orders.jsonl" in screen_text(app)
        await press(pilot, "ctrl+s")
        lines = (tmp_path / "orders.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["id"] for line in lines] == shown_keys(app)

    lived(demo, flow)


WRITES = {
    "send": (send, []),
    "resend": (send_again, []),
    "add": (add, []),
    "edit": (edit, []),
    "merge": (merge, ["ctrl+s"]),
    "claim": (claim, ["ctrl+s"]),
    "delete": (None, ["1", "d", "y"]),
    "suppress": (None, ["1", "S", "y"]),
    "clock": (None, ["ctrl+t", "3", "d", "enter"]),
}


@pytest.mark.parametrize("name", WRITES)
def test_every_write_is_undone_and_redone(demo, name):
    flow_of, keys = WRITES[name]

    async def flow(pilot, app):
        before = demo.digest()
        if flow_of is not None:
            await flow_of(pilot)
        await press(pilot, *keys)
        after = demo.digest()
        assert after != before
        listed = shown_keys(app)
        await press(pilot, "u")
        assert demo.digest() == before
        assert "Undone" in screen_text(app)
        await press(pilot, "ctrl+r")
        assert demo.digest() == after
        assert "Redone" in screen_text(app)
        assert shown_keys(app) == listed

    lived(demo, flow)


def test_the_clock_goes_on_and_what_is_due_is_purged(demo):
    async def flow(pilot, app):
        before, listed = demo.now(), len(shown_keys(app))
        await press(pilot, "ctrl+t")
        await write(pilot, "3d")
        shown = screen_text(app)
        assert "3d from now" in shown
        assert "purged" in shown
        assert demo.now() == before
        await press(pilot, "enter")
        assert demo.now() == before + 3 * 86400
        assert "2024-06-13 06:13:20 held" in screen_text(app)
        assert "events purged" in screen_text(app)
        assert len(shown_keys(app)) < listed

    lived(demo, flow, size=(140, 40))


def test_following_sorting_and_marking(demo):
    async def flow(pilot, app):
        await press(pilot, "f")
        assert "follow on" in screen_text(app)
        demo.track("arrived", person="42", timestamp=demo.now() + 3 * 86400)
        app.look()
        await settle(pilot)
        assert "arrived · " in screen_text(app)
        await press(pilot, *["greater_than_sign"] * 3, "equals_sign")
        shown = screen_text(app)
        assert "sort name" in shown
        assert "NAME↓" in shown or "NAME↑" in shown
        names = [demo.log.get(key).activity.name or "" for key in shown_keys(app)]
        assert names != [demo.log.get(key).activity.name for key in demo_newest(demo)]
        await press(pilot, "g", "space", "down", "space")
        marked = app.view.table.marks
        assert len(marked) == 2
        assert "2 marked" in screen_text(app)
        await press(pilot, "M")
        assert set(shown_keys(app)) == marked
        assert "2 marked, only these" in screen_text(app)
        await press(pilot, "M")
        assert len(shown_keys(app)) == len(names)

    lived(demo, flow, size=(140, 40))


def demo_newest(workspace):
    return [entry.activity.id for entry in workspace.log.page(limit=10_000).entries]


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
def test_what_another_process_writes_is_seen(demo, size):
    async def flow(pilot, app):
        place = app.view.table.key
        with Workspace.open(demo.path) as other:
            receipt = other.track("from_elsewhere", person="42", timestamp=other.now() + 3 * 86400)
        assert "from_elsewhere" not in screen_text(app)
        app.look()
        await settle(pilot)
        assert demo.log.get(receipt.id).activity.name == "from_elsewhere"
        assert "from_elsewhe" in screen_text(app)
        assert app.view.table.key == place
        with Workspace.open(demo.path) as other:
            other.advance(86400)
        app.look()
        await settle(pilot)
        assert "06-11 06:13:20" in screen_text(app).splitlines()[0]
        await press(pilot, "1")
        with Workspace.open(demo.path) as other:
            other.identify("new@elsewhere.example", {})
        app.look()
        await settle(pilot)
        assert "new@elsewhere" in screen_text(app)

    lived(demo, flow, size)
