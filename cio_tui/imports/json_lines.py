"""People and events as JSON lines: what an export writes, read back with all its kinds and nesting.

A line is an object. A person's has `id` or `email`, and `attributes`; an event's has `name`, `timestamp`, `data`, `type`, its
own `id`, and its person as `customer_identifiers` or `customer_id`. What else an export tells of them is passed over.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from cio_tui.imports.csv_rows import Problem, Row
from cio_tui.model.activity import EVENT_TYPES
from cio_tui.model.commands import Command, Identify, Track
from cio_tui.model.errors import InputError
from cio_tui.model.instants import check_timestamp
from cio_tui.model.json_values import kind_of, parse_object
from cio_tui.model.people import KINDS, Identifier

_PERSON: Final = frozenset({"id", "email", "cio_id", "attributes", "added_at", "events", "last_event", "devices"})
_EVENT: Final = frozenset({"id", "type", "name", "timestamp", "customer_id", "customer_identifiers", "data"})
_TOLD: Final = frozenset({"processed_at", "anonymous_id", "cause", "merged_by", "duplicates", "hidden"})
"""What the log tells of an event, and an import passes over."""


class _Wrong(Exception):
    """A line that cannot be taken: which key, and why."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(problem)
        self.key = key


def is_json_lines(path: Path) -> bool:
    """Whether a file is called so, or begins as JSON lines do: no header of a CSV begins with a brace."""
    if path.suffix in (".jsonl", ".ndjson"):
        return True
    try:
        with path.open("rb") as file:
            return file.read(256).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    except OSError:
        return False


def read_people_lines(path: Path) -> Iterator[Row]:
    """An `Identify` for each line, or its problem. Raises InputError for a file that cannot be read."""
    return _rows(path, _person)


def read_event_lines(path: Path) -> Iterator[Row]:
    """A `Track` for each line, or its problem. Raises InputError for a file that cannot be read."""
    return _rows(path, _event)


def _rows(path: Path, command: Callable[[dict[str, Any]], Command]) -> Iterator[Row]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    yield Row(number, command(parse_object(line, "the line")))
                except _Wrong as error:
                    yield Row(number, problem=Problem(number, error.key, str(error)))
                except InputError as error:
                    yield Row(number, problem=Problem(number, "", str(error)))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None


def _person(line: dict[str, Any]) -> Command:
    _only(_PERSON, line)
    given = {kind: line[kind] for kind in ("id", "email") if line.get(kind) not in (None, "")}
    if not given:
        raise _Wrong("id", "the line says nobody: there is neither id nor email")
    return Identify(_reference(given), {**given, **_object(line, "attributes")})


def _event(line: dict[str, Any]) -> Command:
    _only(_EVENT | _TOLD, line)
    if line.get("type", "event") not in EVENT_TYPES:
        raise _Wrong("type", f"{line['type']!r} is not an event, page or screen"[:120])
    return Track(
        _text(line, "name") or "",
        person=_owner(line),
        data=_object(line, "data"),
        type=line.get("type", "event"),
        timestamp=_timestamp(line),
        id=_text(line, "id"),
        quiet=True,
    )


def _only(known: frozenset[str], line: dict[str, Any]) -> None:
    unknown = next((key for key in line if key not in known), None)
    if unknown is not None:
        raise _Wrong(unknown, f"a line has no key {unknown!r}; it has {', '.join(sorted(known))}"[:300])


def _owner(line: dict[str, Any]) -> dict[str, str]:
    identifiers = _object(line, "customer_identifiers") or {"id": line.get("customer_id")}
    given: dict[str, Any] = {kind: identifiers[kind] for kind in KINDS if identifiers.get(kind) not in (None, "")}
    if not given:
        raise _Wrong("customer_identifiers", "the line says nobody: only events of people are imported")
    return _reference(given)


def _reference(given: dict[str, Any]) -> dict[str, str]:
    kind, value = next(iter(given.items()))
    try:
        return {kind: Identifier.of({kind: value}).value}
    except InputError as error:
        raise _Wrong(kind, str(error)) from None


def _object(line: dict[str, Any], key: str) -> dict[str, Any]:
    value = line.get(key)
    if value is not None and not isinstance(value, dict):
        raise _Wrong(key, f"{key} must be an object, not {kind_of(value)}")
    return value or {}


def _text(line: dict[str, Any], key: str) -> str | None:
    value = line.get(key)
    if value is not None and not isinstance(value, str):
        raise _Wrong(key, f"{key} must be text, not {kind_of(value)}")
    return value


def _timestamp(line: dict[str, Any]) -> int | None:
    value = line.get("timestamp")
    try:
        return None if value is None else check_timestamp(value)
    except InputError as error:
        raise _Wrong("timestamp", str(error)) from None
