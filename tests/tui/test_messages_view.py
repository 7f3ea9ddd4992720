"""Messages on the screen: the lists, what a message becomes, over the last events, its branches and its versions."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import OptionList, Static

from cio_tui.tui import browser
from cio_tui.tui.previewing.coverage import CoverageView
from cio_tui.tui.previewing.diff_area import DiffArea
from cio_tui.tui.previewing.panel import PreviewPanel
from cio_tui.tui.previewing.problems import ProblemsView
from cio_tui.tui.previewing.trial import EventsTrial
from cio_tui.tui.previewing.usage import UsageView
from cio_tui.tui.screens.confirm import ConfirmScreen
from cio_tui.tui.screens.message_compare import MessageCompare
from cio_tui.tui.screens.message_editor import MessageEditor
from cio_tui.tui.screens.message_preview import MessagePreview
from cio_tui.tui.screens.snippet_editor import SnippetEditor
from cio_tui.tui.table import VirtualTable
from tests.tui.conftest import piloted, press, screen_text, settle
from tests.tui.flows import click, click_footer
from tests.tui.messages import LETTER, RECEIPT, cells, look_at, shop

WIDE = (140, 40)


@pytest.fixture
def store(tmp_path):
    with shop(tmp_path / "shop.cio") as workspace:
        yield workspace


def shown(app):
    """What is in front: the dialog, or the view."""
    return app.view if len(app.screen_stack) == 1 else app.screen


def verdict(app):
    return str(shown(app).query_one("PreviewPanel .verdict", Static).content)


def body(app):
    return shown(app).query_one(PreviewPanel).body.text


def counts(view):
    return str(view.query_one(".counts", Static).content)


def test_the_lists_and_their_filter(store):
    async def flow(pilot, app):
        await press(pilot, "6")
        assert [(row[0], row[2], row[4]) for row in cells(app.view.table)] == [
            ("Broken", "visited", "× 2"),
            ("Letter", "segment", ""),
            ("Receipt", "order_placed", ""),
        ]
        for line, names in (
            ("has:errors", ["Broken"]),
            ("trigger:order", ["Receipt"]),
            ("Coupon", ["Receipt"]),
            ("profile:legacy", []),
        ):
            app.view.show_filter(line)
            await settle(pilot)
            assert [row[0] for row in cells(app.view.table)] == names
        app.view.show_filter("")
        await settle(pilot)
        await press(pilot, "t")
        assert [row[:2] for row in cells(app.view.table)] == [("footer", "<p>Main Street 1</p>")]
        assert "read by" in screen_text(app)
        assert "Receipt" in screen_text(app)
        await press(pilot, "e")
        assert isinstance(app.screen, SnippetEditor)

    piloted(store, flow, WIDE)


def test_a_snippet_is_read_by_the_messages_that_put_it_in_and_no_others(store):
    assert store.save_message(replace(LETTER, preheader="{{ snippets['footer'] | strip_html }}")).ok
    assert store.save_message(replace(LETTER, name="Talk", body="<p>snippets such as the footer</p>")).ok

    async def flow(pilot, app):
        await press(pilot, "6", "t")
        assert "read by  Receipt, Letter" in screen_text(app).replace("│", "")
        assert "Talk" not in screen_text(app)

    piloted(store, flow, WIDE)


def test_brackets_step_through_past_events_and_the_event_overrides_headers(store):
    async def flow(pilot, app):
        await look_at(pilot, app, "Receipt")
        assert "4 of" not in screen_text(app)
        assert "1/4" in screen_text(app)
        assert verdict(app).startswith("✓ would be sent to bo@shop.example")
        assert "nothing" in body(app)
        await press(pilot, "left_square_bracket")
        assert verdict(app).startswith("✗ would be Failed: 1 reason")
        assert "event.order_id" in verdict(app)
        assert "Hello you" in body(app)
        await press(pilot, "left_square_bracket")
        assert verdict(app).startswith("✓ would be sent to qa@shop.example")
        assert "! event.recipient replaces it" in screen_text(app)
        assert "Desk" in body(app)
        await press(pilot, "left_square_bracket", "left_square_bracket", "left_square_bracket")
        assert "4/4" in screen_text(app)
        await press(pilot, "right_square_bracket")
        assert "3/4" in screen_text(app)
        await press(pilot, "enter", "v")
        assert "<h1>Hello Ada</h1>" in body(app)
        assert "rendered as latest" in screen_text(app)

    piloted(store, flow, WIDE)


def test_somebody_else_is_chosen_and_a_message_without_an_event_is_for_anybody(store):
    async def flow(pilot, app):
        await look_at(pilot, app, "Receipt")
        await press(pilot, "p")
        app.screen.focused.value = "ada@"
        await settle(pilot)
        await press(pilot, "down", "enter")
        assert "1/2" in screen_text(app)
        assert "qa@shop.example" in verdict(app)
        await press(pilot, "escape")
        await look_at(pilot, app, "Letter")
        assert "would be sent to ada@shop.example" in verdict(app)
        assert not app.view.query_one("EventLine").display

    piloted(store, flow, WIDE)


def test_a_problem_opens_the_editor_at_its_place(store):
    async def flow(pilot, app):
        await look_at(pilot, app, "Broken")
        assert "would be Failed" in verdict(app)
        await press(pilot, "enter", "right_curly_bracket")
        rows = cells(app.view.query_one(ProblemsView).table)
        assert [row[:2] for row in rows if "nope" in row[2]] == [("×", "Body 2:14")]
        place = next(place for place, row in enumerate(rows) if "nope" in row[2])
        await press(pilot, *["down"] * place, "enter")
        assert isinstance(app.screen, MessageEditor)
        assert app.screen.focused is app.screen.body.area
        assert app.screen.body.area.cursor_location == (1, 13)

    piloted(store, flow, WIDE)


def test_what_is_not_confirmed_is_noted_and_is_no_problem(store):
    body = "<p>{{ event.order_id | titlecase }}</p>{{ trigger.x }}"
    assert store.save_message(replace(RECEIPT, subject="Order", body=body)).ok

    async def flow(pilot, app):
        await look_at(pilot, app, "Receipt")
        assert cells(app.view.table)[2][4] == "! 1"
        lines = verdict(app).splitlines()
        assert lines[0].startswith("✓ would be sent")
        assert lines[1].startswith("  ! Body 1:43  `trigger`")
        assert lines[2].startswith("  · Body 1:24  not confirmed of `titlecase`")
        assert "Problems 1" in screen_text(app)
        app.view.inspector.show_tab("problems")
        await settle(pilot)
        signs = [row[0] for row in cells(app.view.query_one(ProblemsView).table)]
        assert signs == ["·", "!"]
        await press(pilot, "e")
        margin = app.screen.body.area._marks
        assert margin[1][0] == "!"

    piloted(store, flow, WIDE)


def test_the_last_events_one_by_one(store):
    async def flow(pilot, app):
        await look_at(pilot, app, "Receipt")
        await press(pilot, "enter", "right_curly_bracket", "right_curly_bracket")
        view = app.view.query_one(EventsTrial)
        assert [row[0] for row in cells(view.table)] == ["✓", "✗", "✓", "✓"]
        assert counts(view) == "✓ 3 ok   ✗ 1 failed"
        assert "order_id" in cells(view.table)[1][3]
        await press(pilot, "down", "enter")
        assert app.view.inspector.active == "preview"
        assert "2/4" in screen_text(app)
        view.query_one(".which").value = "data.order_id:A2"
        view.query_one(".which").value = "data.order_id=A2"
        view.start()
        await settle(pilot)
        assert len(cells(view.table)) == 1
        view.query_one(".which").value = "nonsense:1"
        view.start()
        await settle(pilot)
        assert counts(view).startswith("×")

    piloted(store, flow, WIDE)


def test_coverage_marks_what_no_event_ran(store):
    async def flow(pilot, app):
        await look_at(pilot, app, "Receipt")
        await press(pilot, "enter", *["right_curly_bracket"] * 3)
        view = app.view.query_one(CoverageView)
        assert "branches reached by 4 events" in counts(view)
        missed = [row[:3] for row in cells(view.table) if row[0] == "✗"]
        assert ("✗", "9", "if event.coupon") in missed
        assert [row[0] for row in cells(view.table)] == ["✗"] * len(missed) + ["✓"] * (len(cells(view.table)) - len(missed))
        place = missed.index(("✗", "9", "if event.coupon"))
        await press(pilot, *["down"] * place)
        lines = screen_text(app)
        assert "✗ <p>Coupon {{ event.coupon }}</p>" in lines
        assert "◐ {% if event.coupon %}" in lines or "✗ {% if event.coupon %}" in lines
        await press(pilot, "enter")
        assert app.screen.focused is view.area
        assert list(view.area._pointed) == [9]
        view.table.focus()
        await press(pilot, "end", "enter")
        assert app.view.inspector.active == "preview"

    piloted(store, flow, WIDE)


def test_usage_says_which_events_lack_a_value(store):
    async def flow(pilot, app):
        await look_at(pilot, app, "Receipt")
        await press(pilot, "enter", *["right_curly_bracket"] * 4)
        view = app.view.query_one(UsageView)
        rows = {row[1]: row for row in cells(view.table)}
        assert rows["event.order_id"][:4] == ("✗", "event.order_id", "no", "1")
        assert rows["customer.first_name"][2:4] == ("yes", "2")
        assert counts(view) == "✗ 1 value would have failed it, in 4 events"

    piloted(store, flow, WIDE)


def test_versions_are_compared_over_the_events(store):
    async def flow(pilot, app):
        await look_at(pilot, app, "Receipt")
        await press(pilot, "enter", *["right_curly_bracket"] * 5)
        assert [row[0] for row in cells(app.view.query_one("#versions VirtualTable", VirtualTable))] == ["2", "1", "legacy"]
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, MessageCompare)
        assert "4 of 4 events differ" in screen_text(app)
        assert "-Your order B2\n+Order B2" in app.screen.query_one(DiffArea).text
        await press(pilot, "enter")
        assert app.view.inspector.active == "preview"

    piloted(store, flow, WIDE)


def test_deleted_when_y_says_so_and_back_by_undo(store):
    async def flow(pilot, app):
        await look_at(pilot, app, "Letter")
        await press(pilot, "d")
        assert isinstance(app.screen, ConfirmScreen)
        await press(pilot, "y")
        assert [row[0] for row in cells(app.view.table)] == ["Broken", "Receipt"]
        await press(pilot, "u")
        assert len(cells(app.view.table)) == 3

    piloted(store, flow, WIDE)


def test_the_page_goes_to_the_browser(store, monkeypatch):
    opened = []
    monkeypatch.setattr(browser.webbrowser, "open", lambda url: opened.append(url) or True)

    async def flow(pilot, app):
        await look_at(pilot, app, "Receipt")
        await press(pilot, "enter", "o")
        [url] = opened
        path = url.removeprefix("file://")
        assert url.endswith(".html")
        assert "<h1>Hello you</h1>" in Path(path).read_text(encoding="utf-8")

    piloted(store, flow, WIDE)


def test_beside_any_event_of_the_log(store):
    async def flow(pilot, app):
        app.view.show_filter("name:order_placed")
        await settle(pilot)
        await press(pilot, "enter", "right_square_bracket")
        assert verdict(app).startswith("✓ would be sent to bo@")
        assert "▾ Receipt" in screen_text(app)
        await press(pilot, "escape", "down")
        assert "✗ would be Failed" in screen_text(app)
        app.view.query_one(PreviewPanel).body.focus()
        await settle(pilot)
        await press(pilot, "m")
        picked = app.screen.query_one(OptionList)
        assert picked.option_count == 3
        await press(pilot, "3")
        assert "▾ Letter" not in screen_text(app)

    piloted(store, flow, WIDE)


def test_an_event_that_nobody_has_sent_from_the_send_form(store):
    async def flow(pilot, app):
        app.send(person="ada@shop.example", name="order_placed")
        await settle(pilot)
        app.screen.form.editor.text = '{"order_id": "Z9", "items": [], "coupon": "TEN"}'
        await settle(pilot)
        await press(pilot, "f6")
        assert isinstance(app.screen, MessagePreview)
        assert "Order Z9" in screen_text(app)
        assert "Coupon TEN" in body(app)
        assert "Hello Ada" in body(app)
        await press(pilot, "escape")
        app.screen.form.editor.text = "{"
        await settle(pilot)
        await press(pilot, "f6")
        assert "no preview" in screen_text(app)
        assert store.log.latest("order_placed", "event", limit=9)[0].activity.data.get("order_id") == "B2"

    piloted(store, flow, WIDE)


def test_all_of_it_by_mouse(store):
    async def flow(pilot, app):
        await click(pilot, "#name-messages")
        assert app.view.id == "messages"
        await click(pilot, app.view.table, (4, 3))
        assert app.view.inspector.border_title == "Receipt"
        await click(pilot, app.view.query("Arrow").first())
        assert "2/4" in screen_text(app)
        await click(pilot, app.view.query_one(".body-title"))
        assert app.view.query_one(PreviewPanel).has_class("-source")
        await click(pilot, "Tab#--content-tab-events")
        assert len(cells(app.view.query_one(EventsTrial).table)) == 4
        await click(pilot, "KindName.snippets")
        assert app.view.kind == "snippets"
        await click(pilot, "KindName.messages")
        await click_footer(pilot, app, "New")
        assert isinstance(app.screen, MessageEditor)

    piloted(store, flow, WIDE)
