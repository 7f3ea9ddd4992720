"""Odd documents and odd queries, made from a seeded `random.Random`."""

import random
from collections.abc import Callable
from typing import Any

from tinydb import Query
from tinydb.queries import QueryInstance

ODD_KEYS = ["$", "a[0]", "", 'q"t', "back\\s", "tab\t", "e\u0301", "N", "x'y", "0", "b c", "ü", "a.b"]
KEYS = ["name", "n", "data", "a", "items", *ODD_KEYS]
WHOLE = [0, 1, -1, 2, 2**53 - 1, 2**53, 2**53 + 1, 2**63 - 1, -(2**63), 2**64 - 1]
NUMBERS = [*WHOLE, 1.0, 1.5, 0.1, -0.0, 1e300, float(2**53), 123456789.123456789]
ODD_TEXTS = ["a'b", 'q"', "\\", "\n", "a\0b", "[1, 2]", "[1,2]", "{}", "true", "\U0001f600", "\uffff", "x" * 40, "%", "_", "*"]
TEXTS = ["1", "1.0", "", "a", "ab", "abc", "Abc", "ü", "U", *ODD_TEXTS]
SCALARS: list[Any] = [*NUMBERS, *TEXTS, True, False, None]
DECLARED_TEXTS = ["abc"] * 8 + [text for text in TEXTS if "\0" not in text]
DECLARED_NUMBERS = [0, 1, 2, 3, 10**9, -5, 2**53 + 1, 2**63 - 1, -(2**63)]


def value(chance: random.Random, depth: int = 0) -> Any:
    """Any JSON value, at most three levels deep."""
    shape = chance.random()
    if depth < 3 and shape < 0.18:
        return {chance.choice(KEYS): value(chance, depth + 1) for _ in range(chance.randint(0, 3))}
    if depth < 3 and shape < 0.36:
        return [value(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    return chance.uniform(-10, 10) if shape > 0.9 else chance.choice(SCALARS)


def document(chance: random.Random, *, declared: bool) -> dict[str, Any]:
    """A document; `name` and `n` are text and a whole number, or absent, when they are declared so."""
    made = {chance.choice(KEYS): value(chance) for _ in range(chance.randint(0, 5))}
    if declared:
        made.pop("name", None)
        made.pop("n", None)
    if chance.random() < 0.7:
        made["name"] = chance.choice(DECLARED_TEXTS if declared else [*SCALARS, *DECLARED_TEXTS])
    if chance.random() < 0.7:
        made["n"] = chance.choice(DECLARED_NUMBERS if declared else [*DECLARED_NUMBERS, None, "3", 1.5, True])
    if chance.random() < 0.5:
        items = [{"type": chance.choice(SCALARS)} for _ in range(chance.randint(0, 3))]
        items += [value(chance, 2)] if chance.random() < 0.3 else []
        made["data"] = {"items": items, "total": chance.choice([0, 1, 100.5, "5", None, 2**60])}
    return made


def path(chance: random.Random) -> Query:
    """Where a condition looks: often at fields that documents have."""
    common = [Query().name, Query().n, Query().data.total, Query().data["items"]]
    if chance.random() < 0.7:
        return chance.choice(common)
    query = Query()
    for _ in range(chance.randint(1, 3)):
        query = query[chance.choice([*KEYS, "type", "total"])]
    return query


def some(chance: random.Random) -> list[Any]:
    return [chance.choice(SCALARS) for _ in range(chance.randint(0, 3))]


CONDITIONS: list[Callable[[random.Random, Query, int], QueryInstance]] = [
    lambda chance, at, depth: at == value(chance, 2),
    lambda chance, at, depth: at == chance.choice(SCALARS),
    lambda chance, at, depth: at == chance.choice(DECLARED_TEXTS),
    lambda chance, at, depth: at == chance.choice(WHOLE),
    lambda chance, at, depth: at == chance.choice([True, False, None]),
    lambda chance, at, depth: at != value(chance, 2),
    lambda chance, at, depth: at < chance.choice(SCALARS),
    lambda chance, at, depth: at <= chance.choice(SCALARS),
    lambda chance, at, depth: at > chance.choice(SCALARS),
    lambda chance, at, depth: at >= chance.choice(SCALARS),
    lambda chance, at, depth: Query().n < chance.choice(WHOLE),
    lambda chance, at, depth: Query().n > chance.choice(WHOLE),
    lambda chance, at, depth: at <= chance.choice(WHOLE),
    lambda chance, at, depth: at >= chance.choice(WHOLE),
    lambda chance, at, depth: at.exists(),
    lambda chance, at, depth: at.any(query(chance, depth + 2)),
    lambda chance, at, depth: at.any(some(chance)),
    lambda chance, at, depth: at.all(query(chance, depth + 2)),
    lambda chance, at, depth: at.all(some(chance)),
    lambda chance, at, depth: at.one_of(some(chance)),
    lambda chance, at, depth: at.one_of(chance.sample([*DECLARED_TEXTS, *WHOLE, True], 3)),
    lambda chance, at, depth: at.one_of("abc") if at._path == ("name",) else at.one_of(some(chance)),
    lambda chance, at, depth: Query().fragment({chance.choice(KEYS): chance.choice(SCALARS)}),
    lambda chance, at, depth: at.matches("a.*"),
    lambda chance, at, depth: at.search("[b1]"),
    lambda chance, at, depth: at.test(bool),
    lambda chance, at, depth: at.map(str) == "1",
    lambda chance, at, depth: at.noop(),
]


def query(chance: random.Random, depth: int = 0) -> QueryInstance:
    """A tree of conditions."""
    shape = chance.random()
    if depth < 3 and shape < 0.3:
        return query(chance, depth + 1) & query(chance, depth + 1)
    if depth < 3 and shape < 0.4:
        return query(chance, depth + 1) | query(chance, depth + 1)
    if depth < 3 and shape < 0.48:
        return ~query(chance, depth + 1)
    return chance.choice(CONDITIONS)(chance, path(chance), depth)
