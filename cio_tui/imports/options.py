"""What a person may say about an import, beside the file."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from cio_tui.model.errors import InputError

ImportKind = Literal["people", "events"]
EmptyCells = Literal["ignore", "clear"]
Only = Literal["all", "new", "existing"]
FileIdentifier = Literal["id", "email"]

DELIMITERS: Final[Mapping[str, str]] = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
QUOTES: Final[Mapping[str, str]] = {"double": '"', "single": "'", "none": ""}
FORBIDDEN: Final = "\r\n\0\ufeff"


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read and what its rows shall do.

    `identifier` is what finds people: for an event file what its customer column holds (the workspace's setting when not given),
    for a people file the one column that counts (else `id`, and `email` where a row has no id). `mapping` gives columns other
    names, an empty one leaves the column out. `only` is the product's data_to_process: rows of people who are new, or there
    already; the others are passed over. `encoding`, `delimiter` and `quote` are found out unless they are said.
    """

    identifier: FileIdentifier | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    empty: EmptyCells = "ignore"
    only: Only = "all"
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    name: str = ""
    description: str = ""

    def to_json(self) -> dict[str, Any]:
        """The stored form."""
        return {**asdict(self), "mapping": dict(self.mapping)}


def delimiter_of(text: str) -> str:
    """The sign that a word or a sign means. Raises InputError."""
    sign = DELIMITERS.get(text.lower(), text)
    if len(sign) != 1 or sign in FORBIDDEN or sign in "\"'":
        raise InputError(f"{text!r} cannot separate cells", hint=f"it is one of {', '.join(DELIMITERS)}, or one sign")
    return sign


def quote_of(text: str) -> str:
    """The quotation mark that a word or a sign means; empty is none. Raises InputError."""
    sign = QUOTES.get(text.lower(), text)
    if len(sign) > 1 or (sign and sign in FORBIDDEN):
        raise InputError(f"{text!r} cannot be a quotation mark", hint=f"it is one of {', '.join(QUOTES)}, or one sign")
    return sign


def read_mapping(pairs: Mapping[str, str], columns: list[str]) -> dict[str, str]:
    """Each column's name as it is to be, in the order of the file; empty where the column is left out.

    Raises InputError for columns that are not there, names that cannot be, and two columns of one name.
    """
    for column in pairs:
        if column not in columns:
            raise InputError(f"there is no column {column!r} to map", hint=f"the file has: {', '.join(columns)}"[:300])
    named = {column: pairs.get(column, column).strip() for column in columns}
    seen: dict[str, str] = {}
    for column, name in named.items():
        if name in seen:
            raise InputError(f"the columns {seen[name]!r} and {column!r} would both be {name!r}")
        if name:
            seen[name] = column
    return named
