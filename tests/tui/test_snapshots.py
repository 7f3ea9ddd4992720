"""How the console looks, at a frozen clock and size: pictures of what is to look right, plain text of all else.

`pytest -n 0 --snapshot-update tests/tui/test_snapshots.py` draws and writes them anew. Two of the pictures stand in the README.
"""

from pathlib import Path

import pytest
import textual
from textual.widgets import Input, TextArea

from cio_tui.tui.app import Console
from cio_tui.tui.building import form
from cio_tui.workspace import Workspace
from tests.tui.conftest import piloted, screen_text, settle

pytestmark = pytest.mark.skipif(
    not textual.__version__.startswith("8.2."), reason=f"the pictures are Textual 8.2's, this is {textual.__version__}"
)

GOLDENS = Path(__file__).parent / "goldens"
NOW = 1_718_000_000
SIZES = {"narrow": (80, 24), "medium": (100, 30), "wide": (140, 40)}
VIEWS = {"people": "1", "activity": "2", "index": "3", "anonymous": "4", "segments": "5", "messages": "6"}
REFUSED = "s =$order tab tab =soonish tab tab ={ f5"
CHANGED = 'down down r ={"total":215,"items":[{"type":"monitor","price":"200"}],"recipient":"qa@shop.example"}'
AT_RISK = "5 end up"
WHY = f"{AT_RISK} w =bea. enter down"
BUILDING = "5 n =Buyers tab tab tab tab a =event enter =order_placed enter enter =2 down enter enter"
COMPARING = "5 end up up e right right right enter =3 down enter escape"
BROKEN = r"5 n f3 =name:␣Pros\nconditions:\n␣␣-␣attribute:␣plan\n␣␣␣␣is␣like:␣pro\n"
WHY_BESIDE = f"{AT_RISK} e p =bea. enter escape down"
RECEIPT = "6 down"
EDITING = f"{RECEIPT} e"
COVERED = f"{RECEIPT} enter }} }} }}"
DIFFERENT = f"{RECEIPT} enter }} }} }} }} }} end enter"
DIALOGS = {
    "send": "s",
    "send-refused": REFUSED,
    "resend": CHANGED,
    "add-person": "1 n =zoe@new.example tab =plan tab =pro tab =seats tab =3",
    "edit-person": "1 e",
    "merge": "1 m =bo enter",
    "delete": "1 d",
    "clock": "ctrl+t =3d",
    "copy": "down down y",
    "columns": "c",
    "export": "x",
    "help": "f1",
    "palette": "ctrl+p",
    "jump": "ctrl+o",
    "what-if": "4 v =bo enter",
    "identify-as": "4 m =bo enter",
}
"""What opens each dialog and fills it in. A step is a key; after `=` comes what is put into the field that has the focus."""
PICTURES = {
    **DIALOGS,
    "effects": "/ =type:anon_merge enter enter ] ]",
    "attributes": "3 t down down down down down",
    "filter-error": "/ =is:nonsense",
    "toast": "down y 1",
    "segment-why": WHY,
    "builder": BUILDING,
    "builder-comparing": COMPARING,
    "builder-why": WHY_BESIDE,
    "message-coverage": COVERED,
    "message-editor": EDITING,
    "message-different": DIFFERENT,
}
MODES = {"light": "cio-light", "without-colour": "cio-dark"}
TEXTS = {
    "people-activity": "1 down enter ]",
    "people-anonymous": "1 / =piet enter enter ] ] ]",
    "people-no-anonymous": "1 enter ] ] ]",
    "people-segments": "1 / =henk enter enter ] ] o",
    "people-devices": "1 / =ada enter enter ] ] ] ]",
    "people-history": "1 down enter enter",
    "activity-raw": "down down enter ] ] ]",
    "activity-failed": "/ =is:failed enter",
    "activity-anonymous": "w w",
    "activity-nothing-linked": "down down enter ] ]",
    "activity-beyond": "b end",
    "index-recent": "3 down down enter ]",
    "index-attributes": "3 t",
    "anonymous-claimed": "4 / =is:claimed enter",
    "anonymous-what-if": "4 v =bo enter escape",
    "segment-why-nobody": "5 w",
    "segment-movements": "5 home enter ] ]",
    "segment-definition": f"{AT_RISK} enter [ [",
    "segment-uses": f"{AT_RISK} enter [",
    "segment-by-hand": "5 home w =ada@ enter",
    "builder-empty": "5 n",
    "builder-cell": "5 n =Buyers tab tab tab tab a =event enter =ord",
    "builder-by-hand": "5 home e",
    "builder-yaml": f"{AT_RISK} e f3",
    "builder-yaml-wrong": BROKEN,
    "activity-liquid": "/ =name:order_placed enter enter ]",
    "message-failed": f"{RECEIPT} enter [",
    "message-source": f"{RECEIPT} enter v",
    "message-problems": f"{RECEIPT} enter [ }}",
    "message-events": f"{RECEIPT} enter }} }}",
    "message-usage": f"{RECEIPT} enter }} }} }} }}",
    "message-versions": f"{RECEIPT} enter }} }} }} }} }}",
    "message-new": "6 n",
    "message-own-event": f"{EDITING} f3 shift+tab right",
    "message-completing": f"{EDITING} =Hi␣{{{{␣ end e v e n t .",
    "message-tried": f"{EDITING} f5",
    "send-message": "/ =name:order_placed enter r f6",
    "snippets": "6 t",
    "snippet-editor": "6 t e",
    "filter-off": "/ =name:order* enter \\",
    "filter-no-hits": "/ =name:zzz enter",
    "marked": "space down space down",
    "only-marked": "space down down space M",
    "only-marked-none": "M",
    "send-anonymous": "4 s",
    "send-hits": "s shift+tab =bo",
    "resend-duplicate": "down down r shift+tab =01J00C62100000026EB0P05YWQ",
    "suppress": "1 S",
    "merge-choosing": "1 m",
    "clock-wrong": "ctrl+t =yesterday-ish",
    "columns-none": "c space down space down space down space down space",
    "notifications": "y 1 f2",
    "notifications-none": "f2",
    "help-searched": "f1 =mark",
}
WIDE = ("send-refused", "resend", "merge", "builder-comparing", "message-coverage", "message-editor", "message-different")
NARROW = {f"{view}-reading": f"{digit} down enter" for view, digit in VIEWS.items()} | {
    name: script
    for name, script in DIALOGS.items()
    if name not in ("columns", "delete", "identify-as", "jump", "palette", "help")
}
NARROW |= {"segment-why": WHY, "builder-why": WHY_BESIDE, "message-editor": EDITING, "message-editor-preview": f"{EDITING} f3"}
NARROW |= {"message-coverage": COVERED, "message-different": DIFFERENT}
EMPTY = {**VIEWS, "attributes": "3 t", "snippets": "6 t"}


async def play(pilot, script):
    """Press keys, and fill in fields."""
    await settle(pilot)
    for step in script.split():
        field = pilot.app.screen.focused
        if step[0] != "=":
            await pilot.press(step)
        elif isinstance(field, TextArea):
            field.text = step[1:].replace("␣", " ").replace("\\n", "\n")
        else:
            assert isinstance(field, Input), f"{step} does not go into {field}"
            field.value = step[1:]
            field.cursor_position = len(field.value)
        await settle(pilot)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """The builder asks without waiting for more typing."""
    monkeypatch.setattr(form, "PAUSE", 0.01)


@pytest.fixture
def picture(demo, snap_compare):
    """Whether the picture after a script is as it was."""

    def compare(script, size="medium", theme="cio-dark"):
        async def before(pilot):
            pilot.app.theme = theme
            await play(pilot, script)

        return snap_compare(Console(demo), terminal_size=SIZES[size], run_before=before)

    return compare


@pytest.fixture
def golden(request):
    """Compare the text of the screen after a script with the one in the test's file, or write it there."""

    def compare(workspace, script, size="medium"):
        async def flow(pilot, app):
            await play(pilot, script)
            path = GOLDENS / f"{request.node.name.removeprefix('test_').replace('[', '-').rstrip(']')}.txt"
            text = screen_text(app) + "\n"
            if request.config.option.update_snapshots:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
            assert text == path.read_text(encoding="utf-8")

        piloted(workspace, flow, SIZES[size])

    return compare


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("view", VIEWS)
def test_view(picture, view, width):
    assert picture(f"{VIEWS[view]} down down", width)


@pytest.mark.parametrize("name", PICTURES)
def test_dialog(picture, name):
    assert picture(PICTURES[name])


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("script", ["down down", REFUSED, WHY_BESIDE, EDITING], ids=["log", "send", "builder", "editor"])
def test_mode(picture, monkeypatch, mode, script):
    if mode == "without-colour":
        monkeypatch.setenv("NO_COLOR", "1")
    assert picture(script, theme=MODES[mode])


@pytest.mark.parametrize("name", TEXTS)
def test_text(demo, golden, name):
    golden(demo, TEXTS[name])


@pytest.mark.parametrize("name", NARROW)
def test_narrow(demo, golden, name):
    golden(demo, NARROW[name], "narrow")


@pytest.mark.parametrize("name", WIDE)
def test_wide(demo, golden, name):
    golden(demo, PICTURES[name], "wide")


@pytest.mark.parametrize("name", EMPTY)
def test_empty(golden, name):
    with Workspace.in_memory(now=NOW) as workspace:
        golden(workspace, EMPTY[name])


def test_no_golden_is_left_over():
    names = {"text": TEXTS, "narrow": NARROW, "wide": WIDE, "empty": EMPTY}
    assert {path.stem for path in GOLDENS.iterdir()} == {f"{kind}-{name}" for kind, each in names.items() for name in each}
