"""`send` and `resend`: the receipt's shape, the exit codes, and what is in the log afterwards."""

import json

import pytest

CLOCK = 1718000000
ULID = "01J8Z3NDEKTSV4RRFFQ69G5FAV"


def test_send_prints_one_json_receipt(shop):
    sent = shop("send", "order_placed", "--person", "42", "--data", '{"total": 215}', "--json")
    assert sent.code == 0
    assert sent.err == ""
    receipt = sent.line
    assert receipt["status"] == "accepted"
    assert receipt["reasons"] == []
    assert [effect["effect"] for effect in receipt["effects"]] == ["event"]
    entry = shop("activity", "type:event", "--json").line
    assert entry["id"] == receipt["id"]
    assert entry["name"] == "order_placed"
    assert entry["data"] == {"total": 215}
    assert entry["timestamp"] == entry["processed_at"] == CLOCK
    assert entry["customer_id"] == "42"
    assert entry["customer_identifiers"]["email"] == "ada@shop.example"


def test_a_repeated_id_is_a_duplicate_and_no_failure(shop):
    assert shop("send", "a", "--person", "42", "--id", ULID.lower()).code == 0
    again = shop("send", "b", "--person", "42", "--id", ULID, "--json")
    assert again.code == 0
    assert again.line["status"] == "duplicate"
    assert [entry["name"] for entry in shop("activity", "type:event", "--json").lines] == ["a"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("x", "--person", "nobody"), "person nobody was not found"),
        (("x", "--person", "42", "--id", "nope"), "is not a ULID"),
        (("  ", "--person", "42"), "the event name is empty"),
        (("x" * 101, "--person", "42"), "101 bytes long; the limit is 100"),
        (("x", "--person", "42", "--timestamp", "1717990000000"), "in milliseconds"),
        (("x", "--person", "42", "--timestamp", "soon"), "'soon' is not a time"),
        (("x", "--person", "42", "--data", "{"), "--data is not valid JSON"),
        (("x", "--person", "42", "--data", "[1]"), "--data must be a JSON object"),
        (("x", "--person", "42", "--data", "@none.json"), "no such file"),
        (("x", "--invite", "nobody"), "is not an email address"),
    ],
)
def test_refused_input_leaves_with_3_and_a_reason(shop, arguments, reason):
    before = shop("activity", "type:event", "--json").out
    talked = shop("send", *arguments)
    assert talked.code == 3
    assert reason in talked.err
    machine = shop("send", *arguments, "--json")
    assert machine.code == 3
    assert machine.line["status"] == "rejected"
    assert reason in machine.line["reasons"][0]
    assert shop("activity", "type:event", "--json").out == before


@pytest.mark.parametrize("owners", [(), ("--person", "42", "--anonymous", "v1")])
def test_an_event_has_exactly_one_owner(shop, owners):
    assert shop("send", "x", *owners).code == 2


def test_data_from_stdin_and_from_a_file(shop, tmp_path):
    (tmp_path / "data.json").write_text('{"from": "file"}')
    assert shop("send", "x", "--person", "42", "--data", "-", stdin=b'{"from": "stdin"}').code == 0
    assert shop("send", "x", "--person", "42", "--data", "@data.json").code == 0
    assert [entry["data"]["from"] for entry in shop("activity", "type:event", "--json").lines] == ["file", "stdin"]


def test_a_dry_run_says_what_it_would_do_and_does_nothing(shop):
    tried = shop("send", "x", "--person", "42", "--dry-run", "--json").line
    assert tried["dry_run"]
    assert tried["effects"]
    assert shop("activity", "type:event", "--json").lines == []
    sent = shop("send", "x", "--person", "42", "--json").line
    assert sent["effects"] == tried["effects"]


def test_page_screen_anonymous_and_invite(shop):
    assert shop("send", "https://shop.example/", "--type", "page", "--person", "42").code == 0
    assert shop("send", "Home", "--type", "screen", "--anonymous", "v1").code == 0
    assert shop("send", "beta", "--invite", "new@shop.example").code == 0
    found = shop("activity", "type:page,screen,event", "--json").lines
    assert [(entry["type"], entry["anonymous_id"]) for entry in found] == [("event", None), ("screen", "v1"), ("page", None)]
    assert found[0]["data"] == {"recipient": "new@shop.example"}
    assert found[0]["processed_at"] is None


def test_resend_makes_a_linked_copy_and_leaves_the_original(shop):
    """E9: a new id, the workspace's now, the original untouched."""
    data = '{"total": 180, "items": [{"type": "monitor", "price": 180}]}'
    original = shop("send", "order_placed", "--person", "42", "--data", data, "--timestamp", "-99h", "--json").line["id"]
    before = shop("activity", f"id:{original}", "--json").line
    copy = shop("resend", original, "--set", "total=215", "--set", "items[0].price=200", "--json").line
    assert copy["id"] != original
    entry = shop("activity", f"id:{copy['id']}", "--json").line
    assert entry["cause"] == original
    assert entry["timestamp"] == CLOCK
    assert entry["data"] == {"total": 215, "items": [{"type": "monitor", "price": 200}]}
    assert shop("activity", f"id:{original}", "--json").line == before


def test_resend_with_the_same_id_is_a_duplicate(shop):
    original = shop("send", "x", "--person", "42", "--json").line["id"]
    assert shop("resend", original, "--keep-id", "--json").line["status"] == "duplicate"


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        (("--set", "total"), "must be name=value"),
        (("--set", "items[3].price=1"), "items"),
        (("--person", "nobody"), "was not found"),
    ],
)
def test_resend_refuses_what_leads_nowhere(shop, extra, reason):
    original = shop("send", "x", "--person", "42", "--data", '{"items": []}', "--json").line["id"]
    refused = shop("resend", original, *extra, "--json")
    assert refused.code == 3
    assert reason in refused.line["reasons"][0]


def test_resend_of_what_is_no_event(shop):
    created = shop("activity", "type:profile_create", "--json").line["id"]
    assert "only events, pages and screens" in shop("resend", created).err
    assert shop("resend", "01ZZZZ").code == 3


def test_values_of_set_are_json_or_else_text(shop):
    original = shop("send", "x", "--person", "42", "--json").line["id"]
    pairs = {"n": "3", "t": "three", "b": "true", "l": "[1]", "q": '"3"'}
    changes = [argument for name, value in pairs.items() for argument in ("--set", f"{name}={value}")]
    copy = shop("resend", original, *changes, "--json").line["id"]
    assert shop("activity", f"id:{copy}", "--json").line["data"] == {"n": 3, "t": "three", "b": True, "l": [1], "q": "3"}


def test_ten_megabytes_are_refused_with_the_limit(shop, tmp_path):
    (tmp_path / "big.json").write_text(json.dumps({"text": "x" * 10_000_000}))
    refused = shop("send", "big", "--person", "42", "--data", "@big.json")
    assert refused.code == 3
    assert "10,000,011 bytes long; the limit is 100,000" in refused.err or "the limit is 100,000" in refused.err
    assert shop("workspace", "info", "--json").line["bytes"] < 2_000_000
