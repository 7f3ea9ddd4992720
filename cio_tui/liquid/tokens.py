"""Text into tokens, in one pass: how long it takes grows with the length of the text and with nothing else.

python-liquid's own tokenizer needs time that grows with the square of the length when something is left open, and it does not say
where. The tokens are its own kind, so that its tree can be built from them: an output or a tag, followed by its expression if
there is one, and content between them with white space already cut where a `-` asks for it.
"""

import re
from typing import Final

from liquid.token import TOKEN_CONTENT, TOKEN_EXPRESSION, TOKEN_OUTPUT, TOKEN_TAG, Token

from cio_tui.liquid.limits import MARKUPS
from cio_tui.liquid.sheet import Sheet

BLANKS: Final = (
    "\t\n\v\f\r \xa0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""What counts as white space in Liquid."""

RAW: Final = "raw"
"""Text between `raw` and `endraw`."""

_OPENER: Final = re.compile(r"\{[{%]")
_OUTPUT_STOP: Final = re.compile(r"\}\}|\{[{%]|[\"']")
_LEGACY_OUTPUT_STOP: Final = re.compile(r"\}\}?|\{[{%]|[\"']")
_TAG_STOP: Final = re.compile(r"%\}|\{%|[\"']")
_HEAD: Final = re.compile(r"\{%-?[ \t\n\v\f\r]*(#|[\w?-]+)")
_QUOTED: Final = {quote: re.compile(rf"(?:[^{quote}\\]|\\.)*+{quote}", re.DOTALL) for quote in "\"'"}
_NAME: Final = re.compile(r"#|[\w?-]+")
_ENDRAW: Final = re.compile(r"\{%[ \t\n\v\f\r]*endraw[ \t\n\v\f\r]*(-?)%\}")
_FREE_TEXT: Final = frozenset({"#", "comment", "endcomment", "cio_link", "countdown", "liquid"})
"""Tags whose text may hold an opener that is not one."""


class Scanner:
    """One pass over one text."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.source = sheet.source
        self.tokens: list[Token] = []
        self.cut = BLANKS if sheet.profile == "latest" else "\t\n\v\f\r \0"
        self.trims = False  # the markup before ended in `-`
        self.markups = 0
        self.lost: set[str] = set()  # closers that do not come any more: looked for once, not again

    def scan(self) -> list[Token]:
        """The tokens of the text; what is left open is written to the sheet and read as text."""
        source, at, kept = self.source, 0, 0
        while (opener := _OPENER.search(source, at)) is not None:
            start = opener.start()
            is_output = source[start + 1] == "{"
            end = self._output_end(start) if is_output else self._tag_end(start)
            if end < 0:
                at = start + 2
                if self.sheet.full:
                    break
                continue
            self.markups += 1
            if self.markups > MARKUPS:
                self.sheet.report("limit", f"This text has more than {MARKUPS:,} tags and outputs", start, 2)
                return self.tokens
            self._content(kept, start, trim_end=source[start + 2] == "-")
            at = kept = self._output(start, end) if is_output else self._tag(start, end)
        self._content(kept, len(source), trim_end=False)
        return self.tokens

    def _content(self, start: int, end: int, *, trim_end: bool) -> None:
        text = self.source[start:end]
        if self.trims:
            text = text.lstrip(self.cut)
            start = end - len(text)
        if trim_end:
            text = text.rstrip(self.cut)
        self.trims = False
        if text:
            self.tokens.append(Token(TOKEN_CONTENT, text, start, self.source))

    def _inner(self, start: int, end: int) -> tuple[int, int]:
        """Where the inside of the markup begins and ends, without `-` and white space."""
        source = self.source
        left, right = start + 2, end - 2
        self.trims = source[right - 1] == "-" and right > left
        left += source[left] == "-"
        right = max(right - self.trims, left)
        inside = source[left:right]
        left += len(inside) - len(inside.lstrip(BLANKS))
        return left, max(right - len(inside) + len(inside.rstrip(BLANKS)), left)

    def _output(self, start: int, end: int) -> int:
        left, right = self._inner(start, end)
        self.tokens.append(Token(TOKEN_OUTPUT, self.source[start:end], start, self.source))
        self.tokens.append(Token(TOKEN_EXPRESSION, self.source[left:right], left, self.source))
        return end

    def _tag(self, start: int, end: int) -> int:
        left, right = self._inner(start, end)
        name = _NAME.match(self.source, left, right)
        if name is None:
            self.sheet.report("syntax", "This tag has no name", start, end - start, "Write what it does, as in {% if … %}.")
            return end
        if name[0] == "raw":
            return self._raw(start, end)
        self.tokens.append(Token(TOKEN_TAG, name[0], left, self.source))
        rest = self.source[name.end() : right]
        begin = right - len(rest.lstrip(BLANKS))
        if begin < right:
            self.tokens.append(Token(TOKEN_EXPRESSION, self.source[begin:right], begin, self.source))
        return end

    def _raw(self, start: int, end: int) -> int:
        closer = None if "endraw" in self.lost else _ENDRAW.search(self.source, end)
        if closer is None:
            self.lost.add("endraw")
            hint = "Write {% endraw %} where the text ends that is printed as it is. {%- endraw %} does not end it."
            self.sheet.report("unclosed", "raw tag was never closed", start, end - start, hint)
            return end
        text = self.source[end : closer.start()]
        if text:
            self.tokens.append(Token(RAW, text, end, self.source))
        if self.sheet.profile == "latest":
            self.trims = bool(closer[1])  # in Ruby's Liquid it is the `-` of the opener that cuts what comes after the closer
        return closer.end()

    def _output_end(self, start: int) -> int:
        """The offset after the `}}` that closes the output, or -1: then it is written to the sheet."""
        latest = self.sheet.profile == "latest"
        end = self._closer(start, _OUTPUT_STOP if latest else _LEGACY_OUTPUT_STOP, "}}", quotes_hide_it=latest)
        if end == -1:
            message = "Variable '{{' was not properly terminated with regexp: /}}/"
            self.sheet.report("unclosed", message, start, 2, "Write }} after the value.")
        return end

    def _tag_end(self, start: int) -> int:
        """The offset after the `%}` that closes the tag, or -1: then it is written to the sheet."""
        head = _HEAD.match(self.source, start)
        if head is not None and head[1] in _FREE_TEXT:
            end = -1 if "%}" in self.lost else self.source.find("%}", head.end()) + 2
            if end < 2:
                self.lost.add("%}")
                end = -1
        else:
            end = self._closer(start, _TAG_STOP, "%}", quotes_hide_it=False)
            if end < 0 and head is not None and "%}" not in self.lost:
                self.tokens.append(Token(TOKEN_TAG, head[1], head.start(1), self.source))
                self.tokens.append(Token(TOKEN_EXPRESSION, "nil", head.end(), self.source))
        if end < 0:
            message = "Tag '{%' was not properly terminated with regexp: /%}/"
            self.sheet.report("unclosed", message, start, 2, "Write %} at the end of the tag.")
        return end

    def _closer(self, start: int, stop: re.Pattern[str], closer: str, *, quotes_hide_it: bool) -> int:
        """Where the markup ends: after its closer. −1: another opener comes first, or none comes. −2: so too, but it is told."""
        at = start + 2
        while closer not in self.lost:
            found = stop.search(self.source, at)
            if found is None:
                self.lost.add(closer)
                break
            if found[0] == closer:
                return found.end()
            if found[0] not in _QUOTED:
                break
            at = found.end()
            closing = None if found[0] in self.lost else _QUOTED[found[0]].match(self.source, at)
            if closing is None:
                self.lost.add(found[0])
                if quotes_hide_it:
                    hint = f"Close the {found[0]} before {closer}, or leave it out."
                    self.sheet.report("unclosed", f"The quotation mark {found[0]} is never closed", at - 1, 1, hint)
                    return -2
            elif quotes_hide_it or closer[-1 if closer == "}}" else 0 :] not in closing[0]:
                at = closing.end()
        return -1


def scan(sheet: Sheet) -> list[Token]:
    """The tokens of the sheet's text."""
    return Scanner(sheet).scan()
