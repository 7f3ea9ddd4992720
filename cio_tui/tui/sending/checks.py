"""What can be said of an event before it is sent. Where the engine would note the same, the words are the engine's."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from cio_tui.model.instants import format_duration, format_instant
from cio_tui.model.json_values import size
from cio_tui.model.limits import (
    CAMPAIGN_WINDOW,
    EVENT_DATA_BYTES,
    EVENT_NAME_BYTES,
    LOG_WINDOW,
    RESERVED_DATA_KEYS,
)
from cio_tui.tui.sending.reading import Problem, Sending
from cio_tui.workspace import Workspace
from cio_tui.workspace.data_index import properties
from cio_tui.workspace.index_reader import EventRow, PropertyRow, near_duplicates
from cio_tui.workspace.tracking import data_problems, name_problems, normal_name

Mark = Literal["✓", "!", "×"]
NAMED_AT_MOST: Final = 4
"""More paths or names than this are counted, not named."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line: fine, worth knowing, or refused."""

    mark: Mark
    text: str


def check_problems(problems: Iterable[Problem]) -> list[Check]:
    """What keeps the form from being read."""
    return [Check("×", f"{problem.text}{at(problem)}") for problem in problems]


def at(problem: Problem) -> str:
    """Where in the data a problem is; nothing when that is not known."""
    return f" (line {problem.line}, column {problem.column})" if problem.line else ""


def check(workspace: Workspace, sending: Sending, events: Sequence[EventRow]) -> list[Check]:
    """Every check, field by field. `events` is the data index."""
    now = workspace.now()
    found = [*check_name(sending.name, sending.type, events)]
    found += check_timestamp(now if sending.timestamp is None else sending.timestamp, now)
    if sending.id is not None:
        found += check_id(workspace, sending.id)
    found += check_data(sending.data)
    name = sending.name.strip()
    known = any((row.name, row.type) == (name, sending.type) for row in events)
    if known:
        found += check_properties(sending.data, workspace.index.properties(name, sending.type))
    return found


def check_name(name: str, event_type: str, events: Sequence[EventRow]) -> Iterator[Check]:
    """Spaces, length, whether it ever came, and names that look alike."""
    trimmed, notes = normal_name(name)
    yield from (Check("!", note) for note in notes)
    wrong = name_problems(trimmed)
    if wrong:
        yield from (Check("×", text) for text in wrong)
        return
    length = len(trimmed.encode())
    row = next((row for row in events if (row.name, row.type) == (trimmed, event_type)), None)
    if row is not None:
        yield Check("✓", f"name: {length} of {EVENT_NAME_BYTES} bytes, received {_times(row.count)}")
        near: Sequence[str] = row.near
    else:
        others = sorted({other.type for other in events if other.name == trimmed})
        known_as = f"; it is known as {', '.join(others)}" if others else ""
        yield Check("!", f"first time: no {event_type} of this name was ever received{known_as}")
        near = near_names(trimmed, {other.name for other in events})
    if near:
        yield Check("!", f"almost the same name as {_listed(near)}")


def near_names(name: str, known: Iterable[str]) -> list[str]:
    """Names of the index that look like this one spelt otherwise."""
    return sorted(other for other in known if other != name and name in near_duplicates([name, other]))


def check_timestamp(timestamp: int, now: int) -> Iterator[Check]:
    """How old it is, and what that prevents (E6, E7)."""
    age = now - timestamp
    if age < 0:
        yield Check("!", f"the timestamp is {format_duration(-age)} ahead: time frames count it when its time comes")
    elif age > LOG_WINDOW:
        days = "the product's log hides it, segments count it, no campaign starts"
        yield Check("!", f"the timestamp is {format_duration(age)} old: {days}")
    elif age > CAMPAIGN_WINDOW:
        yield Check("!", f"the timestamp is {format_duration(age)} old: no campaign starts after 72 h")
    else:
        yield Check("✓", f"timestamp: {format_duration(age)} old" if age else "timestamp: now")


def check_id(workspace: Workspace, given: str) -> Iterator[Check]:
    """Whether the id came before (E3)."""
    known = workspace.log.find(given)
    if known is None:
        yield Check("✓", "id: a ULID that is not in the log")
    else:
        arrived = format_instant(known.activity.received_at)
        yield Check("!", f"the id was received before, {arrived}: this one is dropped as a duplicate")


def check_data(data: Mapping[str, Any]) -> Iterator[Check]:
    """Size, and keys that override a message's headers (E5; domain.md 1.4)."""
    wrong = data_problems(data)
    if wrong:
        yield from (Check("×", text) for text in wrong)
    else:
        count = len(data)
        yield Check("✓", f"data: {size(data):,} of {EVENT_DATA_BYTES:,} bytes, {count} propert{'y' if count == 1 else 'ies'}")
    for key, header in RESERVED_DATA_KEYS.items():
        if key in data:
            yield Check("!", f"{key} replaces {header} in emails that this event triggers")


def check_properties(data: Mapping[str, Any], seen: Sequence[PropertyRow]) -> Iterator[Check]:
    """Drift: kinds of values that a path never had, paths that never came, and paths that always came and are missing now."""
    kinds: dict[str, dict[str, int]] = {}
    for row in seen:
        kinds.setdefault(row.path, {})[row.kind] = row.count
    here: dict[str, list[str]] = {}
    for path, kind, _ in properties(dict(data)):
        here.setdefault(path, []).append(kind)
    for path, found in here.items():
        before = {kind: count for kind, count in kinds.get(path, {}).items() if kind != "null"}
        for kind in found:
            if before and kind != "null" and kind not in before:
                usual = ", ".join(f"{known} ({_times(count)})" for known, count in before.items())
                yield Check("!", f"{path} is {_a(kind)} here; so far {usual}")
    fresh = [path for path in here if path not in kinds]
    if fresh:
        yield Check("!", f"new for this event: {_listed(fresh)}")
    always = {row.path for row in seen if row.share == 1.0 and "[]" not in row.path}
    missing = sorted(always - here.keys())
    if missing:
        yield Check("!", f"always came so far, missing here: {_listed(missing)}")


def _a(kind: str) -> str:
    return kind if kind == "null" else f"{'an' if kind[0] in 'ao' else 'a'} {kind}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - NAMED_AT_MOST
    return ", ".join(names[:NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
