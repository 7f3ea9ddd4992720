"""Escaping, addresses, digests and JSON, as LiquidJS 10.30.1 (latest) and Ruby's Liquid 5.4.0 (legacy) write them."""

from typing import Any

import pytest

from tests.liquid.filters.calls import REFUSED, called, printed

# value, filter, arguments, latest, legacy ("-" where legacy does not have the filter)
CASES: list[tuple[Any, str, tuple[Any, ...], str, str]] = [
    ("cool.person@example.com", "url_encode", (), "cool.person%40example.com", "cool.person%40example.com"),  # L5
    ("overview: account", "cgi_escape", (), "overview%3A+account", "-"),  # L5
    ("<&'\">", "escape", (), "&lt;&amp;&#39;&#34;&gt;", "&lt;&amp;&#39;&quot;&gt;"),
    (None, "escape", (), "", ""),
    ("<&'\">", "xml_escape", (), "&lt;&amp;&#39;&#34;&gt;", "-"),
    ('<"é', "htmlencode", (), "-", "&lt;&quot;&#233;"),
    (
        "&lt; < &amp; &#x27; &quot; ' \"",
        "escape_once",
        (),
        "&lt; &lt; &amp; &amp;#x27; &amp;quot; &#39; &#34;",
        "&lt; &lt; &amp; &amp;#x27; &quot; &#39; &quot;",
    ),
    ("<p>a</p><script>b</script><style>c</style><!-- d -->e<br\n/>f < g", "strip_html", (), "aef < g", "aef < g"),
    ("<<script>x</script>b>", "strip_html", (), "xb>", ""),
    ("<!-->b-->c", "strip_html", (), "c", "c"),
    ("a\r\nb\nc\rd", "newline_to_br", (), "a<br />\nb<br />\nc\rd", "a<br />\nb<br />\nc\rd"),
    ("a b&c=é/ü+~*'()!", "url_encode", (), "a+b%26c%3D%C3%A9%2F%C3%BC%2B~*'()!", "a+b%26c%3D%C3%A9%2F%C3%BC%2B~%2A%27%28%29%21"),
    ("a+b%20%C3%A9%2B", "url_decode", (), "a b é+", "a b é+"),
    ("100%", "url_decode", (), REFUSED, "100%"),
    ("%ff", "url_decode", (), REFUSED, REFUSED),
    ("a b&c=é/ü+[]%20", "uri_escape", (), "a%20b&c=%C3%A9/%C3%BC+[]%2520", "-"),
    ("é😀", "base64_encode", (), "w6nwn5iA", "w6nwn5iA"),
    ("w6nwn5iA", "base64_decode", (), "é😀", "é😀"),
    ("Y Q\n==", "base64_decode", (), "a", REFUSED),
    ("YQ", "base64_decode", (), "a", REFUSED),
    ("YQ=", "base64_decode", (), REFUSED, REFUSED),
    ("/w==", "base64_decode", (), "\ufffd", "\ufffd"),
    ("é😀?", "base64_url_safe_encode", (), "w6nwn5iAPw==", "w6nwn5iAPw=="),
    ("_-8=", "base64_url_safe_decode", (), "\ufffd\ufffd", "\ufffd\ufffd"),
    ("a/b", "base64", (), "YS9i", "YS9i"),
    ("612f62", "hex_base64", (), "YS9i", "YS9i"),
    ("xyz", "hex_base64", (), REFUSED, REFUSED),
    ("abc", "md5", (), "900150983cd24fb0d6963f7d28e17f72", "900150983cd24fb0d6963f7d28e17f72"),
    ("abc", "sha1", (), "a9993e364706816aba3e25717850c26c9cd0d89d", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (
        "é",
        "sha256",
        (),
        "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c",
        "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c",
    ),
    (
        "é",
        "hmac_sha256",
        ("k",),
        "41b08e48379060d5566363083dabd4b2f9afd6e169af22d26522dbdc5e7a5134",
        "41b08e48379060d5566363083dabd4b2f9afd6e169af22d26522dbdc5e7a5134",
    ),
    (
        "what do ya want for nothing?",
        "hmac_sha1",
        ("Jefe",),
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
    ),
]


@pytest.mark.parametrize(("value", "name", "arguments", "latest", "legacy"), CASES)
def test_markup_of_both_profiles(value, name, arguments, latest, legacy):
    if latest != "-":
        assert printed("latest", name, value, *arguments) == latest
    if legacy != "-":
        assert printed("legacy", name, value, *arguments) == legacy


JSON: list[tuple[Any, tuple[Any, ...], str]] = [
    ({"b": [1, 23.0, None], "2": True, "1": "é\n\u2028</script>"}, (), '{"1":"é\\n\u2028</script>","2":true,"b":[1,23,null]}'),
    ({"a": [1, {}], "b": []}, (2,), '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}'),
    ({"a": 1}, ("--",), '{\n--"a": 1\n}'),
    ({"a": 1}, (20,), '{\n          "a": 1\n}'),
    ({"a": 1}, (True,), '{"a":1}'),
    (float("nan"), (), "null"),
    (None, (), "null"),
    ("a", (), '"a"'),
]


@pytest.mark.parametrize(("value", "arguments", "expected"), JSON)
@pytest.mark.parametrize("name", ["json", "to_json"])
def test_json_of_latest(name, value, arguments, expected):
    assert printed("latest", name, value, *arguments) == expected


def test_json_of_legacy_keeps_the_order_and_the_fraction():
    assert printed("legacy", "to_json", {"b": 23.0, "1": [None, True]}) == '{"b":23.0,"1":[null,true]}'


@pytest.mark.parametrize("profile", ["latest", "legacy"])
def test_json_is_read(profile):
    assert called(profile, "from_json", '{"a":[1,2.5,null]}') == {"a": [1, 2.5, None]}
    assert called(profile, "from_json", [1]) == [1]
    for wrong in ("{", "NaN", "", "[" * 100_000, "1" * 10_000):
        assert printed(profile, "from_json", wrong) == REFUSED


def test_stripping_markup_takes_time_in_proportion_to_the_text():
    assert len(printed("latest", "strip_html", "<script" * 20_000 + "<!--" * 20_000)) == 220_000
    assert printed("latest", "strip_html", "<a>" * 200_000) == ""
