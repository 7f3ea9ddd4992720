import pytest
from hypothesis import given

from cio_tui.liquid import markup
from cio_tui.liquid.markup import blocks_of, markup_of
from cio_tui.liquid.template import parse
from tests.liquid.made_up_templates import TEMPLATES
from tests.liquid.random_templates import damaged, noise, templates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a {{ b }} c", ["{{ b }}"]),
        ("{%- if x -%}{{-y-}}", ["{%- if x -%}", "{{-y-}}"]),
        ("{{ '}}' }}", ["{{ '}}"]),
        ("{{ '{{' }}", ["{{ '{{' }}"]),
        ('{% assign a = "{% b %}" %}', ['{% assign a = "', "{% b %}"]),
        ("{{ a {{ b }}", ["{{ a ", "{{ b }}"]),
        ("{{ a", ["{{ a"]),
        ("{{ don't }} {{ won't }}", ["{{ don't }}", "{{ won't }}"]),
        ("{% raw %}{{ a }}{% endraw %}", ["{% raw %}", "{% endraw %}"]),
        ("{% comment %}{% if %}{%- endcomment -%}", ["{% comment %}", "{%- endcomment -%}"]),
        ("{% raw %}{{ a }}", ["{% raw %}", "{{ a }}"]),
    ],
)
def test_where_outputs_and_tags_stand(text, found):
    assert [text[one.start : one.end] for one in markup_of(text)] == found


def test_blocks_and_what_is_open():
    blocks, still_open = blocks_of(markup_of("{% if a %}{% for b in c %}{% else %}{% endfor %}{% elsif d %}{% case e %}"))
    assert [(block.name, [part.name for part in block.parts], block.end is not None) for block in blocks] == [
        ("if", ["if", "elsif"], False),
        ("for", ["for", "else"], True),
        ("case", ["case"], False),
    ]
    assert [block.name for block in still_open] == ["if", "case"]


def test_an_end_tag_closes_what_was_forgotten_inside():
    blocks, still_open = blocks_of(markup_of("{% if a %}{% for b in c %}{% endif %}{% endfor %}"))
    assert still_open == []
    assert [block.end is not None for block in blocks] == [True, False]


@given(TEMPLATES | templates | damaged() | noise)
def test_markup_stands_in_order_and_apart(text):
    found = markup_of(text)
    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(one.start < one.name_start <= one.inner_end <= one.end <= len(text) for one in found)


@given(TEMPLATES)
def test_every_block_of_a_template_without_mistakes_is_closed(text):
    if parse(text).tree is not None:
        blocks, still_open = blocks_of(markup_of(text))
        assert still_open == []
        assert all(block.end for block in blocks)


@pytest.mark.parametrize(
    "piece", ["{{", "{%", "{", '{{ "', "{{ '", "{% raw %}", "{% comment %}", "{% if x %}", "{{ x }}", "'", '"']
)
def test_the_work_grows_with_the_length(piece, monkeypatch):
    """Counted, not timed: every search begins behind the last one, or at the beginning of what is read now."""
    searched = 0

    class Counted:
        def __init__(self, pattern):
            self.pattern = pattern

        def search(self, text, start=0):
            nonlocal searched
            found = self.pattern.search(text, start)
            searched += (found.end() if found else len(text)) - start
            return found

    monkeypatch.setattr(markup, "_OPENER", Counted(markup._OPENER))
    monkeypatch.setattr(markup, "_STOP", {name: Counted(pattern) for name, pattern in markup._STOP.items()})
    monkeypatch.setattr(markup, "_ENDS", {name: Counted(pattern) for name, pattern in markup._ENDS.items()})
    text = piece * 3_000
    blocks_of(markup_of(text))
    assert searched <= 4 * len(text)
