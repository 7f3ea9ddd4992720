import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb.queries import where

from cio_tui import filters
from cio_tui.filters.queries import property_holds
from cio_tui.model.comparing import Comparison
from cio_tui.model.json_values import dumps
from cio_tui.model.paths import PropertyPath

NOW = 1_718_000_000
DAY = 86_400
CONTEXT = filters.FilterContext(now=NOW, people=lambda text: {"anna": ["p1"]}.get(text, []))


def test_tinydb_operators_are_used_where_they_say_it_exactly():
    def compiled(line):
        return filters.parse(line, "activity").compile(CONTEXT)

    assert compiled("type:event,page") == where("type").one_of(["event", "page"])
    assert compiled("person:anna") == (where("person") == "p1")
    assert compiled("is:identified") == where("person").exists()
    assert compiled("since:7d") == (where("timestamp") >= NOW - 7 * DAY)
    assert compiled("before:7d") == (where("timestamp") < NOW - 7 * DAY)


@pytest.mark.parametrize(
    ("line", "tree"),
    [
        ("ORDER", ("text", "order")),
        ('"say \\"hello\\""', ("and", frozenset({("find", 'say "hello"'), ("text", "hello")}))),
        ("é", ("find", "é")),
        (
            "data.a.b=1",
            (
                "and",
                frozenset(
                    {
                        ("property", "data", "a.b", "=", "1"),
                        ("or", frozenset({("data", ("data", "a", "b"), "=", "1"), ("data", ("data", "a.b"), "=", "1")})),
                    }
                ),
            ),
        ),
        ("data.total>50", ("data", ("data", "total"), ">", "50")),
        ("data.total", ("data", ("data", "total"), "exists", "")),
        ("data.total!=50", ("not", ("data", ("data", "total"), "=", "50"))),
    ],
)
def test_the_hash_is_the_documented_one(line, tree):
    assert filters.parse(line, "activity").compile(CONTEXT)._hash == tree


def test_a_flat_key_and_a_path_have_hashes_of_their_own():
    queries = [property_holds("data", PropertyPath.parse(text), None) for text in ("a.b", '["a.b"]', 'a["b"]')]
    assert len({query._hash for query in queries}) == 3


def superset(node, document):
    """What the store may make of a hash: True where it cannot tell."""
    kind = node[0]
    if kind in ("and", "or"):
        return (all if kind == "and" else any)(superset(child, document) for child in node[1])
    if kind == "like":
        value = document.get(node[1][0], "")
        return isinstance(value, str) and (not value.isascii() or node[2].lower() in value.lower())
    if kind == "text":
        text = dumps(document)
        return not text.isascii() or node[1].lower() in text.lower()
    if kind == "data":
        field, *steps = node[1]
        path = PropertyPath("", tuple(steps), explicit=True)
        values = path.values(document.get(field))
        return (
            any(v not in (None, "") for v in values) if node[2] == "exists" else Comparison(*node[2:], dates=True).holds(values)
        )
    if kind in ("==", ">=", "<", "exists"):
        value = document.get(node[1][0])
        if kind == "exists":
            return value is not None
        return type(value) is type(node[2]) and {"==": value == node[2], ">=": value >= node[2], "<": value < node[2]}[kind]
    return True


NAMES = st.text(alphabet='abAB"\\\nß*é ', max_size=5)
DATA = st.dictionaries(
    st.sampled_from(["a", "b", "a.b", "c"]),
    st.one_of(NAMES, st.integers(0, 99), st.floats(0, 9), st.fixed_dictionaries({"b": NAMES}), st.lists(NAMES, max_size=2)),
    max_size=3,
)
DOCUMENTS = st.fixed_dictionaries(
    {"type": st.sampled_from(["event", "attribute_change"]), "timestamp": st.integers(NOW - 50 * DAY, NOW), "data": DATA},
    optional={"name": NAMES, "person": st.just("p1"), "anonymous_id": NAMES, "id": st.just("01J2"), "cause": st.just("01J1")},
)
LINES = st.one_of(
    NAMES.map(filters.quote),
    NAMES.filter(str.strip).map(lambda name: f"name:{filters.quote(name)}"),
    NAMES.filter(str.strip).map(lambda name: f"anonymous:{filters.quote(name)}"),
    st.tuples(st.sampled_from(["a", "a.b", "a[]", '["a.b"]', "b"]), st.sampled_from(["=", "!=", "~", ">", ""]), NAMES).map(
        lambda parts: filters.property_term("data", parts[0], parts[1] or None, parts[2])
    ),
    st.sampled_from(["id:01j", "cause:01j1", "since:7d", "before:7d", "person:anna", "person:nobody", "is:late", "is:hidden"]),
)


@settings(max_examples=400)
@given(LINES, DOCUMENTS)
def test_what_matches_satisfies_what_the_store_may_narrow_by(line, document):
    query = filters.parse(line, "activity").compile(CONTEXT)
    if query(document):
        assert superset(query._hash, document)
