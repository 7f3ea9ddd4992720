"""Workspaces to test with; all have their clock held at T."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from worlds import T

from cio_tui import Workspace


@pytest.fixture
def ws() -> Iterator[Workspace]:
    """An empty workspace in memory."""
    with Workspace.in_memory(now=T) as workspace:
        yield workspace


@pytest.fixture
def shop(ws: Workspace) -> Workspace:
    """A workspace in memory with Ada (42) and Bo (43)."""
    ws.identify("42", {"email": "ada@shop.example", "first_name": "Ada", "plan": "Pro", "score": 9})
    ws.identify("43", {"email": "bo@shop.example", "plan": "basic", "score": 10})
    return ws


@pytest.fixture
def fresh() -> Iterator[Callable[..., Workspace]]:
    """Makes further workspaces in memory, all closed at the end."""
    with ExitStack() as stack:
        yield lambda **arguments: stack.enter_context(Workspace.in_memory(**{"now": T, **arguments}))
