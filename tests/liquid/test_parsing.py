"""Templates from text: what parses, what is kept, and python-liquid's defects (liquid.md, section 2), each by its number."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui.liquid.cache import Cache
from cio_tui.liquid.profiles import PROFILES, Profile
from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse, parse_anew


def rendered(template: str, profile: Profile = "latest", **data: Any) -> str:
    rendering = parse(template, profile).render(Scope(data, now=1_782_898_200))
    assert rendering.ok, rendering.problems
    return rendering.text


@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_text_is_parsed_once(profile: Profile) -> None:
    assert parse("{{ customer.kept }}", profile) is parse("{{ customer.kept }}", profile)


def test_profiles_do_not_share_templates() -> None:
    assert parse("{{ customer.kept }}", "latest") is not parse("{{ customer.kept }}", "legacy")


def test_the_cache_is_bounded_by_entries_and_by_size() -> None:
    cache: Cache[int] = Cache(entries=3, characters=100)
    for number in range(5):
        assert cache.get(number, 10, lambda number=number: number) == number  # type: ignore[misc]
    assert cache.get(1, 10, lambda: -1) == -1
    assert cache.get(4, 10, lambda: -4) == 4
    cache.get("big", 95, lambda: 0)
    assert cache.get(4, 10, lambda: -4) == -4


def test_threads_share_templates() -> None:
    template = "{% for i in customer.list %}{{ i }}{% cycle 'a', 'b' %}{% increment n %}{% endfor %}"
    with ThreadPoolExecutor(8) as pool:
        texts = pool.map(lambda n: rendered(template, customer={"list": [n] * 3}), range(64))
    assert list(texts) == [f"{n}a0{n}b1{n}a2" for n in range(64)]


WORDS = (
    *("empty", "blank", "nil", "null", "true", "false", "and", "or", "not", "contains", "in", "if", "else", "for", "limit"),
    *("offset", "reversed", "cols", "continue", "with", "as", "required"),
)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("word", WORDS)
def test_defect_2_every_word_may_be_a_property(word: str, profile: Profile) -> None:
    template = (
        f"{{{{ event.{word} }}}}{{% if event.{word} == 5 %}}!{{% endif %}}{{% for i in event.{word}s %}}{{{{ i }}}}{{% endfor %}}"
    )
    assert rendered(template, profile, event={word: 5, f"{word}s": [1, 2]}) == "5!12"


def test_defect_2_a_filter_may_be_named_as_a_word() -> None:
    assert rendered("{{ event.items | limit: 2 | join: '-' }}", event={"items": [1, 2, 3]}) == "1-2"


@pytest.mark.parametrize("profile", PROFILES)
def test_defect_1_the_documented_fallback_takes_the_right_branch(profile: Profile) -> None:
    template = "{% if customer.first_name != blank %}{{ customer.first_name }}{% else %}friend{% endif %}"
    texts = [
        rendered(template, profile, customer=customer)
        for customer in ({}, {"first_name": None}, {"first_name": " "}, {"first_name": "Ada"})
    ]
    assert texts == ["friend", "friend", "friend", "Ada"]


def test_defect_3_truncate_leaves_what_fits() -> None:
    assert rendered("{{ 'hello' | truncate: 5 }} {{ 'a b c' | truncatewords: 4 }}") == "hello a b c"


def test_defect_4_values_print_as_the_engine_prints_them() -> None:
    assert (
        rendered("{{ 2.5 | round }} {{ true | append: '' }} {{ nil | join: ',' }}|{{ 1e16 }}", **{"1e16": 1e16})
        == "3 true |10000000000000000"
    )


def test_defect_5_dates_know_no_clock_but_the_scopes() -> None:
    assert rendered("{{ 'now' | date: '%Y-%m-%d %H:%M', 'Europe/Oslo' }}") == "2026-07-01 11:30"


def test_defect_6_map_and_compact() -> None:
    assert (
        rendered("{{ event.items | map: 'a' | compact | join: '-' }}", event={"items": [{"a": 1}, {}, {"a": None}, {"a": 2}]})
        == "1-2"
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_defect_7_line_ends_stay_as_they_are(profile: Profile) -> None:
    assert rendered("a\r\nb\rc\n{{ customer.x }}", profile, customer={"x": "d\r\ne"}) == "a\r\nb\rc\nd\r\ne"


@pytest.mark.parametrize("profile", PROFILES)
def test_defect_8_only_problems_come_out(profile: Profile) -> None:
    data = {"customer": {"nan": float("nan"), "text": "x", "list": ["a", {}], "half": "\ud83d", "late": 10**18}}
    for chain in (
        "nan | round",
        "list | sum",
        "half",
        "half | url_encode",
        "late | date: '%Y'",
        "text | plus: 1",
        "nan | divided_by: 0",
    ):
        parse(f"{{{{ customer.{chain} }}}}", profile).render(Scope(data)).text.encode()


def test_defect_8_halves_of_an_emoji_meet_or_are_replaced() -> None:
    assert rendered("{{ a }}{{ b }} {{ a }}", a="\ud83d", b="\udc4d") == "\U0001f44d \ufffd"


@pytest.mark.parametrize("profile", PROFILES)
def test_defect_9_partial_is_a_name_as_any(profile: Profile) -> None:
    assert rendered("{{ partial }}{{ now }}", profile, partial="mine", now="too") == "minetoo"


@pytest.mark.parametrize("profile", PROFILES)
def test_names_of_dictionary_methods_are_keys(profile: Profile) -> None:
    assert rendered("{{ event.items }}{{ event.keys }}{{ event.get }}", profile, event={"items": 1, "keys": 2, "get": 3}) == "123"


SPACE = [
    ("a {{- 1 -}} b", "a1b"),
    ("a \n{%- if true -%}\n b \n{%- endif -%}\n c", "abc"),
    ("{{-1-}}", "1"),
    ("a{%- comment -%} x {%- endcomment -%} b", "ab"),
]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("template", "text"), SPACE, ids=[case[0] for case in SPACE])
def test_dashes_cut_white_space(template: str, text: str, profile: Profile) -> None:
    assert rendered(template, profile) == text


def test_tokens_lie_where_they_stand_in_the_text() -> None:
    template = "é\n  {{ customer.x | upcase }}{% if customer.y %}{% endif %}"
    tree = parse(template).tree
    assert tree is not None
    output = tree.nodes[1]
    (expression,) = output.expressions()
    assert template[expression.token.start_index :].startswith("customer.x")
    assert template[tree.nodes[2].token.start_index :].startswith("if customer.y")


@given(st.text("{}%-' \"abif|:.[]()\n\\", max_size=60), st.sampled_from(PROFILES))
def test_any_text_can_be_parsed_and_rendered(source: str, profile: Profile) -> None:
    template = parse_anew(source, profile)
    rendering = template.render(Scope({"a": {"b": 1}}))
    if template.tree is None:
        assert not rendering.ok
    for problem in rendering.problems:
        lines = source.split("\n")
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@given(st.text(st.characters(exclude_characters="{"), max_size=40))
def test_text_without_markup_comes_out_as_it_went_in(source: str) -> None:
    assert parse_anew(source, "latest").render(Scope()).text == source
