"""What somebody may have meant by a name that nobody knows."""

from collections.abc import Collection, Iterable

from rapidfuzz import fuzz, process

from cio_tui.liquid.profiles import Profile


def other_profile(profile: Profile) -> Profile:
    """The profile that this one is not."""
    return "legacy" if profile == "latest" else "latest"


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like a name, or no text when none is like it."""
    words = [word for word in known if isinstance(word, str)]
    found = process.extractOne(name.lower(), words, scorer=fuzz.ratio, score_cutoff=70)
    return "" if found is None else str(found[0])


def suggestion(name: str, known: Iterable[str], elsewhere: Collection[str], profile: Profile) -> str:
    """A hint for an unknown filter or tag: the other profile has it, or another name is near."""
    if name in elsewhere:
        return f"Only {other_profile(profile)} Liquid has it; this message is {profile}."
    near = nearest(name, known)
    return f"Did you mean {near}?" if near else ""
