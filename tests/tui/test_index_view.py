"""The data index on the screen: events and attributes, what is pointed out, and where one goes from there."""

from cio_tui.model.limits import DAY
from cio_tui.tui.screens.send import SendScreen
from cio_tui.tui.views.index import IndexView
from cio_tui.tui.views.index_inspector import drifting_paths
from cio_tui.tui.views.index_rows import copies_of_attribute, copies_of_event, line_of
from cio_tui.workspace import Workspace
from cio_tui.workspace.index_reader import AttributeRow, EventRow
from tests.tui.conftest import piloted, press, screen_text, settle, write

HOSTILE = "items[/].type [bold\u202e\x1b[31m"


async def search(pilot, text):
    await press(pilot, "slash")
    await write(pilot, text)
    await press(pilot, "enter")


def test_events_with_what_is_pointed_out(demo):
    async def flow(pilot, app):
        await press(pilot, "3")
        await search(pilot, "order_pl")
        shown = screen_text(app)
        assert "▸ Events" in shown
        assert "! 3" in shown
        assert "like     ≈ Order Placed, orderPlaced" in shown
        assert "drift    ! 3 paths of several kinds" in shown
        assert "05-12" in shown
        assert "at most 6 a day" in shown
        assert "hidden by filter" in shown
        assert "! items" in shown

    piloted(demo, flow)


def test_what_uses_an_event_or_an_attribute(demo):
    async def flow(pilot, app):
        await press(pilot, "3")
        for kind, name, users in (
            ("events", "event order_placed", ["Order receipt", "segment Bought a monitor lately"]),
            ("events", "screen Cart", ["no message, no segment"]),
            ("attributes", "created_at", ["segment Signed up"]),
            ("attributes", "first_name", ["Order receipt, Abandoned cart, Welcome"]),
        ):
            app.view.show_kind(kind)
            await settle(pilot)
            assert app.view.table.go_to(name)
            await settle(pilot)
            facts = app.view.query_one(".event-side Facts" if kind == "events" else ".attribute-side Facts")
            [shown] = [value for fact, value in facts._facts if fact == "used by"]
            assert all(user in shown for user in users), shown

    piloted(demo, flow)


def test_the_switch_keeps_each_list_as_it_was_asked(demo):
    async def flow(pilot, app):
        await press(pilot, "3")
        await search(pilot, "order")
        events = len(app.view.table.rows)
        await press(pilot, "t")
        shown = screen_text(app)
        assert "▸ Attributes" in shown
        assert "created_at" in shown
        assert "r Resend" not in shown.splitlines()[-1]
        await search(pilot, "scor")
        assert app.view.table.key == "score"
        assert "! 2 kinds of value" in screen_text(app)
        await press(pilot, "t")
        assert len(app.view.table.rows) == events
        assert app.view.query_one("FilterInput").value == "order"
        await press(pilot, "t")
        assert app.view.query_one("FilterInput").value == "scor"
        assert len(app.view.table.rows) == 1

    piloted(demo, flow)


def test_the_filter_line_follows_the_switch(demo):
    async def flow(pilot, app):
        await press(pilot, "3")
        await search(pilot, "type:page")
        assert all(app.view.table.rows.show(place).cells[1] == "page" for place in range(len(app.view.table.rows)))
        await press(pilot, "t")
        await search(pilot, "type:page")
        assert "type" in screen_text(app).splitlines()[4]
        assert app.view.query_one(".problem").has_class("-shown")

    piloted(demo, flow)


def test_events_are_sorted_by_every_column(demo):
    async def flow(pilot, app):
        await press(pilot, "3")
        assert [one.name for one in app.view.table.columns] == ["name", "type", "count", "received", "props", "drift", "like"]
        for place, column in enumerate(app.view.table.columns):
            await press(pilot, *["greater_than_sign"] * min(place, 1), "equals_sign")
            assert app.view.question.sort.column == column.name
            keys = [app.view.table.rows.key(row) for row in range(len(app.view.table.rows))]
            await press(pilot, "equals_sign")
            again = [app.view.table.rows.key(row) for row in range(len(app.view.table.rows))]
            assert sorted(keys) == sorted(again)
            assert keys != again, column.name

    piloted(demo, flow, size=(140, 40))


def test_attributes_are_sorted_by_every_column(demo):
    async def flow(pilot, app):
        await press(pilot, "3", "t")
        for column in ("name", "people", "kinds", "received", "like"):
            app.view.ask(app.view.question.sorted_by(column))
            await settle(pilot)
            assert len(app.view.table.rows) == len(demo.index.attributes())

    piloted(demo, flow)


def test_recent_activity_is_gone_to_and_sent_again(demo):
    latest = demo.log.latest("order_placed", "event", limit=2)

    async def flow(pilot, app):
        await press(pilot, "3")
        await search(pilot, "order_pl")
        await press(pilot, "enter", "right_square_bracket")
        assert "TIMESTAMP" in screen_text(app)
        await press(pilot, "down", "r")
        assert isinstance(app.screen, SendScreen)
        assert latest[1].activity.id[:10] in screen_text(app)
        await press(pilot, "escape", "enter")
        assert app.view.id == "activity"
        assert app.view.table.key == latest[1].activity.id

    piloted(demo, flow)


def test_the_latest_is_resent_from_the_list(demo):
    async def flow(pilot, app):
        before = demo.index.properties("order_placed")[0].count
        await press(pilot, "3")
        await search(pilot, "order_pl")
        await press(pilot, "r")
        assert isinstance(app.screen, SendScreen)
        await press(pilot, "ctrl+s")
        assert demo.log.latest("order_placed", "event", limit=1)[0].activity.cause is not None
        assert demo.index.properties("order_placed")[0].count >= before

    piloted(demo, flow)


def test_send_takes_the_name(demo):
    async def flow(pilot, app):
        await press(pilot, "3")
        await search(pilot, "order_pl")
        await press(pilot, "s")
        assert isinstance(app.screen, SendScreen)
        assert "order_placed" in screen_text(app)

    piloted(demo, flow)


def test_the_activity_of_an_event_is_opened(demo):
    async def flow(pilot, app):
        await press(pilot, "3")
        app.view.show_filter(r"a\+b")
        await settle(pilot)
        await press(pilot, "o")
        assert app.view.id == "activity"
        assert app.view.query_one("FilterInput").value == r"name:a\+b\*c"
        assert {app.view.table.rows.show(place).cells[3] for place in range(len(app.view.table.rows))} == {"a+b*c"}

    piloted(demo, flow)


def test_an_event_of_long_ago_is_opened_beyond_thirty_days(demo):
    async def flow(pilot, app):
        await press(pilot, "3")
        await search(pilot, '"Order Placed"')
        assert "none in 30 days" in screen_text(app)
        await press(pilot, "o")
        assert len(app.view.table.rows) == 1

    piloted(demo, flow)


def test_the_people_with_an_attribute_are_opened(demo):
    async def flow(pilot, app):
        await press(pilot, "3", "t")
        await search(pilot, "newsletter")
        await press(pilot, "o")
        assert app.view.id == "people"
        assert app.view.query_one("FilterInput").value == 'attr["newsletter.frequency"]'
        assert len(app.view.table.rows) == 2

    piloted(demo, flow)


def test_by_mouse_alone(demo):
    async def flow(pilot, app):
        await pilot.click("#name-index")
        await settle(pilot)
        await pilot.click("KindName.attributes")
        await settle(pilot)
        assert "▸ Attributes" in screen_text(app)
        await pilot.click("KindName.events")
        await settle(pilot)
        table = app.view.table
        await pilot.click(table, offset=(5, 3))
        await settle(pilot)
        assert table.key == "event added_to_cart"
        await pilot.click("#--content-tab-recent")
        await settle(pilot)
        recent = app.view.query_one(".recent")
        await pilot.click(recent, offset=(5, 2))
        await settle(pilot)
        await pilot.click(recent, offset=(5, 2))
        await settle(pilot)
        assert app.view.id == "activity"
        assert app.view.table.key == demo.log.latest("added_to_cart", "event")[1].activity.id

    piloted(demo, flow)


def test_narrow_shows_the_inspector_alone_and_comes_back(demo):
    async def flow(pilot, app):
        await press(pilot, "3", "enter")
        shown = screen_text(app)
        assert "PROPERTY" in shown
        assert "RECEIVED" not in shown
        await press(pilot, "escape")
        assert "RECEIVED" in screen_text(app)
        await press(pilot, "t", "enter")
        assert "examples" in screen_text(app)
        await press(pilot, "q")
        assert "▸ Attributes" in screen_text(app)

    piloted(demo, flow, size=(80, 24))


def test_another_writer_is_seen_and_the_cursor_stays(demo):
    async def flow(pilot, app):
        await press(pilot, "3", "down", "down")
        key = app.view.table.key
        demo.track("a_new_one", person="42", data={"x": 1})
        app.look()
        await settle(pilot)
        assert app.view.table.key == key
        assert "a_new_one" in screen_text(app)

    piloted(demo, flow)


def test_an_empty_index_names_the_next_key(tmp_path):
    with Workspace.open(tmp_path / "new.cio", seed=1, now=1_718_000_000) as workspace:

        async def flow(pilot, app):
            await press(pilot, "3")
            assert "No events yet: s sends one" in screen_text(app)
            await press(pilot, "enter", "r", "o", "t")
            assert "No attributes yet" in screen_text(app)

        piloted(workspace, flow)


def test_hostile_text_is_only_text(tmp_path):
    with Workspace.open(tmp_path / "hostile.cio", seed=1, now=1_718_000_000) as workspace:
        name = "items[/].type [bold"
        workspace.identify("42", {HOSTILE: HOSTILE})
        workspace.track(name, person="42", data={HOSTILE: HOSTILE, name: [{name: HOSTILE}]})
        workspace.track(name, person="42", data={HOSTILE: 3}, type="page")

        async def flow(pilot, app):
            await press(pilot, "3")
            assert name in screen_text(app)
            assert app.view.copies(app.view.table.key)
            await press(pilot, "enter", "down", "right_square_bracket", "escape", "t", "enter")
            assert "items[/].type [bold\\u202e\\x1b[31m" in screen_text(app)
            assert app.view.copies(app.view.table.key)
            await press(pilot, "escape", "o")
            assert app.view.id == "people"
            assert len(app.view.table.rows) == 1

        piloted(workspace, flow, size=(140, 40))


def test_copies_of_an_event():
    row = EventRow("-order +paid", "event", 3, DAY * 20_000, DAY * 20_000, 2, 0, ())
    copies = dict(copies_of_event(row, ["items[].type", "sign up date", "items[].type"]))
    assert copies["Name"] == "-order +paid"
    assert copies["Command line"] == "cio-tui index event --type event -- '-order +paid'"
    assert copies["Filter for activity"] == r'name:"-order \\+paid"'
    assert copies["Liquid items[].type"] == "event.items[0].type"
    assert copies["Liquid sign up date"] == 'event["sign up date"]'


def test_copies_of_an_attribute():
    row = AttributeRow("favourite colour", 2, 3, 0, 0, {"string": 2}, ("moss",), ())
    copies = dict(copies_of_attribute(row))
    assert copies["Filter for people"] == 'attr["favourite colour"]'
    assert copies["Command line"] == "cio-tui people 'attr[\"favourite colour\"]'"
    assert copies["Liquid favourite colour"] == 'customer["favourite colour"]'


def test_the_filter_of_a_row_finds_it_and_drift_is_found(demo):
    for row in demo.index.events():
        found = {entry.activity.name for entry in demo.log.page(line_of(row), hidden=True, limit=5000).entries}
        assert row.name in found or not demo.log.latest(row.name, row.type)
        assert len(drifting_paths(demo.index.properties(row.name, row.type))) == row.drifting
    for attribute in demo.index.attributes():
        assert len(list(demo.directory.people(line_of(attribute)))) in (attribute.people, attribute.people - 1), (
            "an empty text is none"
        )


def test_the_latest_of_an_event_are_its_own(demo):
    signed = demo.log.latest("signed_in", "event", limit=5)
    assert [entry.activity.name for entry in signed] == ["signed_in"] * 5
    assert [entry.activity.timestamp for entry in signed] == sorted((one.activity.timestamp for one in signed), reverse=True)
    assert demo.log.latest("signed_in", "page") == []
    assert IndexView.list_name == "events"
