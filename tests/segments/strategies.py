"""Random definitions over a small vocabulary, so that random people meet them now and then."""

from hypothesis import strategies as st

from cio_tui.model.paths import PropertyPath
from cio_tui.segments.conditions import (
    OCCURRENCE_TYPES,
    AttributeIs,
    DataFilter,
    DataGroup,
    DeviceIs,
    ElementFilter,
    Frame,
    Group,
    InSegment,
    MessageDone,
    Performed,
    SameElement,
    Test,
)
from cio_tui.segments.definition import Definition

DAY = 86_400
NOW = 1_717_999_200
ATTRIBUTES = ["plan", "city", "id", "email", "created_at", "a.b", '["a.b"]', "address.city", "tags[]", "sign up date", "no", "ü"]
EVENTS = ["order_placed", "sign up", "404", "yes", "café ☕", "a: b # c"]
PAGES = ["/pricing", "Home"]
PATHS = [
    "total", "items[].type", "items[0].type", "items[].price", "tags[]", "grid[][1]", '["x]y"]', "a.b", " padded ",
    "any", "property", "itself", "field", "at least one of x", "null", "1", "- x", "k" * 1100, "line\nbreak",
]  # fmt: skip
ARRAYS = ["items", "tags", "grid[]", "orders[].items", '["a.b"]']
TEXTS = [
    "pro",
    "Pro",
    "",
    "monitor",
    "5",
    "007",
    "no",
    "true",
    "null",
    "2024-06-01",
    "1461866400",
    " x ",
    "a[]",
    "a, b",
    "a\nb",
    "\x85\u2028\x7f😀\U000e0001",
]


def paths(texts: list[str]) -> st.SearchStrategy[PropertyPath]:
    """Paths of these texts."""
    return st.sampled_from(texts).map(PropertyPath.parse)


def scalars() -> st.SearchStrategy[str | int | float | bool]:
    """What a value may be compared to."""
    numbers = st.sampled_from([0, 1, 5, 50, -3, 2**63, 10.0, 2.5, 1e22, 1e-7])
    return st.one_of(
        st.sampled_from(TEXTS), numbers, st.booleans(), st.text(max_size=4), st.floats(allow_nan=False, allow_infinity=False)
    )


def instants() -> st.SearchStrategy[int]:
    """Unix seconds around `NOW`, midnights among them."""
    return st.one_of(
        st.integers(NOW - 60 * DAY, NOW + 60 * DAY), st.integers(-60, 60).map(lambda days: (NOW // DAY + days) * DAY)
    )


def spans() -> st.SearchStrategy[int]:
    """Seconds of time frames."""
    return st.sampled_from([1, 90, 3600, DAY, 7 * DAY, 30 * DAY, 90_001])


@st.composite
def comparisons(draw: st.DrawFn) -> Test:
    """Any operator with values that it takes."""
    inverse = draw(st.booleans())
    operator = draw(st.sampled_from(["eq", "exists", "gt", "lt", "bw", "contains", "is_timestamp", "timestamp"]))
    if operator in ("exists", "is_timestamp"):
        return Test(operator, inverse=inverse)
    if operator == "bw":
        return Test("bw", draw(scalars()), draw(scalars()), inverse)
    if operator != "timestamp":
        return Test(operator, draw(scalars()), inverse=inverse)
    operator = draw(st.sampled_from(["timestamp_lt", "timestamp_gt", "timestamp_lta", "timestamp_gta", "timestamp_bw"]))
    if operator == "timestamp_bw":
        return Test(operator, draw(instants()), draw(instants()), inverse)
    distance = st.one_of(st.just(0), spans(), spans().map(lambda seconds: -seconds))
    return Test(operator, draw(distance if operator in ("timestamp_lt", "timestamp_gt") else instants()), inverse=inverse)


def same_elements() -> st.SearchStrategy[SameElement]:
    """*Where at least one* of an array meets a few filters."""
    filters = st.builds(ElementFilter, st.none() | paths(PATHS), comparisons())
    return st.builds(SameElement, paths(ARRAYS), st.lists(filters, max_size=3).map(tuple))


def data_groups(depth: int = 2) -> st.SearchStrategy[DataGroup]:
    """Filters of data."""
    members = [st.builds(DataFilter, paths(PATHS), comparisons()), same_elements()]
    if depth:
        members.append(data_groups(depth - 1))
    return st.builds(DataGroup, st.sampled_from(["all", "any"]), st.lists(st.one_of(members), max_size=3).map(tuple))


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    """All time, a rolling frame, or one with a start, an end or both."""
    kind = draw(st.sampled_from(["ever", "rolling", "absolute"]))
    if kind != "absolute":
        return Frame(draw(spans())) if kind == "rolling" else Frame()
    ends = sorted(draw(st.tuples(instants(), instants())))
    return Frame(0, *draw(st.sampled_from([(ends[0], ends[1]), (ends[0], None), (None, ends[1])])))


@st.composite
def performed(draw: st.DrawFn) -> Performed:
    """An occurrence of any type, counted in any way."""
    kind = draw(st.sampled_from(OCCURRENCE_TYPES))
    names = {"event": EVENTS, "attribute_change": ["plan", "city"]}.get(kind, PAGES)
    how = draw(st.sampled_from(["at_least", "exactly", "at_most"]))
    filters = data_groups()
    if kind == "attribute_change":
        ends = st.lists(st.builds(DataFilter, paths(["from", "to"]), comparisons()), max_size=2)
        filters = st.one_of(filters, ends.map(lambda members: DataGroup("all", tuple(members))))
    times = draw(st.integers(1 if how == "at_least" else 0, 4))
    return Performed(draw(st.sampled_from(names)), kind, draw(filters), times, how, draw(frames()), draw(st.booleans()))


def leaves() -> st.SearchStrategy[object]:
    """Every kind of leaf."""
    segments = st.one_of(st.integers(0, 3), st.sampled_from(["VIP", "Signed up", "7", "no"]))
    actions = st.sampled_from(["opened_email", "clicked_email"])
    return st.one_of(
        st.builds(AttributeIs, paths(ATTRIBUTES), comparisons()),
        performed(),
        performed(),
        st.builds(InSegment, segments, st.booleans()),
        st.builds(DeviceIs, paths(["platform", "last_used", "app.version"]), comparisons()),
        st.builds(MessageDone, actions, st.sampled_from(["", "Welcome", "1"]), st.integers(1, 3), frames(), st.booleans()),
    )


def conditions(depth: int = 3) -> st.SearchStrategy[Group]:
    """A group of leaves and groups, `depth` groups deep at most; empty ones among them."""
    member = leaves() if depth <= 1 else st.one_of(leaves(), leaves(), conditions(depth - 1))
    return st.builds(Group, st.sampled_from(["all", "any", "none"]), st.lists(member, max_size=3).map(tuple))


def definitions() -> st.SearchStrategy[Definition]:
    """Whole definitions, manual ones among them."""
    names = st.sampled_from(["", "VIP", "no", "2024", "Bought: a monitor # lately", "日本 ☕", 'it\'s "so"'])
    descriptions = st.sampled_from(["", "Who pays.", "Two\nlines", "- x: y"])
    ids = st.none() | st.integers(0, 9)
    data = st.builds(Definition, names, descriptions, st.just("data"), conditions(), ids)
    return st.one_of(data, data, data, st.builds(Definition, names, descriptions, st.just("manual"), st.just(Group()), ids))
