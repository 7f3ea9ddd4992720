"""What can be copied of an entry of the log, as text: its id, its JSON, the lines that send it again, the call an SDK makes."""

import shlex
from typing import Any, Final
from urllib.parse import quote

from cio_tui.model.activity import Activity
from cio_tui.model.errors import InputError
from cio_tui.model.json_values import dumps
from cio_tui.model.paths import flatten, liquid_path
from cio_tui.model.people import CIO_PREFIX, Identifier
from cio_tui.workspace.log import LogEntry

TRACK_API: Final = "http://127.0.0.1:8080/api/v1"
"""Where a local Track API would answer; the real one is never named, so that a pasted line cannot reach it by mistake."""
_PATHS: Final = 40

Choice = tuple[str, str]


def choices(entry: LogEntry) -> list[Choice]:
    """Name and text of everything that can be copied. Only events can be sent, so only they have lines that send them."""
    one = entry.activity
    found = [("id", one.id), ("JSON", dumps(entry.to_json()))]
    if one.is_event:
        found += [("data", dumps(one.data)), ("send line", send_line(entry)), ("resend line", f"cio-tui resend {one.id}")]
        found += [("curl line", curl_line(entry)), *_liquid(one.data)]
    return found


def send_line(entry: LogEntry) -> str:
    """The command that sends such an event, at its time."""
    one = entry.activity
    words = ["cio-tui", "send", _owner(one, reference(entry))]
    if one.type != "event":
        words.append(f"--type={one.type}")
    if one.data:
        words.append(f"--data={dumps(one.data)}")
    words.append(f"--timestamp={one.timestamp}")
    return shlex.join([*words, *(["--"] if (one.name or "").startswith("-") else []), one.name or ""])


def _owner(one: Activity, person: str | None) -> str:
    if person is not None:
        return f"--person={person}"
    if one.anonymous_id is not None:
        return f"--anonymous={one.anonymous_id}"
    return f"--invite={one.data.get('recipient', '')}"


def curl_line(entry: LogEntry) -> str:
    """The Track API call of such an event (wire.md 1), against a server of this machine. Without an id: it is no duplicate."""
    one, person = entry.activity, reference(entry)
    body: dict[str, Any] = {"name": one.name, "type": one.type, "timestamp": one.timestamp, "data": one.data}
    path = "events"
    if person is not None:
        path = f"customers/{quote(person, safe='')}/events"
    elif one.anonymous_id is not None:
        body["anonymous_id"] = one.anonymous_id
    call = ["curl", f"{TRACK_API}/{path}", "-u", "SITE_ID:API_KEY", "-H", "content-type: application/json"]
    return shlex.join([*call, "--data-raw", dumps(body)])


def _liquid(data: dict[str, Any]) -> list[Choice]:
    """How a message's template writes each property; what Liquid cannot write is left out."""
    scalars = dict.fromkeys(path for path, value in flatten(data) if not isinstance(value, (dict, list)))
    found = []
    for path in list(scalars)[:_PATHS]:
        try:
            found.append((f"Liquid {path}", "{{ " + liquid_path("event", path) + " }}"))
        except InputError:
            continue
    return found


def reference(entry: LogEntry) -> str | None:
    """The owner, by the identifier that a person would write; one that would be read as another kind gives way to cio_id."""
    who = entry.identifiers
    if who is None:
        return None if entry.activity.person is None else f"{CIO_PREFIX}{entry.activity.person}"
    for kind in ("id", "email"):
        value = who[kind]
        if value and value == value.strip() and Identifier.of(value).kind == kind:
            return value
    return f"{CIO_PREFIX}{who['cio_id']}"
