"""Text filters of both engines: parts, case, white space, replacing, splitting and joining words."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Final

from cio_tui.liquid.filters import javascript as js
from cio_tui.liquid.filters import ruby
from cio_tui.liquid.filters.calling import Filter, exact
from cio_tui.liquid.filters.plain import bounded

_SPACE_RUN = re.compile(f"[{js.SPACES}]+")
_NEWLINE = re.compile(r"\r?\n")
_RUBY_SPACE_RUN = re.compile(r"[\t\n\v\f\r ]+")
_RUBY_REFERENCE = re.compile(r"\\(?:[0-9&'`\\]|k<[^>]*>)")


@exact
def append(value: object, tail: object) -> str:
    """The text with another behind it."""
    return js.to_text(value) + js.to_text(tail)


@exact
def prepend(value: object, head: object) -> str:
    """The text with another before it."""
    return js.to_text(head) + js.to_text(value)


def upcase(value: object) -> str:
    """The text in capitals."""
    return js.to_text(value).upper()


def downcase(value: object) -> str:
    """The text in small letters."""
    return js.to_text(value).lower()


def capitalize(value: object) -> str:
    """The first letter as a capital, all others small."""
    text = js.to_text(value)
    return text[:1].upper() + text[1:].lower()


def strip(value: object, characters: object = None) -> str:
    """White space, or the characters given, off both ends."""
    return js.to_text(value).strip(_stripped(characters))


def lstrip(value: object, characters: object = None) -> str:
    """White space, or the characters given, off the beginning."""
    return js.to_text(value).lstrip(_stripped(characters))


def rstrip(value: object, characters: object = None) -> str:
    """White space, or the characters given, off the end."""
    return js.to_text(value).rstrip(_stripped(characters))


def _stripped(characters: object) -> str:
    return js.to_text(characters) if js.given(characters) else js.SPACES


def strip_newlines(value: object) -> str:
    """The text on one line."""
    return _NEWLINE.sub("", js.to_text(value))


def normalize_whitespace(value: object) -> str:
    """Each run of white space as one space."""
    return _SPACE_RUN.sub(" ", js.to_text(value))


def squish(value: object) -> str:
    """As `normalize_whitespace`, and none at the ends."""
    return normalize_whitespace(value).strip(" ")


def replace(value: object, old: object = None, new: object = None) -> str:
    """Every occurrence replaced. An empty pattern stands between all characters, and not at the ends."""
    text, old, new = js.to_text(value), js.to_text(old), js.to_text(new)
    if not old:
        bounded(len(text) * (1 + len(new)))
        return new.join(text)
    return replaced(text, old, new)


def replaced(text: str, old: str, new: str) -> str:
    """`str.replace`, refused before it makes more than a message may have."""
    if len(new) > len(old):
        bounded(len(text) + text.count(old) * (len(new) - len(old)))
    return text.replace(old, new)


def replace_first(value: object, old: object = None, new: object = None) -> str:
    """The first occurrence replaced; an empty pattern is found at the beginning."""
    return js.to_text(value).replace(js.to_text(old), js.to_text(new), 1)


def replace_last(value: object, old: object = None, new: object = None) -> str:
    """The last occurrence replaced; an empty pattern is found at the end."""
    return _last_replaced(js.to_text(value), js.to_text(old), js.to_text(new))


def _last_replaced(text: str, old: str, new: str) -> str:
    place = text.rfind(old)
    return text if place < 0 else text[:place] + new + text[place + len(old) :]


def remove(value: object, old: object = None) -> str:
    """Every occurrence taken out."""
    text, old = js.to_text(value), js.to_text(old)
    return text.replace(old, "") if old else text


def remove_first(value: object, old: object = None) -> str:
    """The first occurrence taken out."""
    return replace_first(value, old)


def remove_last(value: object, old: object = None) -> str:
    """The last occurrence taken out."""
    return replace_last(value, old)


def split(value: object, separator: object = None) -> list[str]:
    """The parts between separators, without empty ones at the end; no separator splits into characters."""
    text, separator = js.to_text(value), js.to_text(separator)
    return without_empty_end(text.split(separator) if separator else list(text))


def without_empty_end(parts: list[str]) -> list[str]:
    """The list up to its last part that is not empty."""
    while parts and not parts[-1]:
        parts.pop()
    return parts


def truncate(value: object, length: object = 50, ending: object = "...") -> object:
    """At most `length` characters, the ending among them."""
    text, most, ending = js.to_text(value), _upwards(length), js.to_text(ending)
    if not text or js.length(text) <= most:
        return value
    return js.cut(text, 0, max(most - js.length(ending), 0)) + ending


def truncatewords(value: object, words: object = 15, ending: object = "...") -> str:
    """At most so many words, with the ending when there were that many or more."""
    parts, most = _SPACE_RUN.split(js.to_text(value).lstrip(js.SPACES)), js.coerced(words)
    most = 1 if most <= 0 else most
    kept = " ".join(parts[: js.index(most)])
    return kept + js.to_text(ending) if len(parts) >= most else kept


def _upwards(value: object) -> int:
    number = js.to_number(value)
    return js.index(math.ceil(number) if math.isfinite(number) else number)


def slice_(value: object, start: object = math.nan, count: object = 1) -> object:
    """So many characters of a text, or items of an array, from a position on; a negative number counts from the end.

    An emoji is one character here, unlike in `size` and `truncate`. A negative position that is text counts as 0: LiquidJS writes
    it behind the length, and gets no number.
    """
    if value is None or (isinstance(value, list) and math.isnan(js.coerced(start))):
        return []
    held = value if isinstance(value, list) else js.to_text(value)
    whole = js.index if isinstance(value, list) else _upwards
    begin, many = whole(start), whole(count)
    if begin < 0:
        begin = 0 if isinstance(start, str) else begin + len(held)
    return held[:0] if begin < 0 or many <= 0 else held[begin : begin + many]


LATEST: Final[Mapping[str, Filter]] = {
    "append": append,
    "capitalize": capitalize,
    "downcase": downcase,
    "lstrip": lstrip,
    "normalize_whitespace": normalize_whitespace,
    "prepend": prepend,
    "remove": remove,
    "remove_first": remove_first,
    "remove_last": remove_last,
    "replace": replace,
    "replace_first": replace_first,
    "replace_last": replace_last,
    "rstrip": rstrip,
    "slice": slice_,
    "split": split,
    "squish": squish,
    "strip": strip,
    "strip_newlines": strip_newlines,
    "truncate": truncate,
    "truncatewords": truncatewords,
    "upcase": upcase,
}


def _legacy_case(change: Callable[[str], str]) -> Filter:
    def changed(value: object) -> str:
        return change(ruby.to_text(value))

    return changed


def _ruby_append(value: object, tail: object) -> str:
    return ruby.to_text(value) + ruby.to_text(tail)


def _ruby_prepend(value: object, head: object) -> str:
    return ruby.to_text(head) + ruby.to_text(value)


def _ruby_capital(text: str) -> str:
    return text[:1].title() + text[1:].lower()


def _expanded(new: str, old: str) -> str:
    """A replacement as Ruby's `gsub` reads it: `\\\\` is a backslash, `\\0` what was found, and a group is empty."""

    def one(found: re.Match[str]) -> str:
        mark = found[0][1]
        return "\\" if mark == "\\" else old if mark in "0&" else ""

    return _RUBY_REFERENCE.sub(one, new) if "\\" in new else new


def _ruby_replace(value: object, old: object, new: object = "") -> str:
    text, old = ruby.to_text(value), ruby.to_text(old)
    new = _expanded(ruby.to_text(new), old)
    if not old:
        bounded((len(text) + 1) * (1 + len(new)))
    return replaced(text, old, new)


def _ruby_replace_first(value: object, old: object, new: object = "") -> str:
    old = ruby.to_text(old)
    return ruby.to_text(value).replace(old, _expanded(ruby.to_text(new), old), 1)


def _ruby_replace_last(value: object, old: object, new: object) -> str:
    return _last_replaced(ruby.to_text(value), ruby.to_text(old), ruby.to_text(new))


def _ruby_remove(value: object, old: object) -> str:
    return _ruby_replace(value, old)


def _ruby_remove_first(value: object, old: object) -> str:
    return _ruby_replace_first(value, old)


def _ruby_remove_last(value: object, old: object) -> str:
    return _ruby_replace_last(value, old, "")


def _ruby_split(value: object, separator: object) -> list[str]:
    text, separator = ruby.to_text(value), ruby.to_text(separator)
    if separator == " ":
        return [part for part in _RUBY_SPACE_RUN.split(text) if part]
    return without_empty_end(text.split(separator) if separator else list(text))


def _ruby_truncate(value: object, length: object = 50, ending: object = "...") -> str | None:
    if value is None:
        return None
    text, most, ending = ruby.to_text(value), ruby.to_integer(length), ruby.to_text(ending)
    return text[: max(most - len(ending), 0)] + ending if len(text) > most else text


def _ruby_truncatewords(value: object, words: object = 15, ending: object = "...") -> str | None:
    if value is None:
        return None
    text, most = ruby.to_text(value), max(ruby.to_integer(words), 1)
    parts = _RUBY_SPACE_RUN.split(text.lstrip("\t\n\v\f\r "), maxsplit=most)
    return text if len(parts) <= most else " ".join(parts[:most]) + ruby.to_text(ending)


def _ruby_slice(value: object, start: object, count: object = None) -> object:
    held = value if isinstance(value, list) else ruby.to_text(value)
    begin = ruby.to_integer(start)
    many = ruby.to_integer(count) if ruby.truthy(count) else 1
    begin = begin + len(held) if begin < 0 else begin
    if begin < 0 or many < 0:
        return held[:0]
    return held[begin : begin + many]


LEGACY: Final[Mapping[str, Filter]] = {
    "append": _ruby_append,
    "capitalize": _legacy_case(_ruby_capital),
    "downcase": _legacy_case(str.lower),
    "lstrip": _legacy_case(lambda text: text.lstrip(ruby.SPACES)),
    "prepend": _ruby_prepend,
    "remove": _ruby_remove,
    "remove_first": _ruby_remove_first,
    "remove_last": _ruby_remove_last,
    "replace": _ruby_replace,
    "replace_first": _ruby_replace_first,
    "replace_last": _ruby_replace_last,
    "rstrip": _legacy_case(lambda text: text.rstrip(ruby.SPACES)),
    "slice": _ruby_slice,
    "split": _ruby_split,
    "strip": _legacy_case(lambda text: text.strip(ruby.SPACES)),
    "strip_newlines": _legacy_case(lambda text: _NEWLINE.sub("", text)),
    "truncate": _ruby_truncate,
    "truncatewords": _ruby_truncatewords,
    "upcase": _legacy_case(str.upper),
}
