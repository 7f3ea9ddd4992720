"""TinyDB queries as SQL that keeps a superset of their matches.

The query itself always decides, in Python, on each candidate; so an answer can never differ from stock TinyDB's because of this
module, only the number of candidates can. A node that cannot be narrowed soundly is left to Python.

`QueryInstance._hash` is a syntax tree: `("==", path, value)`, `("and", frozenset)`, … (TinyDB 4). Beside TinyDB's kinds there are
three that the filter line makes: `("like", (field,), needle)`, `("text", needle)` and `("data", steps, op, value)`.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from cio_tui.store.rows import Rows, quoted
from cio_tui.store.schema import ColumnKind

Node = tuple[Any, ...]

_COMPARISONS: Final = {"==": "=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_LOOSE: Final = {"<": "<=", "<=": "<=", ">": ">=", ">=": ">="}
_EXACT_INTEGER: Final = 2**53
_MOST_ALTERNATIVES: Final = 500


class Narrowing:
    """The SQL condition for one query on one table; `sql` is empty when nothing could be narrowed."""

    def __init__(self, query: Any, rows: Rows) -> None:
        self._columns: Mapping[str, ColumnKind] = rows.schema.columns
        self.arguments: list[Any] = []
        self.sql = self._node(getattr(query, "_hash", None)) or ""
        if not self.sql:
            self.arguments = []

    def _node(self, node: Any) -> str | None:
        if not isinstance(node, tuple) or not node:
            return None
        reader = self._readers.get(node[0])
        mark = len(self.arguments)
        sql = reader(self, node) if reader else None
        if sql is None:
            del self.arguments[mark:]
        return sql

    def _bind(self, value: Any) -> str:
        self.arguments.append(value)
        return "?"

    def _and(self, node: Node) -> str | None:
        parts = [part for part in (self._node(child) for child in _ordered(node[1])) if part]
        return f"({' AND '.join(parts)})" if parts else None

    def _or(self, node: Node) -> str | None:
        parts = [self._node(child) for child in _ordered(node[1])]
        return f"({' OR '.join(part for part in parts if part)})" if all(parts) else None

    def _comparison(self, node: Node) -> str | None:
        operator, path, value = node
        column = self._column(path)
        if isinstance(value, float):
            return None
        if not _is_plain(value):
            return None
        if column:
            return f"{column} {_COMPARISONS[operator]} {self._bind(int(value) if isinstance(value, bool) else value)}"
        extracted = _extracted(path)
        if extracted is None or (operator != "==" and isinstance(value, str)):
            return None
        if operator == "==":
            return f"{extracted} = {self._bind(int(value) if isinstance(value, bool) else value)}"
        return f"{extracted} {_LOOSE[operator]} {self._bind(int(value))}"

    def _differs(self, node: Node) -> str | None:
        _, path, value = node
        column = self._column(path)
        if column and _is_plain(value) and not isinstance(value, bool):
            return f"{column} IS NOT {self._bind(value)}"
        return None

    def _one_of(self, node: Node) -> str | None:
        _, path, values = node
        operand = self._column(path) or _extracted(path)
        if operand is None or not isinstance(values, (tuple, frozenset)) or not 0 < len(values) <= _MOST_ALTERNATIVES:
            return None
        if not all(_is_plain(value) for value in values):
            return None
        bound = ", ".join(self._bind(int(value) if isinstance(value, bool) else value) for value in values)
        return f"{operand} IN ({bound})"

    def _exists(self, node: Node) -> str | None:
        column = self._column(node[1])
        if column:
            return f"{column} IS NOT NULL"
        path = _json_path(node[1])
        return None if path is None else f"json_type(doc, {path}) IS NOT NULL"

    def _not(self, node: Node) -> str | None:
        child = node[1]
        if isinstance(child, tuple) and child[:1] == ("exists",):
            column = self._column(child[1])
            return f"{column} IS NULL" if column else None
        return None

    def _like(self, node: Node) -> str | None:
        _, path, needle = node
        column = self._column(path)
        return self._contains(column, needle) if column else None

    def _text(self, node: Node) -> str | None:
        needle = node[1]
        if not _is_printable_ascii(needle) or '"' in needle or "\\" in needle:
            return None
        operands = ["doc", *(quoted(name) for name in self._columns)]
        return f"({' OR '.join(filter(None, (self._contains(operand, needle) for operand in operands)))})"

    def _data(self, node: Node) -> str | None:
        _, steps, operator, _ = node
        if operator == "!=":
            return None
        keys = [step for step in steps if isinstance(step, str)]
        if not keys or not all(_is_printable_ascii(key) and '"' not in key and "\\" not in key for key in keys):
            return None
        return f"({' AND '.join(f'instr(doc, {self._bind(key)})' for key in keys)})"

    def _contains(self, operand: str, needle: str) -> str | None:
        """The needle is there, or the text holds more than ASCII, where letter case is Python's to judge."""
        if not _is_printable_ascii(needle):
            return None
        escaped = needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"({operand} LIKE {self._bind(f'%{escaped}%')} ESCAPE '\\' OR length({operand}) <> octet_length({operand}))"

    def _column(self, path: Any) -> str | None:
        if isinstance(path, tuple) and len(path) == 1 and path[0] in self._columns:
            return quoted(path[0])
        return None

    _readers: ClassVar[Mapping[str, Callable[["Narrowing", Node], str | None]]] = {
        "and": _and,
        "or": _or,
        "not": _not,
        **dict.fromkeys(_COMPARISONS, _comparison),
        "!=": _differs,
        "one_of": _one_of,
        "exists": _exists,
        "like": _like,
        "text": _text,
        "data": _data,
    }


def _ordered(children: frozenset[Any]) -> list[Any]:
    """A set's members in an order of their own, so that the same query always gives the same SQL."""
    return sorted(children, key=repr)


def _is_plain(value: Any) -> bool:
    """Whether SQL compares the value as Python does: valid text, or a whole number that a double holds exactly."""
    if isinstance(value, int):
        return abs(value) <= _EXACT_INTEGER
    if not isinstance(value, str) or "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_printable_ascii(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _json_path(path: Any) -> str | None:
    """A path below `doc` as an SQL literal; None when SQLite's path language cannot say it."""
    if not isinstance(path, tuple) or not path:
        return None
    steps = []
    for step in path:
        if not isinstance(step, str) or '"' in step or "\\" in step or not step.isprintable():
            return None
        steps.append(f'."{step}"')
    text = "$" + "".join(steps)
    return "'" + text.replace("'", "''") + "'"


def _extracted(path: Any) -> str | None:
    literal = _json_path(path)
    return None if literal is None else f"json_extract(doc, {literal})"
