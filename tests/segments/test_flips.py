"""When time alone changes a verdict: the table of domain.md 4.4, S2, S3, S5, and random trees."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cio_tui.model.paths import PropertyPath
from cio_tui.segments.conditions import AttributeIs, Condition, DataFilter, DataGroup, Frame, Group, InSegment, Performed
from cio_tui.segments.conditions import Test as Is
from cio_tui.segments.evaluate import Evaluator, evaluate
from cio_tui.segments.flips import next_change
from tests.segments.people import DAY, Done, Person, T, people, trees

COMING = [(T, False), (T + DAY, True), (T + 5 * DAY + 1, False)]
PLAN_AT = PropertyPath.parse("renews_at")


def history(condition: Condition, person: Person, days: int = 60) -> list[tuple[int, bool]]:
    """The verdict now, and every change of it from now on."""
    found = [(person.now, evaluate(condition, person))]
    end = person.now + days * DAY
    while (change := next_change(condition, person)) is not None and change <= end:
        person = person.at(change)
        found.append((change, evaluate(condition, person)))
    return found


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        pytest.param(Is("is_timestamp"), T + 5 * DAY, [(T, True)], id="is a timestamp: never exits"),
        pytest.param(
            Is("timestamp_lt", 3 * DAY), T + 5 * DAY, [(T, False), (T + 2 * DAY + 1, True)], id="S5 before days from now"
        ),
        pytest.param(Is("timestamp_lt", -3 * DAY), T, [(T, False), (T + 3 * DAY + 1, True)], id="before 3 days ago"),
        pytest.param(Is("timestamp_gt", -3 * DAY), T, [(T, True), (T + 3 * DAY, False)], id="after 3 days ago"),
        pytest.param(Is("timestamp_gt", 3 * DAY), T + 5 * DAY, [(T, True), (T + 2 * DAY, False)], id="after 3 days from now"),
        pytest.param(Is("timestamp_lta", T + DAY), T, [(T, True)], id="before a date: time changes nothing"),
        pytest.param(Is("timestamp_gta", T + DAY), T, [(T, False)], id="after a date: time changes nothing"),
        pytest.param(Is("timestamp_lt", 0, inverse=True), T + DAY, [(T, True), (T + DAY + 1, False)], id="inverse"),
    ],
)
def test_4_4_membership_over_time(test: Is, value: int, expected: list[tuple[int, bool]]) -> None:
    assert history(AttributeIs(PLAN_AT, test), Person({"renews_at": str(value)})) == expected


def test_the_second_newest_leaves_the_frame() -> None:
    person = Person().did("login", T - 6 * DAY).did("login", T - 5 * DAY).did("login", T - DAY)
    twice = Performed("login", times=2, frame=Frame(within=7 * DAY))
    assert next_change(twice, person) == T + 2 * DAY + 1
    assert history(Performed("login", times=2, how="exactly", frame=Frame(within=7 * DAY)), person) == [
        (T, False),
        (T + DAY + 1, True),
        (T + 2 * DAY + 1, False),
    ]
    assert next_change(Performed("login", times=1, how="at_most", frame=Frame(within=7 * DAY)), person) == T + 2 * DAY + 1


def test_what_is_still_to_come_enters_and_leaves() -> None:
    person = Person().did("trip", T + DAY).did("trip", T + 2 * DAY)
    assert history(Performed("trip", frame=Frame(within=3 * DAY)), person) == [
        (T, False),
        (T + DAY, True),
        (T + 5 * DAY + 1, False),
    ]
    assert next_change(Performed("trip", times=2), person) == T + 2 * DAY
    assert next_change(Performed("trip", frame=Frame(until=T + DAY - 1)), person) is None
    assert next_change(Performed("trip", frame=Frame(since=T + DAY + 1)), person) == T + 2 * DAY


def test_s3_age_comes_with_time() -> None:
    never = Performed("login", frame=Frame(within=30 * DAY), inverse=True)
    assert next_change(never, Person(added_at=T - DAY)) == T + 29 * DAY
    assert next_change(never, Person(added_at=T - DAY).did("login", T)) == T + 30 * DAY + 1
    assert next_change(never, Person(added_at=T - 31 * DAY)) is None


def test_filters_that_time_turns() -> None:
    soon = DataGroup("all", (DataFilter(PropertyPath.parse("departs"), Is("timestamp_lt", DAY)),))
    booked = Performed("booked", filters=soon, frame=Frame(within=10 * DAY))
    person = Person().did("booked", T, {"departs": T + 4 * DAY}).did("booked", T - DAY, {"departs": T + 20 * DAY})
    assert history(booked, person) == [(T, False), (T + 3 * DAY + 1, True), (T + 10 * DAY + 1, False)]


def test_two_leaves_that_turn_at_once_and_undo_each_other() -> None:
    person = Person().did("a", T - DAY).did("b", T - DAY)
    a, b = (Performed(name, frame=Frame(within=2 * DAY)) for name in "ab")
    either = Group("any", (Group("all", (a, b)), Group("none", (a, b))))
    assert next_change(either, person) is None
    assert next_change(Group("all", (a, Group("none", (b,)))), person) is None


def test_other_segments_pass_for_constant() -> None:
    assert next_change(InSegment("VIP"), Person()) is None


def test_of_ten_thousand_only_the_newest_are_looked_at() -> None:
    looked: list[int] = []

    class Data(dict[str, object]):
        def __contains__(self, key: object) -> bool:
            looked.append(1)
            return super().__contains__(key)

    person = Person(done=tuple(Done(f"e{number}", "event", "login", T - number, Data(total=5)) for number in range(2000)))
    filters = DataGroup("all", (DataFilter(PropertyPath.parse("total"), Is("gt", 1)),))
    assert next_change(Performed("login", filters=filters, times=3, frame=Frame(within=DAY)), person) == T - 2 + DAY + 1
    assert len(looked) < 20


@settings(max_examples=1500, deadline=None)
@given(trees(), people(), st.lists(st.integers(0, 60 * DAY), min_size=6, max_size=6))
def test_the_verdict_turns_at_the_next_change_and_nowhere_before(tree: Condition, person: Person, offsets: list[int]) -> None:
    evaluator = Evaluator(tree)
    for start in (person, person.at(person.now + offsets[0])):
        before, change = evaluator.holds(start), evaluator.next_change(start)
        if change is not None:
            assert change > start.now
            assert evaluator.holds(start.at(change)) is not before
            assert evaluator.holds(start.at(change - 1)) is before
            offsets = [offset % (change - start.now) for offset in offsets]
        assert all(evaluator.holds(start.at(start.now + offset)) is before for offset in offsets)
