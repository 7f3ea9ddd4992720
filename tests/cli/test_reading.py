"""Lists and their two forms: a table for people, JSON lines for programs."""

import pytest

CLOCK = 1718000000


def test_activity_is_newest_first_and_says_when_there_is_more(shop):
    for hours in (3, 1, 2):
        shop("send", f"event_{hours}", "--person", "42", "--timestamp", f"-{hours}h")
    page = shop("activity", "type:event", "--limit", "2", "--json")
    assert [entry["name"] for entry in page.lines] == ["event_1", "event_2"]
    assert "--limit shows more" in shop("activity", "--limit", "2").err
    table = shop("activity", "type:event").out
    assert table.index("event_1") < table.index("event_2") < table.index("event_3")
    assert "+2h" in table


def test_the_log_hides_what_is_older_than_30_days(shop):
    """E7."""
    shop("send", "old", "--person", "42", "--timestamp", "-31d")
    assert shop("activity", "name:old", "--json").lines == []
    assert shop("activity", "name:old", "--hidden", "--json").line["hidden"]
    assert shop("activity", "is:hidden", "--json").line["name"] == "old"


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (("activity", "typ:event"), "there is no filter typ:"),
        (("activity", "data.total>"), "a value is missing"),
        (("people", "has:wings"), "wings"),
        (("index", "event", "nothing"), "no event 'nothing' was ever received"),
        (("person", "nobody"), "person nobody was not found"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(shop, verb, said):
    refused = shop(*verb)
    assert refused.code == 3
    assert said in refused.err.splitlines()[0]
    assert refused.out == ""


def test_empty_lists_name_the_next_step(cli):
    cli("clock", "hold", str(CLOCK))
    for verb in (("activity",), ("people",), ("anonymous",), ("index", "events"), ("index", "attributes")):
        empty = cli(*verb)
        assert (empty.code, empty.out) == (0, "")
        assert "cio-tui" in empty.err


def test_the_data_index(shop, tmp_path):
    """D1: names with their counts and last arrival."""
    shop("send", "order_placed", "--person", "42", "--data", '{"total": 215, "items": [{"price": 200}, {"price": "15"}]}')
    shop("send", "Order Placed", "--person", "42")
    rows = shop("index", "events", "order", "--json").lines
    assert [(row["name"], row["count"], row["near"]) for row in rows] == [
        ("Order Placed", 1, ["order_placed"]),
        ("order_placed", 1, ["Order Placed"]),
    ]
    assert rows[1]["drifting"] == 1
    details = shop("index", "event", "order_placed", "--json").line
    kinds = [(row["path"], row["kind"]) for row in details["properties"]]
    assert ("items[].price", "number") in kinds
    assert ("items[].price", "string") in kinds
    assert details["recent"][0]["name"] == "order_placed"
    assert [row["name"] for row in shop("index", "attributes", "--json").lines] == ["first_name", "score"]


@pytest.mark.parametrize(
    "hostile", ["[bold red]x[/]", "items[/].type [bold", "\x1b[31mred", "a\tb", "📦 ✓ \u202eevil", "{{ x }}"]
)
def test_text_from_data_is_shown_as_it_is(shop, hostile):
    sent = shop("send", hostile, "--person", "42", "--json").line
    assert sent["status"] == "accepted"
    for verb in (("activity",), ("index", "events"), ("history",), ("index", "event", hostile.strip())):
        shown = shop(*verb)
        assert shown.code == 0
        assert "\x1b" not in shown.out
    assert shop("activity", "type:event", "--json").line["name"] == hostile


def test_json_stands_before_or_behind_the_verb(shop):
    assert shop("--json", "clock").line == shop("clock", "--json").line


def test_a_narrow_terminal_keeps_the_ids(shop, monkeypatch):
    sent = shop("send", "a_rather_long_name_of_an_event_that_will_not_fit", "--person", "42", "--json").line["id"]
    monkeypatch.setenv("COLUMNS", "80")
    table = shop("activity").out
    assert sent in table
    assert max(map(len, table.splitlines())) <= 80


@pytest.mark.parametrize("content", [b'{"_default": {}}', b"plain text", b"SQLite format 3\0" + b"\0" * 100, b"\xff" * 4096])
def test_a_file_that_is_no_workspace_is_left_alone(cli, tmp_path, content):
    (tmp_path / "test.cio").write_bytes(content)
    for verb in (("people",), ("send", "x", "--anonymous", "v1")):
        refused = cli(*verb)
        assert refused.code == 3
        assert refused.err.startswith("error: ")
        assert "Traceback" not in refused.err
    assert (tmp_path / "test.cio").read_bytes() == content


def test_a_missing_workspace(cli, tmp_path):
    assert "there is no workspace" in cli("people").err
    assert not (tmp_path / "test.cio").exists()
    assert "there is no folder" in cli("-w", "none/x.cio", "identify", "42").err
