"""A page of the activity log, 50 rows newest first, beside a Python loop over the documents of stock TinyDB in memory.

The loop gets a tenth of the events, for more than that is no reasonable size for it.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from benchmarks.measuring import Line, Plan, milliseconds, multiple, repeated
from benchmarks.world import HEAVY_PERSON, LARGE, MIDDLE, RARE_WORD, document, events, people_of, workspace_file
from cio_tui.store.activity_queries import Position
from cio_tui.workspace.workspace import Workspace

_PAGE: Final = 50
Test = Callable[[Mapping[str, Any]], bool]

_FILTERS: Final[dict[str, Test]] = {
    "": lambda _: True,
    "type:event name:order*": lambda one: one["type"] == "event" and one["name"].startswith("order"),
    f"person:{HEAVY_PERSON}": lambda one: one["person"] == HEAVY_PERSON,
    "data.total>500": lambda one: one["data"].get("total", 0) > 500,
    "data.total>2500": lambda one: one["data"].get("total", 0) > 2500,
    RARE_WORD: lambda one: RARE_WORD in one["name"] or any(value == RARE_WORD for value in one["data"].values()),
    "is:failed": lambda one: one["person"].startswith("nobody"),
}


def run(plan: Plan) -> list[Line]:
    """A line for each filter, and one for a page deep down."""
    small = plan.largest if plan.quick else MIDDLE
    loop = TinyDB(storage=MemoryStorage)
    loop.insert_multiple(document(event, number) for number, event in enumerate(events(small, people_of(small))))
    documents = loop.all()
    lines = []
    with Workspace.open(workspace_file(plan.folder, plan.largest), create=False) as workspace:
        for text, test in _FILTERS.items():
            page = workspace.log.page(text, hidden=True)
            ours = repeated(partial(workspace.log.page, text, hidden=True))
            other = repeated(partial(_newest, documents, test), times=5)
            what = f"log page at {plan.largest:,} events: {f'`{text}`' if text else 'no filter'}"
            if len(page.entries) < _PAGE:
                what += f", {len(page.entries)} in all"
            beside = f"Python loop over {small:,} TinyDB documents {milliseconds(other)}"
            lines.append(Line(what, milliseconds(ours), beside, multiple(ours, other)))
        first = repeated(lambda: workspace.log.page(hidden=True))
        deep = _halfway(workspace)
        ours = repeated(lambda: workspace.log.page(hidden=True, before=deep))
    what = f"log page at {plan.largest:,} events, {plan.largest // 2:,} rows down"
    lines.append(Line(what, milliseconds(ours), f"the first page {milliseconds(first)}", multiple(ours, first), "2 x"))
    if plan.largest == LARGE:
        lines.append(_beside_small(plan, first))
    return lines


def _newest(documents: list[Any], test: Test) -> list[Any]:
    return sorted((one for one in documents if test(one)), key=lambda one: one["timestamp"], reverse=True)[:_PAGE]


def _halfway(workspace: Workspace) -> Position:
    """The position of a row in the middle of the log: its events are spread evenly over time."""
    found = workspace.database.storage.fetch("SELECT min(timestamp), max(timestamp) FROM activity")
    return (found[0][0] + found[0][1]) // 2, 0


def _beside_small(plan: Plan, first: float) -> Line:
    small = plan.sizes[0]
    with Workspace.open(workspace_file(plan.folder, small), create=False) as workspace:
        other = repeated(lambda: workspace.log.page(hidden=True))
    return Line(
        f"log page at {plan.largest:,} beside {small:,} events",
        milliseconds(first),
        milliseconds(other),
        multiple(first, other),
        "2 x",
    )
