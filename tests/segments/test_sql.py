"""How the statements compare letters and numbers, in both engines, beside `comparing`."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import apsw
import duckdb
import pytest

from cio_tui.model.comparing import as_decimal, as_timestamp, fold
from cio_tui.model.paths import PropertyPath
from cio_tui.segments.conditions import AttributeIs, Group, InSegment, Performed
from cio_tui.segments.conditions import Test as Compare
from cio_tui.segments.dialects import DIALECTS, Dialect
from cio_tui.segments.sql import number_key, statement
from tests.segments.random_worlds import WRITTEN

T = 1718000000
EXPONENTS = ("1e+1234", "1E-1234", "1e-123")
LATIN = ("s", "k", "i", "n", "x", "ss", "pro", "ff", "fi", "st", "af", "tb", "ʼn", "ʼ", "")
WANTED = (*LATIN, "ι", "α", "ἀι", "σ", "ա", "\u0307", "ι\u0308")
Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(params=["sqlite", "duckdb"])
def engine(request: pytest.FixtureRequest) -> tuple[Dialect, Ask]:
    """A dialect, and its engine with the table `texts`."""
    letters = [chr(code) for code in range(1, 0x1FFFF) if fold(chr(code)) != chr(code)]
    texts = [
        *WRITTEN,
        *letters,
        *(f"a{letter}b" for letter in letters),
        "xmas",
        "1e+1234",
        "1E-1234",
        "1e-123",
        "Großer Fluſs",
        "oﬃce",
        "ŉx",
        "İx",
    ]
    rows = [(text,) for text in dict.fromkeys(texts)]
    dialect = DIALECTS[request.param]
    if request.param == "sqlite":
        lite = apsw.Connection(":memory:")
        lite.execute("CREATE TABLE texts (t TEXT)")
        lite.executemany("INSERT INTO texts VALUES (?)", rows)
        return dialect, lambda sql: lite.execute(sql).fetchall()
    duck = duckdb.connect()
    duck.execute("CREATE TABLE texts (t VARCHAR)")
    duck.execute("INSERT INTO texts SELECT unnest(?)", [[text for (text,) in rows]])
    return dialect, lambda sql: duck.execute(sql).fetchall()


@pytest.mark.parametrize("whole", [True, False])
def test_letters_fold_as_in_python(engine: tuple[Dialect, Ask], whole: bool) -> None:
    """Every letter of Unicode that has a case, alone and in a word, beside texts that a part of its folded form meets."""
    dialect, ask = engine
    texts = [text for (text,) in ask("SELECT t FROM texts")]
    for wanted in WANTED:
        folded = dialect.folded("t", wanted, whole=whole)
        condition = f"{folded} = {dialect.literal(wanted)}" if whole else dialect.contains(folded, wanted)
        found = {text for (text,) in ask(f"SELECT t FROM texts WHERE {condition}")}
        assert found == {text for text in texts if (fold(text) == wanted if whole else wanted in fold(text))}, wanted


def test_numbers_and_timestamps_in_text(engine: tuple[Dialect, Ask]) -> None:
    """What spells a number, and which; what may be a timestamp."""
    dialect, ask = engine
    for text, key, seconds in ask(f"SELECT t, {dialect.number('t', 'n')}, {dialect.seconds('t', 's')} FROM texts"):
        number = as_decimal(text)
        assert key == (None if number is None else number_key(number)), text
        assert (seconds if seconds is not None and seconds > 100_000_000 else None) == as_timestamp(text), text


def test_keys_stand_in_the_order_of_numbers() -> None:
    """Those of positive numbers do; those of negative ones the other way round, before zero."""
    numbers = sorted(Decimal(text) for text in ("1", "2", "10", "9.99", "0.1", "0.09", "1e400", "1e-400", "123456789.5", "12"))
    keys = [number_key(number) for number in numbers]
    assert keys == sorted(keys)
    assert [number_key(-number) for number in numbers] == [f"a{key[1:]}" for key in keys]
    assert number_key(Decimal("-0.00")) == "b"
    assert number_key(Decimal("1.50")) == number_key(Decimal("0015e-1"))


def test_a_statement_to_read() -> None:
    """What `segment sql` prints for a small segment."""
    plan = AttributeIs(PropertyPath.parse("plan"), Compare("eq", "pro"))
    text = statement(Group("all", (plan, Performed("signed_in"))), T, DIALECTS["sqlite"])
    assert text.startswith(
        "SELECT p.cio_id FROM people AS p\nWHERE (coalesce((SELECT lower(v1.v) = 'pro' FROM (SELECT CASE WHEN "
    )
    assert "json_type(((p.doc -> '$.attributes') -> '$.plan')) = 'text'" in text
    assert text.endswith(
        " AND (p.cio_id IN (SELECT a.person FROM activity AS a WHERE a.person IS NOT NULL AND a.timestamp <= 1718000000 "
        "AND a.type = 'event' AND a.name = 'signed_in' GROUP BY a.person)))\nORDER BY p.cio_id"
    )


def test_other_segments_are_inlined() -> None:
    """A condition is written out, members of a manual segment are listed, an unknown one has none."""
    segments = {"buyers": Performed("order_placed"), "friends": {"b", "a'"}}
    tree = Group("any", tuple(InSegment(name) for name in ("buyers", "friends", "unknown")))
    text = statement(tree, T, DIALECTS["duckdb"], lambda name: segments.get(name, ()))
    assert "a.name = 'order_placed'" in text
    assert "p.cio_id IN ('a''', 'b')" in text
    assert text.endswith("OR FALSE)\nORDER BY p.cio_id")
