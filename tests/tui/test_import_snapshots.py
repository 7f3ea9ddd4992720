"""How each step of the import wizard looks, with errors, at three sizes: as text, the main ones as pictures, too.

`pytest -n 0 --snapshot-update tests/tui/test_import_snapshots.py` writes them anew.
"""

from pathlib import Path

import pytest
import textual

from cio_tui.tui.app import Console
from cio_tui.tui.importing.review_step import ReviewStep
from cio_tui.tui.importing.run_step import RunStep
from cio_tui.workspace.import_progress import ImportProgress
from tests.tui.conftest import piloted, screen_text, settle
from tests.tui.test_snapshots import SIZES, play

pytestmark = pytest.mark.skipif(
    not textual.__version__.startswith("8.2."), reason=f"the pictures are Textual 8.2's, this is {textual.__version__}"
)

GOLDENS = Path(__file__).parent / "import_goldens"
PEOPLE = """id,email,Full Name,plan,seats,signed up
42,ada@shop.example,Ada Lovelace,pro,3,2024-01-02
901,zoe@new.example,Zoë,=basic,12,2024-05-06
,not-an-email,Nobody,pro,1,
903,bo@shop.example,Somebody,pro,1,2024-02-02
901,zoe@new.example,Zoë,=basic,12,2024-05-06
904,,Cy,,7,
"""
EVENTS = """_cio_name,_cio_customer_id,_cio_timestamp,total,property.subproperty,recipient
order_placed,42,1717990000,12.5,x,
order_placed,nobody,1717990000,1,y,
 padded ,43,2024-06-09T10:00:00Z,3,z,
bad_time,43,1717990000000,4,w,
order_placed,101,yesterday,4,w,
order_placed,ada@shop.example,,4,w,qa@shop.example
order_placed,102
"""
CLEAN = "id,plan\n42,pro\n43,pro\n"
FILES = {
    "people.csv": PEOPLE.encode(),
    "events.csv": EVENTS.encode(),
    "clean.csv": CLEAN.encode(),
    "semicolons-utf-16.csv": PEOPLE.replace(",", ";").encode("utf-16"),
    "windows-1252.csv": PEOPLE.replace("Zoë", "Zoë Ærø").encode("cp1252"),
    "wrong.csv": b"a,b\n1,2\n",
}
TOURS = {
    "people": {
        "imports-none": "I",
        "file": "escape 1 i",
        "map-people": "=people.csv enter",
        "review-people": "ctrl+s",
        "run-people": "ctrl+s",
        "review-again": "escape i =people.csv enter ctrl+s",
    },
    "events": {
        "map-events": "2 i =events.csv enter end",
        "review-events": "ctrl+s down",
        "review-filtered": "slash =time",
        "run-events": "escape ctrl+s",
        "imports": "escape I",
    },
    "odd": {
        "file-wrong": "2 i =wrong.csv enter",
        "map-semicolons": "escape 1 i =semicolons-utf-16.csv enter",
        "map-naming": "down down n =first_name",
        "map-wrong": "=email enter",
        "map-unsure": "b =windows-1252.csv enter",
        "review-clean": "b =clean.csv enter ctrl+s",
        "run-clean": "ctrl+s",
    },
}
"""What is looked at one after the other, and what leads from one to the next; `=` and a text go into the field with the focus."""
PICTURES = {
    "map": "1 i =people.csv enter",
    "review": "2 i =events.csv enter ctrl+s down",
    "run": "1 i =people.csv enter ctrl+s ctrl+s",
}
OTHERS = ("run-under-way", "review-under-way", "imports-asking")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """The files, in the current folder."""
    folder = tmp_path / "files"
    (folder / "archive").mkdir(parents=True)
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    monkeypatch.chdir(folder)


@pytest.fixture
def golden(request):
    """Compare the text of the screen at each size with the one in its file, or write it there."""

    async def compare(pilot, name, tell=lambda: None):
        for size, (width, height) in SIZES.items():
            await pilot.resize_terminal(width, height)
            await settle(pilot)
            tell()
            await settle(pilot)
            path = GOLDENS / f"{name}-{size}.txt"
            text = screen_text(pilot.app) + "\n"
            if request.config.option.update_snapshots:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
            assert text == path.read_text(encoding="utf-8"), f"{name} at {width}x{height}"

    return compare


@pytest.mark.parametrize("tour", TOURS)
def test_tour(demo, golden, tour):
    async def flow(pilot, app):
        for name, script in TOURS[tour].items():
            await play(pilot, script)
            await golden(pilot, name)

    piloted(demo, flow)


def test_under_way(demo, golden):
    async def flow(pilot, app):
        await play(pilot, "1 i =clean.csv enter ctrl+s ctrl+s")
        step = app.screen.query_one(RunStep)
        step.begin()
        progress = ImportProgress("importing", 412_000, 1_000_000, 21_345.6, 27.6)
        await golden(pilot, "run-under-way", lambda: step.tell(progress, stopping=False))
        app.screen._go("review")
        review = app.screen.query_one(ReviewStep)
        review.begin()
        checking = ImportProgress("checking", 23_100_000, 61_000_000, 9_400_000.0, 4.0)
        await golden(pilot, "review-under-way", lambda: review.tell(checking))

    piloted(demo, flow)


def test_asked_at_the_start(demo, golden, monkeypatch):
    monkeypatch.setattr("cio_tui.workspace.import_run.SLICE", 2)

    def die(progress):
        raise KeyError("killed")

    with pytest.raises(KeyError):
        demo.imports.run(demo.imports.inspect(Path("people.csv"), "people"), progress=die)

    async def flow(pilot, app):
        await golden(pilot, "imports-asking")

    piloted(demo, flow)


@pytest.mark.parametrize("step", PICTURES)
def test_picture(demo, snap_compare, step):
    async def before(pilot):
        pilot.app.theme = "cio-dark"
        await play(pilot, PICTURES[step])

    assert snap_compare(Console(demo), terminal_size=SIZES["medium"], run_before=before)


def test_no_golden_is_left_over():
    names = [*(name for tour in TOURS.values() for name in tour), *OTHERS]
    assert {path.stem for path in GOLDENS.iterdir()} == {f"{name}-{size}" for name in names for size in SIZES}
