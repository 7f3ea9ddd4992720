"""Segments on the screen: the list, what the inspector tells, what is done with them, and a person's own segments."""

import json
import sys
import types

import pytest
from textual.screen import ModalScreen
from textual.widgets import TabbedContent

from cio_tui.model.limits import DAY
from cio_tui.model.receipts import Receipt
from cio_tui.tui.screens.confirm import ConfirmScreen
from cio_tui.tui.screens.segment_people import SegmentPeople
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.views.segments_rows import COLUMNS
from cio_tui.tui.views.segments_why import ProofView
from cio_tui.workspace import Workspace
from tests.tui.conftest import piloted, press, screen_text, settle, write
from tests.tui.segments import NOW, WIDE, cio_id, listed, look_at, shop_with_segments, shown, verdict


@pytest.fixture
def shop(tmp_path):
    with shop_with_segments(tmp_path / "shop.cio") as workspace:
        yield workspace


def test_the_list(shop):
    async def flow(pilot, app):
        await press(pilot, "5")
        assert shown(app.view.table) == [
            ("Bought lately", "data", "1", "06-10 06:13", "", "Both"),
            ("Pros", "data", "1", "06-10 06:13", "", "Both"),
            ("Both", "data", "1", "06-10 06:13", "Bought lately, Pros", ""),
            ("Hand", "manual", "1", "06-10 06:13", "", ""),
        ]
        text = screen_text(app)
        assert "5 Segments" in text
        assert "ada@shop.example" in text
        assert "Whoever spent something" in text

    piloted(shop, flow, size=WIDE)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("LATELY", ["Bought lately"]),
        ("spent", ["Bought lately"]),
        ("name:b*", ["Bought lately", "Both"]),
        ("kind:manual", ["Hand"]),
        ("members:>0", ["Bought lately", "Pros", "Both", "Hand"]),
        ("members:1 -kind:data", ["Hand"]),
        ("members:<=0", []),
        ("uses:pros", ["Both"]),
        ("used_by:both", ["Bought lately", "Pros"]),
        ("before:now", []),
        ("since:1d", ["Bought lately", "Pros", "Both", "Hand"]),
    ],
)
def test_the_filter(shop, line, names):
    async def flow(pilot, app):
        await press(pilot, "5")
        app.view.show_filter(line)
        await settle(pilot)
        assert listed(app) == names
        if len(names) < 4:
            assert f"{4 - len(names)} hidden by filter" in screen_text(app)

    piloted(shop, flow)


def test_a_wrong_number_of_members_is_said(shop):
    async def flow(pilot, app):
        await press(pilot, "5", "slash")
        await write(pilot, "members:many")
        assert "not a number of people" in screen_text(app)

    piloted(shop, flow)


def test_sorted_by_every_column(shop):
    shop.advance(DAY)
    shop.save_segment("name: Zed\nconditions:\n  - attribute: plan\n    is: nothing\n")

    async def flow(pilot, app):
        await press(pilot, "5")
        for column in (one.name for one in COLUMNS):
            orders = []
            for _ in range(2):
                app.view.ask(app.view.question.sorted_by(column))
                await settle(pilot)
                orders.append(listed(app))
            assert sorted(orders[0]) == sorted(orders[1])
            assert orders[0] != orders[1], column

    piloted(shop, flow)


def test_members_as_of_an_instant(shop):
    shop.advance(DAY)

    async def flow(pilot, app):
        await look_at(pilot, app, "Pros")
        members = app.view.inspector.members
        assert [cells[0] for cells in shown(members)] == ["ada@shop.example"]
        await press(pilot, "t")
        await write(pilot, "-1d")
        assert [cells[0] for cells in shown(members)] == ["ada@shop.example"]
        assert "1 person at 2024-06-10" in screen_text(app)
        await press(pilot, "backspace", "backspace", "backspace")
        await write(pilot, "+60d")
        await press(pilot, "escape")
        await look_at(pilot, app, "Bought lately")
        assert shown(members) == []
        assert "Nobody is in it" in screen_text(app)
        await press(pilot, "t", "x")
        assert "no time" in screen_text(app)
        assert len(members.rows) == 1

    piloted(shop, flow, size=WIDE)


def test_enter_on_a_member_goes_to_the_person(shop):
    async def flow(pilot, app):
        await look_at(pilot, app, "Bought lately")
        await press(pilot, "enter", "enter")
        assert app.view.id == "people"
        assert app.view.table.key == cio_id(shop, "1")

    piloted(shop, flow)


def test_movements_lead_to_their_causes(shop):
    async def flow(pilot, app):
        await look_at(pilot, app, "Pros")
        await press(pilot, "enter", "right_square_bracket", "right_square_bracket")
        table = app.view.query_one(".movements", VirtualTable)
        assert table.has_focus
        assert shown(table)[0] == ("←", "06-10 06:13", "cy@shop.example", "attribute_change plan")
        assert {cells[3] for cells in shown(table)[1:]} == {"time or a save"}
        await press(pilot, "end", "enter")
        assert app.said[-1].title == "No cause"
        await press(pilot, "home", "enter")
        assert app.view.id == "activity"
        assert shop.log.get(app.view.table.key).activity.type == "attribute_change"

    piloted(shop, flow)


def test_definition_and_what_it_uses(shop):
    async def flow(pilot, app):
        await look_at(pilot, app, "Both")
        await press(pilot, "enter", "left_square_bracket", "left_square_bracket")
        assert "in segment: Pros" in screen_text(app)
        await press(pilot, "right_square_bracket")
        assert shown(app.view.query_one(".uses", VirtualTable)) == [("looks at", "Bought lately"), ("looks at", "Pros")]
        await press(pilot, "down", "enter")
        assert app.view.segment.segment.name == "Pros"

    piloted(shop, flow)


def test_membership_changes_show_by_themselves(shop):
    async def flow(pilot, app):
        await look_at(pilot, app, "Pros")
        with Workspace.open(shop.path) as other:
            other.identify("2", {"plan": "pro"})
        app.look()
        await settle(pilot)
        assert shown(app.view.table)[1][2] == "2"
        assert shown(app.view.inspector.members)[0][0] == "bo@shop.example"
        assert "last in 06-10 06:13 bo@shop.example" in screen_text(app)

    piloted(shop, flow, size=WIDE)


def test_time_passes_for_those_who_only_look(shop, monkeypatch):

    async def flow(pilot, app):
        asked = []
        monkeypatch.setattr(shop.engine, "pass_time", lambda: asked.append(True))
        app._pass_time()
        await settle(pilot)
        assert not asked, "a clock that is held"
        monkeypatch.setattr(shop, "settings", lambda: types.SimpleNamespace(mode="live"))
        app._pass_time()
        await settle(pilot)
        assert asked == [True]

    piloted(shop, flow)


def test_people_are_put_in_and_taken_out(shop):
    async def flow(pilot, app):
        await look_at(pilot, app, "Hand")
        await press(pilot, "a")
        assert isinstance(app.screen, SegmentPeople)
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, SegmentPeople), "nobody is chosen yet"
        for name in ("ada", "cy@"):
            await write(pilot, name)
            await press(pilot, "enter")
        assert "2 people" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert len(shop.segments.members("Hand")) == 3
        await press(pilot, "enter", "home", "space", "space", "r")
        assert "Remove people from Hand" in screen_text(app)
        assert "2 people" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert shop.segments.members("Hand") == [cio_id(shop, "2")]
        await press(pilot, "u")
        assert len(shop.segments.members("Hand")) == 3

    piloted(shop, flow)


def test_who_was_chosen_can_be_let_go_again(shop):
    async def flow(pilot, app):
        await look_at(pilot, app, "Hand")
        await press(pilot, "enter", "r")
        chosen = app.screen.query_one(".chosen", VirtualTable)
        assert [cells[0] for cells in shown(chosen)] == ["bo@shop.example"]
        chosen.focus()
        await press(pilot, "enter")
        assert len(chosen.rows) == 0
        await press(pilot, "escape")
        assert shop.segments.members("Hand") == [cio_id(shop, "2")]

    piloted(shop, flow)


def test_nobody_is_put_by_hand_where_conditions_decide(shop):
    async def flow(pilot, app):
        await look_at(pilot, app, "Pros")
        await press(pilot, "a", "r")
        assert not isinstance(app.screen, ModalScreen)

    piloted(shop, flow)


def test_delete_asks_and_is_taken_back(shop):
    async def flow(pilot, app):
        await look_at(pilot, app, "Both")
        await press(pilot, "d")
        assert isinstance(app.screen, ConfirmScreen)
        assert "Delete Both?" in screen_text(app)
        await press(pilot, "escape", "d", "y")
        assert listed(app) == ["Bought lately", "Pros", "Hand"]
        await press(pilot, "u")
        assert listed(app) == ["Bought lately", "Pros", "Both", "Hand"]

    piloted(shop, flow)


def test_a_segment_that_is_looked_at_is_not_deleted(shop):
    async def flow(pilot, app):
        await look_at(pilot, app, "Pros")
        await press(pilot, "d")
        assert not isinstance(app.screen, ModalScreen)
        assert app.said[-1].title == "Refused"
        assert "is looked at by Both" in app.said[-1].message

    piloted(shop, flow)


def test_copies(shop):
    async def flow(pilot, app):
        await look_at(pilot, app, "Pros")
        found = dict(app.view.copies(app.view.table.key))
        assert found["Name"] == "Pros"
        assert shop.save_segment(found["YAML"], dry_run=True).ok
        assert json.loads(found["JSON tree"])["conditions"]
        assert found["SQL sqlite"].startswith("SELECT")
        assert found["SQL duckdb"] != found["SQL sqlite"]
        assert found["Command line"] == "cio-tui segment members Pros"
        await press(pilot, "y")
        assert "JSON tree" in screen_text(app)
        await press(pilot, "escape")
        await look_at(pilot, app, "Hand")
        assert not any(name.startswith("SQL") for name, _ in app.view.copies(app.view.table.key))

    piloted(shop, flow)


def test_export_of_segments_and_of_members(shop, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    async def flow(pilot, app):
        await look_at(pilot, app, "Pros")
        await press(pilot, "x", "tab", "right", "ctrl+s")
        lines = (tmp_path / "segments.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == [row.to_json() for row in shop.segments.all()]
        await press(pilot, "enter", "x", "ctrl+s")
        assert (tmp_path / "members.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("ada@shop.example,")
        await press(pilot, "x", "tab", "right", "ctrl+s")
        [member] = (tmp_path / "members.jsonl").read_text(encoding="utf-8").splitlines()
        assert json.loads(member)["attributes"] == {"plan": "pro"}

    piloted(shop, flow)


class Builder(ModalScreen):
    """What the builder's screen answers, without the form."""

    asked: list[int | None] = []  # noqa: RUF012
    answer: Receipt | None = None

    def __init__(self, number: int | None) -> None:
        super().__init__()
        self.asked.append(number)

    def on_mount(self) -> None:
        self.dismiss(self.answer)


def test_new_and_edit_open_the_builder(shop, monkeypatch):
    module = types.ModuleType("cio_tui.tui.screens.segment_builder")
    module.SegmentBuilder = Builder  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    Builder.asked = []
    Builder.answer = None

    async def flow(pilot, app):
        await look_at(pilot, app, "Pros")
        await press(pilot, "e")
        assert Builder.asked == [2]
        Builder.answer = shop.save_segment("name: Zed\nkind: manual\n")
        await press(pilot, "n")
        assert Builder.asked == [2, None]
        assert app.view.segment.segment.name == "Zed"

    piloted(shop, flow)


def test_a_new_segment_that_the_filter_hides_is_shown(shop):
    async def flow(pilot, app):
        await press(pilot, "5")
        app.view.show_filter("kind:manual")
        await settle(pilot)
        app.go_to_segment(2)
        await settle(pilot)
        assert app.view.segment.segment.name == "Pros"

    piloted(shop, flow)


def test_the_segments_of_a_person(shop):
    async def flow(pilot, app):
        await press(pilot, "1")
        app.go_to_person(cio_id(shop, "1"))
        await press(pilot, "enter", "right_square_bracket", "right_square_bracket")
        table = app.view.query_one(".segments-of", VirtualTable)
        assert table.has_focus
        assert {cells[1] for cells in shown(table)} == {"Bought lately", "Pros", "Both"}
        await press(pilot, "o")
        assert shown(table)[-1] == ("✗", "Hand", "")
        table.go_to("1")
        await settle(pilot)
        assert "Leaves at 2024-07-08" in verdict(app)
        await press(pilot, "w")
        assert app.view.query_one(ProofView).table.has_focus
        await press(pilot, "w", "enter")
        assert app.view.id == "segments"
        assert app.view.segment.segment.name == "Bought lately"
        assert app.view.query_one(TabbedContent).active == "why"
        assert "ada@shop.example is in it" in screen_text(app)

    piloted(shop, flow, size=WIDE)


def test_a_person_in_no_segment(shop):
    async def flow(pilot, app):
        await press(pilot, "1")
        app.go_to_person(cio_id(shop, "3"))
        await press(pilot, "enter", "right_square_bracket", "right_square_bracket")
        assert "In no segment: o shows" in screen_text(app)
        await press(pilot, "o")
        assert len(app.view.query_one(".segments-of", VirtualTable).rows) == 4
        await press(pilot, "o")
        assert len(app.view.query_one(".segments-of", VirtualTable).rows) == 0

    piloted(shop, flow, size=WIDE)


def test_narrow_shows_the_inspector_alone_and_comes_back(shop):
    async def flow(pilot, app):
        await press(pilot, "5", "enter")
        assert "PERSON" in screen_text(app)
        assert "KIND" not in screen_text(app)
        await press(pilot, "escape")
        assert "KIND" in screen_text(app)
        await press(pilot, "w")
        assert app.view.query_one("PersonPicker Input").has_focus

    piloted(shop, flow, size=(80, 24))


def test_no_segments_names_the_next_key(tmp_path):
    with Workspace.open(tmp_path / "new.cio", seed=1, now=NOW) as workspace:

        async def flow(pilot, app):
            await press(pilot, "5")
            assert "No segments yet: n makes one" in screen_text(app)
            await press(pilot, "e", "d", "w", "t", "a", "r", "y", "enter")
            assert not isinstance(app.screen, ModalScreen)

        piloted(workspace, flow)


def test_the_view_is_taken_up_again(shop):
    async def leave(pilot, app):
        await press(pilot, "5", "slash")
        await write(pilot, "kind:manual")
        await press(pilot, "enter")
        await pilot.press("ctrl+q")

    async def come_back(pilot, app):
        assert app.view.id == "segments"
        assert listed(app) == ["Hand"]

    piloted(shop, leave)
    piloted(shop, come_back)
