"""What the tests of the engine share: the instant at which they happen, ids to send, and small random worlds."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

from cio_tui import Workspace
from cio_tui.model import commands
from cio_tui.model.activity import Activity
from cio_tui.model.commands import Command
from cio_tui.model.ulids import make_ulid

T = 1718000000
"""2024-06-10 06:13:20 UTC, the instant of the sample workspace (domain.md 14)."""
MINUTE, HOUR, DAY = 60, 3600, 86_400
ROOT = Path(__file__).resolve().parents[2]


patient = settings(deadline=None, max_examples=200)
"""For properties of whole worlds: no example is too slow on a busy machine."""


def ulid(number: int) -> str:
    """A ULID that an SDK might send; different for each number."""
    return make_ulid(T - DAY, 0xABCDEF << 40 | number)


def activities(ws: Workspace, *types: str) -> list[Activity]:
    """All stored activity of these types, or of all, in order of arrival; what the log hides among it."""
    found = (Activity.from_document(dict(document)) for document in ws.database.documents("activity"))
    return [activity for activity in found if not types or activity.type in types]


def counts(ws: Workspace) -> dict[str, int]:
    """Event name to how often the data index saw it."""
    return {row.name: row.count for row in ws.index.events()}


def run(ws: Workspace, script: Iterable[Command]) -> None:
    """Run commands one after the other."""
    for command in script:
        ws.engine.run(command)


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python process that runs `code`, our package importable; its sys.argv[1:] are the arguments."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


PEOPLE = ("1", "2", "ada@shop.example", {"email": "bo@shop.example"}, "nobody")
VISITORS = ("anon-1", "anon-2")
SPANS = (0, 1, 299, 300, 301, HOUR, 3 * DAY, 30 * DAY, 30 * DAY + 1)
AGES = (None, T, T - HOUR, T - 3 * DAY - 1, T - 31 * DAY, T + DAY)
DATA = st.dictionaries(
    st.sampled_from(("total", "items", "a.b", "tag", "recipient")),
    st.sampled_from((1, 2.5, "x", True, None, [], [{"type": "hdmi"}, {"type": 7}], {"deep": {"er": "y"}}, "ada@shop.example")),
    max_size=3,
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(("plan", "score", "anonymous_id", "email", "id")),
    st.sampled_from(("pro", "Pro", 9, None, "", True, "anon-1", "anon-2", "1", "7", "bo@shop.example")),
    max_size=3,
)
NAMES = ("order_placed", " order_placed ", "Order Placed", "signed_in", "")
people = st.sampled_from(PEOPLE)
ids = st.none() | st.integers(0, 3).map(ulid)

tracks = st.builds(
    lambda name, person, visitor, data, kind, timestamp, id_: commands.Track(
        name, person, None if person is not None else visitor, data, kind, timestamp, id_
    ),
    st.sampled_from(NAMES),
    st.none() | people,
    st.none() | st.sampled_from(VISITORS),
    DATA,
    st.sampled_from(("event", "page", "screen", "odd")),
    st.sampled_from(AGES),
    ids,
)
advances = st.builds(commands.AdvanceClock, st.sampled_from(SPANS))
others = st.one_of(
    st.builds(commands.Identify, people, ATTRIBUTES, st.booleans(), st.none() | st.sampled_from((T - DAY, T + DAY))),
    st.builds(commands.MergePeople, people, people),
    st.builds(commands.DeletePerson, people),
    st.builds(commands.SuppressPerson, people),
    st.builds(commands.UnsuppressPerson, people),
    st.builds(commands.AddDevice, people, st.sampled_from(("d1", "d2")), st.sampled_from(("ios", "android", "web"))),
    st.builds(commands.RemoveDevice, people, st.sampled_from(("d1", "d2"))),
    st.builds(commands.HoldClock, st.sampled_from((None, T - DAY, T + DAY, T + 40 * DAY))),
    st.builds(
        commands.ChangeSetting,
        st.sampled_from(("anonymous_event_merge", "email_updates_by_id")),
        st.sampled_from(("on", "off")),
    ),
)
scripts = st.lists(tracks | others | advances, max_size=25)
"""Random commands over few people, visitors, names and ids, so that they meet."""
