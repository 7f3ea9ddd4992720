"""What is exported is imported again: an empty workspace then holds the same people and events."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from worlds import T, activities, patient, run, scripts

from cio_tui import Workspace
from cio_tui.model.commands import Command
from cio_tui.workspace.demo import build_demo

brief = settings(patient, max_examples=60)

TEXTS = st.text(st.sampled_from("'=+-@\t\r\n\",;é＝ x1.\u2028\0"), max_size=8) | st.text(max_size=8)
SCALARS = TEXTS | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=6
)
NAMES = TEXTS.filter(lambda name: name and "\0" not in name and name not in ("id", "email", "cio_id", "anonymous_id"))
EVENT_NAMES = TEXTS.filter(lambda name: name.strip() and "\0" not in name)


def worlds(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """People's attributes, and events: whose, name, type, age, data."""
    events = st.tuples(
        st.integers(0, 2),
        EVENT_NAMES,
        st.sampled_from(("event", "event", "page", "screen")),
        st.integers(0, 10**8),
        st.dictionaries(TEXTS, values, max_size=4),
    )
    return st.tuples(st.lists(st.dictionaries(NAMES, values, max_size=4), min_size=3, max_size=3), st.lists(events, max_size=6))


def made(world: Any) -> Workspace:
    people, events = world
    ws = Workspace.in_memory(now=T)
    for number, attributes in enumerate(people):
        assert ws.identify({"id": f"=p{number}"}, {"email": f"p{number}@x.example", **attributes}).ok
    for person, name, kind, age, data in events:
        assert ws.track(name, person={"id": f"=p{person}"}, type=kind, timestamp=T - age, data=data).ok
    return ws


def copied(ws: Workspace, form: Any, **options: Any) -> Workspace:
    """A new workspace with what was exported from another."""
    other = Workspace.in_memory(now=T, seed=7)
    with tempfile.TemporaryDirectory() as folder:
        people, events = Path(folder) / f"people.{form}", Path(folder) / f"events.{form}"
        ws.exports.people(form=form).write(people)
        ws.exports.events(form=form, **options).write(events)
        assert [other.import_people(people).failed, other.import_events(events, **options).failed] == [0, 0]
    return other


@brief
@given(worlds(VALUES))
def test_json_lines_bring_back_everything(world: Any) -> None:
    with made(world) as ws, copied(ws, "jsonl") as other:
        assert other.content_digest() == ws.content_digest()
        assert other.check() == []


@brief
@given(scripts)
def test_json_lines_bring_back_any_workspace(script: list[Command]) -> None:
    """After merges, deletions and claims, too; but an anonymous id that two people have can be only one's in an import."""
    with Workspace.in_memory(now=T) as ws:
        run(ws, script)
        claimed = [row.person.attributes.get("anonymous_id") for row in ws.directory.people()]
        claimed = [one for one in claimed if one not in (None, "")]
        assume(len(set(claimed)) == len(claimed))
        with copied(ws, "jsonl") as other:
            assert other.content_digest() == ws.content_digest()


@brief
@given(worlds(TEXTS.filter(bool)))
def test_a_csv_brings_back_flat_text(world: Any) -> None:
    """But names that no header can carry, and pages and screens, which have no CSV."""
    people, events = world
    flat_events = [(who, name, "event", age, headed(data)) for who, name, _, age, data in events]
    with made(([headed(one) for one in people], flat_events)) as ws:
        with copied(ws, "csv") as other:
            assert other.content_digest() == ws.content_digest()
        with copied(ws, "csv", identifier="email") as other:
            assert other.content_digest() == ws.content_digest()


def headed(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name and name == name.strip()}


@brief
@given(worlds(VALUES))
def test_a_csv_brings_back_the_text_of_all_values_and_counts_the_rest(world: Any) -> None:
    people, events = world
    with made((people, [(who, name, "event", age, data) for who, name, _, age, data in events])) as ws:
        with copied(ws, "csv") as other:
            assert other.content_digest(as_text=True) == ws.content_digest(as_text=True)
        listing = ws.exports.people()
        assert sum(len([*row.values()]) - 2 for row in listing.rows) + listing.left_out.total() == sum(map(len, stored(ws)))


def stored(ws: Workspace) -> list[dict[str, Any]]:
    return [row.person.attributes for row in ws.directory.people()]


def test_the_demo_goes_there_and_back() -> None:
    with build_demo(None) as demo, copied(demo, "jsonl") as other:
        assert other.content_digest() == demo.content_digest()
        assert len(activities(other, "event", "page", "screen")) > 1900


def test_a_second_import_of_the_same_lines_changes_nothing(shop: Workspace, tmp_path: Path) -> None:
    shop.track("order", person="42", data={"items": [{"type": "é"}]})
    shop.exports.events(form="jsonl").write(tmp_path / "x.jsonl")
    before = shop.content_digest()
    assert shop.import_events(tmp_path / "x.jsonl").duplicates == 1
    assert shop.content_digest() == before


CHANGES: dict[str, Callable[[Workspace], Any]] = {
    "another attribute": lambda ws: ws.identify("42", {"plan": "x"}),
    "another kind of the same value": lambda ws: ws.identify("42", {"score": "9"}),
    "another person": lambda ws: ws.identify("99"),
    "an email": lambda ws: ws.identify("44", {"email": "cy@shop.example"}),
    "one event more": lambda ws: ws.track("order", person="42", timestamp=T, data={"a": 1, "b": 2}),
}


def test_the_digest_tells_what_differs(fresh: Callable[..., Workspace]) -> None:
    """And does not depend on order, seeds or when things arrived."""

    def world(*, backwards: bool, **options: Any) -> Workspace:
        ws = fresh(**options)
        steps = [
            lambda: ws.identify("42", {"score": 9, "plan": "Pro"}) and ws.track("order", person="42", timestamp=T, data={"a": 1}),
            lambda: ws.identify("44", {}) and ws.track("order", person="44", timestamp=T, data={"b": 2, "a": 1}),
        ]
        for step in reversed(steps) if backwards else steps:
            step()
        return ws

    one = world(backwards=False)
    assert world(backwards=True, seed=9, now=T + 99).content_digest() == one.content_digest()
    digests = {one.content_digest()}
    for change in CHANGES.values():
        other = world(backwards=False)
        change(other)
        digests.add(other.content_digest())
    assert len(digests) == len(CHANGES) + 1
