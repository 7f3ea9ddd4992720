"""Escaping for HTML and addresses, and taking markup out again."""

import html
import re
import urllib.parse
from collections.abc import Mapping
from typing import Final

from cio_tui.liquid.filters import javascript as js
from cio_tui.liquid.filters import ruby
from cio_tui.liquid.filters.calling import Filter, refused
from cio_tui.liquid.filters.plain import bounded

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
_CHARACTERS = {entity: character for character, entity in _ENTITIES.items()}
_NEWLINE = re.compile(r"\r?\n")
_MARK = re.compile(r"""[&<>"']""")
_ENTITY = re.compile("|".join(_CHARACTERS))
_RUBY_MARK = re.compile(r"""["><']|&(?!(?:[a-zA-Z]+|#\d+);)""")
_RUBY_ENTITIES = {**_ENTITIES, '"': "&quot;"}
_BROKEN_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")

_BLOCKS = (("<script", "</script>"), ("<style", "</style>"), ("<!--", "-->"))
_TAG = ("<", ">")


def escape(value: object) -> str:
    """The five characters that HTML reads, as entities; quotes as numbers, as LiquidJS has them."""
    return _escaped(js.to_text(value))


def _escaped(text: str) -> str:
    return _MARK.sub(lambda found: _ENTITIES[found[0]], text)


def escape_once(value: object) -> str:
    """As `escape`, and what `escape` has written before stays as it is."""
    return _escaped(_ENTITY.sub(lambda found: _CHARACTERS[found[0]], js.to_text(value)))


def newline_to_br(value: object) -> str:
    """A `<br />` before the end of each line."""
    return _NEWLINE.sub("<br />\n", js.to_text(value))


def strip_html(value: object) -> str:
    """The text without tags and comments, and without scripts and styles altogether."""
    return _without(js.to_text(value), (*_BLOCKS, _TAG))


def _without(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """The text without what stands between openers and closers. Linear: an absent closer is never looked for twice."""
    out: list[str] = []
    done, searched, absent = 0, 0, set()
    while (place := text.find("<", searched)) >= 0:
        searched = place + 1
        for opener, closer in pairs:
            if closer in absent or not text.startswith(opener, place):
                continue
            end = text.find(closer, place + len(opener))
            if end < 0:
                absent.add(closer)
                continue
            out.append(text[done:place])
            done = searched = end + len(closer)
            break
    return "".join(out) + text[done:]


def url_encode(value: object) -> str:
    """Text as a query's value; a space is a plus."""
    return urllib.parse.quote_plus(js.to_text(value), safe="-_.!~*'()")


def url_decode(value: object) -> str:
    """What `url_encode` made, read again."""
    text = js.to_text(value)
    if _BROKEN_ESCAPE.search(text):
        raise refused("the text has a % that no two hexadecimal digits follow")
    try:
        return urllib.parse.unquote(text.replace("+", " "), errors="strict")
    except UnicodeDecodeError:
        raise refused("the % escapes of the text are not UTF-8") from None


def cgi_escape(value: object) -> str:
    """Text as a form sends it: all but letters, digits and `-_.~` escaped, a space is a plus."""
    return urllib.parse.quote_plus(js.to_text(value), safe="-_.~")


def uri_escape(value: object) -> str:
    """A whole address: what separates its parts is left."""
    return urllib.parse.quote(js.to_text(value), safe="-_.!~*'();/?:@&=+$,#[]")


LATEST: Final[Mapping[str, Filter]] = {
    "cgi_escape": cgi_escape,
    "escape": escape,
    "escape_once": escape_once,
    "newline_to_br": newline_to_br,
    "strip_html": strip_html,
    "uri_escape": uri_escape,
    "url_decode": url_decode,
    "url_encode": url_encode,
    "xml_escape": escape,
}


def _ruby_escape(value: object) -> str | None:
    """The five characters that HTML reads, as entities, as Ruby writes them; nil stays nil."""
    return None if value is None else _ruby_escaped(ruby.to_text(value))


def _ruby_escaped(text: str) -> str:
    return _MARK.sub(lambda found: _RUBY_ENTITIES[found[0]], text)


def _ruby_escape_once(value: object) -> str:
    return _RUBY_MARK.sub(lambda found: _RUBY_ENTITIES[found[0]], ruby.to_text(value))


def _ruby_newline_to_br(value: object) -> str:
    return _NEWLINE.sub("<br />\n", ruby.to_text(value))


def _ruby_strip_html(value: object) -> str:
    return _without(_without(ruby.to_text(value), _BLOCKS), (_TAG,))


def _ruby_url_encode(value: object) -> str | None:
    return None if value is None else urllib.parse.quote_plus(ruby.to_text(value), safe="-_.~")


def _ruby_url_decode(value: object) -> str | None:
    if value is None:
        return None
    text = _PERCENT.sub(lambda found: found[0].upper(), ruby.to_text(value).replace("+", " "))
    try:
        return urllib.parse.unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise refused("invalid byte sequence in UTF-8") from None


def _htmlencode(value: object) -> str:
    """Customer.io's own of old: every character beyond ASCII as a number, beside what `escape` does."""
    text = ruby.to_text(value)
    bounded(len(text) * 2)
    return html.escape(text, quote=True).replace("&#x27;", "&#39;").encode("ascii", "xmlcharrefreplace").decode("ascii")


LEGACY: Final[Mapping[str, Filter]] = {
    "escape": _ruby_escape,
    "escape_once": _ruby_escape_once,
    "h": _ruby_escape,
    "htmlencode": _htmlencode,
    "newline_to_br": _ruby_newline_to_br,
    "strip_html": _ruby_strip_html,
    "url_decode": _ruby_url_decode,
    "url_encode": _ruby_url_encode,
}
