"""Messages and snippets: saving with versions, limits, taking back, leaving in a file and coming back from it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cio_tui import Workspace
from cio_tui.messages.definition import CHOICES, Message
from cio_tui.model import commands
from cio_tui.model.errors import InputError
from cio_tui.model.limits import SNIPPET_BYTES, SNIPPETS_BYTES

RECEIPT = Message("Receipt", subject="Order {{ event.order_id }}", body="<p>Thanks</p>", event="order_placed")


def test_each_save_is_a_version(ws: Workspace) -> None:
    assert ws.save_message(RECEIPT).id == "1"
    ws.advance(60)
    receipt = ws.save_message(RECEIPT.with_part("body", "<p>Thank you</p>"))
    assert [(effect.kind, effect.detail["version"]) for effect in receipt.effects] == [("message_saved", 2)]
    saved = ws.messages.get("receipt")
    assert (saved.number, saved.version, saved.updated_at - saved.created_at) == (1, 2, 60)
    assert [(one.version, one.message.body) for one in ws.messages.versions("Receipt")] == [
        (2, "<p>Thank you</p>"),
        (1, "<p>Thanks</p>"),
    ]
    assert ws.messages.version(1, 1).message == RECEIPT


def test_the_same_again_is_no_version(ws: Workspace) -> None:
    ws.save_message(RECEIPT)
    again = ws.save_message(RECEIPT)
    assert (again.status, again.notes, again.command) == ("accepted", ("it is as version 1 already",), None)


def test_a_message_is_found_by_name_and_number(ws: Workspace) -> None:
    ws.save_message(RECEIPT)
    for reference in ("Receipt", " rECEIPT ", 1, "1"):
        assert ws.messages.get(reference).name == "Receipt"
    with pytest.raises(InputError) as caught:
        ws.messages.get("Reciept")
    assert caught.value.hint == "did you mean 'Receipt'?"
    assert ws.messages.find("2") is None


def test_renaming_by_number(ws: Workspace) -> None:
    ws.save_message(RECEIPT)
    ws.save_message(Message("Welcome"))
    assert ws.save_message(Message("Hello"), number=2).ok
    assert [one.name for one in ws.messages.all()] == ["Receipt", "Hello"]
    taken = ws.save_message(Message("RECEIPT"), number=2)
    assert taken.reasons == ("there is a message 'Receipt' already",)
    assert not ws.save_message(Message("x"), number=3).ok


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\x07b", "12"])
def test_names_that_a_message_cannot_have(ws: Workspace, name: str) -> None:
    refused = ws.save_message(Message(name))
    assert (refused.status, ws.messages.all()) == ("rejected", [])


def test_l6_broken_liquid_is_kept_and_cannot_be_sent(ws: Workspace) -> None:
    receipt = ws.save_message(RECEIPT.with_part("body", "{% if event.total %}x"))
    assert receipt.notes[0] == "it cannot be sent as it is"
    assert "if tag was never closed" in receipt.notes[1]
    assert ws.previews.preview("Receipt", data={"order_id": 1}).rendered.verdict == "failed"


@pytest.mark.parametrize(
    "definition", [{"name": "x", "colour": "red"}, {"name": "x", "body": 7}, {"name": "x", "format": "pdf"}, {"name": 7}]
)
def test_a_command_of_another_shape_is_refused(ws: Workspace, definition: dict[str, object]) -> None:
    assert not ws.engine.run(commands.SaveMessage(definition)).ok
    assert not ws.save_message(Message("x", body="\ud800")).ok
    assert ws.messages.all() == []


def test_deleting_takes_the_versions_along(ws: Workspace) -> None:
    ws.save_message(RECEIPT)
    ws.save_message(RECEIPT.with_part("subject", "x"))
    assert ws.delete_message("receipt").effects[0].detail["versions"] == 2
    assert not ws.delete_message("receipt").ok
    ws.save_message(Message("Other"))
    assert [one.version for one in ws.messages.versions("Other")] == [1]
    assert ws.check() == []


def test_undo_and_redo(ws: Workspace) -> None:
    digests = [ws.digest()]
    steps: list[Callable[[], object]] = [
        lambda: ws.save_message(RECEIPT),
        lambda: ws.save_message(RECEIPT.with_part("subject", "x")),
        lambda: ws.save_snippet("footer", "Bye"),
        lambda: ws.delete_message("Receipt"),
        lambda: ws.delete_snippet("footer"),
    ]
    for step in steps:
        step()
        digests.append(ws.digest())
    assert len(set(digests)) == len(digests) - 1, "all but the last step, after which nothing is left, differ"
    for expected in reversed(digests[:-1]):
        ws.undo()
        assert ws.digest() == expected
    for expected in digests[1:]:
        ws.redo()
        assert ws.digest() == expected


def test_a_dry_run_leaves_nothing(ws: Workspace) -> None:
    assert ws.save_message(RECEIPT, dry_run=True).dry_run
    assert ws.save_snippet("a", "b", dry_run=True).dry_run
    assert (ws.messages.all(), ws.messages.snippets()) == ([], [])


def test_snippets(ws: Workspace) -> None:
    assert ws.save_snippet(" main address ", "Strandgata 1").id == "main address"
    ws.save_snippet("footer", "Bye")
    assert [one.name for one in ws.messages.snippets()] == ["footer", "main address"]
    assert ws.save_snippet("footer", "Bye").notes == ("it is so already",)
    ws.advance(5)
    ws.save_snippet("footer", "Bye!")
    one = ws.messages.snippet("footer")
    assert (one.text, one.updated_at - one.created_at) == ("Bye!", 5)
    with pytest.raises(InputError, match="no snippet 'Footer'"):
        ws.messages.snippet("Footer")
    ws.save_message(RECEIPT.with_part("body", "{{ snippets.footer }}"))
    assert ws.delete_snippet("footer").notes == ("it is missing now in Receipt",)
    assert not ws.delete_snippet("footer").ok


def test_snippets_have_limits(ws: Workspace) -> None:
    assert ws.save_snippet("a", "é" * (SNIPPET_BYTES // 2)).ok
    assert "16,385 bytes" in ws.save_snippet("b", "x" * (SNIPPET_BYTES + 1)).reasons[0]
    for number in range(SNIPPETS_BYTES // SNIPPET_BYTES - 1):
        ws.engine.database.documents("snippets").insert(
            {"name": f"n{number}", "text": "x" * SNIPPET_BYTES, "created_at": 1, "updated_at": 1}
        )
    assert "5,242,881 bytes" in ws.save_snippet("b", "x").reasons[0]
    assert ws.save_snippet("a", "x").ok
    assert ws.save_snippet("b", "x").ok
    for name in ("", "x" * 101, "a\nb"):
        assert not ws.save_snippet(name, "x").ok


def test_a_file_and_back(ws: Workspace, fresh: Callable[..., Workspace], tmp_path: Path) -> None:
    ws.save_message(RECEIPT)
    ws.save_message(RECEIPT.with_part("subject", "x"))
    ws.save_snippet("footer", "Bye")
    ws.export_json(tmp_path / "a.json")
    other = fresh()
    other.import_json(tmp_path / "a.json")
    assert (other.digest(), other.check()) == (ws.digest(), [])
    assert other.messages.get("Receipt") == ws.messages.get("Receipt")


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("messages", {"definition": {"colour": "red"}}, "colour"),
        ("messages", {"version": 2}, "version 2"),
        ("messages", {"version": "2"}, "version is string"),
        ("message_versions", {"definition": {"name": "Other"}}, "version 1 says"),
        ("message_versions", {"message": 9}, "message 9"),
        ("snippets", {"text": 3}, "text is number"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(
    ws: Workspace, fresh: Callable[..., Workspace], tmp_path: Path, table: str, change: dict[str, object], said: str
) -> None:
    ws.save_message(RECEIPT)
    ws.save_snippet("footer", "Bye")
    ws.export_json(tmp_path / "a.json")
    content = json.loads((tmp_path / "a.json").read_text())
    content[table]["1"] |= change
    (tmp_path / "b.json").write_text(json.dumps(content))
    other = fresh()
    before = other.digest()
    with pytest.raises(InputError, match=said):
        other.import_json(tmp_path / "b.json")
    assert other.digest() == before


def test_check_finds_what_does_not_fit(ws: Workspace) -> None:
    ws.save_message(RECEIPT)
    table = ws.engine.database.documents("message_versions")
    table.update({"definition": {"name": "Receipt"}})
    assert ws.check() == ["message 1: it is not what its version 1 says"]
    table.update({"version": 3})
    assert ws.check() == ["message 1: it is at version 1, but not each version up to it is here"]


def test_documents_of_messages_are_checked() -> None:
    for key, words in CHOICES.items():
        for word in words:
            assert Message.from_document({key: word}).to_document() in ({}, {key: word})
    with pytest.raises(InputError):
        Message.from_document({"trigger": "x"})
