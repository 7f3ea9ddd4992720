"""Invented people and events, the same ones on every machine, and workspaces filled with them."""

import csv
import os
import random
import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from cio_tui.imports.events import CUSTOMER, NAME, TIMESTAMP
from cio_tui.model.commands import Identify, Track
from cio_tui.workspace.workspace import Workspace

Filling = Identify | Track
NOW: Final = 1_764_000_000
"""The instant at which all clocks stand."""
SMALL, MIDDLE, LARGE = 1_000, 100_000, 1_000_000
RARE_WORD: Final = "midsummer"
"""Stands in the data of one event of 10,000."""
HEAVY_PERSON: Final = "p1"
"""Has one event of a hundred."""

_SPAN: Final = 60 * 86_400
"""The events of a world lie in the 60 days before now."""
_SLICE: Final = 5_000
_NAMES: Final = {
    "page_viewed": 30, "product_viewed": 22, "order_started": 10, "order_placed": 6, "order_shipped": 5, "signed_in": 12,
    "searched": 8, "newsletter_opened": 5, "project_created": 2,
}  # fmt: skip
_WITH_ITEMS: Final = {"order_started", "order_placed"}
_GOODS: Final = ("monitor", "dock", "cable", "keyboard", "webcam", "lamp", "chair", "desk")
_COUNTRIES: Final = ("NO", "DE", "PL", "JP", "US", "FR")
_PLANS: Final = ("free", "free", "free", "basic", "pro")


def people_of(events: int) -> int:
    """How many people a workspace with so many events has."""
    return max(100, events // 10)


def people(count: int) -> Iterator[Identify]:
    """People `p1` to `p<count>`."""
    chance = random.Random(1)
    for number in range(1, count + 1):
        attributes = {
            "email": f"person{number}@shop.example",
            "first_name": f"Name {number % 5_000}",
            "plan": chance.choice(_PLANS),
            "country": chance.choice(_COUNTRIES),
            "score": chance.randrange(1_000),
        }
        yield Identify({"id": f"p{number}"}, attributes)


def events(count: int, people_count: int, seed: int = 2) -> Iterator[Track]:
    """Events of the last 60 days, within an hour of the order of time; one in 500 names a person who does not exist."""
    chance = random.Random(seed)
    names = [name for name, weight in _NAMES.items() for _ in range(weight)]
    for number in range(count):
        name = chance.choice(names)
        owner = HEAVY_PERSON if chance.random() < 0.01 else f"p{1 + int(people_count * chance.random() ** 1.3)}"
        if number % 500 == 499:
            owner = f"nobody{number}"
        data = _order(chance, number) if name in _WITH_ITEMS else _visit(chance, number)
        if number % 10_000 == 5_000:
            data["coupon"] = RARE_WORD
        timestamp = NOW - _SPAN + _SPAN * (number + 1) // count - chance.randrange(3_600)
        yield Track(name, person={"id": owner}, data=data, timestamp=timestamp)


def _order(chance: random.Random, number: int) -> dict[str, Any]:
    items: list[dict[str, Any]] = [
        {"type": chance.choice(_GOODS), "price": 5 + chance.randrange(295), "quantity": 1 + chance.randrange(3)}
        for _ in range(1 + chance.randrange(3))
    ]
    total = sum(item["price"] * item["quantity"] for item in items)
    device = {"type": "mobile", "app": "web"}
    return {"order_id": f"o{number}", "total": total, "currency": "EUR", "items": items, "device": device}


def _visit(chance: random.Random, number: int) -> dict[str, Any]:
    thing = chance.choice(_GOODS)
    return {
        "url": f"https://shop.example/{thing}/{number % 997}",
        "referrer": f"https://search.example/?q={thing}",
        "session": {"id": f"s{chance.getrandbits(32):08x}", "device": {"type": "desktop", "os": "linux", "width": 1920}},
        "utm": {"source": "newsletter", "campaign": f"c{number % 37}"},
    }


def document(event: Track, number: int) -> dict[str, Any]:
    """The event as the document that a program of one's own would store."""
    return {
        "id": f"{number:026d}",
        "type": event.type,
        "name": event.name,
        "person": owner_of(event),
        "timestamp": event.timestamp,
        "received_at": NOW,
        "data": event.data,
    }


def owner_of(event: Track) -> str:
    """The id of the person whom an invented event names."""
    return dict(event.person)["id"] if event.person and not isinstance(event.person, str) else ""


def slices(source: Iterable[Filling], size: int = _SLICE) -> Iterator[list[Filling]]:
    """The source in lists of `size`."""
    rest = iter(source)
    while piece := list(islice(rest, size)):
        yield piece


def workspace_file(folder: Path, count: int) -> Path:
    """A workspace with `count` events, made when it is not there yet. Not to be written to."""
    path = folder / f"world-{count}.cio"
    if not path.exists():
        part = folder / f"part-{count}.cio"
        part.unlink(missing_ok=True)
        _fill(part, count)
        part.rename(path)
    return path


def _fill(path: Path, count: int) -> None:
    """People first, then events under a clock that goes along with them."""
    start = NOW - _SPAN - 3_600
    number_of_people = people_of(count)
    with Workspace.open(path, seed=1, now=start, durable=False) as workspace:
        for source in (people(number_of_people), events(count, number_of_people)):
            for piece in slices(source):
                instant = max(command.timestamp or start for command in piece)
                workspace.engine.run_all(piece, kind="benchmark", summary="filled", at=instant)
                workspace.history.clear()
        workspace.hold(NOW)
        workspace.history.clear()
    for side in ("queue.lock", "write.lock"):
        path.with_name(f"{path.name}-{side}").unlink(missing_ok=True)


def copy_of(source: Path, folder: Path, name: str) -> Path:
    """A copy to write to, on disk already: its own way there must not disturb what is measured."""
    for old in folder.glob(f"{name}*"):
        old.unlink()
    path = Path(shutil.copyfile(source, folder / name))
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return path


def event_csv(folder: Path, rows: int, people_count: int) -> Path:
    """An event CSV with flat data, of the first `people_count` people; made when it is not there yet."""
    path = folder / f"events-{rows}-{people_count}.csv"
    if path.exists():
        return path
    chance = random.Random(3)
    names = list(_NAMES)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([NAME, CUSTOMER, TIMESTAMP, "url", "product", "price", "currency", "session", "device.type", "note"])
        for number in range(rows):
            thing = chance.choice(_GOODS)
            row = [chance.choice(names), f"p{1 + chance.randrange(people_count)}", NOW - chance.randrange(_SPAN)]
            row += [f"https://shop.example/{thing}/{number % 997}", thing, 5 + chance.randrange(295), "EUR"]
            row += [f"s{chance.getrandbits(32):08x}", "mobile" if chance.random() < 0.5 else "", ""]
            writer.writerow(row)
    return path
