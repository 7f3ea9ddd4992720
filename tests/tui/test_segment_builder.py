"""The segment builder on the screen: by keys alone, by mouse alone, rows and text in step, who matches while it is written."""

import threading

import pytest
from textual.widgets import Button, OptionList

from cio_tui.model.paths import PropertyPath
from cio_tui.segments.conditions import AttributeIs, DataFilter, DataGroup, Frame, Group, Performed, SameElement
from cio_tui.segments.conditions import Test as Comparison
from cio_tui.tui.building import form as builder_form
from cio_tui.tui.building import judging, match_panel
from cio_tui.tui.building.cell_editor import CellInput
from cio_tui.tui.building.outline_editor import Tool
from cio_tui.tui.building.outline_view import OutlineView
from cio_tui.tui.screens.segment_builder import SegmentBuilder
from cio_tui.workspace import Workspace
from tests.tui.conftest import piloted, press, quiet, screen_text, settle, write

NOW = 1_718_000_000
DAY = 86_400
LAPSED = "name: Lapsed\nconditions:\n  - attribute: plan\n    is: free\n"
SIZES = [(80, 24), (100, 30), (140, 40)]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Nothing waits for more typing."""
    monkeypatch.setattr(builder_form, "PAUSE", 0.01)


@pytest.fixture
def shop(tmp_path):
    """Three people, two of whom ordered."""
    with Workspace.open(tmp_path / "shop.cio", seed=1, now=NOW, durable=False) as workspace:
        for name, plan in (("ada", "pro"), ("alan", "free"), ("grace", "pro")):
            workspace.identify(f"{name}@shop.example", {"plan": plan, "city": "Oslo"})
        for name, total in (("ada", 215), ("ada", 180), ("grace", 40), ("grace", 500)):
            items = [{"type": "monitor", "price": total}]
            workspace.track("order_placed", person=f"{name}@shop.example", data={"total": total, "items": items})
        workspace.track("/pricing", person="alan@shop.example", type="page")
        yield workspace


async def opened(pilot, app, number=None):
    """Open the builder; the receipts that it answers with."""
    receipts = []
    app.push_screen(SegmentBuilder(number), receipts.append)
    await settle(pilot)
    return receipts


def rows(app):
    """The rows as they are."""
    return app.screen.form.rows.outline


def saved(workspace, name):
    """The conditions of a saved segment."""
    return workspace.segments.get(name).segment.condition


MORE_THAN_100 = DataFilter(PropertyPath.parse("total"), Comparison("gt", 100))
BIG = Group(
    "all",
    (
        Performed("order_placed", filters=DataGroup("all", (MORE_THAN_100,)), times=2, frame=Frame(30 * DAY)),
        AttributeIs(PropertyPath.parse("plan"), Comparison("eq", "pro")),
    ),
)


@pytest.mark.parametrize("size", SIZES)
def test_by_keys_alone_from_nothing_to_a_saved_segment(shop, size):
    async def flow(pilot, app):
        receipts = await opened(pilot, app)
        await write(pilot, "Big spenders")
        await press(pilot, "tab")
        await write(pilot, "who buys")
        await press(pilot, "tab", "tab", "tab", "a")
        await write(pilot, "event")
        await press(pilot, "enter")
        await write(pilot, "ordpl")
        assert "order_placed" in screen_text(app)
        await press(pilot, "down", "enter", "enter")
        await write(pilot, "2")
        await press(pilot, "down", "enter")
        await write(pilot, "30")
        await press(pilot, "down", "enter")
        assert "2 of 3 people match" in screen_text(app)
        await press(pilot, "w")
        await write(pilot, "tot")
        await press(pilot, "down", "enter")
        await write(pilot, "greater")
        await press(pilot, "enter")
        assert "1 unfinished" in screen_text(app)
        await write(pilot, "100")
        await press(pilot, "enter")
        assert "1 of 3 people match" in screen_text(app)
        await press(pilot, "a", "enter")
        await write(pilot, "plan")
        await press(pilot, "enter", "enter")
        await write(pilot, "pro")
        await press(pilot, "enter")
        await press(pilot, "f5")
        assert "nothing was written" in screen_text(app)
        assert shop.segments.all() == []
        await press(pilot, "ctrl+s")
        assert not isinstance(app.screen, SegmentBuilder)
        assert [receipt.ok for receipt in receipts] == [True]
        assert saved(shop, "Big spenders") == BIG
        assert shop.segments.get("Big spenders").segment.definition.description == "who buys"

    piloted(shop, flow, size)


async def click_cell(pilot, app, row, cell):
    """Click a cell of a row."""
    view = app.screen.query_one(OutlineView)
    place = app.screen.form.rows.outline.rows[row]
    spans = view._spans(row)
    span = next(one for one in spans if one.cell == cell)
    assert place is not None
    await pilot.click(OutlineView, offset=(span.start + 1, view._tops[row] + span.line - view.scroll_offset.y))
    await settle(pilot)


async def pick(pilot, app, text):
    """Click what the cell is offered."""
    listed = app.screen.form.rows.editor.list
    texts = [str(listed.get_option_at_index(place).prompt) for place in range(listed.option_count)]
    place = next(place for place, one in enumerate(texts) if one.split("  ")[0] == text)
    listed.scroll_to(y=max(0, place - 1), animate=False, force=True)
    await settle(pilot)
    await pilot.click(listed, offset=(2, place - int(listed.scroll_offset.y)))
    await settle(pilot)


async def click_button(pilot, app, name):
    """Click a button by the name of what it does."""
    [button] = [one for one in (*app.screen.query(Tool), *app.screen.query(Button)) if one.name == name]
    await pilot.click(button)
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES)
def test_by_mouse_alone(shop, size):
    number = int(shop.save_segment(LAPSED).id)

    async def flow(pilot, app):
        receipts = await opened(pilot, app, number)
        await click_cell(pilot, app, 0, "value")
        await pick(pilot, app, "pro")
        assert "2 of 3 people match" in screen_text(app)
        await click_button(pilot, app, "add")
        await pick(pilot, app, "event")
        await pick(pilot, app, "order_placed")
        await pick(pilot, app, "has not been performed")
        await pick(pilot, app, "at least 1 time")
        await pick(pilot, app, "ever")
        assert "0 of 3 people match" in screen_text(app)
        await click_button(pilot, app, "group")
        await click_button(pilot, app, "up")
        await click_button(pilot, app, "delete")
        assert [row.kind for row in rows(app).rows] == ["attribute"]
        await click_button(pilot, app, "undo")
        await pilot.click(list(app.screen.query("#match ChoiceButton"))[1])
        await settle(pilot)
        assert rows(app).match == "any"
        await click_button(pilot, app, "submit")
        assert not isinstance(app.screen, SegmentBuilder)
        assert [receipt.ok for receipt in receipts] == [True]
        found = saved(shop, "Lapsed")
        assert found.match == "any"
        assert {type(one) for one in found.members} == {AttributeIs, Group}
        assert sorted(shop.segments.members("Lapsed")) == sorted(
            shop.directory.person(f"{name}@shop.example").person.cio_id for name in ("ada", "alan", "grace")
        )

    piloted(shop, flow, size)


def test_where_at_least_one_of_an_array(shop):
    async def flow(pilot, app):
        await opened(pilot, app)
        await write(pilot, "Monitors")
        await press(pilot, "tab", "tab", "tab", "tab", "a")
        await write(pilot, "event")
        await press(pilot, "enter")
        await write(pilot, "order_placed")
        await press(pilot, "enter", "escape", "w", "shift+tab")
        await write(pilot, "at least one")
        await press(pilot, "enter")
        assert "items  an array" in screen_text(app)
        await press(pilot, "down", "enter", "w")
        await write(pilot, "type")
        await press(pilot, "enter", "enter")
        assert "monitor" in screen_text(app)
        await press(pilot, "down", "enter", "ctrl+s")
        filters = saved(shop, "Monitors").members[0].filters.members
        assert [type(one) for one in filters] == [SameElement]
        assert [(one.path.text, one.test) for one in filters[0].filters] == [("type", Comparison("eq", "monitor"))]

    piloted(shop, flow)


def test_rows_and_text_are_in_step(shop):
    number = int(shop.save_segment(LAPSED).id)

    async def flow(pilot, app):
        await opened(pilot, app, number)
        form = app.screen.form
        await press(pilot, "f3")
        assert form.yaml.text == LAPSED
        form.yaml.area.load_text(LAPSED.replace("is: free", "is: pro  # who pays").replace("Lapsed", "Paying"))
        await settle(pilot)
        assert "2 of 3 people match" in screen_text(app)
        assert form.heading.segment_name == "Paying"
        await press(pilot, "f3")
        assert rows(app).rows[0].value == "pro"
        await press(pilot, "f3")
        assert "# who pays" in form.yaml.text
        await press(pilot, "f3", "end", "right", "right", "right", "enter")
        await write(pilot, "free")
        await press(pilot, "enter", "f3")
        assert form.yaml.text == LAPSED.replace("Lapsed", "Paying")

    piloted(shop, flow)


def test_a_text_that_cannot_be_read_is_pointed_out_and_not_saved(shop):
    number = int(shop.save_segment(LAPSED).id)

    async def flow(pilot, app):
        receipts = await opened(pilot, app, number)
        await press(pilot, "f3")
        app.screen.form.yaml.area.load_text(LAPSED.replace("is: free", "iss: free"))
        await press(pilot, "ctrl+s")
        assert "line 4, column 5" in screen_text(app)
        assert app.screen.form.yaml.area.cursor_location == (3, 4)
        await press(pilot, "escape")
        assert receipts == [None]
        assert saved(shop, "Lapsed").members[0].test == Comparison("eq", "free")
        await opened(pilot, app, number)
        assert "iss: free" in screen_text(app)
        assert "draft restored" in screen_text(app)
        await press(pilot, "ctrl+n")
        assert app.screen.form.yaml.text == LAPSED

    piloted(shop, flow)


def test_an_unfinished_row_is_not_saved(shop):
    async def flow(pilot, app):
        await opened(pilot, app)
        await write(pilot, "Half")
        await press(pilot, "tab", "tab", "tab", "tab", "a", "escape", "ctrl+s")
        assert isinstance(app.screen, SegmentBuilder)
        assert "a name is missing" in screen_text(app)
        assert app.screen.form.rows.view.cell == "subject"
        assert shop.segments.all() == []

    piloted(shop, flow)


def test_who_would_come_and_go_and_why(shop):
    number = int(shop.save_segment(LAPSED).id)

    async def flow(pilot, app):
        await opened(pilot, app, number)
        assert "saving changes nobody" in " ".join(screen_text(app).split())
        await press(pilot, "right", "right", "right", "enter")
        await write(pilot, "pro")
        await press(pilot, "enter")
        text = screen_text(app)
        assert "→ 2 would enter" in text
        assert "← 1 would leave" in text
        await press(pilot, "p")
        await write(pilot, "alan")
        await press(pilot, "enter")
        assert "× does not match" in screen_text(app)
        assert "× attribute plan is equal to pro" in screen_text(app)
        await press(pilot, "escape")
        assert app.focused is app.screen.form.rows.view
        assert "plan is" in screen_text(app).split("Condition a")[0].splitlines()[-2]
        await press(pilot, "enter")
        await write(pilot, "free")
        assert "✓ matches" in screen_text(app)

    piloted(shop, flow, (140, 40))


@pytest.mark.parametrize("late", [False, True], ids=["at-once", "late"])
def test_who_is_explained_is_in_sight_whatever_comes_first(demo, monkeypatch, late):
    drawn = threading.Event()

    def explained(*asked):
        assert drawn.wait(10)
        return judging.explained(*asked)

    monkeypatch.setattr(match_panel, "explained", explained)

    async def flow(pilot, app):
        await opened(pilot, app, demo.segments.get("At risk").segment.number)
        await press(pilot, "p")
        await write(pilot, "bea.")
        if not late:
            drawn.set()
        await pilot.press("enter")
        await quiet()
        app.screen._on_timer_update()  # the hits are gone, and there is room for all
        drawn.set()
        await settle(pilot)
        await press(pilot, "escape")
        assert "● id 120 · 65 events" in screen_text(app)
        assert "× does not match" in screen_text(app)

    piloted(demo, flow, (80, 24))


def test_edits_are_taken_back_and_a_draft_is_kept(shop):
    number = int(shop.save_segment(LAPSED).id)

    async def flow(pilot, app):
        await opened(pilot, app, number)
        before = rows(app)
        await press(pilot, "g", "a", "escape", "shift+down", "d", "up", "up", "enter")
        await write(pilot, "none")
        await press(pilot, "enter")
        assert rows(app).rows[0].match == "none"
        await press(pilot, *["u"] * 5)
        assert rows(app) == before
        await press(pilot, "u")
        assert "nothing to take back" in screen_text(app)
        await press(pilot, "g", "escape")
        assert not isinstance(app.screen, SegmentBuilder)
        await opened(pilot, app, number)
        assert [row.kind for row in rows(app).rows] == ["group", "attribute"]

    piloted(shop, flow)


def test_a_manual_segment_has_no_conditions(shop):
    async def flow(pilot, app):
        await opened(pilot, app)
        await write(pilot, "By hand")
        await press(pilot, "tab", "tab", "right", "right", "right")
        assert "put in by hand" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert shop.segments.get("By hand").segment.kind == "manual"

    piloted(shop, flow)


def test_saving_can_be_stopped(shop, monkeypatch):
    async def flow(pilot, app):
        await opened(pilot, app)
        await write(pilot, "Slow")
        screen = app.screen

        def slow(*_, progress, **__):
            screen._worker.cancel()
            progress(1, 3)

        monkeypatch.setattr(shop, "save_segment", slow)
        await press(pilot, "ctrl+s")
        assert "nothing was saved" in screen_text(app)
        assert app.screen is screen

    piloted(shop, flow)


HOSTILE = ["items[/].type [bold", "[@click=app.bell]x[/]", "\x1b[31mred", "a\nb\tc", "\u202eevil📦👨‍👩‍👧" + "x" * 60]


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_hostile_text_in_every_cell(tmp_path, hostile):
    with Workspace.open(tmp_path / "hostile.cio", seed=1, now=NOW, durable=False) as workspace:
        workspace.identify("a@shop.example", {hostile: hostile})
        workspace.track(hostile, person="a@shop.example", data={hostile: hostile, "items": [{hostile: hostile}]})

        async def flow(pilot, app):
            await opened(pilot, app)
            form = app.screen.form
            form.heading.name_input.value = hostile
            form.rows.view.focus()
            await press(pilot, "a", "escape", "a", "escape")
            for kind in ("event", "segment", "device", "message", "attribute changed", "attribute"):
                form.rows.take(rows(app).put(0, "kind", kind), 0)
                await settle(pilot)
                for place in range(len(form.rows.view.cells)):
                    form.rows.view.go_to(0, place)
                    await press(pilot, "enter")
                    app.screen.query_one(CellInput).value = hostile
                    await settle(pilot)
                    screen_text(app)
                    await press(pilot, "down", "enter", "escape")
                    if not isinstance(app.screen, SegmentBuilder):
                        await opened(pilot, app)
                        form = app.screen.form
                        form.rows.view.focus()
                await press(pilot, "w", "escape")
                if not isinstance(app.screen, SegmentBuilder):
                    await opened(pilot, app)
                    form = app.screen.form
                    form.rows.view.focus()
            await press(pilot, "f3")
            form.yaml.area.load_text(hostile)
            await settle(pilot)
            assert "×" in screen_text(app)
            await press(pilot, "ctrl+s", "f3")

        piloted(workspace, flow)


def test_the_list_of_offers_is_not_in_the_way_of_clicks(shop):
    async def flow(pilot, app):
        await opened(pilot, app, int(shop.save_segment(LAPSED).id))
        await press(pilot, "enter")
        assert app.screen.form.rows.editor.query_one(OptionList).has_class("-shown")
        await click_cell(pilot, app, 0, "value")
        assert app.screen.form.rows.view.cell == "value"
        assert app.screen.form.rows.editor.open

    piloted(shop, flow)
