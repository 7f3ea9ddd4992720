"""Workspaces to import into; their clock is held at T."""

from collections.abc import Iterator

import pytest

from cio_tui import Workspace

T = 1718000000


@pytest.fixture
def shop() -> Iterator[Workspace]:
    """People 42 (ada@shop.example), `ada` and 43, and `gone`, who is suppressed."""
    with Workspace.in_memory(now=T) as ws:
        ws.identify("42", {"email": "ada@shop.example", "plan": "pro"})
        ws.identify("ada")
        ws.identify("43", {"email": "bo@shop.example"})
        ws.identify("gone")
        ws.suppress("gone")
        yield ws
