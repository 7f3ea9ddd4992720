"""An HTML body as text that reads well in a terminal: paragraphs, lists and tables, and its links as footnotes.

libxml2 reads the HTML piece by piece, in time proportional to its length, and tells what opens and closes. Whatever the input, no
more than some thousand lines come out; text beyond that, or nested too deep, is cut off, and the last line says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

_LONGEST: Final = 500_000
"""Characters of HTML that are looked at."""
_MOST_TEXT: Final = 100_000
"""Characters of text that come out."""
_MOST_LINES: Final = 5_000
_MOST_ELEMENTS: Final = 20_000
_MOST_LINKS: Final = 1_000
_DEEPEST: Final = 200
_PIECE: Final = 4_096
CUT: Final = "… the rest is too long or nested too deep to show"

_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_BLANKS: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN: Final = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
"""Soft hyphens, joiners and marks; mails fill up their preheaders with them."""
_HIDDEN: Final = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_SILENT: Final = frozenset({"head", "script", "style", "template", "noscript", "svg", "object"})
_PARAGRAPHS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "hr", "dl"})
"""What has an empty line before and after it."""
_BLOCKS: Final = _PARAGRAPHS | frozenset(
    {"div", "table", "tbody", "thead", "tfoot", "tr", "li", "section", "article", "header", "footer", "center", "address"}
    | {"main", "nav", "aside", "figure", "figcaption", "form", "fieldset", "body", "dt", "dd", "caption"}
)
_RULE: Final = "─" * 24


def readable(html: str) -> str:
    """The text of an HTML document or a piece of one. Links are numbered and listed at the end, but for those that are their own
    text.
    """
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, recover=True, remove_comments=True)
    text = html[:_LONGEST].encode("utf-8", "replace").decode()
    cut = len(html) > _LONGEST
    try:
        for start in range(0, len(text), _PIECE):
            parser.feed(text[start : start + _PIECE])
            if reader.full:
                cut = True
                break
        parser.close()
    except etree.LxmlError:
        cut = cut or reader.full
    return as_read(reader.text(cut=cut))


def as_read(text: str) -> str:
    """Text as it meets the eye: every kind of blank is one, and what has no width and no ink is left out.

    Characters that turn the direction of what follows stay: they change what is read.
    """
    return text if text.isascii() else _UNSEEN.sub("", _BLANKS.sub(" ", text))


@dataclass(slots=True)
class _Open:
    """An element that is open: what it does to the text inside it."""

    tag: str
    silent: bool = False
    link: str = ""
    begun: int = 0
    numbers: int = 0
    """How many items an ordered list has had; -1 for a list without numbers."""


class _Reader:
    """Takes the parser's events, and writes lines."""

    def __init__(self) -> None:
        self._stack: list[_Open] = []
        self._lines: list[str] = []
        self._line = ""
        self._gap = 0
        """Empty lines that are due before the next text."""
        self._blank = False
        """Whether a blank is due before the next text of the line."""
        self._silent = 0
        self._verbatim = 0
        self._margin: list[str] = []
        self._item = ""
        self._links: dict[str, int] = {}
        self._length = 0
        self._depth = self._elements = 0
        self.full = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens."""
        self._depth += 1
        self._elements += 1
        self.full = self.full or self._depth > _DEEPEST or self._elements > _MOST_ELEMENTS
        if self.full:
            return
        one = _Open(tag, silent=tag in _SILENT or _HIDDEN.search(attributes.get("style") or "") is not None)
        self._stack.append(one)
        self._silent += one.silent
        if not self._silent:
            self._open(one, attributes)

    def _open(self, one: _Open, attributes: Mapping[str, str]) -> None:
        tag = one.tag
        if tag in _BLOCKS:
            self._break(paragraph=tag in _PARAGRAPHS and not (tag in ("ul", "ol") and self._within("li")))
        if tag == "br":
            self._end_line(forced=True)
        elif tag in ("td", "th"):
            self._cell()
        elif tag == "a":
            one.link, one.begun = (attributes.get("href") or "").strip(), self._length
        elif tag == "img" and (alternative := (attributes.get("alt") or "").strip()):
            self._write(f"[{alternative}]")
        elif tag == "hr":
            self._write(_RULE)
        elif tag == "pre":
            self._verbatim += 1
        elif tag == "blockquote":
            self._margin.append("> ")
        elif tag in ("ul", "ol"):
            one.numbers = 0 if tag == "ol" else -1
        elif tag == "li":
            self._begin_item()

    def _begin_item(self) -> None:
        around = next((other for other in reversed(self._stack) if other.tag in ("ul", "ol")), None)
        self._item = "• "
        if around is not None and around.numbers >= 0:
            around.numbers += 1
            self._item = f"{around.numbers}. "
        self._margin.append(" " * len(self._item))

    def end(self, _tag: str) -> None:
        """An element closes."""
        self._depth -= 1
        if self.full or not self._stack:
            return
        one = self._stack.pop()
        if not self._silent:
            self._close(one)
        self._silent -= one.silent

    def _close(self, one: _Open) -> None:
        tag = one.tag
        if one.link:
            self._note_link(one)
        if tag in _BLOCKS:
            self._break(paragraph=tag in _PARAGRAPHS and not (tag in ("ul", "ol") and self._within("li")))
        if tag == "pre":
            self._verbatim -= 1
        elif tag in ("blockquote", "li"):
            self._item = ""
            self._margin.pop()

    def _within(self, tag: str) -> bool:
        return any(one.tag == tag for one in self._stack)

    def _note_link(self, one: _Open) -> None:
        """A number behind the link's text; none when there is no text, or when it says the address itself."""
        said = self._line[-(self._length - one.begun) :].strip() if self._length > one.begun else ""
        bare = one.link.removeprefix("mailto:").removeprefix("tel:")
        if not said or said == bare or one.link.startswith("#"):
            return
        if len(self._links) >= _MOST_LINKS:
            return
        number = self._links.setdefault(_SPACE.sub(" ", one.link), len(self._links) + 1)
        self._blank = False
        self._put(f"[{number}]")

    def data(self, text: str) -> None:
        """Text."""
        if self._silent or self.full:
            return
        text = _UNSEEN.sub("", text)
        if self._verbatim:
            for count, line in enumerate(text.replace("\r\n", "\n").split("\n")):
                if count:
                    self._end_line(forced=True)
                self._put(line)
        else:
            self._write(text)

    def close(self) -> None:
        """The document ends."""

    def comment(self, _text: str) -> None:
        """Comments say nothing."""

    def _write(self, text: str) -> None:
        """Text with its white space made single blanks, none at the ends of a line."""
        words = _SPACE.sub(" ", text)
        self._blank = self._blank or words[:1] == " "
        inner = words.strip(" ")
        if not inner:
            return
        if self._blank and self._line and not self._line.endswith(" "):
            self._put(" ")
        self._put(inner)
        self._blank = words[-1:] == " "

    def _cell(self) -> None:
        if self._line.strip():
            self._line, self._blank = self._line.rstrip(), False
            self._put("  ")

    def _put(self, text: str) -> None:
        if not text:
            return
        if not self._line:
            self._lines += [""] * (self._gap if self._lines else 0)
            self._gap = 0
            self._line = self._margins()
        room = _MOST_TEXT - self._length
        self.full = self.full or len(text) > room
        self._line += text[:room]
        self._length += min(len(text), room)

    def _margins(self) -> str:
        if not self._item:
            return "".join(self._margin)
        item, self._item = self._item, ""
        return "".join(self._margin[:-1]) + item

    def _break(self, *, paragraph: bool) -> None:
        self._end_line()
        self._gap = max(self._gap, int(paragraph))

    def _end_line(self, *, forced: bool = False) -> None:
        if self._line.strip():
            self._lines.append(self._line.rstrip())
        elif forced and self._lines:
            self._gap = min(self._gap + 1, 2)
        self._line, self._blank = "", False
        self.full = self.full or len(self._lines) > _MOST_LINES

    def text(self, *, cut: bool) -> str:
        """All lines, then the footnotes."""
        self._end_line()
        lines = self._lines + ([CUT] if cut else [])
        notes = [f"[{number}] {link}" for link, number in self._links.items()]
        return "\n".join([*lines, *(["", *notes] if notes else [])])
