"""Everything that a template's text shows to be wrong: in one list, each at its place, with what to do."""

import pytest

from cio_tui.liquid.problems import Problem
from cio_tui.liquid.profiles import PROFILES, Profile
from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse


def places(problems: tuple[Problem, ...]) -> list[tuple[str, int, int, int]]:
    return [(problem.kind, problem.line, problem.column, problem.length) for problem in problems]


ONE = [
    ("{% if a %}x", "unclosed", 1, 5, "if tag was never closed"),
    ("{% unless a %}x", "unclosed", 1, 9, "unless tag was never closed"),
    ("{% for i in a %}x", "unclosed", 1, 6, "for tag was never closed"),
    ("{% case a %}", "unclosed", 1, 7, "case tag was never closed"),
    ("{% capture a %}", "unclosed", 1, 10, "capture tag was never closed"),
    ("{% tablerow i in a %}", "unclosed", 1, 11, "tablerow tag was never closed"),
    ("{% comment %}{{ a }}", "unclosed", 1, 10, "comment tag was never closed"),
    ("{%- raw %}{{ a }}", "unclosed", 1, 10, "raw tag was never closed"),
    ("{{ a", "unclosed", 1, 2, "Variable '{{' was not properly terminated with regexp: /}}/"),
    ("{{ a } {{ b }}", "unclosed", 1, 2, "Variable '{{' was not properly terminated with regexp: /}}/"),
    ("{% if a", "unclosed", 1, 2, "Tag '{%' was not properly terminated with regexp: /%}/"),
    ("{% if a {{ b }}{% endif %}", "unclosed", 1, 2, "Tag '{%' was not properly terminated with regexp: /%}/"),
    ("{% if a %}x{% endfor %}", "syntax", 15, 6, "'endfor' is not a valid delimiter for if tags. use endif"),
    ("{% if a %}x{% end %}", "syntax", 15, 3, "'end' is not a valid delimiter for if tags. use endif"),
    ("{% if a %}{% for i in b %}x{% endif %}", "syntax", 31, 5, "'endif' is not a valid delimiter for for tags. use endfor"),
    ("{% endif %}", "syntax", 4, 5, "'endif' closes nothing: no if tag is open"),
    ("{% else %}", "syntax", 4, 4, "Unexpected outer 'else' tag"),
    ("{% capture x %}a{% else %}b{% endcapture %}", "syntax", 20, 4, "capture tag does not expect else tag"),
    ("{% if %}{% endif %}", "syntax", 4, 2, "Syntax Error in tag 'if' - Valid syntax: if [expression]"),
    ("{% assign x %}", "syntax", 4, 6, "Syntax Error in tag 'assign' - Valid syntax: assign [var] = [source]"),
    ("{% for i of a %}{% endfor %}", "syntax", 4, 3, "Syntax Error in 'for loop' - Valid syntax: for [item] in [collection]"),
    ("{% cycle %}", "syntax", 4, 5, "Syntax Error in 'cycle' - Valid syntax: cycle [name :] var [, var2, var3 ...]"),
    ("{% capture %}{% endcapture %}", "syntax", 4, 7, "Syntax Error in 'capture' - Valid syntax: capture [var]"),
    ("{% nosuch %}", "unknown-tag", 4, 6, "Unknown tag 'nosuch'"),
    ("{{ a | nosuch }}", "unknown-filter", 8, 6, "Unknown filter 'nosuch'"),
    ("{% if a = 1 %}{% endif %}", "syntax", 9, 1, "Unknown operator ="),
    ("{{ a[1 }}", "syntax", 5, 2, "The bracket [ is never closed"),
    ("{{ (1..3 }}", "syntax", 4, 5, "This range is not closed"),
    ("{{ a | }} {{ | b }}", "syntax", 14, 3, "Expected a value, found '| b'"),
    ("{% %}", "syntax", 1, 5, "This tag has no name"),
    ("{% # one\n two %}", "syntax", 4, 1, "every line of an inline comment must start with a '#' character"),
]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("template", "kind", "column", "length", "message"), ONE, ids=[case[0] for case in ONE])
def test_l6_a_mistake_is_one_problem_at_its_place(
    template: str, kind: str, column: int, length: int, message: str, profile: Profile
) -> None:
    parsed = parse(f"first line\n{template}", profile)
    assert [(*place, problem.message) for place, problem in zip(places(parsed.problems), parsed.problems, strict=True)] == [
        (kind, 2, column, length, message)
    ]
    assert parsed.tree is None
    rendering = parsed.render(Scope())
    assert (rendering.text, rendering.problems, rendering.ok) == ("", parsed.problems, False)


@pytest.mark.parametrize("profile", PROFILES)
def test_all_mistakes_of_a_template_are_in_one_list_in_order(profile: Profile) -> None:
    template = "{% if a %}\n{{ b | foo }}\n{% bar %}\n{% for i in %}{% endfor %}{{ c[ }}\n{{ d "
    assert places(parse(template, profile).problems) == [
        ("unclosed", 1, 1, 5),
        ("unknown-filter", 2, 8, 3),
        ("unknown-tag", 3, 4, 3),
        ("syntax", 4, 4, 3),
        ("syntax", 4, 32, 1),
        ("unclosed", 5, 1, 2),
    ]


HINTS = [
    ("{{ a | upcas }}", "Did you mean upcase?"),
    ("{% unsubscribe_ur %}", "Did you mean unsubscribe_url?"),
    ("{% elseif %}", "Did you mean elsif?"),
    ('{% snippet "footer" %}', "There is no snippet tag: write {{ snippets.footer }}."),
    ("{% if a %}1{% else if b %}2{% endif %}", "Write {% elsif … %} for another condition."),
    ("{% if a = 1 %}{% endif %}", "Use == to compare."),
    ("{% if a && b %}{% endif %}", "Write `and` between two conditions."),
    ("{{ a + 1 }}", "Use a filter, as in `| plus: 1`."),
    ("{% if (a or b) and c %}{% endif %}", "A range is written (1..5). Liquid has no other parentheses."),
    ("{% if a %}{% for i in b %}{% endif %}", "The for of line 1, column 11 is still open."),
    ("{% if !a %}{% endif %}", "Use != for “is not”, or {% unless … %}."),
    ("{{ a | money }}", "Did you mean currency?"),
    ("{% ifchanged %}{% endifchanged %}", "Only legacy Liquid has it; this message is latest."),
    ("{{ a | htmlencode }}", "Only legacy Liquid has it; this message is latest."),
]


@pytest.mark.parametrize(("template", "hint"), HINTS, ids=[case[0] for case in HINTS])
def test_a_problem_says_what_to_do(template: str, hint: str) -> None:
    (problem,) = parse(template).problems
    assert (problem.hint, problem.severity) == (hint, "error")


ADVICE = [
    ("{{ event.data.total }}", "scope", 4, "`event` is the event's data itself"),
    ("{{ trigger.x }}{{ event.y }}", "scope", 4, "`trigger` is empty in a campaign that an event triggers"),
    ("{{ object.x }}", "scope", 4, "There is no namespace `object`: it prints empty"),
    ("{{ order.total }}", "scope", 4, "`order` is no namespace that a message has"),
    ("{% if customer.x == %}{% endif %}", "syntax", 18, "There is no value behind `==`: it is read as nil"),
    ("{% if customer.x == 1 or 2 %}{% endif %}", "advice", 26, "2 is always true beside `or`"),
    ("{% if customer.age > '18' %}{% endif %}", "advice", 22, "'18' is compared as text, letter by letter"),
    ("{{ customer.a, customer.b }}", "advice", 14, "', customer.b' is not looked at"),
    ("{% for i in customer.a limt:3 %}{% endfor %}", "advice", 24, "`limt` is not looked at"),
    ("{% break %}", "advice", 4, "This break stands in no loop: the text ends here"),
    ("{% unsubscribe_url now %}", "advice", 20, "unsubscribe_url takes no arguments"),
]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("template", "kind", "column", "message"), ADVICE, ids=[case[0] for case in ADVICE])
def test_what_an_engine_lets_pass_is_a_warning(template: str, kind: str, column: int, message: str, profile: Profile) -> None:
    parsed = parse(template, profile)
    assert [(p.kind, p.column, p.message, p.severity) for p in parsed.problems] == [(kind, column, message, "warning")]
    assert parsed.tree is not None


def test_numbers_as_zones_are_told_as_what_they_are() -> None:
    (hours,) = parse("{{ event.at | date: '%H', -5 }}").problems
    (minutes,) = parse("{{ event.at | date: '%H', 300 }}").problems
    assert hours.message == "-5 is read as minutes west of UTC, not as hours"
    assert minutes.message == "300 is minutes west of UTC: a positive number is behind it"


@pytest.mark.parametrize(
    ("template", "column", "message", "hint"),
    [
        ('{{ event.at | date: "%d %F" }}', 25, "%F is printed as it stands", "Write %Y-%m-%d."),
        ('{{ event.at | date: "%Q" }}', 22, "%Q is printed as it stands", ""),
        (
            '{{ customer.a | capitalize | default: "x" }}',
            30,
            "`default` comes too late: a missing value fails before `capitalize`",
            "Write it first, right behind the value.",
        ),
    ],
)
def test_traps_of_latest_liquid(template: str, column: int, message: str, hint: str) -> None:
    (problem,) = parse(template).problems
    assert (problem.column, problem.message, problem.hint, problem.severity) == (column, message, hint, "warning")
    assert message not in [one.message for one in parse(template, "legacy").problems]


@pytest.mark.parametrize(
    "template",
    [
        '{{ event.at | date: "%Y" | default: "x" }}',
        '{{ event.items | first | default: "x" }}',
        '{{ customer.a | default: "x" | capitalize | default: "y" }}',
        '{% assign x = customer.a | capitalize | default: "x" %}',
        '{{ event.at | date: "%-d.%m. %N %z %% %H" }}',
        "{{ event.at | date: event.pattern }}",
    ],
)
def test_what_only_looks_like_a_trap(template: str) -> None:
    assert parse(template).problems == ()


@pytest.mark.parametrize(("profile", "words"), [("latest", "as [object Object]"), ("legacy", "as Ruby writes it")])
def test_an_object_that_is_printed_is_told_once(profile: Profile, words: str) -> None:
    template = parse("{% for i in event.items %}{{ i }}{% endfor %}{{ event.items[0].a }}", profile)
    (problem,) = template.render(Scope({"event": {"items": [{"a": 1}, {"a": 2}]}})).problems
    assert (problem.message, problem.column, problem.severity) == (f"An object is printed, {words}", 30, "warning")


def test_arithmetic_behind_formatting_is_told() -> None:
    (problem,) = parse("{{ event.total | currency | plus: 1 }}").problems
    assert problem.message == "`plus` works on the text that `currency` made, not on the number"


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", ["x", "item"])
def test_names_that_the_template_defines_are_no_wrong_namespaces(name: str, profile: Profile) -> None:
    template = "{% assign x = event.y %}{% for item in event.items %}{{ NAME.z }}{{ forloop.index }}{% endfor %}".replace(
        "NAME", name
    )
    assert parse(template, profile).problems == ()


def test_a_name_that_the_data_has_is_not_told_when_it_is_rendered() -> None:
    template = parse("{{ order.total }}")
    assert template.problems != ()
    assert template.render(Scope({"order": {"total": 1}})).problems == ()


def test_a_filter_that_refuses_is_a_problem_at_the_filter() -> None:
    rendering = parse("a{{ 5 | divided_by: 0 }}b{{ 1 | plus: 1 }}", "legacy").render(Scope())
    assert (rendering.text, places(rendering.problems)) == ("ab2", [("argument", 1, 9, 10)])


def test_different_kinds_do_not_compare_in_ruby() -> None:
    rendering = parse("{% if 1 < 'a' %}x{% endif %}|", "legacy").render(Scope())
    assert (rendering.text, [problem.message for problem in rendering.problems]) == (
        "|",
        ["comparison of Integer with String failed"],
    )
