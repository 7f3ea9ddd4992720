"""Expressions from text: values, conditions, filters and the arguments of tags.

One reader serves both profiles. It reads what LiquidJS's own reader reads, because `latest` is the profile that most messages
use, and where Ruby's Liquid differs (escapes in text, operators outside conditions, `not`, `<>`) it asks the profile. Every name
after a dot, a pipe or in a tag's argument is just a name, so `event.limit` and `| limit: 2` are nothing special (defect 2 of
liquid.md, section 2). What is wrong is written to the sheet, and reading goes on with nil.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from liquid.builtin.expressions import KeywordArgument, PositionalArgument
from liquid.builtin.expressions.primitive import FalseLiteral, TrueLiteral
from liquid.expression import Expression
from liquid.token import TOKEN_FLOAT, TOKEN_RANGE_LITERAL, TOKEN_STRING, TOKEN_WORD, Token

from cio_tui.liquid.comparing import OPERATORS, Beside, Blank, Condition, Empty, Nil, Nothing
from cio_tui.liquid.filtered import Filter, Filtered
from cio_tui.liquid.filters.registry import filters_of
from cio_tui.liquid.limits import BRACKETS, TERMS, VALUES
from cio_tui.liquid.literals import Range, Text, number, unescaped
from cio_tui.liquid.paths import ComputedPath, Path, PropertyOf
from cio_tui.liquid.sheet import Sheet
from cio_tui.liquid.suggesting import other_profile, suggestion
from cio_tui.liquid.tokens import BLANKS

_WORD: Final = rf"(?:[0-9A-Za-z_?-]|[^\x00-\x7f{BLANKS[6:]}\u201c\u201d])"
_BLANK: Final = re.compile(f"[{BLANKS}]*")
_NAME: Final = re.compile(f"{_WORD}+")
_LEGACY_NAME: Final = re.compile(r"[0-9A-Za-z_-]+\??")
_NUMBER: Final = re.compile(rf"[+-]?[0-9]+(?:\.(?!\.)[0-9]*)?(?!{_WORD}|\.(?!\.))")
_LITERAL: Final = re.compile(rf"(?:true|false|nil|null|empty|blank)(?!{_WORD})")
_LITERAL_STARTS: Final = frozenset("tfneb")
_NUMBER_STARTS: Final = frozenset("0123456789+-")
_OPERATOR: Final = re.compile(rf"==|!=|<>|>=|<=|>|<|(?:contains|not|and|or)(?!{_WORD})")
_DEFAULT: Final = re.compile(rf"[{BLANKS}]*\|[{BLANKS}]*default(?!{_WORD})")
_QUOTED: Final = {quote: re.compile(rf"{quote}((?:[^{quote}\\]|\\.)*+){quote}", re.DOTALL) for quote in "\"'"}
_PLAINLY_QUOTED: Final = {quote: re.compile(f"{quote}([^{quote}]*){quote}") for quote in "\"'"}
_LITERALS: Final[Mapping[str, Callable[[Token], Expression]]] = {
    "true": TrueLiteral,
    "false": FalseLiteral,
    "nil": Nil,
    "null": Nil,
    "empty": Empty,
    "blank": Blank,
}
_RUBY_OPERATOR: Final = re.compile("[a-z_]")
_SLIPS: Final = {
    "=": "Use == to compare.",
    "&": "Write `and` between two conditions.",
    "!": "Use != for “is not”, or {% unless … %}.",
    "(": "Liquid has no parentheses in conditions; only ranges such as (1..3) have them.",
    "+": "Use a filter, as in `| plus: 1`.",
    "*": "Use a filter, as in `| times: 2`.",
    "/": "Use a filter, as in `| divided_by: 2`.",
    "-": "Use a filter, as in `| minus: 1`.",
}

Filters = Mapping[str, Callable[..., Any]]


class Unreadable(Exception):
    """An expression that cannot be read; the problem is on the sheet already."""


class Reader:
    """Reads one expression from its token, from left to right."""

    __slots__ = ("_depth", "_filters", "at", "end", "latest", "sheet", "source")

    def __init__(self, token: Token, sheet: Sheet, filters: Filters) -> None:
        self.source = token.source
        self.at = token.start_index
        self.end = token.start_index + len(token.value)
        self.sheet = sheet
        self.latest = sheet.profile == "latest"
        self._filters = filters
        self._depth = 0

    def skip(self) -> None:
        """Go to the next character that is not white space."""
        if self.at < self.end and "!" <= self.source[self.at] <= "~":
            return
        found = _BLANK.match(self.source, self.at, self.end)
        if found is not None:
            self.at = found.end()

    @property
    def done(self) -> bool:
        """Whether nothing but white space is left."""
        self.skip()
        return self.at >= self.end

    def peek(self, ahead: int = 0) -> str:
        """The next character, or no text at the end."""
        return self.source[self.at + ahead] if self.at + ahead < self.end else ""

    def take(self, text: str) -> bool:
        """Go past a text if it comes next."""
        self.skip()
        if not self.source.startswith(text, self.at, self.end):
            return False
        self.at += len(text)
        return True

    def name(self) -> Token | None:
        """A name, or None when there is none."""
        self.skip()
        found = _NAME.match(self.source, self.at, self.end)
        return None if found is None else self._token(TOKEN_WORD, found)

    def word(self, *words: str) -> str:
        """One of some words, as a word of its own, or no text."""
        start = self.at
        token = self.name()
        if token is not None and token.value in words:
            return token.value
        self.at = start
        return ""

    def fail(self, message: str, hint: str = "", at: int | None = None, length: int = 0) -> Unreadable:
        """Write down why this cannot be read. Raise what it gives."""
        at = self.at if at is None else at
        self.sheet.report("syntax", message, at, length or max(self.end - at, 1), hint)
        return Unreadable(message)

    def rest(self) -> str:
        """What is left, shortened for a message."""
        text = self.source[self.at : self.end].strip(BLANKS)
        return text if len(text) <= 32 else f"{text[:29]}..."

    def value(self) -> Expression | None:
        """A text, number, word, range or path, or None when none of these comes next."""
        self.skip()
        start = self.at
        self._count()
        left = self._written()
        if left is None:
            return self._path(start)
        below, _ = self._below([], [])
        if not below:
            return left
        return PropertyOf(left.token, left, below, self.source[start : self.at])

    def _written(self) -> Expression | None:
        """A value that is written out, None when a path comes next. Its first character tells which it may be."""
        first = self.peek()
        if first in _LITERAL_STARTS:
            return self._literal()
        if first in _QUOTED:
            return self._quoted()
        if first == "(":
            return self._range()
        return self._number() if first in _NUMBER_STARTS else None

    def must(self, what: str = "a value") -> Expression:
        """A value that has to be there."""
        value = self.value()
        if value is None:
            raise self.fail(f"Expected {what}, found {self.rest()!r}" if not self.done else f"Expected {what} at the end")
        return value

    def expression(self, *, lenient: bool, logic: bool) -> Expression | None:
        """Values with operators between them; None when there is none. `logic`: Ruby's Liquid has operators here too."""
        operands: list[Expression] = []
        pending: list[tuple[str, Token]] = []
        paths: list[Any] = []
        terms, start = 0, self.at
        while True:
            terms += 1
            if terms > TERMS:
                self.sheet.report("limit", f"A condition may have {TERMS} values and operators at most", start, self.at - start)
                raise Unreadable
            operator = self._operator() if self.latest or logic else None
            if operator is not None:
                while pending and OPERATORS[pending[-1][0]][0] > OPERATORS[operator[0]][0]:
                    self._reduce(operands, *pending.pop())
                pending += [("<", operator[1]), (">", operator[1])] if operator[0] == "<>" and self.latest else [operator]
                continue
            value = self.value()
            if value is None:
                break
            operands.append(value)
            if isinstance(value, (Path, PropertyOf)):
                paths.append(value)
            if not self.latest and not logic:
                break
        while pending:
            self._reduce(operands, *pending.pop())
        if self._reads_default(lenient):
            for path in paths:
                path.strict = False
        return self._first(operands)

    def _first(self, operands: list[Expression]) -> Expression | None:
        """What counts of values beside one another: the first. LiquidJS looks at the others, Ruby reads a word as an operator."""
        if len(operands) < 2:
            return operands[0] if operands else None
        second = operands[1].token
        if not self.latest and _RUBY_OPERATOR.match(second.value):
            hint = "Operators are ==, !=, <, >, <=, >= and contains."
            raise self.fail(f"Unknown operator {second.value}", hint, second.start_index, len(second.value))
        hint = f"Write | before the filter {second.value}." if second.value in self._filters else "Is an operator missing?"
        self.sheet.warn(f"{second.value!r} is not looked at", second.start_index, len(second.value), hint)
        return Beside(operands) if self.latest else operands[0]

    def _reads_default(self, lenient: bool) -> bool:
        return lenient or (self.latest and _DEFAULT.match(self.source, self.at, self.end) is not None)

    def _reduce(self, operands: list[Expression], operator: str, token: Token) -> None:
        """Bind an operator to its operands. One that it lacks is nil, in both engines."""
        node = OPERATORS[operator][1]
        if not operands or (operands[-1].token.start_index < token.start_index and operator != "not"):
            self._lacks(operator, token, "behind")
            operands.append(Nothing(token))
        right = operands.pop()
        if operator == "not":
            operands.append(node(token, right))
            return
        if not operands:
            self._lacks(operator, token, "before")
            operands.append(Nothing(token))
        operands.append(node(token, operands.pop(), right, self.sheet.profile))

    def _lacks(self, operator: str, token: Token, where: str) -> None:
        if where == "before" and not self.latest:
            raise self.fail(f"There is no value before `{operator}`", "", token.start_index, len(operator))
        words = f"There is no value {where} `{operator}`: it is read as nil"
        self.sheet.warn(words, token.start_index, len(operator), "", "syntax")

    def filtered(self, *, lenient: bool = False, logic: bool = False, whole: bool = True) -> Filtered:
        """A value with its filters, to the end of the expression; when it is not the `whole` of it, to a comma."""
        self.skip()
        start = self.at
        left = self.expression(lenient=lenient, logic=logic)
        if left is None:
            found = "nothing" if self.done else repr(self.rest())
            raise self.fail(f"Expected a value, found {found}", _SLIPS["!"] if self.peek() == "!" else "")
        token = Token("expression", self.source[start : self.at], start, self.source)
        filters = self.filters(logic=logic)
        if whole and not self.done:
            self.sheet.warn(f"{self.rest()!r} is not looked at", self.at, self.end - self.at)
        return Filtered(token, left, filters)

    def condition(self) -> Condition:
        """A condition, to the end of the expression."""
        found = self.filtered(lenient=True, logic=True)
        return Condition(found.token, found if found.filters else found.left)

    def filters(self, *, logic: bool = False) -> list[Any]:
        """The filters that follow, up to the end or a comma."""
        found: list[Any] = []
        while not self.done and self.peek() != ",":
            if not self.take("|"):
                self._junk(logic=logic)
                break
            name = self.name()
            if name is None:
                if not self.done:
                    raise self.fail(f"Expected the name of a filter, found {self.rest()!r}")
                break
            found.append(self._filter(name))
        return found

    def _junk(self, *, logic: bool) -> None:
        """Something follows that is no filter. LiquidJS refuses it; Ruby does not look at it."""
        hint = _SLIPS.get(self.peek(), "Filters begin with |.")
        if logic and self.peek() in "=!<>":
            raise self.fail(f"Unknown operator {self.peek()}", hint, self.at, 1)
        if self.latest:
            raise self.fail(f"Expected | before a filter, found {self.rest()!r}", hint)
        self.sheet.warn(f"{self.rest()!r} is not looked at", self.at, self.end - self.at, hint)
        self.at = self.end

    def _filter(self, name: Token) -> Filter:
        self._count()
        function = self._filters.get(name.value)
        if function is None:
            hint = suggestion(name.value, self._filters, filters_of(other_profile(self.sheet.profile)), self.sheet.profile)
            self.sheet.report("unknown-filter", f"Unknown filter '{name.value}'", name.start_index, len(name.value), hint)
        arguments: list[Any] = []
        if self.take(":"):
            while True:
                argument = self._argument()
                if argument is not None:
                    arguments.append(argument)
                if not self.take(","):
                    break
            if not self.done and self.peek() != "|":
                raise self.fail(f"Expected a comma or |, found {self.rest()!r}")
        elif not self.done and self.peek() not in "|,":
            if self.latest or self.peek() not in "\"'":
                raise self.fail(f"Expected : after the filter `{name.value}`, found {self.rest()!r}")
            self.sheet.warn(f"The arguments of `{name.value}` are not looked at", self.at, 1, "Write a : after the filter.")
            self.at = self.end
        return Filter(name, name.value, arguments, function)

    def _argument(self) -> KeywordArgument | PositionalArgument | None:
        start = self.at
        name = self.name()
        if name is not None and self.take(":"):
            return KeywordArgument(name, name.value, self.must(f"the value of `{name.value}`"))
        self.at = start
        value = self.value()
        return None if value is None else PositionalArgument(value)

    def options(self) -> list[KeywordArgument]:
        """Named arguments of a tag, to the end: `limit: 2, offset: 1 reversed`. One without a value is true."""
        found: list[KeywordArgument] = []
        while not self.done:
            self.take(",")
            name = self.name()
            if name is None:
                if not self.done:
                    self.sheet.warn(f"{self.rest()!r} is not looked at", self.at, self.end - self.at)
                break
            value: Expression = TrueLiteral(name)
            if self.take(":") or (name.value in ("track", "url_params", "url", "lang") and self.take("=")):
                value = self.must(f"the value of `{name.value}`")
            elif not self.latest and name.value != "reversed":
                words = f"`{name.value}` has no value and is not looked at"
                self.sheet.warn(words, name.start_index, len(name.value), f"Write {name.value}: and the value.")
                continue
            found.append(KeywordArgument(name, name.value, value))
        return found

    def _token(self, kind: str, found: re.Match[str]) -> Token:
        self.at = found.end()
        return Token(kind, found[0], found.start(), self.source)

    def _operator(self) -> tuple[str, Token] | None:
        self.skip()
        found = _OPERATOR.match(self.source, self.at, self.end)
        if found is None:
            return None
        token = self._token(found[0], found)
        if found[0] == "<>" and self.latest:
            self.sheet.warn("LiquidJS does not know <>: this is never true", token.start_index, 2, "Write !=.", "syntax")
            return "<>", token
        if found[0] == "not" and not self.latest:
            raise self.fail("Ruby's Liquid has no `not`", "Write {% unless … %}, or !=.", token.start_index, 3)
        if not self.latest and self.source[token.start_index - 1] not in BLANKS + "\"'" and not found[0].isalpha():
            raise self.fail(f"Ruby's Liquid needs a blank before `{found[0]}`", "", token.start_index, len(found[0]))
        return found[0], token

    def _literal(self) -> Expression | None:
        found = _LITERAL.match(self.source, self.at, self.end)
        return None if found is None else _LITERALS[found[0]](self._token(found[0], found))

    def _quoted(self) -> Expression:
        quote = self.peek()
        found = (_QUOTED if self.latest else _PLAINLY_QUOTED)[quote].match(self.source, self.at, self.end)
        if found is None:
            raise self.fail(f"The quotation mark {quote} is never closed", "", self.at)
        return Text(self._token(TOKEN_STRING, found), unescaped(found[1]) if self.latest else found[1])

    def _number(self) -> Expression | None:
        found = _NUMBER.match(self.source, self.at, self.end)
        return None if found is None else number(self._token(TOKEN_FLOAT, found), self.sheet.profile)

    def _range(self) -> Expression:
        start = self.at
        self.at += 1
        self._deeper()
        low = self.must("the first number of the range")
        if not self.take(".."):
            raise self.fail("This is no range", "A range is written (1..5). Liquid has no other parentheses.", start)
        high = self.must("the last number of the range")
        if not self.take(")"):
            raise self.fail("This range is not closed", "Write ) behind its last number.", start)
        self._depth -= 1
        return Range(Token(TOKEN_RANGE_LITERAL, self.source[start : self.at], start, self.source), low, high, self.sheet.profile)

    def _path(self, start: int) -> Expression | None:
        parts: list[Any] = []
        ends: list[int] = []
        if self.peek() != "[":
            found = (_NAME if self.latest else _LEGACY_NAME).match(self.source, self.at, self.end)
            if found is None:
                return None
            self.at = found.end()
            parts.append(found[0])
            ends.append(self.at)
        parts, ends = self._below(parts, ends)
        if not parts:
            return None
        token = Token(TOKEN_WORD, self.source[start : self.at], start, self.source)
        if isinstance(parts[0], int):
            parts[0] = str(parts[0])
        return (ComputedPath if any(isinstance(part, Expression) for part in parts) else Path)(token, parts, ends)

    def _below(self, parts: list[Any], ends: list[int]) -> tuple[list[Any], list[int]]:
        """The keys that follow: `.name` and `[value]`."""
        while True:
            if self.peek() == "[":
                opened = self.at
                self.at += 1
                self._deeper()
                key = self.must("a key")
                self._depth -= 1
                if not self.take("]"):
                    raise self.fail("The bracket [ is never closed", "Write ] behind the key.", opened)
                parts.append(_constant(key))
            elif self._dot():
                name = (_NAME if self.latest else _LEGACY_NAME).match(self.source, self.at, self.end)
                if name is None:
                    self.sheet.warn("A name is missing after the dot", self.source.rindex(".", 0, self.at), 1)
                    return parts, ends
                self.at = name.end()
                parts.append(name[0])
            else:
                return parts, ends
            ends.append(self.at)
            self._count()

    def _dot(self) -> bool:
        """Go past a dot that is not part of a range. Ruby's Liquid takes more dots for one, and blanks before it."""
        start = self.at
        if not self.latest:
            self.skip()
        if self.peek() != "." or (self.peek(1) == "." and (self.latest or self._depth)):
            self.at = start
            return False
        while self.peek() == ".":
            self.at += 1
            if self.latest:
                break
        self.skip()
        return True

    def _count(self) -> None:
        self.sheet.values += 1
        if self.sheet.values > VALUES:
            self.sheet.report("limit", f"This text writes more than {VALUES:,} values and filters", self.at)
            raise Unreadable

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > BRACKETS:
            self.sheet.report("limit", f"Brackets may stand {BRACKETS} deep at most", self.at)
            raise Unreadable


def _constant(key: Expression) -> Any:
    """A key that is written out, as the text or number it is; a computed one stays an expression."""
    value = getattr(key, "value", key)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return int(value) if value == int(value) else str(value)
    return value if isinstance(value, (str, int, Expression)) else key
