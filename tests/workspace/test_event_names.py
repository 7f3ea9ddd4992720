"""Searching events by name through the log: `*`, `+`, `|` and the backslash (domain.md 1.2)."""

import pytest

from cio_tui import Workspace

NAMES = ("order_placed", "Order Paid", "reorder", "a+b*c", "a|b", "a\\b", "cart")


@pytest.fixture
def named(shop: Workspace) -> Workspace:
    for name in NAMES:
        shop.track(name, person="42")
    return shop


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("order", {"order_placed", "Order Paid", "reorder"}),
        ("order*", {"order_placed", "Order Paid"}),
        ("*ORDER", {"reorder"}),
        ("o*p*d", {"order_placed", "Order Paid"}),
        ("order+placed", {"order_placed"}),
        ("order|re", {"order_placed", "Order Paid"}),
        ("*|order", {"a+b*c", "a|b", "a\\b", "cart"}),
        ("order+*d|paid", {"order_placed"}),
        (r"a\+b\*c", {"a+b*c"}),
        (r"a\|b", {"a|b"}),
        (r"a\\b", {"a\\b"}),
        ("a\\", {"a\\b"}),
        (r"\*", {"a+b*c"}),
        ("*", set(NAMES)),
        ("nothing", set()),
    ],
)
def test_name_search(named: Workspace, search: str, found: set[str]) -> None:
    quoted = '"' + search.replace("\\", "\\\\").replace('"', '\\"') + '"'
    page = named.log.page(f"type:event name:{quoted}")
    assert {entry.activity.name for entry in page.entries} == found


def test_names_are_told_apart_by_letter_case(shop: Workspace) -> None:
    """Searching ignores it; the data index does not: two spellings are two events."""
    shop.track("Signup", person="42")
    shop.track("signup", person="42")
    assert [row.name for row in shop.index.events()] == ["Signup", "signup"]
    assert len(shop.log.page("name:SIGNUP").entries) == 2
