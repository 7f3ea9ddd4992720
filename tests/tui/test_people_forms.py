"""The forms on a person: adding, editing, merging, by keys and by mouse; nothing is written before it is asked for."""

import json

import pytest
from textual.widgets import Button

from cio_tui.model.errors import UnknownPerson
from cio_tui.tui.attribute_rows import AttributeRow, RemoveSign
from cio_tui.tui.person_picker import Hits, PersonPicker
from cio_tui.tui.plain_input import PlainInput
from tests.tui.conftest import piloted, press, screen_text, settle, write
from tests.tui.test_people_view import held, to_person


def test_adding_a_person_by_keys(demo):
    async def flow(pilot, app):
        await press(pilot, "1", "n")
        assert "who: an id or an email is missing" in screen_text(app)
        await write(pilot, "zoe@new.example")
        await press(pilot, "tab")
        await write(pilot, "plan")
        await press(pilot, "tab")
        await write(pilot, "pro")
        await press(pilot, "tab")
        await write(pilot, "seats")
        await press(pilot, "tab", "3")
        shown = screen_text(app)
        assert "adds a person" in shown
        assert "seats   (none) → 3" in shown
        with pytest.raises(UnknownPerson):
            held(demo, "zoe@new.example")
        await press(pilot, "f5")
        assert "nothing was written" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert held(demo, "zoe@new.example").attributes == {"plan": "pro", "seats": 3}
        assert app.view.table.key == held(demo, "zoe@new.example").cio_id
        await press(pilot, "u")
        with pytest.raises(UnknownPerson):
            held(demo, "zoe@new.example")

    piloted(demo, flow)


def row_named(app, name):
    return next(row for row in app.screen.query(AttributeRow) if row.key == name)


def test_editing_sets_changes_and_removes_by_mouse(demo):
    async def flow(pilot, app):
        await to_person(pilot, app, "43")
        await press(pilot, "e")
        await pilot.click(row_named(app, "score").query_one(RemoveSign))
        await settle(pilot)
        await pilot.click(row_named(app, "plan").query_one(".value", PlainInput))
        await press(pilot, "end", "ctrl+u")
        await write(pilot, '"12"')
        shown = screen_text(app)
        assert 'plan   basic → "12"' in shown
        assert "score   10 → (removed)" in shown
        await pilot.click(app.screen.query_one("Button").parent.query(Button).first())
        await settle(pilot)
        person = held(demo, "43")
        assert person.attributes["plan"] == "12"
        assert "score" not in person.attributes
        assert person.attributes["created_at"] == 1717900000

    piloted(demo, flow)


def test_the_form_refuses_what_the_product_refuses(demo):
    async def flow(pilot, app):
        await to_person(pilot, app, "43")
        before = demo.digest()
        await press(pilot, "e")
        row_named(app, "plan").text = "x" * 1001
        row_named(app, "email").text = "cy@shop.example"
        await settle(pilot)
        assert "1,001 bytes long; the limit is 1,000" in screen_text(app)
        row_named(app, "plan").text = '{"a": '
        await settle(pilot)
        shown = screen_text(app)
        assert "taken as text" in shown
        assert "belongs to another person (cy@shop.example)" in shown
        row_named(app, "email").text = ""
        await settle(pilot)
        assert "email can be changed, but not removed" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert demo.digest() == before

    piloted(demo, flow)


def test_escape_keeps_a_draft_and_ctrl_n_forgets_it(demo):
    async def flow(pilot, app):
        await to_person(pilot, app, "43")
        await press(pilot, "e")
        await write(pilot, "99")
        await press(pilot, "escape", "e")
        assert "draft restored" in screen_text(app)
        assert row_named(app, "created_at").text == "99"
        await press(pilot, "ctrl+n")
        assert "draft restored" not in screen_text(app)
        assert "nothing is changed yet" in screen_text(app)
        await press(pilot, "escape", "e")
        assert "draft restored" not in screen_text(app)

    piloted(demo, flow)


def test_the_editor_gets_all_attributes_as_json(demo, monkeypatch):
    given = []

    def edit(_app, text, _suffix):
        given.append(json.loads(text))
        return json.dumps({"plan": "basic", "score": 11, "nested": {"a": [1]}})

    monkeypatch.setattr("cio_tui.tui.screens.identify.edit_outside", edit)

    async def flow(pilot, app):
        await to_person(pilot, app, "43")
        await press(pilot, "e", "f4")
        assert given == [{"created_at": 1717900000, "plan": "basic", "score": 10}]
        shown = screen_text(app)
        assert "created_at   1717900000 → (removed)" in shown
        assert "score   10 → 11" in shown
        await press(pilot, "ctrl+s")
        assert held(demo, "43").attributes == {"plan": "basic", "score": 11, "nested": {"a": [1]}}

    piloted(demo, flow)


def test_merging_shows_what_it_does_before_it_is_done(demo):
    async def flow(pilot, app):
        await to_person(pilot, app, "44")
        before = demo.digest()
        await press(pilot, "m")
        await write(pilot, "ingrid")
        await press(pilot, "enter")
        shown = screen_text(app)
        assert "67 events of the last 30 days, 1 device, 0 anonymous ids move" in shown
        assert "109 older events stay behind" in shown
        assert "favourite colour" in shown
        assert demo.digest() == before
        await press(pilot, "ctrl+s")
        person = held(demo, "44")
        assert person.attributes["last_name"] == "Solberg"
        assert person.attributes["first_name"] == "Cy"
        assert len(person.devices) == 1
        with pytest.raises(UnknownPerson):
            held(demo, "101")
        assert app.view.table.key == person.cio_id
        await press(pilot, "u")
        assert held(demo, "101").attributes["last_name"] == "Solberg"

    piloted(demo, flow)


def test_merging_by_mouse_with_the_two_swapped(demo):
    async def flow(pilot, app):
        await to_person(pilot, app, "44")
        await press(pilot, "m")
        await pilot.click(PersonPicker)
        await write(pilot, "ingrid")
        await pilot.click(Hits, offset=(4, 1))
        await settle(pilot)
        assert "Merge into cy@shop.example" in screen_text(app)
        await pilot.click(app.screen.query("FormFoot Button")[2])
        await settle(pilot)
        assert "Merge into ingrid.solberg@fjordpost.example" in screen_text(app)
        await pilot.click(app.screen.query("FormFoot Button")[0])
        await settle(pilot)
        assert held(demo, "101").attributes["first_name"] == "Ingrid"
        with pytest.raises(UnknownPerson):
            held(demo, "44")

    piloted(demo, flow)


def test_a_person_is_not_merged_with_themselves(demo):
    async def flow(pilot, app):
        await to_person(pilot, app, "44")
        before = demo.digest()
        await press(pilot, "m", "4", "4", "enter")
        assert "cannot be merged with itself" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert demo.digest() == before

    piloted(demo, flow)
