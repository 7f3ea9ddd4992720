"""What a copy changes, path by path."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cio_tui.model.instants import format_instant
from cio_tui.model.json_values import dumps
from cio_tui.model.paths import Step, spell
from cio_tui.model.people import called
from cio_tui.tui.sending.reading import Sending
from cio_tui.workspace.wording import owner


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, in words."""

    what: str
    old: str
    new: str


def changes(sending: Sending) -> list[Change]:
    """What differs from the original: the data by path, then everything else; id and time always."""
    if sending.original is None:
        return []
    one = sending.original.activity
    before = one.data if one.is_event else one.data.get("data", {})
    found = list(data_changes(before, sending.data))
    if sending.name != (one.name or ""):
        found.insert(0, Change("name", one.name or "", sending.name))
    if one.is_event and sending.type != one.type:
        found.insert(0, Change("type", one.type, sending.type))
    found += _owner_change(sending)
    new_id = "new" if sending.id is None else "the same: dropped as a duplicate" if sending.id == one.id else sending.id
    when = "now" if sending.timestamp is None else format_instant(sending.timestamp)
    return [*found, Change("timestamp", format_instant(one.timestamp), when), Change("id", one.id, new_id)]


def _owner_change(sending: Sending) -> list[Change]:
    assert sending.original is not None  # noqa: S101  # the caller has looked
    one = sending.original.activity
    if not one.is_event or sending.person == {"cio_id": one.person}:
        return []
    if sending.person is None and one.person is None and sending.anonymous_id == one.anonymous_id and sending.invite is None:
        return []
    new = called(sending.person) if sending.person is not None else sending.anonymous_id or sending.invite or "nobody"
    return [Change("whose", owner(sending.original) or "nobody", new)]


def data_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """Every path whose value is another one, came, or went. Objects and arrays are looked into while both sides have them."""
    return _compared(before, after, ())


def _compared(before: Any, after: Any, steps: tuple[Step, ...]) -> Iterator[Change]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in {**before, **after}:
            yield from _pair(before, after, key, (*steps, key))
    elif isinstance(before, list) and isinstance(after, list):
        old, new = dict(enumerate(before)), dict(enumerate(after))
        for place in {**old, **new}:
            yield from _pair(old, new, place, (*steps, place))
    elif dumps(before) != dumps(after):
        yield Change(spell(steps), dumps(before), dumps(after))


def _pair(before: Mapping[Any, Any], after: Mapping[Any, Any], key: Any, steps: tuple[Step, ...]) -> Iterator[Change]:
    if key not in after:
        yield Change(spell(steps), dumps(before[key]), "gone")
    elif key not in before:
        yield Change(spell(steps), "new", dumps(after[key]))
    else:
        yield from _compared(before[key], after[key], steps)
