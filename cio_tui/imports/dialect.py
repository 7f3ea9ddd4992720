"""How a file is written: encoding, delimiter, quotation mark. What is found out is stated, and can be said instead."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from cio_tui.imports.decoding import text_reader
from cio_tui.imports.options import DELIMITERS, Options, delimiter_of, quote_of
from cio_tui.imports.scan import Encoding, Scan
from cio_tui.model.errors import InputError

_TELLING: Final = frozenset({"_cio_name", "_cio_customer_id", "_cio_timestamp", "id", "email"})
_LOOKED_AT: Final = 50


class NumberedRows(Iterator[list[str]], Protocol):
    """Rows, and how many lines of the file they have taken."""

    @property
    def line_num(self) -> int:
        """The last line read."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one file is written. An empty `quote` means that no sign quotes, an empty `delimiter` that it is JSON lines."""

    encoding: Encoding
    delimiter: str
    quote: str
    delimiter_how: str

    @property
    def form(self) -> str:
        """`CSV` or `JSON lines`."""
        return "CSV" if self.delimiter else "JSON lines"

    def __str__(self) -> str:
        if not self.delimiter:
            return f"{self.encoding.spoken}, {self.form}"
        names = {sign: name for name, sign in DELIMITERS.items()}
        quoting = "" if self.quote == '"' else ", no quotation marks" if not self.quote else f", quoted by {self.quote}"
        return f"{self.encoding.spoken}, {names.get(self.delimiter, repr(self.delimiter))}{quoting}"

    def to_json(self) -> dict[str, object]:
        """The shape that the command line prints."""
        return {
            "form": self.form,
            "encoding": self.encoding.name,
            "encoding_how": self.encoding.how,
            "encoding_sure": self.encoding.sure,
            "delimiter": self.delimiter,
            "delimiter_how": self.delimiter_how,
            "quote": self.quote,
        }


def dialect_of(scan: Scan, options: Options) -> Dialect:
    """The dialect of a file: what was said, and the rest from its beginning. Raises InputError for what cannot be one."""
    try:
        text = text_reader(io.BytesIO(scan.start), scan.encoding.name).read()
    except UnicodeError as error:
        raise InputError(f"the file cannot be read as {scan.encoding.spoken}: {error}", hint="say another --encoding") from None
    quote = _quote(text) if options.quote is None else quote_of(options.quote)
    if options.delimiter is not None:
        return Dialect(scan.encoding, delimiter_of(options.delimiter), quote, "as was said")
    scores = {sign: _score(text, sign, quote) for sign in DELIMITERS.values()}
    best = max(scores, key=lambda sign: scores[sign])
    if scores[best][1] < 2:
        return Dialect(scan.encoding, ",", quote, "there is one column")
    return Dialect(scan.encoding, best, quote, f"it makes {scores[best][1]} columns of the header")


def _quote(text: str) -> str:
    """Single quotation marks only where every name of the header stands in them."""
    head = text.lstrip("\ufeff").split("\n", 1)[0].strip()
    for sign in DELIMITERS.values():
        names = head.split(sign)
        if len(names) > 1 and all(len(name) > 1 and name[0] == name[-1] == "'" for name in names):
            return "'"
    return '"'


def _score(text: str, sign: str, quote: str) -> tuple[int, int, float]:
    """Names that tell the columns of an import, columns, and the share of rows as wide as the header."""
    rows = csv_reader(io.StringIO(text, newline=""), sign, quote)
    widths: Counter[int] = Counter()
    header: list[str] = []
    try:
        for cells in islice(rows, _LOOKED_AT):
            header = header or cells
            widths[len(cells)] += 1
    except csv.Error:
        pass
    telling = sum(1 for name in header if name.strip() in _TELLING)
    return telling, len(header), widths[len(header)] / max(sum(widths.values()), 1)


def csv_reader(lines: Iterable[str], delimiter: str, quote: str, *, strict: bool = False) -> NumberedRows:
    """The standard library's reader of rows; without a quotation mark nothing quotes."""
    if not quote:
        return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=strict)
    return csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=strict)
