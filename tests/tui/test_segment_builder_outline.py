"""The builder's outline: it says what conditions say, and its edits keep it whole."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cio_tui.model.paths import PropertyPath
from cio_tui.segments.conditions import AttributeIs, Frame, Group, Performed
from cio_tui.segments.conditions import Test as Comparison
from cio_tui.tui.building.outline import Outline
from cio_tui.tui.building.rows import cells_of, choices, is_closed, text_of
from tests.segments.strategies import conditions

HOSTILE = ["items[/].type [bold", "[@click=app.bell]x[/]", "\x1b[31mred", "a\nb\tc", "\u202eevil📦" + "x" * 60, "", " ", "9" * 40]


@settings(max_examples=400, deadline=None)
@given(conditions(4))
def test_an_outline_reads_back_as_the_conditions_it_was_made_from(condition):
    outline = Outline.of(condition)
    assert outline.reading.problems == ()
    assert outline.condition == condition
    assert Outline.of(outline.condition) == outline


@settings(max_examples=100, deadline=None)
@given(conditions(4))
def test_putting_back_what_a_cell_has_changes_nothing(condition):
    outline = Outline.of(condition)
    for at, row in enumerate(outline.rows):
        for cell in cells_of(row, parent=outline.is_parent(at)):
            assert outline.put(at, cell, text_of(row, cell)) == outline


def whole(outline):
    """Every row stands in a row that can hold it."""
    for at, row in enumerate(outline.rows):
        parent = outline.parent(at)
        if parent is None:
            assert row.depth == 0
            assert not row.is_filter
        else:
            assert row.depth == outline.rows[parent].depth + 1
            assert outline.rows[parent].can_hold(row), (outline.rows[parent], row)


EDITS = {
    "add": Outline.add,
    "where": Outline.add_where,
    "group": Outline.group,
    "delete": Outline.delete,
    "up": lambda outline, at: outline.move(at, -1),
    "down": lambda outline, at: outline.move(at, 1),
}


@settings(max_examples=200, deadline=None)
@given(conditions(3), st.integers(0, 2**32))
def test_any_run_of_edits_leaves_a_whole_outline(condition, seed):
    dice = random.Random(seed)
    outline = Outline.of(condition)
    for _ in range(12):
        at = dice.randrange(-1, len(outline.rows)) if outline.rows else -1
        done = dice.choice(["add", "where", "group", "delete", "up", "down", "put"])
        if done in ("delete", "up", "down", "put") and at < 0:
            continue
        if done == "put":
            row = outline.rows[at]
            cell = dice.choice(cells_of(row, parent=outline.is_parent(at)))
            text = dice.choice(choices(row, cell) or HOSTILE) if is_closed(cell) else dice.choice(HOSTILE)
            outline = outline.put(at, cell, text) or outline
        else:
            edited = EDITS[done](outline, at)
            if edited is None:
                continue
            outline = edited.outline
            assert -1 <= edited.at < len(outline.rows)
        whole(outline)
        assert Outline.of(outline.condition).condition == outline.condition


def attribute(name):
    return AttributeIs(PropertyPath.parse(name), Comparison("exists"))


A, B, C = attribute("a"), attribute("b"), attribute("c")


def test_a_row_moves_into_a_group_and_out_of_it():
    outline = Outline.of(Group("all", (A, Group("any", (B,)), C)))
    seen, at = [outline.condition], 0
    while (edited := outline.move(at, 1)) is not None:
        outline, at = edited.outline, edited.at
        assert outline.rows[at].subject == "a"
        seen.append(outline.condition)
    assert seen[1:] == [
        Group("all", (Group("any", (A, B)), C)),
        Group("all", (Group("any", (B, A)), C)),
        Group("all", (Group("any", (B,)), A, C)),
        Group("all", (Group("any", (B,)), C, A)),
    ]
    for expected in reversed(seen[:-1]):
        edited = outline.move(at, -1)
        outline, at = edited.outline, edited.at
        assert outline.condition == expected
    assert outline.move(at, -1) is None


def test_where_rows_stay_with_their_condition():
    outline = Outline.of(Group("all", (Performed("x"), A))).add_where(0).outline
    assert [row.kind for row in outline.rows] == ["event", "where", "attribute"]
    assert outline.move(1, 1) is None
    assert outline.move(1, -1) is None
    assert outline.add_where(2) is None
    grouped = outline.group(1).outline
    assert [(row.kind, row.depth) for row in grouped.rows] == [("event", 0), ("where_group", 1), ("where", 2), ("attribute", 0)]
    assert [row.kind for row in grouped.put(0, "kind", "segment").rows] == ["segment", "attribute"]


def test_rows_that_are_not_finished_are_told_of_and_left_out():
    outline = Outline.of(Group("all", (A, B)))
    outline = outline.put(0, "subject", "").put(1, "operator", "is greater than")
    assert [(one.row, one.cell) for one in outline.reading.problems] == [(0, "subject"), (1, "value")]
    assert outline.condition == Group("all")
    assert outline.reading.places == (None, None)


@pytest.mark.parametrize(
    ("cell", "text", "expected"),
    [
        ("frame", "Within 30 Days", Performed("x", frame=Frame(30 * 86_400))),
        ("frame", "since 2024-06-01 until 2024-06-30", Performed("x", frame=Frame(0, 1717200000, 1719705600))),
        ("count", "exactly twice", Performed("x", times=2, how="exactly")),
        ("frame", "within 0 days", None),
        ("frame", "lately", None),
        ("frame", "", None),
        ("frame", "until 2024-06-01 since 2024-06-30", None),
        ("frame", "since 2024-06-30 until 2024-06-01", None),
        ("count", "3", None),
        ("count", "at least 0 times", None),
        ("subject", "  ", None),
    ],
)
def test_what_cells_of_an_event_take(cell, text, expected):
    outline = Outline.of(Group("all", (Performed("x"),))).put(0, cell, text)
    if expected is None:
        assert [one.cell for one in outline.reading.problems] == [cell]
    else:
        assert outline.condition.members == (expected,)


def test_the_place_of_every_row_is_its_conditions():
    outline = Outline.of(Group("all", (A, Group("any", (B, Performed("x"))), C)))
    outline = outline.add_where(3).outline.put(1, "match", "none of these")
    assert outline.reading.places == ((0,), (1,), (1, 0), (1, 1), None, (2,))
