import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui.model.errors import InputError
from cio_tui.model.paths import ANY, PathError, PropertyPath, flatten, liquid_path, spell

CART = {
    "total": 215,
    "items": [{"type": "monitor", "price": 200}, {"type": "cable"}],
    "tags": ["new", "sale"],
    "grid": [[1, 2], [3]],
    "sign up date": 5,
    "a.b": "flat",
    "a": {"b": "nested", "": 0, "*": 1, "x]y": 2},
    "nothing": None,
}

KEYS = st.one_of(
    st.sampled_from(["a", "b", "a.b", "a[]", "a[].b", "*", "", '"', "[", 'a["b"]', "sign up", "ü"]), st.text(max_size=4)
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=3))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=4)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("total", ("total",)),
        ("a.b", ("a", "b")),
        ("items[].type", ("items", ANY, "type")),
        ("items[0].type", ("items", 0, "type")),
        ("tags[]", ("tags", ANY)),
        ("grid[][1]", ("grid", ANY, 1)),
        ("sign up date", ("sign up date",)),
        ('["sign up date"]', ("sign up date",)),
        ("['a.b']", ("a.b",)),
        (r"['it\'s \n']", (r"it's \n",)),
        ('items[]["a b"]', ("items", ANY, "a b")),
        ('["a\\"b\\u00e9"].c', ('a"bé', "c")),
        ("[0]", (0,)),
        ('[""]', ("",)),
        (" a", (" a",)),
    ],
)
def test_4_6_a_path_is_read_as_its_steps(text, steps):
    assert PropertyPath.parse(text).steps == steps


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        (".a", 0),
        ("a..b", 2),
        ("a.", 2),
        ("a.[0]", 2),
        ("a]", 1),
        ("a[", 2),
        ("a[-1]", 2),
        ("a[x]", 2),
        ("a[1", 2),
        ("a[]b", 3),
        ('a["b', 2),
        ("a['b", 2),
        ('a["b"', 5),
        ("a[9999999999]", 2),
    ],
)
def test_a_broken_path_says_where(text, position):
    with pytest.raises(PathError) as caught:
        PropertyPath.parse(text)
    assert caught.value.position == position
    assert f"character {position + 1} " in str(caught.value)


def test_a_path_deeper_than_any_data_is_refused():
    PropertyPath.parse(".".join("a" * 100))
    with pytest.raises(PathError):
        PropertyPath.parse(".".join("a" * 101))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("total", [215]),
        ("items[].type", ["monitor", "cable"]),
        ("items[0].type", ["monitor"]),
        ("items[1].price", []),
        ("items[2]", []),
        ("tags[]", ["new", "sale"]),
        ("tags", [["new", "sale"]]),
        ("grid[][0]", [1, 3]),
        ("grid[][]", [1, 2, 3]),
        ("sign up date", [5]),
        ("a.b", ["flat"]),
        ('a["b"]', ["nested"]),
        ('["a.b"]', ["flat"]),
        ('a[""]', [0]),
        ("a.*", [1]),
        ('a["x]y"]', [2]),
        ("nothing", [None]),
        ("nothing.x", []),
        ("total[]", []),
        ("total[0]", []),
        ("a[]", []),
        ("a[0]", []),
        ("tags.0", []),
        ("tags[0][0]", []),
        ("tags[0].x", []),
        ("missing", []),
    ],
)
def test_4_6_what_a_path_finds(text, values):
    assert PropertyPath.parse(text).values(CART) == values


@pytest.mark.parametrize("document", [None, 1, "a", [], [{"a": 1}], {1: 2}])
def test_values_of_odd_documents_are_none(document):
    assert PropertyPath.parse("a").values(document) == []


@given(OBJECTS)
def test_every_flattened_text_finds_its_value(data):
    for text, value in flatten(data):
        found = PropertyPath.parse(text).values(data)
        assert any(each is value or each == value for each in found), text


@given(OBJECTS)
def test_flatten_yields_every_scalar(data):
    def scalars(value):
        if isinstance(value, dict):
            return sum(map(scalars, value.values()))
        return sum(map(scalars, value)) if isinstance(value, list) else 1

    assert sum(not isinstance(value, (dict, list)) for _, value in flatten(data)) == scalars(data)


def test_flatten_names_containers_elements_and_scalars():
    data = {"total": 215, "items": [{"type": "monitor"}, 7], "a.b": {"c d": 1}}
    assert list(flatten(data)) == [
        ("total", 215),
        ("items", [{"type": "monitor"}, 7]),
        ("items[]", {"type": "monitor"}),
        ("items[].type", "monitor"),
        ("items[]", 7),
        ('["a.b"]', {"c d": 1}),
        ('["a.b"].c d', 1),
    ]


def test_flatten_keeps_a_flat_key_and_a_path_of_the_same_spelling_apart():
    data = {"a.b": 1, "a": {"b": 2}}
    assert dict(flatten(data)) == {'["a.b"]': 1, "a": {"b": 2}, '["a"].b': 2}


def test_flatten_goes_a_hundred_levels_down():
    data = value = {}
    for _ in range(99):
        value["a"] = value = {}
    value["a"] = 1
    text, last = list(flatten(data))[-1]
    assert (last, PropertyPath.parse(text).values(data)) == (1, [1])


@given(st.text(max_size=12))
def test_any_text_is_a_path_or_a_path_error(text):
    try:
        path = PropertyPath.parse(text)
    except PathError as error:
        path, position = None, error.position
    if path is None:
        assert 0 <= position <= len(text)
    else:
        assert PropertyPath.parse(spell(path.steps)).steps == path.steps
        path.values(CART)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("total", {**CART, "total": 9}),
        ("a.b", {**CART, "a.b": 9}),
        ('a["b"]', {**CART, "a": {**CART["a"], "b": 9}}),
        ("items[0].price", {**CART, "items": [{"type": "monitor", "price": 9}, {"type": "cable"}]}),
        ("items[2]", {**CART, "items": [*CART["items"], 9]}),
        ("items[2].price", {**CART, "items": [*CART["items"], {"price": 9}]}),
        ("items[].price", {**CART, "items": [{"type": "monitor", "price": 9}, {"type": "cable", "price": 9}]}),
        ("tags[]", {**CART, "tags": [9, 9]}),
        ("new.deep.key", {**CART, "new": {"deep": {"key": 9}}}),
        ("new[0].key", {**CART, "new": [{"key": 9}]}),
    ],
)
def test_assign_sets_a_copy(text, expected):
    before = copy.deepcopy(CART)
    assert PropertyPath.parse(text).assign(CART, 9) == expected
    assert before == CART


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("total.x", "total is of type number, not an object"),
        ("nothing.x", "nothing is of type null"),
        ("total[0]", "total is of type number, not an array"),
        ("items.type", "items is of type array, not an object"),
        ("items[3]", "items has 2 elements"),
        ("new[]", "new is missing, not an array"),
        ("new[1]", "new is missing, not an array"),
        ("[0]", "the data is of type object, not an array"),
    ],
)
def test_assign_says_why_it_cannot(text, message):
    with pytest.raises(InputError, match=message.replace("[", r"\[")):
        PropertyPath.parse(text).assign(CART, 9)


def test_assigned_values_are_not_shared():
    value = {"x": []}
    done = PropertyPath.parse("tags[]").assign(CART, value)
    done["tags"][0]["x"].append(1)
    assert (done["tags"][1], value) == ({"x": []}, {"x": []})


@given(OBJECTS, SCALARS)
def test_what_was_assigned_is_found(data, value):
    before = json.dumps(data)
    for text, _ in flatten(data):
        path = PropertyPath.parse(text)
        try:
            changed = path.assign(data, value)
        except InputError:
            continue  # an array whose elements are of several kinds
        found = path.values(changed)
        assert found == [value] * len(found)
        assert found
    assert json.dumps(data) == before


@pytest.mark.parametrize(
    ("text", "liquid"),
    [
        ("items[0].type", "event.items[0].type"),
        ("items[].type", "event.items[0].type"),
        ("sign up date", 'event["sign up date"]'),
        ("a['say \"hi\"'].b", "event.a['say \"hi\"'].b"),
        ("1st", 'event["1st"]'),
    ],
)
def test_liquid_paths(text, liquid):
    assert liquid_path("event", text) == liquid
