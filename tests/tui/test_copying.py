"""What is copied of an entry can be pasted: the lines send the same event again."""

import json
import shlex
from urllib.parse import unquote, urlsplit

import pytest

from cio_tui.cli.app import program
from cio_tui.tui.copying import choices, curl_line, send_line
from cio_tui.workspace import Workspace

NAMES = ["order_placed", "-dashed", "two words", "it's", '$HOME `x` "q"', "items[/].type [b", "a\nb"]
PEOPLE = ["42", "ada@shop.example", "a/b c", "o'neil@shop.example"]
CLOCK = 1718000000


@pytest.fixture
def shop(tmp_path):
    with Workspace.open(tmp_path / "shop.cio", seed=1, now=CLOCK, durable=False) as workspace:
        for person in PEOPLE:
            workspace.identify(person)
        yield workspace


def again(workspace, entry):
    """Run the copied line in a workspace as a shell would; what came of it."""
    words = shlex.split(send_line(entry))
    assert words[:2] == ["cio-tui", "send"]
    before = workspace.log.last_row()
    program.main(["-w", str(workspace.path), *words[1:]], prog_name="cio-tui", standalone_mode=False)
    [(_, sent)] = list(workspace.log.after(before, "type:event or type:page or type:screen", hidden=True))
    return sent


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("person", PEOPLE)
def test_the_send_line_sends_it_again(shop, name, person, capsys):
    receipt = shop.track(name, person=person, data={"total": 215, name: [name, {"x": None}]}, timestamp=CLOCK - 90)
    assert receipt.ok, receipt.reasons
    entry = shop.log.get(receipt.id)
    sent = again(shop, entry)
    one, other = entry.activity, sent.activity
    assert (other.name, other.type, other.data, other.person, other.timestamp) == (
        one.name,
        one.type,
        one.data,
        one.person,
        one.timestamp,
    )
    assert other.id != one.id


def test_pages_anonymous_events_and_invites(shop, capsys):
    for options in (
        {"person": "42", "type": "page"},
        {"anonymous_id": "anon-7f3"},
        {"anonymous_id": "-odd id"},
        {"invite": "new@shop.example"},
    ):
        entry = shop.log.get(shop.track("seen", **options).id)
        sent = again(shop, entry)
        assert (sent.activity.type, sent.activity.anonymous_id) == (entry.activity.type, entry.activity.anonymous_id)
        assert sent.activity.data == entry.activity.data


@pytest.mark.parametrize("person", PEOPLE)
def test_the_curl_line_is_a_track_call_on_this_machine(shop, person):
    entry = shop.log.get(shop.track("it's", person=person, data={"a": "'"}).id)
    words = shlex.split(curl_line(entry))
    url = urlsplit(next(word for word in words if word.startswith("http")))
    assert url.netloc == "127.0.0.1:8080"
    _, api, version, customers, raw, events = url.path.split("/")
    assert (api, version, customers, unquote(raw), events) == ("api", "v1", "customers", person, "events")
    assert json.loads(words[-1]) == {"name": "it's", "type": "event", "timestamp": CLOCK, "data": {"a": "'"}}


def test_an_anonymous_curl_line(shop):
    words = shlex.split(curl_line(shop.log.get(shop.track("seen", anonymous_id="anon").id)))
    assert words[1].endswith("/api/v1/events")
    assert json.loads(words[-1])["anonymous_id"] == "anon"


def test_somebody_whose_id_looks_like_an_email_is_named_by_cio_id(shop):
    shop.identify({"id": "ada@shop.example"})
    cio_id = shop.directory.person({"id": "ada@shop.example"}).person.cio_id
    entry = shop.log.get(shop.track("seen", person={"id": "ada@shop.example"}).id)
    assert f"--person=cio_{cio_id}" in shlex.split(send_line(entry))


def test_liquid_paths_and_what_is_no_event(shop):
    named = dict(choices(shop.log.get(shop.track("x", person="42", data={"items": [{"type": "a"}], "sign up": 1}).id)))
    assert named["Liquid items[].type"] == "{{ event.items[0].type }}"
    assert named["Liquid sign up"] == '{{ event["sign up"] }}'
    created = shop.log.page("type:profile_create").entries[0]
    assert [name for name, _ in choices(created)] == ["id", "JSON"]
