"""One row of a segment's outline, as texts in cells: what can be written where, and in which words (domain.md 4.2 to 4.6)."""

from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args

from cio_tui.segments.conditions import Match
from cio_tui.segments.phrases import PHRASES, WORDINGS, folded

ConditionKind = Literal["attribute", "event", "page", "screen", "attribute_change", "segment", "device", "message"]
FilterKind = Literal["where", "same_element", "where_group"]
Kind = Literal[
    "group",
    "attribute",
    "event",
    "page",
    "screen",
    "attribute_change",
    "segment",
    "device",
    "message",
    "where",
    "same_element",
    "where_group",
]
Cell = Literal["kind", "match", "subject", "named", "performed", "count", "frame", "operator", "value", "second"]

CONDITION_KINDS: Final[tuple[ConditionKind, ...]] = get_args(ConditionKind)
FILTER_KINDS: Final[tuple[FilterKind, ...]] = get_args(FilterKind)
OCCURRENCE_KINDS: Final = ("event", "page", "screen", "attribute_change")
KINDS: Final[dict[Kind, str]] = {
    "group": "group",
    "attribute": "attribute",
    "event": "event",
    "page": "page",
    "screen": "screen",
    "attribute_change": "attribute changed",
    "segment": "segment",
    "device": "device",
    "message": "message",
    "where": "where",
    "same_element": "where at least one of",
    "where_group": "where several",
}
GROUP_WORDS: Final[dict[Match, str]] = {"all": "all of these", "any": "any of these", "none": "none of these"}
_VERDICTS: Final[dict[str, tuple[str, str]]] = {
    "event": ("has been performed", "has not been performed"),
    "page": ("has been viewed", "has not been viewed"),
    "screen": ("has been viewed", "has not been viewed"),
    "attribute_change": ("has changed", "has not changed"),
    "message": ("has happened", "has not happened"),
    "segment": ("is in", "is not in"),
}
_CLOSED: Final = frozenset({"kind", "match", "performed"})
_EMPTY: Final[dict[str, str]] = {
    "attribute": "attribute?",
    "event": "event?",
    "page": "page?",
    "screen": "screen?",
    "attribute_change": "attribute?",
    "segment": "segment?",
    "device": "property?",
    "message": "activity?",
    "where": "property?",
    "same_element": "array?",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row. `depth` counts the groups and conditions that it stands in; which cells it has goes by its kind and operator.

    `match` is a group's, and how the where-rows of an occurrence combine.
    """

    kind: Kind
    depth: int = 0
    match: Match = "all"
    inverse: bool = False
    subject: str = ""
    named: str = ""
    operator: str = "is equal to"
    value: str = ""
    second: str = ""
    count: str = "at least 1 time"
    frame: str = "ever"

    @property
    def is_filter(self) -> bool:
        """Whether it filters the data of an occurrence."""
        return self.kind in FILTER_KINDS

    @property
    def is_occurrence(self) -> bool:
        """Whether it can have where-rows."""
        return self.kind in OCCURRENCE_KINDS

    @property
    def holds_rows(self) -> bool:
        """Whether other rows can stand in it as in a group."""
        return self.kind in ("group", "where_group", "same_element")

    def can_hold(self, other: "Row") -> bool:
        """Whether another row can stand directly in it."""
        if self.kind == "group":
            return not other.is_filter
        if self.kind == "same_element":
            return other.kind == "where"
        return other.is_filter and (self.is_occurrence or self.kind == "where_group")


def operands_of(operator: str) -> str:
    """What an operator's label compares to, as phrases.py says it; nothing for what is no operator."""
    found = PHRASES.get(folded(operator))
    return WORDINGS[found[0]].takes if found else "value"


def cells_of(row: Row, *, parent: bool = False) -> tuple[Cell, ...]:
    """The cells that a row shows, from left to right; `parent` says whether it has rows in it."""
    if row.kind == "group":
        return ("match",)
    if row.kind == "where_group":
        return "kind", "match"
    if row.kind == "same_element":
        return "kind", "subject"
    if row.kind == "segment":
        return "kind", "performed", "subject"
    if row.kind == "message":
        return "kind", "subject", "named", "performed", "count", "frame"
    if row.is_occurrence:
        cells: tuple[Cell, ...] = ("kind", "subject", "performed", "count", "frame")
        return (*cells, "match") if parent else cells
    takes = operands_of(row.operator)
    if takes == "nothing":
        return "kind", "subject", "operator"
    both = takes in ("values", "instants")
    return ("kind", "subject", "operator", "value", "second") if both else ("kind", "subject", "operator", "value")


def is_closed(cell: Cell) -> bool:
    """Whether a cell takes nothing but one of its choices."""
    return cell in _CLOSED


def choices(row: Row, cell: Cell) -> tuple[str, ...]:
    """What a closed cell can be, and an operator; nothing for a cell of free text."""
    if cell == "kind":
        return tuple(KINDS[kind] for kind in (FILTER_KINDS if row.is_filter else CONDITION_KINDS))
    if cell == "performed":
        return _VERDICTS[row.kind]
    if cell == "match":
        return tuple(_matches(row).values())
    if cell == "operator":
        return tuple(dict.fromkeys(label for one in WORDINGS.values() for label in (one.label, one.negative)))
    return ()


def _matches(row: Row) -> dict[Match, str]:
    if row.kind == "group":
        return GROUP_WORDS
    lead = "where " if row.is_occurrence else ""
    return {"all": f"{lead}all of these", "any": f"{lead}any of these"}


def text_of(row: Row, cell: Cell) -> str:
    """What stands in a cell."""
    if cell == "kind":
        return KINDS[row.kind]
    if cell == "performed":
        return _VERDICTS[row.kind][row.inverse]
    if cell == "match":
        return _matches(row)[row.match]
    return str(getattr(row, cell))


def put(row: Row, cell: Cell, text: str) -> Row | None:
    """The row with another text in a cell; None when a closed cell has no such choice."""
    if not is_closed(cell):
        changed: dict[str, Any] = {cell: text}
        return replace(row, **changed)
    place = next((place for place, choice in enumerate(choices(row, cell)) if choice == text), None)
    if place is None:
        return None
    if cell == "performed":
        return replace(row, inverse=place == 1)
    if cell == "match":
        return replace(row, match=tuple(_matches(row))[place])
    kind = (FILTER_KINDS if row.is_filter else CONDITION_KINDS)[place]
    return row if kind == row.kind else replace(row, kind=kind, subject="", named="", inverse=False)


def placeholder(row: Row, cell: Cell) -> str:
    """What an empty cell shows."""
    if cell == "subject":
        return _EMPTY.get(row.kind, "name?")
    return {"named": "of any name", "value": "value?", "second": "upper end?", "operator": "operator?"}.get(cell, f"{cell}?")
