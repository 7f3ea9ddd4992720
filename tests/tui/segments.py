"""A small shop with segments, for the tests of everything that shows who is in them and why."""

from contextlib import contextmanager

from textual.widgets import Static

from cio_tui.model.limits import DAY
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.views.segments_why import ProofView
from cio_tui.workspace import Workspace
from tests.tui.conftest import press, settle

NOW = 1_718_000_000
WIDE = (140, 40)
LATELY = """
name: Bought lately
description: Whoever spent something in a month
conditions:
  - event: order_placed
    performed: true
    within: 30 days
    where:
      - total: {greater than: 10}
"""
PROS = "name: Pros\nconditions:\n  - attribute: plan\n    is: pro\n"
BOTH = "name: Both\nconditions:\n  - in segment: Pros\n  - in segment: Bought lately\n"


@contextmanager
def shop_with_segments(path):
    """Ada, Bo and Cy, four segments, and somebody who left one because of what was done."""
    with Workspace.open(path, seed=1, now=NOW, durable=False) as workspace:
        for number, name, plan in (("1", "ada", "pro"), ("2", "bo", "free"), ("3", "cy", "pro")):
            workspace.identify({"id": number}, {"email": f"{name}@shop.example", "plan": plan})
        workspace.track("order_placed", person="1", data={"total": 215}, timestamp=NOW - 2 * DAY)
        workspace.track("order_placed", person="2", data={"total": 5})
        for text in (LATELY, PROS, BOTH):
            assert workspace.save_segment(text).ok
        assert workspace.save_segment("name: Hand\nkind: manual\n").ok
        workspace.add_to_segment("Hand", ["2"])
        workspace.identify("3", {"plan": "free"})
        yield workspace


def cio_id(workspace, reference):
    return workspace.directory.person(reference).person.cio_id


def shown(table: VirtualTable) -> list[tuple[str, ...]]:
    return [table.rows.show(place).cells for place in range(len(table.rows))]


def listed(app) -> list[str]:
    return [cells[0] for cells in shown(app.view.table)]


async def look_at(pilot, app, name):
    await press(pilot, "5")
    assert app.view.table.go_to(str(app.workspace.segments.get(name).segment.number))
    await settle(pilot)


def proof(app) -> list[str]:
    return [cells[0] for cells in shown(app.view.query_one(ProofView).table)]


def verdict(app) -> str:
    return str(app.view.query_one("ProofView .verdict", Static).content)
