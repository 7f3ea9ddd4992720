"""The demo workspace: an invented shop, told by readable files and built by the same verbs that everything else uses.

`people.csv` says who was added when, `events.csv` what people did, `activity.json` all that no CSV can say: nested data,
anonymous visitors, merges, failures. The three are played in order of time under a clock that stands at each step's instant.
The segments of `segments/` whose members go by conditions are saved when the story is told, and so are the messages: they add
nothing to its activity.
"""

import csv
import json
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from cio_tui.imports.events import CUSTOMER, NAME, TIMESTAMP
from cio_tui.messages.reading import read as read_message
from cio_tui.model.commands import (
    AddDevice,
    ChangeMembers,
    Command,
    DeletePerson,
    Identify,
    MergePeople,
    SaveSegment,
    SuppressPerson,
    Track,
    UnsuppressPerson,
)
from cio_tui.model.errors import StoreError
from cio_tui.model.instants import parse_iso
from cio_tui.segments.reading import read
from cio_tui.segments.writing import to_json_tree
from cio_tui.workspace.workspace import Workspace

SEED: Final = 20240610
_ORDER: Final = {"people.csv": 0, "activity.json": 1, "events.csv": 2}

Step = tuple[int, Command]


def build_demo(path: Path | None) -> Workspace:
    """A fresh demo workspace at a path, or in memory: open, its clock held. Raises StoreError when the file is there already."""
    if path is not None and path.exists() and path.stat().st_size:
        raise StoreError(f"{path} is there already", hint="name another file, or remove that one")
    story = json.loads(_fixture("activity.json").read_text(encoding="utf-8"))
    steps = sorted(_steps(story), key=lambda placed: placed[:2])
    if path is None:
        workspace = Workspace.in_memory(seed=SEED, now=steps[0][0])
    else:
        workspace = Workspace.open(path, seed=SEED, now=steps[0][0], durable=False)
    for name, value in story.get("settings", {}).items():
        workspace.set(name, value)
    for at, _, _, command in steps:
        workspace.engine.run(command, at=at)
    workspace.hold(story["clock"])
    for file in story["segments"]:
        workspace.engine.run(_segment(file))
    for file in story["snippets"]:
        workspace.save_snippet(Path(file).stem, _fixture(f"snippets/{file}").read_text(encoding="utf-8"))
    for file in story["messages"]:
        workspace.save_message(read_message(_fixture(f"messages/{file}").read_text(encoding="utf-8"), file).message)
    workspace.history.clear()
    return workspace


def _segment(file: str) -> Command:
    definition = read(_fixture(f"segments/{file}").read_text(encoding="utf-8"), file=file)
    return SaveSegment(to_json_tree(definition))


def _fixture(name: str) -> Traversable:
    """A file of the demo: inside the installed package, or beside it in a checkout."""
    package = files("cio_tui")
    installed = package / "fixtures" / "demo" / name
    return installed if installed.is_file() else Path(str(package)).parent / "fixtures" / "demo" / name


def _steps(story: dict[str, Any]) -> Iterator[tuple[int, int, int, Command]]:
    """Each step with its place: instant, file, line."""
    sources = (("people.csv", _people()), ("activity.json", _story(story)), ("events.csv", _events()))
    for name, steps in sources:
        for line, (at, command) in enumerate(steps):
            yield at, _ORDER[name], line, command


def _people() -> Iterator[Step]:
    for row in _rows("people.csv"):
        at = parse_iso(row.pop("added"))
        reference = {"id": row["id"]} if row["id"] else {"email": row["email"]}
        yield at, Identify(reference, {name: value for name, value in row.items() if value})


def _events() -> Iterator[Step]:
    for row in _rows("events.csv"):
        name, customer, at = row.pop(NAME), row.pop(CUSTOMER), int(row.pop(TIMESTAMP))
        yield at, Track(name, person={"id": customer}, data={key: value for key, value in row.items() if value})


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(_fixture(name).read_text(encoding="utf-8").splitlines(keepends=True))


def _story(story: dict[str, Any]) -> Iterator[Step]:
    for step in story["steps"]:
        yield step["at"], _command(step)


def _command(step: dict[str, Any]) -> Command:
    match step["do"]:
        case "identify":
            return Identify(step["person"], step["attributes"])
        case "track":
            data = step.get("data", {})
            data = {**data, "recipient": step["invite"]} if "invite" in step else data
            owner = step.get("person"), step.get("anonymous")
            return Track(step["name"], *owner, data, step.get("type", "event"), step.get("timestamp"), step.get("id"))
        case "merge":
            return MergePeople(step["primary"], step["secondary"])
        case "device":
            device = step["device"]
            return AddDevice(step["person"], device["id"], device["platform"], device.get("last_used"))
        case "segment":
            return _segment(step["file"])
        case "members":
            return ChangeMembers(step["segment"], tuple(step["people"]))
        case verb:
            return {"delete": DeletePerson, "suppress": SuppressPerson, "unsuppress": UnsuppressPerson}[verb](step["person"])
