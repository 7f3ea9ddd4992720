"""Cells that begin like a formula: guarded by an apostrophe, and read back without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cio_tui.model.formulas import guarded, unguarded

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "=",
    "-",
    "+ 47",
    "-5 °C",
    "-1,5",
]
HARMLESS = [
    "",
    "x",
    "a=b",
    " =1",
    "'tis",
    "'",
    "''",
    "-5",
    "+47123456",
    "-0.5",
    "-.5",
    "+1.",
    "-1e9",
    "-2.5E-3",
    "1-1",
    '{"a":"=1"}',
]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("apostrophes", ["", "'", "''"])
def test_a_formula_gets_one_apostrophe_more(text, apostrophes):
    assert guarded(apostrophes + text) == f"'{apostrophes}{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_stay_as_they_are(text):
    assert guarded(text) == text


@pytest.mark.parametrize(
    ("cell", "text"), [("'=1+1", "=1+1"), ("''=1", "'=1"), ("=1+1", "=1+1"), ("'tis", "'tis"), ("'-5", "'-5")]
)
def test_reading_takes_one_apostrophe_off(cell, text):
    assert unguarded(cell) == text


texts = st.text(st.sampled_from("'=+-@\t\r\n＝x1.e ")) | st.text()


@given(texts)
def test_any_text_comes_back(text):
    assert unguarded(guarded(text)) == text


@given(texts)
def test_no_guarded_text_begins_like_a_formula_unless_it_is_a_number(text):
    cell = guarded(text)
    if cell[:1] in tuple("=+-@\t\r\n＝＋－＠"):
        float(cell)
