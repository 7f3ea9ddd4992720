"""JSON lines of people and events: what is taken, and the report for every line that is not."""

import json
from pathlib import Path

import pytest

from cio_tui.imports.json_lines import LineRows, is_json_lines, open_lines
from cio_tui.imports.options import Options
from cio_tui.imports.problems import RowRefused
from cio_tui.model.commands import Identify, Track
from cio_tui.model.errors import InputError

T = 1718000000


def file(folder, *lines, name="x.jsonl"):
    path = folder / name
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def read(kind, path):
    """Each line's number with its command, or with why there is none."""
    rows, options = LineRows(kind, Options()), Options()
    for number, cells in open_lines(path, options).rows():
        try:
            yield number, rows.command(cells)
        except RowRefused as error:
            yield number, error


def test_people(tmp_path):
    path = file(
        tmp_path,
        {"id": "42", "email": "ada@shop.example", "cio_id": "x", "added_at": T, "attributes": {"score": 9, "tags": ["=1"]}},
        "",
        {"email": "dee@shop.example", "events": 3, "last_event": None, "devices": []},
    )
    assert list(read("people", path)) == [
        (1, Identify({"id": "42"}, {"id": "42", "email": "ada@shop.example", "score": 9, "tags": ["=1"]}, quiet=True)),
        (3, Identify({"email": "dee@shop.example"}, {"email": "dee@shop.example"}, quiet=True)),
    ]


def test_events(tmp_path):
    path = file(
        tmp_path,
        {"name": "a", "customer_id": "42"},
        {
            "id": "01J00CF7000000000000000000",
            "type": "page",
            "name": "/",
            "timestamp": T,
            "customer_identifiers": {"id": None, "email": "ada@shop.example", "cio_id": "x"},
            "data": {"a": {"b": [1]}},
            "hidden": True,
        },
        {"name": "c", "customer_identifiers": {"cio_id": "x"}},
    )
    ada = {"email": "ada@shop.example"}
    assert [command for _, command in read("events", path)] == [
        Track("a", {"id": "42"}, quiet=True),
        Track("/", ada, None, {"a": {"b": [1]}}, "page", T, "01J00CF7000000000000000000", quiet=True),
        Track("c", {"cio_id": "x"}, quiet=True),
    ]


EVENT = {"name": "a", "customer_id": "42"}
WRONG_EVENTS = [
    ("{", "", "the line is not valid JSON"),
    ("[1]", "", "the line must be a JSON object"),
    ("x,y", "", "the line is not valid JSON"),
    ('{"name": "a", "customer_id": "42", "data": {"n": NaN}}', "", "NaN is not JSON"),
    ({**EVENT, "colour": "red"}, "colour", "a line has no key 'colour'"),
    ({**EVENT, "type": "attribute_change"}, "type", "'attribute_change' is not an event, page or screen"),
    ({**EVENT, "type": ["event"]}, "type", "['event'] is not an event, page or screen"),
    ({**EVENT, "timestamp": T * 1000}, "timestamp", "is in milliseconds"),
    ({**EVENT, "timestamp": "now"}, "timestamp", "must be whole Unix seconds"),
    ({**EVENT, "data": [1]}, "data", "data must be an object, not array"),
    ({**EVENT, "name": 7}, "name", "name must be text, not number"),
    ({**EVENT, "id": 7}, "id", "id must be text, not number"),
    ({"name": "a"}, "customer_identifiers", "the line says nobody"),
    ({"name": "a", "anonymous_id": "anon-1"}, "customer_identifiers", "the line says nobody"),
    ({"name": "a", "customer_identifiers": "42"}, "customer_identifiers", "must be an object, not string"),
    ({"name": "a", "customer_identifiers": {"email": "nobody"}}, "email", "'nobody' is not an email address"),
]
WRONG_PEOPLE = [
    ("{", "", "the line is not valid JSON"),
    ({}, "id", "the line says nobody"),
    ({"cio_id": "x"}, "id", "the line says nobody"),
    ({"id": "42", "plan": "pro"}, "plan", "a line has no key 'plan'"),
    ({"id": "a\0"}, "id", "cannot be printed"),
    ({"email": "nobody"}, "email", "'nobody' is not an email address"),
    ({"id": ["42"]}, "id", "id must be text"),
    ({"id": "42", "attributes": "x"}, "attributes", "attributes must be an object, not string"),
]


@pytest.mark.parametrize(
    ("kind", "line", "column", "words"),
    [("events", *wrong) for wrong in WRONG_EVENTS] + [("people", *wrong) for wrong in WRONG_PEOPLE],
)
def test_a_line_that_cannot_be_taken(tmp_path, kind, line, column, words):
    """The lines around it are."""
    good = {"name": "a", "customer_id": "1"} if kind == "events" else {"id": "1"}
    (_, before), (number, wrong), (_, after) = read(kind, file(tmp_path, good, line, good))
    assert before == after
    assert isinstance(before, (Identify, Track))
    assert (number, wrong.column) == (2, column)
    assert words in str(wrong)


@pytest.mark.parametrize(
    ("name", "text", "yes"),
    [
        ("x.jsonl", "", True),
        ("x.ndjson", "x", True),
        ("x.csv", '{"id": "42"}', True),
        ("x.csv", '\ufeff \n{"id": "42"}', True),
        ("x.csv", "id,email\n", False),
        ("x.csv", "", False),
    ],
)
def test_how_json_lines_are_told_from_a_csv(tmp_path, name, text, yes):
    assert is_json_lines(file(tmp_path, text, name=name)) is yes


def test_a_file_that_cannot_be_read():
    assert not is_json_lines(Path("missing.csv"))
    with pytest.raises(InputError, match=r"missing\.jsonl cannot be read: no such file"):
        open_lines(Path("missing.jsonl"), Options())
