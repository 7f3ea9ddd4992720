import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui import filters
from cio_tui.model.activity import ACTIVITY_TYPES

CANDIDATES = {
    "name": ["sign up", "a+b", "order placed"],
    "data": ["items[].type", "items", "sign up date", '["a.b"]', "broken["],
    "person": ["anna@example.com"],
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ty", ["type:"]),
        ("-ty", ["type:"]),
        ("x or (ty", ["type:"]),
        ("TY", ["type:"]),
        ("dat", ["data."]),
        ("type:pa", ["type:page"]),
        ("type:event,pa", ["type:event,page"]),
        ("type:delete", ["type:profile_delete"]),
        ("is:", ["is:anonymous", "is:identified", "is:failed", "is:duplicate", "is:hidden", "is:late"]),
        ("is:d", ["is:duplicate", "is:identified", "is:failed", "is:hidden"]),
        ("name:si", ['name:"sign up"']),
        ('name:"sign u', ['name:"sign up"']),
        ("name:a", [r"name:a\+b", 'name:"order placed"']),
        ("data.it", ["data.items[].type", "data.items"]),
        ("data.sign", ['data["sign up date"]']),
        ('data["si', ['data["sign up date"]']),
        ("data.", ["data.items[].type", "data.items", 'data["sign up date"]', 'data["a.b"]']),
        ("person:an", ["person:anna@example.com"]),
        ("email:x", []),
        ("zzz", []),
        ('"ty', []),
    ],
)
def test_completion(text, found):
    assert filters.complete(text, len(text), "activity", CANDIDATES) == found


def test_on_no_word_all_keys_of_the_list_are_offered():
    keys = ["type:", "name:", "person:", "anonymous:", "data.", "since:", "before:", "is:", "id:", "cause:"]
    assert filters.complete("", 0, "activity") == keys
    assert filters.complete("a ", 2, "activity") == keys
    assert filters.complete("", 0, "attributes") == ["name:", "since:", "before:"]


def test_only_the_word_before_the_cursor_counts():
    assert filters.complete("type:ev since:7d", 7, "activity") == ["type:event", "type:failed_event", "type:device_change"]
    assert filters.token_start("type:ev since:7d", 7) == 0
    assert filters.token_start("a -is:fa", 8) == 3
    assert filters.token_start("a ", 2) == 2


def test_all_types_are_offered():
    assert filters.complete("type:", 5, "activity") == [f"type:{name}" for name in ACTIVITY_TYPES]


@given(st.text(max_size=20), st.integers(0, 25), st.sampled_from(filters.LISTS))
def test_completion_takes_any_text(text, cursor, list_name):
    filters.complete(text, cursor, list_name, CANDIDATES)
    assert 0 <= filters.token_start(text, cursor) <= cursor


@given(st.text(min_size=1, max_size=8).filter(str.strip))
def test_a_completed_name_can_be_read_and_finds_that_name(name):
    [line] = filters.complete("name:", 5, "activity", {"name": [name]})
    query = filters.parse(line, "activity").compile(filters.FilterContext(0, lambda _: []))
    assert query({"name": name})
