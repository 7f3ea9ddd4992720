"""Leaves as files say them: `event: order_placed`, `performed: at least 2 times`, `within: 30 days`."""

from collections.abc import Callable, Mapping
from typing import Final, Literal

from cio_tui.segments.conditions import (
    AttributeIs,
    DataFilter,
    DataGroup,
    DeviceIs,
    Frame,
    How,
    InSegment,
    Leaf,
    MessageDone,
    OccurrenceType,
    Performed,
)
from cio_tui.segments.data_filters import DataFilters
from cio_tui.segments.decoding import Decoder
from cio_tui.segments.nodes import Node, Object, Scalar
from cio_tui.segments.operands import phrase_test
from cio_tui.segments.phrases import MOST_TIMES, folded, read_count, read_span

OCCURRENCES: Final[Mapping[str, OccurrenceType]] = {
    "event": "event",
    "page": "page",
    "screen": "screen",
    "attribute changed": "attribute_change",
}
_FRAME: Final = ("performed", "not performed", "within", "since", "until")


def phrase_leaf(decoder: Decoder, node: Object, kind: str) -> Leaf:
    """The leaf of an object whose key `kind` names what it is about."""
    return LEAVES[kind](decoder, node, kind)


def _tested(decoder: Decoder, node: Object, kind: str) -> AttributeIs | DeviceIs:
    path = decoder.path(node.fields[kind])
    test = phrase_test(decoder, node, (kind,))
    return AttributeIs(path, test) if kind == "attribute" else DeviceIs(path, test)


def _performed(decoder: Decoder, node: Object, kind: str) -> Performed:
    changed = kind == "attribute changed"
    decoder.only(
        node, [kind, *_FRAME, *(("from", "to") if changed else ()), "where"], f"a condition on {kind.split(maxsplit=1)[0]}s"
    )
    name = decoder.text(node.fields[kind], f"{'an' if kind[0] in 'ae' else 'a'} {kind.split(maxsplit=1)[0]}'s name")
    how, times, inverse = _count(decoder, node)
    filters = DataFilters(decoder, phrases=True)
    ends = [key for key in ("from", "to") if changed and key in node.fields]
    if ends and "where" in node.fields:
        decoder.refuse(node.fields["where"], "'where' and from or to cannot stand together", "put from and to into where")
    group = filters.group(node.fields["where"]) if "where" in node.fields else DataGroup()
    if ends:
        group = DataGroup(
            "all", tuple(DataFilter(decoder.parsed_path(key, node), filters.short(node.fields[key])) for key in ends)
        )
    return Performed(name, OCCURRENCES[kind], group, times, how, _frame(decoder, node), inverse)


def _message(decoder: Decoder, node: Object, kind: str) -> MessageDone:
    decoder.only(node, [kind, "named", *_FRAME], "a condition on messages")
    action = decoder.text(node.fields[kind], "a type such as opened_email")
    name = decoder.text(node.fields["named"], "a message's name") if "named" in node.fields else ""
    how, times, inverse = _count(decoder, node)
    if how != "at_least":
        decoder.refuse(node.fields.get("performed") or node.fields["not performed"], "messages are counted by at least only")
    return MessageDone(action, name, times, _frame(decoder, node), inverse)


def _segment(decoder: Decoder, node: Object, kind: str) -> InSegment:
    decoder.only(node, [kind], "a condition on segments")
    given, inverse = node.fields[kind], kind.startswith("not")
    if isinstance(given, Scalar) and isinstance(given.value, (int, float)) and not isinstance(given.value, bool):
        return InSegment(decoder.whole(given, "a segment's name or number", 0, 2**63 - 1), inverse)
    return InSegment(decoder.text(given, "a segment's name or number"), inverse)


LEAVES: Final[dict[str, Callable[[Decoder, Object, str], Leaf]]] = {
    "attribute": _tested,
    "device": _tested,
    **dict.fromkeys(OCCURRENCES, _performed),
    "message": _message,
    "in segment": _segment,
    "not in segment": _segment,
}


def _count(decoder: Decoder, node: Object) -> tuple[How, int, bool]:
    """How often, and whether that is negated: `performed: never` is `not performed: true`."""
    if "performed" in node.fields and "not performed" in node.fields:
        decoder.refuse(node.fields["not performed"], "'performed' and 'not performed' cannot stand together")
    negated = "not performed" in node.fields
    given = node.fields.get("not performed" if negated else "performed")
    if given is None:
        return "at_least", 1, False
    value = given.value if isinstance(given, Scalar) else None
    if isinstance(value, bool):
        return "at_least", 1, negated == value
    if isinstance(value, str) and folded(value) == "never" and not negated:
        return "at_least", 1, True
    if not isinstance(value, str):
        decoder.expect(given, "a count", "write true, never or at least 2 times")
    how, times = decoder.phrase(given, read_count, value)
    low: Literal[0, 1] = 1 if how == "at_least" else 0
    if not low <= times <= MOST_TIMES:
        decoder.refuse(given, f"{value!r} is no count", f"from {low} to {MOST_TIMES}")
    return how, times, negated


def _frame(decoder: Decoder, node: Object) -> Frame:
    within = _span(decoder, node.fields["within"]) if "within" in node.fields else 0
    return decoder.frame(within, node.fields.get("since"), node.fields.get("until"), node)


def _span(decoder: Decoder, node: Node) -> int:
    if isinstance(node, Scalar) and isinstance(node.value, int) and not isinstance(node.value, bool):
        decoder.refuse(node, f"{node.value} of what?", f"write {node.value} days or {node.value} seconds")
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        decoder.expect(node, "a span such as 30 days")
    seconds = decoder.phrase(node, read_span, node.value)
    if seconds == 0:
        decoder.refuse(node, "a span of nothing", "leave within out for all time")
    return seconds
