"""Events of an import: taken in by the piece, they are what they would be one by one."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from segment_worlds import inside, saved
from worlds import DAY, T

from cio_tui import Workspace
from cio_tui.model.commands import Command, DeletePerson, Identify, MergePeople, SuppressPerson, Track
from cio_tui.model.limits import EVENT_DATA_BYTES, EVENT_NAME_BYTES
from cio_tui.model.receipts import Receipt
from cio_tui.workspace import engine
from cio_tui.workspace.plain_events import PlainEvents
from cio_tui.workspace.segment_life import SegmentLife

ULIDS = ["01J00C62100000026EB0P05YWQ", "01j00c62100000026eb0p05ywq", "not a ULID"]
PEOPLE: list[Any] = [
    {"id": "42"}, {"id": "43"}, {"id": " 42 "}, {"id": "nobody"}, {"id": "blocked"}, {"id": ""}, {"id": 42}, {"id": "4\n2"},
    {"email": "ADA@shop.example"}, {"email": "bo@shop.example"}, {"email": "42"}, {"email_key": "ada@shop.example"},
    {"id": "42", "email": "ada@shop.example"}, {}, "42", "ada@shop.example", "nobody", None,
]  # fmt: skip
NAMES: list[Any] = ["order_placed", "page viewed", " order_placed ", "", "  ", "a\0b", "é" * EVENT_NAME_BYTES, "\ud800", 5, ["a"]]
VALUES: list[Any] = ["", "EUR", "é\0", "\ud800", None, 5, 2**70, float("nan"), True, ["a", 1], {"type": "mobile"}]
DATA: list[Any] = [{}, {"total": "9"}, {"é": "x"}, {"\ud800": "x"}, {"note": "x" * EVENT_DATA_BYTES}, {"n": "é" * 40_000}, ["a"]]
TIMES = [None, T, T - 86_400 * 40, T + 60, 0, -5, T * 1000]

PLAIN: dict[str, Any] = {"name": "order_placed", "person": {"id": "42"}, "data": {"total": "9"}, "timestamp": T, "quiet": True}
CHANGES: dict[str, Any] = {
    "name": st.sampled_from(NAMES),
    "person": st.sampled_from(PEOPLE),
    "anonymous_id": st.sampled_from(["anon-1", ""]),
    "data": st.dictionaries(st.sampled_from(["total", "a.b", "recipient"]), st.sampled_from(VALUES)) | st.sampled_from(DATA),
    "type": st.sampled_from(["page", "other"]),
    "timestamp": st.sampled_from(TIMES),
    "id": st.sampled_from(ULIDS),
    "cause": st.just(ULIDS[0]),
    "quiet": st.just(False),
}
changes = st.one_of(*(st.fixed_dictionaries({name: values}) for name, values in CHANGES.items()))
events = st.builds(lambda one, other: Track(**(PLAIN | one | other)), changes, changes | st.just({}))
others = st.sampled_from([
    Identify({"id": "nobody"}, {}), Identify({"id": "42"}, {"email": "new@shop.example"}), DeletePerson({"id": "42"}),
    MergePeople({"id": "42"}, {"id": "43"}), MergePeople({"id": "43"}, {"id": "42"}),
])  # fmt: skip
CONDITIONS = {
    "bought": "event: order_placed, performed: at least 2 times",
    "asleep": "event: signed_in, performed: never, within: 30 days",
    "idle": "event: page viewed, performed: never, within: 30 days",
    "of bought": "not in segment: bought",
}


def outcome(pieces: Sequence[Sequence[Command]], segments: Sequence[str] = ()) -> tuple[str, list[Receipt]]:
    with Workspace.in_memory(now=T, seed=7) as shop:
        shop.identify("42", {"email": "ada@shop.example"})
        shop.identify("43", {"email": "bo@shop.example"})
        shop.engine.run(SuppressPerson({"id": "blocked"}))
        for name in segments:
            saved(shop, name, CONDITIONS[name])
        receipts: list[Receipt] = []
        shop.engine.run_slice(pieces, receipts.append, summary="import")
        assert shop.check() == []
        return shop.digest(), receipts


@given(
    st.lists(st.lists(events | others, max_size=12), max_size=3),
    st.sets(st.sampled_from(list(CONDITIONS)[:3])).map(sorted) | st.just(list(CONDITIONS)),
)
def test_a_piece_is_what_its_events_are_one_by_one(pieces: list[list[Command]], segments: list[str]) -> None:
    """The same rows, ids, counts, answers and movements, whatever stands between and whatever is wrong with some of them."""
    digest, receipts = outcome(pieces, segments)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PlainEvents, "take", lambda self, command: None)
        patch.setattr(SegmentLife, "_makes_older", lambda *_: True)
        singly, answers = outcome(pieces, segments)
    assert digest == singly
    assert [(one.status, one.reasons) for one in receipts] == [(one.status, one.reasons) for one in answers]


def test_plain_ones_are_taken_by_the_piece(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a CSV brings does not go through `track`."""
    monkeypatch.delitem(engine.HANDLERS, Track)
    many = [Track("order_placed", {"id": "42"}, data={"total": str(n)}, timestamp=T - n, quiet=True) for n in range(3)]
    heard: list[Receipt] = []
    shop.engine.run_slice([many], heard.append, summary="import")
    assert [one.status for one in heard] == ["accepted"] * 3
    found = shop.log.page("type:event").entries
    assert [json.dumps(one.activity.data) for one in found] == ['{"total": "0"}', '{"total": "1"}', '{"total": "2"}']


def test_segments_are_asked_for_what_they_look_at_alone(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """4.5: how long a person is known changes by an event before all others; later ones go past the segments that ask it."""
    saved(shop, "asleep", CONDITIONS["asleep"])
    judged: list[str] = []
    judge = SegmentLife.judge
    monkeypatch.setattr(SegmentLife, "judge", lambda self, turn, *rest: (judged.append("!"), judge(self, turn, *rest))[1])

    def brought(*days: int) -> int:
        many = [Track("order_placed", {"id": "42"}, timestamp=T - day * DAY, quiet=True) for day in days]
        judged.clear()
        shop.engine.run_slice([many], lambda _: None, summary="import")
        return len(judged)

    assert (brought(10, 5, 1), inside(shop, "asleep")) == (1, [])
    assert (brought(9, 3), brought(20, 40, 41), inside(shop, "asleep")) == (0, 3, ["42"])
