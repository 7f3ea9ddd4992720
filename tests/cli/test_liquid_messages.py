"""Messages on the command line: saving, showing, versions, previews, tables over events, usage and coverage."""

import json
from pathlib import Path

import pytest

RECEIPT = """\
---
name: Receipt
event: order_placed
subject: Order {{ event.order_id }}
from: shop@shop.example
---
<h1>Hi {{ customer.first_name }}</h1>
{% if event.total > 1000 %}
<p>Much!</p>
{% endif %}
<p><a href="https://shop.example">Shop</a></p>
"""


@pytest.fixture
def stock(shop):
    """The receipt saved; orders of Ada (42) and of Bo (43), who has no first name."""
    Path("receipt.liquid").write_text(RECEIPT)
    Path("polite.liquid").write_text(RECEIPT.replace("first_name", 'first_name | default: "you"'))
    shop("identify", "43", "--email", "bo@shop.example")
    for person, order in (("42", "A1"), ("43", "B1")):
        shop("send", "order_placed", "--person", person, "--data", json.dumps({"order_id": order, "total": 5}))
    assert shop("message", "save", "receipt.liquid").code == 0
    return shop


def order_of(cli, person: str) -> str:
    return cli("activity", f"person:{person} type:event", "--json").lines[0]["id"]


def test_saving_showing_and_versions(stock):
    assert "as version 1 already" in stock("message", "save", "receipt.liquid").out
    head = 'name: Receipt\nsubject: "Order {{ event.order_id }}"\nfrom: shop@shop.example\nevent: order_placed\nformat: html'
    assert stock("message", "show", "receipt").out == f"---\n{head}\n---\n" + RECEIPT.partition("example\n---\n")[2]
    saved = stock("message", "save", "polite.liquid", "--json").line
    assert (saved["status"], saved["effects"][0]["version"]) == ("accepted", 2)
    assert [one["version"] for one in stock("message", "versions", "Receipt", "--json").lines] == [2, 1]
    assert "default" not in stock("message", "show", "Receipt", "--version", "1").out
    [listed] = stock("message", "list", "--json").lines
    assert (listed["number"], listed["name"], listed["version"], listed["event"]) == (1, "Receipt", 2, "order_placed")
    assert "event order_placed" in stock("message", "list").out
    assert stock("message", "delete", "Receipt").code == 0
    assert stock("message", "show", "Receipt").code == 3
    assert stock("undo").code == 0
    assert stock("message", "show", "1").code == 0


def test_a_bare_template_takes_the_files_name(stock):
    Path("hello.liquid").write_text("Hi")
    assert stock("message", "save", "hello.liquid", "--dry-run", "--json").line["dry_run"]
    assert stock("message", "save", "hello.liquid").code == 0
    assert stock("message", "show", "hello", "--json").line["body"] == "Hi"
    assert stock("message", "save", "-", stdin=b"Hi").code == 3
    assert stock("message", "save", "-", "--name", "From stdin", stdin=b"Hi").code == 0


def test_front_matter_that_cannot_be_read_is_refused(stock):
    Path("bad.liquid").write_text("---\nfrm: x\nformat: pdf\n---\n")
    refused = stock("message", "save", "bad.liquid")
    assert refused.code == 3
    assert [line.partition(": ")[0] for line in refused.err.splitlines()] == ["bad.liquid:2:1", "bad.liquid:3:9"]
    assert stock("message", "save", "bad.liquid", "--json").line["status"] == "rejected"


def test_snippets(stock):
    Path("footer.html").write_text("<hr>Bye\n")
    assert stock("snippet", "save", "footer", "@footer.html").code == 0
    assert stock("snippet", "save", "big", "x" * 16_385).code == 3
    assert stock("snippet", "show", "footer").out == "<hr>Bye\n"
    assert [one["name"] for one in stock("snippet", "list", "--json").lines] == ["footer"]
    assert "footer" in stock("snippet", "list").out
    assert stock("snippet", "delete", "footer").code == 0
    assert stock("snippet", "show", "footer").code == 3


def test_a_preview_as_text_and_as_it_is(stock):
    shown = stock("preview", "receipt", "--event", order_of(stock, "42"))
    assert shown.code == 0
    assert shown.out == (
        "To         ada@shop.example\nFrom       shop@shop.example\nSubject    Order A1\n\n"
        "Hi Ada\n\nShop[1]\n\n[1] https://shop.example\n"
    )
    assert shown.err.startswith("ok  (profile latest, at 2024-06-10 06:13:20Z)")
    body = stock("preview", "receipt", "--event", order_of(stock, "42"), "--part", "body")
    assert body.out == '<h1>Hi Ada</h1>\n\n<p><a href="https://shop.example">Shop</a></p>\n'
    assert stock("preview", "receipt", "--event", order_of(stock, "42"), "--part", "body", "--text").out.startswith("Hi Ada\n")
    assert "<h1>" in stock("preview", "receipt", "--event", order_of(stock, "42"), "--source").out
    assert stock("preview", "receipt", "--event", order_of(stock, "42"), "--part", "subject").out == "Order A1\n"


def test_l1_a_preview_that_fails(stock):
    failed = stock("preview", "receipt.liquid", "--event", order_of(stock, "43"))
    assert failed.code == 1
    assert failed.err.startswith("receipt.liquid:7:11: error: Variable 'customer.first_name' is missing")
    assert "\nfailed: customer.first_name is missing, in Body  (profile" in failed.err
    shape = stock("preview", "receipt", "--event", order_of(stock, "43"), "--json").line
    assert (shape["verdict"], shape["parts"]["body"]["problems"][0]["path"]) == ("failed", "customer.first_name")


def test_what_is_not_confirmed_is_a_note_and_fails_nothing(stock):
    Path("half.liquid").write_text(RECEIPT.replace("</h1>", " {{ event.total | divided_by: 2 }}</h1>"))
    note = "half.liquid:7:51: note: not confirmed of `divided_by`: whole numbers keep their fraction, 10 by 4 is 2.5 ("
    linted = stock("lint", "half.liquid")
    assert (linted.code, linted.out.startswith(note)) == (0, True)
    assert linted.err == "0 errors, 0 warnings, 1 note in 1 file\n"
    for verb in (("preview", "half.liquid", "--event", order_of(stock, "42")), ("try", "half.liquid", "--events", "person:42")):
        told = stock(*verb)
        assert (told.code, told.err.startswith(note)) == (0, True)
    [problem] = stock("preview", "half.liquid", "--event", order_of(stock, "42"), "--json").line["parts"]["body"]["problems"]
    assert (problem["kind"], problem["severity"]) == ("unconfirmed", "note")
    assert "note" not in stock("try", "half.liquid", "--events", "person:42", "--profile", "legacy").err


def test_a_preview_shows_blanks_as_blanks(stock):
    subject = "{{ event.total | currency: 'de', 'EUR' }} 👩\u200d💻"
    Path("price.liquid").write_text(RECEIPT.replace("Order {{ event.order_id }}", f'"{subject}"'))
    shown = stock("preview", "price.liquid", "--event", order_of(stock, "42"))
    assert "Subject    5,00 € 👩💻\n" in shown.out
    exact = stock("preview", "price.liquid", "--event", order_of(stock, "42"), "--json").line
    assert exact["parts"]["subject"]["text"] == "5,00\xa0€ 👩\u200d💻"


def test_e8_an_invented_event_with_a_recipient(stock):
    data = '{"order_id": 9, "total": 1, "recipient": "desk@shop.example"}'
    shown = stock("preview", "receipt", "--person", "42", "--data", data)
    assert "To         desk@shop.example  (from event.recipient, in place of {{customer.email}})" in shown.out
    shape = stock("preview", "receipt", "--person", "42", "--data", data, "--name", "other", "--at", "+1d", "--json").line
    assert (shape["event"]["name"], shape["at"], shape["activity"]) == ("other", 1718086400, None)


@pytest.mark.parametrize(
    "arguments",
    [
        ("preview", "nothing"),
        ("preview", "receipt", "--event", "01ZZ"),
        ("preview", "receipt", "--person", "nobody"),
        ("preview", "receipt", "--data", "{"),
        ("preview", "receipt@9"),
        ("try", "receipt", "--events", "nme:x"),
        ("usage", "nothing.liquid"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(stock, arguments):
    refused = stock(*arguments)
    assert refused.code == 3
    assert refused.err.startswith("error: ")


def test_try_tells_whom_it_fails_for(stock):
    tried = stock("try", "receipt", "--json")
    assert tried.code == 1
    assert [(row["person"], row["verdict"], row["missing"]) for row in tried.lines] == [
        ("bo@shop.example", "failed", ["customer.first_name"]),
        ("ada@shop.example", "ok", []),
    ]
    assert stock("try", "receipt").err.splitlines()[-1] == "1 ok, 1 failed, 0 empty"
    assert stock("try", "polite.liquid", "--events", "person:43").code == 0
    assert stock("try", "receipt", "--events", "name:nothing").err.startswith("no events match")


def test_comparing_two_versions_and_a_file(stock):
    stock("message", "save", "polite.liquid")
    differs = stock("compare", "Receipt@1", "Receipt")
    assert differs.code == 1
    assert "bo@shop.example" in differs.out
    assert "ada@shop.example" not in differs.out
    assert "  +<h1>Hi you</h1>" in differs.out
    assert differs.err == "1 event of 2 would come out otherwise\n"
    [shape] = stock("compare", "receipt.liquid", "Receipt", "--json").lines
    assert (shape["before"]["verdict"], shape["after"]["verdict"]) == ("failed", "ok")
    assert stock("compare", "Receipt", "polite.liquid").code == 0


def test_usage(stock):
    told = stock("usage", "receipt.liquid")
    assert told.code == 1
    assert "customer.first_name" in told.out
    assert " 7:11 " in told.out
    shape = stock("usage", "receipt", "--events", "person:42", "--json")
    assert shape.code == 0
    assert shape.line["samples"] == 1
    assert {path["path"] for path in shape.line["parts"]["body"]} == {"customer.first_name", "event.total"}


def test_coverage_marks_what_no_event_reached(stock):
    told = stock("coverage", "receipt.liquid", "--events", "person:42")
    assert told.code == 0
    marked = [line for line in told.out.splitlines() if line.startswith("!")]
    assert [line[:4] for line in marked] == ["!  8", "!   ", "!  9"]
    assert "if event.total > 1000: condition holds, never" in marked[1]
    assert told.err == "50.0 % of the branches, 1 missed, over 1 event\n"
    assert stock("coverage", "receipt", "--fail-under", "90").code == 1
    assert stock("coverage", "receipt", "--fail-under", "50").code == 0
    assert stock("coverage", "receipt", "--json").line["percent"] == 50.0


def test_d1_d2_the_data_index_names_the_messages(stock):
    stock("identify", "42", "-a", "unread=1")
    assert [row["messages"] for row in stock("index", "events", "order", "--json").lines] == [["Receipt"]]
    used = {row["name"]: row["messages"] for row in stock("index", "attributes", "--json").lines}
    assert (used["first_name"], used["unread"]) == (["Receipt"], [])
    assert "Receipt" in stock("index", "events").out
