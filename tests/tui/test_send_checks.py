"""What the send form knows without a screen: reading, checks, differences, drafts, and that none of it loads textual."""

import json
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cio_tui.model.json_values import dumps
from cio_tui.tui.sending.changes import data_changes
from cio_tui.tui.sending.checks import check_data, check_name, check_properties, check_timestamp
from cio_tui.tui.sending.drafts import Draft, Drafts, copy_of, editable_json, settled, started
from cio_tui.tui.sending.judging import judge
from cio_tui.tui.sending.reading import Problem, Sending, field_of, read, read_data
from cio_tui.workspace import Workspace

NOW = 1_718_000_000
DAY = 86_400
HOSTILE = ["[/]", "[b", "\x1b[31m", "a\nb", "tab\there", "\u202eabc", "👩‍👩‍👧", "x" * 10_000, "\ud800", "a\0b", "]", "\u2028"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.fixture
def shop():
    with Workspace.in_memory(now=NOW) as workspace:
        workspace.identify("42", {"email": "ada@example.com"})
        workspace.track("order_placed", person="42", data={"total": 20, "items": [{"price": 1}, {"price": 2}], "coupon": "A"})
        workspace.track("order_placed", person="42", data={"total": 30, "items": [{"price": 3}]})
        yield workspace


def texts(checks, mark=None):
    return [check.text for check in checks if mark in (None, check.mark)]


def newest(workspace, line=""):
    return workspace.log.page(line, limit=1).entries[0]


def verdict(workspace, original=None, **fields):
    draft = copy_of(original) if original else Draft(person="42", name="order_placed", data='{"total": 1, "items": []}')
    draft = Draft(**{name: fields.get(name, getattr(draft, name)) for name in Draft.__slots__})
    return judge(workspace, draft, original, workspace.index.events())


def test_nothing_of_it_loads_textual():
    modules = "from cio_tui.tui.sending import drafts, reading, changes, checks, judging"
    loaded = "[name for name in sys.modules if name.startswith(('textual', 'rich'))]"
    code = f"import sys; {modules}; assert not {loaded}"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_name_is_checked(shop):
    events = shop.index.events()
    assert texts(check_name(" order_placed ", "event", events), "!") == [
        "the name is sent as 'order_placed': outer spaces are trimmed"
    ]
    assert "received 2 times" in texts(check_name("order_placed", "event", events), "✓")[0]
    assert texts(check_name("Order Placed", "event", events), "!") == [
        "first time: no event of this name was ever received",
        "almost the same name as order_placed",
    ]
    assert "it is known as event" in texts(check_name("order_placed", "page", events), "!")[0]
    assert "101 bytes" in texts(check_name("x" * 101, "event", events), "×")[0]
    assert "first time" in texts(check_name("å" * 50, "event", events), "!")[0]


@pytest.mark.parametrize(
    ("age", "mark", "words"),
    [
        (0, "✓", "now"),
        (60, "✓", "1m old"),
        (72 * 3600, "✓", "3d"),
        (72 * 3600 + 1, "!", "72 h"),
        (30 * DAY, "!", "72 h"),
        (30 * DAY + 1, "!", "the product's log hides it"),
        (-3600, "!", "1h ahead"),
    ],
)
def test_a_timestamp_is_checked(age, mark, words):
    [check] = check_timestamp(NOW - age, NOW)
    assert (check.mark, words in check.text) == (mark, True)


def test_data_is_checked():
    [fine, recipient] = check_data({"recipient": "a@b.c"})
    assert fine.text == "data: 21 of 100,000 bytes, 1 property"
    assert recipient.text == "recipient replaces To in emails that this event triggers"
    [wrong] = check_data({"a": "x" * 100_000})
    assert wrong.mark == "×"


def test_drift_is_pointed_out(shop):
    found = texts(check_properties({"total": "20", "gift": True}, shop.index.properties("order_placed")))
    assert found == [
        "total is a string here; so far number (2 times)",
        "new for this event: gift",
        "always came so far, missing here: items",
    ]
    assert not texts(check_properties({"total": None, "items": [{"price": 9}]}, shop.index.properties("order_placed")))


def test_a_known_id_is_a_duplicate(shop):
    known = newest(shop)
    said = verdict(shop, id=known.activity.id.lower())
    assert said.receipt.status == "duplicate"
    assert any("dropped as a duplicate" in text for text in texts(said.checks, "!"))


def test_every_note_of_the_engine_is_among_the_checks(shop):
    said = verdict(
        shop, name=" order_placed", timestamp="-4d", data='{"recipient": "a@b.c", "from_address": "x", "reply_to": "y"}'
    )
    assert len(said.receipt.notes) == 5
    assert said.notes == []
    for timestamp in ("-31d", "+2h"):
        assert verdict(shop, timestamp=timestamp).notes == []


def test_judging_writes_nothing(shop):
    before = shop.digest()
    assert verdict(shop).receipt.status == "accepted"
    assert verdict(shop).effects == ["event order_placed for ada@example.com"]
    assert verdict(shop, person="nobody").receipt.status == "rejected"
    assert shop.digest() == before


def test_all_problems_are_told_at_their_fields(shop):
    problems = read(Draft(timestamp="soon", id="x", data="{", owner="anonymous"), NOW, None)
    assert [problem.field for problem in problems] == ["owner", "name", "timestamp", "id", "data"]


@pytest.mark.parametrize(
    ("text", "line", "column"), [('{\n  "a": 1,\n}', 3, 1), ("{", 1, 2), ('{"a": NaN}', 0, 0), ("[]", 0, 0), ("[" * 5000, 0, 0)]
)
def test_a_json_problem_has_its_place(text, line, column):
    problem = read_data(text)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.column) == (line, column)


def test_reasons_find_their_fields(shop):
    assert field_of("person x was not found") == "owner"
    for field, fields in {
        "name": {"name": "x" * 101},
        "owner": {"person": "nobody"},
        "data": {"data": json.dumps({"a": "x" * 100_001})},
    }.items():
        assert [problem.field for problem in verdict(shop, **fields).problems] == [field]
    shop.suppress("42")
    assert [problem.field for problem in verdict(shop, person="42").problems] == ["owner"]


def test_a_copy_is_a_resend_unless_it_is_another_event(shop):
    original = newest(shop)
    copy = read(copy_of(original), NOW, original)
    assert isinstance(copy, Sending)
    assert copy.is_plain_copy
    other = read(Draft(owner="anonymous", anonymous_id="a", name="order_placed", original=original.activity.id), NOW, original)
    assert not other.is_plain_copy
    for sending in (copy, other):
        receipt = sending.run(shop)
        assert receipt.status == "accepted"
        assert shop.log.get(receipt.id).activity.cause == original.activity.id


def test_a_copy_of_an_anonymous_event_and_of_an_invite(shop):
    for sent in (shop.track("seen", anonymous_id="a-1"), shop.track("invited", invite="x@y.z")):
        original = shop.log.get(sent.id)
        sending = read(copy_of(original), NOW, original)
        assert sending.is_plain_copy
        copy = shop.log.get(sending.run(shop).id).activity
        assert (copy.person, copy.anonymous_id, copy.data) == (None, original.activity.anonymous_id, original.activity.data)


def test_a_failed_event_can_be_mended(shop):
    shop.track("x" * 101, person="42", data={"a": 1})
    failed = newest(shop, "is:failed")
    draft = settled(copy_of(failed), shop.directory)
    assert json.loads(draft.data) == {"a": 1}
    sending = read(Draft(owner="person", person=draft.person, name="fine", data=draft.data, original=draft.original), NOW, failed)
    assert shop.log.get(sending.run(shop).id).activity.cause == failed.activity.id


def test_the_difference_is_by_path(shop):
    original = shop.log.page("name:order_placed").entries[-1]
    said = verdict(
        shop, original, data='{"total": 20.5, "items": [{"price": 1}, {"price": 7}, 3], "gift": {"a.b": 1}}', name="order_paid"
    )
    assert [(change.what, change.old, change.new) for change in said.changes[:-2]] == [
        ("name", "order_placed", "order_paid"),
        ("total", "20", "20.5"),
        ("items[1].price", "2", "7"),
        ("items[2]", "new", "3"),
        ("coupon", '"A"', "gone"),
        ("gift", "new", '{"a.b":1}'),
    ]
    assert [(change.what, change.new) for change in said.changes[-2:]] == [("timestamp", "now"), ("id", "new")]


@example({"\x7f": "\x7f"})
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), JSON, max_size=4))
def test_equal_data_has_no_difference_and_survives_the_editor(data):
    assert list(data_changes(data, json.loads(dumps(data)))) == []
    text = editable_json(data)
    assert json.loads(text) == data
    assert all(char.isprintable() or char == "\n" for char in text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_crashes_nothing(shop, text):
    original = newest(shop)
    for name in ("person", "anonymous_id", "invite", "name", "timestamp", "id", "data"):
        owner = {"anonymous_id": "anonymous", "invite": "invite"}.get(name, "person")
        for source in (None, original):
            said = verdict(shop, source, **{name: text, "owner": owner})
            assert said.receipt is not None or said.problems or said.error
    if "\ud800" not in text:
        verdict(shop, data=json.dumps({text: [text, {text: text}]}))


def test_drafts_are_kept_by_kind_of_form(shop):
    drafts, empty = Drafts(), started()
    assert not drafts.keep(empty, empty)
    assert drafts.keep(Draft(name="a", data='{"x": 1}', person="cio_1"), empty)
    assert drafts.restored(empty).name == "a"
    assert drafts.restored(started(person="cio_2")).person == "cio_2"
    assert drafts.restored(started(name="other")) is None
    copy = copy_of(newest(shop))
    assert drafts.restored(copy) is None
    drafts.keep(Draft(name="b", original=copy.original), copy)
    assert drafts.restored(copy).name == "b"
    drafts.drop("send")
    assert drafts.restored(empty) is None


def test_a_person_is_settled_by_cio_id(shop):
    cio_id = shop.directory.person("42").person.cio_id
    for reference in ("42", "ada@example.com", cio_id, f"cio_{cio_id}"):
        assert settled(started(person=reference), shop.directory).person == f"cio_{cio_id}"
    assert settled(started(person="nobody"), shop.directory).person == "nobody"
