"""How each SQL engine says what a segment asks of JSON: a small class per engine.

Every expression is guarded: an object where an array is expected, a text where a number is, or a missing value is NULL, never
an error. A *node* is an expression for a JSON value, NULL where there is none.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import ClassVar, Final

from cio_tui.model.json_values import dumps
from cio_tui.segments.letter_case import replacements

Body = Callable[[str], str]
"""A condition or value made of an expression."""
EXPONENT_ZERO: Final = 1_000_000
"""Stands for an exponent of 0 in a number's key, so that keys of smaller numbers come first."""
_CASED: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Dialect(ABC):
    """One engine. `alias` is a name that the expression may use, a new one for each call."""

    name: ClassVar[str]

    @abstractmethod
    def literal(self, text: str) -> str:
        """A text."""

    @abstractmethod
    def quote(self, column: str) -> str:
        """A text column as a node."""

    @abstractmethod
    def member(self, node: str, key: str) -> str:
        """The value of a key, if the node is an object."""

    @abstractmethod
    def element(self, node: str, index: int) -> str:
        """One element, if the node is an array."""

    @abstractmethod
    def some_element(self, node: str, alias: str, condition: Body) -> str:
        """Whether the node is an array with an element that meets the condition."""

    @abstractmethod
    def text(self, node: str) -> str:
        """`comparing.as_text`: a text, a number's or a boolean's spelling; NULL for null, arrays and objects."""

    @abstractmethod
    def folded(self, text: str, wanted: str, *, whole: bool) -> str:
        """The text without letter case, as far as that matters beside `wanted`."""

    @abstractmethod
    def contains(self, text: str, part: str) -> str:
        """Whether a text contains another."""

    @abstractmethod
    def number(self, text: str, alias: str) -> str:
        """The key of the number that a text spells, NULL when it spells none (`number_key` says what a key is)."""

    @abstractmethod
    def seconds(self, text: str, alias: str) -> str:
        """The whole number that a text of 9 to 11 digits spells: what may be a timestamp. NULL when it spells none."""

    @abstractmethod
    def let(self, value: str, alias: str, body: Body) -> str:
        """The body with the value under a name of its own."""

    def is_object(self, node: str) -> str:
        """Whether the node is an object."""
        return f"lower(json_type({node})) = 'object'"


class SQLite(Dialect):
    """SQLite from 3.38 on; keys with quotes, backslashes or control characters from 3.46 on. A node is JSON text."""

    name = "sqlite"

    def literal(self, text: str) -> str:
        return " || char(0) || ".join(_quoted(part) for part in text.split("\0"))

    def quote(self, column: str) -> str:
        return f"json_quote({column})"

    def member(self, node: str, key: str) -> str:
        plain = key.isascii() and key.isidentifier()
        return f"({node} -> {_quoted(f'$.{key if plain else dumps(key)}')})"

    def element(self, node: str, index: int) -> str:
        return f"({node} -> '$[{index}]')"

    def some_element(self, node: str, alias: str, condition: Body) -> str:
        array = f"(SELECT CASE json_type({node}) WHEN 'array' THEN {node} ELSE '[]' END AS v)"
        element = f"({alias}.v -> ('$[' || {alias}e.key || ']'))"  # json_each's own value has lost what true and 1.10 were
        return f"EXISTS (SELECT 1 FROM {array} AS {alias}, json_each({alias}.v) AS {alias}e WHERE {condition(element)})"

    def text(self, node: str) -> str:
        spelled = "'integer', 'real', 'true', 'false'"
        return f"CASE WHEN json_type({node}) = 'text' THEN {node} ->> '$' WHEN json_type({node}) IN ({spelled}) THEN {node} END"

    def folded(self, text: str, wanted: str, *, whole: bool) -> str:
        if any(letter.lower() in wanted for letter in _CASED):
            text = f"lower({text})"
        for letter, folded in replacements(wanted, whole=whole):
            text = f"replace({text}, {_quoted(letter)}, {_quoted(folded)})"
        return text

    def contains(self, text: str, part: str) -> str:
        return f"instr({text}, {self.literal(part)}) > 0"

    def number(self, text: str, alias: str) -> str:
        a, b, c = f"{alias}a", f"{alias}b", f"{alias}c"
        rest = f"substr({text}, 1 + (substr({text}, 1, 1) IN ('+', '-'))) AS rest"
        parts = (
            f"substr({a}.rest, 1, instr(lower({a}.rest) || 'e', 'e') - 1) AS base, "
            f"CAST(substr({a}.rest, instr(lower({a}.rest) || 'e', 'e') + 1) AS INTEGER) AS power, "
            f"(instr({text}, char(0)) = 0 AND ({a}.rest GLOB '[0-9]*' OR {a}.rest GLOB '.[0-9]*') "
            f"AND {a}.rest NOT GLOB '*[^0-9.eE+-]*' AND {a}.rest NOT GLOB '*.*.*' AND {a}.rest NOT GLOB '*[eE]*.*' "
            f"AND {a}.rest NOT GLOB '*[eE][0-9][0-9][0-9][0-9]*' AND {a}.rest NOT GLOB '*[eE]?[0-9][0-9][0-9][0-9]*' "
            f"AND json_valid('1' || replace({a}.rest, '.', ''))) AS valid"
        )
        digits = (
            f"ltrim(replace({b}.base, '.', ''), '0') AS digits, {b}.power + instr({b}.base || '.', '.') - 1 "
            f"- length(replace({b}.base, '.', '')) AS power, {b}.valid AS valid"
        )
        key = (
            f"CASE WHEN NOT {c}.valid THEN NULL WHEN {c}.digits = '' THEN 'b' ELSE "
            f"CASE substr({text}, 1, 1) WHEN '-' THEN 'a' ELSE 'c' END || "
            f"printf('%07d', {EXPONENT_ZERO} + {c}.power + length({c}.digits)) || rtrim({c}.digits, '0') END"
        )
        return (
            f"(SELECT {key} FROM (SELECT {digits} FROM (SELECT {parts} FROM (SELECT {rest} WHERE {text} IS NOT NULL) AS {a}) "
            f"AS {b}) AS {c})"
        )

    def seconds(self, text: str, alias: str) -> str:  # noqa: ARG002
        digits = f"{text} GLOB '[1-9]*' AND {text} NOT GLOB '*[^0-9]*' AND instr({text}, char(0)) = 0"
        return f"CASE WHEN {digits} AND length({text}) BETWEEN 9 AND 11 THEN CAST({text} AS INTEGER) END"

    def let(self, value: str, alias: str, body: Body) -> str:
        return f"(SELECT {body(f'{alias}.v')} FROM (SELECT {value} AS v) AS {alias})"


class DuckDB(Dialect):
    """DuckDB from 1.3 on. A node is of type JSON; texts are VARCHAR."""

    name = "duckdb"
    _KINDS: ClassVar[str] = "'BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE', 'BOOLEAN'"

    def literal(self, text: str) -> str:
        return " || chr(0) || ".join(_quoted(part) for part in text.split("\0"))

    def quote(self, column: str) -> str:
        return f"to_json({column})"

    def member(self, node: str, key: str) -> str:
        pointer = "/" + key.replace("~", "~0").replace("/", "~1")
        found = f"json_extract({node}, {self.literal(pointer)})"
        may_be_index = key.isdecimal() or key == "-"
        return f"CASE json_type({node}) WHEN 'OBJECT' THEN {found} END" if may_be_index else found

    def element(self, node: str, index: int) -> str:
        return f"json_extract({node}, '$[{index}]')"

    def some_element(self, node: str, alias: str, condition: Body) -> str:
        array = f"CASE json_type({node}) WHEN 'ARRAY' THEN CAST({node} AS JSON[]) END"
        return f"coalesce(len(list_filter({array}, LAMBDA {alias} : {condition(alias)})) > 0, FALSE)"

    def text(self, node: str) -> str:
        return (
            f"CASE WHEN json_type({node}) = 'VARCHAR' THEN json_extract_string({node}, '$') "
            f"WHEN json_type({node}) IN ({self._KINDS}) THEN CAST({node} AS VARCHAR) END"
        )

    def folded(self, text: str, wanted: str, *, whole: bool) -> str:
        cased = [(letter, letter.lower()) for letter in _CASED if letter.lower() in wanted]
        pairs = cased + replacements(wanted, whole=whole)
        single = [(letter, folded) for letter, folded in pairs if len(folded) == 1]
        if single:
            letters, forms = ("".join(column) for column in zip(*single, strict=True))
            text = f"translate({text}, {_quoted(letters)}, {_quoted(forms)})"
        for letter, folded in pairs:
            if len(folded) > 1:
                text = f"replace({text}, {_quoted(letter)}, {_quoted(folded)})"
        return text

    def contains(self, text: str, part: str) -> str:
        return f"contains({text}, {self.literal(part)})"

    def number(self, text: str, alias: str) -> str:
        shape = r"^([+-]?)(?:([0-9]+)\.?([0-9]*)|\.([0-9]+))(?:[eE]([+-]?[0-9]{1,3}))?$"
        parts = f"regexp_extract({text}, {_quoted(shape)}, ['sign', 'whole', 'part', 'rest', 'power'])"

        def digits(of: str) -> str:
            return f"ltrim({of}.whole || {of}.part || {of}.rest, '0')"

        def key(of: str) -> str:
            length = f"length({of}.whole) - length({of}.whole || {of}.part || {of}.rest) + length({digits(of)})"
            power = f"{EXPONENT_ZERO} + {length} + CAST(coalesce(nullif({of}.power, ''), '0') AS INTEGER)"
            return (
                f"CASE WHEN {digits(of)} = '' THEN 'b' ELSE CASE {of}.sign WHEN '-' THEN 'a' ELSE 'c' END "
                f"|| printf('%07d', {power}) || rtrim({digits(of)}, '0') END"
            )

        return f"CASE WHEN regexp_full_match({text}, {_quoted(shape)}) THEN {self.let(parts, alias, key)} END"

    def seconds(self, text: str, alias: str) -> str:  # noqa: ARG002
        return f"CASE WHEN regexp_full_match({text}, '[1-9][0-9]{{8,10}}') THEN CAST({text} AS BIGINT) END"

    def let(self, value: str, alias: str, body: Body) -> str:
        return f"list_transform([{value}], LAMBDA {alias} : {body(alias)})[1]"


DIALECTS: Final[Mapping[str, Dialect]] = {dialect.name: dialect for dialect in (SQLite(), DuckDB())}
"""The engines that a segment can be written for, by name."""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
