"""Words and sentences: titles, slugs, counting, plurals, lists in prose."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from cio_tui.liquid.filters import javascript as js
from cio_tui.liquid.filters.calling import Filter
from cio_tui.liquid.filters.values import Values

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SPACE_RUN = re.compile(f"[{js.SPACES}]+")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_PRETTY = frozenset("._~!$&'()+,;=@")
_SLUG_MODES = ("default", "raw", "pretty", "ascii", "latin")
_LATIN = str.maketrans(
    {
        **dict.fromkeys("àáâãäå", "a"),
        **dict.fromkeys("èéêë", "e"),
        **dict.fromkeys("ìíîï", "i"),
        **dict.fromkeys("òóôõöø", "o"),
        **dict.fromkeys("ùúûü", "u"),
        **dict.fromkeys("ýÿ", "y"),
        "æ": "ae",
        "ç": "c",
        "ð": "d",
        "ñ": "n",
        "þ": "th",
        "Þ": "th",
        "ß": "ss",
        "ẞ": "ss",
        "œ": "oe",
        "Œ": "oe",
    }
)


def slugify(value: object, mode: object = "default", cased: object = False) -> str:
    """The text as part of an address. `mode` says what survives: `default`, `raw`, `pretty`, `ascii`, `latin`; else all does."""
    text, how = js.to_text(value), js.to_text(mode)
    if how in _SLUG_MODES:
        text = _dashed(text.translate(_LATIN) if how == "latin" else text, how)
        text = text.removeprefix("-").removesuffix("-")
    return text if js.given(cased) else text.lower()


def _dashed(text: str, mode: str) -> str:
    if mode == "raw":
        return _SPACE_RUN.sub("-", text)
    if mode == "ascii":
        return re.sub("[^A-Za-z0-9]+", "-", text)
    kept = [character if _in_slug(character, mode) else "\0" for character in text]
    return re.sub("\0+", "-", "".join(kept))


def _in_slug(character: str, mode: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd" or (mode == "pretty" and character in _PRETTY)


def number_of_words(value: object, mode: object = None) -> int:
    """How many words there are; with `cjk` or `auto`, each character of Chinese, Japanese or Korean is one."""
    text = js.to_text(value)
    ideographs = 0
    if mode in ("cjk", "auto"):
        text, ideographs = _IDEOGRAPH.subn(" ", text)
    return ideographs + sum(1 for word in _SPACE_RUN.split(text) if word)


def array_to_sentence_string(value: object, connector: object = "and") -> object:
    """The items as a sentence has them: `a, b, and c`. What is no array stays as it is."""
    if not isinstance(value, list):
        return "" if value is None else value
    items, word = js.to_list(value), js.to_text(connector)
    if len(items) > 2:
        return js.comma_joined(items[:-1], ", ") + f", {word} {js.stringified(items[-1])}"
    if len(items) == 2:
        return f"{js.stringified(items[0])} {word} {js.stringified(items[1])}"
    return items[0] if items else ""


LATEST: Final[Mapping[str, Filter]] = {
    "array_to_sentence_string": array_to_sentence_string,
    "number_of_words": number_of_words,
    "slugify": slugify,
}


def own(values: Values) -> dict[str, Filter]:
    """Customer.io's own, in either profile."""

    def titlecase(value: object) -> str:
        """Each word with a capital. What becomes of capitals within a word is not documented; we make them small."""
        return _WORD.sub(lambda found: found[0].capitalize(), values.text(value))

    def pluralize(value: object, one: object, many: object) -> str:
        """The count and the word for it: `3 | pluralize: "item", "items"` is `3 items`."""
        return f"{values.text(value)} {values.text(one if values.number(value) == 1 else many)}"

    def contains(value: object, part: object) -> bool:
        """Whether the text has the part in it, or the array such an item."""
        if isinstance(value, list):
            return any(values.equal(item, part) for item in value)
        return values.text(part) in values.text(value)

    return {"contains": contains, "pluralize": pluralize, "titlecase": titlecase}
