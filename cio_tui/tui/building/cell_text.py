"""Values, operators and time frames as a cell has them: each text reads back as what it was written from."""

import re
from typing import Final

from cio_tui.model.errors import InputError
from cio_tui.segments.conditions import Frame, How, Operand, Operator, Test
from cio_tui.segments.phrases import (
    MOST_TIMES,
    PHRASES,
    RELATIVE,
    WORDINGS,
    folded,
    read_count,
    read_distance,
    read_instant,
    read_span,
    write_distance,
    write_instant,
    write_span,
)
from cio_tui.tui.attribute_text import read, written

EVER: Final = "ever"
_FRAME: Final = re.compile(r"(?:since (?P<since>\S.*?))?\s*(?:until (?P<until>\S.*))?")
_LONGEST: Final = 1_000_000


class CellError(InputError):
    """What a cell has cannot be read."""

    def __init__(self, cell: str, message: str) -> None:
        super().__init__(message)
        self.cell = cell


def write_frame(frame: Frame) -> str:
    """`ever`, `within 30 days`, `since 2024-06-01 until 2024-06-30`."""
    if frame.within:
        return f"within {write_span(frame.within)}"
    ends = (("since", frame.since), ("until", frame.until))
    return " ".join(f"{word} {write_instant(end)}" for word, end in ends if end is not None) or EVER


def read_frame(text: str) -> Frame:
    """The frame of a text. Raises CellError."""
    phrase = " ".join(text[:_LONGEST].split())
    if phrase.lower() == EVER:
        return Frame()
    try:
        if phrase.lower().startswith("within "):
            within = read_span(phrase[len("within ") :])
            if not within:
                raise CellError("frame", "a span of nothing; write ever for all time")
            return Frame(within)
        match = _FRAME.fullmatch(phrase)
        if not phrase or not match:
            raise CellError("frame", "write ever, within 30 days, since 2024-06-01 or until 2024-06-30")
        since, until = (None if end is None else read_instant(end) for end in (match["since"], match["until"]))
    except CellError:
        raise
    except InputError as error:
        raise CellError("frame", _said(error)) from None
    if since is not None and until is not None and until < since:
        raise CellError("frame", "the frame ends before it begins")
    return Frame(0, since, until)


def read_times(text: str) -> tuple[How, int]:
    """How often. Raises CellError."""
    try:
        how, times = read_count(text)
    except InputError as error:
        raise CellError("count", _said(error)) from None
    if not (1 if how == "at_least" else 0) <= times <= MOST_TIMES:
        raise CellError("count", f"{text.strip()[:40]!r} is no count")
    return how, times


def write_test(test: Test) -> dict[str, str]:
    """The cells of a test."""
    wording = WORDINGS[test.operator]
    cells = {"operator": wording.negative if test.inverse else wording.label}
    if wording.takes == "nothing":
        return cells
    cells["value"] = _operand_text(wording.takes, test.value)
    if wording.takes in ("values", "instants"):
        cells["second"] = _operand_text(wording.takes, test.second)
    return cells


def _operand_text(takes: str, value: Operand) -> str:
    if takes == "seconds":
        return write_distance(int(value or 0))
    return write_instant(int(value or 0)) if takes in ("instant", "instants") else written(value)


def read_test(operator: str, value: str, second: str) -> Test:
    """The test of three cells. Raises CellError."""
    found = PHRASES.get(folded(operator[:200]))
    if found is None:
        raise CellError("operator", f"{operator.strip()[:40]!r} is no operator" if operator.strip() else "an operator is missing")
    name, inverse = found
    takes = WORDINGS[name].takes
    if takes == "nothing":
        return Test(name, inverse=inverse)
    if takes in ("values", "instants"):
        read_one = _instant if takes == "instants" else _value
        return Test(name, read_one("value", value), read_one("second", second), inverse)
    if takes == "value":
        return Test(name, _value("value", value), inverse=inverse)
    return _moment(name, value, inverse)


def _moment(operator: Operator, text: str, inverse: bool) -> Test:
    absolute = next((one for one, relative in RELATIVE.items() if operator in (one, relative)), operator)
    try:
        distance = read_distance(text)
    except InputError as error:
        raise CellError("value", _said(error)) from None
    if distance is not None:
        return Test(RELATIVE[absolute], distance, inverse=inverse)
    return Test(absolute, _instant("value", text), inverse=inverse)


def _instant(cell: str, text: str) -> int:
    if not text.strip():
        raise CellError(cell, "a time is missing: 3 days from now, 2 days ago, or 2024-06-10")
    try:
        return read_instant(text)
    except InputError as error:
        raise CellError(cell, _said(error)) from None


def _value(cell: str, text: str) -> Operand:
    value = read(text)
    if not text.strip():
        raise CellError(cell, 'a value is missing; "" is the empty text')
    if value is None or isinstance(value, (dict, list)):
        raise CellError(cell, "a text, a number, true or false is expected; in quotes it is text")
    operand: Operand = value
    return operand


def write_segment(segment: str | int) -> str:
    """A segment's name as it is, its number as a number."""
    return written(segment)


def read_segment(text: str) -> str | int:
    """The name or number of a segment. Raises CellError."""
    if not text.strip():
        raise CellError("subject", "a segment is missing")
    value = read(text)
    if isinstance(value, str) or (type(value) is int and 0 <= value < 2**63):
        if value == "":
            raise CellError("subject", "a segment is missing")
        return value
    return text.strip()


def _said(error: InputError) -> str:
    return f"{error.message}; {error.hint}" if error.hint else error.message
