"""What both notations of a definition read the same way: values, paths, counts, frames. Each reader notes what is wrong."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NoReturn, TypeVar, get_args

from rapidfuzz import fuzz, process

from cio_tui.model.errors import InputError
from cio_tui.model.paths import PathError, PropertyPath
from cio_tui.segments.conditions import Frame, Operand, Operator, Test
from cio_tui.segments.errors import Problems, Refused, Where
from cio_tui.segments.nodes import Array, Node, Object, Scalar, kind_of
from cio_tui.segments.phrases import LONGEST, MOST_TIMES, WORDINGS, read_instant

T = TypeVar("T")
V = TypeVar("V")
OPERATORS: Final[tuple[Operator, ...]] = get_args(Operator)


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest known word, or all when none is close."""
    words = list(known)
    close = process.extractOne(word.lower(), words, scorer=fuzz.ratio, score_cutoff=60)
    return f"did you mean {close[0]}?" if close else f"it can be {', '.join(words)}"


class Decoder:
    """Reads the nodes of one definition. Every method that cannot read a node notes why and raises Refused."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self._misspelt: set[Where] = set()

    def refuse(self, node: Node, reason: str, hint: str = "") -> NoReturn:
        """Note what is wrong with a node."""
        self.problems.refuse(node.start, node.where, reason, hint)

    def give_up(self) -> NoReturn:
        """Leave a part whose problems are noted."""
        raise Refused

    def expect(self, node: Node, expected: str, hint: str = "") -> NoReturn:
        """Note that a node is something else than expected."""
        self.refuse(node, f"{expected} is expected, not {kind_of(node)}", hint)

    def each(self, nodes: Sequence[Node], read: Callable[[Node], T]) -> tuple[T, ...]:
        """Read every node, going on after one that is refused; Refused at the end if any was."""
        found: list[T] = []
        for node in nodes:
            try:
                found.append(read(node))
            except Refused:
                continue
        if len(found) < len(nodes):
            raise Refused
        return tuple(found)

    def only(self, node: Object, known: Iterable[str], what: str, hints: Mapping[str, str] | None = None) -> None:
        """Note every key that is not known, and read on; `hints` are for keys that are known elsewhere."""
        words = list(known)
        for key, start in node.keys.items():
            if key not in words:
                hint = (hints or {}).get(key) or nearest(key, words)
                self.problems.add(start, (*node.where, key), f"{key!r} is no key of {what}", hint)
                self._misspelt.add(node.where)

    def object(self, node: Node, what: str, hint: str = "") -> Object:
        """An object."""
        if not isinstance(node, Object):
            self.expect(node, what, hint)
        return node

    def array(self, node: Node, what: str) -> Array:
        """An array."""
        if not isinstance(node, Array):
            self.expect(node, what)
        return node

    def field(self, node: Object, key: str, what: str) -> Node:
        """What stands under a key that must be there. Where a key is misspelt, it is not said to be missing too."""
        if key not in node.fields and node.where in self._misspelt:
            self.give_up()
        if key not in node.fields:
            self.refuse(node, f"{key!r} is missing: {what}")
        return node.fields[key]

    def text(self, node: Node, what: str) -> str:
        """A text that is not empty; an unquoted YAML scalar is one as it is written."""
        text = node.written or node.value if isinstance(node, Scalar) else None
        if not isinstance(text, str):
            self.expect(node, what)
        if not text:
            self.refuse(node, f"{what} is expected, not an empty text")
        return text

    def path(self, node: Node) -> PropertyPath:
        """A property's path."""
        return self.parsed_path(self.text(node, "a property's name or path"), node)

    def parsed_path(self, text: str, node: Node, start: int | None = None) -> PropertyPath:
        """A path that is written at a node, or at `start` in a key of it."""
        try:
            return PropertyPath.parse(text)
        except PathError as error:
            self.problems.refuse(node.start if start is None else start, node.where, error.message, error.hint)

    def flag(self, node: Node) -> bool:
        """True or false."""
        if not isinstance(node, Scalar) or not isinstance(node.value, bool):
            self.expect(node, "true or false")
        return node.value

    def whole(self, node: Node, what: str, low: int, high: int) -> int:
        """A whole number within bounds; also as text."""
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, str) and value.removeprefix("-").isdecimal() and value.isascii() and len(value) < 20:
            value = int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.expect(node, what)
        if not low <= value <= high:
            self.refuse(node, f"{what} is expected, not {value}", f"from {low} to {high}")
        return value

    def times(self, node: Node, *, low: int = 1) -> int:
        """How often."""
        return self.whole(node, "a number of times", low, MOST_TIMES)

    def seconds(self, node: Node, *, low: int = 0) -> int:
        """A span as a number of seconds."""
        return self.whole(node, "a whole number of seconds", low, LONGEST)

    def instant(self, node: Node) -> int:
        """Unix seconds, or an ISO date or time."""
        if not isinstance(node, Scalar) or node.value is None:
            self.expect(node, "a time", "write 2024-06-10, 2024-06-10T06:13:20Z or Unix seconds")
        return self.phrase(node, read_instant, node.value)

    def phrase(self, node: Node, read: Callable[[T], V], given: T) -> V:
        """What a reader of phrases makes of it."""
        try:
            return read(given)
        except InputError as error:
            self.refuse(node, error.message, error.hint)

    def operand(self, node: Node) -> Operand:
        """What a value is compared to: a text, number or boolean."""
        if not isinstance(node, Scalar) or node.value is None:
            self.expect(node, "a text, a number, true or false")
        return node.value

    def frame(self, within: int, since: Node | None, until: Node | None, node: Node) -> Frame:
        """A frame: rolling or absolute, not both."""
        if within and (since or until):
            self.refuse(since or until or node, "a condition has either a span up to now or a start and an end, not both")
        first, last = self.instant(since) if since else None, self.instant(until) if until else None
        if first is not None and last is not None and last < first:
            self.refuse(until or node, "the frame ends before it begins")
        return Frame(within, first, last)

    def test(self, operator: Operator, inverse: bool, values: Sequence[Node]) -> Test:
        """The test of an operator and the nodes it compares to, whose number is already right."""
        takes = WORDINGS[operator].takes
        operands: list[Operand] = [self._compared(takes, value) for value in values]
        first, second = [*operands, None, None][:2]
        return Test(operator, first, second, inverse)

    def _compared(self, takes: str, node: Node) -> Operand:
        if takes == "seconds":
            return self.seconds(node, low=-LONGEST)
        return self.instant(node) if takes in ("instant", "instants") else self.operand(node)
