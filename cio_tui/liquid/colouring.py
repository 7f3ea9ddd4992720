"""Colours for Liquid in HTML, one line at a time: an editor asks for a line and for what the line before it left open.

Nothing here parses: any text gets its colours, however unfinished it is, in time that grows with its length.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

Kind = Literal[
    "delimiter",
    "tag",
    "filter",
    "variable",
    "string",
    "number",
    "operator",
    "html-tag",
    "html-attribute",
    "html-string",
    "comment",
]
"""`number` is every value written out that is no text: 12, true, nil, blank. `operator` is the signs and words between values."""

KINDS: Final[tuple[Kind, ...]] = Kind.__args__  # type: ignore[attr-defined]


class Span(NamedTuple):
    """Characters `start` up to `end` of a line, from 0, that are one thing."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class State:
    """What a line leaves open for the next one. Two equal states colour the next line alike.

    `markup` is where in the HTML the line ended, `element` the style or script around it, `liquid` the delimiters it is between,
    `block` a raw or comment block, `quote` the open quotation mark in Liquid, `expects` whether a tag's or filter's name is next.
    """

    markup: Literal["text", "tag", "double", "single", "comment", "none"] = "text"
    element: str = ""
    liquid: Literal["", "output", "tag", "lines", "remark"] = ""
    block: str = ""
    quote: str = ""
    expects: Literal["", "tag", "filter"] = ""


HTML: Final = State()
"""The beginning of an HTML text."""
TEXT: Final = State(markup="none")
"""The beginning of a text without HTML: a subject, a plain body."""

_CACHED_LENGTH: Final = 500
_OPENING: Final = r"(?P<liquid>\{\{-?|\{%-?)"
_TAG_START: Final = r"</?[A-Za-z][^\s<>/{]*|<!(?=[A-Za-z])[^\s<>]*"
_MARKUP: Final = {
    "none": re.compile(_OPENING),
    "text": re.compile(rf"{_OPENING}|(?P<comment><!--)|(?P<tag>{_TAG_START})"),
    "tag": re.compile(
        rf"{_OPENING}|(?P<end>/?>)|(?P<double>\")|(?P<single>')|(?P<tag>{_TAG_START})|(?P<equals>=)|(?P<word>[^\s=>\"'<{{/]+|[/{{<])"
    ),
    "double": re.compile(rf'{_OPENING}|(?P<end>")'),
    "single": re.compile(rf"{_OPENING}|(?P<end>')"),
    "comment": re.compile(rf"{_OPENING}|(?P<end>-->)"),
}
_ELEMENT: Final = {name: re.compile(rf"{_OPENING}|(?P<tag></{name}\b)", re.IGNORECASE) for name in ("style", "script")}
_BETWEEN: Final[dict[str, Kind]] = {"double": "html-string", "single": "html-string", "comment": "comment"}
_BLOCK_END: Final = {
    "raw": re.compile(r"\{%-?(?=\s*endraw\b)"),
    "comment": re.compile(r"\{%-?(?=\s*endcomment\b)"),
}
_CLOSING: Final = {"output": r"-?\}\}", "tag": r"-?%\}", "lines": r"-?%\}", "remark": r"-?%\}"}
_STRING: Final = {
    "output": r"\"(?:[^\"}]|\}(?!\}))*\"?|'(?:[^'}]|\}(?!\}))*'?",
    "tag": r"\"(?:[^\"%]|%(?!\}))*\"?|'(?:[^'%]|%(?!\}))*'?",
}
_QUOTED: Final = {
    ("output", '"'): re.compile(r"(?:[^\"}]|\}(?!\}))*\"?"),
    ("output", "'"): re.compile(r"(?:[^'}]|\}(?!\}))*'?"),
    ("tag", '"'): re.compile(r"(?:[^\"%]|%(?!\}))*\"?"),
    ("tag", "'"): re.compile(r"(?:[^'%]|%(?!\}))*'?"),
}
_REMARK_END: Final = re.compile(_CLOSING["remark"])


def _inside(mode: str) -> re.Pattern[str]:
    strings = _STRING["output" if mode == "output" else "tag"]
    return re.compile(
        rf"(?P<close>{_CLOSING[mode]})|{_OPENING}|(?P<string>{strings})|(?P<number>-?\d+(?:\.\d+)?(?![\w-]))"
        r"|(?P<argument>\w[\w-]*(?=\s*:))|(?P<word>\w[\w-]*\??(?:\.(?!\.)(?:\w[\w-]*\??)?)*)|(?P<remark>\#)"
        r"|(?P<operator>\.\.|[!=<>]{1,2}|[|:,\[\]().])"
    )


_LIQUID: Final = {mode: _inside(mode) for mode in ("output", "tag", "lines")}
_VALUES: Final = frozenset({"true", "false", "nil", "null", "blank", "empty"})
_WORDS: Final = frozenset(
    {"and", "or", "not", "contains", "in", "with", "for", "as", "limit", "offset", "reversed", "cols", "continue", "if", "else"}
)


def colour(line: str, state: State = HTML) -> tuple[tuple[Span, ...], State]:
    """The spans of a line, in order and never overlapping, and the state for the next line. The line has no line break."""
    return _cached(line, state) if len(line) <= _CACHED_LENGTH else _Reader(line, state).read()


def colour_lines(lines: Iterable[str], state: State = HTML) -> list[tuple[Span, ...]]:
    """The spans of every line of a text. Lines that were coloured a moment ago cost next to nothing."""
    coloured = []
    for line in lines:
        spans, state = colour(line, state)
        coloured.append(spans)
    return coloured


class _Reader:
    """Reads one line; its attributes are those of the state while they change."""

    def __init__(self, line: str, state: State) -> None:
        self.line = line
        self.at = 0
        self.spans: list[Span] = []
        self.markup, self.element = state.markup, state.element
        self.liquid, self.block, self.quote, self.expects = state.liquid, state.block, state.quote, state.expects
        self.after_equals = False

    def read(self) -> tuple[tuple[Span, ...], State]:
        if self.liquid == "lines":
            self.expects = "tag"
        while self.at < len(self.line):
            if self.liquid:
                self._read_liquid()
            elif self.block == "comment":
                self._read_comment_block()
            else:
                self._read_markup()
        return tuple(self.spans), State(self.markup, self.element, self.liquid, self.block, self.quote, self.expects)

    def _add(self, end: int, kind: Kind | None) -> None:
        """What stands up to `end` is of this kind; joined to the span before it when that touches and is the same."""
        if kind and end > self.at:
            last = self.spans[-1] if self.spans else None
            if last and last.end == self.at and last.kind == kind and kind in ("html-string", "comment"):
                self.spans[-1] = Span(last.start, end, kind)
            else:
                self.spans.append(Span(self.at, end, kind))
        self.at = end

    def _read_markup(self) -> None:
        pattern = _ELEMENT[self.element] if self.element and self.markup == "text" else _MARKUP[self.markup]
        match = pattern.search(self.line, self.at)
        between = _BETWEEN.get(self.markup)
        if not match:
            self._add(len(self.line), between)
            return
        self._add(match.start(), between)
        found = match.lastgroup or ""
        if found == "liquid":
            self._open_liquid(match, between)
        elif self.markup == "tag":
            self._in_tag(found, match.end())
        elif found == "tag":
            self._open_tag(match)
        elif found == "comment":
            self._add(match.end(), "comment")
            self.markup = "comment"
        else:
            self._add(match.end(), between)
            self.markup = "text" if self.markup == "comment" else "tag"

    def _open_liquid(self, match: re.Match[str], between: Kind | None) -> None:
        if self.block == "raw" and not _BLOCK_END["raw"].match(self.line, self.at):
            self._add(match.end(), between)
            return
        self.after_equals = False
        self._add(match.end(), "delimiter")
        self.liquid = "output" if match.group().startswith("{{") else "tag"
        self.expects = "" if self.liquid == "output" else "tag"

    def _open_tag(self, match: re.Match[str]) -> None:
        name = match.group("tag").lower()
        self.element = name[1:] if name[1:] in _ELEMENT else ""
        self._add(match.end(), "html-tag")
        self.markup, self.after_equals = "tag", False

    def _in_tag(self, found: str, end: int) -> None:
        if found == "word":
            self._add(end, "html-string" if self.after_equals else "html-attribute")
            self.after_equals = False
        elif found == "equals":
            self._add(end, "operator")
            self.after_equals = True
        elif found in ("double", "single"):
            self._add(end, "html-string")
            self.markup, self.after_equals = "double" if found == "double" else "single", False
        else:
            name = self.line[self.at : end]
            self._add(end, "html-tag")
            self.after_equals = False
            if found == "end":
                self.markup = "text"
                self.element = "" if name == "/>" else self.element
            else:
                self.element = name[1:].lower() if name[1:].lower() in _ELEMENT else ""

    def _read_comment_block(self) -> None:
        match = _BLOCK_END["comment"].search(self.line, self.at)
        self._add(match.start() if match else len(self.line), "comment")
        if match:
            self._add(match.end(), "delimiter")
            self.liquid, self.expects = "tag", "tag"

    def _read_liquid(self) -> None:
        if self.liquid == "remark":
            match = _REMARK_END.search(self.line, self.at)
            self._add(match.start() if match else len(self.line), "comment")
            if match:
                self._close(match.end())
            return
        if self.quote:
            self._finish_string()
            return
        match = _LIQUID[self.liquid].search(self.line, self.at)
        if not match:
            self.at = len(self.line)
            return
        self.at = match.start()
        found = match.lastgroup
        if found == "close":
            self._close(match.end())
        elif found == "liquid":  # what stands before is not finished yet
            self._open_liquid(match, None)
        elif found == "string":
            self._string(match)
        elif found in ("word", "argument"):
            self._word(match.group(), match.end(), argument=found == "argument")
        elif found == "remark":
            self._remark(match.end())
        else:
            self._add(match.end(), "number" if found == "number" else "operator")
            self.expects = "filter" if match.group() == "|" else ""

    def _string(self, match: re.Match[str]) -> None:
        text = match.group()
        self._add(match.end(), "string")
        self.expects = ""
        if (len(text) == 1 or text[-1] != text[0]) and self.at == len(self.line):
            self.quote = text[0]

    def _finish_string(self) -> None:
        """The rest of a string that the line before left open; as in the language, the closing delimiter ends it too."""
        match = _QUOTED["output" if self.liquid == "output" else "tag", self.quote].match(self.line, self.at)
        end = match.end() if match else self.at
        closed = end > self.at and self.line[end - 1] == self.quote
        self._add(end, "string")
        if closed or end < len(self.line):
            self.quote = ""

    def _word(self, word: str, end: int, *, argument: bool) -> None:
        if self.expects == "tag":
            self._tag_name(word, end)
            return
        if self.expects == "filter":
            self._add(end, "filter")
        elif self.line[self.at - 1 : self.at] == ".":
            self._add(end, "variable")
        elif word in _VALUES:
            self._add(end, "number")
        elif argument or (word in _WORDS and self.liquid != "output"):
            self._add(end, "operator")
        else:
            self._add(end, "variable")
        self.expects = ""

    def _tag_name(self, word: str, end: int) -> None:
        self._add(end, "tag")
        self.expects = ""
        if word in _BLOCK_END:
            self.block = word
        elif word in ("endraw", "endcomment"):
            self.block = ""
        elif word == "liquid":
            self.liquid = "lines"

    def _remark(self, end: int) -> None:
        if self.expects == "tag":
            self._add(end, "comment")
            if self.liquid == "tag":
                self.liquid = "remark"
            else:
                self._add(len(self.line), "comment")
        else:
            self._add(end, None)

    def _close(self, end: int) -> None:
        self._add(end, "delimiter")
        self.liquid, self.expects = "", ""


@lru_cache(maxsize=2_048)
def _cached(line: str, state: State) -> tuple[tuple[Span, ...], State]:
    return _Reader(line, state).read()
