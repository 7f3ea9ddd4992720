"""Leaves as real workspaces store them (domain.md 4.5, 4.7): `{"attribute": {"field": …, "operator": …, "value": …}}`.

`times`, `within`, `inverse` and our additions `count`, `from` and `to` stand beside `event` and `message`, or inside.
"""

from collections.abc import Callable
from typing import Final, get_args

from cio_tui.segments.conditions import (
    OCCURRENCE_TYPES,
    AttributeIs,
    DataGroup,
    DeviceIs,
    Frame,
    How,
    InSegment,
    Leaf,
    MessageDone,
    Performed,
)
from cio_tui.segments.data_filters import TOKENS, DataFilters
from cio_tui.segments.decoding import Decoder, nearest
from cio_tui.segments.nodes import Node, Object, Scalar
from cio_tui.segments.operands import token_test

_FRAME: Final = ("times", "within", "from", "to", "inverse")
_COUNTED: Final = (*_FRAME, "count")
_SHORT_FORM: Final = {"segment": "short forms are `in segment: Name` and `not in segment: Name`"}
_HOW: Final[tuple[How, ...]] = get_args(How)


def token_leaf(decoder: Decoder, node: Object, kind: str) -> Leaf:
    """The leaf of an object whose key `kind` holds another object."""
    inner = decoder.object(node.fields[kind], f"an object that names the {kind}", _SHORT_FORM.get(kind, ""))
    return LEAVES[kind](decoder, node, inner)


def _tested(decoder: Decoder, node: Object, inner: Object) -> AttributeIs | DeviceIs:
    kind = "attribute" if "attribute" in node.fields else "device"
    decoder.only(node, [kind, "inverse"], f"a condition on {kind}s")
    decoder.only(inner, TOKENS, f"a condition on {kind}s")
    path = decoder.path(decoder.field(inner, "field", f"the {kind}'s name" if kind == "attribute" else "platform, last_used, …"))
    test = token_test(decoder, inner, node.fields.get("inverse"))
    return AttributeIs(path, test) if kind == "attribute" else DeviceIs(path, test)


def _event(decoder: Decoder, node: Object, inner: Object) -> Performed:
    decoder.only(node, ["event", *_COUNTED], "a condition on events")
    decoder.only(inner, ["name", "type", "filters", *_COUNTED], "an event")
    name = decoder.text(decoder.field(inner, "name", "the event's name"), "an event's name")
    kind = inner.fields.get("type")
    given = decoder.text(kind, "a type") if kind else "event"
    occurrence = next((known for known in OCCURRENCE_TYPES if known == given), None)
    if occurrence is None:
        decoder.refuse(kind or inner, f"{given!r} is no type of event", nearest(given, OCCURRENCE_TYPES))
    filters = inner.fields.get("filters")
    group = DataFilters(decoder, phrases=False).group(filters) if filters and not is_null(filters) else DataGroup()
    beside = _beside(decoder, node, inner, _COUNTED)
    how = _how(decoder, beside.get("count"))
    times = decoder.times(beside["times"], low=1 if how == "at_least" else 0) if "times" in beside else 1
    return Performed(name, occurrence, group, times, how, _frame(decoder, beside, node), _inverse(decoder, beside))


def _message(decoder: Decoder, node: Object, inner: Object) -> MessageDone:
    decoder.only(node, ["message", *_FRAME], "a condition on messages")
    decoder.only(inner, ["event", *_FRAME], "a message")
    done = decoder.object(decoder.field(inner, "event", "its type, such as opened_email"), "an object with type and name")
    decoder.only(done, ["type", "name"], "a message's event")
    action = decoder.text(decoder.field(done, "type", "such as opened_email"), "a type such as opened_email")
    given = done.fields.get("name")
    empty = given is None or (isinstance(given, Scalar) and given.value in (None, ""))
    name = "" if given is None or empty else decoder.text(given, "a message's name")
    beside = _beside(decoder, node, inner, _FRAME)
    times = decoder.times(beside["times"]) if "times" in beside else 1
    return MessageDone(action, name, times, _frame(decoder, beside, node), _inverse(decoder, beside))


def _segment(decoder: Decoder, node: Object, inner: Object) -> InSegment:
    decoder.only(node, ["segment", "inverse"], "a condition on segments")
    decoder.only(inner, ["id", "name", "inverse"], "a condition on segments")
    beside = _beside(decoder, node, inner, ("inverse",))
    if "id" in inner.fields and "name" in inner.fields:
        decoder.refuse(inner.fields["name"], "a segment is meant by its id or its name, not both")
    if "name" in inner.fields:
        return InSegment(decoder.text(inner.fields["name"], "a segment's name"), _inverse(decoder, beside))
    number = decoder.field(inner, "id", "the segment's number; or name")
    return InSegment(decoder.whole(number, "a segment's number", 0, 2**63 - 1), _inverse(decoder, beside))


LEAVES: Final[dict[str, Callable[[Decoder, Object, Object], Leaf]]] = {
    "attribute": _tested,
    "event": _event,
    "segment": _segment,
    "message": _message,
    "device": _tested,
}


def is_null(node: Node) -> bool:
    """Whether a node is null."""
    return isinstance(node, Scalar) and node.value is None


def _beside(decoder: Decoder, node: Object, inner: Object, keys: tuple[str, ...]) -> dict[str, Node]:
    """What stands beside or inside under these keys; a key in both is refused."""
    for key in keys:
        if key in node.fields and key in inner.fields:
            decoder.problems.refuse(inner.keys[key], (*inner.where, key), f"{key!r} is given twice, here and beside it")
    return {key: (node.fields.get(key) or inner.fields[key]) for key in keys if key in node.fields or key in inner.fields}


def _how(decoder: Decoder, node: Node | None) -> How:
    if node is None:
        return "at_least"
    given = decoder.text(node, "at_least, exactly or at_most")
    how = next((known for known in _HOW if known == given), None)
    if how is None:
        decoder.refuse(node, f"{given!r} does not say how to count", nearest(given, _HOW))
    return how


def _frame(decoder: Decoder, beside: dict[str, Node], node: Object) -> Frame:
    within = decoder.seconds(beside["within"]) if "within" in beside else 0
    return decoder.frame(within, beside.get("from"), beside.get("to"), node)


def _inverse(decoder: Decoder, beside: dict[str, Node]) -> bool:
    return decoder.flag(beside["inverse"]) if "inverse" in beside else False
