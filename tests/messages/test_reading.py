"""A message's file: fields and body, every problem at its place, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui.liquid.problems import Problem
from cio_tui.messages.definition import CHOICES, DEFAULT_TO, PARTS, Message
from cio_tui.messages.linting import lint
from cio_tui.messages.reading import read
from cio_tui.messages.writing import write

RECEIPT = """\
---
name: Receipt
subject: "Your order {{ event.order_id }}"
from: 'Shop <orders@shop.example>'
preheader: |
  One line,
  {{ event.total }}
event: order_placed
profile: legacy
---
<p>Thanks</p>
---
"""


def test_fields_and_body() -> None:
    found = read(RECEIPT, "receipt.liquid")
    assert found.problems == ()
    assert found.message == Message(
        name="Receipt",
        subject="Your order {{ event.order_id }}",
        sender="Shop <orders@shop.example>",
        preheader="One line,\n{{ event.total }}\n",
        body="<p>Thanks</p>\n---\n",
        profile="legacy",
        event="order_placed",
    )
    assert found.message.to == DEFAULT_TO


@pytest.mark.parametrize("text", ["", "<p>{{ event.total }}</p>\n", "\n---\nname: x\n---\n", "----\nname: x\n"])
def test_a_file_without_front_matter_is_all_body(text: str) -> None:
    found = read(text, "mails/welcome.html.liquid")
    assert (found.message.name, found.message.body, found.bare, found.problems) == ("welcome", text, True, ())


@pytest.mark.parametrize(("file", "format_"), [("a.txt", "text"), ("a.TXT", "text"), ("a.liquid", "html"), ("", "html")])
def test_the_file_name_says_the_format(file: str, format_: str) -> None:
    assert read("x", file).message.format == format_
    assert read("---\nformat: html\n---\n", file).message.format == "html"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_endings_and_a_byte_order_mark(ending: str) -> None:
    found = read("\ufeff" + ending.join(["---", "subject: Hi", "---", "body", ""]))
    assert found.problems == ()
    assert (found.message.subject, found.message.body) == ("Hi", f"body{ending}")


def test_values_are_the_text_that_stands_there() -> None:
    found = read("---\nname: no\nsubject: 1e3\npreheader: ~\nreply_to:\nto: 2024-06-01\n---\n").message
    assert (found.name, found.subject, found.preheader, found.reply_to, found.to) == ("no", "1e3", "~", "", "2024-06-01")


@pytest.mark.parametrize(
    ("front", "line", "column", "said", "hint"),
    [
        ("frm: x", 2, 1, "a message has no frm", "from"),
        ("colour: x", 2, 1, "a message has no colour", "subject"),
        ("name: a\nname: b", 3, 1, "second time", ""),
        ("body: x", 2, 1, "follows the second", ""),
        ("format: pdf", 2, 9, "html, text", ""),
        ("profile: newest", 2, 10, "latest, legacy", ""),
        ("trigger: evnt", 2, 10, "event, segment", ""),
        ("to: {{ event.email }}", 2, 5, "to must be a text", "quotes"),
        ("subject: [a, b]", 2, 10, "subject must be a text", "quotes"),
        ("subject: Order #5", 2, 16, "comment", "quotes"),
        ("subject: a: b", 2, 11, "not valid YAML", "quotes"),
        ("subject: *x", 2, 10, "must be a text", "quotes"),
        ("subject: &x y", 2, 10, "anchors", "quotes"),
        ("subject: !!str y", 2, 10, "anchors", "quotes"),
        ("- a", 2, 1, "lines like name: Receipt", ""),
        ("just text", 2, 1, "lines like name: Receipt", ""),
        ("{a: b}", 2, 1, "lines like name: Receipt", ""),
        ("? [a]\n: b", 2, 3, "a key must be a text", ""),
        ("name: x\n\tsubject: y", 3, 1, "not valid YAML", "spaces"),
        ('subject: "\\q"', 2, 12, "not valid YAML", ""),
        ("name: \x07", 2, 1, "not valid YAML", ""),
        ("name: " + "x" * 100_000, 2, 1, "longer than", ""),
    ],
)
def test_each_slip_is_told_with_its_place(front: str, line: int, column: int, said: str, hint: str) -> None:
    [problem] = read(f"---\n{front}\n---\nbody").problems
    assert (problem.line, problem.column) == (line, column)
    assert said in problem.message
    assert hint in problem.hint


def test_all_slips_are_told_together_and_the_rest_is_read() -> None:
    found = read("---\nfrm: x\nsubject: fine\nformat: pdf\nto: {{x}}\n---\nbody")
    assert [(problem.line, problem.column) for problem in found.problems] == [(2, 1), (4, 9), (5, 5)]
    assert (found.message.subject, found.message.body) == ("fine", "body")


def test_front_matter_that_is_never_closed() -> None:
    found = read("---\nname: x\n")
    assert [(one.line, one.column) for one in found.problems] == [(1, 1)]
    assert found.message.body == "---\nname: x\n"


def test_deep_and_broken_yaml_ends() -> None:
    assert read(f"---\nname: {'[' * 50_000}\n---\n").problems
    assert read(f"---\n{'- ' * 30_000}\n---\n").problems


def where(part: str, text: str, line: int, column: int) -> tuple[int, int]:
    """Where a problem at a place of a part stands in the file."""
    placed = read(text).place(part).of(Problem("syntax", "x", line, column))
    return placed.line, placed.column


def test_places_are_those_of_the_file() -> None:
    """The characters meant are found in the file's lines."""
    lines = RECEIPT.split("\n")
    for part, line, column, expected in (
        ("body", 1, 4, "Thanks"),
        ("subject", 1, 12, "{{ event.order_id"),
        ("from", 1, 1, "Shop"),
        ("preheader", 1, 1, "One line"),
        ("preheader", 2, 4, "event.total"),
    ):
        at = where(part, RECEIPT, line, column)
        assert lines[at[0] - 1][at[1] - 1 :].startswith(expected), part
    assert where("to", RECEIPT, 1, 1) == (1, 1)
    assert where("body", "a\nb", 2, 1) == (2, 1)


def test_a_problem_in_a_snippet_keeps_its_place() -> None:
    problem = Problem("missing", "x", 2, 3, source="snippets.footer")
    assert read(RECEIPT).place("body").of(problem) == problem


def test_lint_tells_file_and_liquid_in_the_order_of_the_lines() -> None:
    found = lint(read("---\nsubject: fine\nto: '{{ b'\n---\n{{ c\n"))
    assert lint(read("---\nfrm: x\n---\n"))[0][0] is None
    assert [(part, problem.line) for part, problem in found] == [("to", 3), ("body", 5)]


@pytest.mark.parametrize(
    ("trigger", "roots"),
    [("segment", ["trigger", "event", "event_id"]), ("webhook", ["event", "event_id"]), ("event", [])],
)
def test_l2_lint_knows_what_the_trigger_gives(trigger: str, roots: list[str]) -> None:
    text = f"---\ntrigger: {trigger}\n---\n{{{{ trigger.x }}}}{{{{ event.y }}}}{{{{ event_id }}}}{{{{ customer.z }}}}"
    told = [problem for _, problem in lint(read(text)) if problem.path]
    assert [(problem.path, problem.severity, problem.line) for problem in told] == [(root, "warning", 4) for root in roots]


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
messages = st.builds(
    Message,
    **dict.fromkeys(("name", "subject", "preheader", "sender", "reply_to", "to", "event"), words),
    body=st.lists(words | st.sampled_from(["\n---\n", "---\n", "{{ x }}", "\r\n", "#"]), max_size=6).map("".join),
    **{key: st.sampled_from(values) for key, values in CHOICES.items()},
)


@given(messages)
def test_what_is_written_reads_back_to_the_same(message: Message) -> None:
    found = read(write(message))
    assert found.problems == ()
    assert found.message == message
    assert Message.from_document(message.to_document()) == message


@given(st.lists(st.sampled_from([*"-:#{}[]'\"\n |>&*!?%@`\t\\a", "---\n", "name: ", "to: "]), max_size=40).map("".join))
def test_nothing_that_is_read_raises(text: str) -> None:
    found = read(f"---\n{text}")
    assert all(problem.line >= 1 and problem.column >= 1 for problem in found.problems)
    for part in PARTS:
        assert found.place(part).line <= f"{text}\n".count("\n") + 2  # a body may begin behind the last line
