"""People and events as JSON lines: what an export writes, read back with all its kinds and nesting.

A line is an object. A person's has `id` or `email`, and `attributes`; an event's has `name`, `timestamp`, `data`, `type`, its
own `id`, and its person as `customer_identifiers` or `customer_id`. What else an export tells of them is passed over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from cio_tui.imports.columns import Column
from cio_tui.imports.csv_rows import CELL, REASON
from cio_tui.imports.decoding import carried, text_reader
from cio_tui.imports.dialect import Dialect
from cio_tui.imports.options import FileIdentifier, ImportKind, Options
from cio_tui.imports.problems import RowRefused
from cio_tui.imports.scan import Scan, Step, scan
from cio_tui.model.activity import EVENT_TYPES
from cio_tui.model.commands import Identify, Track
from cio_tui.model.errors import InputError
from cio_tui.model.instants import check_timestamp
from cio_tui.model.json_values import kind_of, parse_object
from cio_tui.model.people import KINDS, Identifier, Reference

_PERSON: Final = frozenset({"id", "email", "cio_id", "attributes", "added_at", "events", "last_event", "devices"})
_EVENT: Final = frozenset({"id", "type", "name", "timestamp", "customer_id", "customer_identifiers", "data"})
_TOLD: Final = frozenset({"processed_at", "anonymous_id", "cause", "merged_by", "duplicates", "hidden"})
"""What the log tells of an event, and an import passes over."""
_STEP_ROWS: Final = 2_000


def is_json_lines(path: Path) -> bool:
    """Whether a file is called so, or begins as JSON lines do: no header of a CSV begins with a brace."""
    if path.suffix in (".jsonl", ".ndjson"):
        return True
    try:
        with path.open("rb") as file:
            return file.read(256).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class LinesFile:
    """A file of JSON lines that can be read."""

    path: Path
    scan: Scan
    dialect: Dialect

    def rows(self, step: Step = lambda _done, _of: None) -> Iterator[tuple[int, list[str]]]:
        """The number and the text of each line that is not blank; a longer one than any event is cut. Raises InputError."""
        try:
            with self.path.open("rb") as binary:
                text = text_reader(binary, self.dialect.encoding.name)
                number, size = 0, self.scan.size
                while line := text.readline(CELL + 1):
                    number += 1
                    whole = line
                    while len(whole) > CELL and not whole.endswith("\n") and (whole := text.readline(CELL + 1)):
                        pass
                    if not line.isspace():
                        yield number, [line.strip()]
                    if number % _STEP_ROWS == 0:
                        step(binary.tell(), size)
        except UnicodeError as error:
            raise InputError(f"{self.path} cannot be read as {self.dialect.encoding.spoken}: {error}") from None
        except OSError as error:
            raise InputError(f"{self.path} cannot be read: {(error.strerror or str(error)).lower()}") from None


def open_lines(path: Path, options: Options, step: Step = lambda _done, _of: None) -> LinesFile:
    """Look at a whole file. Raises InputError when it cannot be read, and for options that only a CSV has."""
    if options.mapping or options.empty != "ignore" or options.delimiter or options.quote:
        raise InputError(f"{path} is JSON lines: columns, empty cells, delimiters and quotation marks are a CSV's")
    looked = scan(path, options.encoding, step)
    return LinesFile(path, looked, Dialect(looked.encoding, "", "", "every line is an object"))


class LineRows:
    """What the lines of one file mean."""

    person_column = "customer_identifiers"
    name_column = "name"
    time_column = "timestamp"

    def __init__(self, kind: ImportKind, options: Options) -> None:
        self.columns: list[Column] = []
        self.identifier: FileIdentifier | None = None
        self._kind = kind
        self._only = options.only

    def command(self, cells: Sequence[str]) -> Identify | Track:
        """What a line asks for. Raises RowRefused, with the key."""
        [text] = cells
        complaint = carried(text)
        if complaint:
            raise RowRefused("", complaint, "encoding")
        if len(text) > CELL:
            raise RowRefused("", f"the line has more than {CELL:,} characters", "too long")
        try:
            line = parse_object(text, "the line")
        except InputError as error:
            raise RowRefused("", str(error), "JSON") from None
        line.pop(REASON, None)
        if self._kind == "events":
            return _event(line)
        found = _person(line)
        return replace(found, update_only=self._only == "existing", create_only=self._only == "new", quiet=True)

    def looks_mixed(self, person: Reference) -> bool:
        """Each line says which kind of identifier it has."""
        del person
        return False


def _wrong(key: str, problem: str) -> RowRefused:
    return RowRefused(key, problem, "line")


def _person(line: dict[str, Any]) -> Identify:
    _only(_PERSON, line)
    given = {kind: line[kind] for kind in ("id", "email") if line.get(kind) not in (None, "")}
    if not given:
        raise _wrong("id", "the line says nobody: there is neither id nor email")
    return Identify(_reference(given), {**given, **_object(line, "attributes")})


def _event(line: dict[str, Any]) -> Track:
    _only(_EVENT | _TOLD, line)
    if line.get("type", "event") not in EVENT_TYPES:
        raise _wrong("type", f"{line['type']!r} is not an event, page or screen"[:120])
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
        raise _wrong(unknown, f"a line has no key {unknown!r}; it has {', '.join(sorted(known))}"[:300])


def _owner(line: dict[str, Any]) -> dict[str, str]:
    identifiers = _object(line, "customer_identifiers") or {"id": line.get("customer_id")}
    given: dict[str, Any] = {kind: identifiers[kind] for kind in KINDS if identifiers.get(kind) not in (None, "")}
    if not given:
        raise _wrong("customer_identifiers", "the line says nobody: only events of people are imported")
    return _reference(given)


def _reference(given: dict[str, Any]) -> dict[str, str]:
    kind, value = next(iter(given.items()))
    try:
        return {kind: Identifier.of({kind: value}).value}
    except InputError as error:
        raise _wrong(kind, str(error)) from None


def _object(line: dict[str, Any], key: str) -> dict[str, Any]:
    value = line.get(key)
    if value is not None and not isinstance(value, dict):
        raise _wrong(key, f"{key} must be an object, not {kind_of(value)}")
    return value or {}


def _text(line: dict[str, Any], key: str) -> str | None:
    value = line.get(key)
    if value is not None and not isinstance(value, str):
        raise _wrong(key, f"{key} must be text, not {kind_of(value)}")
    return value


def _timestamp(line: dict[str, Any]) -> int | None:
    value = line.get("timestamp")
    try:
        return None if value is None else check_timestamp(value)
    except InputError as error:
        raise _wrong("timestamp", str(error)) from None
