"""One number for the people of a workspace and their events, so that two workspaces can be compared by what they hold.

It covers each person's id, email and attributes, and of each event of theirs its type, name, person, timestamp and data. It
leaves out what a workspace gives by itself: cio_ids and activity ids, when things arrived, the log of changes.
"""

import hashlib
from collections import Counter
from typing import Any, Final

import orjson

from cio_tui.exports.flat import EVENT, PERSON, flat
from cio_tui.model.activity import EVENT_TYPES
from cio_tui.store import Database

_BYTES: Final = 16


def content_digest(database: Database, *, as_text: bool = False) -> str:
    """Equal digests, equal people and events, whatever their order. `as_text` compares values as a CSV carries them."""
    people, events, owners = _Sum(), _Sum(), {}
    with database.storage.snapshot():
        for person in database.documents("people"):
            known = owners[person["cio_id"]] = [person.get("id"), person.get("email")]
            attributes = person["attributes"]
            people.add([known, flat(attributes, PERSON, Counter()) if as_text else attributes])
        for event in database.documents("activity"):
            owner = owners.get(event.get("person", ""))
            if owner is not None and event["type"] in EVENT_TYPES:
                data = flat(event["data"], EVENT, Counter()) if as_text else event["data"]
                events.add([event["type"], event["name"], owner, event["timestamp"], data])
    return people.text() + events.text()


class _Sum:
    """A hash of many records that does not depend on their order: the sum of theirs."""

    def __init__(self) -> None:
        self._total = 0

    def add(self, record: Any) -> None:
        text = orjson.dumps(record, option=orjson.OPT_SORT_KEYS)
        self._total += int.from_bytes(hashlib.blake2b(text, digest_size=_BYTES).digest())

    def text(self) -> str:
        return f"{self._total % 2 ** (8 * _BYTES):0{2 * _BYTES}x}"
