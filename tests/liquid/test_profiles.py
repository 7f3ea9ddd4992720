"""Where the two engines part in output, white space and control flow; each row was run against both (liquid.md, section 0)."""

from typing import Any

import pytest

from cio_tui.liquid.profiles import PROFILES, Profile
from cio_tui.liquid.scope import Scope
from cio_tui.liquid.template import parse

DATA: dict[str, Any] = {
    "price": 23.0,
    "object_": {"a": 1, "b": [None, "x"]},
    "list": [1, 2, 3],
    "empty_list": [],
    "empty_object": {},
    "text": "str",
    "spaces": "  ",
    "none": None,
    "no": False,
    "zero": 0,
}


def rendered(template: str, profile: Profile) -> str:
    rendering = parse(template, profile).render(Scope(DATA))
    assert rendering.ok, rendering.problems
    return rendering.text


DIFFERENCES = [
    ("{{ price }}", "23", "23.0"),
    ("{{ 10 | divided_by: 4 }}", "2.5", "2"),
    ("{{ 5 | times: 2.0 }}", "10", "10.0"),
    ("{{ object_ }}", "[object Object]", '{"a"=>1, "b"=>[nil, "x"]}'),
    ("{{ (1..3) }}", "123", "1..3"),
    ("{{ list }}", "123", "123"),
    ("a{% if true %} {% endif %}b", "a b", "ab"),
    ("a{% for i in list %} {% endfor %}b", "a   b", "ab"),
    ("a{% if true %} {% assign x = 1 %} {% endif %}{{ x }}", "a  1", "a1"),
    ("a{% case 1 %}{% when 1 %} {% endcase %}b", "a b", "ab"),
    ("a{% unless false %}\n{% endunless %}b", "a\nb", "ab"),
    ("{{ 'a\\'b\\n' }}", "a'b\n", "a\\"),
    ("{{ '}}' | upcase }}", "}}", None),
    ("{{ 1 == 1 }}", "true", "1"),
    ("{% case 1 %}{% when 1, 1 %}x{% endcase %}", "x", "xx"),
    ("{% for i in list limit: 2 reversed %}{{ i }}{% endfor %}", "21", "12"),
    ("{% for i in list limit: 0 %}{% else %}none{% endfor %}", "", "none"),
    ("{{ list.length }}", "3", None),
    ("{{ object_.first[0] }}", None, "a"),
    ("{{ list[9] }}|", None, "|"),
    ("{{ text[0] }}", "s", None),
    ("{{ none.x }}|", "|", None),
    ("{% for i in list %}{% for j in list %}{{ forloop.parentloop.index }}{% endfor %}{% endfor %}", None, "111222333"),
    ("a{% raw -%} b {% endraw -%} c", "a b c", "a b c"),
    ("a{% raw %}b{% endraw -%} c", "abc", "ab c"),
    ("a\u00a0{{- 'b' -}}\u00a0c", "abc", "a\u00a0b\u00a0c"),
    ("{% comment %}{% comment %}x{% endcomment %}y{% endcomment %}z", None, "z"),
    ("{% if none < 1 %}less{% else %}not{% endif %}", "less", "not"),
    ("{% if '10' > 9 %}more{% endif %}", "more", None),
    ("{% if list contains '2' %}has{% else %}not{% endif %}", "not", "not"),
    ("{% if object_ contains 'a' %}has{% else %}not{% endif %}", "not", "has"),
    ("{% if not no %}yes{% endif %}", "yes", None),
    ("{% if text <> 'x' %}yes{% else %}no{% endif %}", "no", "yes"),
    ("{% if 1 > 2 > 0 %}yes{% else %}no{% endif %}", "no", "no"),
    ("{% if text=='str' %}yes{% endif %}", "yes", None),
    ("{% unless list %}1{% else %}2{% else %}3{% endunless %}", "2", "2"),
]


def _words(profile: Profile, text: str | None) -> str:
    return f"{profile} {'refuses' if text is None else 'prints'}"


@pytest.mark.parametrize(("template", "latest", "legacy"), DIFFERENCES, ids=[case[0] for case in DIFFERENCES])
def test_each_profile_answers_as_its_engine(template: str, latest: str | None, legacy: str | None) -> None:
    for profile, text in (("latest", latest), ("legacy", legacy)):
        rendering = parse(template, profile).render(Scope(DATA))  # type: ignore[arg-type]
        assert (rendering.text if rendering.ok else None) == text, _words(profile, text)  # type: ignore[arg-type]


VALUES = ["text", "spaces", "''", "none", "stranger", "no", "true", "zero", "list", "empty_list", "object_", "empty_object"]
BLANK = ["spaces", "''", "none", "stranger", "no", "empty_list", "empty_object"]
EMPTY = ["''", "empty_list", "empty_object"]
NIL = ["none", "stranger"]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("word", "those"), [("blank", BLANK), ("empty", EMPTY), ("nil", NIL), ("null", NIL)])
def test_what_is_blank_empty_and_nil(word: str, those: list[str], profile: Profile) -> None:
    assert [value for value in VALUES if rendered(f"{{% if {value} == {word} %}}1{{% endif %}}", profile)] == those
    assert [value for value in VALUES if not rendered(f"{{% if {value} != {word} %}}1{{% endif %}}", profile)] == those


@pytest.mark.parametrize("profile", PROFILES)
def test_everything_is_true_but_nil_and_false(profile: Profile) -> None:
    false = [value for value in VALUES if not rendered(f"{{% if {value} %}}1{{% endif %}}", profile)]
    assert false == ["none", "stranger", "no"]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("true or false and false", True),
        ("false and false or true", False),
        ("1 == 1.0", True),
        ("'1' == 1", False),
        ("true == 'true'", False),
        ("1 == true", False),
        ("list == list", True),
        ("'b' > 'a'", True),
        ("text contains 't'", True),
        ("list contains 2", True),
        ("none contains 'x'", False),
        ("none > 0", False),
        ("none == false", False),
    ],
)
def test_conditions_that_both_engines_agree_on(condition: str, holds: bool, profile: Profile) -> None:
    assert bool(rendered(f"{{% if {condition} %}}1{{% endif %}}", profile)) is holds


@pytest.mark.parametrize("profile", PROFILES)
def test_the_loops_facts(profile: Profile) -> None:
    facts = "{{ forloop.index }}{{ forloop.index0 }}{{ forloop.rindex }}{{ forloop.rindex0 }}{{ forloop.first }}"
    assert rendered(f"{{% for i in list %}}{facts}{{% endfor %}}", profile) == "1032true2121false3210false"
    assert rendered("{% for i in list %}{{ forloop.last }}{{ forloop.length }}{% endfor %}", profile) == "false3false3true3"


@pytest.mark.parametrize("profile", PROFILES)
def test_an_object_is_looped_over_in_pairs(profile: Profile) -> None:
    assert rendered("{% for pair in object_ %}{{ pair[0] }};{% endfor %}", profile) == "a;b;"
