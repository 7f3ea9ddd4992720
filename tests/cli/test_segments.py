"""The segment verbs: definitions from files, names, membership and why, as JSON and as text."""

import json
import re
from pathlib import Path

import pytest

from cio_tui.segments.reading import read

CLOCK = 1718000000
DAY = 86400
LATELY = """\
name: Bought lately
conditions:
  - event: order_placed
    performed: true
    within: 30 days
    where:
      - items[].type: monitor
"""
PROS = "name: Pros\nconditions:\n  - attribute: plan\n    is: pro\n"
BOTH = "name: Both\nconditions:\n  - in segment: Pros\n  - in segment: Bought lately\n"


@pytest.fixture
def stock(shop, tmp_path):
    """Ada (42, pro) ordered a monitor a day ago, Bo (43, free) a cable; two saved segments, and one that is only a file."""
    for name, text in (("lately", LATELY), ("pros", PROS), ("both", BOTH), ("vip", "name: VIP\nkind: manual\n")):
        (tmp_path / f"{name}.yaml").write_text(text)
    shop("identify", "42", "-a", "plan=Pro")
    shop("identify", "43", "--email", "bo@shop.example", "-a", "plan=free")
    for person, kind in (("42", "monitor"), ("43", "cable")):
        shop("send", "order_placed", "--person", person, "--timestamp", "-1d", "--data", json.dumps({"items": [{"type": kind}]}))
    assert shop("segment", "save", "lately.yaml").code == 0
    assert shop("segment", "save", "pros.yaml").code == 0
    return shop


def ids(result) -> list[str]:
    return [row["id"] for row in result.lines]


def test_saving_listing_and_showing(stock, tmp_path):
    saved = stock("segment", "save", "both.yaml", "--json").line
    assert (saved["status"], saved["effects"][0]["members"]) == ("accepted", 1)
    rows = stock("segment", "list", "--json").lines
    assert [(row["name"], row["members"], row["uses"], row["used_by"]) for row in rows] == [
        ("Bought lately", 1, [], ["Both"]),
        ("Pros", 1, [], ["Both"]),
        ("Both", 1, ["Bought lately", "Pros"], []),
    ]
    assert "Bought lately, Pros" in stock("segment", "list").out
    shown = stock("segment", "show", "bought LATELY")
    assert shown.out == LATELY
    assert "1 member" in shown.err
    (tmp_path / "tree.json").write_text(stock("segment", "show", "1", "--as", "json").out)
    assert stock("segment", "diff", "Bought lately", "tree.json").code == 0
    assert stock("segment", "show", "1", "--json").line["definition"]["conditions"]["and"][0]["event"]["name"] == "order_placed"


def test_a_dry_run_saves_nothing(stock):
    assert stock("segment", "save", "both.yaml", "--dry-run").out.startswith("would be accepted")
    assert len(stock("segment", "list", "--json").lines) == 2


@pytest.mark.parametrize("what", ["Bought lately", "1", "lately.yaml"])
def test_counts_and_members_of_names_numbers_and_files(stock, what):
    assert stock("segment", "count", what).out == "1\n"
    assert stock("segment", "count", what, "--json").line == {"count": 1}
    assert ids(stock("segment", "members", what, "--json")) == ["42"]
    assert "ada@shop.example" in stock("segment", "members", what).out


def test_a_definition_on_stdin(stock):
    assert stock("segment", "count", "-", stdin=BOTH.encode()).out == "1\n"
    assert stock("segment", "save", "-", stdin=BOTH.encode()).code == 0
    assert stock("segment", "count", "Both").out == "1\n"


@pytest.mark.parametrize("what", ["Bought lately", "lately.yaml"])
@pytest.mark.parametrize(("at", "members"), [("+29d", ["42"]), ("+30d", []), ("2d ago", []), (str(CLOCK - DAY), ["42"])])
def test_members_in_the_past_and_in_the_future(stock, what, at, members):
    assert ids(stock("segment", "members", what, "--as-of", at, "--json")) == members
    assert stock("segment", "count", what, "--as-of", at, "--json").line == {"count": len(members)}
    explained = stock("segment", "explain", what, "42", "--as-of", at, "--json")
    assert (explained.code, explained.line["member"]) == (0 if members else 1, bool(members))


def test_the_list_of_members_says_when_there_are_more(stock):
    stock("identify", "43", "-a", "plan=pro")
    cut = stock("segment", "members", "Pros", "--limit", "1", "--json")
    assert ids(cut) == ["42"]
    assert "the first 1 of 2" in cut.err
    assert ids(stock("segment", "members", "Pros", "--limit", "0", "--json")) == ["42", "43"]
    assert stock("segment", "members", "Pros", "--limit", "-1").code == 2


@pytest.mark.parametrize("what", ["Bought lately", "lately.yaml"])
def test_why_a_person_is_in_and_until_when(stock, what):
    order = stock("activity", "person:42 name:order_placed", "--json").line["id"]
    found = stock("segment", "explain", what, "42", "--json")
    told = found.line
    assert (found.code, told["member"], told["next_change_at"]) == (0, True, CLOCK - DAY + 30 * DAY + 1)
    assert [(one["path"], one["holds"], one["events"]) for one in told["conditions"]] == [("", True, []), ("0", True, [order])]
    assert "1 of 1 needed" in told["conditions"][1]["because"]
    assert "change" in told["flip"]


def test_why_a_person_is_not_in_and_what_would_do(stock):
    found = stock("segment", "explain", "Pros", "bo@shop.example", "--json")
    assert (found.code, found.line["member"], found.line["next_change_at"]) == (1, False, None)
    assert found.line["flip"]["change"] == {"set_attribute": "plan", "value": "pro"}
    text = stock("segment", "explain", "Pros", "43")
    first, whole, leaf, *_ = text.out.splitlines()
    assert first.startswith("no member")
    assert not whole.startswith(" ")
    assert leaf.startswith("  ")
    assert 'plan is "free"' in leaf
    stock("identify", "43", "-a", "plan=pro")
    assert stock("segment", "explain", "Pros", "43").code == 0


def test_comparing_a_saved_segment_with_a_file(stock, tmp_path):
    (tmp_path / "free.yaml").write_text(PROS.replace("pro\n", "free\n"))
    found = stock("segment", "diff", "Pros", "free.yaml", "--json")
    assert (found.code, found.line) == (1, {"enter": ["bo@shop.example"], "leave": ["ada@shop.example"], "stay": 0})
    assert stock("segment", "diff", "Pros", "free.yaml").out == "+ bo@shop.example\n- ada@shop.example\n"
    same = stock("segment", "diff", "Pros", "pros.yaml")
    assert (same.code, same.out) == (0, "")


def test_people_by_hand(stock):
    stock("segment", "save", "vip.yaml")
    assert stock("segment", "add", "vip", "42", "bo@shop.example", "--dry-run").code == 0
    assert stock("segment", "count", "VIP").out == "0\n"
    assert stock("segment", "add", "vip", "42", "bo@shop.example").code == 0
    assert stock("segment", "remove", "VIP", "42").code == 0
    assert ids(stock("segment", "members", "VIP", "--json")) == ["43"]
    refused = stock("segment", "add", "VIP", "42", "nobody")
    assert (refused.code, ids(stock("segment", "members", "VIP", "--json"))) == (3, ["43"])
    assert "goes by conditions" in stock("segment", "add", "Pros", "43").err
    movements = [(row["movement"], row["person"]) for row in stock("segment", "history", "VIP", "--json").lines]
    assert movements == [("left", "ada@shop.example"), ("entered", "bo@shop.example"), ("entered", "ada@shop.example")]


def test_history_names_the_cause(stock):
    change = stock("identify", "43", "-a", "plan=pro", "--json").line["effects"][0]["activity"]
    row = stock("segment", "history", "Pros", "--limit", "1", "--json").line
    assert row["cause"] == change
    assert (row["at"], row["person"], row["movement"]) == (CLOCK, "bo@shop.example", "entered")
    assert change in stock("segment", "history", "Pros").out


@pytest.mark.parametrize("dialect", ["sqlite", "duckdb"])
def test_sql(stock, dialect):
    said = stock("segment", "sql", "lately.yaml", "--dialect", dialect)
    assert (said.code, said.out.split()[0]) == (0, "SELECT")
    assert stock("segment", "sql", "Bought lately", "--dialect", dialect, "--json").line["sql"] + "\n" == said.out
    assert said.out != stock("segment", "sql", "lately.yaml", "--dialect", dialect, "--as-of", "+1d").out
    assert stock("segment", "sql", "Pros", "--dialect", "oracle").code == 2


def test_deleting(stock):
    stock("segment", "save", "both.yaml")
    refused = stock("segment", "delete", "Pros")
    assert refused.code == 3
    assert "looked at by Both" in refused.err
    assert stock("segment", "delete", "Both").code == 0
    assert stock("segment", "delete", "Pros").code == 0
    assert [row["name"] for row in stock("segment", "list", "--json").lines] == ["Bought lately"]


@pytest.mark.parametrize("verb", [("save",), ("count",), ("members",), ("sql",), ("diff", "Pros"), ("explain",)])
def test_every_problem_of_a_file_is_said_with_its_place(stock, tmp_path, verb):
    (tmp_path / "bad.yaml").write_text(
        "name: x\nconditions:\n  - atribute: plan\n    is: pro\n  - event: order_placed\n    within: 3\n"
    )
    person = ("42",) if verb == ("explain",) else ()
    refused = stock("segment", *verb, "bad.yaml", *person)
    assert (refused.code, refused.out) == (3, "")
    assert refused.err.splitlines() == [
        "bad.yaml:3:5: conditions[0].atribute: 'atribute' begins no condition (did you mean attribute?)",
        "bad.yaml:6:13: conditions[1].within: 3 of what? (write 3 days or 3 seconds)",
    ]
    told = stock("segment", *verb, "bad.yaml", *person, "--json")
    assert (told.code, told.line["status"], told.line["reasons"]) == (3, "rejected", refused.err.splitlines())


def test_a_problem_on_stdin_has_a_place_too(stock):
    assert stock("segment", "count", "-", stdin=b"conditions: 3\n").err.startswith("<stdin>:1:13: conditions: ")


@pytest.mark.parametrize(
    "verb",
    [
        ("show",),
        ("delete",),
        ("count",),
        ("members",),
        ("explain", "42"),
        ("diff", "Pros"),
        ("add", "42"),
        ("remove", "42"),
        ("history",),
        ("sql",),
    ],
)
def test_an_unknown_name_brings_the_nearest(stock, verb):
    name, *rest = verb
    refused = stock("segment", name, "Bougt latly", *rest)
    assert (refused.code, refused.out) == (3, "")
    assert "there is no segment 'Bougt latly'" in refused.err
    assert "did you mean 'Bought lately'?" in refused.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("count", "gone.yaml"), "gone.yaml"),
        (("count", "vip.yaml"), "vip.yaml is a manual segment"),
        (("count", "looks.yaml"), "did you mean 'Pros'?"),
        (("save", "looks.yaml"), "there is no segment 'Pro'"),
        (("save", "nameless.yaml"), "no name"),
        (("count", "latin.yaml"), "not UTF-8 at byte 7"),
        (("explain", "Pros", "nobody"), "person nobody was not found"),
        (("members", "Pros", "--as-of", "soon"), "not a time"),
        (("show", "qqqqqqqqq"), "cio-tui segment list"),
    ],
)
def test_what_cannot_be_taken(stock, tmp_path, arguments, said):
    (tmp_path / "looks.yaml").write_text("name: Looks\nconditions:\n  - in segment: Pro\n")
    (tmp_path / "nameless.yaml").write_text("conditions:\n  - attribute: plan\n    is: pro\n")
    (tmp_path / "latin.yaml").write_bytes("name: é\n".encode("latin-1"))
    refused = stock("segment", *arguments)
    assert (refused.code, refused.out) == (3, "")
    assert said in refused.err


def test_a_name_goes_before_a_file_of_that_name(stock, tmp_path):
    (tmp_path / "Pros").write_text(PROS.replace("pro\n", "free\n"))
    assert ids(stock("segment", "members", "Pros", "--json")) == ["42"]
    assert ids(stock("segment", "members", "./Pros", "--json")) == ["43"]


@pytest.mark.parametrize(
    "verb", ["list", "show", "save", "delete", "count", "members", "explain", "diff", "add", "remove", "history", "sql"]
)
def test_each_verb_has_an_example(cli, verb):
    assert f"cio-tui segment {verb}" in cli("segment", verb, "--help").out
    assert cli("segment", verb, "a", "b", "c", "--wrong").code == 2


def test_no_segments_yet(shop):
    assert "cio-tui segment save" in shop("segment", "list").err


@pytest.mark.parametrize("language", ["yaml", "json"])
def test_the_examples_of_the_page_are_definitions(language):
    page = (Path(__file__).parents[2] / "docs" / "segments.md").read_text(encoding="utf-8")
    examples = re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)
    assert examples
    for example in examples:
        read(example)
