"""People and events as the flat CSVs that an import takes (domain.md 7): values become text, and what no cell can carry is told.

A number or a truth value is written as JSON writes it, a list or an object as its JSON: all are text when they are read back,
as in the product. An empty cell is no value. A name that a header cannot carry has no column.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from cio_tui.exports.csv_file import cell_text
from cio_tui.model.people import Person

PERSON: Final = ("id", "email")
"""The columns of a people CSV before the attributes."""
EVENT: Final = ("_cio_name", "_cio_customer_id", "_cio_timestamp")
"""The columns of an event CSV before the data."""
EMPTY: Final = "empty values, which are no values in a CSV"
UNNAMED: Final = "values whose name cannot stand in a header"


def carried(name: str, reserved: Collection[str]) -> bool:
    """Whether a column can have this name: not empty, no spaces around it, and no other column's."""
    return bool(name) and name == name.strip() and name not in reserved


def columns_for(first: Collection[str], many: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The columns for all of these values, in the order in which their names come first."""
    found: dict[str, None] = dict.fromkeys(first)
    for values in many:
        for name, value in values.items():
            if name not in found and value not in (None, "") and carried(name, first):
                found[name] = None
    return tuple(found)


def flat(values: Mapping[str, Any], reserved: Collection[str], left_out: Counter[str]) -> dict[str, str]:
    """The values that a CSV can carry, as the texts that an import reads; the others are counted."""
    found: dict[str, str] = {}
    for name, value in values.items():
        text = cell_text(value)
        if not carried(name, reserved):
            left_out[UNNAMED] += 1
        elif not text:
            left_out[EMPTY] += 1
        else:
            found[name] = text
    return found


def person_row(person: Person, left_out: Counter[str]) -> dict[str, Any]:
    """A row of a people CSV."""
    return {"id": person.id, "email": person.email, **flat(person.attributes, PERSON, left_out)}


def event_row(name: str, customer: str, timestamp: int, data: Mapping[str, Any], left_out: Counter[str]) -> dict[str, Any]:
    """A row of an event CSV."""
    return {**dict(zip(EVENT, (name, customer, timestamp), strict=True)), **flat(data, EVENT, left_out)}
