"""A message's parts rendered together: what is missing, what the event overrides, which namespaces there are."""

from typing import Any

import pytest

from cio_tui.messages.definition import CHOICES, Message, Trigger
from cio_tui.messages.rendering import Rendered, render
from cio_tui.messages.scopes import INVENTED_ID, Event, Sample
from cio_tui.model.people import Person

T = 1718000000
ADA = Person("a1", T, id="42", email="ada@shop.example", attributes={"first_name": "Ada", "plan": "Pro"})
EVENT_ID = "01J8Z3NDEKTSV4RRFFQ69G5FAV"


def made(body: str = "x", *, data: dict[str, Any] | None = None, person: Person | None = ADA, **fields: Any) -> Rendered:
    """A message rendered for Ada and an order of 215."""
    message = Message(**{"name": "m", "subject": "Hi", "body": body, "event": "order_placed", "format": "text", **fields})
    event = Event("order_placed", {"total": 215} if data is None else data, T - 60, EVENT_ID)
    sample = Sample(T, person, event if message.trigger == "event" else None, trigger=data, snippets={"footer": "Bye {{ x }}"})
    return render(message, sample)


@pytest.mark.parametrize("profile", CHOICES["profile"])
@pytest.mark.parametrize("part", ["subject", "preheader", "sender", "reply_to", "to", "body"])
def test_l1_a_missing_value_fails_in_every_part(part: str, profile: str) -> None:
    failed = made(**{part: "a {{ customer.nickname }} b", "profile": profile})
    assert failed.verdict == "failed"
    assert [problem.path for _, problem in failed.problems] == ["customer.nickname"]
    assert "customer.nickname" in failed.reason


def test_l1_a_default_sends() -> None:
    assert made('{{ customer.nickname | default: "x" }}').verdict == "ok"
    assert made("{% if customer.nickname != blank %}{{ customer.nickname }}{% endif %}x").verdict == "ok"


def test_l1_every_missing_value_is_told_at_once() -> None:
    failed = made("{{ customer.a }}\n{{ event.b }}", subject="{{ customer.c }}")
    assert [(part, problem.path, problem.line) for part, problem in failed.problems] == [
        ("subject", "customer.c", 1),
        ("body", "customer.a", 1),
        ("body", "event.b", 2),
    ]
    assert failed.reason == "customer.c is missing, in Subject (and 2 more)"


@pytest.mark.parametrize("trigger", CHOICES["trigger"])
def test_l2_a_namespace_that_the_trigger_does_not_have_prints_empty(trigger: Trigger) -> None:
    """8.3: `event` in event campaigns alone, `trigger` where one is given; `object` nowhere."""
    has_trigger = trigger in ("object", "transactional", "broadcast", "webhook")
    rendered = made("[{{ trigger.x }}{{ object.x }}]", trigger=trigger, data={"x": "there"})
    assert (rendered.verdict, rendered.text()) == ("ok", "[there]" if has_trigger else "[]")
    rendered = made("[{{ event.x }}]", trigger=trigger, data={"x": "there"})
    assert (rendered.verdict, rendered.text()) == ("ok", "[there]" if trigger == "event" else "[]")


def test_l2_a_trigger_that_could_be_there_and_is_not_fails() -> None:
    assert made("{{ trigger.x }}", trigger="webhook").verdict == "failed"


def test_l3_event_is_the_data_itself() -> None:
    assert made("{{ event.data.total }}").verdict == "failed"
    assert made("{{ event.total }}").text() == "215"
    assert made('{{ event["sign up date"] }}', data={"sign up date": 7}).text() == "7"
    assert made("{{ event.data.total }}", data={"data": {"total": 3}}).text() == "3"


def test_l4_the_facts_of_the_trigger() -> None:
    assert made("{{ event_name }} {{ event_id }} {{ event_timestamp }}").text() == f"order_placed {EVENT_ID} {T - 60}"
    assert made("{{ event_id }}", trigger="segment").verdict == "failed"


def test_an_invented_event_has_a_fixed_id() -> None:
    sample = Sample(T, ADA, Event("order_placed", {}, T))
    assert render(Message(subject="x", body="{{ event_id }} {{ event_timestamp }}"), sample).text() == f"{INVENTED_ID} {T}"


def test_l8_nothing_is_sent() -> None:
    assert made("{{ delivery_id }}").text() == "unsent"


def test_no_event_where_one_is_needed() -> None:
    rendered = render(Message(subject="x", body="{{ event.total }}", event="order_placed"), Sample(T, ADA))
    assert rendered.verdict == "failed"
    assert "there is no event: event or event.order_placed is missing" in rendered.notes


def test_what_a_person_is_to_liquid() -> None:
    """Attributes and identifiers; a message sees its campaign, itself and its rendered subject."""
    body = "{{ customer.id }} {{ customer.email }} {{ customer.cio_id }} {{ customer.plan }}"
    assert made(body).text() == "42 ada@shop.example a1 Pro"
    assert made("{{ customer.id }}", person=Person("b2", T, email="b@x.example")).verdict == "failed"
    body = "{{ campaign.name }}/{{ campaign.type }}/{{ message.subject }}/{{ message.preheader }}"
    assert made(body, subject="S{{ event.total }}", preheader="P{{ event.total }}").text() == "m/transactional/S215/P215"


def test_snippets_have_a_scope_of_their_own() -> None:
    assert made("{% assign x = 1 %}{{ snippets.footer }}", person=None, to="a@x.example").verdict == "failed"
    assert made("{{ snippets.heading }}").verdict == "failed"


OVERRIDES = [("recipient", "to", "To"), ("from_address", "from", "From"), ("reply_to", "reply_to", "Reply-To")]


@pytest.mark.parametrize(("key", "part", "title"), OVERRIDES)
def test_e8_the_event_overrides_headers(key: str, part: Any, title: str) -> None:
    rendered = made(data={key: " other@x.example\n"}, sender="shop@x.example", reply_to="help@x.example")
    found = rendered.part(part)
    assert (found.text, found.override) == ("other@x.example", f"event.{key}")
    assert any(note.startswith(f"{title} is event.{key}, in place of ") for note in rendered.notes)
    assert [one.part for one in rendered.parts if one.override] == [part]
    assert rendered.verdict == "ok"


@pytest.mark.parametrize(("key", "part", "title"), OVERRIDES)
@pytest.mark.parametrize(("value", "what"), [("", "empty"), (" ", "empty"), (7, "a number"), (None, "a null"), ({}, "an object")])
def test_e8_what_is_no_text_overrides_nothing(key: str, part: Any, title: str, value: Any, what: str) -> None:
    rendered = made(data={key: value}, sender="shop@x.example", reply_to="help@x.example")
    assert rendered.part(part).override == ""
    assert f"event.{key} is {what}: it does not override {title}" in rendered.notes


def test_e8_other_messages_are_unaffected() -> None:
    assert made(data={"recipient": "other@x.example"}, trigger="transactional").text("to") == "ada@shop.example"


def test_e8_an_overridden_header_is_not_rendered_but_must_be_liquid() -> None:
    """An invite has no customer (2.6): its To would fail, were it not for the recipient."""
    invite = made("Come, {{ event.recipient }}", data={"recipient": "new@shop.example"}, person=None)
    assert (invite.verdict, invite.text("to")) == ("ok", "new@shop.example")
    assert made("{{ customer.first_name }}", data={"recipient": "new@shop.example"}, person=None).verdict == "failed"
    assert made(data={"recipient": "new@shop.example"}, to="{{ broken").verdict == "failed"


@pytest.mark.parametrize("subject", ["", "  ", "{{ event.total | slice: 9 }}", "{% if false %}x{% endif %}"])
def test_an_empty_subject_is_an_error(subject: str) -> None:
    rendered = made(subject=subject)
    assert (rendered.verdict, rendered.reasons) == ("failed", ("Subject: subject can not be blank",))


def test_nobody_to_send_to() -> None:
    assert made(to="").reasons == ("To: there is nobody to send it to: To is empty",)
    assert made(sender="{% comment %}x{% endcomment %}").reasons == ("From: From is empty",)
    assert made(sender="").verdict == "ok"


@pytest.mark.parametrize("subject", ["<b>Hi</b>", "{{ '<' | escape }}", "a &amp; b"])
def test_html_in_a_subject_is_a_warning(subject: str) -> None:
    rendered = made(subject=subject)
    [(part, problem)] = rendered.problems
    assert (part, problem.severity, rendered.verdict) == ("subject", "warning", "ok")


def test_plain_subjects_are_no_html() -> None:
    assert made(subject="1 < 2 > 0 & AT&T; <3").problems == []


def test_headers_are_one_line() -> None:
    assert made(subject="{% if true %}\n  Hi\r\n  there\n{% endif %}").text("subject") == "Hi there"


@pytest.mark.parametrize(
    ("body", "format_", "verdict"),
    [
        ("  \n", "text", "empty"),
        ("<p> </p>", "html", "empty"),
        ("<p> </p>", "text", "ok"),
        ("<p>x</p>", "html", "ok"),
        ('<img src="a.png">', "html", "ok"),
        ("{% if event.total > 999 %}x{% endif %}", "html", "empty"),
    ],
)
def test_a_body_with_nothing_to_read(body: str, format_: str, verdict: str) -> None:
    rendered = made(body, format=format_)
    assert rendered.verdict == verdict
    assert rendered.reasons == (("Body: it has nothing to read",) if verdict == "empty" else ())


@pytest.mark.parametrize("value", ["TRUE", True, 1, "1"])
def test_p7_an_unsubscribed_person_would_be_undeliverable(value: Any) -> None:
    person = Person("a1", T, email="a@x.example", attributes={"unsubscribed": value})
    assert "Undeliverable: the person is unsubscribed" in made(person=person).notes
    assert made(person=person, trigger="transactional").notes == ("there is no data of a trigger: trigger is missing",)


def test_old_and_strange_events_are_noted() -> None:
    old = Sample(T, ADA, Event("order_placed", {}, T - 31 * 86400, EVENT_ID))
    told = render(Message(subject="x", body="{{ event_id }}", event="order_placed"), old)
    assert told.notes == ("the event is older than 30 days: the product has no event_id of it",)
    assert render(Message(subject="x", body="y", event="signed_up"), old).notes == (
        "the event is 'order_placed'; what starts this message is 'signed_up'",
    )


def test_the_same_sample_gives_the_same_text() -> None:
    """`random` and `generate_uuid` repeat for one person and event, and differ between two."""
    body = "{% generate_uuid %}"
    assert made(body).text() == made(body).text()
    assert made(body).text() != made(body, person=Person("b2", T, email="b@x.example")).text()
