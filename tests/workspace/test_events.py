"""Events on their way in: what is stored, what is refused and how, what is a duplicate (domain.md 1, E1 to E9)."""

import math

import pytest
from worlds import DAY, HOUR, MINUTE, T, activities, counts, ulid

from cio_tui import Workspace
from cio_tui.model.json_values import GIVEN_DEPTH, size

SAMPLE_ID = "01J8Z3NDEKTSV4RRFFQ69G5FAV"


def notes_of(ws: Workspace, **arguments: object) -> str:
    receipt = ws.track("order", person="42", **arguments)
    assert receipt.status == "accepted"
    return " ".join(receipt.notes)


def nested(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


def test_e1_outer_spaces_are_trimmed_and_make_no_second_row(shop: Workspace) -> None:
    receipt = shop.track("  order ", person="42")
    shop.track("order", person="42")
    assert [activity.name for activity in activities(shop, "event")] == ["order", "order"]
    assert counts(shop) == {"order": 2}
    assert "trimmed" in receipt.notes[0]


@pytest.mark.parametrize(
    ("given", "stored"), [("event", "event"), ("page", "page"), ("screen", "screen"), ("odd", "event"), ("EVENT", "event")]
)
def test_e2_type_and_time(shop: Workspace, given: str, stored: str) -> None:
    """Page and screen keep their type, all else is an event; without a timestamp it is the workspace's instant."""
    shop.track("x", person="42", type=given)
    [activity] = activities(shop, "event", "page", "screen")
    assert (activity.type, activity.timestamp, activity.received_at, activity.processed_at) == (stored, T, T, T)


@pytest.mark.parametrize("again", [SAMPLE_ID, SAMPLE_ID.lower(), SAMPLE_ID.title()], ids=["same", "lower", "mixed"])
def test_e3_the_same_id_again_is_a_duplicate_in_any_letter_case(shop: Workspace, again: str) -> None:
    """One activity, one count; the first writer wins, whatever the second says and for whomever (scope: the workspace)."""
    first = shop.track("order", person="42", id=SAMPLE_ID, data={"total": 99})
    index = shop.index.events()
    shop.advance(HOUR)
    second = shop.track("other", person="43", id=again, data={"total": 100})
    assert (first.status, second.status, second.id) == ("accepted", "duplicate", SAMPLE_ID)
    assert SAMPLE_ID in second.reasons[0]
    [kept] = activities(shop, "event")
    assert (kept.id, kept.name, kept.data, kept.timestamp, kept.duplicates) == (SAMPLE_ID, "order", {"total": 99}, T, 1)
    assert shop.index.events() == index
    assert shop.directory.person("43").events == 0


def test_e3_a_purged_id_is_still_a_duplicate(ws: Workspace) -> None:
    ws.track("seen", anonymous_id="a", id=SAMPLE_ID)
    ws.advance(30 * DAY + 1)
    assert not activities(ws)
    receipt = ws.track("seen", anonymous_id="b", id=SAMPLE_ID.lower())
    assert receipt.status == "duplicate"
    assert not activities(ws)
    assert counts(ws) == {"seen": 1}


def test_e3_an_id_that_was_refused_was_not_received(shop: Workspace) -> None:
    shop.track("", person="42", id=SAMPLE_ID)
    assert shop.track("order", person="42", id=SAMPLE_ID).status == "accepted"


def test_an_own_id_that_comes_back_is_never_made_again(shop: Workspace) -> None:
    """Undo takes an id back, an export carries it elsewhere: sent again by hand, it must not meet itself."""
    own = shop.track("a", person="42").id
    shop.undo()
    assert shop.track("b", person="42", id=own).id == own
    assert shop.track("c", person="42").id != own
    assert shop.check() == []


OVERLONG, SHORT = SAMPLE_ID + "0", SAMPLE_ID[:-1]
NO_ULIDS = (
    "",
    "x",
    SHORT,
    OVERLONG,
    "8" + SHORT,
    SHORT + "U",
    SHORT + "I",
    SHORT + "é",
    SHORT + "ſ",
    SHORT + "\0",
    7,
    SAMPLE_ID.encode(),
    [],
)


@pytest.mark.parametrize("wrong", NO_ULIDS, ids=range(len(NO_ULIDS)))
def test_e4_an_id_that_is_no_ulid_stores_nothing(shop: Workspace, wrong: object) -> None:
    before = shop.digest(), shop.history.reach()
    receipt = shop.track("order", person="42", id=wrong)  # type: ignore[arg-type]
    assert receipt.status == "rejected"
    assert "is not a ULID" in receipt.reasons[0]
    assert (shop.digest(), shop.history.reach()) == before


@pytest.mark.parametrize("name", ["n" * 100, "é" * 50, "€" * 33 + "x", "  " + "n" * 100 + " "], ids=["1", "2", "3", "trimmed"])
def test_e5_a_name_of_100_bytes_is_taken(shop: Workspace, name: str) -> None:
    assert shop.track(name, person="42").status == "accepted"


@pytest.mark.parametrize("name", ["n" * 101, "é" * 50 + "x", "€" * 33 + "xy", "😀" * 26], ids=["1", "2", "3", "4"])
def test_e5_a_name_of_more_bytes_is_refused_and_logged(shop: Workspace, name: str) -> None:
    receipt = shop.track(name, person="42", data={"k": 1})
    assert receipt.status == "rejected"
    assert f"{len(name.encode())} bytes" in receipt.reasons[0]
    assert "the limit is 100" in receipt.reasons[0]
    [failed] = activities(shop, "failed_event")
    assert failed.name == name
    assert failed.data["reasons"] == list(receipt.reasons)
    assert (failed.data["person"], failed.data["data"]) == ("42", {"k": 1})
    assert counts(shop) == {}


@pytest.mark.parametrize("letter", ["x", "é", "€"])
def test_e5_data_of_100_000_bytes_is_taken_and_one_more_is_not(shop: Workspace, letter: str) -> None:
    """Bytes of the JSON text, not characters."""
    whole, rest = divmod(100_000 - size({"k": ""}), len(letter.encode()))
    full = {"k": letter * whole + "." * rest}
    assert size(full) == 100_000
    assert shop.track("order", person="42", data=full).status == "accepted"
    receipt = shop.track("order", person="42", data={"k": full["k"] + "."})
    assert receipt.reasons == ("the event data is 100,001 bytes long; the limit is 100,000",)
    [failed] = activities(shop, "failed_event")
    assert failed.data["data_bytes"] == 100_001
    assert "data" not in failed.data


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"name": "", "person": "42"}, "the event name is empty"),
        ({"name": " \t", "person": "42"}, "the event name is empty"),
        ({"name": "a\0b", "person": "42"}, "NUL character at position 2"),
        ({"name": "x", "person": "nobody"}, "person nobody was not found"),
        ({"name": "x", "anonymous_id": ""}, "must be text that can be printed"),
        ({"name": "x", "anonymous_id": 1.5}, "must be text that can be printed"),
        ({"name": "x", "anonymous_id": "a\nb"}, "must be text that can be printed"),
        ({"name": "x", "anonymous_id": "é" * 76}, "152 bytes long; the limit is 150"),
        ({"name": "x", "invite": "no address"}, "is not an email address"),
        ({"name": "x", "data": {"recipient": 7}}, "is not an email address"),
    ],
)
def test_what_cannot_be_an_event_is_logged_as_failed(shop: Workspace, arguments: dict, reason: str) -> None:
    """domain.md 1.3 and 1.7: rejected with the reason, a failed_event activity, and nothing in the data index."""
    receipt = shop.track(**arguments)
    assert receipt.status == "rejected"
    assert reason in " ".join(receipt.reasons)
    assert [failed.data["reasons"] for failed in activities(shop, "failed_event")] == [list(receipt.reasons)]
    assert counts(shop) == {}


def test_all_reasons_are_told_at_once(shop: Workspace) -> None:
    receipt = shop.track("n" * 101, person="nobody", data={"k": "x" * 100_000})
    assert [word for reason in receipt.reasons for word in ("name", "data", "nobody") if word in reason] == [
        "name",
        "data",
        "nobody",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"a": math.nan}, "a: nan is not a JSON number"),
        ({"a": [1, -math.inf]}, "a[1]: -inf"),
        ({"a": 2**64}, "does not fit 64 bits"),
        ({"a": -(2**63) - 1}, "does not fit 64 bits"),
        ({"a": {"b": "\ud800"}}, "a.b: the text has a lone surrogate (U+D800) at character 1"),
        ({"\udfff": 1}, "lone surrogate"),
        ({1: "a"}, "the key 1 is not text"),
        ({"a": b"x"}, "a bytes is not a JSON value"),
        ({"a": {1}}, "a set is not a JSON value"),
        ({"a": nested(200)}, "nested deeper than 100 levels"),
        ([1], "must be an object, not array"),
        ("text", "must be an object, not string"),
        (7, "must be an object, not number"),
    ],
    ids=lambda value: repr(value)[:30],
)
@pytest.mark.parametrize("owner", [{"person": "42"}, {"anonymous_id": "a"}, {}, {"invite": "x@y.example"}], ids=str)
def test_data_that_json_cannot_carry_stores_nothing(shop: Workspace, data: object, reason: str, owner: dict) -> None:
    before = shop.digest(), shop.history.reach()
    receipt = shop.track("x", data=data, **owner)  # type: ignore[arg-type]
    assert receipt.status == "rejected"
    assert reason in receipt.reasons[0]
    assert (shop.digest(), shop.history.reach()) == before


@pytest.mark.parametrize("name", ["order", ""], ids=["stored", "failed"])
def test_the_deepest_data_that_is_taken_fits_every_record(shop: Workspace, name: str) -> None:
    """Data and attributes of exactly the deepest nesting: none is half stored, whichever record carries it."""
    deepest = {"x": nested(GIVEN_DEPTH - 1)}
    assert shop.track(name, person="42", data=deepest).ok == bool(name)
    assert shop.identify("42", deepest).ok
    assert shop.add_device("42", "token", "ios", attributes=deepest).ok
    too_deep = {"x": nested(GIVEN_DEPTH)}
    before = shop.digest()
    assert not shop.track(name, person="42", data=too_deep).ok
    assert not shop.identify("42", too_deep).ok
    assert not shop.add_device("42", "token", "ios", attributes=too_deep).ok
    assert (shop.digest(), shop.check()) == (before, [])


@pytest.mark.parametrize(
    ("timestamp", "reason"),
    [
        (T * 1000, f"in milliseconds: divide it by 1000: {T}"),
        (100_000_000_000, "in milliseconds"),
        (100_000_000, "not a time after 3 March 1973"),
        (0, "not a time after"),
        (-5, "not a time after"),
        (2**70, "in milliseconds"),
        (float(T), "whole Unix seconds"),
        (True, "whole Unix seconds"),
        ("2024-06-10", "whole Unix seconds"),
    ],
)
def test_timestamps_are_unix_seconds(shop: Workspace, timestamp: object, reason: str) -> None:
    """domain.md 1.5: no milliseconds, text, negative or small numbers."""
    before = shop.digest()
    receipt = shop.track("x", person="42", timestamp=timestamp)  # type: ignore[arg-type]
    assert receipt.status == "rejected"
    assert reason in receipt.reasons[0]
    assert shop.digest() == before


@pytest.mark.parametrize("timestamp", [100_000_001, 99_999_999_999])
def test_the_first_and_last_timestamp(shop: Workspace, timestamp: int) -> None:
    assert shop.track("x", person="42", timestamp=timestamp).ok
    assert activities(shop, "event")[0].timestamp == timestamp


@pytest.mark.parametrize(
    ("age", "note"),
    [
        (71 * HOUR + 59 * MINUTE, ""),
        (72 * HOUR, ""),
        (72 * HOUR + 1, "no campaign starts after 72 h"),
        (30 * DAY, "no campaign starts after 72 h"),
        (30 * DAY + 1, "the product's log hides it, segments count it, no campaign starts"),
        (-1, "is 1s ahead"),
        (-40 * DAY, "ahead"),
    ],
    ids=str,
)
def test_e6_e7_what_an_age_means_is_noted(shop: Workspace, age: int, note: str) -> None:
    """All are counted; to the second, 72 h may trigger and 30 days is shown."""
    said = notes_of(shop, timestamp=T - age)
    assert note in said if note else said == ""
    assert counts(shop) == {"order": 1}
    assert shop.directory.person("42").events == 1


def test_e8_reserved_keys_stay_data_and_are_noted(shop: Workspace) -> None:
    data = {"recipient": "a@b.example", "from_address": "c@d.example", "reply_to": "e@f.example"}
    said = notes_of(shop, data=data)
    assert all(header in said for header in ("recipient replaces To", "from_address replaces From", "reply_to replaces Reply-To"))
    assert activities(shop, "event")[0].data == data


def test_an_event_has_one_owner(shop: Workspace) -> None:
    before = shop.digest()
    assert not shop.track("x", person="42", anonymous_id="a").ok
    assert not shop.track("x", anonymous_id="a", invite="a@b.example").ok
    assert shop.digest() == before


@pytest.mark.parametrize("number", range(3))
def test_a_dry_run_says_all_and_writes_nothing(shop: Workspace, number: int) -> None:
    shop.track("x", person="42", id=ulid(1))
    name, arguments = [("x", {"person": "42"}), ("x", {"person": "42", "id": ulid(1)}), ("", {"person": "42"})][number]
    before = shop.digest(), shop.history.reach()
    dry = shop.track(name, dry_run=True, **arguments)  # type: ignore[arg-type]
    assert dry.dry_run
    assert dry.command is None
    assert (shop.digest(), shop.history.reach()) == before
    real = shop.track(name, **arguments)  # type: ignore[arg-type]
    assert (real.status, real.id, real.reasons, real.effects, real.notes) == (
        dry.status,
        dry.id,
        dry.reasons,
        dry.effects,
        dry.notes,
    )
