"""What may be written at the cursor: paths of the data, names of the text, filters and tags.

The text need not be finished. Only what stands before the cursor is read, in time that grows with its length.
"""

import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final, Literal

from cio_tui.liquid.filters.registry import filters_of
from cio_tui.liquid.known_paths import Branch, Known
from cio_tui.liquid.markup import PARTS, Block, Markup, blocks_of, markup_of
from cio_tui.liquid.names_here import LOOPS, names_here, values_here
from cio_tui.liquid.places import plain, spell
from cio_tui.liquid.profiles import Profile
from cio_tui.liquid.tag_help import CONSTANTS, LOOP_FACTS, PART_HELP, tags_of
from cio_tui.liquid.values import LENIENT_KEYS, STRICT_KEYS, Names, Values

Kind = Literal["name", "path", "key", "filter", "tag", "partial", "constant"]

_MOST: Final = 100
_REST_OF_WORD: Final = re.compile(r"[\w-]*\??")
_REST_OF_BRACKET: Final = re.compile(r"[\w .-]*[\"'] *\]|[\w-]*[\"']?\]?")
_TOKEN: Final = re.compile(
    r"(?P<path>[^\W\d][\w-]*\??(?:\.(?!\.)[\w-]*\??|\[\s*(?:\"[^\"]*\"|'[^']*'|-?\d+|[\w.-]+)\s*\])*(?:\[\s*(?:[\"'][^\"']*)?\Z)?)"
    r"|(?P<string>\"[^\"]*\"|'[^']*')|(?P<open>[\"'][^\"']*\Z)|(?P<number>-?\d[\d.]*)|(?P<sign>\.\.|[!=<>]{1,2}|[|:,()\[\]])"
)
_LAST_STEP: Final = re.compile(r"(?:\.(?P<name>[\w-]*\??)|\[\s*[\"']?(?P<quoted>[^\"'\[\]]*))\Z")
_PLAIN: Final = re.compile(r"[A-Za-z_][\w-]*\??")
_ENDS_OF_A_LIST: Final = {"first": "its first element", "last": "its last element", "size": "how many elements it has"}
_JOINING: Final = frozenset({"and", "or", "not", "contains", "in", "with", "for"})
_COMPARING: Final = frozenset({"==", "!=", "<>"})


@dataclass(frozen=True, slots=True)
class Completion:
    """A text that may stand in place of the characters `start` up to `end`; `label` is what a list shows, `help` what it is."""

    text: str
    start: int
    end: int
    label: str
    kind: Kind
    help: str = ""


def complete(source: str, offset: int, known: Known, profile: Profile = "latest") -> list[Completion]:
    """What fits at an offset of a text, best first; nothing outside of Liquid. `known` is what the data is known to hold."""
    before = markup_of(source[:offset])
    if not before or before[-1].closed or before[-1].end != offset:
        return []
    return list(islice(_Cursor(source, offset, before, known, profile).completions(), _MOST))


@cache
def filter_help(profile: Profile) -> dict[str, tuple[str, str]]:
    """For each filter the names of its arguments and what it does, as its own documentation says."""
    latest = filters_of("latest")
    found = {}
    for name, function in filters_of(profile).items():
        told = function if function.__doc__ else latest.get(name, function)
        arguments = [
            each.name if each.kind is not inspect.Parameter.KEYWORD_ONLY else f"{each.name}: …"
            for each in list(inspect.signature(told).parameters.values())[1:]
            if each.name != "context" and not each.name.startswith("_")
        ]
        found[name] = (", ".join(arguments), (inspect.getdoc(told) or "").partition("\n")[0])
    return found


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    text: str
    start: int


class _Cursor:
    """A place in an output or tag that is not closed before it."""

    def __init__(self, source: str, offset: int, before: list[Markup], known: Known, profile: Profile) -> None:
        self.source, self.offset = source, offset
        self.here, self.before = before[-1], before[:-1]
        self.known, self.profile = known, profile
        self.inside = self.here.name_start + len(self.here.name)

    def completions(self) -> Iterator[Completion]:
        """Everything that fits."""
        here = self.here
        _, open_blocks = blocks_of(self.before)
        innermost = open_blocks[-1] if open_blocks else None
        if here.is_tag and self.inside == self.offset:
            return self._tags(innermost)
        if here.name in ("comment", "raw", "#", "capture") or here.name.startswith("end") or _is_verbatim(innermost):
            return iter(())
        words = [
            _Word(each.lastgroup or "", each.group(), each.start())
            for each in _TOKEN.finditer(self.source, self.inside, self.offset)
        ]
        touched = bool(words) and words[-1].start + len(words[-1].text) == self.offset
        if touched and words[-1].kind == "open":
            return self._in_quotes(words[:-1], words[-1])
        if touched and words[-1].kind == "path":
            return self._word(words[:-1], words[-1])
        return self._word(words, _Word("path", "", self.offset))

    def _word(self, words: list[_Word], word: _Word) -> Iterator[Completion]:
        previous = words[-1] if words else None
        if previous and previous.text == "|":
            return self._filters(word)
        if not self._expects_value(words):
            return iter(())
        step = _LAST_STEP.search(word.text)
        return (
            self._steps(word, step) if step else self._heads(word, compared=previous is not None and previous.text in _COMPARING)
        )

    def _expects_value(self, words: list[_Word]) -> bool:
        """Whether a value comes next, and not a new name, an operator or the end."""
        opener = {"assign": "=", "for": "in", "tablerow": "in"}.get(self.here.name)
        if opener and all(word.text != opener for word in words):
            return False
        return not words or words[-1].kind == "sign" or (words[-1].kind == "path" and words[-1].text in _JOINING)

    def _tags(self, innermost: Block | None) -> Iterator[Completion]:
        offered: list[tuple[str, str, str]] = []
        if innermost:
            line = self.source.count("\n", 0, innermost.parts[0].start) + 1
            offered.append((f"end{innermost.name}", "", f"closes the `{innermost.name}` of line {line}"))
            offered += [(part, PART_HELP[part].arguments, PART_HELP[part].help) for part in PARTS.get(innermost.name, ())]
        if not _is_verbatim(innermost):
            offered += [(name, words.arguments, words.help) for name, words in tags_of(self.profile).items()]
        for name, arguments, words in offered:
            if name.startswith(self.here.name):
                yield Completion(name, self.here.name_start, self._end(), f"{name} {arguments}".strip(), "tag", words)

    def _filters(self, word: _Word) -> Iterator[Completion]:
        for name, (arguments, words) in filter_help(self.profile).items():
            if name.startswith(word.text):
                label = f"{name}: {arguments}" if arguments else name
                yield Completion(name, word.start, self._end(), label, "filter", words)

    def _in_quotes(self, words: list[_Word], word: _Word) -> Iterator[Completion]:
        """Inside quotes: a property of elements as in `map: "…"`, or the name of a partial."""
        typed, start = word.text[1:], word.start + 1
        if self.here.is_tag and self.here.name in ("include", "render") and not words:
            for name in self.known.snippets:
                if name.startswith(typed):
                    yield Completion(name, start, self._end(), name, "partial")
        if [each.text for each in words[-1:]] != [":"] or words[-2].text not in LENIENT_KEYS | STRICT_KEYS:
            return
        opener = next((each for each in words if self.here.is_tag and each.text in ("=", "in")), None)
        value = self.source[opener.start + len(opener.text) if opener else self.inside : words[-3].start]
        values = values_here(value, self._names(), self.profile)
        for branch in self._branches(values):
            for key, child in (branch.element or branch).keys.items():
                if key.startswith(typed):
                    yield Completion(key, start, self._end(), key, "key", child.help)

    def _steps(self, word: _Word, step: re.Match[str]) -> Iterator[Completion]:
        """Keys of what stands before the last dot or bracket."""
        bracketed = step["name"] is None
        typed = step["quoted"] if bracketed else step["name"]
        base = word.text[: step.start()]
        seen: set[str] = set()
        names = self._names()
        if base in LOOPS.values() and base in names:
            branches: Iterable[Branch] = [Branch({name: Branch(help=words) for name, words in LOOP_FACTS.items()})]
        else:
            branches = self._branches(values_here(base, names, self.profile))
        for key, words in (each for branch in branches for each in self._keys(branch)):
            if key.startswith(typed) and key not in seen:
                seen.add(key)
                text = f".{key}" if _PLAIN.fullmatch(key) and not bracketed else _bracketed(key)
                yield Completion(text, word.start + step.start(), self._end(bracketed=bracketed), key, "key", words)

    def _keys(self, branch: Branch) -> Iterator[tuple[str, str]]:
        children = list(branch.keys.items())
        if self.here.name in LOOPS:
            children.sort(key=lambda child: child[1].element is None)
        for key, child in children:
            yield key, child.help or ("a list" if child.element else "")
        if branch.element:
            yield from _ENDS_OF_A_LIST.items()

    def _heads(self, word: _Word, *, compared: bool) -> Iterator[Completion]:
        """Names of the text, namespaces, and any path whose last key is being written."""
        offered: list[tuple[str, Kind, str]] = []
        if compared:
            offered += [(name, "constant", words) for name, words in CONSTANTS.items()]
        offered += [(name, "name", _standing_for(name, values)) for name, values in reversed(self._names().items())]
        offered += [(name, "path", branch.help) for name, branch in self.known.tree.keys.items()]
        for name, kind, words in offered:
            if name.startswith(word.text):
                yield Completion(name, word.start, self._end(), name, kind, words)
        for key, path, words in self.known.everything() if word.text else ():
            if key.startswith(word.text):
                yield Completion(path, word.start, self._end(), path, "path", words)

    def _names(self) -> Names:
        return names_here(self.source, self.before, self.profile)

    def _branches(self, values: Values) -> Iterator[Branch]:
        for value in values:
            if value.members is not None:
                yield Branch({"name": Branch(help="what the group has in common"), "items": Branch(help="its members")})
            place = value.place if value.place is not None else value.elements
            branch = self.known.at(tuple(plain(place))) if place is not None else None
            if branch:
                yield branch if value.place is not None else Branch(element=branch)

    def _end(self, *, bracketed: bool = False) -> int:
        """Where the word under the cursor ends: what is left of it is replaced, too."""
        rest = (_REST_OF_BRACKET if bracketed else _REST_OF_WORD).match(self.source, self.offset)
        return rest.end() if rest else self.offset


def _is_verbatim(block: Block | None) -> bool:
    return block is not None and block.name in ("raw", "comment")


def _standing_for(name: str, values: Values) -> str:
    if name in LOOPS.values():
        return "which turn the loop is in"
    places = [place for value in values if (place := value.place or value.elements)]
    return ", ".join(spell(place) for place in places) or "a name of this text"


def _bracketed(key: str) -> str:
    quote = "'" if '"' in key else '"'
    return f"[{quote}{key}{quote}]"
