import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui.liquid.completion import complete, filter_help
from cio_tui.liquid.environment import environment_of
from cio_tui.liquid.filters.registry import filters_of
from cio_tui.liquid.known_paths import NAMESPACES, Known
from cio_tui.liquid.profiles import PROFILES
from cio_tui.liquid.tag_help import PART_HELP, tags_of
from tests.liquid.made_up_templates import TEMPLATES
from tests.liquid.random_templates import damaged, noise, templates

KNOWN = Known(
    {
        "event.items[].name": "",
        "event.items[].price": "number, as 12.5",
        "event.items[].tags[].label": "",
        "event.total": "number",
        "event.toys[]": "",
        'event["sign up date"]': "",
        "customer.first_name": "text, as Anna",
        'customer["a.b"]': "",
        "customer.plan": "",
        "broken[": "",
    },
    ("footer", "main address"),
)


def at(text, profile="latest"):
    """Completions at the `^` of a text."""
    offset = text.index("^")
    return complete(text[:offset] + text[offset + 1 :], offset, KNOWN, profile)


def applied(text, completion):
    source = text.replace("^", "")
    return source[: completion.start] + completion.text + source[completion.end :]


ALL = list(NAMESPACES)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Hello ^", []),
        ("{{ x }}^", []),
        ("{{ x }} cust^", []),
        ("{{^", ALL),
        ("{{ ^ }}", ALL),
        ("{{ cust^", ["customer"]),
        ("{{ cust^ }}", ["customer"]),
        ("{{- cust^ -}}", ["customer"]),
        ("{{ eve^nt.total }}", ["event", "event_name", "event_id", "event_timestamp"]),
        ("{{ customer.^", ["first_name", "a.b", "plan"]),
        ("{{ customer.f^", ["first_name"]),
        ("{{ customer[^", ["first_name", "a.b", "plan"]),
        ('{{ customer["a^', ["a.b"]),
        ("{{ customer['a^']", ["a.b"]),
        ("{{ event.items.^", ["first", "last", "size"]),
        ("{{ event.items[0].^", ["name", "price", "tags"]),
        ("{{ event.items.first.^", ["name", "price", "tags"]),
        ("{{ event.items[customer.plan].n^", ["name"]),
        ("{{ event.sign^", ["sign up date"]),
        ("{{ event.nothing.^", []),
        ("{{ first^", ["customer.first_name"]),
        ("{{ lab^", []),
        ("{{ snippets.^", ["footer", "main address"]),
        ("{{ message.sub^", ["subject", "subscription_topic_ids", "subscription_topic"]),
        ("{{ x ^", []),
        ("{{ 12 ^", []),
        ("{{ x | append: cust^", ["customer"]),
        ("{{ x | slice: 1, cust^", ["customer"]),
        ("{% if cust^", ["customer"]),
        ("{% if a and cust^", ["customer"]),
        ("{% if a != bl^", ["blank"]),
        ("{% if a contains cust^", ["customer"]),
        ("{% unless a ^", []),
        ("{% case cust^", ["customer"]),
        ("{% assign cust^", []),
        ("{% assign x = cust^", ["customer"]),
        ("{% for cust^", []),
        ("{% for x in cust^", ["customer"]),
        ("{% for x in event.^", ["items", "toys", "total", "sign up date"]),
        ("{% capture cust^", []),
        ("{% cio_link url: cust^", ["customer"]),
        ("{% cio_link url:cust^ track:false %}", ["customer"]),
        ("{% render_liquid cust^", ["customer"]),
        ("{% comment cust^", []),
        ("{% raw %}{{ cust^", []),
        ("{% comment %}{{ cust^", []),
        ("{{ not closed <p> {{ cust^", ["customer"]),
        ("{% if x %}{{ cust^ <p>text</p>\n{{ y }}", ["customer"]),
    ],
)
def test_paths(text, labels):
    assert [found.label for found in at(text)] == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("{% for item in event.items %}{{ i^", ["item"]),
        ("{% for item in event.items %}{{ item.^", ["name", "price", "tags"]),
        ("{% for item in event.items %}{% for tag in item.tags %}{{ tag.^", ["label"]),
        ("{% for item in event.items %}{% endfor %}{{ item^", []),
        ("{% for item in event.items %}{{ forl^", ["forloop"]),
        ("{% for item in event.items %}{{ forloop.in^", ["index", "index0"]),
        ("{{ forloop.^", []),
        ("{% tablerow item in event.items %}{{ item.p^", ["price"]),
        ("{% assign first = event.items | sort: 'price' | first %}{{ first.n^", ["name"]),
        ("{% assign cart = event %}{% for x in cart.items %}{{ x.n^", ["name"]),
        ("{% assign x = event %}{{ x.items[0].n^", ["name"]),
        ("{% assign gs = event.items | group_by: 'name' %}{% for g in gs %}{{ g.^", ["name", "items"]),
        ("{% assign gs = event.items | group_by: 'name' %}{% for g in gs %}{% for x in g.items %}{{ x.p^", ["price"]),
        ("{% if a %}{% assign myself = 1 %}{% endif %}{{ my^", ["myself"]),
        ("{% capture myself %}a{% endcapture %}{{ my^", ["myself"]),
        ("{{ my^ }}{% assign myself = 1 %}", []),
        ("{% raw %}{% assign myself = 1 %}{% endraw %}{{ my^", []),
        ("{% for item in event.items %}{% assign item_price = item.price %}{% endfor %}{{ item^", ["item_price"]),
    ],
)
def test_names_of_the_text(text, labels):
    assert [found.label for found in at(text) if found.kind != "path"] == labels


def test_what_may_stand_for_two_lists_has_the_keys_of_both_each_once():
    text = "{% assign both = event.a | concat: event.b %}{% for x in both %}{{ x."
    known = Known.of(["event.a[].name", "event.a[].price", "event.b[].name", "event.b[].size"])
    assert [found.label for found in complete(text, len(text), known)] == ["name", "price", "size"]


def test_the_newest_name_comes_first_and_says_what_it_stands_for():
    found = at("{% assign a = event.total %}{% for b in event.items %}{{ ^")
    assert [(each.label, each.help) for each in found[:3]] == [
        ("b", "event.items[]"),
        ("forloop", "which turn the loop is in"),
        ("a", "event.total"),
    ]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("{{ cust^ }}", "{{ customer }}"),
        ("{{ cu^st }}", "{{ customer }}"),
        ("{{ customer.fi^ }}", "{{ customer.first_name }}"),
        ("{{ customer.fi^rst.x }}", "{{ customer.first_name.x }}"),
        ("{{ customer.a^ }}", '{{ customer["a.b"] }}'),
        ('{{ customer["a^"] }}', '{{ customer["a.b"] }}'),
        ('{{ customer["a^ }}', '{{ customer["a.b"] }}'),
        ("{{ customer[^] }}", '{{ customer["first_name"] }}'),
        ("{{ event.sign^", '{{ event["sign up date"]'),
        ("{{ first^ }}", "{{ customer.first_name }}"),
        ("{{ x | upc^ase }}", "{{ x | upcase }}"),
        ("{%- unl^ -%}", "{%- unless -%}"),
        ("{{ event.items | map: 'pr^' }}", "{{ event.items | map: 'price' }}"),
    ],
)
def test_what_is_put_in_place_of_the_word(text, result):
    assert applied(text, at(text)[0]) == result


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("{% ^", None),
        ("{% unl^", ["unless"]),
        ("{% unsub^", ["unsubscribe_url", "unsubscribe"]),
        ("{% if x %}{% e^", ["endif", "elsif", "else", "echo"]),
        ("{% case x %}{% w^", ["when"]),
        ("{% for x in y %}{% if z %}{% endif %}{% end^", ["endfor"]),
        ("{% if x %}{% endif %}{% end^", []),
        ("{% if x %}{% for y in z %}{% endif %}{% end^", []),
        ("{% if x %}\n{% capture y %}{% end^", ["endcapture"]),
        ("{% raw %}{% ^", ["endraw"]),
        ("{% comment %} {% e^", ["endcomment"]),
        ("{% if x %}{%- el^", ["elsif", "else"]),
    ],
)
def test_tags(text, labels):
    found = [each.text for each in at(text)]
    assert found == (list(tags_of("latest")) if labels is None else labels)


def test_an_end_tag_says_what_it_closes():
    assert at("a\n\n{% if x %}\n{% e^")[0].help == "closes the `if` of line 3"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("{{ x | upc^", ["upcase"]),
        ("{{ x |up^", ["upcase"]),
        ("{{ x | upcase | down^", ["downcase"]),
        ("{% assign a = x | upc^", ["upcase"]),
        ("{{ x | add_m^", ["add_month: count"]),
        ("{{ x | nothing_like_it^", []),
    ],
)
def test_filters(text, labels):
    assert [each.label for each in at(text)] == labels


@pytest.mark.parametrize("profile", PROFILES)
def test_every_filter_and_tag_of_the_profile_has_a_line_of_help(profile):
    helped = filter_help(profile)
    assert set(helped) == set(filters_of(profile))
    assert [name for name, (_, words) in helped.items() if not words.endswith(".")] == []
    tags = {name for name in environment_of(profile).tags if name.isidentifier() and name not in ("content", "output")}
    assert set(tags_of(profile)) == tags | {"raw"}
    assert not set(PART_HELP) & set(tags_of(profile))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("{{ event.items | map: '^", ["name", "price", "tags"]),
        ('{{ event.items | sum: "p^', ["price"]),
        ("{% assign x = event.items | where: 'n^", ["name"]),
        ("{% for i in event.items %}{{ i.tags | map: 'l^", ["label"]),
        ("{{ event.items | where: 'name', 'x' | map: 'p^", ["price"]),
        ("{{ event.items | join: '^", []),
        ("{{ event.items | append: 'n^", []),
        ("{% include 'f^", ["footer"]),
        ('{% render "main^', ["main address"]),
        ("{{ 'f^", []),
    ],
)
def test_inside_quotes(text, labels):
    assert [each.label for each in at(text)] == labels


@given(TEMPLATES | templates | damaged() | noise, st.data(), st.sampled_from(PROFILES))
def test_any_place_of_any_text_can_be_completed(text, data, profile):
    offset = data.draw(st.integers(0, len(text)))
    for found in complete(text, offset, KNOWN, profile):
        assert 0 <= found.start <= offset <= found.end <= len(text)
        assert found.text
