"""`workspace check` looks at everybody and says who does not stand where the conditions put them; `rebuild` mends it."""

import pytest
from segment_worlds import inside, moves, saved
from worlds import DAY, T

from cio_tui import Workspace


@pytest.fixture
def kept(shop: Workspace) -> Workspace:
    """Two segments by conditions and one by hand, as they should be."""
    saved(shop, "Payers", "attribute: plan, is: pro")
    saved(shop, "Buyers", "event: order, performed: true, within: 7 days")
    shop.save_segment("name: Hand\nkind: manual\n")
    shop.add_to_segment("Hand", ["43"])
    shop.track("order", person="42")
    shop.advance(DAY)
    assert shop.check() == []
    return shop


DAMAGES = {
    "a row that is missing": ("DELETE FROM memberships WHERE segment = 1", "in Payers: not in it, it should be in it"),
    "someone who does not belong": (
        "INSERT INTO memberships (doc, segment, person, member, since) SELECT '{}', 1, cio_id, 1, 5 FROM people WHERE id = '43'",
        "in Payers: in it since 1970-01-01",
    ),
    "an instant that is wrong": ("UPDATE memberships SET due = due + 1 WHERE segment = 2", "in Buyers: in it since"),
    "an instant that is missing": ("UPDATE memberships SET due = NULL WHERE segment = 2", "to be looked at again at"),
    "a segment that is not there": (
        "UPDATE memberships SET segment = 9 WHERE segment = 2",
        "in segment 9: one of them is",
    ),
    "a person who is not there": ("UPDATE memberships SET person = 'x' WHERE segment = 3", "of x in segment 3: one of them"),
    "movements that are missing": ("DELETE FROM movements WHERE segment = 3", "movements of Hand: they tell otherwise"),
    "another time of entry": ("UPDATE movements SET at = at - 1 WHERE segment = 1", "movements of Payers: they tell otherwise"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_does_not_fit_is_found_and_mended(kept: Workspace, damage: str) -> None:
    sql, complaint = DAMAGES[damage]
    members = {name: inside(kept, name) for name in ("Payers", "Buyers")}
    kept.database.storage.execute(sql)
    found = kept.check()
    assert any(complaint in line for line in found), found
    kept.rebuild()
    assert kept.check() == []
    assert {name: inside(kept, name) for name in members} == members
    assert moves(kept.advance(7 * DAY)) == [("left", "Buyers")]
    assert kept.segments.movements(segment="Buyers")[0].at == T + 7 * DAY + 1


def test_a_whole_workspace_stays_as_it_is(kept: Workspace) -> None:
    tables = ("memberships", "movements")
    before = [kept.database.storage.fetch(f"SELECT * FROM {table} ORDER BY doc_id") for table in tables]
    kept.rebuild()
    assert [kept.database.storage.fetch(f"SELECT * FROM {table} ORDER BY doc_id") for table in tables] == before


def test_a_stray_row_that_is_due_does_not_stop_the_clock(kept: Workspace) -> None:
    kept.database.storage.execute("UPDATE memberships SET segment = 9 WHERE segment = 2")
    assert kept.advance(30 * DAY).ok
    assert kept.check() == ["movements of Buyers: they tell otherwise of " + kept.directory.person("42").person.cio_id]
