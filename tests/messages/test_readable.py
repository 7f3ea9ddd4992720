"""HTML as readable text: what it looks like, and that hostile HTML ends soon, in little text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui.messages.readable import CUT, readable


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("just text", "just text"),
        ("<p>One\n  two</p><p>Three</p>", "One two\n\nThree"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<h1>Hello <b>Ada</b>!</h1>x", "Hello Ada!\n\nx"),
        ("<ul><li>One<ul><li>in</li></ul></li><li>Two</li></ul>", "• One\n  • in\n• Two"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n\n> b"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<table><tr><th>What</th><th>Price</th></tr><tr><td>Cable</td><td>15</td></tr></table>", "What  Price\nCable  15"),
        ('<img src="x" alt="Logo"><img src="y">', "[Logo]"),
        ("a &amp; b &lt;c&gt; &euro;&nbsp;5", "a & b <c> € 5"),
        ("<p>119,50&nbsp;€</p><p>1&#8239;000</p>", "119,50 €\n\n1 000"),
        ("<p>&zwnj;&nbsp;&#847;&shy;&#65279;&nbsp;</p>seen", "seen"),
        ("<p>👩&zwj;💻 می&zwnj;خواهم &#x202e;x</p>", "👩💻 میخواهم \u202ex"),
        ("<title>t</title><style>p{}</style><script>alert(1)</script><p>x</p>", "x"),
        ('<div style="display: none">hidden <b>too</b></div>seen', "seen"),
        ("<!-- comment -->x", "x"),
        ("x<hr>y", "x\n\n────────────────────────\n\ny"),
        ("<p>Unclosed <b>and <i>wrong</b>", "Unclosed and wrong"),
    ],
)
def test_what_it_looks_like(html: str, text: str) -> None:
    assert readable(html) == text


def test_links_are_footnotes() -> None:
    html = '<p>See <a href="https://x.example/a?b=1&amp;c=2">your order</a>, <a href="https://y.example">y</a>, <a href="https://y.example">z</a>.</p>'
    assert readable(html) == ("See your order[1], y[2], z[2].\n\n[1] https://x.example/a?b=1&c=2\n[2] https://y.example")


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://x.example">https://x.example</a>',
        '<a href="mailto:a@x.example">a@x.example</a>',
        '<a href="#top">up</a>',
        '<a href="https://x.example"></a>x',
    ],
)
def test_links_that_say_all_themselves_are_not(html: str) -> None:
    assert "[1]" not in readable(html)


ATTACKS = [
    "<!--", "<!", "<a ", "</", "<![CDATA[", "&", '<a b="', "<a b", "<div>", "<table><tr><td>", "<script>", "<", "&#", "<?",
    '<a href="x">', "<p <p ", "<b><p>", "<b>x</i>", "<li>", "<ol><li>a</ol>", "<br>", "<br>x", "<title>", "<form>", "\0",
    "<p>\ud800", "<a href=x>y</a> ", "x ", "<td>x", "<pre>\n", "<blockquote>", "<li>x<p>", '<a href="', "<b>x</b>",
    '<p style="display:none',
]  # fmt: skip


@pytest.mark.parametrize("unit", ATTACKS)
def test_hostile_html_is_bounded(unit: str, record_property) -> None:
    """Whatever a megabyte of it is: some thousand lines and a hundred thousand characters at the most, notes apart."""
    text = readable(unit * (1_000_000 // len(unit)))
    assert len(text) < 110_000
    assert text.count("\n") < 5_100
    record_property("cases: hostile HTML", 1)


def test_what_is_cut_off_says_so() -> None:
    assert readable("<p>x</p>" * 3).endswith("x")
    assert readable("<p>xyz</p>" * 30_000).splitlines()[-1] == CUT
    assert readable("<div>" * 300 + "x").splitlines()[-1] == CUT
    assert readable("x" * 600_000).splitlines()[-1] == CUT
    assert readable("<b></b>" * 30_000 + "x").splitlines()[-1] == CUT


@given(
    st.lists(
        st.sampled_from([*"<>/&;\"' \n", "a", "<p>", "</p>", "<li>", "</ul>", "<ul>", "<pre>", "<a href=x>", "</a>", "\ud800"])
    )
)
def test_nothing_raises_and_text_stays(pieces: list[str]) -> None:
    text = readable("".join(pieces))
    assert "\n\n\n\n" not in text
    assert text == text.encode().decode()
