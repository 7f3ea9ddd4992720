"""Devices of people."""

import pytest
from worlds import T, activities

from cio_tui import Workspace

DEVICE = {"id": "token", "platform": "ios", "last_used": T}


def devices(ws: Workspace) -> list[dict]:
    return ws.directory.person("42").person.devices


def test_a_device_is_added_updated_and_removed(shop: Workspace) -> None:
    shop.add_device("42", " token ", "ios")
    shop.add_device("42", "other", "android", last_used=T - 5, attributes={"app": "1.2"})
    assert devices(shop) == [DEVICE, {"id": "other", "platform": "android", "last_used": T - 5, "attributes": {"app": "1.2"}}]
    shop.add_device("42", "token", "android")
    assert devices(shop)[-1] == {**DEVICE, "platform": "android"}
    shop.remove_device("42", "token")
    assert [device["id"] for device in devices(shop)] == ["other"]
    changes = [activity.data["token"] for activity in activities(shop, "device_change") if "token" in activity.data]
    assert [change["from"] and change["from"]["platform"] for change in changes] == ["", "ios", "android"]
    assert changes[-1]["to"] is None


def test_the_same_device_again_changes_nothing(shop: Workspace) -> None:
    shop.add_device("42", "token", "ios")
    before = shop.digest()
    assert shop.add_device("42", "token", "ios").notes == ("nothing changed",)
    assert shop.digest() == before


@pytest.mark.parametrize(
    "arguments",
    [("nobody", "token", "ios"), ("42", "token", "web"), ("42", "", "ios"), ("42", "a\nb", "ios"), ("42", None, "ios")],
    ids=str,
)
def test_what_is_no_device_is_refused(shop: Workspace, arguments: tuple) -> None:
    before = shop.digest()
    assert not shop.add_device(*arguments).ok
    assert not shop.add_device("42", "token", "ios", last_used=T * 1000).ok
    assert not shop.add_device("42", "token", "ios", attributes=["a"]).ok  # type: ignore[arg-type]
    assert not shop.add_device("42", "token", "ios", attributes={"a": float("nan")}).ok
    assert not shop.remove_device("42", "unknown").ok
    assert shop.digest() == before
