"""A mail of the length and kind that shops send: what it reads, which ways it goes, what fits where in it."""

from pathlib import Path

import pytest

from cio_tui.liquid.colouring import HTML, colour_lines
from cio_tui.liquid.completion import complete
from cio_tui.liquid.coverage import Coverage
from cio_tui.liquid.known_paths import Known
from cio_tui.liquid.markup import markup_of
from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse
from cio_tui.liquid.usage import lacking, uses

MAIL = (Path(__file__).parent / "order_mail.html").read_text()
FOOTER = {"footer": "Shop Ltd, for {{ customer.email }}"}


def line(name, price, **more):
    shape = {"name": name, "sku": name.upper(), "price": price, "quantity": 1, "discount": 0, "image": None, "options": []}
    return shape | {"backorder": False, "gift_note": None} | more


def order(*lines, **more):
    address = {"street": "Main Street 1", "zip": "10115", "city": "Berlin", "country": "DE"}
    return {
        "number": "A-1",
        "status": "paid",
        "lines": list(lines),
        "subtotal": 10,
        "total": 10,
        "voucher": None,
        "taxes": [{"rate": 19, "amount": 1.6}],
        "shipping": {"cost": 0, "address": address},
        "payment": {"method": "card", "last4": "1234"},
    } | more


ANNA = {"first_name": "anna", "email": "anna@example.com", "plan": "club", "points": 1200, "timezone": "Europe/Berlin"}
BEN = {"email": "ben@example.com", "plan": "free", "points": 3}
CAMPAIGN = {"id": 7}
SAMPLES = [
    ("paid", ANNA, {"order": order(line("cup", 5), line("pot", 150, options=[{"name": "colour", "value": "red"}]))}),
    (
        "shipped",
        BEN,
        {"order": order(line("cup", 5), status="shipped", shipped_at=1782898200, tracking={"url": "https://t.test/1"})},
    ),
    ("empty", BEN, {"order": order(voucher={"code": "X", "amount": 1}), "hotline": "+1 555 0100"}),
]


def scopes():
    for label, customer, event in SAMPLES:
        yield label, Scope({"customer": customer, "event": event, "campaign": CAMPAIGN}, partials=FOOTER)


@pytest.fixture(scope="module")
def coverage():
    covered = Coverage(MAIL)
    for label, scope in scopes():
        covered.run(label, scope)
    return covered


def test_it_has_the_length_that_is_meant_and_no_mistake():
    assert 9_000 < len(MAIL) < 11_000
    assert {problem.severity for problem in parse(MAIL).problems} == {"note"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("if order.lines.size == 1", {"if": ("shipped",)}),
        ("case order.status", {}),
        ('when "paid"', {"when": ("paid", "empty")}),
        ('when "shipped", "partly_shipped"', {"when": ("shipped",)}),
        ('when "pickup"', {"when": ()}),
        ("if order.tracking.url != blank", {"if": ("shipped",)}),
        ("elsif order.tracking.number", {"elsif": ()}),
        ("for line in order.lines", {"one": ("shipped",), "many": ("paid",)}),
        ("for option in line.options", {"one": ("paid",), "many": ()}),
        ("for tax in order.taxes", {"empty": (), "one": ("paid", "shipped", "empty"), "many": ()}),
        ("if order.voucher", {"if": ("empty",), "none": ("paid", "shipped")}),
        ("if dear.size > 0", {"if": ("paid",), "none": ("shipped", "empty")}),
        ("if customer.points >= 5000", {"if": ()}),
        ('customer.first_name | default: "there"', {"fallback": ("shipped", "empty"), "value": ("paid",)}),
        ('event.hotline | default: "+49 30 123456"', {"fallback": ("paid", "shipped"), "value": ("empty",)}),
        ("for group in groups limit: 3", {"empty": ("paid", "shipped", "empty"), "one": (), "many": ()}),
    ],
)
def test_the_ways_it_goes(coverage, text, kinds):
    assert {branch.kind: branch.labels for branch in coverage.branches if branch.text == text} == kinds


def test_what_never_ran(coverage):
    never = [MAIL[start:end] for start, end in coverage.unreached()]
    assert any("Your order waits for you in our store" in part for part in never)
    assert any("that others bought, too" in part for part in never)
    assert not any("This order has no articles" in part for part in never)


def test_what_it_reads():
    found = {use.text for use in uses(parse(MAIL), FOOTER)}
    assert {
        "event.order.number",
        "event.order.lines[].options[].value",
        "event.order.lines[].name",
        "event.order.shipping.address.city",
        "event.recommendations[].category",
        "event.recommendations[].sku",
        "customer.stores[].city",
        "customer.stores[].id",
        "customer.email",
        "snippets.footer",
    } <= found
    assert not [text for text in found if text.split(".")[0] not in ("customer", "event", "campaign", "snippets")]


def test_what_its_samples_lack():
    template = parse(MAIL)
    usage = lacking(uses(template, FOOTER), scopes(), lambda scope: template.render(scope).problems)
    paths = {path.path: path for path in usage.paths}
    assert paths["customer.first_name"].guarded
    assert (paths["customer.timezone"].missing_in, paths["customer.timezone"].failed_in) == (["shipped", "empty"], ["shipped"])
    assert paths["event.order.store_id"].missing == 3
    assert [path.path for path in usage.failing()] == ["customer.timezone"]


@pytest.mark.parametrize(
    ("before", "labels"),
    [
        ('<h1 style="font-size: 24px; margin: 0 0 16px;">Thank you, {{ na', ["name"]),
        ('{% for line in order.lines %}\n        <tr style="background: {% cy', ["cycle"]),
        ('alt="{{ line.na', ["name"]),
        ("{%- for option in line.options -%}\n                {{ option.", ["name", "value"]),
        (
            '{% tablerow article in group.items cols: 2 limit: 4 %}\n          <a href="https://shop.example/p/{{ article.s',
            ["sku"],
        ),
        ('{{ order.total | currency: "en", cur', ["currency"]),
    ],
)
def test_what_fits_while_it_is_written(before, labels):
    known = Known.of(
        [
            "event.order.lines[].name",
            "event.order.lines[].options[].name",
            "event.order.lines[].options[].value",
            "event.recommendations[].sku",
            "customer.first_name",
        ]
    )
    offset = MAIL.index(before) + len(before)
    assert [found.text.lstrip(".") for found in complete(MAIL[:offset], offset, known)][: len(labels)] == labels


def test_the_colours_and_the_markup_see_the_same_delimiters():
    delimiters, start = set(), 0
    for text, spans in zip(MAIL.split("\n"), colour_lines(MAIL.split("\n"), HTML), strict=True):
        delimiters |= {(start + span.start, start + span.end) for span in spans if span.kind == "delimiter"}
        start += len(text) + 1
    edges = {edge for one in markup_of(MAIL) for edge in (one.start, one.end)}
    assert {edge for pair in delimiters for edge in pair} >= edges
    assert len(delimiters) == 2 * len(markup_of(MAIL))
