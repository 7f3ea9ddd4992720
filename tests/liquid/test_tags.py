"""Customer.io's own tags, and the standard ones as both engines have them."""

from typing import Any

import pytest

from cio_tui.liquid.profiles import PROFILES, Profile
from cio_tui.liquid.scope import Rendering, Scope
from cio_tui.liquid.template import parse

DATA: dict[str, Any] = {
    "customer": {"first_name": "Ada", "url": "https://example.com/ada", "empty": ""},
    "event": {"items": ["a", "b", "c"]},
    "journey": {"body": "Hi {{ customer.first_name }}", "loop": "{% render_liquid journey.loop %}"},
}


def rendered(template: str, profile: Profile = "latest", seed: int = 0) -> Rendering:
    return parse(template, profile).render(Scope(DATA, seed=seed))


OWN = [
    ("{% unsubscribe_url %}", "https://preview.invalid/unsubscribe"),
    ("{% view_in_browser_url %}", "https://preview.invalid/view-in-browser"),
    ("{% manage_subscription_preferences_url %}", "https://preview.invalid/subscription-preferences"),
    ("{% tracking_consent_url %}", "https://preview.invalid/tracking-consent"),
    ("{% unsubscribe %}", '<a href="https://preview.invalid/unsubscribe">Unsubscribe</a>'),
    ("{% view_in_browser %}", '<a href="https://preview.invalid/view-in-browser">View in browser</a>'),
    ("{% cio_link_id %}", "preview-link-id"),
    ('{% cio_link url:"https://example.com/a?b=c" %}', "https://example.com/a?b=c"),
    ("{% cio_link url:'https://example.com' track:false url_params:true %}", "https://example.com"),
    ("{% cio_link url: https://example.com/x track: false %}", "https://example.com/x"),
    ("{% cio_link url:customer.url %}", "https://example.com/ada"),
    ("{% cio_link url:{{ customer.url }} %}", "https://example.com/ada"),
    ('{% cio_link url:"{{ customer.url }}/x" %}', "https://example.com/ada/x"),
    ("{% render_liquid journey.body %}", "Hi Ada"),
    ("{% subscription_topic_name %}", "[subscription topic]"),
    ("{% subscription_topic_name lang='pt' %}", "[subscription topic]"),
    ('{% countdown point:1 time:"2026-12-24 18:00:00 (GMT)" fg:000000 bg:ffffff %}', "[countdown to 2026-12-24 18:00:00 (GMT)]"),
]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("template", "text"), OWN, ids=[case[0] for case in OWN])
def test_l7_customer_ios_tags_print_stable_places_that_are_not_real(template: str, text: str, profile: Profile) -> None:
    rendering = rendered(template, profile)
    assert (rendering.text, {problem.severity for problem in rendering.problems} - {"note"}) == (text, set())


def test_a_topic_has_the_name_that_the_messages_facts_give_it() -> None:
    facts = {"message": {"subscription_topic": {"name": "News", "names": {"pt": "Notícias"}}}}
    texts = [
        parse(text).render(Scope(facts)).text
        for text in ("{% subscription_topic_name %}", "{% subscription_topic_name lang='pt' %}")
    ]
    assert texts == ["News", "Notícias"]


def test_the_same_seed_draws_the_same() -> None:
    template = "{% random 100 %} {% generate_uuid %} {% random 100 %}"
    assert rendered(template, seed=1).text == rendered(template, seed=1).text
    assert rendered(template, seed=1).text != rendered(template, seed=2).text
    first, identifier, _ = rendered(template).text.split()
    assert 0 <= int(first) <= 100
    assert identifier[14] == "4"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% cio_link track:true %}", "cio_link needs a url"),
        ("{% cio_link url:customer.empty %}", "The address of cio_link is empty"),
        ("{% random %}", "random needs the largest number that it may draw"),
        ("{% random customer.first_name %}", "random needs a whole number that is not below 0"),
        ("{% countdown point:1 %}", "countdown needs time"),
        ("{% countdown point:1 time:'{{ event.at }}' %}", "The time of a countdown takes no Liquid"),
    ],
)
def test_what_a_tag_needs_is_asked_for(template: str, message: str) -> None:
    rendering = rendered(template)
    assert [problem.message for problem in rendering.problems if problem.severity == "error"] == [message]
    assert not rendering.ok


def test_stored_liquid_that_renders_itself_ends() -> None:
    (problem,) = rendered("{% render_liquid journey.loop %}").problems
    assert (problem.kind, problem.source) == ("limit", "journey.loop")


STANDARD = [
    ("{% assign x = 'a' | append: 'b' %}{{ x }}", "ab", "ab"),
    ("{% capture x %}[{{ customer.first_name }}]{% endcapture %}{{ x }}{{ x }}", "[Ada][Ada]", "[Ada][Ada]"),
    ("{% capture x %}{% for i in (1..3) %}{{ i }}{% break %}{% endfor %}!{% endcapture %}{{ x }}", "1!", "1!"),
    ("{% increment n %}{% increment n %}{% decrement n %}{{ n }}", "0111", "0111"),
    ("{% assign n = 5 %}{% increment n %}{{ n }}", "05", "05"),
    ("{% cycle 'a', 'b' %}{% cycle 'a', 'b' %}{% cycle 'a', 'b' %}", "aba", "aba"),
    ("{% cycle 'g': 1, 2 %}{% cycle 'h': 1, 2 %}{% cycle 'g': 1, 2 %}", "112", "112"),
    ("{% for i in event.items %}{{ i }}{% if i == 'b' %}{% break %}{% endif %}{% endfor %}", "ab", "ab"),
    ("{% for i in event.items %}{% if i == 'b' %}{% continue %}{% endif %}{{ i }}{% endfor %}", "ac", "ac"),
    ("a{% break %}b", "a", "a"),
    (
        "{% for i in event.items limit: 1 %}{{ i }}{% endfor %}{% for i in event.items offset: continue %}{{ i }}{% endfor %}",
        "abc",
        "abc",
    ),
    ("{% for i in event.items reversed %}{{ i }}{{ forloop.rindex }}{% endfor %}", "c3b2a1", "c3b2a1"),
    ("{% for i in event.items limit: 2 reversed %}{{ i }}{% endfor %}", "ba", "ab"),
    ("{% for i in event.items limit: 0 %}x{% else %}none{% endfor %}", "", "none"),
    ("{% for i in event.items %}{% assign i = 9 %}{{ i }}{% endfor %}{{ i }}", "abc9", "abc9"),
    ("{% case 'a' %}x{% when 'a', 'a' %}1{% when 'a' %}2{% else %}3{% endcase %}", "12", "112"),
    ("{% case 'z' %}{% when 'a' or 'b' %}1{% else %}3{% endcase %}", "3", "3"),
    ("{% liquid assign x = 1\n if x == 1\n echo 'one'\n endif %}", "one", "one"),
    ("a{% # a comment\n # and more %}b", "ab", "ab"),
    ("a{% comment %}{{ x | nope }}{% endcomment %}b", "ab", "ab"),
    ("{% raw %}{{ x }}{% if %}{% endraw %}", "{{ x }}{% if %}", "{{ x }}{% if %}"),
    (
        "{% tablerow i in event.items cols: 2 %}{{ i }}{% endtablerow %}",
        '<tr class="row1"><td class="col1">a</td><td class="col2">b</td></tr><tr class="row2"><td class="col1">c</td></tr>',
        '<tr class="row1">\n<td class="col1">a</td><td class="col2">b</td></tr>\n<tr class="row2"><td class="col1">c</td></tr>\n',
    ),
]


@pytest.mark.parametrize(("template", "latest", "legacy"), STANDARD, ids=[case[0] for case in STANDARD])
def test_standard_tags_are_those_of_the_profiles_engine(template: str, latest: str, legacy: str) -> None:
    assert (rendered(template).text, rendered(template, "legacy").text) == (latest, legacy)


def test_ifchanged_is_rubys_only() -> None:
    template = "{% for i in (1..4) %}{% ifchanged %}{{ i | divided_by: 2 }}{% endifchanged %}{% endfor %}"
    assert rendered(template, "legacy").text == "012"
    (problem,) = (one for one in parse(template).problems if one.severity == "error")
    assert (problem.kind, problem.hint) == ("unknown-tag", "Only legacy Liquid has it; this message is latest.")
