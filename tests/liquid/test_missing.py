"""Missing values: what fails a message, what is safe, and how all of them are found at once (L1, L2, L3)."""

from typing import Any

import pytest

from cio_tui.liquid.problems import Problem
from cio_tui.liquid.profiles import PROFILES, Profile
from cio_tui.liquid.scope import Rendering, Scope
from cio_tui.liquid.template import parse

DATA: dict[str, Any] = {
    "customer": {"first_name": "Ada", "email": "ada@example.com", "nickname": None, "company": "", "vip": False, "tags": []},
    "event": {"total": 42, "items": [{"name": "Mug"}, {"name": "Cup", "note": "chipped"}], "sign up date": "2026-01-05"},
    "trigger": None,
}


def rendered(template: str, profile: Profile = "latest", **more: Any) -> Rendering:
    return parse(template, profile).render(Scope(DATA | more))


def missing(rendering: Rendering) -> list[str]:
    return [problem.path for problem in rendering.problems if problem.kind == "missing"]


FAILS = [
    ("output", "{{ customer.nope }}", ["customer.nope"]),
    ("output of a nested path", "{{ customer.nope.deeper }}", ["customer.nope"]),
    ("a root that nobody knows", "{{ stranger }}", ["stranger"]),
    ("a key in brackets", '{{ customer["no pe"] }}', ['customer["no pe"]']),
    ("an item beyond the end", "{{ event.items[9].name }}", ["event.items[9]"]),
    ("an item's property in a loop", "{% for i in event.items %}{{ i.note }}{% endfor %}", ["i.note"]),
    ("echo", "{% echo customer.nope %}", ["customer.nope"]),
    ("the list of a loop", "{% for i in customer.nope %}x{% endfor %}", ["customer.nope"]),
    ("a loop's limit", "{% for i in event.items limit: customer.nope %}{{ i.name }}{% endfor %}", ["customer.nope"]),
    ("the end of a range", "{% for i in (1..customer.nope) %}{{ i }}{% endfor %}", ["customer.nope"]),
    ("the list of a table", "{% tablerow i in customer.nope %}x{% endtablerow %}", ["customer.nope"]),
    ("capture", "{% capture x %}{{ customer.nope }}{% endcapture %}", ["customer.nope"]),
    ("cycle", "{% cycle customer.nope, 'b' %}", ["customer.nope"]),
    ("a filter's argument", "{{ 'a' | append: customer.nope }}", ["customer.nope"]),
    ("a filter's argument in assign", "{% assign x = 'a' | append: customer.nope %}", ["customer.nope"]),
    ("the fallback of default", "{{ customer.nope | default: customer.neither }}", ["customer.neither"]),
    ("default that does not lead", "{{ customer.nope | upcase | default: 'x' }}", ["customer.nope"]),
    ("a key that is computed", "{{ customer[stranger] }}", ["stranger"]),
    ("a key that is computed, in a condition", "{% if customer[stranger] %}x{% endif %}", ["stranger"]),
    ("a root that is computed", "{{ [customer.first_name] }}", ["[customer.first_name]"]),
    ("a comparison that is printed", "{{ customer.nope == 1 }}", ["customer.nope"]),
    ("render's argument", "{% render 'p', x: customer.nope %}", ["customer.nope"]),
]

SAFE = [
    ("default", "{{ customer.nope | default: 'there' }}", "there"),
    ("default of a nested path", "{{ customer.nope.deeper | default: 'there' }}", "there"),
    ("a chain behind default", "{{ customer.nope | default: 'there' | upcase }}", "THERE"),
    ("if", "{% if customer.nope %}a{% else %}b{% endif %}", "b"),
    ("a guard with blank", "{% if customer.nope != blank %}a{% else %}b{% endif %}", "b"),
    ("a guard with nil", "{% if customer.nope == nil %}a{% else %}b{% endif %}", "a"),
    ("elsif", "{% if false %}{% elsif customer.nope %}a{% else %}b{% endif %}", "b"),
    ("unless", "{% unless customer.nope %}a{% endunless %}", "a"),
    ("case", "{% case customer.nope %}{% when 'x' %}a{% else %}b{% endcase %}", "b"),
    ("when", "{% case 'x' %}{% when customer.nope %}a{% else %}b{% endcase %}", "b"),
    ("and", "{% if true and customer.nope %}a{% else %}b{% endif %}", "b"),
    ("contains", "{% if customer.tags contains customer.nope %}a{% else %}b{% endif %}", "b"),
    ("a comparison", "{% if customer.nope > 3 %}a{% else %}b{% endif %}", "b"),
    ("assign, and the variable is nil", "{% assign x = customer.nope %}[{{ x }}]", "[]"),
    ("null", "[{{ customer.nickname }}]", "[]"),
    ("a branch that is not taken", "{% if false %}{{ customer.nope }}{% endif %}", ""),
    ("the body of an empty loop", "{% for i in customer.tags %}{{ i.nope }}{% else %}none{% endfor %}", "none"),
]


@pytest.mark.parametrize(("template", "paths"), [case[1:] for case in FAILS], ids=[case[0] for case in FAILS])
def test_l1_a_missing_value_fails_the_message(template: str, paths: list[str]) -> None:
    rendering = parse(template).render(Scope(DATA, partials={"p": "x"}))
    assert missing(rendering) == paths
    assert not rendering.ok


@pytest.mark.parametrize(("template", "text"), [case[1:] for case in SAFE], ids=[case[0] for case in SAFE])
def test_l1_a_guarded_value_is_safe(template: str, text: str) -> None:
    rendering = rendered(template)
    assert (rendering.text, rendering.problems) == (text, ())


def test_null_has_no_properties_and_that_is_no_failure_in_latest() -> None:
    assert rendered("[{{ customer.nickname.short.er }}]").text == "[]"
    assert rendered("[{{ customer.nickname.short.er }}]").ok
    assert missing(rendered("{{ customer.nickname.short }}", "legacy")) == ["customer.nickname.short"]


@pytest.mark.parametrize("profile", PROFILES)
def test_one_rendering_finds_every_missing_value_and_goes_on(profile: Profile) -> None:
    rendering = rendered(
        "a{{ customer.x }}b{{ event.y }}\n{% for i in event.items %}{{ i.note }}c{% endfor %}{{ customer.first_name }}", profile
    )
    assert rendering.text == "ab\ncchippedcAda"
    assert [(p.path, p.line, p.column, p.length) for p in rendering.problems] == [
        ("customer.x", 1, 5, 10),
        ("event.y", 1, 22, 7),
        ("i.note", 2, 30, 6),
    ]


def test_a_place_that_a_loop_reaches_often_is_recorded_once() -> None:
    rendering = rendered("{% for i in (1..50) %}{{ customer.x }}{% endfor %}{{ customer.x }}")
    assert [problem.column for problem in rendering.problems] == [26, 54]


def test_both_missing_values_of_one_output_are_found() -> None:
    assert missing(rendered("{{ customer.x | append: event.y | append: 'z' }}")) == ["customer.x", "event.y"]
    assert rendered("[{{ customer.x | append: event.y | append: 'z' }}]").text == "[]"


@pytest.mark.parametrize(
    ("template", "message", "hint"),
    [
        ("{{ customer.eemail }}", "Variable 'customer.eemail' is missing", "Did you mean customer.email?"),
        ("{{ custmer.email }}", "Variable 'custmer' is missing", "Did you mean customer?"),
        ("{{ event.data.total }}", "Variable 'event.data' is missing", "`event` is the event's data itself: write event.total."),
        ("{{ customer.zzz }}", "Variable 'customer.zzz' is missing", ""),
    ],
)
def test_l3_a_missing_value_is_told_in_the_composers_words(template: str, message: str, hint: str) -> None:
    (problem,) = rendered(template).problems
    assert (problem.message, problem.hint, problem.severity) == (message, hint, "error")


def test_the_events_own_name_is_no_namespace() -> None:
    (problem,) = rendered("{{ purchase.total }}", event_name="purchase").problems
    assert (problem.message, problem.hint) == (
        "Variable 'purchase' is missing",
        "The event's data is under `event`: write event.total.",
    )


def test_without_an_event_the_composer_says_so() -> None:
    rendering = parse("{{ event.total }}").render(Scope({"customer": {}}))
    assert [problem.message for problem in rendering.problems] == ["event or event.total is missing"]


def test_l3_keys_with_blanks_stand_in_brackets() -> None:
    assert rendered('{{ event.total }} {{ event["sign up date"] }}').text == "42 2026-01-05"


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "template", ["{{ trigger.x }}", "{{ trigger.x.y }}", "{{ object.x }}", "{{ objects.orders[0].x }}", "{{ journey.x }}"]
)
def test_l2_a_namespace_that_the_message_cannot_have_prints_empty(template: str, profile: Profile) -> None:
    rendering = rendered(f"[{template}]", profile)
    assert rendering.text == "[]"
    assert rendering.ok
    assert {(problem.kind, problem.severity) for problem in rendering.problems} == {("scope", "warning")}


def test_missing_values_may_print_empty_instead() -> None:
    rendering = parse("[{{ customer.x | upcase }}]{{ customer.first_name }}").render(Scope(DATA, missing="empty"))
    assert rendering == Rendering("[]Ada", ())


@pytest.mark.parametrize("name", ["event_name", "event_id", "event_timestamp"])
def test_l4_the_events_facts_are_data(name: str) -> None:
    assert rendered(f"{{{{ {name} }}}}", **{name: "given"}).text == "given"
    assert missing(rendered(f"{{{{ {name} }}}}")) == [name]


def test_l8_the_delivery_id_is_data() -> None:
    assert rendered("{{ delivery_id }}", delivery_id="unsent").text == "unsent"


@pytest.mark.parametrize("profile", PROFILES)
def test_l7_a_link_tag_is_no_variable(profile: Profile) -> None:
    (problem,) = rendered("{{ unsubscribe_url }}", profile).problems
    assert (problem.kind, problem.severity, problem.hint) == ("scope", "error", "Write {% unsubscribe_url %}.")


def test_a_missing_value_in_an_expression_about_items_is_recorded_in_the_expression() -> None:
    template = parse("{{ event.items | where_exp: 'item', 'item.note == \"chipped\"' | size }}")
    found: tuple[Problem, ...] = template.render(Scope(DATA)).problems
    assert [(problem.message, problem.column) for problem in found] == [("Variable 'item.note' is missing", 38)]
