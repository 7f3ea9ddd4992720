"""Money and numbers in the manner of a language: Customer.io's `currency`, `rounded_currency` and `format_number`.

Babel knows the languages. Halves are rounded up, as everywhere in money. A language without a country takes the country that it
is most likely meant for, and a country the currency that it pays in now.
"""

import copy
import decimal
import math
import re
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import NumberPattern, get_group_symbol, get_minus_sign_symbol, get_territory_currencies, is_currency

from cio_tui.liquid.filters.calling import Filter, refused
from cio_tui.liquid.filters.values import Values
from cio_tui.liquid.limits import meter_at_work

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}", re.ASCII)
_LARGEST = 1e100
_WORK = 150
"""Units of work of one number: Babel takes its time."""
_LETTER_BEFORE_DIGIT = re.compile(r"[^\W\d_]\.?(?=\d)")
"""Where a currency that is a word touches the number: a space that does not break belongs there."""
_WHOLE = re.compile(r"[0-9]+")
_ZEROS = {"arab": 0x660, "arabext": 0x6F0, "beng": 0x9E6, "deva": 0x966, "mymr": 0x1040}
"""The digit 0 of those ways to write numbers that are not ours."""
_SHORT_THOUSANDS = frozenset(["be", "bg", "et", "hu", "hy", "ia", "ie", "it", "ka", "lv", "pl", "sl", "sq"])
"""Languages that write 1234 without a mark and 12 345 with one. Spain and Portugal do so too, the Americas do not."""
_SPAIN = ("", "ES", "EA", "GQ", "IC", "PH")


def own(values: Values) -> dict[str, Filter]:
    """The filters of either profile."""

    def amount(value: object) -> decimal.Decimal:
        number = values.number(value)
        if not math.isfinite(number) or abs(number) > _LARGEST:
            raise refused("the number is too large to be written out")
        return decimal.Decimal(repr(number))

    def money(value: object, language: object, code: object, *, whole: bool) -> str:
        locale = _locale(values.text(language) or "en-US")
        currency = _currency_of(locale) if code is None else _currency(values.text(code))
        return _written(_money_pattern(locale, whole), amount(value), locale, currency, digits=not whole)

    def currency(value: object, language: object = "en-US", code: object = None) -> str:
        """`1234567.896` is `$1,234,567.90`; with `"en-GB"` in pounds, with `"en", "EUR"` in euros."""
        return money(value, language, code, whole=False)

    def rounded_currency(value: object, language: object = "en-US", code: object = None) -> str:
        """As `currency`, without the hundredths."""
        return money(value, language, code, whole=True)

    def format_number(value: object, language: object = "en") -> str:
        """`10000` is `10,000`; at most three decimals."""
        locale = _locale(values.text(language) or "en")
        return _written(locale.decimal_formats[None], amount(value), locale, None)

    return {"currency": currency, "format_number": format_number, "rounded_currency": rounded_currency}


def _written(
    pattern: NumberPattern, number: decimal.Decimal, locale: Locale, currency: str | None, *, digits: bool = True
) -> str:
    """The number in the language's signs and digits. Babel would take two apostrophes between thousands for quotation marks."""
    meter_at_work().spend(_WORK)
    system = locale.default_numbering_system
    with decimal.localcontext(prec=200, rounding=decimal.ROUND_HALF_UP):
        text: str = pattern.apply(
            number, locale, currency=currency, currency_digits=digits, group_separator=False, numbering_system=system
        )
    if number < 0:
        text = text.replace("-", get_minus_sign_symbol(locale, numbering_system=system), 1)
    if currency:
        text = _LETTER_BEFORE_DIGIT.sub("\\g<0>\u00a0", text)
    if abs(number) >= 10_000 or not _writes_thousands_short(locale):
        symbol = get_group_symbol(locale, numbering_system=system)
        text = _WHOLE.sub(lambda found: _grouped(found[0], pattern.grouping, symbol), text, count=1)
    zero = _ZEROS.get(system)
    return text.translate({ord("0") + digit: zero + digit for digit in range(10)}) if zero else text


def _grouped(digits: str, sizes: tuple[int, int], symbol: str) -> str:
    last, others = sizes
    parts = [digits[-last:]]
    digits = digits[:-last]
    while digits:
        parts.append(digits[-others:])
        digits = digits[:-others]
    return symbol.join(reversed(parts))


def _writes_thousands_short(locale: Locale) -> bool:
    territory = locale.territory or ""
    if locale.language == "es":
        return territory in _SPAIN
    if locale.language == "pt":
        return territory not in ("", "BR")
    return locale.language in _SHORT_THOUSANDS


@cache
def _money_pattern(locale: Locale, whole: bool) -> NumberPattern:
    pattern: NumberPattern = locale.currency_formats["standard"]
    if whole:
        pattern = copy.copy(pattern)
        pattern.frac_prec = (0, 0)
    return pattern


def _locale(tag: str) -> Locale:
    """The language of a tag such as `en-US` or `zh_Hant_TW`; of an unknown country the language alone."""
    parts = tag.replace("-", "_").split("_") if _TAG.fullmatch(tag) else []
    for length in (len(parts), 1):
        try:
            return _parsed("_".join(parts[:length]))
        except (ValueError, UnknownLocaleError):
            continue
    raise refused(f"there is no language {tag[:40]!r}; one is written as en, en-GB or de-CH")


@cache
def _parsed(name: str) -> Locale:
    return Locale.parse(name)


def _currency(code: str) -> str:
    if not is_currency(code.upper()):
        raise refused(f"there is no currency {code[:40]!r}; one has three letters, as EUR")
    return code.upper()


@cache
def _currency_of(locale: Locale) -> str:
    territory = locale.territory
    if not territory:
        likely = get_global("likely_subtags").get(str(locale), "en_Latn_US")
        territory = likely.split("_")[-1]
    found = get_territory_currencies(territory)
    return str(found[0]) if found else "USD"
