"""Where the outputs, tags and blocks of a text stand, finished or not: what no tree keeps and an editor has to know.

One pass whose time grows with the length of the text. What is left open ends at the next opener.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_OPENER: Final = re.compile(r"\{\{-?|\{%-?")
_STOP: Final = {
    "{{": re.compile(r"(?P<close>-?\}\})|(?P<open>\{[{%])|\"(?:(?!\}\})[^\"])*\"|'(?:(?!\}\})[^'])*'"),
    "{%": re.compile(r"(?P<close>-?%\})|(?P<open>\{[{%])|\"(?:(?!%\})[^\"])*\"|'(?:(?!%\})[^'])*'"),
}
_NAME: Final = re.compile(r"\s*(#|[\w-]*)")
_ENDS: Final = {name: re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}") for name in ("raw", "comment")}
BLOCKS: Final = ("if", "unless", "case", "for", "tablerow", "capture", "ifchanged", "raw", "comment")
"""Tags that need an end tag."""
PARTS: Final = {
    "if": ("elsif", "else"),
    "unless": ("elsif", "else"),
    "case": ("when", "else"),
    "for": ("else",),
}
"""Tags that part a block."""


@dataclass(frozen=True, slots=True)
class Markup:
    """An output or a tag from `start` up to `end`; `name` is the tag's, at `name_start`. What is inside ends at `inner_end`."""

    start: int
    end: int
    inner_end: int
    name_start: int
    name: str
    is_tag: bool
    closed: bool


@dataclass(slots=True)
class Block:
    """A block's tags: the one that opens it, those that part it, and its end tag, None while it is open."""

    parts: list[Markup]
    end: Markup | None = None

    @property
    def name(self) -> str:
        """The name of the tag that opens it."""
        return self.parts[0].name

    def span(self, part: int) -> tuple[int, int]:
        """From a part's tag up to the tag that ends that part."""
        after = self.parts[part + 1] if part + 1 < len(self.parts) else self.end
        return self.parts[part].start, after.start if after else self.parts[part].end


def markup_of(source: str) -> list[Markup]:
    """Every output and tag of a text, those inside `raw` and `comment` left out."""
    found: list[Markup] = []
    lost: set[str] = set()
    at = 0
    while opener := _OPENER.search(source, at):
        one = _read(source, opener)
        found.append(one)
        at = one.end
        if one.name in _ENDS and one.closed and one.name not in lost:
            end = _ENDS[one.name].search(source, at)
            if end is None:
                lost.add(one.name)
            at = end.start() if end else at
    return found


def _read(source: str, opener: re.Match[str]) -> Markup:
    is_tag = opener.group().startswith("{%")
    name = _NAME.match(source, opener.end()) if is_tag else None
    at, closed = opener.end(), False
    inner_end = end = len(source)
    while stop := _STOP[opener.group()[:2]].search(source, at):
        if stop.lastgroup:
            closed = stop.lastgroup == "close"
            inner_end, end = stop.start(), stop.end() if closed else stop.start()
            break
        at = stop.end()
    start = name.start(1) if name else opener.end()
    return Markup(opener.start(), end, inner_end, min(start, inner_end), name.group(1) if name else "", is_tag, closed)


def blocks_of(found: Iterable[Markup]) -> tuple[list[Block], list[Block]]:
    """All blocks in the order in which they open, and those that are still open at the end, the innermost last.

    An end tag closes the innermost block of its name and everything inside that.
    """
    blocks: list[Block] = []
    open_blocks: list[Block] = []
    open_names: Counter[str] = Counter()
    for one in found:
        if not one.is_tag or not one.closed:
            continue
        if one.name in BLOCKS:
            block = Block([one])
            blocks.append(block)
            open_blocks.append(block)
            open_names[one.name] += 1
        elif open_blocks and one.name in PARTS.get(open_blocks[-1].name, ()):
            open_blocks[-1].parts.append(one)
        elif one.name.startswith("end") and open_names[one.name[3:]]:
            closed = None
            while closed is None or f"end{closed.name}" != one.name:
                closed = open_blocks.pop()
                open_names[closed.name] -= 1
            closed.end = one
    return blocks, open_blocks
