"""Tests in both notations: `{operator: "gt", value: 50}` as workspaces store them, `greater than: 50` as the builder says it."""

from collections.abc import Sequence
from typing import Final

from cio_tui.model.errors import InputError
from cio_tui.segments.conditions import Operator, Test
from cio_tui.segments.decoding import OPERATORS, Decoder, nearest
from cio_tui.segments.nodes import Array, Node, Object, Scalar
from cio_tui.segments.phrases import PHRASES, RELATIVE, WORDINGS, folded, read_distance

TEST_KEYS: Final = ("operator", "value", "value2", "inverse")
_OPERANDS: Final = {"nothing": 0, "values": 2, "instants": 2}
_DISTANCE: Final = 'write "3 days from now", "2 days ago" or a date'


def token_test(decoder: Decoder, node: Object, beside: Node | None = None) -> Test:
    """The test of an object with `operator`, `value`, `value2` and `inverse`; `beside` is an `inverse` that stands outside it."""
    given = decoder.field(node, "operator", "it can be eq, exists, gt, …")
    token = decoder.text(given, "an operator")
    operator = next((known for known in OPERATORS if known == token.removeprefix("!")), None)
    if operator is None:
        decoder.refuse(given, f"{token!r} is no operator", nearest(token, OPERATORS))
    inside = node.fields.get("inverse")
    if inside and beside:
        decoder.refuse(inside, "'inverse' is given twice")
    flag = inside or beside
    inverse = flag is not None and decoder.flag(flag)
    if inverse and token.startswith("!"):
        decoder.refuse(given, f"{token!r} is negated twice, by ! and by inverse")
    return decoder.test(operator, inverse or token.startswith("!"), _operands(decoder, node, operator))


def _operands(decoder: Decoder, node: Object, operator: Operator) -> Sequence[Node]:
    """The values that an operator needs; those that it does not need may be null or empty."""
    count, found = _OPERANDS.get(WORDINGS[operator].takes, 1), []
    for number, key in enumerate(("value", "value2")):
        value = node.fields.get(key)
        if number < count:
            found.append(decoder.field(node, key, f"{operator} compares to {'two values' if count == 2 else 'a value'}"))
        elif value is not None and not (isinstance(value, Scalar) and value.value in (None, "")):
            hint = "put inverse: true beside it" if count == 0 else ""
            decoder.refuse(value, f"{operator} takes no {key!r}", hint)
    return found


def phrase_test(decoder: Decoder, node: Object, beside: tuple[str, ...] = ()) -> Test:
    """The test that an object's one phrase makes, such as `greater than: 50`; the keys `beside` are others'."""
    phrases = [key for key in node.fields if folded(key) in PHRASES]
    unknown = [key for key in node.fields if key not in (*phrases, *beside)]
    for key in unknown:
        hint = (
            nearest(folded(key), [*beside, *PHRASES] if beside else PHRASES)
            if _near(key)
            else "such as is, contains, greater than"
        )
        decoder.problems.add(node.keys[key], (*node.where, key), f"{key!r} is no operator", hint)
    if len(phrases) > 1:
        start = node.keys[phrases[1]]
        decoder.problems.refuse(start, (*node.where, phrases[1]), "a second operator", "write one condition for each")
    if not phrases:
        if not unknown:
            decoder.refuse(node, "an operator is missing", "such as is: pro, contains: shop, greater than: 50, exists: true")
        decoder.give_up()
    return _phrase(decoder, phrases[0], node.fields[phrases[0]])


def _near(key: str) -> bool:
    return nearest(folded(key), PHRASES).startswith("did")


def _phrase(decoder: Decoder, key: str, value: Node) -> Test:
    operator, inverse = PHRASES[folded(key)]
    takes = WORDINGS[operator].takes
    if takes == "nothing":
        return Test(operator, inverse=inverse != (not decoder.flag(value)))
    if takes in ("values", "instants"):
        if not isinstance(value, Array) or len(value.items) != 2:
            decoder.refuse(value, f"{key!r} takes the lower and the upper end", "write it like [10, 20]")
        return decoder.test(operator, inverse, value.items)
    if operator in RELATIVE.values():
        operator = next(absolute for absolute, relative in RELATIVE.items() if relative == operator)
    if operator in RELATIVE:
        return _moment(decoder, operator, value, inverse)
    return decoder.test(operator, inverse, (value,))


def _moment(decoder: Decoder, operator: Operator, value: Node, inverse: bool) -> Test:
    """Before or after a date, or a distance from now."""
    if isinstance(value, Scalar) and isinstance(value.value, str):
        try:
            distance = read_distance(value.value)
        except InputError as error:
            decoder.refuse(value, error.message, _DISTANCE)
        if distance is not None:
            return Test(RELATIVE[operator], distance, inverse=inverse)
    if isinstance(value, (Array, Object)):
        decoder.expect(value, "a date or a distance from now", _DISTANCE)
    return decoder.test(operator, inverse, (value,))
