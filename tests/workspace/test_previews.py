"""Previews: for one person and event, real or invented, over many events, and beside another version."""

from typing import Any

import pytest
from worlds import T

from cio_tui import Workspace
from cio_tui.filters import FilterError
from cio_tui.messages.definition import Message
from cio_tui.messages.scopes import INVENTED_ID
from cio_tui.model.errors import InputError, UnknownActivity, UnknownPerson
from cio_tui.workspace.demo import build_demo

RECEIPT = Message(
    "Receipt",
    subject="Order {{ event.order_id }}",
    body="Hi {{ customer.first_name }}, {% if event.total > 100 %}much{% else %}little{% endif %} {{ snippets.footer }}",
    format="text",
    event="order_placed",
)


@pytest.fixture
def orders(shop: Workspace) -> Workspace:
    """Orders of Ada (two), of Bo, who has no first name, of a visitor and of an invite; the latest first in the test's terms."""
    shop.save_snippet("footer", "Bye")
    shop.save_message(RECEIPT)
    for person, order, total in (("42", "A1", 215), ("43", "B1", 20), ("42", "A2", 30)):
        shop.track("order_placed", person=person, data={"order_id": order, "total": total})
        shop.advance(60)
    shop.track("order_placed", anonymous_id="anon-1", data={"order_id": "C1", "total": 1})
    shop.track("order_placed", invite="new@shop.example", data={"order_id": "D1", "total": 1})
    shop.track("signed_up", person="42")
    return shop


def ids(shop: Workspace, line: str) -> list[str]:
    return [entry.activity.id for entry in shop.log.page(line).entries]


def test_for_a_real_event_and_its_person(orders: Workspace) -> None:
    [activity] = ids(orders, "data.order_id=A1")
    preview = orders.previews.preview("receipt", event=activity[:20].lower() + activity[20:])
    assert (preview.rendered.text(), preview.rendered.text("subject")) == ("Hi Ada, much Bye", "Order A1")
    assert preview.rendered.text("to") == "ada@shop.example"
    shape = preview.to_json()
    assert (shape["activity"], shape["event"]["timestamp"], shape["person"]["id"]) == (activity, T, "42")


def test_for_somebody_else(orders: Workspace) -> None:
    [activity] = ids(orders, "data.order_id=A1")
    preview = orders.previews.preview("receipt", event=activity, person="43")
    assert preview.rendered.reason == "customer.first_name is missing, in Body"
    assert preview.rendered.text("to") == "bo@shop.example"


def test_for_an_event_that_nobody_has_sent(orders: Workspace) -> None:
    message = Message("x", subject="x", body="{{ event_name }} {{ event_id }} {{ event_timestamp }} {{ event.n }}", event="e")
    preview = orders.previews.preview(message, person="42", data={"n": 1}, at=T - 5)
    assert preview.rendered.text() == f"e {INVENTED_ID} {T - 5} 1"
    assert preview.activity is None
    assert orders.previews.preview(message, person="42", data={"n": 1}, name=" other ").rendered.text().startswith("other ")


def test_nothing_is_written(orders: Workspace) -> None:
    before = orders.digest()
    orders.previews.preview("receipt", person="42", data={"order_id": 1, "total": 1})
    orders.previews.over_events("receipt")
    assert orders.digest() == before


def test_now_is_the_instant_that_is_asked_for(orders: Workspace) -> None:
    message = Message("x", subject="x", body='{{ "now" | date: "%s" }}', trigger="segment")
    assert orders.previews.preview(message, person="42").rendered.text() == str(orders.now())
    assert orders.previews.preview(message, person="42", at=T + 7).rendered.text() == str(T + 7)


def test_the_other_profile(orders: Workspace) -> None:
    message = Message("x", subject="x", body="{{ 10 | divided_by: 4 }}", trigger="segment")
    assert orders.previews.preview(message, person="42").rendered.text() == "2.5"
    assert orders.previews.preview(message, person="42", profile="legacy").rendered.text() == "2"


def test_e8_an_invite_and_a_visitor(orders: Workspace) -> None:
    [invite] = ids(orders, "data.order_id=D1")
    preview = orders.previews.preview(RECEIPT.with_part("body", "x"), event=invite)
    assert (preview.rendered.text("to"), preview.rendered.verdict) == ("new@shop.example", "ok")
    [visitor] = ids(orders, "data.order_id=C1")
    anonymous = orders.previews.preview("receipt", event=visitor).rendered
    assert anonymous.verdict == "failed"
    assert any("until it is merged" in note for note in anonymous.notes)


def test_data_is_the_trigger_of_a_message_that_has_one(orders: Workspace) -> None:
    message = Message("x", subject="x", body="{{ trigger.code }}", trigger="transactional")
    assert orders.previews.preview(message, person="42", data={"code": 7}).rendered.text() == "7"
    [activity] = ids(orders, "data.order_id=A1")
    assert "does not see one" in orders.previews.preview(message, event=activity).rendered.notes[-1]


def test_journey_attributes_are_given_by_hand(orders: Workspace) -> None:
    message = Message("x", subject="x", body="{{ journey.step }}", trigger="segment")
    assert orders.previews.preview(message, person="42", journey={"step": 3}).rendered.text() == "3"
    assert orders.previews.preview(message, person="42").rendered.verdict == "failed"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"message": "nope"}, InputError),
        ({"event": "01ZZ"}, UnknownActivity),
        ({"person": "nobody"}, UnknownPerson),
        ({"data": {"x": float("nan")}}, InputError),
        ({"data": {"x": "y" * 100_001}}, InputError),
        ({"event": "01", "data": {}}, InputError),
    ],
)
def test_arguments_that_do_not_fit(orders: Workspace, arguments: dict[str, Any], error: type[InputError]) -> None:
    with pytest.raises(error):
        orders.previews.preview(**{"message": "receipt", **arguments})


def test_an_activity_that_is_no_event(orders: Workspace) -> None:
    [activity, *_] = ids(orders, "type:attribute_change")
    with pytest.raises(InputError, match="not an event"):
        orders.previews.preview("receipt", event=activity)


def test_l1_over_events_newest_first(orders: Workspace) -> None:
    rows = orders.previews.over_events("receipt")
    assert [(row.subject, row.person, row.verdict) for row in rows] == [
        ("Order D1", None, "failed"),
        ("Order C1", None, "failed"),
        ("Order A2", "ada@shop.example", "ok"),
        ("Order B1", "bo@shop.example", "failed"),
        ("Order A1", "ada@shop.example", "ok"),
    ]
    assert rows[3].missing == ("customer.first_name",)
    assert rows[3].reason == "customer.first_name is missing, in Body"
    assert rows[4].length == len("Hi Ada, much Bye")
    assert rows == orders.previews.over_events(RECEIPT)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("", 5),
        ("person:42", 2),
        ("name:signed_up", 1),
        ("name:*", 6),
        ("data.total>10", 3),
        ("is:anonymous", 2),
        ("type:page", 0),
    ],
)
def test_a_filter_line_says_which_events(orders: Workspace, line: str, count: int) -> None:
    """Without a `name:` only those that start the message."""
    assert len(orders.previews.over_events("receipt", line)) == count


def test_limits_progress_and_cancelling(orders: Workspace) -> None:
    told: list[tuple[int, int]] = []
    assert len(orders.previews.over_events("receipt", limit=2, progress=lambda *done: told.append(done))) == 2
    assert told == [(1, 2), (2, 2)]
    assert (
        len(orders.previews.over_events("receipt", cancelled=lambda: len(told) > 2, progress=lambda *done: told.append(done)))
        == 1
    )
    with pytest.raises(FilterError):
        orders.previews.over_events("receipt", "nme:x")


def test_events_that_the_log_hides_count(orders: Workspace) -> None:
    orders.track("order_placed", person="42", data={"order_id": "old", "total": 1}, timestamp=T - 400 * 86400)
    assert orders.previews.over_events("receipt")[-1].subject == "Order old"


def test_people_who_are_gone(orders: Workspace) -> None:
    orders.delete("42")
    rows = orders.previews.over_events("receipt", "data.order_id=A1")
    assert [(row.person, row.verdict) for row in rows] == [(None, "failed")]


def test_comparing_tells_only_what_differs(orders: Workspace) -> None:
    after = RECEIPT.with_part("body", RECEIPT.body.replace("> 100", "> 200").replace("much", "very much"))
    found = orders.previews.compare("receipt", after)
    assert (found.looked, [one.person for one in found.differences]) == (5, ["ada@shop.example"])
    [difference] = found.differences
    assert difference.lines() == ["Body", "@@ -1 +1 @@", "-Hi Ada, much Bye", "+Hi Ada, very much Bye"]
    assert difference.to_json()["parts"] == {"body": difference.lines()[1:]}
    assert orders.previews.compare("receipt", RECEIPT).differences == ()


def test_comparing_verdicts(orders: Workspace) -> None:
    after = RECEIPT.with_part("body", RECEIPT.body.replace("first_name", 'first_name | default: "you"'))
    found = orders.previews.compare("receipt", after, "person:43")
    [difference] = found.differences
    assert difference.verdicts == ("failed", "ok")
    assert difference.lines()[:2] == ["- failed: customer.first_name is missing, in Body", "+ ok"]


def test_an_error_that_only_moved_is_no_difference(orders: Workspace) -> None:
    after = RECEIPT.with_part("body", "{% comment %}a longer way{% endcomment %}" + RECEIPT.body)
    assert orders.previews.compare("receipt", after).differences == ()


def test_usage_over_events(orders: Workspace) -> None:
    usage = orders.previews.usage("receipt")
    paths = {path.path: path for _, path in usage.paths()}
    assert usage.samples == 5
    assert (paths["customer.first_name"].missing, paths["customer.first_name"].guarded) == (3, False)
    assert (paths["event.total"].missing, paths["event.total"].guarded) == (0, True)
    assert {path.path for _, path in usage.failing()} == {"customer.first_name", "customer.email"}


def test_coverage_over_events(orders: Workspace) -> None:
    [(part, branch)] = orders.previews.coverage("receipt", "data.total<100").missed()
    assert (part, branch.text) == ("body", "if event.total > 100")
    whole = orders.previews.coverage("receipt")
    assert (list(whole.missed()), whole.percent(), whole.samples) == ([], 100.0, 5)


def test_stepping_through_past_events(orders: Workspace) -> None:
    stepped = orders.previews.past_events("receipt")
    assert stepped == [row.activity for row in orders.previews.over_events("receipt")]
    assert orders.previews.past_events("receipt", person="43") == ids(orders, "data.order_id=B1")
    assert len(orders.previews.past_events(Message(), person="42")) == 3


def test_d1_d2_what_messages_use(orders: Workspace) -> None:
    orders.save_snippet("footer", "Bye {{ customer.plan }}")
    orders.save_message(
        Message("Other", body="{% for x in customer.tags %}{{ x.y }}{% endfor %}", trigger="segment", event="ignored")
    )
    used = orders.previews.readers()
    assert used.events == {"order_placed": ("Receipt",)}
    assert used.attributes["first_name"] == ("Receipt",)
    assert used.attributes["email"] == ("Receipt", "Other")
    assert used.attributes["tags"] == ("Other",)
    assert used.attributes["plan"] == ("Receipt",)
    assert used.snippets == {"footer": ("Receipt",)}


def test_what_is_known_for_completion(orders: Workspace) -> None:
    known = orders.previews.known("receipt")
    assert known.paths["event.order_id"] == 'string, like "A1"'
    assert known.paths["customer.first_name"] == 'string, like "Ada"'
    assert known.snippets == ("footer",)
    assert "event.order_id" not in orders.previews.known(Message(event="never_sent")).paths


def test_the_demos_messages_show_their_flaws() -> None:
    with build_demo(None) as demo:
        rows = demo.previews.over_events("Order receipt", limit=1000)
        failed = {row.person: row.missing for row in rows if row.verdict == "failed"}
        assert failed["bo@shop.example"] == ("customer.first_name",)
        assert len(failed) == 4
        assert len(rows) == 90
        missed = [branch.text for _, branch in demo.previews.coverage("Order receipt", limit=1000).missed()]
        assert 'when "courier"' in missed
        cart = demo.previews.over_events("Abandoned cart", limit=1000)
        assert {row.missing for row in cart if row.verdict == "failed"} == {("customer.email",)}
        assert {row.verdict for row in demo.previews.over_events("Welcome")} == {"ok"}
