import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui.liquid import colouring
from cio_tui.liquid.colouring import HTML, KINDS, TEXT, State, colour, colour_lines

SHORT = {
    "delimiter": "d", "tag": "t", "filter": "f", "variable": "v", "string": "s", "number": "n", "operator": "o",
    "html-tag": "T", "html-attribute": "A", "html-string": "S", "comment": "c",
}  # fmt: skip


def drawn(text, state=HTML):
    """Each line's spans as one letter for each character, a space where there is none."""
    rows = []
    for line, spans in zip(text.split("\n"), colour_lines(text.split("\n"), state), strict=True):
        row = [" "] * len(line)
        for start, end, kind in spans:
            row[start:end] = SHORT[kind] * (end - start)
        rows.append("".join(row).rstrip())
    return "\n".join(rows)


CASES = [
    ("Hi {{ customer.name }}!", "   dd vvvvvvvvvvvvv dd"),
    ("{{- x | plus: -1.5 -}}", "ddd v o ffffo nnnn ddd"),
    ("{{ x | default: 'a b' }}", "dd v o fffffffo sssss dd"),
    ('{{ event["a b"].limit }}', "dd vvvvvosssssoovvvvv dd"),
    ("{{ x | default: true }}", "dd v o fffffffo nnnn dd"),
    ("{% if a.b == blank and c %}", "dd tt vvv oo nnnnn ooo v dd"),
    ("{%- elsif x contains 'y' -%}", "ddd ttttt v oooooooo sss ddd"),
    ("{% for i in (1..n) reversed limit:2 %}", "dd ttt v oo onoovo oooooooo oooooon dd"),
    ("{% assign x = a | sum: 'b' %}", "dd tttttt v o v o fffo sss dd"),
    ("{% cio_link url:x track:false %}", "dd tttttttt oooov oooooonnnnn dd"),
    ("{% # a note %}b", "dd cccccccccdd"),
    ("{% raw %}{{ a }}<b>{% endraw %}{{ a }}", "dd ttt dd       TTTdd tttttt dddd v dd"),
    ("{% comment %}{{ a }}<b>{% endcomment %}b", "dd ttttttt ddccccccccccdd tttttttttt dd"),
    ("<p>a < b</p>", "TTT     TTTT"),
    ("<!DOCTYPE html>", "TTTTTTTTT AAAAT"),
    ('<a href="/x?{{ y }}&z">', "TT AAAAoSSSSdd v ddSSST"),
    ("<td class=a{{ x }} b='c'/>", "TTT AAAAAoSdd v dd AoSSSTT"),
    ("<!-- {{ a }} <b> -->c", "cccccdd v ddcccccccc"),
    ("<style>a > b { c: {{ d }}; }</style>", "TTTTTTT           dd v dd   TTTTTTTT"),
    ("<script>if (a <b) {</script><b>", "TTTTTTTT           TTTTTTTTTTTT"),
    ("{{ 'not closed }} <b>", "dd ssssssssssssdd TTT"),
    ("{{ not closed {{ b }}", "dd vvv vvvvvv dd v dd"),
    ("{{ event.", "dd vvvvvv"),
    ("{{ a.bc.de.f | size }}", "dd vvvvvvvvv o ffff dd"),
    ("{{ a.b..c }}", "dd vvvoov dd"),
    ("{{ a\n  | upcase }}", "dd v\n  o ffffff dd"),
    ("{{ 'a\nb' }}", "dd ss\nss dd"),
    ("{{ 'a\nb }} c", "dd ss\nssdd"),
    ('<a\n href="b\nc">', "TT\n AAAAoSS\nSST"),
    ("{% liquid\n  # a\n  assign b = c\n%}d", "dd tttttt\n  ccc\n  tttttt v o v\ndd"),
    ("{% comment %}a\n<b>{% endcomment %}", "dd ttttttt ddc\ncccdd tttttttttt dd"),
    ("<!-- a\n-->b", "cccccc\nccc"),
]


@pytest.mark.parametrize(("text", "colours"), CASES)
def test_every_character_has_its_colour(text, colours):
    assert drawn(text) == colours


def test_a_text_without_html_has_liquid_only():
    assert drawn("a <b> {{ c }} <!-- d", TEXT) == "      dd v dd"


def test_the_letters_of_this_file_are_all_kinds():
    assert tuple(SHORT) == KINDS


WORDS = ["raw", "endraw", "comment", "endcomment", "liquid", "style", "script", "if", "true", "a", "é", "12"]
LIQUID = ["{{", "}}", "{%", "%}", "-", "'", '"', "|", ".", "..", "#", "[", "]", "(", ":", ",", "{", "%", "}", "\\"]
PIECES = st.sampled_from([*WORDS, *LIQUID, "<", ">", "/", "!--", "-->", "=", " ", "\t", "\0"])
LINES = st.lists(st.lists(PIECES, max_size=25).map("".join), max_size=6)


@given(LINES, st.sampled_from([HTML, TEXT]))
def test_any_text_gets_spans_in_order_inside_the_line(lines, state):
    for line in lines:
        spans, state = colour(line, state)
        edges = [edge for start, end, _ in spans for edge in (start, end)]
        assert edges == sorted(edges)
        assert all(start < end <= len(line) and kind in KINDS for start, end, kind in spans)


@given(st.lists(PIECES, max_size=25).map("".join), LINES)
def test_a_line_too_long_to_be_kept_is_coloured_as_any_other(line, before):
    _, state = colour("", HTML)
    for other in before:
        _, state = colour(other, state)
    padded = line + " " * 2_001
    spans, _ = colour(padded, state)
    assert (spans, _) == colouring._Reader(padded, state).read()
    kept, _ = colour(line, state)
    assert [span for span in spans if span.end < len(line)] == [span for span in kept if span.end < len(line)]


@pytest.mark.parametrize(
    "piece", ["{{", "{%", "{", "<", "<a ", "'", '"', "{% raw %}", "{% comment %}", "{{ 'a", "a.", "{%   ", "<!--", "1", "a "]
)
def test_the_work_grows_with_the_length(piece, monkeypatch):
    """Counted, not timed: each step of the reader moves on, so there are never more steps than characters."""
    steps = 0
    add = colouring._Reader._add

    def counted(reader, end, kind):
        nonlocal steps
        steps += 1
        assert end >= reader.at
        add(reader, end, kind)

    monkeypatch.setattr(colouring._Reader, "_add", counted)
    text = piece * 4_000
    colour(text)
    assert steps <= 2 * len(text) + 2


def test_a_state_says_all_that_the_next_line_needs():
    _, state = colour('<a href="{{ x | append: "y')
    assert state == State(markup="double", liquid="output", quote='"')
    assert colour('z" }}">', state)[1] == HTML
