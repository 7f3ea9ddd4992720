"""The table of actions: no two keys in one place, every method there, the page of keys equal to it."""

import importlib
import pkgutil
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import cio_tui.tui
from cio_tui.tui.actions import ACTIONS, CONTEXTS, INSIDE
from cio_tui.tui.keymap import around, clashes, impossible, together
from cio_tui.tui.keys_page import keys_page

ROOT = Path(__file__).parents[2]


def bound():
    """Action id → the classes whose own BINDINGS have it."""
    found: dict[str, set[type]] = {}
    for module in pkgutil.walk_packages(cio_tui.tui.__path__, "cio_tui.tui."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, DOMNode) and value.__module__.startswith("cio_tui."):
                for binding in vars(value).get("BINDINGS", ()):
                    if isinstance(binding, Binding) and binding.id:
                        found.setdefault(binding.id, set()).add(value)
    return found


def test_no_two_actions_share_a_key_where_both_work():
    assert [(key, one.id, other.id) for key, one, other in clashes({})] == []


def test_which_contexts_work_together():
    assert around("list") >= {"inspector", "activity", "view", "console"}
    assert together("activity", "view")
    assert together("list", "console")
    assert not together("activity", "people")
    assert not together("form", "console")
    assert INSIDE.keys() | {outer for outers in INSIDE.values() for outer in outers} <= CONTEXTS.keys()


def test_ids_are_unique_and_contexts_known():
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert {action.context for action in ACTIONS} == set(CONTEXTS)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_key_can_arrive_and_every_method_is_there(action):
    assert [key for key in action.keys.split(",") if impossible(key)] == []
    classes = bound()[action.id]
    method = action.method.partition("(")[0]
    for owner in classes:
        target = cio_tui.tui.app.Console if method.startswith("app.") else owner
        family = [target, *target.__subclasses__()]
        assert any(hasattr(one, f"action_{method.removeprefix('app.')}") for one in family), (owner, method)


def test_the_page_of_keys_is_made_from_the_table():
    assert (ROOT / "docs/keys.md").read_text(encoding="utf-8") == keys_page(), "python -m cio_tui.tui.keys_page"
