"""Devices of people (wire.md 1, devices)."""

from collections.abc import Mapping
from typing import Any, Final

from cio_tui.model.activity import DEVICE_CHANGE
from cio_tui.model.commands import AddDevice, RemoveDevice
from cio_tui.model.errors import InputError
from cio_tui.model.instants import check_timestamp
from cio_tui.model.json_values import check_given
from cio_tui.model.receipts import Receipt
from cio_tui.workspace.facts import ProfileChanged
from cio_tui.workspace.removal import existing
from cio_tui.workspace.turn import Turn

PLATFORMS: Final = ("ios", "android")


def add_device(turn: Turn, command: AddDevice) -> Receipt:
    """Add a device, or update the one with the same id."""
    if command.platform not in PLATFORMS:
        raise InputError(f"platform must be ios or android, not {command.platform!r}")
    token = _token(command.device_id)
    if not isinstance(command.attributes, Mapping):
        raise InputError("the device's attributes must be an object")
    attributes = check_given(command.attributes)
    last_used = turn.now if command.last_used is None else check_timestamp(command.last_used)
    person = existing(turn, command.person)
    device: dict[str, Any] = {"id": token, "platform": command.platform, "last_used": last_used}
    if attributes:
        device["attributes"] = attributes
    before = next((known for known in person.devices if known["id"] == token), None)
    if device == before:
        return Receipt("accepted", person.cio_id, notes=("nothing changed",))
    person.devices = [*(known for known in person.devices if known["id"] != token), device]
    turn.save(person)
    change = turn.log(DEVICE_CHANGE, {token: {"from": before or "", "to": device}}, person=person)
    turn.tell(ProfileChanged(person.cio_id, devices=True, cause=change.id))
    return Receipt("accepted", person.cio_id)


def remove_device(turn: Turn, command: RemoveDevice) -> Receipt:
    """Remove a device."""
    token = _token(command.device_id)
    person = existing(turn, command.person)
    before = next((known for known in person.devices if known["id"] == token), None)
    if before is None:
        raise InputError(f"{person.label} has no device {token}")
    person.devices = [known for known in person.devices if known["id"] != token]
    turn.save(person)
    change = turn.log(DEVICE_CHANGE, {token: {"from": before, "to": None}}, person=person)
    turn.tell(ProfileChanged(person.cio_id, devices=True, cause=change.id))
    return Receipt("accepted", person.cio_id)


def _token(device_id: object) -> str:
    text = device_id.strip() if isinstance(device_id, str) else ""
    if not text or not text.isprintable():
        raise InputError(f"device id {device_id!r} must be text that can be printed"[:160])
    return text
