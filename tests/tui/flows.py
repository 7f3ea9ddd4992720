"""What the tests of whole flows share: what lies in the file, what the screen says, typing, and clicking."""

import asyncio
from contextlib import closing

import apsw
from textual.command import CommandList
from textual.widgets import Button, Footer, Input
from textual.widgets._footer import FooterKey

from cio_tui.model.activity import ENTERED_SEGMENT, LEFT_SEGMENT
from cio_tui.tui.app import Console
from cio_tui.tui.person_picker import Hits
from tests.tui.conftest import screen_text, settle

BO = "bo@shop.example"
CY = "cy@shop.example"
HANNE = "hanne.vikstad@fjordpost.example"
VISITOR = "anon-e55"
"""An anonymous id of the demo that nobody has claimed, the first in its list; three events."""
ORDERS = "name:order_placed"


WIDE = (130, 40)


def toasted(workspace, flow):
    """Run a flow on a console that is wide enough for whole lines, and shows its toasts."""

    async def run():
        app = Console(workspace)
        async with app.run_test(size=WIDE, notifications=True) as pilot:
            await settle(pilot)
            await flow(pilot, app)
            await app.workers.wait_for_complete()

    asyncio.run(run())


async def toasts(pilot, app):
    """What the screen says while there are toasts; they go then."""
    text = screen_text(app)
    app.clear_notifications()
    await settle(pilot)
    return text


def newest(workspace):
    """What was written last, but for what segments made of it."""
    row = workspace.log.last_row()
    while (entry := workspace.log.entries([row])[0]).activity.type in (ENTERED_SEGMENT, LEFT_SEGMENT):
        row -= 1
    return entry.activity


def stored(workspace, activity_id):
    """An entry as it lies in the file: every column, nothing read into it."""
    with closing(apsw.Connection(str(workspace.path), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
        [row] = connection.execute("SELECT * FROM activity WHERE id = ?", (activity_id,)).fetchall()
    return row


def events_of(workspace, anonymous_id):
    """The activities that carry an anonymous id."""
    found = workspace.log.page(f"anonymous:{anonymous_id}", limit=100, hidden=True).entries
    return [entry.activity for entry in found if entry.activity.is_event]


def shown_keys(app):
    """The keys of all rows that the list has, from top to bottom."""
    rows = app.view.table.rows
    return [rows.key(place) for place in range(len(rows))]


def shown_orders(workspace):
    """How many orders the log shows without a filter, counted without the filter language."""
    entries = workspace.log.entries(workspace.log.row_ids("", hidden=False))
    return sum(entry.activity.type == "event" and entry.activity.name == "order_placed" for entry in entries)


def first_line(app):
    """The line with the views and the clock."""
    return screen_text(app).splitlines()[0]


def status(app):
    """The line below the list."""
    return screen_text(app).splitlines()[-3]


async def write(pilot, text):
    """Type, settled once."""
    await pilot.press(*({" ": "space"}.get(char, char) for char in text))
    await settle(pilot)


async def click(pilot, target, offset=(0, 0)):
    """Click on something that is there to be clicked."""
    assert await pilot.click(target, offset=offset), f"{target} is not under the mouse"
    await settle(pilot)


async def click_footer(pilot, app, title):
    """Click on a key in the footer, by its title."""
    [key] = [key for key in app.screen.query_one(Footer).query(FooterKey) if key.description == title]
    await click(pilot, key)


async def click_button(pilot, app, name):
    """Click on a button of the dialog, by its name."""
    [button] = [button for button in app.screen.query(Button) if name in (button.name, button.id)]
    await click(pilot, button)


async def click_row(pilot, app, place):
    """Click on a row of the list."""
    await click(pilot, app.view.table, (4, place + 1))


async def click_in_palette(pilot, app, title):
    """Open the palette in the footer, look for a command, click on it."""
    await click_footer(pilot, app, "Palette")
    app.screen.query_one(Input).value = title
    await settle(pilot)
    commands = app.screen.query_one(CommandList)
    found = [commands.get_option_at_index(place).hit.text for place in range(commands.option_count)]
    await click(pilot, commands, (3, 1 + found.index(title)))


async def click_person(pilot, app, text):
    """Click into the picker of a dialog, look for somebody, click on the first."""
    await click(pilot, "PickerInput")
    app.screen.query_one("PickerInput", Input).value = text
    await settle(pilot)
    await click(pilot, Hits, (4, 1))
