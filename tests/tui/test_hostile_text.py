"""Text that ends other programs, in every field of every screen: it is shown as it is, and nothing else happens."""

import pytest

from cio_tui.messages.definition import Message
from cio_tui.model.json_values import dumps
from cio_tui.tui.previewing.problems import ProblemsView
from cio_tui.workspace import Workspace
from tests.tui.conftest import piloted, press, screen_text, settle

CLOCK = 1718000000
HOSTILE = ["items[/].type [bold", "[@click=app.bell]x[/]", "\x1b[31mred", "a\nb\tc", "\u202eevil📦👨‍👩‍👧" + "x" * 60]


@pytest.fixture(params=HOSTILE, ids=ascii)
def hostile(request, tmp_path):
    """A workspace in which every text is one hostile string."""
    text = request.param
    with Workspace.open(tmp_path / "hostile.cio", seed=1, now=CLOCK, durable=False) as workspace:
        printable = "".join(char for char in text if char.isprintable())
        workspace.identify(f"id {printable}", {text: text, "email": "a@shop.example", "nested": {text: [text]}})
        workspace.identify("b@shop.example", {"name": text})
        workspace.add_device("b@shop.example", f"device {printable}", "ios", attributes={text: text})
        workspace.track(text, person="a@shop.example", data={text: text, "items": [{text: text}], "recipient": text})
        workspace.track(text, anonymous_id=f"anon {printable}", data={text: None})
        workspace.track("x", person=f"nobody {printable}", data={text: text})
        has = {"attribute": {"field": "email", "operator": "exists", "inverse": False}}
        did = {"event": {"name": text, "type": "event", "filters": {"and": []}}, "inverse": False, "times": 1, "within": 0}
        name = printable.strip()[:90]
        definition = {"name": name, "description": text, "type": "dynamic", "conditions": {"and": [has, did]}}
        assert workspace.save_segment(definition).ok
        looks = {"segment": {"name": name, "inverse": False}}
        assert workspace.save_segment({"name": "other", "type": "dynamic", "conditions": {"and": [looks]}}).ok
        assert workspace.save_segment({"name": f"hand {name}", "type": "manual"}).ok
        liquid = f"{text} {{{{ event[{dumps(text)}] }}}} {{{{ customer.nobody }}}} {{% {text} %}} {{{{ snippets.footer }}}}"
        fields = {"subject": liquid, "preheader": liquid, "sender": text, "reply_to": text, "to": text, "body": liquid}
        assert workspace.save_message(Message(name=f"mail {name}", event=text, **fields)).ok
        assert workspace.save_message(Message(name=f"mail {name}", event=text, **fields | {"body": "<p>" + liquid})).ok
        assert workspace.save_message(Message(name="text", event=text, subject=text, body=text, format="text")).ok
        assert workspace.save_snippet("footer", liquid).ok
        yield workspace, text


def test_every_view_and_inspector(hostile):
    workspace, _ = hostile

    async def flow(pilot, app):
        for view in "123456":
            await press(pilot, view)
            for _ in range(3):
                await press(pilot, "enter", "right_square_bracket", "escape", "down")
            assert app.view.id in screen_text(app).lower() or app.view.id == "index"

    piloted(workspace, flow)


OVER_THE_LOG = ("s", "r", "y", "x", "c", "f1", "f2", "ctrl+o", "ctrl+t", "ctrl+p")
OVER_PEOPLE = ("n", "e", "m", "d", "S")
OVER_SEGMENTS = ("y", "x", "c")
OVER_MESSAGES = ("y", "x", "c", "d", "e", "n")


def test_every_dialog(hostile):
    workspace, _ = hostile

    async def flow(pilot, app):
        for view, keys in (("2", OVER_THE_LOG), ("1", OVER_PEOPLE), ("5", OVER_SEGMENTS), ("6", OVER_MESSAGES)):
            await press(pilot, view)
            for key in keys:
                await press(pilot, key)
                assert len(app.screen_stack) > 1, key
                screen_text(app)
                while len(app.screen_stack) > 1:
                    app.pop_screen()
                    await settle(pilot)

    piloted(workspace, flow)


def test_the_filter_line_and_its_error(hostile):
    workspace, text = hostile

    async def flow(pilot, app):
        for view in "123456":
            await press(pilot, view)
            app.view.show_filter(text)
            await settle(pilot)
            app.view.show_filter(f"nothing:{text}")
            await settle(pilot)
            app.view.show_filter("")
            await settle(pilot)

    piloted(workspace, flow)


def test_every_tab_of_a_segment_and_of_a_person(hostile):
    workspace, _ = hostile

    async def flow(pilot, app):
        await press(pilot, "5", "enter", "w")
        for _ in range(5):
            await press(pilot, "right_square_bracket", "down", "end")
            screen_text(app)
        await press(pilot, "escape", "end", "a")
        assert len(app.screen_stack) > 1
        await press(pilot, "enter", "ctrl+s")
        assert workspace.segments.get(3).members == 1
        await press(pilot, "home", "d")
        assert app.said[-1].title == "Refused"
        app.go_to_person(workspace.directory.person("a@shop.example").person.cio_id)
        await settle(pilot)
        await press(pilot, "enter", "right_square_bracket", "right_square_bracket", "o", "w", "down", "end")
        assert "is in it" in screen_text(app) or "is not in it" in screen_text(app)

    piloted(workspace, flow)


def test_everything_of_a_message(hostile):
    workspace, text = hostile

    async def flow(pilot, app):
        await press(pilot, "2")
        app.go_to_activity(workspace.log.latest(text.strip() or text, "event", limit=1)[0].activity.id)
        await settle(pilot)
        await press(pilot, "enter", "right_square_bracket")
        screen_text(app)
        await press(pilot, "escape", "6", "enter", "v", "left_square_bracket")
        for _ in range(6):
            await press(pilot, "right_curly_bracket", "down", "enter")
            screen_text(app)
            while len(app.screen_stack) > 1:
                app.pop_screen()
                await settle(pilot)
        await press(pilot, "escape", "e")
        assert app.screen.query_one(ProblemsView).table.key is not None
        await press(pilot, "f3", "v", "f3", "f9", "f5")
        await press(pilot, "escape", "f12")
        screen_text(app)
        await press(pilot, "escape", "escape", "t", "enter", "e")
        screen_text(app)

    piloted(workspace, flow, (140, 40))
