"""The same commands from the same seed give the same bytes, and nothing in the program can make it otherwise (design.md 4)."""

import ast
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from worlds import DAY, ROOT, T, patient, run, scripts

from cio_tui import Workspace
from cio_tui.model.commands import Command
from cio_tui.store.exchange import export_json
from cio_tui.workspace.demo import build_demo

PACKAGE = ROOT / "cio_tui"
ALLOWED = ("workspace/clock.py", "workspace/ids.py")
UNCERTAIN = {
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.monotonic_ns",
    "time.perf_counter",
    "time.perf_counter_ns",
    "time.localtime",
    "time.gmtime",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "os.urandom",
    "os.getrandom",
}
UNCERTAIN_MODULES = ("random", "secrets", "uuid")


def exported(ws: Workspace) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.json"
        export_json(ws.database, path)
        return path.read_bytes()


def bytes_of(script: list[Command], seed: int = 7) -> bytes:
    with Workspace.in_memory(now=T, seed=seed) as ws:
        run(ws, script)
        return exported(ws)


@patient
@given(scripts)
def test_the_same_commands_give_the_same_bytes(script: list[Command]) -> None:
    assert bytes_of(script) == bytes_of(script)


def test_in_a_file_as_in_memory(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "shop.cio", now=T, seed=7, durable=False) as ws:
        ws.track("seen", anonymous_id="a")
        ws.identify("1", {"anonymous_id": "a"})
        in_file = exported(ws)
    with Workspace.in_memory(now=T, seed=7) as ws:
        ws.track("seen", anonymous_id="a")
        ws.identify("1", {"anonymous_id": "a"})
        assert exported(ws) == in_file


def test_another_seed_makes_other_ids() -> None:
    ids = []
    for seed in (1, 2):
        with Workspace.in_memory(now=T, seed=seed) as ws:
            ids.append((ws.identify("1").id, ws.track("x", person="1").id))
    assert not set(ids[0]) & set(ids[1])


def test_a_workspace_without_a_seed_gets_one_of_its_own(tmp_path: Path) -> None:
    seeds = set()
    for name in ("a", "b"):
        with Workspace.open(tmp_path / name, now=T, durable=False) as ws:
            seeds.add(ws.settings().seed)
    assert len(seeds) == 2


def test_ids_sort_in_the_order_they_were_made(ws: Workspace) -> None:
    made = []
    for number in range(40):
        made.append(ws.track("x", anonymous_id="a").id)
        ws.advance(number % 3)
    assert made == sorted(made)  # type: ignore[type-var]


def test_the_demo_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    with build_demo(tmp_path / "demo.cio") as in_file, build_demo(None) as in_memory:
        assert exported(in_file) == exported(in_memory)
        assert in_file.check() == []
        assert in_file.now() == T
        assert in_file.history.reach() == (0, 0)
        in_file.advance(31 * DAY)
        assert in_file.check() == []


def uncertain(source: str) -> Iterator[str]:
    """Every use of the wall clock or of randomness in a module, with its line."""
    known: dict[str, str] = {}
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known.update(
                {
                    one.asname or one.name.partition(".")[0]: one.name if one.asname else one.name.partition(".")[0]
                    for one in node.names
                }
            )
        elif isinstance(node, ast.ImportFrom):
            known.update({one.asname or one.name: f"{node.module}.{one.name}" for one in node.names})
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)):
            name = dotted(node, known)
            if name in UNCERTAIN or name.partition(".")[0] in UNCERTAIN_MODULES:
                yield f"line {node.lineno}: {name}"
        elif isinstance(node, ast.Call) and dotted(node.func, known) == "ulid.ULID" and not node.args:
            yield f"line {node.lineno}: ULID()"


def dotted(node: ast.expr, known: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value, known)}.{node.attr}"
    return ""


@pytest.mark.parametrize(
    "source",
    [
        "import time\nx = time.time()",
        "from time import monotonic as m\nx = m",
        "import datetime as d\nx = d.datetime.now(d.UTC)",
        "from datetime import datetime\nx = datetime.utcnow()",
        "from datetime import date\nx = date.today()",
        "def f():\n    import random\n    return random.Random()",
        "from secrets import randbits\nx = randbits(8)",
        "import uuid\nx = uuid.uuid4()",
        "import os\nx = os.urandom(8)",
        "from ulid import ULID\nx = ULID()",
    ],
)
def test_the_search_finds(source: str) -> None:
    assert list(uncertain(source))


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.sleep(1)",
        "from datetime import datetime\ndatetime.fromtimestamp(1)",
        "from ulid import ULID\nULID(b'')",
    ],
)
def test_the_search_lets_pass(source: str) -> None:
    assert not list(uncertain(source))


def test_only_the_clock_and_the_ids_are_uncertain() -> None:
    found = {str(path.relative_to(PACKAGE)): list(uncertain(path.read_text(encoding="utf-8"))) for path in PACKAGE.rglob("*.py")}
    assert {name: lines for name, lines in found.items() if lines and name not in ALLOWED} == {}
    assert all(found[name] for name in ALLOWED)
