"""Adding, updating and removing people (domain.md 3.1)."""

import pytest
from worlds import DAY, T, activities

from cio_tui import Workspace
from cio_tui.model.people import Person


def person(ws: Workspace, reference: object) -> Person:
    return ws.directory.person(reference).person  # type: ignore[arg-type]


def attributes(ws: Workspace, reference: object = "1") -> dict:
    return person(ws, reference).attributes


def identifiers(ws: Workspace, reference: object) -> tuple[str | None, str | None]:
    found = person(ws, reference)
    return found.id, found.email


def test_rule_1_a_known_path_identifier_updates(shop: Workspace) -> None:
    receipt = shop.identify("42", {"plan": "Free"})
    assert receipt.id == person(shop, "42").cio_id
    assert attributes(shop, "42")["plan"] == "Free"
    assert attributes(shop, "42")["first_name"] == "Ada"
    assert shop.directory.count() == 2


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("7", {"email": "new@shop.example"}, ("7", "new@shop.example")),
        ("new@shop.example", {"id": "7"}, ("7", "new@shop.example")),
    ],
)
def test_rule_2_an_unknown_path_is_given_to_whom_the_body_names(ws: Workspace, path: str, body: dict, expected: tuple) -> None:
    ws.identify({next(iter(body)): next(iter(body.values()))})
    receipt = ws.identify(path, {**body, "plan": "pro"})
    assert ws.directory.count() == 1
    assert identifiers(ws, path) == expected
    assert receipt.id == person(ws, path).cio_id
    assert attributes(ws, path) == {"plan": "pro"}


def test_rule_3_nobody_known_makes_a_person(ws: Workspace) -> None:
    receipt = ws.identify("1", {"email": "ada@shop.example", "plan": "pro"})
    assert [effect.kind for effect in receipt.effects] == ["profile_create", "attribute_change"]
    created, changed = activities(ws)
    assert created.data == {"identifiers": {"id": "1", "email": "ada@shop.example", "cio_id": receipt.id}}
    assert changed.data["plan"] == {"from": "", "to": "pro"}
    assert changed.cause == created.id
    assert person(ws, "1").added_at == T


@pytest.mark.parametrize(
    ("path", "body"), [("42", {"email": "BO@shop.example"}), ("42", {"id": "43"}), ("ada@shop.example", {"id": "43"})]
)
def test_rule_4_an_identifier_of_somebody_else_fails_and_the_rest_applies(shop: Workspace, path: str, body: dict) -> None:
    receipt = shop.identify(path, {**body, "plan": "Free"})
    assert receipt.ok
    assert "belongs to another person" in receipt.notes[0]
    [failed] = activities(shop, "failed_attribute_change")
    assert failed.name in body
    assert failed.person == person(shop, path).cio_id
    assert identifiers(shop, path) == ("42", "ada@shop.example")
    assert attributes(shop, path)["plan"] == "Free"
    assert identifiers(shop, "43") == ("43", "bo@shop.example")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("cio_ffff00000001", {}),
        ({"cio_id": "x"}, {"email": "ada@shop.example"}),
        ("7", {"cio_id": "ffff00000001"}),
        ("cio_\ud800", {}),
    ],
    ids=str,
)
def test_rule_5_an_unknown_cio_id_drops_the_call(shop: Workspace, path: object, body: dict) -> None:
    before = shop.digest()
    assert not shop.identify(path, {**body, "plan": "x"}).ok  # type: ignore[arg-type]
    assert shop.digest() == before


def test_rule_5_so_does_a_deleted_one(shop: Workspace) -> None:
    gone = person(shop, "42").cio_id
    shop.delete("42")
    before = shop.digest()
    assert not shop.identify(f"cio_{gone}", {"plan": "x"}).ok
    assert shop.digest() == before


@pytest.mark.parametrize(
    ("path", "body", "setting", "expected"),
    [
        ("42", {"email": "new@shop.example"}, "off", ("42", "ada@shop.example")),
        ("42", {"email": "new@shop.example"}, "on", ("42", "new@shop.example")),
        ("ada@shop.example", {"id": "7"}, "on", ("42", "ada@shop.example")),
        ("cio_", {"id": "7", "email": "new@shop.example"}, "off", ("7", "new@shop.example")),
        ("42", {"id": "7"}, "on", ("42", "ada@shop.example")),
        ("42", {"email": None, "id": ""}, "on", ("42", "ada@shop.example")),
    ],
    ids=str,
)
def test_an_identifier_that_is_set_changes_by_cio_id_or_by_the_setting(
    shop: Workspace, path: str, body: dict, setting: str, expected: tuple
) -> None:
    cio_id = person(shop, "42").cio_id
    shop.set("email_updates_by_id", setting)
    shop.identify(path + cio_id if path == "cio_" else path, body)
    assert identifiers(shop, f"cio_{cio_id}") == expected


def test_emails_ignore_letter_case_and_ids_do_not(ws: Workspace) -> None:
    ws.identify("Ada@Shop.example")
    ws.identify("ADA@shop.EXAMPLE", {"plan": "pro"})
    ws.identify("u1")
    ws.identify("U1")
    assert ws.directory.count() == 3
    assert person(ws, "ada@shop.example").email == "Ada@Shop.example"


def test_attribute_names_are_told_apart_by_letter_case(ws: Workspace) -> None:
    ws.identify("1", {"first_name": "a", "First_name": "b", "Id": "c"})
    assert attributes(ws) == {"first_name": "a", "First_name": "b", "Id": "c"}


def test_update_only_never_creates(shop: Workspace) -> None:
    receipt = shop.identify("nobody", {"plan": "x"}, update_only=True)
    assert "was not found" in receipt.reasons[0]
    assert [failed.data["identifier"] for failed in activities(shop, "failed_attribute_change")] == ["nobody"]
    assert shop.directory.count() == 2
    assert shop.identify("42", {"plan": "x"}, update_only=True).ok
    assert shop.identify("7", {"email": "ada@shop.example"}, update_only=True).ok


@pytest.mark.parametrize(
    ("second", "value"),
    [(T - 10, "first"), (T, "second"), (T + 1, "second"), (None, "second")],
    ids=["older", "equal", "newer", "now"],
)
def test_timestamps_order_updates(ws: Workspace, second: int | None, value: str) -> None:
    ws.identify("1", {"plan": "first", "other": 1}, timestamp=T)
    ws.identify("1", {"plan": "second", "new": 2}, timestamp=second)
    assert attributes(ws) == {"plan": value, "other": 1, "new": 2}


def test_an_older_update_does_not_bring_back_what_was_removed(ws: Workspace) -> None:
    ws.identify("1", {"plan": "pro"}, timestamp=T - 20)
    ws.identify("1", {"plan": None}, timestamp=T)
    receipt = ws.identify("1", {"plan": "pro"}, timestamp=T - 10)
    assert attributes(ws) == {}
    assert receipt.notes == ("plan was not set: a later update is there already", "nothing changed")


@pytest.mark.parametrize("timestamp", [T * 1000, -1, "now"])
def test_a_wrong_timestamp_is_refused(shop: Workspace, timestamp: object) -> None:
    before = shop.digest()
    assert not shop.identify("42", {"plan": "x"}, timestamp=timestamp).ok  # type: ignore[arg-type]
    assert shop.digest() == before


def test_null_takes_an_attribute_away(shop: Workspace) -> None:
    shop.identify("42", {"plan": None, "never": None})
    assert "plan" not in attributes(shop, "42")
    assert activities(shop, "attribute_change")[-1].data == {"plan": {"from": "Pro", "to": None}}
    assert [row.people for row in shop.index.attributes("name:plan")] == [1]


@pytest.mark.parametrize("again", [{}, {"plan": "Pro"}, {"plan": "Pro", "email": "ADA@shop.example"}], ids=str)
def test_nothing_to_change_is_a_skipped_update(shop: Workspace, again: dict) -> None:
    receipt = shop.identify("42", again)
    assert [effect.kind for effect in receipt.effects] == ["skipped_update"]
    assert "nothing changed" in receipt.notes


@pytest.mark.parametrize(("before", "after"), [(1, True), (1, "1"), ("a", "A"), (1, 1.0), ("", None)], ids=str)
def test_another_kind_of_value_is_a_change(ws: Workspace, before: object, after: object) -> None:
    ws.identify("1", {"x": before})
    receipt = ws.identify("1", {"x": after})
    assert [effect.kind for effect in receipt.effects] == ["attribute_change"]
    assert ws.check() == []


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"n" * 151: 1}, "151 bytes long; the limit is 150"),
        ({"é" * 76: 1}, "152 bytes long"),
        ({"a": "x" * 1001}, "1,001 bytes long; the limit is 1,000"),
        ({"a": "é" * 501}, "1,002 bytes long"),
        ({"a": ["x" * 1000]}, "bytes long; the limit is 1,000"),
        ({f"a{number}": 1 for number in range(301)}, "301 attributes at once; the limit is 300"),
        ({"": 1}, "is empty or has a NUL"),
        ({"a\0": 1}, "is empty or has a NUL"),
    ],
    ids=lambda value: str(value)[:25],
)
def test_attribute_limits(shop: Workspace, given: dict, reason: str) -> None:
    """domain.md 1.3: bytes; the call is refused and logged, nothing of it applies."""
    receipt = shop.identify("42", {**given, "plan": "x"} if len(given) == 1 else given)
    assert not receipt.ok
    assert reason in receipt.reasons[0]
    assert activities(shop, "failed_attribute_change")[0].data["reasons"] == list(receipt.reasons)
    assert attributes(shop, "42") == {"first_name": "Ada", "plan": "Pro", "score": 9}


def test_the_largest_attributes_are_taken(ws: Workspace) -> None:
    ws.identify("i" * 150, {"n" * 150: "é" * 500} | {f"a{number}": number for number in range(299)})
    assert len(attributes(ws, "i" * 150)) == 300


def test_a_person_has_at_most_300_attributes(ws: Workspace) -> None:
    ws.identify("1", {f"a{number}": number for number in range(299)})
    receipt = ws.identify("1", {"b": 1, "c": 2, "a0": "changed"})
    assert attributes(ws)["b"] == 1
    assert attributes(ws)["a0"] == "changed"
    assert "c" not in attributes(ws)
    assert receipt.notes == ("c was not set: the person has 300 attributes, which is the limit",)


SEVERAL = {"id": "1", "email": "a@b.example"}
NOBODY = (
    "",
    "  ",
    "a\nb",
    "x" * 151,
    "\ud800",
    {},
    SEVERAL,
    {"phone": "1"},
    {"email": "none"},
    {"id": ""},
    {1: 2, 3: 4},
    None,
    1.5,
    ["1"],
)


@pytest.mark.parametrize("reference", NOBODY, ids=range(len(NOBODY)))
def test_references_that_name_nobody(shop: Workspace, reference: object) -> None:
    """M4 and domain.md 1.1: empty, overlong, unprintable or several identifiers; every verb refuses them and changes nothing."""
    before = shop.digest()
    assert not shop.identify(reference, {"a": 1}).ok  # type: ignore[arg-type]
    assert not shop.delete(reference).ok  # type: ignore[arg-type]
    assert not shop.suppress(reference).ok  # type: ignore[arg-type]
    assert not shop.merge("42", reference).ok  # type: ignore[arg-type]
    assert shop.digest() == before


def test_a_number_is_an_id(ws: Workspace) -> None:
    ws.identify(7, {"plan": "x"})  # type: ignore[arg-type]
    assert person(ws, "7").id == "7"


def test_future_updates_win_until_their_time(ws: Workspace) -> None:
    ws.identify("1", {"plan": "future"}, timestamp=T + DAY)
    ws.identify("1", {"plan": "now"})
    assert attributes(ws) == {"plan": "future"}
