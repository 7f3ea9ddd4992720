"""Money and numbers. L5: the vectors of domain.md 8.5; the others equal Intl.NumberFormat of Node 20."""

from typing import Any

import pytest

from tests.liquid.filters.calls import REFUSED, printed

CASES: list[tuple[Any, str, tuple[Any, ...], str]] = [
    (10000, "format_number", (), "10,000"),  # L5
    (123456.78, "format_number", ("fr",), "123\u202f456,78"),  # L5
    (1234567.896, "currency", (), "$1,234,567.90"),  # L5
    (1234567.896, "currency", ("en-GB",), "£1,234,567.90"),  # L5
    (1234567.896, "currency", ("en", "EUR"), "€1,234,567.90"),  # L5
    (1234567.896, "rounded_currency", ("en", "EUR"), "€1,234,568"),  # L5
    (0.125, "currency", (), "$0.13"),
    (2.5, "rounded_currency", (), "$3"),
    (-1234.5, "currency", (), "-$1,234.50"),
    ("1234.5", "currency", ("de-DE",), "1.234,50\u00a0€"),
    (1234567.8, "currency", ("de-CH",), "CHF\u00a01'234'567.80"),
    (1234.5, "currency", ("es-ES",), "1234,50\u00a0€"),
    (12345.6, "currency", ("es-ES",), "12.345,60\u00a0€"),
    (-1, "currency", ("sv-SE",), "−1,00\u00a0kr"),
    (1234.5, "currency", ("ja-JP",), "￥1,235"),
    (12345678, "format_number", ("en-IN",), "1,23,45,678"),
    (12, "format_number", ("ar-EG",), "١٢"),
    (1.23456, "format_number", (), "1.235"),
    (0, "currency", ("en", "eur"), "€0.00"),
    ("no number", "currency", (), "$0.00"),
    (None, "format_number", (), "0"),
    (1, "currency", ("xx-no-such",), REFUSED),
    (1, "currency", ("en", "nothing"), REFUSED),
    ("1e300", "format_number", (), REFUSED),
]


@pytest.mark.parametrize(("value", "name", "arguments", "expected"), CASES)
def test_money_in_the_manner_of_a_language(value, name, arguments, expected):
    assert printed("latest", name, value, *arguments) == expected


def test_both_profiles_write_money_alike():
    assert printed("legacy", "currency", 1234567.896, "en", "EUR") == "€1,234,567.90"
    assert printed("legacy", "format_number", 10000) == "10,000"
