"""What the cells of an outline are offered: what the data index has seen, and the product's words. The nearest come first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cio_tui.model.activity import EVENT_TYPES
from cio_tui.model.errors import InputError
from cio_tui.segments.phrases import write_instant
from cio_tui.tui.attribute_text import written
from cio_tui.tui.building.cell_text import EVER, write_segment
from cio_tui.tui.building.outline import Outline
from cio_tui.tui.building.rows import Cell, choices, operands_of
from cio_tui.workspace import Workspace

MOST: Final = 40
_DAY: Final = 86_400
_IDENTIFIERS: Final = ("id", "email", "cio_id")
_MESSAGES: Final = tuple(
    f"{done}_{channel}"
    for channel in ("email", "push", "in_app", "sms", "webhook")
    for done in ("sent", "delivered", "opened", "clicked", "converted")
)
Examples = Mapping[str, tuple[Any, ...]]
"""By name or path, values that were seen."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A text for a cell, and what there is to know about it."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Known:
    """What a workspace has seen. `properties` has the paths of those events, by type and name, that were asked for so far."""

    now: int = 0
    attributes: Examples = field(default_factory=dict)
    events: Mapping[str, Sequence[Offer]] = field(default_factory=dict)
    segments: Sequence[str] = ()
    properties: dict[tuple[str, str], Examples] = field(default_factory=dict)


def known_of(workspace: Workspace) -> Known:
    """All that can be offered. Takes a moment in a large workspace."""
    rows = sorted(workspace.index.events(), key=lambda row: -row.count)
    events: dict[str, list[Offer]] = {
        kind: [Offer(row.name, f"{row.count:,}") for row in rows if row.type == kind] for kind in EVENT_TYPES
    }
    attributes = {row.name: row.examples for row in sorted(workspace.index.attributes(), key=lambda row: -row.people)}
    segments = [row.segment.name for row in workspace.segments.all()]
    return Known(workspace.now(), {**attributes, **dict.fromkeys(_IDENTIFIERS, ())}, events, segments)


def properties_of(workspace: Workspace, kind: str, name: str) -> Examples:
    """What the data of an event holds; nothing for one that never came."""
    found: dict[str, tuple[Any, ...]] = {}
    try:
        for one in workspace.index.properties(name, kind):
            found[one.path] = (*found.get(one.path, ()), *one.examples)
    except InputError:
        return {}
    return found


def offers(known: Known, outline: Outline, at: int, cell: Cell, typed: str) -> list[Offer]:
    """What a cell is offered for a typed text; for an empty one all that is known."""
    row = outline.rows[at]
    if cell == "kind" and outline.put(at, "kind", choices(row, "kind")[1]) is None:
        return []
    fixed = [Offer(choice) for choice in choices(row, cell)]
    if fixed:
        return ranked(typed, fixed)
    if cell == "count":
        return _counts(typed)
    if cell == "frame":
        return _frames(typed, known.now)
    if cell == "subject":
        return ranked(typed, _subjects(known, outline, at))
    if cell in ("value", "second"):
        takes = operands_of(row.operator)
        if takes in ("value", "values"):
            return ranked(typed, [Offer(written(value)) for value in _seen(known, outline, at)])
        return _moments(typed, known.now)
    return []


def ranked(typed: str, known: Iterable[Offer]) -> list[Offer]:
    """Those that have the typed letters in their order: those that begin so first, then those that hold them together."""
    wanted = typed.strip().casefold()
    if not wanted:
        return list(dict.fromkeys(known))[:MOST]
    found: list[tuple[int, Offer]] = []
    for offer in dict.fromkeys(known):
        text = offer.text.casefold()
        rank = 0 if text.startswith(wanted) else 1 if wanted in text else 2 if _has_in_order(text, wanted) else None
        if rank is not None:
            found.append((rank, offer))
    return [offer for _, offer in sorted(found, key=lambda one: one[0])][:MOST]


def _has_in_order(text: str, letters: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters if letter != " ")


def _subjects(known: Known, outline: Outline, at: int) -> Iterable[Offer]:
    row = outline.rows[at]
    if row.kind in ("attribute", "attribute_change"):
        return [Offer(name, _examples(seen)) for name, seen in known.attributes.items()]
    if row.kind == "segment":
        return [Offer(write_segment(name)) for name in known.segments]
    if row.kind == "device":
        return [Offer("platform", "ios, android"), Offer("last_used", "Unix seconds"), Offer("id")]
    if row.kind == "message":
        return [Offer(action) for action in _MESSAGES]
    if not row.is_filter:
        return known.events.get(row.kind, ())
    paths = _paths(known, outline, at)
    if row.kind == "same_element":
        arrays = dict.fromkeys(path[: path.rindex("[]")] for path in paths if "[]" in path)
        return [Offer(path, "an array") for path in arrays if path]
    return [Offer(path, _examples(seen)) for path, seen in paths.items()]


def _paths(known: Known, outline: Outline, at: int) -> Examples:
    """What the data of a where-row's occurrence holds; in *where at least one of* what its elements hold."""
    owner = outline.rows[outline.owner(at)]
    if owner.kind == "attribute_change":
        return dict.fromkeys(("from", "to"), known.attributes.get(owner.subject, ()))
    paths = known.properties.get((owner.kind, owner.subject), {})
    parent = outline.parent(at)
    if parent is None or outline.rows[parent].kind != "same_element":
        return paths
    lead = f"{outline.rows[parent].subject}[]"
    return {path[len(lead) :].removeprefix("."): seen for path, seen in paths.items() if path.startswith(lead)}


def _seen(known: Known, outline: Outline, at: int) -> Iterable[Any]:
    row = outline.rows[at]
    if row.kind == "device":
        return ("ios", "android") if row.subject == "platform" else ()
    examples = _paths(known, outline, at) if row.is_filter else known.attributes
    return [value for value in examples.get(row.subject, ()) if isinstance(value, (str, int, float, bool))]


def _examples(values: Sequence[Any]) -> str:
    return ", ".join(written(value) for value in values[:3])[:40]


def _counts(typed: str) -> list[Offer]:
    number = _number(typed) or 1
    texts = [f"{how} {number} time{'' if number == 1 else 's'}" for how in ("at least", "exactly", "at most")]
    return _fitting(typed, [Offer(text) for text in texts])


def _frames(typed: str, now: int) -> list[Offer]:
    number = _number(typed)
    rolling = _spans(lambda span: f"within {span}", [number] if number else [1, 7, 30, 90], hours=number is not None)
    days = [Offer(f"{word} {write_instant(now // _DAY * _DAY)}", note) for word, note in (("since", "today"), ("until", "today"))]
    return _fitting(typed, [*([] if number else [Offer(EVER)]), *rolling, *days])


def _moments(typed: str, now: int) -> list[Offer]:
    number = _number(typed)
    numbers = [number] if number else [1, 7, 30]
    ago = _spans(lambda span: f"{span} ago", numbers, hours=number is not None)
    ahead = _spans(lambda span: f"{span} from now", numbers, hours=number is not None)
    return _fitting(typed, [*ago, *ahead, Offer("now"), Offer(write_instant(now // _DAY * _DAY), "today")])


def _spans(say: Callable[[str], str], numbers: Iterable[int], *, hours: bool) -> list[Offer]:
    units = ("day", "hour") if hours else ("day",)
    return [Offer(say(f"{number} {unit}{'' if number == 1 else 's'}")) for number in numbers for unit in units]


def _number(typed: str) -> int | None:
    digits = "".join(char for char in typed if char in "0123456789")
    return int(digits) if digits and len(digits) < 7 else None


def _fitting(typed: str, found: list[Offer]) -> list[Offer]:
    """Those that hold the typed letters, whatever the number is written with."""
    return ranked("".join(typed.split()), found) or ranked("".join(char for char in typed if char.isdigit()), found)
