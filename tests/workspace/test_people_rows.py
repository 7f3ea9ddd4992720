"""The readers behind the list of people and the inspector: rows by order, whom a text means, histories, claims."""

import pytest

from cio_tui.model.limits import CLAIM_WINDOW
from cio_tui.workspace import Workspace


@pytest.fixture
def shop():
    with Workspace.in_memory(now=1718000000) as workspace:
        for number, (reference, attributes) in enumerate(
            [("10", {"email": "b@x.example"}), ("9", {"email": "A@x.example"}), ("abc", {}), ("c@x.example", {"note": "10 a:b"})]
        ):
            workspace.hold(1718000000 + number)
            workspace.identify(reference, attributes)
        yield workspace


def ids(workspace, **options):
    rows = workspace.directory.rows(workspace.directory.row_ids(**options))
    return [row.person.id or row.person.email for _, row in rows]


def test_orders_put_numbers_in_their_order_and_who_lacks_it_last(shop):
    assert ids(shop) == ["c@x.example", "abc", "9", "10"]
    assert ids(shop, descending=False) == ["10", "9", "abc", "c@x.example"]
    assert ids(shop, order="id", descending=False) == ["abc", "9", "10", "c@x.example"]
    assert ids(shop, order="id") == ["10", "9", "abc", "c@x.example"]
    assert ids(shop, order="email", descending=False) == ["9", "10", "c@x.example", "abc"]


def test_at_most_and_by_filter(shop):
    assert ids(shop, most=2) == ["c@x.example", "abc"]
    assert ids(shop, text="email:*@x.example", order="email") == ["c@x.example", "10", "9"]
    rows = shop.directory.row_ids()
    shop.delete("9")
    assert [row.person.id for _, row in shop.directory.rows(rows)] == [None, "abc", "10"]


def test_search_takes_any_text_and_puts_the_exact_one_first(shop):
    found = [row.person.label for row in shop.directory.search("10")]
    assert found == ["b@x.example", "c@x.example"]
    assert [row.person.label for row in shop.directory.search("a:b")] == ["c@x.example"]
    assert len(shop.directory.search(" ")) == 4
    assert len(shop.directory.search("", most=3)) == 3
    assert shop.directory.search('"(-or |') == []


def test_history_tells_the_changes_of_each_attribute_latest_first(shop):
    person = shop.directory.person("9").person
    shop.identify("9", {"plan": "free"})
    shop.hold(1718000500)
    shop.identify("9", {"plan": None})
    changes = shop.directory.history(person.cio_id)
    assert [(one.before, one.after) for one in changes["plan"]] == [("free", None), ("", "free")]
    assert [one.after for one in changes["email"]] == ["A@x.example"]
    assert changes["plan"][0].timestamp == 1718000500
    assert shop.log.get(changes["plan"][0].activity).activity.type == "attribute_change"


def test_claims_of_a_person(shop):
    shop.track("seen", anonymous_id="anon-1")
    shop.identify("9", {"anonymous_id": "anon-1"})
    [claim] = shop.directory.claimed_by(shop.directory.person("9").person.cio_id)
    assert (claim.anonymous_id, claim.events) == ("anon-1", 1)
    assert claim.open_until - claim.claimed_at == CLAIM_WINDOW
