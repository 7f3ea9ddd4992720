"""The message editor: written by keys and by mouse, rendered meanwhile, tried on events, kept as a draft, saved."""

import pytest
from textual.widgets import OptionList, RadioButton, Static

from cio_tui.tui.composing.body_editor import BodyEditor
from cio_tui.tui.composing.drafts import drafts_of
from cio_tui.tui.composing.fields import Fields
from cio_tui.tui.json_editor import JsonEditor
from cio_tui.tui.previewing.panel import PreviewPanel
from cio_tui.tui.previewing.problems import ProblemsView
from cio_tui.tui.screens.message_compare import MessageCompare
from cio_tui.tui.screens.message_editor import MessageEditor
from cio_tui.tui.screens.message_trial import MessageTrial
from cio_tui.tui.screens.snippet_editor import SnippetEditor
from tests.tui.conftest import piloted, press, screen_text, settle, write
from tests.tui.flows import click, click_button
from tests.tui.messages import cells, shop

WIDE = (140, 40)
SIZES = [(80, 24), (140, 40)]
ENDLESS = "{% for i in (1..9999999) %}{% for j in (1..9999999) %}{{ i }}{% endfor %}{% endfor %}"


@pytest.fixture
def store(tmp_path):
    with shop(tmp_path / "shop.cio") as workspace:
        yield workspace


async def opened(pilot, app, name=None):
    """Open the editor; the receipts that it answers with."""
    receipts = []
    number = None if name is None else app.workspace.messages.get(name).number
    app.push_screen(MessageEditor(number), receipts.append)
    await settle(pilot)
    return receipts


def body(app):
    return app.screen.query_one(PreviewPanel).body.text


def problems(app):
    return [row[1:] for row in cells(app.screen.query_one(ProblemsView).table)]


def said(app):
    return str(app.screen.query_one(".said", Static).content)


@pytest.mark.parametrize("size", SIZES)
def test_by_keys_alone_from_nothing_to_a_saved_message(store, size):
    async def flow(pilot, app):
        receipts = await opened(pilot, app)
        await write(pilot, "Thanks")
        await press(pilot, "tab", "tab")
        await write(pilot, "order_")
        await press(pilot, "down", "enter", "tab")
        await write(pilot, "Order {{event.or")
        assert app.screen.focused._suggestion == "Order {{event.order_id"
        await press(pilot, "right")
        await write(pilot, "}}")
        await press(pilot, *["tab"] * 7)
        assert app.screen.focused is app.screen.body.area
        await write(pilot, "Hi {{ customer.fi")
        assert app.screen.query_one("BodyEditor OptionList").has_class("-shown")
        await press(pilot, "enter")
        await write(pilot, " | def")
        await press(pilot, "tab")
        await write(pilot, ': "you" }}')
        assert app.screen.message.body == 'Hi {{ customer.first_name | default: "you" }}'
        assert body(app) == "Hi you"
        assert problems(app) == []
        await press(pilot, "f6")
        assert [place for place, _ in problems(app)] == ["Subject 1:9"]
        await press(pilot, "f7", "ctrl+s")
        assert [receipt.ok for receipt in receipts] == [True]
        saved = store.messages.get("Thanks").message
        assert (saved.event, saved.subject) == ("order_placed", "Order {{event.order_id}}")
        assert saved.body == 'Hi {{ customer.first_name | default: "you" }}'

    piloted(store, flow, size)


def test_an_event_that_nobody_has_sent_and_brackets_in_the_preview(store):
    async def flow(pilot, app):
        await opened(pilot, app, "Receipt")
        await press(pilot, "f3")
        assert app.screen.focused is app.screen.side.panel.body
        await press(pilot, "left_square_bracket", "left_square_bracket")
        assert "3/4" in screen_text(app)
        assert "Desk" in body(app)
        app.screen.side.query("#event-kind RadioButton").last(RadioButton).value = True
        await settle(pilot)
        editor = app.screen.query_one(JsonEditor)
        assert '"A2"' in editor.text
        editor.text = '{"order_id": 7, "items": [], "coupon": "TEN"}'
        await settle(pilot)
        assert "Coupon TEN" in body(app)
        before = body(app)
        editor.text = '{"order_id": 7,'
        await settle(pilot)
        assert "line 1, column 16" in screen_text(app)
        assert body(app) == before
        await press(pilot, "escape")
        kept = drafts_of(store)
        assert store.messages.get("Receipt").number not in kept

    piloted(store, flow, WIDE)


def test_a_draft_is_kept_and_compared_and_forgotten(store):
    async def flow(pilot, app):
        number = store.messages.get("Receipt").number
        await opened(pilot, app, "Receipt")
        app.screen.body.area.text = "Now {{ event.order_id }}"
        await settle(pilot)
        await press(pilot, "f12")
        assert isinstance(app.screen, MessageCompare)
        assert "4 of 4 events differ" in screen_text(app)
        await press(pilot, "escape", "f5")
        assert isinstance(app.screen, MessageTrial)
        assert "✓ 3 ok   ✗ 1 failed" in screen_text(app)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, MessageEditor)
        assert "2/4" in screen_text(app)
        await press(pilot, "escape")
        assert drafts_of(store)[number].message.body == "Now {{ event.order_id }}"
        await opened(pilot, app, "Receipt")
        assert "draft restored" in screen_text(app)
        assert app.screen.message.body == "Now {{ event.order_id }}"
        await press(pilot, "ctrl+n")
        assert app.screen.message.body.startswith("<h1>")
        await press(pilot, "escape")
        assert number not in drafts_of(store)

    piloted(store, flow, WIDE)


def test_a_problem_is_gone_to_and_a_template_that_never_ends_takes_nothing_down(store):
    async def flow(pilot, app):
        await opened(pilot, app, "Broken")
        rows = problems(app)
        place = next(place for place, row in enumerate(rows) if row[0] == "Body 2:14")
        table = app.screen.query_one(ProblemsView).table
        table.focus()
        await press(pilot, *["down"] * place, "enter")
        assert app.screen.focused is app.screen.body.area
        assert app.screen.body.area.cursor_location == (1, 13)
        assert app.screen.body.area._marks[2] == ("×", "text-error")
        app.screen.body.area.text = ENDLESS
        await settle(pilot)
        assert "would be Failed" in screen_text(app)
        app.screen.body.area.text = "Fine"
        await settle(pilot)
        assert body(app) == "Fine"

    piloted(store, flow, WIDE)


def test_the_file_goes_through_the_persons_own_editor(store, monkeypatch):
    texts = []

    def edited(text):
        def edit_outside(_app, before, suffix):
            texts.append((before, suffix))
            return text

        monkeypatch.setattr("cio_tui.tui.screens.message_editor.edit_outside", edit_outside)

    async def flow(pilot, app):
        await opened(pilot, app, "Receipt")
        broken = '---\nname: "Rec\n---\nBody'
        edited(broken)
        await press(pilot, "f4")
        assert texts[0][0].startswith("---\nname: Receipt\n")
        assert texts[0][1] == ".html"
        assert "the file is kept" in said(app)
        assert app.screen.message.subject == "Order {{event.order_id}}"
        edited("---\nname: Receipt\nsubject: Yes\nformat: text\n---\nBody {{ event.order_id }}")
        await press(pilot, "f4")
        assert texts[1][0] == broken
        assert (app.screen.message.subject, app.screen.message.format) == ("Yes", "text")
        assert body(app) == "Body B2"

    piloted(store, flow, WIDE)


def test_by_mouse(store):
    async def flow(pilot, app):
        receipts = await opened(pilot, app, "Letter")
        await click(pilot, "#starts")
        await click(pilot, app.screen.query_one(OptionList), (4, 0))
        assert app.screen.message.trigger == "event"
        await click(pilot, app.screen.query_one("#format").query(RadioButton).last())
        assert app.screen.message.format == "text"
        await click(pilot, app.screen.query_one("#profile").query(RadioButton).last())
        assert app.screen.message.profile == "legacy"
        assert "rendered as legacy" in screen_text(app)
        await click(pilot, app.screen.query("Arrow").first())
        assert "2/" in screen_text(app)
        area = app.screen.body.area
        area.text = "{{ "
        area.move_cursor((0, 3))
        await click(pilot, area, (area.gutter_width + 3, 0))
        app.screen.query_one(BodyEditor).action_offer()
        await settle(pilot)
        await click(pilot, app.screen.query_one("BodyEditor OptionList"), (2, 0))
        assert area.text != "{{ "
        area.text = "Hi"
        await click_button(pilot, app, "submit")
        assert receipts[0].ok
        assert store.messages.get("Letter").message.body == "Hi"

    piloted(store, flow, WIDE)


def test_a_name_is_needed(store):
    async def flow(pilot, app):
        receipts = await opened(pilot, app)
        await press(pilot, "ctrl+s")
        assert "a name is missing" in said(app)
        assert app.screen.focused is app.screen.query_one(Fields).name_input
        await write(pilot, "Receipt")
        await press(pilot, "ctrl+s")
        assert "there is a message 'Receipt' already" in said(app)
        assert receipts == []

    piloted(store, flow, WIDE)


def test_a_snippet_is_written_with_its_problems(store):
    async def flow(pilot, app):
        receipts = []
        app.push_screen(SnippetEditor(), receipts.append)
        await settle(pilot)
        await write(pilot, "greeting")
        await press(pilot, "enter")
        await write(pilot, "{{ customer.first_name")
        assert problems(app)[0][0] == "Body 1:1"
        await press(pilot, "escape", "escape")
        app.push_screen(SnippetEditor(), receipts.append)
        await settle(pilot)
        assert "draft restored" in screen_text(app)
        app.screen.query_one(BodyEditor).area.focus()
        await press(pilot, "end")
        await write(pilot, " }}")
        await press(pilot, "ctrl+s")
        assert store.messages.snippet("greeting").text == "{{ customer.first_name }}"

    piloted(store, flow, WIDE)
