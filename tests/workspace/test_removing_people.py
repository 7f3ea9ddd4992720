"""Deleting, suppressing and unsuppressing people (domain.md 3.1)."""

import pytest

from cio_tui import Workspace
from cio_tui.model.errors import UnknownPerson


def test_delete_frees_the_identifiers_and_keeps_the_activity(shop: Workspace) -> None:
    shop.track("order", person="42")
    old = shop.directory.person("42").person.cio_id
    shop.delete("42")
    with pytest.raises(UnknownPerson):
        shop.directory.person("42")
    assert [entry.identifiers["id"] for entry in shop.log.page("name:order").entries] == ["42"]  # type: ignore[index]
    shop.identify("42")
    new = shop.directory.person("42").person
    assert (new.cio_id != old, new.attributes) == (True, {})
    assert shop.directory.person("42").events == 0
    assert shop.check() == []


def test_suppress_blocks_all_identifiers_and_unsuppress_frees_them(shop: Workspace) -> None:
    assert shop.suppress("42").ok
    for reference in ("42", "ADA@shop.example"):
        assert "is suppressed" in shop.identify(reference, {"a": 1}).reasons[0]
        assert "is suppressed" in shop.track("x", person=reference).reasons[0]
        with pytest.raises(UnknownPerson, match="suppressed"):
            shop.directory.person(reference)
    assert not shop.identify("7", {"email": "ada@shop.example"}).ok
    assert "already" in shop.suppress("42").notes[0]
    assert shop.unsuppress("ada@shop.example").ok
    assert not shop.unsuppress("42").ok
    shop.identify("42")
    assert shop.directory.person("42").person.attributes == {}
    assert shop.directory.person("42").events == 0


def test_an_identifier_that_nobody_has_can_be_blocked(ws: Workspace) -> None:
    ws.suppress("new@shop.example")
    assert not ws.identify("1", {"email": "New@shop.example"}).ok
    ws.unsuppress("NEW@shop.example")
    assert ws.identify("1", {"email": "New@shop.example"}).ok
