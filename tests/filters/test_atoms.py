import pytest

from cio_tui import filters

NOW = 1_718_000_000
DAY = 86_400
PEOPLE = {"anna": ["p1"], "both": ["p1", "p2"]}
CONTEXT = filters.FilterContext(now=NOW, people=lambda text: PEOPLE.get(text, []))

ACTIVITY = {
    "anna buys": {
        "id": "01J00000000000000000000001", "type": "event", "name": "Order placed", "person": "p1", "timestamp": NOW - 60,
        "received_at": NOW, "processed_at": NOW, "data": {"total": 215, "items": [{"type": "Monitor"}], "a.b": 1, "when": NOW},
    },
    "visitor": {
        "id": "01J00000000000000000000002", "type": "page", "name": "https://x.example/", "anonymous_id": "web-1",
        "timestamp": NOW - 31 * DAY, "received_at": NOW, "data": {"total": "40"}, "duplicates": 2,
    },
    "change": {
        "id": "01J00000000000000000000003", "type": "attribute_change", "person": "p2", "timestamp": NOW - 30 * DAY,
        "received_at": NOW, "processed_at": NOW - 30 * DAY, "cause": "01J00000000000000000000001",
        "data": {"plan": {"from": "", "to": "pro"}},
    },
    "failure": {
        "id": "01K00000000000000000000004", "type": "failed_event", "name": "x", "person": "p1", "timestamp": NOW - 7 * DAY,
        "received_at": NOW, "processed_at": NOW - 7 * DAY, "data": {"total": None, "note": 'say "hi"\n', "price": 1.5},
    },
}  # fmt: skip
PROFILES = {
    "anna": {
        "cio_id": "a301", "id": "u1", "email": "Anna@Example.com", "added_at": NOW - DAY,
        "attributes": {"plan": "Pro", "age": "41"}, "devices": [{"id": "d"}],
    },
    "bob": {
        "cio_id": "b302", "id": "U22", "added_at": NOW - 9 * DAY,
        "attributes": {"unsubscribed": "TRUE", "plan": ""}, "devices": [],
    },
    "cleo": {"cio_id": "c303", "email": "cleo@other.org", "added_at": NOW, "attributes": {"unsubscribed": 1}, "devices": []},
}  # fmt: skip
EVENTS = {
    "order": {"type": "event", "name": "Order placed", "count": 3, "last_received": NOW - DAY},
    "test": {"type": "event", "name": "order placed test", "count": 1, "last_received": NOW - 9 * DAY},
    "home": {"type": "page", "name": "Home", "count": 1, "last_received": None},
}
ATTRIBUTES = {"plan": {"name": "plan", "people": 3, "last_received": NOW}, "total": {"name": "plan total", "people": 1}}


def found(line, documents, list_name):
    query = filters.parse(line, list_name).compile(CONTEXT)
    return {name for name, document in documents.items() if query is None or query(document)}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", {"anna buys", "visitor", "change", "failure"}),
        ("ORDER", {"anna buys"}),
        ("monitor", {"anna buys"}),
        ("215", {"anna buys"}),
        ("1.5", {"failure"}),
        ('"say \\"hi"', {"failure"}),
        ("web-1", {"visitor"}),
        ("plan", {"change"}),
        ("received_at", set()),
        ("type:event", {"anna buys"}),
        ("type:event,Page", {"anna buys", "visitor"}),
        ("type:failed*", {"failure"}),
        ("name:order", {"anna buys"}),
        ("name:order*", {"anna buys"}),
        ("name:placed*", set()),
        ("name:order|placed", set()),
        ("name:plan", {"change"}),
        ("name:total", set()),
        ("person:anna", {"anna buys", "failure"}),
        ("person:both", {"anna buys", "failure", "change"}),
        ("person:nobody", set()),
        ("-person:nobody", {"anna buys", "visitor", "change", "failure"}),
        ("anonymous:web-1", {"visitor"}),
        ("anonymous:WEB-1", set()),
        ("anonymous:web", set()),
        ("anonymous:w*", {"visitor"}),
        ("anonymous:*", {"visitor"}),
        ("id:01j", {"anna buys", "visitor", "change"}),
        ("id:01K00000000000000000000004", {"failure"}),
        ("id:1J", set()),
        ("cause:01j00000000000000000000001", {"change"}),
        ("since:7d", {"anna buys", "failure"}),
        ("since:6d23h59m59s", {"anna buys"}),
        ("before:7d", {"visitor", "change"}),
        ("before:-1h", {"visitor", "change", "failure"}),
        (f"since:{NOW - 60}", {"anna buys"}),
        ("since:2024-06-10T06:12:20Z", {"anna buys"}),
        ("before:now", {"anna buys", "visitor", "change", "failure"}),
        ("is:anonymous", {"visitor"}),
        ("is:identified", {"anna buys", "change", "failure"}),
        ("is:failed", {"failure"}),
        ("is:duplicate", {"visitor"}),
        ("is:hidden", {"visitor"}),
        ("is:late", {"anna buys"}),
        ("data.total>50", {"anna buys"}),
        ("data.total<=40", {"visitor"}),
        ("data.total", {"anna buys", "visitor"}),
        ("-data.total", {"change", "failure"}),
        ("data.total!=215", {"visitor", "change", "failure"}),
        ("data.items[].type=monitor", {"anna buys"}),
        ("data.items[1].type=monitor", set()),
        ("data.items[].type~nit", {"anna buys"}),
        ("data.a.b=1.0", {"anna buys"}),
        ('data["a.b"]=1', {"anna buys"}),
        ('data.a["b"]=1', set()),
        ("data.when>2024-06-01", {"anna buys"}),
        ("data.when>2024-07-01", set()),
        ('data.note="say \\"hi\\"\n"', {"failure"}),
    ],
)
def test_activity(line, names):
    assert found(line, ACTIVITY, "activity") == names


@pytest.mark.parametrize(("age", "hidden"), [(30 * DAY, False), (30 * DAY + 1, True)])
def test_e7_hidden_begins_after_thirty_days_by_either_time(age, hidden):
    query = filters.parse("is:hidden", "activity").compile(CONTEXT)
    assert query({"timestamp": NOW - age}) is hidden
    assert query({"timestamp": NOW, "processed_at": NOW - age}) is hidden


def test_d3_anonymous_is_about_events_only():
    query = filters.parse("is:anonymous", "activity").compile(CONTEXT)
    assert query({"type": "screen"})
    assert not query({"type": "profile_delete"})


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("pro", {"anna"}),
        ("plan", set()),
        ("A301", {"anna"}),
        ("cio_a301", {"anna"}),
        ("example.com", {"anna"}),
        ("id:u", {"anna", "bob"}),
        ("id:u*2", {"bob"}),
        ("id:u1", {"anna"}),
        ("email:anna@example.com", {"anna"}),
        ("email:*.org", {"cleo"}),
        ("email:org*", set()),
        ("attr.plan=pro", {"anna"}),
        ("attr.plan", {"anna"}),
        ("attr.age>=41", {"anna"}),
        ("attr.plan!=pro", {"bob", "cleo"}),
        ("since:1d", {"anna", "cleo"}),
        ("before:1d", {"bob"}),
        ("is:unsubscribed", {"bob", "cleo"}),
        ("has:device", {"anna"}),
        ("has:email", {"anna", "cleo"}),
        ("-has:id", {"cleo"}),
    ],
)
def test_people(line, names):
    assert found(line, PROFILES, "people") == names


@pytest.mark.parametrize(
    ("value", "unsubscribed"),
    [
        *((value, True) for value in ("true", "True", "1", 1, 1.0, True)),
        *((value, False) for value in ("yes", "", 0, 2, None, False, [1])),
    ],
)
def test_3_1_unsubscribed(value, unsubscribed):
    query = filters.parse("is:unsubscribed", "people").compile(CONTEXT)
    assert query({"attributes": {"unsubscribed": value}}) is unsubscribed


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("order placed", {"order", "test"}),
        ("order placed|test", {"order"}),
        ("order + test", {"test"}),
        ("placed order", set()),
        ("name:home", {"home"}),
        ("type:page", {"home"}),
        ("since:1d", {"order"}),
        ("before:1d", {"test"}),
        ("home or test", {"home", "test"}),
    ],
)
def test_events(line, names):
    assert found(line, EVENTS, "events") == names


@pytest.mark.parametrize(
    ("line", "names"), [("plan total", {"total"}), ("name:plan*", {"plan", "total"}), ("since:1d", {"plan"})]
)
def test_attributes(line, names):
    assert found(line, ATTRIBUTES, "attributes") == names


@pytest.mark.parametrize("list_name", filters.LISTS)
def test_every_example_of_the_help_is_read(list_name):
    lines = filters.help_for(list_name)
    assert len(lines) > 4
    for example, meaning in lines:
        assert filters.parse(example, list_name).tree is not None
        assert meaning
        assert "\n" not in meaning


def test_every_atom_names_its_lists_and_carries_help():
    for atom in filters.ATOMS:
        assert atom.lists <= set(filters.LISTS)
        assert atom.lists
        assert atom.help
        assert atom.example
