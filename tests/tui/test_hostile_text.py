"""Text that ends other programs, in every field of every screen: it is shown as it is, and nothing else happens."""

import pytest

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
        yield workspace, text


def test_every_view_and_inspector(hostile):
    workspace, _ = hostile

    async def flow(pilot, app):
        for view in "1234":
            await press(pilot, view)
            for _ in range(3):
                await press(pilot, "enter", "right_square_bracket", "escape", "down")
            assert app.view.id in screen_text(app).lower() or app.view.id == "index"

    piloted(workspace, flow)


OVER_THE_LOG = ("s", "r", "y", "x", "c", "f1", "f2", "ctrl+o", "ctrl+t", "ctrl+p")
OVER_PEOPLE = ("n", "e", "m", "d", "S")


def test_every_dialog(hostile):
    workspace, _ = hostile

    async def flow(pilot, app):
        for view, keys in (("2", OVER_THE_LOG), ("1", OVER_PEOPLE)):
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
        for view in "1234":
            await press(pilot, view)
            app.view.show_filter(text)
            await settle(pilot)
            app.view.show_filter(f"nothing:{text}")
            await settle(pilot)
            app.view.show_filter("")
            await settle(pilot)

    piloted(workspace, flow)
