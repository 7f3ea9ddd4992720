"""Templates with every branch labelled by hand: which samples reach it.

A row is a line of the template, the branch's tag and kind, and behind the bar the samples that reach it; a dash where none does.
Rows stand in the order of the text. A branch without a row, or a row without a branch, is a failure.
"""

from typing import NamedTuple


class Case(NamedTuple):
    name: str
    template: str
    samples: dict[str, dict]
    rows: str


ANNA = {"customer": {"first_name": "Anna", "plan": "pro", "age": 34}}
BEN = {"customer": {"plan": "free"}}


def items(*prices):
    return {"event": {"items": [{"price": price} for price in prices]}}
