import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui import filters
from cio_tui.filters.parsing import All, Either, Not, Term
from cio_tui.model.name_search import escape

CONTEXT = filters.FilterContext(now=1_718_000_000, people=lambda text: [text] if text.isalnum() else [])
LISTS = st.sampled_from(filters.LISTS)
PIECES = st.sampled_from(
    ["or", "|", "not ", "-", "!", "and", "(", ")", " ", '"', "'", "type:", "event", "name:", "a*+b|c", "data.", "data[", "x.y[]",
     ">5", "=", "attr.", "is:", "failed", "since:", "7d", "person:", "id:", "\\", "é", "foo:", ",", "~", "has:email", "[", "]"]
)  # fmt: skip
LINES = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=10).map("".join), st.lists(PIECES, max_size=6).map(" ".join))

ODD = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 2_000_000_000), st.floats(), st.text("abé*x", max_size=4)),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["x", "y", "x.y", "a"]), inner, max_size=2),
    max_leaves=4,
)
FIELDS = ["id", "type", "name", "person", "anonymous_id", "timestamp", "processed_at", "cause", "duplicates", "data"]
FIELDS += ["cio_id", "email", "added_at", "attributes", "devices", "last_received"]
ODD_DOCUMENTS = st.dictionaries(st.sampled_from(FIELDS), ODD, max_size=6)


def shape(node):
    """A tree as nested tuples that a table can hold."""
    if node is None:
        return None
    if isinstance(node, Term):
        return f"{node.key}:{node.value}"
    if isinstance(node, Not):
        return ("not", shape(node.part))
    return ("all" if isinstance(node, All) else "either" if isinstance(node, Either) else "?", *map(shape, node.parts))


@pytest.mark.parametrize(
    ("line", "tree"),
    [
        ("", None),
        ("   ", None),
        ("a b", ("all", ":a", ":b")),
        ("a and b", ("all", ":a", ":b")),
        ("a b or c d", ("either", ("all", ":a", ":b"), ("all", ":c", ":d"))),
        ("a | b OR c", ("either", ":a", ":b", ":c")),
        ("name:a|b", "name:a|b"),
        ("name:a|b c", ("all", "name:a|b", ":c")),
        ("not a b", ("all", ("not", ":a"), ":b")),
        ("-a !b", ("all", ("not", ":a"), ("not", ":b"))),
        ("not -a", ":a"),
        ("-(a or b) c", ("all", ("not", ("either", ":a", ":b")), ":c")),
        ("((a))", ":a"),
        ('"a or b"', ":a or b"),
        ("'a \" b'", ':a " b'),
        (r'"say \"hi\" \\ \n"', ':say "hi" \\ \\n'),
        ("don't", ":don't"),
        ("- a", ("all", ":-", ":a")),
        ('name:"sign up" x', ("all", "name:sign up", ":x")),
        ("(name:order(paid) x)", ("all", "name:order(paid)", ":x")),
        ("(a b)c", ("all", ("all", ":a", ":b"), ":c")),
        ("type:event,page", "type:event,page"),
        ("TYPE:Event", "type:Event"),
        ("data.items[].type=monitor", "data:.items[].type=monitor"),
        ('data["sign up (date)"]>3 x', ("all", 'data:["sign up (date)"]>3', ":x")),
        ("(data.total>50)", "data:.total>50"),
        ('data.a~"x y" b', ("all", 'data:.a~"x y"', ":b")),
        ("12:30", ":12:30"),
        ("database", ":database"),
    ],
)
def test_what_a_line_means(line, tree):
    assert shape(filters.parse(line, "activity").tree) == tree


@pytest.mark.parametrize(
    ("line", "tree"),
    [
        ("sign up", ":sign up"),
        ("order + paid|test type:event", ("all", ":order + paid|test", "type:event")),
        ("a b or c", ("either", ":a b", ":c")),
        ("-a b c", ("all", ("not", ":a"), ":b c")),
        ('a "b c" d', ("all", ":a", ":b c", ":d")),
        ("(a b) c", ("all", ":a b", ":c")),
    ],
)
def test_e_search_words_side_by_side_are_one_search_in_the_index(line, tree):
    assert shape(filters.parse(line, "events").tree) == tree


@pytest.mark.parametrize(
    ("line", "list_name", "position", "says"),
    [
        ("a (b", "activity", 2, "not closed"),
        ("a b)", "activity", 3, "closes nothing"),
        ("a or", "activity", 4, "missing after or"),
        ("or a", "activity", 0, "missing before or"),
        ("a or or b", "activity", 5, "missing before or"),
        ("not", "activity", 3, "missing after not"),
        ("()", "activity", 1, "missing before )"),
        ('x "a', "activity", 2, "quotes"),
        ('name:"a', "activity", 5, "quotes"),
        ("x type:", "activity", 7, "missing after type:"),
        ("type:evnt", "activity", 5, "did you mean event"),
        ("type:nope*", "activity", 5, "no type"),
        ("a typ:event", "activity", 2, "did you mean type:"),
        ("email:a", "activity", 0, "a filter of people"),
        ("attr.a=1", "activity", 0, "attr. is a filter of people"),
        ("data.a=1", "people", 0, "data. is a filter of activity"),
        ("is:anonymous", "people", 3, "unsubscribed"),
        ("is:failing", "activity", 3, "did you mean failed"),
        ("since:soon", "activity", 6, "not a time"),
        ("since:1718000000000", "activity", 6, "milliseconds"),
        ("x data.a..b=1", "activity", 9, "a key is missing"),
        ("data.a[-1]>3", "activity", 7, "negative"),
        ("data.a>", "activity", 7, "missing after >"),
        ('data["a', "activity", 4, "quotes"),
        ("data. x", "activity", 5, "property is missing"),
        ("type:screen,failed_event", "events", 5, "no type 'failed_event'"),
    ],
)
def test_a_wrong_line_says_where_and_what_to_do(line, list_name, position, says):
    with pytest.raises(filters.FilterError) as caught:
        filters.parse(line, list_name)
    assert caught.value.position == position
    assert says in f"{caught.value} {caught.value.hint}"


def test_deep_and_long_lines_are_refused_not_crashed_on():
    filters.parse("(" * 20 + "a" + ")" * 20, "activity")
    with pytest.raises(filters.FilterError, match="nested"):
        filters.parse("(" * 5000 + "a" + ")" * 5000, "activity")
    with pytest.raises(filters.FilterError, match="200 terms"):
        filters.parse("a " * 201, "activity")
    filters.parse("-" * 5001 + "a", "activity")
    query = filters.parse("zz or " * 199 + "b", "activity").compile(CONTEXT)
    assert query({"name": "b"})


@given(LINES, LISTS, st.lists(ODD_DOCUMENTS, max_size=3))
def test_any_line_is_a_filter_or_a_filter_error_and_no_document_breaks_it(line, list_name, documents):
    try:
        found = filters.parse(line, list_name)
    except filters.FilterError as error:
        found, position = None, error.position
    if found is None:
        assert 0 <= position <= len(line)
        return
    query = found.compile(CONTEXT)
    if query is None:
        assert not line.strip()
        return
    hash(query)
    for document in documents:
        query(document)


@given(LINES, LISTS, st.lists(ODD_DOCUMENTS, min_size=1, max_size=3))
def test_not_matches_exactly_the_others(line, list_name, documents):
    try:
        query = filters.parse(f"({line})", list_name).compile(CONTEXT)
        negated = filters.parse(f"-({line})", list_name).compile(CONTEXT)
    except filters.FilterError:
        return
    assert all(query(document) is not negated(document) for document in documents)


@given(
    st.one_of(st.text(max_size=12), st.sampled_from(["or", "OR", "not", "and", "|", "-a", "!", "type:x", "data.x", "(", "don't"]))
)
def test_a_quoted_value_is_read_back(text):
    assert shape(filters.parse(filters.quote(text), "activity").tree) == f":{text}"
    if text.strip():
        assert shape(filters.parse(f"x name:{filters.quote(text)} y", "activity").tree) == ("all", ":x", f"name:{text}", ":y")


@given(st.text(min_size=1, max_size=12).filter(str.strip))
def test_a_name_is_found_by_its_escaped_and_quoted_form(name):
    query = filters.parse(f"name:{filters.quote(escape(name))}", "activity").compile(CONTEXT)
    assert query({"type": "event", "name": name})


@given(st.text(min_size=1, max_size=8), st.text(max_size=8), st.sampled_from(["=", "~"]))
def test_a_property_term_is_read_back(key, value, operator):
    path = f"[{json.dumps(key)}]"
    line = filters.property_term("data", path, operator, value)
    assert filters.parse(f"(x {line})", "activity")
    assert filters.parse(line, "activity").compile(CONTEXT)({"data": {key: value}})


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("items[].type", "data.items[].type"),
        ("sign up date", 'data["sign up date"]'),
        ('["a.b"].c', 'data["a.b"].c'),
        ("a=b.c!", 'data["a=b"]["c!"]'),
    ],
)
def test_property_terms_are_quoted_only_where_needed(path, written):
    assert filters.property_term("data", path) == written


def test_uses_looks_through_the_whole_tree():
    found = filters.parse("a or -(is:Hidden type:event,page)", "activity")
    assert found.uses("is")
    assert found.uses("is", "hidden")
    assert found.uses("type", "page")
    assert found.uses("", "a")
    assert not found.uses("is", "failed")
    assert not filters.parse("", "activity").uses("is")
