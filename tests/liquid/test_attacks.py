"""Templates written to hurt end early and small: each in a process of its own that the system would kill."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.liquid.vectors.cases import PROFILES

_MEMORY = 512 * 1024 * 1024
"""Bytes of address space: Python with the engine takes some 150 MB of it, so no template gets more than the rest."""
_SECONDS = 2
"""Of the processor's time."""

ATTACKS = {
    "endless range": "{% for i in (1..999999999) %}{{ i }}{% endfor %}",
    "endless range joined": '{{ (1..999999999) | join: "," }}',
    "endless range measured": "{{ (1..999999999) | size }}{% assign x = (1..999999999) | reverse %}",
    "a thousand to the third": "".join(f"{{% for {name} in (1..1000) %}}" for name in "abc") + "x" + "{% endfor %}" * 3,
    "a hundred loops in a row": "{% for i in (1..9999) %}x{% endfor %}" * 100,
    "a loop that breaks at once": "{% for i in (1..999999999) %}{% break %}{% endfor %}",
    "doubling by append": '{% assign x = "0123456789" %}' + "{% assign x = x | append: x %}" * 40 + "{{ x }}",
    "doubling by capture": "{% assign x = '0123456789' %}" + "{% capture x %}{{ x }}{{ x }}{% endcapture %}" * 40,
    "doubling a list": "{% assign x = (1..100) | concat: x %}" + "{% assign x = x | concat: x %}" * 40 + "{{ x | size }}",
    "each character replaced by the whole": '{% assign x = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" %}'
    + '{% assign x = x | replace: "a", x %}' * 6,
    "many texts kept": "{% for i in (1..9000) %}{% capture x %}"
    + "y" * 1000
    + "{% endcapture %}{% assign z = z | append: x %}{% endfor %}",
    "squares of squares": "{% assign x = 99999999999 %}" + "{% assign x = x | times: x %}" * 40 + "{{ x }}",
    "a long number": "{{ " + "9" * 100_000 + " | plus: 1 }}",
    "includes itself": "{% include 'self' %}",
    "renders itself": "{% render 'self' %}",
    "a snippet in itself": "{{ snippets.self }}",
    "twice in itself": "{% include 'twice' %}",
    "five thousand ifs": "{% if true %}" * 5_000 + "x" + "{% endif %}" * 5_000,
    "five thousand ifs unclosed": "{% if true %}" * 5_000,
    "openers of outputs": "{{" * 50_000,
    "openers of tags": "{%" * 50_000,
    "openers of raw": "{% raw %}" * 20_000,
    "openers of comments": "{% comment %}" * 20_000,
    "braces": "{" * 100_000,
    "an opener before spaces": "{{" + " " * 100_000,
    "an opener before quotes": "{{ '" + "\"'" * 50_000,
    "a mebibyte of filters": "{{ x" + " | upcase" * 100_000 + " }}",
    "brackets": "{{ x" + "[x" * 20_000 + "]" * 20_000 + " }}",
    "terms": "{% if " + " and ".join(["x"] * 50_000) + " %}{% endif %}",
    "cycles": "{% for i in (1..9999) %}{% cycle " + ",".join(["'x'"] * 2_000) + " %}{% endfor %}",
    "script that never ends": "{{ '" + "<script" * 20_000 + "' | strip_html }}",
    "splits": "{% assign x = '" + "a," * 50_000 + "' | split: ',' %}" + "{{ x | sort | uniq | join: ',' | size }}" * 20,
    "a table without end": "{% tablerow i in (1..999999999) cols: 1 %}{{ i }}{% endtablerow %}",
    "expressions over a list": "{% assign x = (1..9999) | where_exp: 'i', 'i > 0' %}" * 100,
    "years far away": "{{ 99999999999999999999 | date: '%Y' }}{{ 1782898200 | add_year: 99999999999 | date: '%Y' }}",
    "a wide format": "{{ 'now' | date: '%999999999Y' }}",
    "random without bounds": "{% random 99999999999999999999999999999999 %}{{ 99999999999999999999 | random }}",
}
_PARTIALS = {
    "self": "x{% include 'self' %}{% render 'self' %}{{ snippets.self }}",
    "twice": "{% include 'twice' %}{% include 'twice' %}",
}


@pytest.fixture(scope="module")
def nursery() -> Iterator[Callable[..., dict[str, Any]]]:
    """Renders a template in a process of its own, or does there what it is told to do instead."""
    command = [sys.executable, "-m", "tests.liquid.attack_nursery"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def render(template: str, profile: str, **others: Any) -> dict[str, Any]:
            asked = {"template": template, "profile": profile, "data": {"x": "y", "z": ""}, "partials": _PARTIALS}
            process.stdin.write(json.dumps(asked | {"memory": _MEMORY, "seconds": _SECONDS} | others) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield render
        process.stdin.close()


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("template", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_ends_in_words_within_its_memory_and_time(nursery, template, profile, record_property):
    answer = nursery(template, profile)
    record_property("cases: Liquid attacks", 1)
    assert answer["status"] == 0, answer
    length, _, said = answer["said"].partition(" ")
    assert int(length) <= 5_000_000
    assert said


@pytest.mark.parametrize("instead", ["loop", "grow"])
def test_the_system_ends_a_process_that_takes_more(nursery, instead):
    answer = nursery("", "latest", instead=instead, seconds=1)
    assert answer["status"] != 0
    assert answer["said"] in {"", "MemoryError: "}
