"""TinyDB queries for the tests that TinyDB has no operator for.

Each carries a hash tuple as TinyDB's own do. The store reads these kinds of it to narrow by SQL; the Python test always decides:

- `("like", (field,), needle)`: the text field contains the needle; letter case does not count.
- `("text", needle)`: the document's JSON or a promoted column contains the needle; letter case does not count.
- `("data", steps, operator, value)`: something at these steps satisfies the comparison; operator "exists" has the value "".
- TinyDB's own kinds: `("==", path, value)`, `(">=", path, value)`, `("and", frozenset)`, `("or", frozenset)`, …

A needle is printable ASCII. All other kinds only tell queries apart.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any

from tinydb.queries import QueryInstance

from cio_tui.model.comparing import Comparison, as_text, fold, is_present
from cio_tui.model.json_values import dumps
from cio_tui.model.name_search import NameSearch, Pattern, plain_run
from cio_tui.model.paths import PropertyPath

Document = Mapping[str, Any]
Test = Callable[[Document], bool]
Node = tuple[Hashable, ...]


def narrowed(test: Test, identity: Node, *hints: Node) -> QueryInstance:
    """A query of this test. `identity` tells it from others; `hints` are conditions that every match satisfies."""
    return QueryInstance(test, ("and", frozenset({identity, *hints})) if hints else identity)


def everything() -> QueryInstance:
    """Matches all."""
    return QueryInstance(lambda _: True, ("everything",))


def nothing(field: str) -> QueryInstance:
    """Matches none; the store finds that out by the index of `field`, which never holds an empty text."""
    return narrowed(lambda _: False, ("nothing",), ("==", (field,), ""))


def has_field(field: str) -> QueryInstance:
    """The field is a text that is not empty."""
    return narrowed(lambda document: bool(text_of(document, field)), ("has", field), ("exists", (field,)))


def whole_at_least(field: str, low: int) -> QueryInstance:
    """The field is a whole number, `low` or more."""
    return QueryInstance(lambda document: isinstance(n := document.get(field), int) and n >= low, (">=", (field,), low))


def whole_below(field: str, high: int) -> QueryInstance:
    """The field is a whole number under `high`."""
    return QueryInstance(lambda document: isinstance(n := document.get(field), int) and n < high, ("<", (field,), high))


def text_of(document: Document, field: str) -> str:
    """The field's text, empty when it has none."""
    value = document.get(field)
    return value if isinstance(value, str) else ""


def starts_with(field: str, prefix: str, *hints: Node) -> QueryInstance:
    """The field is a text that starts with exactly this."""
    return narrowed(lambda document: text_of(document, field).startswith(prefix), ("starts", field, prefix), *hints)


def matches_pattern(field: str, pattern: Pattern, *, whole: bool) -> QueryInstance:
    """The field is a text that the pattern covers or, unless `whole`, is found in. A folded pattern, except with `whole`."""

    def test(document: Document) -> bool:
        text = text_of(document, field)
        if not text:
            return False
        return pattern.covers(text) if whole else pattern.found_in(fold(text))

    return narrowed(test, ("pattern", field, pattern.pieces, whole), *_likes(field, pattern.runs))


def name_matches(field: str, search: NameSearch) -> QueryInstance:
    """The field is a text that the search finds."""

    def test(document: Document) -> bool:
        text = text_of(document, field)
        return bool(text) and search.matches(text)

    return narrowed(test, ("name", field, search.text), *_likes(field, search.runs))


def _likes(field: str, runs: tuple[str, ...]) -> list[Node]:
    return [("like", (field,), run) for run in dict.fromkeys(runs)]


def text_anywhere(needle: str, texts: Callable[[Document], Iterator[str]]) -> QueryInstance:
    """Any of the document's `texts` contains the needle. Each must stand in the document as it is."""
    folded = fold(needle)
    run = plain_run(folded)

    def test(document: Document) -> bool:
        return any(folded in fold(text) for text in texts(document))

    if run == folded and run:
        return QueryInstance(test, ("text", run))
    return narrowed(test, ("find", folded), *([("text", run)] if run else []))


def texts_of(value: Any, *, keys: bool) -> Iterator[str]:
    """Every text and number inside a JSON value, and the objects' keys if asked for."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            if keys:
                yield from (key for key in item if isinstance(key, str))
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, float):
            yield dumps(item)
        elif not isinstance(item, bool) and (text := as_text(item)) is not None:
            yield text


def property_holds(field: str, path: PropertyPath, comparison: Comparison | None) -> QueryInstance:
    """Something that the path finds in the field satisfies the comparison; without one, something is there (4.3, 4.6)."""
    if comparison is not None and comparison.operator == "!=":
        return ~property_holds(field, path, Comparison("=", comparison.wanted, comparison.dates))

    def test(document: Document) -> bool:
        values = path.values(document.get(field))
        return any(map(is_present, values)) if comparison is None else comparison.holds(values)

    asked = ("exists", "") if comparison is None else (comparison.operator, comparison.wanted)
    nested: Node = ("data", (field, *path.steps), *asked)
    if path.explicit or path.steps == (path.text,):
        return QueryInstance(test, nested)
    either = ("or", frozenset({nested, ("data", (field, path.text), *asked)}))
    return narrowed(test, ("property", field, path.text, *asked), either)
