"""Imports run downwards only, also those that a static graph cannot see (design.md 2)."""

import json
import tomllib

import pytest
from worlds import ROOT, start

LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]["layers"]
ROOMS = [[room.strip() for room in layer.split("|")] for layer in LAYERS]
LOAD = """
import importlib, json, pkgutil, sys
room = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
    importlib.import_module(module.name)
print(json.dumps(sorted(sys.modules)))
"""


def loaded(room: str) -> list[str]:
    """All modules that are there once every module of a room was imported."""
    child = start(LOAD, room)
    printed, complaints = child.communicate(timeout=60)
    assert child.returncode == 0, complaints
    return json.loads(printed)


@pytest.mark.parametrize("depth", range(1, len(ROOMS)), ids=[" ".join(rooms) for rooms in ROOMS[1:]])
def test_no_room_loads_one_above_it(depth: int) -> None:
    """Only the command line may load click and rich, and only the console textual."""
    for room in ROOMS[depth]:
        drawing = set() if room == "cio_tui.tui" else {"textual", "rich"}
        above = {name for rooms in ROOMS[:depth] for name in rooms} | set(ROOMS[depth]) - {room} | {"click"} | drawing
        found = [module for module in loaded(room) if any(module == name or module.startswith(f"{name}.") for name in above)]
        assert found == []


def test_the_package_itself_loads_almost_nothing() -> None:
    child = start("import sys, cio_tui; print(*(name for name in sys.modules if name.startswith(('cio_tui', 'apsw', 'tinydb'))))")
    printed, complaints = child.communicate(timeout=60)
    assert (printed.split(), complaints) == (["cio_tui.version", "cio_tui"], "")
