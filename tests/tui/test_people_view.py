"""People on the screen: the list, the inspector, and every action on a person, by keys and by mouse."""

import json

import pytest
from textual.widgets import Input, TabbedContent

from cio_tui.model.errors import UnknownPerson
from cio_tui.tui.attribute_rows import AttributeRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.views.people_inspector import PeopleInspector
from cio_tui.workspace import Workspace
from tests.tui.conftest import piloted, press, screen_text, settle, write

HOSTILE = "items[/].type [bold [/] \x1b[31m\u202e {{x}} \\["


async def to_person(pilot, app, reference):
    await press(pilot, "1")
    app.view.table.go_to(app.workspace.directory.person(reference).person.cio_id)
    await settle(pilot)


def held(demo, reference):
    return demo.directory.person(reference).person


def test_list_sorts_filters_and_says_so(demo):
    async def flow(pilot, app):
        await press(pilot, "1")
        shown = screen_text(app)
        assert "cy@shop.example" in shown
        assert "1/61" in shown
        assert "sort added ↓" in shown
        assert "anon-" not in shown
        await press(pilot, "equals_sign", "equals_sign")
        assert app.view.table.rows.show(0).cells[0] == "42"
        assert app.view.table.rows.show(3).cells[0] == "101"
        await press(pilot, "slash")
        await write(pilot, "fjordpost")
        await press(pilot, "enter")
        shown = screen_text(app)
        assert "hidden by filter" in shown
        assert "cy@shop.example" not in shown

    piloted(demo, flow)


def test_inspector_shows_attributes_with_history_and_leads_to_the_activity(demo):
    async def flow(pilot, app):
        await to_person(pilot, app, "103")
        shown = screen_text(app)
        assert "lukasz.wrona@poczta.example" in shown
        assert "History of " in shown
        await press(pilot, "enter")
        table = app.view.query_one("#attribute-list", VirtualTable)
        assert table.has_focus
        table.go_to("plan")
        await settle(pilot)
        shown = screen_text(app)
        assert "History of plan" in shown
        assert " → team" in shown
        await press(pilot, "right_square_bracket")
        assert app.view.query_one("#activity-list", VirtualTable).has_focus
        wanted = app.view.query_one("#activity-list", VirtualTable).key
        await press(pilot, "right_square_bracket", "right_square_bracket")
        assert "anon-d11" in screen_text(app)
        await press(pilot, "right_square_bracket")
        assert held(demo, "103").devices[0]["id"][:6] in screen_text(app)
        await press(pilot, *["left_square_bracket"] * 3, "enter")
        assert app.view.id == "activity"
        assert app.view.table.key == wanted

    piloted(demo, flow, size=(140, 40))


def test_narrow_shows_the_list_then_the_inspector(demo):
    async def flow(pilot, app):
        await to_person(pilot, app, "44")
        assert "ADDED" in screen_text(app)
        await press(pilot, "enter")
        shown = screen_text(app)
        assert "cio_id" in shown
        assert "ADDED" not in shown
        assert app.view.query_one("#attribute-list", VirtualTable).has_focus
        await press(pilot, "escape")
        assert "ADDED" in screen_text(app)
        assert app.view.table.has_focus

    piloted(demo, flow, size=(80, 24))


@pytest.mark.parametrize(("key", "blocked"), [("d", False), ("S", True)])
def test_deleting_and_suppressing_ask_first(demo, key, blocked):
    async def flow(pilot, app):
        await to_person(pilot, app, "44")
        await press(pilot, key)
        assert "cy@shop.example?" in screen_text(app)
        await press(pilot, key)
        await press(pilot, "enter")  # cancel has the focus
        assert held(demo, "44")
        await to_person(pilot, app, "44")
        await press(pilot, key, "y")
        with pytest.raises(UnknownPerson):
            held(demo, "44")

    piloted(demo, flow)
    assert demo.track("x", person="44").ok is False
    assert demo.identify("44", {}, dry_run=True).ok is not blocked


def test_an_empty_workspace_names_the_next_keys():
    with Workspace.in_memory(now=1718000000) as workspace:

        async def flow(pilot, app):
            await press(pilot, "1")
            assert "No people yet: n adds one, i imports a CSV" in screen_text(app)
            await press(pilot, "e", "m", "d", "S", "enter")
            assert app.screen is app.screen_stack[0]

        piloted(workspace, flow)


def test_copies_name_everything_and_the_selected_attribute(demo):
    async def flow(pilot, app):
        await to_person(pilot, app, "103")
        app.view.query_one("#attribute-list", VirtualTable).go_to("favourite colour")
        await settle(pilot)
        copies = dict(app.view.copies(app.view.table.key))
        person = held(demo, "103")
        assert copies["id"] == "103"
        assert copies["cio-tui line"] == f"cio-tui person cio_{person.cio_id}"
        assert json.loads(copies["JSON"])["attributes"] == person.attributes
        assert copies["Liquid of favourite colour"] == '{{customer["favourite colour"]}}'

    piloted(demo, flow)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
def test_hostile_text_breaks_nothing(demo, size):
    tame = "".join(char for char in HOSTILE if char.isprintable())
    person = demo.identify(f"id {tame}", {HOSTILE: HOSTILE, "list": [HOSTILE], "empty": ""}).id
    demo.identify({"cio_id": person}, {"anonymous_id": tame, HOSTILE: "two"})
    demo.add_device({"cio_id": person}, f"device {tame}", "ios")
    demo.track(HOSTILE, person={"cio_id": person}, data={HOSTILE: HOSTILE})

    async def flow(pilot, app):
        await to_person(pilot, app, f"cio_{person}")
        assert app.view.copies(person)
        await press(pilot, "enter", *["right_square_bracket"] * 4, "escape", "e")
        row = next(row for row in app.screen.query(AttributeRow) if row.key == HOSTILE)
        row.text = HOSTILE
        await settle(pilot)
        await press(pilot, "escape", "m")
        await write(pilot, "44")
        await press(pilot, "enter")
        await press(pilot, *["tab"] * 4, "enter", "escape")
        app.screen.query_one("#people Input", Input).value = tame
        await settle(pilot)
        await press(pilot, "m")
        await write(pilot, tame[:12])
        await press(pilot, "enter", "escape")
        assert "\x1b" not in screen_text(app)

    piloted(demo, flow, size=size)


def test_tabs_by_mouse(demo):
    async def flow(pilot, app):
        await to_person(pilot, app, "103")
        inspector = app.view.query_one(PeopleInspector)
        tabs = inspector.query_one(TabbedContent)
        await pilot.click(tabs.get_tab("anonymous-of"))
        await settle(pilot)
        assert "anon-d10" in screen_text(app)

    piloted(demo, flow)


def test_a_change_by_another_process_is_seen(demo):
    async def flow(pilot, app):
        await to_person(pilot, app, "43")
        with Workspace.open(demo.path) as other:
            other.identify("43", {"plan": "seen_from_elsewhere"})
            other.identify("fresh@new.example", {})
        app.look()
        await settle(pilot)
        shown = screen_text(app)
        assert "seen_from_elsewhere" in shown
        assert "fresh@new.example" in shown
        assert app.view.table.key == held(demo, "43").cio_id

    piloted(demo, flow)
