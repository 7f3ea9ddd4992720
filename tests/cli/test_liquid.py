"""`render` and `lint`: the contract of one JSON object in, text out, and of problems at their places; no workspace is touched."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = [sys.executable, "-c", "from cio_tui.cli import main; main()"]


def asked(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def test_one_object_in_the_rendering_out(cli):
    answer = cli("render", "--json-stdin", stdin=asked(template="{{ event.total }}\n", data={"event": {"total": 215}}))
    assert (answer.code, answer.out, answer.err) == (0, "215\n", "")


def test_the_rendering_is_exact(cli):
    answer = cli("render", "--json-stdin", stdin=asked(template="é\t{{ x }} \x1b", data={"x": "😀"}))
    assert answer.out == "é\t😀 \x1b"


@pytest.mark.parametrize(
    ("fields", "out"),
    [
        ({"template": "{{ 10 | divided_by: 4 }}"}, "2.5"),
        ({"template": "{{ 10 | divided_by: 4 }}", "profile": "legacy"}, "2"),
        ({"template": "[{{ a.b }}]", "missing": "empty"}, "[]"),
        ({"template": '{{ "now" | date: "%s" }}', "now": 5}, "5"),
        ({"template": '{{ "now" | date: "%s" }}', "now": 1718000000.9}, "1718000000"),
        ({"template": '{{ "now" | date: "%s" }}', "now": "1718000000"}, "1718000000"),
        ({"template": '{{ "now" | date: "%F" }}', "now": "2024-06-10T06:13:20Z", "profile": "legacy"}, "2024-06-10"),
        ({"template": '{{ "now" | date: "%s" }}', "now": "2024-06-10T08:13:20+02:00"}, "1718000000"),
        ({"template": "{{ snippets.footer }}", "partials": {"footer": "Bye"}}, "Bye"),
        ({"template": "{% render 'a' %}", "partials": {"a": "{{ 1 | plus: 1 }}"}}, "2"),
        ({"template": "x", "data": {}, "partials": {}, "now": None}, "x"),
    ],
)
def test_what_the_object_says(cli, fields, out):
    answer = cli("render", "--json-stdin", stdin=asked(**fields))
    assert (answer.code, answer.out) == (0, out), answer.err


def test_options_go_before_the_object(cli):
    stdin = asked(template="{{ 10 | divided_by: 4 }}{{ x }}", profile="latest", missing="error")
    assert cli("render", "--json-stdin", "--profile", "legacy", "--missing", "empty", stdin=stdin).out == "2"


def test_l1_every_problem_is_on_stderr_and_nothing_on_stdout(cli):
    answer = cli("render", "--json-stdin", stdin=asked(template="a {{ event.x }}\n {{ customer.y }}", data={"event": {}}))
    assert (answer.code, answer.out) == (1, "")
    lines = answer.err.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["<template>:1:6:", "<template>:2:5:"]
    assert "error: Variable 'event.x' is missing" in lines[0]


def test_json_tells_problems_apart(cli):
    answer = cli("render", "--json-stdin", "--json", stdin=asked(template="{{ a.b }}"))
    assert answer.code == 1
    assert "'a' is missing" in answer.line["error"]
    assert [(one["kind"], one["line"]) for one in answer.line["problems"]] == [("missing", 1)]
    assert cli("render", "--json-stdin", "--json", stdin=asked(template="x")).line == {"output": "x", "problems": []}


@pytest.mark.parametrize(
    ("stdin", "said"),
    [
        (b"", "not valid JSON"),
        (b"[1]", "must be an object"),
        (b"{}", "template is missing"),
        (b'{"template": 7}', "template must be text"),
        (b'{"template": "x", "data": []}', "data must be an object"),
        (b'{"template": "x", "data": {"a": NaN}}', "NaN"),
        (b'{"template": "x", "partials": {"a": 1}}', "partials must be"),
        (b'{"template": "x", "now": "soon"}', "now must be"),
        (b'{"template": "x", "now": true}', "now must be"),
        (b'{"template": "x", "now": 1e999}', "Infinity|now must be"),
        (b'{"template": "x", "profile": "new"}', "latest, legacy"),
        (b'{"template": "x", "missing": "no"}', "error, empty"),
        (b'{"template": "x", "profile": ["latest"]}', "latest, legacy"),
        (b'\xff{"template": "x"}', "not UTF-8"),
        (b"[" * 100_000, "nested"),
    ],
)
def test_input_that_cannot_be_taken(cli, stdin, said):
    answer = cli("render", "--json-stdin", stdin=stdin)
    assert answer.code == 3
    assert any(word in answer.err for word in said.split("|"))
    assert "Traceback" not in answer.err


def test_fields_that_there_are_not_are_passed_over_with_a_word(cli):
    answer = cli("render", "--json-stdin", stdin=asked(template="x", profil="legacy"))
    assert (answer.code, answer.out) == (0, "x")
    assert "did you mean profile?" in answer.err


def test_a_lone_half_of_a_character_does_no_harm(cli):
    assert cli("render", "--json-stdin", stdin=b'{"template": "{{ x }}", "data": {"x": "\\ud83d"}}').out == "\ufffd"


def test_jsonl_answers_each_line(cli):
    lines = [asked(template="{{ x }}", data={"x": 1}), b"", asked(template="{{ y }}"), b"{", asked(template="\n")]
    answer = cli("render", "--jsonl", stdin=b"\n".join(lines))
    assert answer.code == 1
    assert [list(line) for line in answer.lines] == [["output"], ["error"], ["error"], ["output"]]
    assert (answer.lines[0]["output"], answer.lines[3]["output"]) == ("1", "\n")
    assert cli("render", "--jsonl", stdin=lines[0]).code == 0


def test_jsonl_answers_at_once_and_thousands_of_times():
    """One process: each answer is there before the next line is sent; 3,000 lines."""
    with subprocess.Popen([*PROGRAM, "render", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3000):
            process.stdin.write(asked(template="{{ n }}", data={"n": number}) + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline()) == {"output": str(number)}
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_a_file_and_its_data(cli, tmp_path):
    Path("a.liquid").write_text("---\nsubject: x\nprofile: legacy\n---\n{{ event.total }}\n{{ 7 | divided_by: 2 }}")
    assert cli("render", "a.liquid", "--data", '{"event": {"total": 5}}').out == "5\n3"
    failed = cli("render", "a.liquid")
    assert failed.code == 1
    assert failed.err.startswith("a.liquid:5:4: error: ")
    assert cli("render", "-", "--partials", '{"f": "y"}', stdin=b"{{ snippets.f }}").out == "y"
    assert cli("render", "none.liquid").code == 3
    assert not (tmp_path / "test.cio").exists()


def test_wrong_usage(cli):
    assert cli("render").code == 2
    assert cli("render", "a", "--jsonl").code == 2
    assert cli("render", "--json-stdin", "--jsonl").code == 2


def test_lint(cli, tmp_path):
    Path("good.liquid").write_text("<p>{{ event.total }}</p>")
    Path("bad.liquid").write_text("---\nfrm: x\nsubject: '{{ a | nofilter }}'\n---\n<p>\n{% if x %}\n")
    assert cli("lint", "good.liquid").code == 0
    answer = cli("lint", "good.liquid", "bad.liquid")
    assert answer.code == 1
    places = [line.split(": ")[:2] for line in answer.out.splitlines()]
    assert places == [["bad.liquid:2:1", "error"], ["bad.liquid:3:18", "error"], ["bad.liquid:6:1", "error"]]
    assert answer.err == "3 errors, 0 warnings in 2 files\n"
    shapes = cli("lint", "--json", "bad.liquid").lines
    assert [(shape["part"], shape["kind"]) for shape in shapes] == [
        (None, "syntax"),
        ("subject", "unknown-filter"),
        ("body", "unclosed"),
    ]
    assert cli("lint", "-", stdin=b"{{ a").out.startswith("<stdin>:1:1: error: ")
    assert cli("lint", "none.liquid").code == 3
    assert not (tmp_path / "test.cio").exists()


def test_l6_a_hint_speaks_of_the_files_lines_too(cli, tmp_path):
    file = tmp_path / "receipt.liquid"
    file.write_text("---\nname: Receipt\n---\nHi\n{% for i in event.items %}\n{% endif %}")
    told = cli("lint", str(file))
    assert ":6:4: error: 'endif' is not a valid delimiter for for tags. use endfor" in told.out
    assert "The for of line 5, column 1 is still open." in told.out


def test_l6_l7_composer_words(cli):
    Path("a.liquid").write_text("{{ unsubscribe_url }}{% if x %}")
    answer = cli("lint", "a.liquid")
    assert "if tag was never closed" in answer.out
    assert "unsubscribe_url" in answer.out


def test_a_file_is_looked_into_without_a_workspace(cli, tmp_path, monkeypatch):
    monkeypatch.delenv("CIO_TUI_WORKSPACE")
    monkeypatch.setattr("cio_tui.cli.face.default_path", lambda: tmp_path / "nowhere.cio")
    (tmp_path / "hi.liquid").write_text("---\nsubject: Hi\nevent: bought\n---\n{{ event.total }} {{ event.gift | default: 0 }}\n")
    used = cli("--json", "usage", "hi.liquid")
    assert used.code == 0
    assert "event.total" in used.out
    assert cli("preview", "hi.liquid", "--data", '{"total": 5, "recipient": "a@x.example"}', "--part", "body").out == "5 0\n"
    assert cli("preview", "hi.liquid", "--data", '{"recipient": "a@x.example"}').code == 1
    assert cli("preview", "Hi").code == 3
    assert cli("-w", "other.cio", "usage", "hi.liquid").code == 3
    assert not (tmp_path / "nowhere.cio").exists()
