"""What somebody may have meant by a name that nobody knows."""

from collections.abc import Collection, Iterable
from typing import Final

from rapidfuzz import fuzz, process

from cio_tui.liquid.profiles import Profile

_CALLED: Final = {
    "money": "currency",
    "length": "size",
    "count": "size",
    "len": "size",
    "lower": "downcase",
    "lowercase": "downcase",
    "upper": "upcase",
    "uppercase": "upcase",
    "trim": "strip",
    "title": "titlecase",
    "number_format": "format_number",
    "number_with_delimiter": "format_number",
    "date_format": "date",
    "format_date": "date",
    "strftime": "date",
    "fallback": "default",
    "tojson": "json",
    "jsonify": "json",
    "sha": "sha1",
    "urlencode": "url_encode",
    "nl2br": "newline_to_br",
}
"""What filters are called in other products and languages, and here."""


def other_profile(profile: Profile) -> Profile:
    """The profile that this one is not."""
    return "legacy" if profile == "latest" else "latest"


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like a name, or no text when none is like it."""
    words = [word for word in known if isinstance(word, str)]
    found = process.extractOne(name.lower(), words, scorer=fuzz.ratio, score_cutoff=70)
    return "" if found is None else str(found[0])


def suggestion(name: str, known: Collection[str], elsewhere: Collection[str], profile: Profile) -> str:
    """A hint for an unknown filter or tag: the other profile has it, or another name is near."""
    if name in elsewhere:
        return f"Only {other_profile(profile)} Liquid has it; this message is {profile}."
    alias = _CALLED.get(name.lower(), "")
    near = alias if alias in known else nearest(name, known)
    return f"Did you mean {near}?" if near else ""
