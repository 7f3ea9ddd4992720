"""A filter line as a tree of terms, and the tree as one query.

line  := all ('or' all)*          all := part+          part := ('not' | '-' | '!')* (term | '(' line ')')
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from tinydb.queries import QueryInstance

from cio_tui.filters.atoms import FREE_TEXT, Atom, FilterContext, ListName, nearest
from cio_tui.filters.errors import FilterError
from cio_tui.filters.registry import atoms_of, lists_with, written
from cio_tui.filters.scanning import Token, scan
from cio_tui.model.errors import InputError

_MAX_TERMS: Final = 200
_MAX_NESTING: Final = 20


@dataclass(frozen=True, slots=True)
class Term:
    """One atom with its value."""

    atom: Atom
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """What its part does not match."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """What every part matches."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """What at least one part matches."""

    parts: tuple["Node", ...]


Node = Term | Not | All | Either


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter line that was read. Without a tree it matches everything."""

    text: str
    list_name: ListName
    tree: Node | None

    def compile(self, context: FilterContext) -> QueryInstance | None:
        """The query over the list's documents; None for everything."""
        return None if self.tree is None else _compile(self.tree, context)

    def uses(self, key: str, value: str | None = None) -> bool:
        """Whether a term has this key and, if given, this value, negated or not: `uses("is", "hidden")`."""
        return any(
            term.key == key and (value is None or value.lower() in term.value.lower().split(",")) for term in _terms(self.tree)
        )


def parse(text: str, list_name: ListName) -> Filter:
    """Read a line for one list; blank text matches everything. Raises FilterError."""
    tokens = list(scan(text))
    return Filter(text, list_name, _Reader(text, list_name, tokens).read() if tokens else None)


class _Reader:
    """Recursive descent over the tokens."""

    def __init__(self, text: str, list_name: ListName, tokens: list[Token]) -> None:
        self.text = text
        self.list_name = list_name
        self.tokens = tokens
        self.next = 0
        if sum(token.kind == "term" for token in tokens) > _MAX_TERMS:
            raise FilterError(f"a filter has at most {_MAX_TERMS} terms", tokens[-1].start)

    def read(self) -> Node:
        node = self.line(0)
        if (extra := self.peek()) is not None:
            raise FilterError("this ) closes nothing", extra.start, hint='quote it to search for it: ")"')
        return node

    def peek(self) -> Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def takes(self, kind: str) -> bool:
        token = self.peek()
        if token is None or token.kind != kind:
            return False
        self.next += 1
        return True

    def line(self, depth: int) -> Node:
        parts = [self.all_of(depth)]
        while self.takes("or"):
            parts.append(self.all_of(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def all_of(self, depth: int) -> Node:
        parts = [self.part(depth)]
        while (token := self.peek()) is not None and token.kind not in ("or", ")"):
            self.takes("and")
            parts.append(self.part(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def part(self, depth: int) -> Node:
        negated = False
        while self.takes("not"):
            negated = not negated
        node = self.group(depth) if self.takes("(") else self.term(joins=not negated)
        return Not(node) if negated else node

    def group(self, depth: int) -> Node:
        opening = self.tokens[self.next - 1]
        if depth >= _MAX_NESTING:
            raise FilterError(f"brackets are nested deeper than {_MAX_NESTING}", opening.start)
        node = self.line(depth + 1)
        if not self.takes(")"):
            raise FilterError("this ( is not closed", opening.start, hint='quote it to search for it: "("')
        return node

    def term(self, *, joins: bool) -> Term:
        token = self.peek()
        if token is None or token.kind != "term":
            raise self.missing(token)
        self.next += 1
        if not token.closed:
            raise FilterError("the quotes are not closed", token.value_start)
        atom = self.atom(token)
        value = self.joined(token) if joins and atom.joins_words and not token.quoted else token.value
        if token.quoted and not value and token.key:
            raise FilterError(f"{written(token.key)} needs a value", token.value_start, hint=f"for example {atom.example}")
        try:
            atom.check(value)
        except FilterError as error:
            raise FilterError(error.reason, token.value_start + error.position, hint=error.hint) from None
        except InputError as error:
            raise FilterError(error.message, token.value_start, hint=error.hint) from None
        return Term(atom, token.key, value)

    def joined(self, first: Token) -> str:
        """The words from `first` on with the spaces between them: one search for a name."""
        last = first
        while (token := self.peek()) and token.kind == "term" and token.key == FREE_TEXT and not token.quoted:
            last = token
            self.next += 1
        return self.text[first.start : last.end]

    def missing(self, token: Token | None) -> FilterError:
        if token is None:
            word = self.text[self.tokens[-1].start : self.tokens[-1].end]
            return FilterError(f"something is missing after {word}", len(self.text), hint=f'quote it to search for it: "{word}"')
        word = self.text[token.start : token.end]
        return FilterError(f"something is missing before {word}", token.start, hint=f'quote it to search for it: "{word}"')

    def atom(self, token: Token) -> Atom:
        atoms = atoms_of(self.list_name)
        if (atom := atoms.get(token.key)) is not None:
            return atom
        key = written(token.key)
        quoted = f'to search for the text, quote it: "{self.text[token.start : token.end]}"'
        if elsewhere := lists_with(token.key):
            raise FilterError(
                f"{key} is a filter of {' and '.join(elsewhere)}, not of {self.list_name}", token.start, hint=quoted
            )
        hint = nearest(key, (written(each) for each in atoms if each))
        raise FilterError(f"there is no filter {key}", token.start, hint=f"{hint}; {quoted}")


def _terms(node: Node | None) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    elif isinstance(node, Not):
        yield from _terms(node.part)
    elif node is not None:
        for part in node.parts:
            yield from _terms(part)


def _compile(node: Node, context: FilterContext) -> QueryInstance:
    if isinstance(node, Term):
        return node.atom.compile(node.value, context)
    if isinstance(node, Not):
        return ~_compile(node.part, context)
    queries = [_compile(part, context) for part in node.parts]
    if isinstance(node, All):
        return _balanced(queries, lambda one, other: one & other)
    return _balanced(queries, lambda one, other: one | other)


def _balanced(queries: list[QueryInstance], join: Callable[[QueryInstance, QueryInstance], QueryInstance]) -> QueryInstance:
    """Joined pairwise, so that two hundred terms are eight calls deep and not two hundred."""
    while len(queries) > 1:
        pairs = [join(*queries[i : i + 2]) for i in range(0, len(queries) - 1, 2)]
        queries = pairs + queries[len(pairs) * 2 :]
    return queries[0]
