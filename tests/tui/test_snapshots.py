"""How the console looks, at a frozen clock and size. `pytest --snapshot-update -n 0 tests/tui/test_snapshots.py` draws them."""

import pytest
import textual

from cio_tui.tui.app import Console
from tests.tui.conftest import press, settle

pytestmark = pytest.mark.skipif(
    not textual.__version__.startswith("8.2."), reason=f"the pictures are Textual 8.2's, this is {textual.__version__}"
)

WIDTHS = {"narrow": (80, 24), "medium": (100, 30), "wide": (140, 40)}


def shows(demo, *keys, theme="cio-dark"):
    """What `snap_compare` needs: the app, and what to do before the picture."""
    app = Console(demo)

    async def before(pilot):
        pilot.app.theme = theme
        await settle(pilot)
        await press(pilot, *keys)

    return app, before


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", ["people", "activity", "index", "anonymous"])
def test_view(demo, snap_compare, view, width):
    digit = {"people": "1", "activity": "2", "index": "3", "anonymous": "4"}[view]
    app, before = shows(demo, digit, "down", "down")
    assert snap_compare(app, terminal_size=WIDTHS[width], run_before=before)


@pytest.mark.parametrize(
    ("name", "keys"),
    {
        "send": ("s",),
        "resend": ("down", "down", "r"),
        "add-person": ("1", "n"),
        "edit-person": ("1", "e"),
        "merge": ("1", "m"),
        "delete": ("1", "d"),
        "clock": ("ctrl+t", "3", "d"),
        "copy": ("down", "down", "y"),
        "columns": ("c",),
        "export": ("x",),
        "help": ("f1",),
        "palette": ("ctrl+p",),
        "jump": ("ctrl+o",),
        "effects": (
            "slash",
            "t",
            "y",
            "p",
            "e",
            ":",
            "a",
            "n",
            "o",
            "n",
            "_",
            "m",
            "e",
            "r",
            "g",
            "e",
            "enter",
            "enter",
            "right_square_bracket",
        ),
        "what-if": ("4", "down", "v"),
    }.items(),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_dialog(demo, snap_compare, name, keys):
    app, before = shows(demo, *keys)
    assert snap_compare(app, terminal_size=WIDTHS["medium"], run_before=before)


def test_light(demo, snap_compare):
    app, before = shows(demo, "down", "down", theme="cio-light")
    assert snap_compare(app, terminal_size=WIDTHS["medium"], run_before=before)


def test_without_colour(demo, snap_compare, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app, before = shows(demo, "down", "down")
    assert snap_compare(app, terminal_size=WIDTHS["medium"], run_before=before)
